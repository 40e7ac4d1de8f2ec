"""How an archived tree becomes one that people work on. No database in here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from oa.reviews.rules import Tally, verdict
from oa.trees.rules import Node, Policy, Role, Shape, State

# Trees that have grown as far as they should: none of them is asked for more replies.
GROWN = frozenset({
    State.RANKING, State.READY_FOR_SCORING, State.READY_FOR_EXPORT, State.BACKLOG_RANKING, State.SCORING_FAILED,
})  # fmt: skip
Baseline = Mapping[str, Any]
# Of one message, the sums and numbers of the labels in reviews that have rows.
Sums = Mapping[str, Sequence[float]]


@dataclass(slots=True)
class Plan:
    """What becomes of a tree: its nodes as they shall be, baselines that change, its limits, what to tell."""

    nodes: list[Node]
    baselines: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    goal_size: int = 1
    max_depth: int = 0
    max_children: int = 1
    notes: Counter[str] = field(default_factory=Counter)

    def shape(self, policy: Policy) -> Shape:
        return Shape(policy, self.goal_size, self.max_depth, self.max_children, self.nodes)


def plan(
    nodes: Sequence[Node],
    baselines: Mapping[UUID, Baseline],
    *,
    state: State,
    policy: Policy,
    sums: Mapping[UUID, Sums] | None = None,
) -> Plan:
    """Bring what an import brought into the order our own trees are in. `sums` are of single reviews that it brought.

    What hangs below a deleted message is deleted; what has its reviews is decided; counts without
    labels behind them start again at nought; groups that are ranked through count as balloted, and
    half-ranked ones are to be ranked again.
    """
    made = Plan(list(nodes), {pk: dict(baseline) for pk, baseline in baselines.items()})
    _delete_below_deleted(made)
    _settle_reviews(made, policy, sums or {})
    made.max_depth = max(policy.max_tree_depth, max(node.depth for node in nodes))
    made.max_children = max(policy.max_children_count, 1)
    made.goal_size = _goal(made, state, policy)
    _settle_ranks(made, policy)
    made.baselines = {pk: new for pk, new in made.baselines.items() if new != baselines.get(pk)}
    return made


def _delete_below_deleted(made: Plan) -> None:
    deleted: set[UUID] = set()
    for place, node in enumerate(made.nodes):
        if not node.deleted and node.parent_id in deleted:
            made.nodes[place] = node = replace(node, deleted=True)
            made.notes["deleted, because the message above was"] += 1
        if node.deleted:
            deleted.add(node.id)


def _settle_reviews(made: Plan, policy: Policy, sums: Mapping[UUID, Sums]) -> None:
    for place, node in enumerate(made.nodes):
        if node.deleted or node.review_result is not None or not node.review_count:
            continue
        baseline = made.baselines.setdefault(node.id, {})
        with_rows = node.review_count - baseline.get("review_count", 0)
        if with_rows < node.review_count and not (baseline.get("labels") or {}).get("spam"):
            # Nobody can tell what those reviewers said: the message is reviewed as if they had not been there.
            made.baselines[node.id] = _superseded(baseline, node.review_count - with_rows)
            made.nodes[place] = node = replace(node, review_count=with_rows)
            made.notes["reviewed again, because the labels of its reviews are missing"] += 1
        tally = _tally(node, made.baselines[node.id].get("labels") or {}, sums.get(node.id, {}))
        if tally.reviews and (result := verdict(tally, depth=node.depth, policy=policy)) is not None:
            made.nodes[place] = replace(node, review_result=result)
            made.notes[f"{'accepted' if result else 'rejected'} by the reviews it came with"] += 1


def _tally(node: Node, labels: Mapping[str, Mapping[str, float]], sums: Sums) -> Tally:
    def total(name: str) -> float:
        pair = labels.get(name)
        return (pair["value"] * pair["count"] if pair else 0.0) + sums.get(name, (0.0,))[0]

    return Tally(reviews=node.review_count, spam=total("spam"), lang_mismatch=total("lang_mismatch"))


def _superseded(baseline: Mapping[str, Any], review_count: int) -> dict[str, Any]:
    """The baseline without judgements; what was there is kept under a name that doesn't count."""
    judged: dict[str, Any] = {"review_count": review_count}
    if "labels" in baseline:
        judged["labels"] = baseline["labels"]
    rest = {key: value for key, value in baseline.items() if key not in judged}
    return {**rest, "superseded": judged}


def _goal(made: Plan, state: State, policy: Policy) -> int:
    if state not in GROWN:
        return policy.goal_tree_size
    counted = sum(1 for node in made.shape(policy).alive if node.review_result is not False)
    return max(min(policy.goal_tree_size, counted), 1)


def _settle_ranks(made: Plan, policy: Policy) -> None:
    """Ranks stay where a whole group has them; gaps that deletions left in them are closed."""
    ranked: dict[UUID, int] = {}
    for parent, replies in made.shape(policy).sibling_groups():
        if parent.role is not Role.PROMPTER and not policy.rank_prompter_replies:
            continue
        ranks = {reply.rank for reply in replies}
        if None in ranks or len(ranks) < len(replies):
            made.notes["groups of replies to be ranked"] += 1
            continue
        order = sorted(replies, key=lambda reply: reply.rank or 0)
        ranked.update({reply.id: rank for rank, reply in enumerate(order)})
    for place, node in enumerate(made.nodes):
        # An archived tree has been lent no ballots yet: those it counts have rows.
        lent = max(policy.num_required_rankings - node.ranking_count, 0) if node.id in ranked else 0
        made.nodes[place] = replace(node, rank=ranked.get(node.id), ranking_count=node.ranking_count + lent)
        if lent:
            made.baselines.setdefault(node.id, {})["rankings"] = lent
