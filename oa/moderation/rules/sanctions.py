"""How long somebody may be kept from writing, and what may be appealed against. No database in here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from oa.core.errors import Invalid
from oa.core.limits import Limit
from oa.moderation.rules.verbs import UNDO_DAYS, Verb

LONGEST_MUTE = timedelta(days=365)
LONGEST_APPEAL = 2000
# How often an address may send an appeal by a link out of a mail, or try links.
LINKS = Limit("appeal_links", 30, 900)

V = Verb

# What takes something away from somebody.
APPEALABLE = frozenset({V.DELETE, V.SPAM, V.EDIT, V.MOVE, V.HALT, V.STOP, V.WARN, V.MUTE, V.BAN})
# What is decided about a person and they are told.
TOLD_TO_PERSON = frozenset({V.WARN, V.MUTE, V.UNMUTE, V.BAN, V.UNBAN, V.SET_ROLE, V.UPHOLD, V.GRANT})
# What they are told by mail too, for they may not come back by themselves.
MAILED = frozenset({V.WARN, V.MUTE, V.BAN, V.UNBAN, V.UPHOLD, V.GRANT})


def clean_end(until: datetime | None, *, now: datetime, longest: timedelta | None = None) -> datetime | None:
    """The moment at which a sanction ends; Invalid for one that is over already, or too far away."""
    if until is not None and until <= now:
        raise Invalid("until_is_over", _("This moment is over already."), remedy=_("Choose one to come."))
    if longest is not None and (until is None or until > now + longest):
        raise Invalid(
            "until_too_far", _("Nobody is muted for longer than %d days.") % longest.days,
            remedy=_("Choose an earlier moment."), longest_days=longest.days,
        )  # fmt: skip
    return until


def is_longer(until: datetime | None, than: datetime | None) -> bool:
    """Whether a ban until then lasts longer than another; None is for good."""
    return than is not None and (until is None or until > than)


def appeal_until(at: datetime) -> datetime:
    """Until when an appeal against a decision of that moment may be made."""
    return at + timedelta(days=UNDO_DAYS)
