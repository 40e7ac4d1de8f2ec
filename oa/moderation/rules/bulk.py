"""Many decisions at once: which messages, what about them, and how far it is. No database in here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# More messages than that are not decided about at once.
MOST_CHOSEN = 20_000
# These refusals say that what is wanted is so, which may be this very batch's doing.
COVERED = frozenset({"already_deleted", "not_deleted"})
# A search for messages is stopped then.
SEARCH_SECONDS = 3
LONGEST_PATTERN = 500
# What was shown and never begun is forgotten then.
DRAFT_HOURS = 24
SAMPLES = 10
# The points of more trees than that are not computed tree by tree.
MOST_TREES_EXACTLY = 300


class BatchVerb(TextChoices):
    """What can be decided about many messages at once."""

    DELETE = "delete", _("delete")
    RESTORE = "restore", _("restore")
    SPAM = "spam", _("mark as spam")
    HALT = "halt", _("halt their trees")
    RESUME = "resume", _("resume their trees")
    MOVE = "move", _("move to another language")
    DISMISS = "dismiss", _("leave as they are")


# These are about the whole tree of a message, once.
ABOUT_TREES = frozenset({BatchVerb.HALT, BatchVerb.RESUME, BatchVerb.MOVE})
# What is below a message goes with it: it is deleted too, or at least nobody works on it any more.
REMOVING = frozenset({BatchVerb.DELETE, BatchVerb.SPAM})


class BatchState(TextChoices):
    """How far a batch is."""

    DRAFT = "draft", _("shown, not yet begun")
    RUNNING = "running", _("at work")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped: whoever wanted it may no longer decide")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


AT_WORK = (BatchState.RUNNING, BatchState.UNDOING)
UNDOABLE = (BatchState.RUNNING, BatchState.DONE, BatchState.STOPPED)


class ItemState(TextChoices):
    """What became of one message of a batch."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    UNDONE = "undone", _("undone")
    STANDS = "stands", _("could not be undone")


# What a refusal says of one message among many.
PROBLEMS = {
    "already_deleted": _("deleted already"),
    "not_deleted": _("not deleted"),
    "parent_is_deleted": _("what it answers is deleted"),
    "author_replied_again": _("its author has another reply there"),
    "already_halted": _("halted already"),
    "not_halted": _("not halted"),
    "in_other_hands": _("another moderator is deciding about it"),
    "decided_since": _("something else was decided about it since"),
    "already_rejected": _("rejected already"),
    "already_undone": _("undone already"),
    "nothing_to_dismiss": _("nobody asks for a decision about it"),
    "not_above_them": _("about somebody you may not decide about"),
    "same_language": _("in this language already"),
    "tree_is_archived": _("in an archived tree"),
    "too_old": _("decided too long ago"),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which messages: all that is said must be so. What is None is not asked.

    `like` is a message: chosen is what is near-identical to it. `regex` is one of PostgreSQL's. `review_result` is
    "true", "false" or "null". Archived trees are never chosen.
    """

    text: str | None = None
    regex: str | None = None
    match_case: bool = False
    like: UUID | None = None
    person: UUID | None = None
    lang: str | None = None
    role: str | None = None
    state: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    deleted: bool | None = None
    review_result: str | None = None
    ids: tuple[UUID, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Of what somebody sent, in which empty texts ask nothing."""
        known = {field.name for field in fields(cls)}
        said = {name: value for name, value in given.items() if name in known and value not in ("", None)}
        return cls(**{**said, "ids": tuple(said.get("ids", ()))})

    @property
    def asks_nothing(self) -> bool:
        """Whether it would choose everything there is."""
        plain = {"match_case", "deleted"}
        return not any(value for name, value in asdict(self).items() if name not in plain)

    def as_json(self) -> dict[str, Any]:
        """For the record: only what is asked; of ids only how many, for each stands in the batch by itself."""
        said = {name: value for name, value in asdict(self).items() if value is not None and value != ()}
        if not self.regex:
            del said["match_case"]
        ids = said.pop("ids", ())
        plain = {name: _plain(value) for name, value in said.items()}
        return {**plain, "ids": len(ids)} if ids else plain


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


@dataclass(frozen=True, slots=True)
class Spot:
    """A chosen message, as far as an order of them needs it."""

    id: UUID
    tree_id: UUID
    depth: int


def order_of_work(chosen: Iterable[Spot], verb: BatchVerb) -> list[UUID]:
    """Tree by tree, and from the prompt down: what goes with a message above it is met when it is gone already, and
    what is brought back has its parent before. Of what is decided about a tree, one message of each."""
    ordered = sorted(chosen, key=lambda spot: (spot.tree_id, spot.depth, spot.id))
    if verb not in ABOUT_TREES:
        return [spot.id for spot in ordered]
    tops: dict[UUID, UUID] = {}
    for spot in ordered:
        tops.setdefault(spot.tree_id, spot.id)
    return list(tops.values())


def seconds_left(*, ready: int, of: int, seconds: float) -> int | None:
    """How long the rest takes at the speed so far; None while that can't be told."""
    if ready < min(3, of) or seconds <= 0:
        return None
    return round((of - ready) * seconds / ready) if ready else None


# --- what is alike ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alike:
    """One message that has an earlier one very like it."""

    id: UUID
    twin_id: UUID
    likeness: float


def components(links: Iterable[Alike]) -> list[frozenset[UUID]]:
    """The groups that links make of what they link, the largest first."""
    parent: dict[UUID, UUID] = {}

    def top(pk: UUID) -> UUID:
        parent.setdefault(pk, pk)
        while parent[pk] != pk:
            parent[pk] = pk = parent[parent[pk]]
        return pk

    for link in links:
        parent[top(link.id)] = top(link.twin_id)
    groups: dict[UUID, set[UUID]] = {}
    for pk in parent:
        groups.setdefault(top(pk), set()).add(pk)
    return sorted(map(frozenset, groups.values()), key=lambda group: (-len(group), min(group)))


def counted(codes: Collection[str]) -> list[dict[str, Any]]:
    """[{code, n}], the most frequent first."""
    return [{"code": code, "n": n} for code, n in Counter(codes).most_common()]
