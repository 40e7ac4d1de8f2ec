"""Everything that changes reviews."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden
from oa.core.prepared import insert
from oa.core.verbs import verb
from oa.reviews.models import Review
from oa.reviews.rules import Mode, Tally, clean_labels, form_for, verdict
from oa.trees import actions as trees
from oa.trees.models import Message, Tree


@verb
def review(
    *, tree: Tree, message: Message, labels: Mapping[str, object], mode: Mode, by: User, now: datetime
) -> Review:
    """Keep one person's labels on a message of a held tree, and decide about it when they suffice."""
    cleaned = clean_labels(labels, form_for(role=message.role, depth=message.depth, mode=mode))
    if message.author_id == by.pk:
        raise Forbidden("own_message", _("Nobody reviews their own message."))
    if message.deleted:
        raise Conflict("message_is_gone", _("This message was removed."))
    if message.review_result is not None:
        raise Conflict("already_decided", _("This message has all its reviews."))
    made = Review(message=message, by=by, labels=cleaned, mode=mode, version=message.version, created_at=now)
    if not insert(made, unless_there=True):
        raise Conflict("already_reviewed", _("You have reviewed this message already."))
    # Somebody whose work is checked twice has said something: another person is asked too.
    message.extra_reviews += by.watched
    decided = verdict(
        tally_of(message, also=cleaned), depth=message.depth, policy=tree.policy.policy, extra=message.extra_reviews
    )
    trees.record_review(message, labels=cleaned, verdict=decided)
    return made


def tally_of(message: Message, also: Mapping[str, float] | None = None) -> Tally:
    """What counts for a verdict: our own reviews and the import's means, with one more if given."""
    also = also or {}
    return Tally(
        reviews=message.review_count + bool(also),
        spam=_sum(message, "spam") + also.get("spam", 0.0),
        lang_mismatch=_sum(message, "lang_mismatch") + also.get("lang_mismatch", 0.0),
    )


def _sum(message: Message, label: str) -> float:
    ours = message.label_sums.get(label, (0.0, 0))[0]
    brought = ((message.baseline or {}).get("labels") or {}).get(label)
    return float(ours) + (brought["value"] * brought["count"] if brought else 0.0)


@verb
def judge_wrong_language_again(*, message_ids: Collection[UUID]) -> list[UUID]:
    """These messages of a held tree are in another language now. Those of which a reviewer, or an import, says that
    they were in the wrong one are to be reviewed again, by other people; returns them."""
    said = Review.objects.counting().filter(message__in=message_ids, labels__lang_mismatch__gt=0).values("message_id")
    brought = Q(baseline__labels__lang_mismatch__value__gt=0)
    again = list(Message.objects.filter(Q(pk__in=said) | brought & Q(pk__in=message_ids)).order_by("id"))
    for message in again:
        supersede(message=message)
        trees.judge_again(message=message)
    return [message.pk for message in again]


@verb
def count_again(*, message: Message, review_ids: Collection[UUID]) -> None:
    """Of all reviews of a message of a held tree exactly these count, and so its counts say."""
    theirs = Review.objects.of(message.pk)
    theirs.counting().exclude(pk__in=review_ids).update(counts=False)
    theirs.filter(pk__in=review_ids).update(counts=True)
    trees.count_reviews(message, list(theirs.counting().order_by("id").values_list("labels", flat=True)))


@verb
def supersede(*, message: Message) -> int:
    """The text was changed: what was said about the old one stays, and no longer counts."""
    return Review.objects.counting().of(message.pk).update(counts=False)
