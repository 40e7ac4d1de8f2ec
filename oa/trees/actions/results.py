"""What later stages leave on a message: the tree decides from its own rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from oa.core.prepared import run, update
from oa.trees.models import Message, Tree


def record_review(message: Message, *, labels: Mapping[str, float], verdict: bool | None) -> None:
    """Count one more review of a message and the labels it gave; `verdict` None leaves it open.

    What the caller set on it as `extra_reviews` is kept with it.
    """
    sums = {name: list(pair) for name, pair in message.label_sums.items()}
    for name, value in labels.items():
        total, count = sums.get(name, (0.0, 0))
        sums[name] = [total + value, count + 1]
    message.label_sums, message.review_count = sums, message.review_count + 1
    if message.review_result is None:
        message.review_result = verdict
    update(message, "label_sums", "review_count", "review_result", "extra_reviews")


def count_reviews(message: Message, labels: Sequence[Mapping[str, float]]) -> None:
    """Make the counts of a message agree with these reviews, which are all that count, and with what it brought."""
    sums: dict[str, list[float]] = {}
    for given in labels:
        for name, value in given.items():
            total, count = sums.get(name, [0.0, 0])
            sums[name] = [total + value, count + 1]
    brought = (message.baseline or {}).get("review_count", 0)
    message.label_sums, message.review_count = sums, len(labels) + brought
    message.save(update_fields=["label_sums", "review_count"])


def count_ballots(parent_id: UUID, shown: Iterable[Sequence[UUID]]) -> None:
    """Make the counts of the replies to a message agree with these ballots, which are all that count, and with what
    they brought."""
    stood = Counter(pk for ballot in shown for pk in ballot)
    for reply in Message.objects.filter(parent_id=parent_id):
        reply.ranking_count = stood[reply.pk] + (reply.baseline or {}).get("rankings", 0)
        reply.save(update_fields=["ranking_count"])


def record_ballot(reply_ids: Sequence[UUID]) -> None:
    """Count one more ballot on each of these replies."""
    run("UPDATE trees_message SET ranking_count = ranking_count + 1 WHERE id = ANY(%s)", [list(reply_ids)])


def revoke_ballots(*, parent_id: UUID) -> None:
    """No ballot counts any more on the replies to a message, nor what an import said of their order."""
    Message.objects.filter(parent_id=parent_id).update(ranking_count=0, rank=None)
    brought = Message.objects.filter(parent_id=parent_id, baseline__has_any_keys=["rank", "rankings"])
    for reply in brought:
        reply.baseline = superseded(reply.baseline, "rank", "rankings")
        reply.save(update_fields=["baseline"])


def superseded(baseline: dict[str, object] | None, *judgements: str) -> dict[str, object] | None:
    """A baseline in which these judgements of the import are kept under another name, and no longer count."""
    judged = {name: baseline[name] for name in judgements if name in baseline} if baseline else {}
    if not baseline or not judged:
        return baseline
    rest = {name: value for name, value in baseline.items() if name not in judged}
    earlier = baseline.get("superseded")
    return {**rest, "superseded": {**(earlier if isinstance(earlier, dict) else {}), **judged}}


def record_ranks(tree: Tree, ranks: Mapping[UUID, int]) -> None:
    """Give these messages of a held tree their ranks, and take them from all others."""
    Message.objects.filter(tree=tree, rank__isnull=False).exclude(pk__in=ranks).update(rank=None)
    rows = [Message(pk=pk, rank=rank) for pk, rank in ranks.items()]
    Message.objects.bulk_update(rows, ["rank"])


def count_reaction(message_id: UUID, *, code: str, change: int) -> None:
    """Count one skip or reaction more (`change` 1) or one fewer (-1) among those of a message."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE trees_message SET emojis =
                CASE WHEN coalesce((emojis ->> %(code)s)::int, 0) + %(change)s > 0
                     THEN jsonb_set(coalesce(emojis, '{}'), ARRAY[%(code)s],
                                    to_jsonb(coalesce((emojis ->> %(code)s)::int, 0) + %(change)s))
                     ELSE coalesce(emojis, '{}') - %(code)s END
            WHERE id = %(id)s
            """,
            {"code": code, "change": change, "id": message_id},
        )
