"""What may be decided about whom, and how people are found. No database in here."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.accounts.rules import Role, at_least, may_act_on, may_grant
from oa.moderation.rules.verbs import Verb


class Standing(TextChoices):
    """How somebody stands. Of several the first one holds."""

    BANNED = "banned", _("shut out")
    MUTED = "muted", _("muted")
    WATCHED = "watched", _("checked twice")
    ENABLED = "enabled", _("enabled")


class PeopleOrder(TextChoices):
    """In which order people are listed."""

    NEWEST = "newest", _("the newest first")
    OLDEST = "oldest", _("the oldest first")
    LAST_ACTIVE = "last_active", _("whoever did something last first")
    NAME = "name", _("by name")


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What decides which verbs make sense about a person."""

    role: str
    active: bool
    muted: bool
    watched: bool
    gone: bool

    @property
    def standing(self) -> Standing:
        if not self.active:
            return Standing.BANNED
        if self.muted:
            return Standing.MUTED
        return Standing.WATCHED if self.watched else Standing.ENABLED


def may_decide(actor: str, person: Standpoint, *, oneself: bool) -> list[Verb]:
    """What a moderator of this role may decide about somebody now. Notes any moderator may write about anybody.

    Who closed their account, or came with an imported data set, can't be told anything nor do anything: of them only
    the words can be erased.
    """
    if not at_least(actor, Role.MODERATOR):
        return []
    found = [Verb.NOTE]
    if oneself or not may_act_on(actor, person.role):
        return found
    if not person.gone:
        found += [
            Verb.WARN,
            Verb.MUTE,
            *([Verb.UNMUTE] if person.muted else []),
            Verb.BAN if person.active else Verb.UNBAN,
            Verb.UNWATCH if person.watched else Verb.WATCH,
            Verb.CLEAR,
            *([Verb.SET_ROLE] if grantable(actor, person, oneself=oneself) else []),
        ]
    return [*found, Verb.ASK_PURGE]


def grantable(actor: str, person: Standpoint, *, oneself: bool) -> list[Role]:
    """The roles that this moderator may give this person instead of the one they have."""
    if oneself or person.gone or not may_act_on(actor, person.role):
        return []
    return [role for role in Role if role != person.role and may_grant(actor, role)]
