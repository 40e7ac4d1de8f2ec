"""Taking the log along, which is written in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from oa.accounts.models import User
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, refuse_others
from oa.moderation.models import Decision
from oa.moderation.rules import Verb


@verb
def take_log(*, form: str, asked: Mapping[str, str], by: User, now: datetime) -> Decision:
    """Write down who took which part of the log along, and in which form."""
    refuse_others(by)
    return decided(verb=Verb.EXPORT, by=by, now=now, details={"form": form, "asked": dict(asked)})
