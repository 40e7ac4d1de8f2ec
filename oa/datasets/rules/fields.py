"""The fields of a message in an oasst file: each checked, and brought into one form."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from oa.screening.rules import NOT_ALWAYS, SCORES
from oa.trees.rules import Role, State

LONGEST_ID = 128
LONGEST_LANG = 16
LONGEST_MODEL_NAME = 200
MOST = 2_147_483_647
HIGHEST_RANK = 32_767
# Skips are counted on from what came with the file: it must leave room.
MOST_REACTIONS = 1_000_000_000

Labels = dict[str, dict[str, float]]


class Broken(Exception):
    """Why a row, a tree or a file is not taken. `code` is stable; `words` say what is wrong, `line` where."""

    def __init__(self, code: str, words: str, *, line: int = 0) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.line = line


@dataclass(slots=True)
class Entry:
    """One message as a file says it, whatever the form of the row. Ids are the file's own.

    `depth`, `place` and `line` are not in any file: how far below the prompt it stands, where it
    stands among its siblings if ranks and dates don't say so, and the line it came from. Nor is
    `held`: why it may not be in a release (withdrawn, unconsented, embargoed, withheld), or nothing.
    """

    message_id: str
    parent_id: str | None
    user_id: str | None
    created_date: datetime | None
    text: str
    role: str
    lang: str
    review_count: int
    review_result: bool | None
    deleted: bool
    rank: int | None
    synthetic: bool
    model_name: str | None
    emojis: dict[str, int] | None
    labels: Labels | None
    detoxify: dict[str, float] | None
    depth: int = 0
    place: int | None = None
    line: int = 0
    held: str = ""


def _shown(value: object) -> str:
    told = repr(value)
    return told if len(told) <= 60 else told[:57] + "…"


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise Broken("wrong_type", f"{name} is {_shown(value)}, not a text")
    if "\0" in value:
        raise Broken("nul_in_text", f"{name} holds a NUL character, which can't be stored")
    return value


def _short(most: int) -> Callable[[str, object], str]:
    def check(name: str, value: object) -> str:
        found = _text(name, value)
        if len(found) > most:
            raise Broken("too_long", f"{name} has {len(found)} characters; {most} are the most")
        return found

    return check


def _filled(most: int) -> Callable[[str, object], str]:
    short = _short(most)

    def check(name: str, value: object) -> str:
        if not (found := short(name, value)):
            raise Broken("missing_field", f"{name} is empty")
        return found

    return check


def _number(most: int) -> Callable[[str, object], int]:
    def check(name: str, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Broken("wrong_type", f"{name} is {_shown(value)}, not a whole number")
        if not 0 <= value <= most:
            raise Broken("out_of_range", f"{name} is {value}; it must be between 0 and {most}")
        return value

    return check


def _yes_or_no(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise Broken("wrong_type", f"{name} is {_shown(value)}, not true or false")
    return value


# Asked for of each message: enumerations make theirs anew each time.
_ROLES, _STATES, _SCORES = frozenset(Role.values), frozenset(State.values), frozenset(SCORES)


def _role(name: str, value: object) -> str:
    if not isinstance(value, str) or value not in _ROLES:
        raise Broken("unknown_role", f"{name} is {_shown(value)}, not prompter or assistant")
    return str(value)


def state_of(value: object) -> str:
    """A tree's state, one of the published ten."""
    if value is None:
        raise Broken("missing_field", "tree_state is missing")
    if not isinstance(value, str) or value not in _STATES:
        raise Broken("unknown_state", f"tree_state is {_shown(value)}, which is none of the ten states")
    return str(value)


def _date(name: str, value: object) -> datetime:
    """Any ISO 8601 date, also one in the future; without an offset it is taken as UTC."""
    try:
        found = datetime.fromisoformat(_text(name, value))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise Broken("bad_date", f"{name} is {_shown(value)}, not an ISO 8601 date") from None


def _fraction(name: str, value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Broken("wrong_type", f"{name} is {_shown(value)}, not a number")
    if not math.isfinite(value) or not 0 <= value <= 1:
        raise Broken("out_of_range", f"{name} is {value}; it must be between 0 and 1")
    return float(value)


def _columns(name: str, value: Mapping[str, object], wanted: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Parallel lists, as the Hugging Face rows have them, turned into one tuple for each name."""
    lists = [value.get(column) for column in ("name", *wanted)]
    lengths = {len(column) if isinstance(column, list) else -1 for column in lists}
    if len(lengths) != 1 or -1 in lengths:
        raise Broken("wrong_type", f"{name} are not lists of the same length")
    rows = list(zip(*cast(list[list[object]], lists), strict=True))
    if any(not isinstance(row[0], str) for row in rows) or len({row[0] for row in rows}) != len(rows):
        raise Broken("wrong_type", f"the names of {name} are not different texts")
    return rows


def _mapping(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Broken("wrong_type", f"{name} is {_shown(value)}, not an object")
    if any("\0" in key for key in value):
        raise Broken("nul_in_text", f"a name in {name} holds a NUL character")
    return value


_count = _number(MOST)
_reactions = _number(MOST_REACTIONS)


def _emojis(name: str, value: object) -> dict[str, int]:
    given = _mapping(name, value)
    if isinstance(given.get("name"), list):
        given = dict(_columns(name, given, ("count",)))
    return {code: _reactions(f"{name}.{code}", number) for code, number in given.items()}


def _labels(name: str, value: object) -> Labels:
    given = _mapping(name, value)
    if isinstance(given.get("name"), list):
        rows = _columns(name, given, ("value", "count"))
        given = {label: {"value": mean, "count": count} for label, mean, count in rows}
    return {label: _label(name, label, pair) for label, pair in given.items()}


def _label(name: str, label: str, value: object) -> dict[str, float]:
    # Nearly all there are, a dozen a message: worth not composing names for errors that don't come.
    if type(value) is dict and len(value) == 2:
        mean, count = value.get("value"), value.get("count")
        if type(mean) is float and type(count) is int and 0 <= mean <= 1 and 0 <= count <= MOST:
            return {"value": mean, "count": count}
    pair = _mapping(f"{name}.{label}", value)
    if pair.keys() != {"value", "count"}:
        raise Broken("wrong_type", f"{name}.{label} must have a value and a count and nothing else")
    return {
        "value": _fraction(f"{name}.{label}.value", pair["value"]),
        "count": _count(f"{name}.{label}.count", pair["count"]),
    }


def _detoxify(name: str, value: object) -> dict[str, float]:
    scores = _mapping(name, value)
    if scores.keys() == _SCORES and all(type(score) is float and 0 <= score <= 1 for score in scores.values()):
        return {score: cast(float, scores[score]) for score in SCORES}
    if scores.keys() | NOT_ALWAYS != _SCORES:
        raise Broken("wrong_type", f"{name} must have the seven scores {', '.join(SCORES)}")
    return {score: _fraction(score, scores[score]) for score in SCORES if score in scores}


_id = _filled(LONGEST_ID)

# The same checks for rows that are no messages.
an_id, a_text, a_date, a_fraction, yes_or_no = _id, _text, _date, _fraction, _yes_or_no
short, number, columns, mapping = _short, _number, _columns, _mapping

# In the order of Entry: what checks a field, what stands for a missing or null one (... = it must be there).
_CHECKS: dict[str, tuple[Callable[[str, object], object], object]] = {
    "message_id": (_id, ...),
    "parent_id": (_id, None),
    "user_id": (_id, None),
    "created_date": (_date, None),
    "text": (_text, ...),
    "role": (_role, ...),
    "lang": (_filled(LONGEST_LANG), ...),
    "review_count": (_number(MOST), 0),
    "review_result": (_yes_or_no, None),
    "deleted": (_yes_or_no, False),
    "rank": (_number(HIGHEST_RANK), None),
    "synthetic": (_yes_or_no, False),
    "model_name": (_short(LONGEST_MODEL_NAME), None),
    "emojis": (_emojis, None),
    "labels": (_labels, None),
    "detoxify": (_detoxify, None),
}
KNOWN = frozenset(_CHECKS) | {"replies", "message_tree_id", "tree_state"}


def entry_of(row: Mapping[str, object], *, line: int = 0) -> Entry:
    """The message a row (or a node of a tree row) describes; Broken says what is wrong with it."""
    values: list[Any] = []
    for name, (check, absent) in _CHECKS.items():
        value = row.get(name)
        if value is None:
            if absent is ...:
                raise Broken("missing_field", f"{name} is missing")
            values.append(absent)
        else:
            values.append(check(name, value))
    made = Entry(*values)
    made.line = line
    return made


def unknown_fields(row: Mapping[str, object]) -> list[str]:
    """Fields that are filled and that nothing here is made of."""
    return [name for name in row.keys() - KNOWN if row[name] is not None]
