"""What the light checks say of a text, in words: to whoever writes it, and to whoever reviews it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from oa.core.limits import Limit
from oa.screening.rules.likeness import Twin
from oa.screening.rules.personal_data import DATA_KINDS, Finding

Code = Literal["other_language", "near_duplicate", "personal_data"]
CODES: tuple[Code, ...] = ("other_language", "near_duplicate", "personal_data")
Level = Literal["warn", "block"]
LEVELS: tuple[Level, ...] = ("warn", "block")
# How often a person may have a text looked at. Somebody who types has it looked at whenever they pause.
CHECKS = Limit("checks", 60, 60)
_EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth a second look. `spans` are in characters of the text."""

    code: Code
    text: str
    remedy: str = ""
    kind: str | None = None
    level: Level = "warn"
    spans: tuple[tuple[int, int], ...] = ()
    likeness: float | None = None
    message_id: UUID | None = None
    excerpt: str | None = None


# --- for whoever writes -----------------------------------------------------------------------------------------------


def on_language(found: str, declared: str) -> Remark:
    """`found` and `declared` are names of languages in the reader's own."""
    return Remark(
        "other_language",
        _("This looks like %(found)s, but %(declared)s is asked for.") % {"found": found, "declared": declared},
        _("If it is meant to be so, hand it in as it is. Otherwise write it in %(declared)s.") % {"declared": declared},
    )


def on_twin(twin: Twin) -> Remark:
    same = twin.likeness >= 1
    return Remark(
        "near_duplicate",
        _("This prompt is here already, word for word.")
        if same
        else _("A prompt very like this one is here already (%(percent)d%% the same).")
        % {"percent": percent(twin.likeness)},
        _("Another question, or another side of it, helps more."),
        likeness=round(twin.likeness, 3),
        message_id=twin.message_id,
        excerpt=shorten(twin.text),
    )


def on_personal_data(findings: Sequence[Finding], handling: Mapping[str, str]) -> list[Remark]:
    """One remark for each kind that is warned about or refused, in the order of the kinds."""
    remarks = []
    for kind in DATA_KINDS:
        spans = tuple((finding.start, finding.end) for finding in findings if finding.kind == kind)
        if spans and handling.get(kind) in LEVELS:
            level: Level = "block" if handling[kind] == "block" else "warn"
            remarks.append(Remark("personal_data", _seen(kind), _instead(kind, level), kind, level, spans))
    return remarks


def _seen(kind: str) -> str:
    return {
        "email": _("There seems to be an e-mail address in your text."),
        "phone": _("There seems to be a telephone number in your text."),
        "card": _("There seems to be the number of a payment card in your text."),
        "iban": _("There seems to be the number of a bank account (IBAN) in your text."),
        "key": _("There seems to be a key, a token or a password in your text."),
    }[kind]


def _instead(kind: str, level: Level) -> str:
    why = {
        "block": _("It can’t be handed in with it, because texts are published for everybody."),
        "warn": _("Texts are published for everybody."),
    }[level]
    what = {
        "email": _("Leave it out, or write name@example.org instead."),
        "phone": _("Leave it out, or write letters in place of the digits."),
        "card": _("Leave it out, or write letters in place of the digits."),
        "iban": _("Leave it out, or write letters in place of the digits."),
        "key": _("Leave it out, and if it is in use anywhere, replace it there."),
    }[kind]
    return f"{why} {what}"


# --- for whoever reviews ----------------------------------------------------------------------------------------------


def reviewer_on_language(found: str, declared: str) -> Remark:
    return Remark(
        "other_language",
        _("A machine takes this for %(found)s, not for %(declared)s.") % {"found": found, "declared": declared},
    )


def reviewer_on_twin(likeness: float) -> Remark:
    if likeness >= 1:
        return Remark("near_duplicate", _("The same prompt was here before, word for word."))
    share = {"percent": percent(likeness)}
    return Remark("near_duplicate", _("A prompt very like this one was here before (%(percent)d%% the same).") % share)


def reviewer_on_personal_data(kind: str) -> Remark:
    return Remark(
        "personal_data",
        {
            "email": _("There seems to be an e-mail address in it."),
            "phone": _("There seems to be a telephone number in it."),
            "card": _("There seems to be the number of a payment card in it."),
            "iban": _("There seems to be the number of a bank account (IBAN) in it."),
            "key": _("There seems to be a key, a token or a password in it."),
        }[kind],
        kind=kind,
    )


def percent(likeness: float) -> int:
    """Rounded down: 100 is said only of what is the same."""
    return int(100 * likeness)


def shorten(text: str) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text[: 4 * _EXCERPT].split())
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT - 1].rstrip()}…"
