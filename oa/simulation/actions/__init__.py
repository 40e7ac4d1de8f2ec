"""Everything that drives the simulated volunteers: through the public HTTP API, and nothing else."""

from oa.simulation.actions.crowd import Crowd
from oa.simulation.actions.sessions import NotLetIn, SiteGone
from oa.simulation.actions.site import with_own_site
from oa.simulation.actions.world import World

__all__ = ["Crowd", "NotLetIn", "SiteGone", "World", "with_own_site"]
