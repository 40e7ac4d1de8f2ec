"""Cases: what needs a moderator. They are opened, changed and closed here, and nowhere else.

Most follow from doubts, which triggers write down (migration 0008). Appeals and erasures open theirs themselves.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oa.core.verbs import verb
from oa.moderation.models import Appeal, Case, Doubt, Purge
from oa.moderation.rules import Cause, severity


@verb
def open_appeal_case(*, appeal: Appeal, now: datetime) -> Case:
    """Ask moderators to decide about an appeal. It is answered by a decision with `details={"appeal": str(appeal.pk)}`
    (`deciding.decided` looks for it there), whose verb is UPHOLD or GRANT."""
    return _open(Cause.APPEAL, appeal=appeal, now=now)


@verb
def open_purge_case(*, purge: Purge, now: datetime) -> Case:
    """Ask a second moderator to confirm that something is erased for good. It is answered by a decision with
    `details={"purge": str(purge.pk)}`, whose verb is PURGE or CALL_OFF_PURGE."""
    return _open(Cause.PURGE, purge=purge, now=now)


def _open(cause: Cause, *, now: datetime, appeal: Appeal | None = None, purge: Purge | None = None) -> Case:
    causes = {cause: 1}
    about = appeal.decision.message if appeal else purge.message if purge else None
    return Case.objects.create(
        appeal=appeal, purge=purge, lang=about.lang if about else "", causes=causes,
        severity=severity(causes, {}), opened_at=now,
    )  # fmt: skip


def doubt_person(*, person_id: UUID) -> None:
    """Somebody might need a moderator's attention: a round considers it."""
    Doubt.objects.create(person_id=person_id)
