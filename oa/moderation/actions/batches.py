"""One decision about many messages: begun, carried out message by message by workers, undone as a whole.

Each message is one transaction: its row in the batch is held, one verb decides, the row says what became of it. So a
worker may die anywhere and nothing is done twice; several may work on one batch, and never at once on one tree of it;
volunteers wait for no more than one decision about their own tree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Missing, Refusal
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, refuse_others
from oa.moderation.actions.messages import (
    delete_message,
    halt_tree,
    mark_spam,
    move_language,
    restore_message,
    resume_tree,
)
from oa.moderation.actions.triage import dismiss_message
from oa.moderation.actions.undoing import undo
from oa.moderation.models import Batch, BatchItem, Decision
from oa.moderation.rules import (
    ABOUT_TREES,
    AT_WORK,
    COVERED,
    UNDO_DAYS,
    UNDOABLE,
    BatchState,
    BatchVerb,
    ItemState,
    Verb,
)

# A round ends then, so that other jobs have their turn; the next one goes on.
ROUND = timedelta(milliseconds=900)


@verb
def run_batch(*, batch_id: UUID, by: User, now: datetime) -> Batch:
    """Have workers do what was shown, in the name of whoever says so. Conflict when it has begun."""
    refuse_others(by)
    batch = _held(batch_id)
    if batch.state != BatchState.DRAFT:
        raise Conflict("already_begun", _("This has begun already."))
    batch.by, batch.begun_at = by, now
    batch.save(update_fields=["by", "begun_at"])
    _move(batch, BatchState.RUNNING)
    decided(
        verb=Verb.BATCH, by=by, now=now, reason=batch.reason, why=batch.why, batch=batch,
        details={"verb": batch.verb, "total": batch.total, "selection": _without_words(batch.selection)},
    )  # fmt: skip
    return batch


def _without_words(selection: Mapping[str, Any]) -> dict[str, Any]:
    """By what was chosen, for the log, which is for good: the words that were looked for stand in the batch only."""
    return {name: len(asked) if name in ("text", "regex") else asked for name, asked in selection.items()}


@verb
def undo_batch(*, batch_id: UUID, why: str = "", by: User, now: datetime) -> Batch:
    """Have workers undo all that was done, also when it is not finished. Any moderator may, for 30 days.

    `not_begun`, `already_undone`, `too_old`.
    """
    refuse_others(by)
    batch = _held(batch_id)
    if batch.begun_at is None:
        raise Conflict("not_begun", _("Nothing of this was done."))
    if batch.state not in UNDOABLE:
        raise Conflict("already_undone", _("This is undone already."))
    if now > batch.begun_at + timedelta(days=UNDO_DAYS):
        raise Conflict("too_old", _("This was decided too long ago to be undone."))
    batch.undo_by, batch.undo_begun_at, batch.undo_why = by, now, why
    batch.save(update_fields=["undo_by", "undo_begun_at", "undo_why"])
    _move(batch, BatchState.UNDOING)
    begun = Decision.objects.filter(batch=batch, verb=Verb.BATCH, undone_by=None).first()
    decided(
        verb=Verb.UNDO_BATCH, by=by, now=now, why=why, batch=batch, undoes=begun,
        details={"verb": batch.verb, "total": batch.total},
    )  # fmt: skip
    return batch


def _held(batch_id: UUID) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",), no_key=True).filter(pk=batch_id).first()
    if batch is None:
        raise Missing("no_such_batch", _("There is no such batch."))
    return batch


def _move(batch: Batch, to: BatchState) -> bool:
    """From the state it was read in to another; False if it has moved on meanwhile."""
    moved = Batch.objects.filter(pk=batch.pk, state=batch.state).update(state=to)
    batch.refresh_from_db(fields=["state"])
    return bool(moved)


# --- by workers -------------------------------------------------------------------------------------------------------


def work_on_batches(*, clock: Callable[[], datetime], rng: Random) -> int:
    """Go on with all that is at work, one message of each in turn, for about a second; returns how many steps.

    In a random order, so that a batch that can't go on stops no other.
    """
    end, steps = clock() + ROUND, 0
    while batches := list(Batch.objects.at_work().values_list("pk", flat=True)):
        rng.shuffle(batches)
        taken = sum(step(batch_id=pk, clock=clock) for pk in batches)
        steps += taken
        if not taken or clock() >= end:
            break
    return steps


@verb
def step(*, batch_id: UUID, clock: Callable[[], datetime]) -> bool:
    """One message of a batch further, or the batch to its end; False when others have in hand all there is.

    The clock is read once the message is held, so that decisions about a tree stand in the log in their order.
    """
    item = _next_item(batch_id)
    # Read after the message is held: whoever ends an undoing waits for messages held by those who saw it running.
    batch = Batch.objects.select_related("by", "undo_by").filter(pk=batch_id, state__in=AT_WORK).first()
    if batch is None:
        return False
    now, undoing = clock(), batch.state == BatchState.UNDOING
    actor = batch.undo_by if undoing else batch.by
    if actor is None or not _may_go_on(actor, now=now):
        return _move(batch, BatchState.STOPPED)
    if item is None:
        return _finish(batch, now=now)
    if undoing != (item.state == ItemState.DONE):
        return False  # it turned round between the two looks
    (_take_back if undoing else _carry_out)(item, batch, by=actor, now=now)
    return True


def _may_go_on(actor: User, *, now: datetime) -> bool:
    """Whoever wanted it may be banned, muted or no moderator any more by now."""
    return actor.is_active and actor.is_moderator and not actor.is_muted(now)


# Messages of one tree stand together in a batch, the prompt first (`rules.order_of_work`). The first that waits of a
# tree is taken, and undone is the last that is done: the neighbour, were it of the same tree, would go first. So no two
# workers are in one tree of a batch, and what was done is undone in exactly the other order.
_NEXT = """
SELECT item.id FROM moderation_batchitem item JOIN trees_message message ON message.id = item.message_id
WHERE item.batch_id = %(batch)s AND item.state = 'waiting'
  AND message.tree_id IS DISTINCT FROM (
      SELECT other.tree_id
      FROM moderation_batchitem neighbour JOIN trees_message other ON other.id = neighbour.message_id
      WHERE neighbour.batch_id = %(batch)s AND neighbour.state = 'waiting' AND neighbour.id < item.id
      ORDER BY neighbour.id DESC LIMIT 1)
ORDER BY item.id LIMIT 1 FOR UPDATE OF item SKIP LOCKED
"""
_LAST = """
SELECT item.id FROM moderation_batchitem item JOIN trees_message message ON message.id = item.message_id
WHERE item.batch_id = %(batch)s AND item.state = 'done' AND item.decision_id IS NOT NULL
  AND message.tree_id IS DISTINCT FROM (
      SELECT other.tree_id
      FROM moderation_batchitem neighbour JOIN trees_message other ON other.id = neighbour.message_id
      WHERE neighbour.batch_id = %(batch)s AND neighbour.state = 'done' AND neighbour.decision_id IS NOT NULL
        AND neighbour.id > item.id
      ORDER BY neighbour.id LIMIT 1)
ORDER BY item.id DESC LIMIT 1 FOR UPDATE OF item SKIP LOCKED
"""


def _next_item(batch_id: UUID) -> BatchItem | None:
    """The next message to do, or to undo, that no other worker has in hand; held."""
    undoing = Batch.objects.filter(pk=batch_id, state=BatchState.UNDOING).exists()
    with connection.cursor() as cursor:
        cursor.execute(_LAST if undoing else _NEXT, {"batch": batch_id})
        row = cursor.fetchone()
    return BatchItem.objects.select_related("message", "decision").get(pk=row[0]) if row else None


_DECIDE: dict[str, Callable[..., Decision]] = {
    BatchVerb.DELETE: delete_message,
    BatchVerb.RESTORE: restore_message,
    BatchVerb.SPAM: mark_spam,
    BatchVerb.HALT: halt_tree,
    BatchVerb.RESUME: resume_tree,
    BatchVerb.MOVE: move_language,
    BatchVerb.DISMISS: dismiss_message,
}


def _about(item: BatchItem, batch: Batch) -> dict[str, Any]:
    """What a verb is told of the message, or of its tree."""
    if batch.verb not in ABOUT_TREES:
        return {"message_id": item.message_id}
    where = {"lang": batch.lang} if batch.verb == BatchVerb.MOVE else {}
    return {"tree_id": item.message.tree_id, **where}


def _carry_out(item: BatchItem, batch: Batch, *, by: User, now: datetime) -> None:
    said = {"why": batch.why, "reason": batch.reason, "batch": batch, "by": by, "now": now}
    try:
        with transaction.atomic():  # what is refused leaves no trace, and the row of the batch is still ours
            decision = _DECIDE[batch.verb](**_about(item, batch), **said)
    except Refusal as refusal:
        ours = refusal.code in COVERED and _went_along(item, batch)
        _note([item.pk], ItemState.DONE if ours else ItemState.REFUSED, problem=refusal.code)
    else:
        _note([item.pk], ItemState.DONE, decision=decision)


def _went_along(item: BatchItem, batch: Batch) -> bool:
    """Whether an earlier decision of this batch was about this message too."""
    earlier = Decision.objects.filter(batch=batch, tree=item.message.tree_id, verb=batch.verb)
    return earlier.filter(details__messages__contains=[str(item.message_id)]).exists()


def _take_back(item: BatchItem, batch: Batch, *, by: User, now: datetime) -> None:
    """What went along with this message's decision goes back with it, or stands with it."""
    decision = item.decision
    assert decision is not None, "what has no decision is never taken"
    items = [item.pk, *_that_went_along(decision, batch)]
    try:
        with transaction.atomic():
            undo(decision_id=decision.pk, why=batch.undo_why, batch=batch, by=by, now=now)
    except Refusal as refusal:
        # Somebody has undone it by itself: that is what was wanted.
        undone = refusal.code == "already_undone"
        _note(items, ItemState.UNDONE if undone else ItemState.STANDS, problem=refusal.code)
    else:
        _note(items, ItemState.UNDONE)


def _that_went_along(decision: Decision, batch: Batch) -> list[int]:
    ids = [UUID(pk) for pk in decision.details.get("messages", ())]
    along = BatchItem.objects.filter(batch=batch, message__in=ids, state=ItemState.DONE, decision=None)
    return list(along.values_list("pk", flat=True))


def _note(items: Collection[int], state: ItemState, *, problem: str = "", **more: Decision) -> None:
    BatchItem.objects.filter(pk__in=items).update(state=state, problem=problem, **more)


def _finish(batch: Batch, *, now: datetime) -> bool:
    """To the end, once nothing is left and no worker has anything in hand."""
    items = BatchItem.objects.filter(batch=batch)
    waiting = items.filter(state=ItemState.WAITING)
    if batch.state == BatchState.RUNNING:
        if waiting.exists():
            return False
        Batch.objects.filter(pk=batch.pk).update(ended_at=now)
        return _move(batch, BatchState.DONE)
    # Whoever saw it running still holds their item; only then is what they do seen below.
    free = len(waiting.select_for_update(skip_locked=True, of=("self",)).values_list("pk"))
    if free < waiting.count() or items.filter(state=ItemState.DONE, decision__isnull=False).exists():
        return False
    items.filter(state=ItemState.DONE).update(state=ItemState.UNDONE)
    Batch.objects.filter(pk=batch.pk).update(undo_ended_at=now)
    return _move(batch, BatchState.UNDONE)
