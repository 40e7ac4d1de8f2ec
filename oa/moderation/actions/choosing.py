"""Choosing messages for one decision about all of them, and showing what it would change. Nothing else is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case as Which
from django.db.models import CharField, Count, Q, Sum, Value, When
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.community.actions.reading import facts_of
from oa.community.models import Entry
from oa.community.rules import Booked, Facts, difference, owed
from oa.core.errors import Conflict, Invalid, Missing
from oa.core.verbs import verb
from oa.moderation.actions.deciding import refuse_others
from oa.moderation.models import Batch, BatchItem, ids_of
from oa.moderation.rules import (
    DRAFT_HOURS,
    MOST_CHOSEN,
    MOST_TREES_EXACTLY,
    REMOVING,
    SAMPLES,
    BatchState,
    BatchVerb,
    Selection,
    Spot,
    order_of_work,
)
from oa.tasks.models import Task
from oa.tasks.rules import Status
from oa.trees.models import Message, Tree
from oa.trees.rules import Policy, State


@dataclass(frozen=True)
class Wish:
    """What is to be decided about the messages chosen."""

    verb: BatchVerb
    reason: str = ""
    why: str = ""
    lang: str = ""


@verb
def choose(*, wish: Wish, selection: Selection, by: User, now: datetime) -> Batch:
    """Freeze which messages are meant, and say what would change. Nothing is decided yet.

    `empty_selection`, `nothing_found`, `bad_regex`, `regex_too_slow`, `search_too_slow`, `language_missing`.
    """
    refuse_others(by)
    if selection.asks_nothing:
        raise Invalid(
            "empty_selection", _("This would choose every message there is."),
            remedy=_("Say which are meant: by their words, author, language, dates."),
        )  # fmt: skip
    if wish.verb is BatchVerb.MOVE and not wish.lang:
        raise Invalid("language_missing", _("Please say which language they are moved to."))
    if selection.deleted is None:
        selection = replace(selection, deleted=wish.verb is BatchVerb.RESTORE)
    ids = ids_of(selection, most=MOST_CHOSEN)
    if not ids:
        raise Invalid("nothing_found", _("No message is like that."), remedy=_("Archived imports are never chosen."))
    return _draft(wish, selection, ids, by=by, now=now)


def _draft(wish: Wish, selection: Selection, ids: Sequence[UUID], *, by: User, now: datetime) -> Batch:
    chosen = ids[:MOST_CHOSEN]
    spots = [Spot(*row) for row in Message.objects.filter(pk__in=chosen).values_list("id", "tree_id", "depth")]
    order = order_of_work(spots, wish.verb)
    preview = _what_would_change(wish, spots, by=by, now=now)
    batch = Batch.objects.create(
        verb=wish.verb, reason=wish.reason, why=wish.why, lang=wish.lang, selection=selection.as_json(),
        preview={**preview, "samples": [str(pk) for pk in chosen[:SAMPLES]], "too_many": len(ids) > MOST_CHOSEN},
        total=len(order), by=by, at=now,
    )  # fmt: skip
    BatchItem.objects.bulk_create((BatchItem(batch=batch, message_id=pk) for pk in order), batch_size=2000)
    return batch


@verb
def drop_draft(*, batch_id: UUID, by: User) -> None:
    """Forget what was chosen and never begun. Conflict once it has begun."""
    refuse_others(by)
    batch = Batch.objects.select_for_update(of=("self",)).filter(pk=batch_id).first()
    if batch is None:
        raise Missing("no_such_batch", _("There is no such batch."))
    if batch.state != BatchState.DRAFT:
        raise Conflict("already_begun", _("This has begun already."), remedy=_("It can be undone as a whole."))
    batch.delete()


@verb
def drop_old_drafts(*, now: datetime) -> int:
    """Forget what was chosen a day ago and never begun."""
    old = Batch.objects.filter(state=BatchState.DRAFT, at__lt=now - timedelta(hours=DRAFT_HOURS))
    ids = list(old.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))
    Batch.objects.filter(pk__in=ids).delete()
    return len(ids)


# --- what would change ------------------------------------------------------------------------------------------------

_WITH_ALL_BELOW = """
WITH RECURSIVE doomed AS (
    SELECT id, author_id FROM trees_message WHERE id = ANY(%s) AND NOT deleted
    UNION
    SELECT below.id, below.author_id FROM trees_message below JOIN doomed ON below.parent_id = doomed.id
    WHERE NOT below.deleted
)
SELECT id, author_id FROM doomed
"""


def _what_would_change(wish: Wish, spots: Sequence[Spot], *, by: User, now: datetime) -> dict[str, Any]:
    ids = [spot.id for spot in spots]
    trees = list(Tree.objects.filter(pk__in={spot.tree_id for spot in spots}).select_related("policy"))
    touched = _touched(wish.verb, ids)
    tasks = _tasks_that_go(wish.verb, touched, [tree.pk for tree in trees])
    fate = _FATES.get(wish.verb)
    points, exact = Decimal(), True
    if fate is not None:  # what is only rejected leaves what is below it to its authors
        points, exact = _points_taken_back(trees, touched if wish.verb is BatchVerb.DELETE else ids, fate)
    return {
        "messages": len(ids),
        "with_subtrees": len(touched),
        "trees": len(trees),
        "tasks_open": tasks[Status.OPEN],
        "tasks_in_hand": tasks[Status.LEASED],
        "authors": len({author for author in touched.values() if author}),
        "points": float(points),
        "points_exact": exact,
        "by_state": dict(Counter(tree.state for tree in trees)),
        "refused_already": _refused_already(wish, ids, by=by, now=now),
    }


def _touched(verb: BatchVerb, ids: Sequence[UUID]) -> dict[UUID, UUID | None]:
    """The messages that would change, with their authors: what is taken away takes all below it along."""
    if verb not in REMOVING:
        return dict(Message.objects.filter(pk__in=ids).values_list("id", "author_id"))
    with connection.cursor() as cursor:
        cursor.execute(_WITH_ALL_BELOW, [list(ids)])
        return dict(cursor.fetchall())


def _tasks_that_go(verb: BatchVerb, touched: Collection[UUID], trees: Sequence[UUID]) -> Counter[str]:
    if verb in REMOVING:
        going = Task.objects.stock().filter(message__in=touched)
    elif verb is BatchVerb.HALT:
        going = Task.objects.stock().filter(tree__in=trees)
    else:
        return Counter()
    return Counter(dict(going.order_by().values_list("status").annotate(Count("id"))))


# What the ledger sees of a message after the decision.
_FATES: dict[BatchVerb, Mapping[str, Any]] = {
    BatchVerb.DELETE: {"deleted": True},
    BatchVerb.SPAM: {"review_result": False},
}


def _points_taken_back(
    trees: Sequence[Tree], messages: Collection[UUID], fate: Mapping[str, Any]
) -> tuple[Decimal, bool]:
    """What the ledger would take back if this became of these messages, and whether that is exact.

    Of few trees all that they owe is computed with and without. Of many it is what the ledger holds for the messages
    themselves: what others would lose or gain by it is left out.
    """
    if len(trees) > MOST_TREES_EXACTLY:
        booked = Entry.objects.filter(tree__in=trees, subject__in=messages)
        return booked.aggregate(all=Sum("points"))["all"] or Decimal(), False
    gone = set(messages)
    facts = facts_of(trees)
    lost = (points for tree in trees for points in _lost(facts[tree.pk], tree.policy.policy, gone, fate))
    return sum(lost, Decimal()), True


def _lost(facts: Facts, policy: Policy, gone: Set[UUID], fate: Mapping[str, Any]) -> Iterator[Decimal]:
    now = {key: Booked(due.points, due.message_id, due.lang) for key, due in owed(facts, policy).due.items()}
    after = [replace(piece, **fate) if piece.id in gone else piece for piece in facts.pieces]
    for change in difference(owed(replace(facts, pieces=after), policy), now):
        yield -change.points


_HALTED = State.HALTED_BY_MODERATOR


def _refused_already(wish: Wish, ids: Sequence[UUID], *, by: User, now: datetime) -> list[dict[str, Any]]:
    """How many of them would be refused as things stand, and why."""
    others = Q(case__claimed_until__gt=now, case__closed_at=None) & ~Q(case__claimed_by=by)
    moot = {
        BatchVerb.DELETE: ("already_deleted", Q(deleted=True)),
        BatchVerb.RESTORE: ("not_deleted", Q(deleted=False)),
        BatchVerb.HALT: ("already_halted", Q(tree__state=_HALTED)),
        BatchVerb.RESUME: ("not_halted", ~Q(tree__state__in=[_HALTED, State.ABORTED_LOW_GRADE])),
        BatchVerb.SPAM: ("already_rejected", Q(review_result=False)),
        BatchVerb.MOVE: ("same_language", Q(tree__lang=wish.lang)),
    }
    whens = [When(others, then=Value("in_other_hands"))]
    if wish.verb in moot:
        code, when = moot[wish.verb]
        whens.insert(0, When(when, then=Value(code)))
    told = Message.objects.filter(pk__in=ids).annotate(
        code=Which(*whens, default=Value(""), output_field=CharField())
    )  # fmt: skip
    rows = told.exclude(code="").order_by().values_list("code").annotate(n=Count("id"))
    return [{"code": code, "n": n} for code, n in sorted(rows, key=lambda row: -row[1])]
