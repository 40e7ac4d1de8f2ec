"""What people choose for themselves: boards, mutes, mails; and what they have read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.community.models import Member, Notice, Total
from oa.community.rules import Digest
from oa.core.verbs import verb


@verb
def change_preferences(*, by: User, now: datetime, **changes: object) -> Member:
    """Change what somebody chose; only what is named is touched.

    Takes `show_on_boards`, `digest` and `muted`. A mail that is switched on tells of what happens from now on.
    """
    person = accounts.hold_enabled(by)
    member = Member.objects.hold([person.pk])[person.pk]
    if "muted" in changes:
        changes["muted"] = sorted(set(changes["muted"]))  # type: ignore[call-overload]  # a list of kinds
    if changes.get("digest", member.digest) != member.digest:
        changes["digested_at"] = now
    for name, value in changes.items():
        setattr(member, name, value)
    member.save(update_fields=list(changes))
    _show(person.pk, shown=member.show_on_boards)
    return member


@verb
def show_again(*, person: User) -> None:
    """Make the boards agree with whether somebody is shut out; for whoever lets them in or shuts them out."""
    member = Member.objects.hold([person.pk])[person.pk]
    _show(person.pk, shown=member.show_on_boards and person.is_active)


@verb
def forget(*, person: User) -> None:
    """Whoever leaves is off the boards, gets no mails, and what they were told is gone. Their ledger stays."""
    member = Member.objects.hold([person.pk])[person.pk]
    member.show_on_boards, member.digest, member.digested_at, member.muted = False, Digest.OFF, None, []
    member.save()
    _show(person.pk, shown=False)
    Notice.objects.filter(person=person).delete()


def _show(person_id: UUID, *, shown: bool) -> None:
    Total.objects.filter(person=person_id).exclude(shown=shown).update(shown=shown)


@verb
def read_notices(*, by: User, ids: Sequence[UUID] | None, now: datetime) -> int:
    """Mark notices as read, all of them when none is named. Gives how many are unread still."""
    unread = Notice.objects.unread().filter(person=by)
    (unread if ids is None else unread.filter(pk__in=ids)).update(read_at=now)
    return unread.count()
