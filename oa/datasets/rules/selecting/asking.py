"""Filters as programs and forms send them: each checked, and refused in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from oa.core.errors import Invalid
from oa.datasets.rules.selecting.kinds import Keep, ReviewResult
from oa.datasets.rules.selecting.sides import Side
from oa.reviews.rules import Label
from oa.trees.rules import Role, State, parts_of

if TYPE_CHECKING:
    from oa.datasets.rules.selecting.selection import Selection

Reader = Callable[[str, object], Any]

LONGEST = 200
MOST_IN_A_LIST = 1000


def values_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the filters that ask something. Invalid: `unknown_filter`, `bad_filter_value`."""
    for name in given:
        if name not in _READERS:
            raise Invalid("unknown_filter", _("There is no filter “%(name)s”.") % {"name": name}, field=name)
    asked = {name: value for name, value in given.items() if value not in (None, "", [], {}, ())}
    return _with_what_follows({name: _READERS[name](name, value) for name, value in asked.items()})


def _with_what_follows(asked: dict[str, Any]) -> dict[str, Any]:
    """Who asks for messages of models means trees that have some, unless the opposite is said."""
    of_models = asked.get("model") or "synthetic_messages" in asked
    return {"synthetic": Keep.TOO, **asked} if of_models else asked


def check_that_they_agree(selection: Selection, given: Mapping[str, Any]) -> None:
    """Invalid (`filters_contradict`) where no message could ever be chosen, or one filter says the same otherwise."""
    checks = (
        (selection.people and (given.get("state") or given.get("states")), "state",
         _("Messages of single people are looked for in all states: leave the state away.")),
        (selection.review_result is not None and selection.spam is not Keep.NO, "review_result",
         _("What is not accepted is asked for twice: leave one of “spam” and “review_result” away.")),
        (selection.since and selection.until and selection.since > selection.until, "until",
         _("The last day is before the first.")),
        (selection.validation_share + selection.test_share >= 1, "validation_share",
         _("Nothing would be left for training: the shares must be less than 1 together.")),
        (selection.split and selection.split != Side.TRAIN and Side(selection.split) not in selection.shares.sides,
         "split", _("This side of the split has no share of the trees.")),
        (selection.releasable and Keep.ONLY in {selection.deleted, selection.withdrawn}, "releasable",
         _("What is deleted or withdrawn is never released.")),
        (selection.prompts_only and selection.role == Role.ASSISTANT, "role", _("Prompts are never the assistant's.")),
    )  # fmt: skip
    for holds, name, words in checks:
        if holds:
            raise Invalid("filters_contradict", words, field=name)


def _refuse(name: str, value: object, wanted: str) -> Invalid:
    told = repr(value)[:60]
    cause = _("“%(name)s” is %(value)s; wanted is %(wanted)s.") % {"name": name, "value": told, "wanted": wanted}
    return Invalid("bad_filter_value", cause, field=name)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
        raise _refuse(name, value, _("a text of at most %(number)s characters") % {"number": LONGEST})
    return value


def _words(name: str, value: object) -> str:
    found = _text(name, value)
    parts_of(found)
    return found


def _yes_or_no(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refuse(name, value, _("true or false"))
    return value


def _one_of(known: Collection[str]) -> Callable[[str, object], str]:
    def read(name: str, value: object) -> str:
        if value not in known:
            raise _refuse(name, value, _("one of %(choices)s") % {"choices": ", ".join(known)})
        return str(value)

    return read


def _several(read_one: Callable[[str, object], str]) -> Callable[[str, object], tuple[str, ...]]:
    """Of a list, or of a text with commas."""

    def read(name: str, value: object) -> tuple[str, ...]:
        several: Iterable[object] = [one.strip() for one in value.split(",")] if isinstance(value, str) else ()
        if isinstance(value, list | tuple):
            several = value
        found = tuple(dict.fromkeys(read_one(name, one) for one in several if one != ""))
        if not found or len(found) > MOST_IN_A_LIST:
            raise _refuse(name, value, _("a list of 1 to %(number)s") % {"number": MOST_IN_A_LIST})
        return found

    return read


def _keep(name: str, value: object) -> Keep:
    return Keep(_one_of([one.value for one in Keep])(name, value))


def _review_result(name: str, value: object) -> ReviewResult:
    return ReviewResult(_one_of(list(ReviewResult))(name, value))


def _day(name: str, value: object) -> date:
    try:
        return date.fromisoformat(_text(name, value))
    except ValueError:
        raise _refuse(name, value, _("a day such as 2026-05-31")) from None


def _share(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= 1:
        raise _refuse(name, value, _("a number from 0 to 1"))
    return float(value)


def _count(fewest: int) -> Callable[[str, object], int]:
    def read(name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not fewest <= value <= 2**31:
            raise _refuse(name, value, _("a whole number from %(number)s on") % {"number": fewest})
        return value

    return read


def _bounds(name: str, value: object) -> dict[str, float]:
    if not isinstance(value, Mapping):
        raise _refuse(name, value, _("an object of labels and numbers from 0 to 1"))
    known = _one_of(list(Label))
    return {known(name, label): _share(f"{name}.{label}", bound) for label, bound in value.items()}


_STATES = [*State.values, "all"]

_READERS: dict[str, Reader] = {
    "state": _one_of(_STATES),
    "states": _several(_one_of(_STATES)),
    "lang": _text,
    "langs": _several(_text),
    "deleted": _keep,
    "spam": _keep,
    "synthetic": _keep,
    "synthetic_messages": _keep,
    "withdrawn": _keep,
    "review_result": _review_result,
    "role": _one_of(Role.values),
    "model": _text,
    "user": _text,
    "users": _several(_text),
    "prompts_only": _yes_or_no,
    "since": _day,
    "until": _day,
    "min_label": _bounds,
    "max_label": _bounds,
    "min_label_low": _bounds,
    "min_reviews": _count(0),
    "max_toxicity": _share,
    "scored_only": _yes_or_no,
    "topic": _words,
    "origin": _text,
    "sample": _count(1),
    "split": _one_of(list(Side)),
    "validation_share": _share,
    "test_share": _share,
    "split_seed": _text,
    "releasable": _yes_or_no,
}
