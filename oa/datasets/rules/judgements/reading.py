"""A judgement as a row of a file says it: each column checked, and brought into the one form of exports."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from oa.community.rules import VOTES, Emoji
from oa.datasets.rules.conversations import pk_of
from oa.datasets.rules.fields import (
    Broken,
    a_date,
    a_fraction,
    a_text,
    an_id,
    columns,
    mapping,
    number,
    short,
    yes_or_no,
)
from oa.datasets.rules.forms.dress import Row
from oa.datasets.rules.forms.judgements import What, judgement, labels_in_order, reaction_id
from oa.reviews.rules import Label, Mode
from oa.tasks.rules import Kind, SkipReason

LATEST_VERSION = 32_767
LONGEST_NOTE = 500

Check = Callable[[str, object], object]
# The enumerations make such lists anew each time they are asked.
_LABELS = frozenset(label.value for label in Label)


@dataclass(slots=True)
class Judgement:
    """One judgement of a file. `row` says it as an export would, under the ids of the file."""

    line: int
    what: What
    row: Row
    at: datetime

    @property
    def id(self) -> UUID:
        return UUID(self.row["judgement_id"])

    @property
    def message(self) -> UUID:
        return pk_of(self.row["message_id"])

    @property
    def person(self) -> UUID:
        return pk_of(self.row["user_id"])

    @property
    def labels(self) -> dict[str, float]:
        return dict(zip(self.row["labels"]["name"], self.row["labels"]["value"], strict=True))


@dataclass(slots=True)
class Pile:
    """The rows of a file with judgements of one tree, each with its line, as they came."""

    tree: str
    rows: list[tuple[int, Mapping[str, Any]]] = field(default_factory=list)


def is_judgement(row: Mapping[str, Any]) -> bool:
    """Whether a row of a file is a single judgement."""
    return "judgement_id" in row and "kind" in row


def judgement_of(row: Mapping[str, Any], *, line: int, odd: Counter[str]) -> Judgement:
    """The judgement that a row describes; Broken says what is wrong with it. `odd` counts columns that say nothing."""
    if row.get("kind") not in _COLUMNS:
        raise Broken("unknown_kind", f"kind is {_shown(row.get('kind'))}, not {', '.join(_COLUMNS)}")
    what = What(row["kind"])
    checks = _CHECKS[what]
    made: Row = {"kind": what.value, "judgement_id": None}
    for name, (check, absent) in checks.items():
        value = row.get(name)
        if value is None and absent is ...:
            raise Broken("missing_field", f"{name} is missing")
        made[name] = absent if value is None else check(name, value)
    at = made["created_date"]
    made = judgement(**made | {"created_date": at.isoformat(timespec="microseconds")})
    if what is What.REACTION:
        made["judgement_id"] = reaction_id(made)
    if what is What.BALLOT:
        _check_ballot(made)
    unknown = row.keys() - checks.keys() - {"kind", "judgement_id"}
    odd.update(f"({what}) {name}" for name in unknown if row[name] is not None)
    return Judgement(line, what, made, at)


def seats_of(row: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """The places a judgement takes, of which there is one each: a person has one voice about a text."""
    about = pk_of(row["message_id"]), pk_of(row["user_id"])
    if row["kind"] == What.REACTION:
        yield ("reaction", *about, row["emoji"])
        if row["emoji"] in VOTES:
            yield ("vote", *about)
        return
    yield ("task", *about, row["task"], row["text_version"])
    if row["kind"] != What.SKIP and row["counts"]:
        yield (row["kind"], *about)


def _shown(value: object) -> str:
    return repr(value)[:60]


def _uuid(name: str, value: object) -> str:
    found = a_text(name, value)
    try:
        if str(uuid.UUID(found)) == found:
            return found
    except ValueError:
        pass
    raise Broken("bad_id", f"{name} is {_shown(value)}, not a UUID in small letters")


def _one_of(values: Iterable[str], code: str) -> Check:
    known = frozenset(map(str, values))

    def check(name: str, value: object) -> str:
        if not isinstance(value, str) or value not in known:
            raise Broken(code, f"{name} is {_shown(value)}, none of {', '.join(sorted(known))}")
        return value

    return check


def _labels(name: str, value: object) -> Row:
    given = mapping(name, value)
    pairs = columns(name, given, ("value",)) if isinstance(given.get("name"), list) else list(given.items())
    if unknown := [label for label, _value in pairs if label not in _LABELS]:
        raise Broken("unknown_label", f"{name} holds {_shown(unknown[0])}, which is none of the labels")
    return labels_in_order({label: a_fraction(f"{name}.{label}", answer) for label, answer in pairs})


def _ids(name: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise Broken("wrong_type", f"{name} is {_shown(value)}, not a list")
    return [an_id(name, one) for one in value]


def _tiers(name: str, value: object) -> list[list[str]]:
    if not isinstance(value, list):
        raise Broken("wrong_type", f"{name} is {_shown(value)}, not a list")
    return [_ids(name, tier) for tier in value]


def _lowest_last(name: str, value: object) -> list[str]:
    """Ids that share a place, in the order in which they are kept."""
    return sorted(_ids(name, value), key=pk_of)


def _note(name: str, value: object) -> str | None:
    return short(LONGEST_NOTE)(name, a_text(name, value)) or None


def _version(name: str, value: object) -> int:
    if value == 0:
        raise Broken("out_of_range", f"{name} is 0; the first version of a text is 1")
    return number(LATEST_VERSION)(name, value)


def _yes(name: str, value: object) -> bool:
    """Skips and reactions stay counted whatever becomes of the text."""
    if value is not True:
        raise Broken("out_of_range", f"{name} is {_shown(value)}; skips and reactions always count")
    return value


# What checks a column, and what stands for a missing or null one (... = it must be there).
_COMMON: dict[str, tuple[Check, object]] = {
    "message_id": (an_id, ...),
    "message_tree_id": (an_id, ...),
    "user_id": (an_id, ...),
    "created_date": (a_date, ...),
}
_THROUGH_TASKS: dict[str, tuple[Check, object]] = {
    "judgement_id": (_uuid, ...),
    "text_version": (_version, 1),
    "task": (_one_of(Kind, "unknown_task"), ...),
}
_COLUMNS: dict[str, dict[str, tuple[Check, object]]] = {
    What.REVIEW: {
        **_THROUGH_TASKS,
        "counts": (yes_or_no, True),
        "mode": (_one_of(Mode, "unknown_mode"), ...),
        "labels": (_labels, ...),
    },
    What.BALLOT: {
        **_THROUGH_TASKS,
        "counts": (yes_or_no, True),
        "shown": (_ids, ...),
        "tiers": (_tiers, ...),
        "unacceptable": (_lowest_last, []),
        "not_rankable": (yes_or_no, False),
    },
    What.SKIP: {
        **_THROUGH_TASKS,
        "counts": (_yes, True),
        "reason": (_one_of(SkipReason, "unknown_reason"), ...),
        "note": (_note, None),
    },
    What.REACTION: {"counts": (_yes, True), "emoji": (_one_of(Emoji, "unknown_emoji"), ...)},
}


_CHECKS = {what: {**_COMMON, **checks} for what, checks in _COLUMNS.items()}


def _check_ballot(row: Row) -> None:
    """A ballot orders exactly what was shown; one that says that nothing can be ordered may leave the order out."""
    shown = row["shown"]
    named = [reply for tier in row["tiers"] for reply in tier] + row["unacceptable"]
    if len(shown) < 2 or len(set(shown)) < len(shown):
        raise Broken("bad_ballot", "it shows fewer than two different replies, or one of them twice")
    if not all(row["tiers"]):
        raise Broken("bad_ballot", "a place in its order is empty")
    if (named or not row["not_rankable"]) and sorted(named) != sorted(shown):
        raise Broken("bad_ballot", "its order does not name each of the replies shown exactly once")
