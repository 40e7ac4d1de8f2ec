"""What decisions change, read before and after: the difference stands in the log, and undoing puts it back.

Texts are not among it, so that what is erased is erased: a version names its revision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from oa.moderation.models import Report
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import State

TREE = ("lang", "moderated", "state", "won_lottery_at")
MESSAGE = ("baseline", "deleted", "lang", "review_result", "version", "withheld")
STOPPED = (State.ABORTED_LOW_GRADE, State.HALTED_BY_MODERATOR)

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides about a tree, as it is at one moment; everything else is counted from it."""

    tree: Columns
    messages: Mapping[str, Columns]


def facts_of(tree_id: UUID) -> Facts:
    """The facts of a held tree, in two statements (three for one that was stopped)."""
    tree = Tree.objects.filter(pk=tree_id).values(*TREE).get()
    stopped = tree["state"] in STOPPED
    tree["why"] = TreeEvent.objects.filter(tree=tree_id).order_by("-id")[:1].get().why if stopped else ""
    rows = Message.objects.filter(tree=tree_id).order_by("depth", "id")
    found = rows.values(
        "id",
        *MESSAGE,
        reviewed=ArraySubquery(Review.objects.counting().filter(message=OuterRef("pk")).order_by("id").values("id")),
        ordered=ArraySubquery(Ballot.objects.counting().filter(parent=OuterRef("pk")).order_by("id").values("id")),
        reported=ArraySubquery(
            Report.objects.filter(message=OuterRef("pk"), handled_at=None).order_by("id").values("id")
        ),
        looked_version=F("toxicity_score__looked_version"),
        looked_by=F("toxicity_score__looked_by"),
        looked_at=F("toxicity_score__looked_at"),
    )
    return Facts(_plain(tree), {str(row.pop("id")): _message(row) for row in found})


def _message(row: Columns) -> Columns:
    """What of these rows stands beside the columns. A look counts only if it was at the text in force."""
    looked = row["looked_version"] is not None and row["looked_version"] >= row["version"]
    plain: Columns = _plain({
        **{name: row[name] for name in MESSAGE},
        "reviews": row["reviewed"],
        "ballots": row["ordered"],
        "reports": row["reported"],
        "looked": {"by": row["looked_by"], "at": row["looked_at"]} if looked else None,
    })
    return plain


def _plain(value: Any) -> Any:
    """The same as JSON has it."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def changes(was: Facts, tree: Tree) -> dict[str, Any]:
    """What became of a held tree since: `before` and `after` of a decision."""
    now = facts_of(tree.pk)
    before: Columns = {}
    after: Columns = {}
    _note("tree", _difference(was.tree, now.tree), before, after)
    pairs = {pk: _difference(was.messages[pk], now.messages[pk]) for pk in was.messages}
    touched = {pk: pair for pk, pair in pairs.items() if pair[0]}
    _note("messages", ({pk: a for pk, (a, _) in touched.items()}, {pk: b for pk, (_, b) in touched.items()}), before,
          after)  # fmt: skip
    return {"before": before, "after": after}


def _difference(was: Columns, now: Columns) -> tuple[Columns, Columns]:
    names = [name for name in was if was[name] != now[name]]
    return {name: was[name] for name in names}, {name: now[name] for name in names}


def _note(about: str, pair: tuple[Columns, Columns], before: Columns, after: Columns) -> None:
    if pair[0]:
        before[about], after[about] = pair
