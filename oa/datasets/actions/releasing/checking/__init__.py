"""All checks of a release: of its files, of what they were made from, and of the database."""

from __future__ import annotations

from datetime import datetime

from oa.datasets.actions.releasing.asking import asked_anew
from oa.datasets.actions.releasing.checking.files import FileAudit, manifest
from oa.datasets.actions.releasing.checking.loading import loads
from oa.datasets.actions.releasing.checking.staged import staged
from oa.datasets.actions.releasing.keeping import Keeper
from oa.datasets.models import Release
from oa.datasets.rules.releases import Check, Finding, Shape, phase
from oa.datasets.rules.releases.phases import CHECK

__all__ = ["check"]


def check(release: Release, keeper: Keeper, *, now: datetime) -> list[Finding]:
    """Every check there is, whether an earlier one has passed or not: who repairs something wants to know all."""
    shape, counts = Shape(), Finding(Check.COUNTS)
    found = staged(release, shape, counts, keeper)
    found += FileAudit(release, shape, counts, keeper).run()
    keeper.say(phase(CHECK, Check.MANIFEST))
    found += [manifest(release), loads(release, keeper), shape.parents, shape.roles, shape.ranks, counts]
    keeper.say(phase(CHECK, Check.RELEASABLE))
    return found + asked_anew(release, now=now)
