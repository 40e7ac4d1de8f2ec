"""Single judgements for an export: read along with the trees they belong to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from oa.accounts.models import User
from oa.community.models import Reaction
from oa.core.moments import streamed
from oa.datasets.rules.conversations import Conversation, pk_of
from oa.datasets.rules.forms.dress import Row
from oa.datasets.rules.forms.judgements import Judged, What, judgement, labels_in_order, task_about
from oa.rankings.models import Ballot, GroupRanking
from oa.reviews.models import Review
from oa.tasks.models import Task
from oa.tasks.rules import Status
from oa.trees.models import TreeQuerySet

Found = dict[str, Any]
EVENTS = frozenset({What.BALLOT, What.SKIP})


@dataclass(frozen=True, slots=True)
class Hearing:
    """Of which judgements is told, and how much.

    kinds      which kinds
    results    also what the ballots on each group came to
    notes      what people wrote when they skipped: their words may hold personal data
    withdrawn  also judgements of people who took everything back
    consented  only judgements of people who agreed to the terms and have not taken that back
    """

    kinds: Collection[What] = frozenset(What)
    results: bool = False
    notes: bool = False
    withdrawn: bool = False
    consented: bool = False


class JudgementStream:
    """The judgements of trees that are asked for in the order of their ids: one statement for each kind in all."""

    def __init__(self, trees: TreeQuerySet, hearing: Hearing) -> None:
        people = _people(hearing)
        self._notes = hearing.notes
        self._streams = [_Along(_SOURCES[what](trees, people), _ROWS[what]) for what in What if what in hearing.kinds]
        self._results = _Along(_results(trees), None) if hearing.results else None

    def of(self, tree: Conversation) -> Judged:
        """What was said of a tree, under the ids that its entries have, by kind and in each the oldest first."""
        scene = _Scene(tree)
        rows = chain.from_iterable(along.rows_of(scene) for along in self._streams)
        found = Judged(rows=list(rows))
        if not self._notes:
            for row in found.rows:
                row["note"] = None
        if self._results is not None:
            for result in self._results.at(scene.id):
                tiers = [[scene.name(UUID(reply)) for reply in tier] for tier in result["tiers"]]
                found.tiers[scene.name(result["parent_id"])] = tiers
        return found


class _Scene:
    """A tree whose messages can be named and placed by their ids here."""

    def __init__(self, tree: Conversation) -> None:
        self.id = tree.id
        self.tree_name = tree.entries[0].message_id
        self._entries = {pk_of(entry.message_id): entry for entry in tree.entries}

    def name(self, pk: UUID) -> str:
        entry = self._entries.get(pk)
        return entry.message_id if entry else str(pk)

    def depth(self, pk: UUID) -> int:
        return self._entries[pk].depth

    def knows(self, pk: UUID) -> bool:
        return pk in self._entries


class _Along:
    """A sorted stream of rows with their tree, read forward to the trees asked for."""

    def __init__(self, rows: Iterator[Found], made: Callable[[Found, _Scene], Row] | None) -> None:
        self._rows = rows
        self._made = made
        self._next = next(rows, None)

    def at(self, tree_id: UUID) -> Iterator[Found]:
        while self._next is not None and self._next["tree"] <= tree_id:
            if self._next["tree"] == tree_id:
                yield self._next
            self._next = next(self._rows, None)

    def rows_of(self, scene: _Scene) -> Iterator[Row]:
        """The judgements of a tree; without those of messages that were not read with it."""
        assert self._made is not None
        for found in self.at(scene.id):
            if scene.knows(found["about"]):
                yield _common(found, scene) | self._made(found, scene)


def _common(found: Found, scene: _Scene) -> Row:
    return judgement(
        judgement_id=str(found["id"]),
        message_id=scene.name(found["about"]),
        message_tree_id=scene.tree_name,
        user_id=found["foreign"] or str(found["person"]),
        created_date=found["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        counts=found.get("counts", True),
    )


def _review(found: Found, scene: _Scene) -> Row:
    return {
        "kind": What.REVIEW.value, "text_version": found["version"], "mode": found["mode"],
        "task": task_about(What.REVIEW, depth=scene.depth(found["about"])), "labels": labels_in_order(found["labels"]),
    }  # fmt: skip


def _ballot(found: Found, scene: _Scene) -> Row:
    return {
        "kind": What.BALLOT.value, "text_version": found["version"],
        "task": task_about(What.BALLOT, depth=scene.depth(found["about"])),
        "shown": [scene.name(reply) for reply in found["shown"]],
        "tiers": [[scene.name(UUID(reply)) for reply in tier] for tier in found["tiers"]],
        "unacceptable": [scene.name(reply) for reply in found["unacceptable"]], "not_rankable": found["not_rankable"],
    }  # fmt: skip


def _skip(found: Found, _scene: _Scene) -> Row:
    return {
        "kind": What.SKIP.value, "text_version": found["version"], "task": found["task"], "reason": found["reason"],
        "note": found["note"] or None,
    }  # fmt: skip


def _reaction(found: Found, _scene: _Scene) -> Row:
    # The number of its row means nothing elsewhere; its id follows from what it says.
    return {"kind": What.REACTION.value, "judgement_id": None, "emoji": found["emoji"]}


_ROWS: dict[What, Callable[[Found, _Scene], Row]] = {
    What.REVIEW: _review,
    What.BALLOT: _ballot,
    What.SKIP: _skip,
    What.REACTION: _reaction,
}


def _people(hearing: Hearing) -> QuerySet[User] | None:
    """Whose judgements are told; None: everybody's.

    What somebody said of others' texts is theirs to take back as their own texts are (`oa.datasets.rules.consent`).
    Those who left without doing so are told like everybody else, under a name that leads to nobody.
    """
    people = User.objects.all()
    if hearing.consented:
        people = people.filter(Q(imported=True) | Q(pk__in=User.objects.agreeing().values("pk")))
    if not hearing.withdrawn:
        people = people.filter(withdrew_at=None)
    return people if hearing.consented or not hearing.withdrawn else None


Source = Callable[[TreeQuerySet, "QuerySet[User] | None"], Iterator[Found]]


def _reviews(trees: TreeQuerySet, people: QuerySet[User] | None) -> Iterator[Found]:
    rows = Review.objects.filter(message__tree__in=trees, **_by("by", people))
    columns = {"tree": "message__tree_id", "about": "message_id", "at": "created_at", **_person("by")}
    return _read(rows, columns, "labels", "mode", "version", "counts")


def _ballots(trees: TreeQuerySet, people: QuerySet[User] | None) -> Iterator[Found]:
    # The version of the text replied to stands in the task in which the ballot was handed in.
    done = Task.objects.filter(message=OuterRef("parent"), status=Status.DONE)
    done = done.annotate(ballot=KT("result__ballot_id")).filter(ballot=Cast(OuterRef("pk"), CharField()))
    rows = Ballot.objects.filter(parent__tree__in=trees, **_by("by", people))
    rows = rows.annotate(version=Coalesce(Subquery(done.values("version")[:1]), 1))
    columns = {"tree": "parent__tree_id", "about": "parent_id", "at": "created_at", **_person("by")}
    return _read(rows, columns, "shown", "tiers", "unacceptable", "not_rankable", "version", "counts")


def _skips(trees: TreeQuerySet, people: QuerySet[User] | None) -> Iterator[Found]:
    rows = Task.objects.filter(status=Status.SKIPPED, tree__in=trees, **_by("assignee", people))
    columns = {
        "tree": "tree_id", "about": "message_id", "at": "closed_at", "task": "kind", "reason": "skip_reason",
        "note": "skip_note", **_person("assignee"),
    }  # fmt: skip
    return _read(rows, columns, "version")


def _reactions(trees: TreeQuerySet, people: QuerySet[User] | None) -> Iterator[Found]:
    rows = Reaction.objects.filter(message__tree__in=trees, **_by("person", people))
    columns = {"tree": "message__tree_id", "about": "message_id", "at": "at", **_person("person")}
    return _read(rows, columns, "emoji")


_SOURCES: dict[What, Source] = {
    What.REVIEW: _reviews,
    What.BALLOT: _ballots,
    What.SKIP: _skips,
    What.REACTION: _reactions,
}


def _results(trees: TreeQuerySet) -> Iterator[Found]:
    rows = GroupRanking.objects.filter(parent__tree__in=trees).order_by("parent__tree_id", "parent_id")
    for tree, parent, tiers in streamed(rows.values_list("parent__tree_id", "parent_id", "tiers")):
        yield {"tree": tree, "parent_id": parent, "tiers": tiers}


def _by(field: str, people: QuerySet[User] | None) -> dict[str, Any]:
    return {} if people is None else {f"{field}__in": people.values("pk")}


def _person(field: str) -> dict[str, str]:
    return {"person": f"{field}_id", "foreign": f"{field}__foreign_id"}


def _read(rows: QuerySet[Any], columns: dict[str, str], *plain: str) -> Iterator[Found]:
    """These columns under our names, in the order of trees, through a cursor on the server."""
    named = {"id": "id", **columns, **{name: name for name in plain}}
    for row in streamed(rows.order_by(columns["tree"], columns["at"], "id").values_list(*named.values())):
        yield dict(zip(named, row, strict=True))
