"""What people are told when something was decided about them or their words. No database in here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

# By what was decided; `oa.moderation` has more, which nobody is told.
_TITLES: dict[str, object] = {
    "delete": _("A moderator deleted your message"),
    "restore": _("A moderator restored your message"),
    "edit": _("A moderator changed your message"),
    "spam": _("A moderator marked your message as spam"),
    "move": _("A moderator moved a conversation of yours to another language"),
    "halt": _("A moderator stopped a conversation of yours"),
    "resume": _("A moderator let a conversation of yours go on"),
    "stop": _("A moderator stopped a conversation of yours"),
    "warn": _("A moderator warns you"),
    "mute": _("A moderator muted you: you may read, and not write"),
    "unmute": _("A moderator lets you write again"),
    "ban": _("A moderator shut you out"),
    "unban": _("A moderator let you in again"),
    "set_role": _("An administrator gave you another role"),
    "undo": _("A decision was taken back"),
    "uphold": _("Your appeal was looked at: the decision stands"),
    "grant": _("Your appeal was granted: the decision is taken back"),
    "purge": _("Moderators erased your message for good"),
}
# The same, where no moderator decided but a rule.
_BY_RULE: dict[str, object] = {
    "delete": _("Your message was deleted by an automatic rule"),
    "stop": _("A conversation of yours was stopped by an automatic rule"),
    "unmute": _("You may write again: the time is over"),
    "unban": _("You may come in again: the time is over"),
}
# The codes of `oa.moderation.rules.Reason` in the same words: a test compares them.
REASONS: dict[str, object] = {
    "spam": _("advertising or nonsense"),
    "hate": _("hatred of people"),
    "harassment": _("attacks on a person"),
    "personal_data": _("somebody's personal data"),
    "sexual": _("sexual content"),
    "violence": _("violence"),
    "illegal": _("something illegal"),
    "wrong_language": _("wrong language"),
    "duplicate": _("the same as another message"),
    "machine_written": _("written by a machine"),
    "low_quality": _("not a serious attempt"),
    "careless": _("judging without reading"),
    "evasion": _("getting around an earlier decision"),
    "harmless": _("nothing wrong with it"),
    "mistake": _("an earlier decision was a mistake"),
    "other": _("another reason"),
}
# Where people see all that was decided about them, and appeal.
DECISIONS_PAGE = "/me/decisions"


def decision_title(data: Mapping[str, object]) -> str:
    """The headline of a decision, in the reader's language."""
    decided = str(data["verb"])
    titles = {**_TITLES, **_BY_RULE} if data.get("by_rule") else _TITLES
    return str(titles.get(decided, _("A moderator decided about your words")))


def decision_text(data: Mapping[str, object]) -> str:
    """What was decided, why, until when, and until when one may appeal; in the reader's language."""
    said = [*_what(data), *_why(data), *_how_long(data)]
    return " ".join(said)


def _what(data: Mapping[str, object]) -> list[str]:
    if not data.get("undone"):
        return []
    undone = {"verb": data["undone"], "by_rule": data.get("undone_by_rule")}
    return [_text("Taken back: “%s”.") % decision_title(undone)]


def _why(data: Mapping[str, object]) -> list[str]:
    reason, why = str(data.get("reason", "")), str(data.get("why", "")).strip()
    # “Another reason” is told by the words alone.
    said = [_text("The reason: %s.") % REASONS[reason]] if reason in REASONS and not (reason == "other" and why) else []
    if why:
        # What a rule says of itself stands in the code, so it can be said in the reader's language.
        # The full stop stands behind the quotation already.
        said.append(
            _text(why) if data.get("by_rule") else _text("In the moderator's words: “%s”.") % why.removesuffix(".")
        )
    return said or [_text("No reason is on record.")]


def _how_long(data: Mapping[str, object]) -> list[str]:
    said = []
    if until := data.get("until"):
        said.append(_text("It lasts until %s.") % _day(str(until)))
    elif data["verb"] == "ban":
        said.append(_text("It lasts for good."))
    if appeal_until := data.get("appeal_until"):
        said.append(_text("You may appeal until %s.") % _day(str(appeal_until)))
    return said


def _day(moment: str) -> str:
    return date_format(datetime.fromisoformat(moment), "DATE_FORMAT")
