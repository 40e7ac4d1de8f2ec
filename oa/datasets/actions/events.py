"""Single judgements for an export: ballots and skips, read along with the trees they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from oa.core.ids import id_of
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.forms import Row
from oa.rankings.models import Ballot
from oa.tasks.models import Task
from oa.tasks.rules import Kind, Status, skip_code
from oa.trees.models import TreeQuerySet

Found = tuple[UUID, dict[str, Any]]


class EventStream:
    """The events of trees that are asked for in the order of their ids: two statements in all."""

    def __init__(self, trees: TreeQuerySet, *, name_of: Callable[[str], str]) -> None:
        self._name_of = name_of
        self._streams = (_Along(_ballots(trees)), _Along(_skips(trees)))

    def of(self, tree: Conversation) -> dict[str, dict[str, list[Row]]]:
        """By message id: kind of event -> the events, oldest first. Messages without any are absent."""
        names = {id_of(entry.message_id): entry.message_id for entry in tree.entries}
        found: dict[str, dict[str, list[Row]]] = {}
        ballots, skips = self._streams
        for row in skips.at(tree.id):
            event = {"type": "emoji", "user_id": self._person(row), "emoji": skip_code(Kind(row["kind"]))}
            found.setdefault(names[row["message_id"]], {}).setdefault("emoji", []).append(event)
        for row in ballots.at(tree.id):
            event = self._ranking(row, tree, names)
            found.setdefault(names[row["parent_id"]], {}).setdefault("ranking", []).append(event)
        return found

    def _person(self, row: dict[str, Any]) -> str:
        return self._name_of(row["foreign"] or str(row["person"]))

    def _ranking(self, row: dict[str, Any], tree: Conversation, names: dict[UUID, str]) -> Row:
        """Ties are told one after the other, in the order they stand in: the format knows no ties."""
        best_first = [UUID(reply) for tier in row["tiers"] for reply in tier] + row["unacceptable"]
        event: Row = {
            "type": "ranking",
            "user_id": self._person(row),
            "ranking": [row["shown"].index(reply) for reply in best_first],
            "ranked_message_ids": [names.get(reply, str(reply)) for reply in best_first],
            "ranking_parent_id": names[row["parent_id"]],
            "message_tree_id": tree.entries[0].message_id,
        }
        return event | ({"not_rankable": True} if row["not_rankable"] else {})


class _Along:
    """A sorted stream of (tree id, row), read forward to the trees asked for."""

    def __init__(self, rows: Iterator[Found]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def at(self, tree_id: UUID) -> Iterator[dict[str, Any]]:
        while self._next is not None and self._next[0] <= tree_id:
            if self._next[0] == tree_id:
                yield self._next[1]
            self._next = next(self._rows, None)


def _ballots(trees: TreeQuerySet) -> Iterator[Found]:
    columns = (
        "parent__tree_id", "parent_id", "by_id", "by__foreign_id", "shown", "tiers", "unacceptable", "not_rankable",
    )  # fmt: skip
    names = ("parent_id", "person", "foreign", "shown", "tiers", "unacceptable", "not_rankable")
    counting = Ballot.objects.counting().filter(parent__tree__in=trees)
    for tree_id, *row in counting.order_by("parent__tree_id", "created_at", "id").values_list(*columns).iterator():
        yield tree_id, dict(zip(names, row, strict=True))


def _skips(trees: TreeQuerySet) -> Iterator[Found]:
    names = ("message_id", "person", "foreign", "kind")
    skipped = Task.objects.filter(status=Status.SKIPPED, tree__in=trees).order_by("tree_id", "closed_at", "id")
    columns = ("tree_id", "message_id", "assignee_id", "assignee__foreign_id", "kind")
    for tree_id, *row in skipped.values_list(*columns).iterator():
        yield tree_id, dict(zip(names, row, strict=True))
