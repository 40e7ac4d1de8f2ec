"""How a release goes from one state to the next: the only place that writes it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden, Missing
from oa.datasets.models import Release
from oa.datasets.rules.releases import may_move
from oa.datasets.rules.states import ReleaseState


def held(name: str) -> Release:
    """A release by its name, held to the end of the transaction. Missing `no_such_release`."""
    found = Release.objects.called(name).select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise Missing("no_such_release", _("There is no such data set."))
    return found


def move(release: Release, to: ReleaseState, **more: Any) -> None:
    """Along one arrow, with what else changes. Conflict when there is no such arrow, or somebody was faster."""
    moved = may_move(release.state, to) and (
        Release.objects.filter(pk=release.pk, state=release.state).update(state=to, **more)
    )
    if not moved:
        raise Conflict(
            "moved_meanwhile", _("This can't be done with it now: %s.") % ReleaseState(release.state).label,
            state=release.state,
        )  # fmt: skip
    release.refresh_from_db()


def refuse_all_but_admins(by: User | None) -> None:
    """Administrators decide about releases, and whoever has a terminal on the server (by None)."""
    if by is not None and not (by.is_active and by.is_admin):
        raise Forbidden("admins_only", _("Only administrators may do this."))
