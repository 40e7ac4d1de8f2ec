"""What moderators decide about people: warnings, mutes, bans, a second check of their work, roles, notes.

Each verb writes down what of the person it changed, as it was and as it is: `{"person": {column: value}}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts import rules as who
from oa.accounts.models import User
from oa.community import actions as community
from oa.core.errors import Conflict, Forbidden, Invalid, Missing
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, hold_person, person_below, refuse_others
from oa.moderation.models import Decision, Note
from oa.moderation.rules import LONGEST_MUTE, Verb, clean_end, is_longer
from oa.tasks import actions as tasks

LONGEST_NOTE = 5000
_MOMENTS = ("banned_until", "muted_until")


@verb
def warn(*, person_id: UUID, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Tell somebody what is not done here. Nothing else changes."""
    person = _somebody_below(person_id, by=by)
    return decided(verb=Verb.WARN, by=by, why=why, reason=reason, now=now, person=person)


@verb
def mute(*, person_id: UUID, until: datetime, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Let somebody read and not write until a moment, at most a year away. What they hold goes back.

    Who is muted already may be muted for longer; Conflict `already_muted` otherwise.
    """
    clean_end(until, now=now, longest=LONGEST_MUTE)
    _empty_their_hands(person_id, by=by, now=now)
    person = _somebody_below(person_id, by=by)
    if person.muted_until is not None and until <= person.muted_until:
        raise Conflict("already_muted", _("This person is muted already."), until=person.muted_until.isoformat())
    before, after = _change(person, muted_until=until)
    return decided(
        verb=Verb.MUTE, by=by, why=why, reason=reason, now=now, person=person, before=before, after=after
    )  # fmt: skip


@verb
def unmute(*, person_id: UUID, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Let a muted person write again."""
    person = _somebody_below(person_id, by=by)
    if person.muted_until is None:
        raise Conflict("not_muted", _("This person is not muted."))
    before, after = _change(person, muted_until=None)
    return decided(
        verb=Verb.UNMUTE, by=by, why=why, reason=reason, now=now, person=person, before=before, after=after
    )  # fmt: skip


@verb
def ban_person(
    *, person_id: UUID, until: datetime | None = None, why: str, reason: str = "", by: User, now: datetime
) -> Decision:
    """Shut somebody out, until a moment or for good. What they hold goes back; their prompts leave the lottery by a
    job.

    Who is shut out already may be shut out for longer; Conflict `already_disabled` otherwise.
    """
    clean_end(until, now=now)
    _empty_their_hands(person_id, by=by, now=now)
    person = _somebody_below(person_id, by=by)
    if not person.is_active and not is_longer(until, person.banned_until):
        raise Conflict("already_disabled", _("This person is disabled already."))
    before, after = _change(person, is_active=False, banned_until=until)
    return decided(
        verb=Verb.BAN, by=by, why=why, reason=reason, now=now, person=person, before=before, after=after
    )  # fmt: skip


@verb
def lift_ban(*, person_id: UUID, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Let somebody in again."""
    person = _somebody_below(person_id, by=by)
    if person.is_active:
        raise Conflict("not_disabled", _("This person is not disabled."))
    before, after = _change(person, is_active=True, banned_until=None)
    return decided(
        verb=Verb.UNBAN, by=by, why=why, reason=reason, now=now, person=person, before=before, after=after
    )  # fmt: skip


@verb
def watch(*, person_id: UUID, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Have somebody's work checked twice from now on. They are not told."""
    return _watch(person_id, watched=True, why=why, reason=reason, by=by, now=now)


@verb
def unwatch(*, person_id: UUID, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Stop checking somebody's work twice. What they have done meanwhile keeps its second check."""
    return _watch(person_id, watched=False, why=why, reason=reason, by=by, now=now)


def _watch(person_id: UUID, *, watched: bool, why: str, reason: str, by: User, now: datetime) -> Decision:
    person = _somebody_below(person_id, by=by)
    if person.watched == watched:
        if watched:
            raise Conflict("already_watched", _("This person's work is checked twice already."))
        raise Conflict("not_watched", _("This person's work is not checked twice."))
    before, after = _change(person, watched=watched)
    return decided(
        verb=Verb.WATCH if watched else Verb.UNWATCH, by=by, why=why, reason=reason, now=now, person=person,
        before=before, after=after,
    )  # fmt: skip


@verb
def clear(*, person_id: UUID, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Look at somebody and find nothing wrong: what was open about them is answered."""
    person = person_below(person_id, by=by)
    return decided(verb=Verb.CLEAR, by=by, why=why, reason=reason, now=now, person=person)


@verb
def set_role(*, person_id: UUID, role: who.Role, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Give somebody another role. Only administrators do."""
    person = _somebody_below(person_id, by=by)
    if not who.may_grant(by.role, role):
        raise Forbidden("admins_only", _("Only administrators give roles."))
    if person.role == role:
        raise Conflict("nothing_changed", _("This person has this role already."))
    # Who was made by `createsuperuser` has the run of Django's admin, which goes with the role.
    keeps = person.is_superuser and role == who.Role.ADMIN
    before, after = _change(person, role=role.value, is_superuser=keeps)
    return decided(
        verb=Verb.SET_ROLE, by=by, why=why, reason=reason, now=now, person=person, before=before, after=after,
        details={"before": before["person"]["role"], "after": role},
    )  # fmt: skip


@verb
def add_note(*, person_id: UUID, text: str, by: User, now: datetime) -> Note:
    """Write something down about somebody, for other moderators. The log says that, and not what."""
    person = person_below(person_id, by=by)
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise Invalid("bad_note", _("A note has between 1 and %d characters.") % LONGEST_NOTE, limit=LONGEST_NOTE)
    note = Note.objects.create(person=person, by=by, text=text, at=now)
    decided(verb=Verb.NOTE, by=by, now=now, person=person, details={"note": str(note.pk)})
    return note


@verb
def remove_note(*, note_id: UUID, by: User, now: datetime) -> Decision:
    """Take a note away: one's own, or an administrator anybody's."""
    refuse_others(by)
    about = Note.objects.filter(pk=note_id).values_list("person", flat=True).first()
    # The person first, as whoever erases them holds them before their notes.
    person = person_below(about, by=by) if about else None
    note = Note.objects.select_for_update(of=("self",)).filter(pk=note_id).first()
    if note is None:
        raise Missing("no_such_note", _("There is no such note."))
    if note.by_id != by.pk and not by.is_admin:
        raise Forbidden("not_your_note", _("Only its writer or an administrator takes a note away."))
    note.delete()
    return decided(verb=Verb.UNNOTE, by=by, now=now, person=person, details={"note": str(note_id)})


@verb
def end_what_is_over(*, person_id: UUID, now: datetime) -> list[Decision]:
    """Let somebody write, or come in, again whose time is over. A second run finds nothing to do."""
    person = User.objects.hold(person_id)
    made = []
    if person.banned_until is not None and person.banned_until <= now:
        before, after = _change(person, is_active=True, banned_until=None)
        made.append(decided(verb=Verb.UNBAN, by=None, now=now, person=person, before=before, after=after))
    if person.muted_until is not None and person.muted_until <= now:
        before, after = _change(person, muted_until=None)
        made.append(decided(verb=Verb.UNMUTE, by=None, now=now, person=person, before=before, after=after))
    return made


@verb
def empty_hands_of_unfit(*, person_id: UUID, now: datetime) -> bool:
    """What somebody was given at the very moment at which they were shut out or muted goes back too."""
    person = User.objects.filter(pk=person_id).first()
    if person is None or (person.is_active and not person.is_muted(now)):
        return False
    tasks.release_all(person=person, now=now)
    return True


@verb
def put_person_back(*, person_id: UUID, columns: Mapping[str, Any], by: User, now: datetime) -> User:
    """Give columns of a person the values that a decision wrote down as those before it, with all that follows.

    Trees are held before people: whoever holds a person already may not call this for somebody who is to be shut out.
    """
    values = {name: _moment(value) if name in _MOMENTS else value for name, value in columns.items()}
    muted_again = (end := values.get("muted_until")) is not None and end > now
    if values.get("is_active") is False or muted_again:
        tasks.release_all(person=User.objects.get(pk=person_id), now=now)
    person = hold_person(person_id, by=by)
    _refuse_left(person)
    if values.get("is_active", person.is_active) and "banned_until" in values:
        values["banned_until"] = None  # the longer ban that is taken back has ended by itself, and so has this one
    _change(person, **values)
    return person


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _somebody_below(person_id: UUID, *, by: User) -> User:
    """Somebody this moderator may act on who is still here, held."""
    person = person_below(person_id, by=by)
    _refuse_left(person)
    return person


def _refuse_left(person: User) -> None:
    if person.left_at is not None:
        raise Conflict("has_left", _("This person has closed their account."))


def _empty_their_hands(person_id: UUID, *, by: User, now: datetime) -> None:
    """Trees are held before people: first let go of what they hold, if this moderator may decide about them at all."""
    refuse_others(by)
    target = User.objects.filter(pk=person_id).first()
    if target is not None and who.may_act_on(by.role, target.role) and target.pk != by.pk:
        tasks.release_all(person=target, now=now)


Columns = dict[str, dict[str, Any]]


def _change(person: User, **values: Any) -> tuple[Columns, Columns]:
    """Change columns of a held person. Gives what was changed, as it was and as it is."""
    changed = {name: value for name, value in values.items() if getattr(person, name) != value}
    before = {name: _plain(getattr(person, name)) for name in changed}
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
    if "is_active" in changed:
        community.show_again(person=person)
    return {"person": before}, {"person": {name: _plain(value) for name, value in changed.items()}}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
