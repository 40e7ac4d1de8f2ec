"""Archived trees become trees that people work on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from oa.accounts.models import User
from oa.core.verbs import verb
from oa.datasets.rules.taking_over import Plan, plan
from oa.tasks import actions as tasks
from oa.tasks.models import LanguageDesk
from oa.tasks.rules import wanted
from oa.trees import actions as trees
from oa.trees.models import NODE_FIELDS, Message, PolicyVersion, Tree, TreeEvent, node_of
from oa.trees.rules import Policy, Shape, State, Why

_LIMITS = ["archived", "policy", "goal_size", "max_depth", "max_children"]
_WRITTEN = ["deleted", "review_count", "review_result", "ranking_count", "rank", "children_count", "baseline"]


@verb
def take_over(*, tree_ids: Sequence[UUID], by: User | None, now: datetime) -> Counter[str]:
    """Let people work on these archived trees from where they stand: advanced and stocked at once.

    Trees that are worked on already are left alone. Returns what was done, in words with numbers.
    """
    notes: Counter[str] = Counter()
    archived = Tree.objects.filter(pk__in=list(tree_ids), archived=True).order_by("pk")
    held = list(archived.select_for_update(of=("self",), no_key=True))
    if not held:
        return notes
    messages = _messages_of(held)
    versions = {lang: PolicyVersion.objects.in_force(lang) for lang in {tree.lang for tree in held}}
    policies = {lang: version.policy for lang, version in versions.items()}
    plans: dict[UUID, Plan] = {}
    for tree in held:
        tree.archived, tree.policy = False, versions[tree.lang]
        plans[tree.pk] = made = _plan(tree, messages[tree.pk], policies[tree.lang])
        notes.update(made.notes)
    _write(held, messages, plans)
    _open_desks({tree.lang for tree in held})
    for tree in held:
        before = tree.state
        _set_to_work(tree, plans[tree.pk].shape(policies[tree.lang]), by=by, now=now)
        notes["moved on by what their messages say"] += tree.state not in {before, _READ_AS.get(before)}
    tasks.call_desks(*{tree.lang for tree in held})
    notes["taken over"] += len(held)
    return notes


def _messages_of(held: Sequence[Tree]) -> dict[UUID, list[Message]]:
    found: dict[UUID, list[Message]] = {tree.pk: [] for tree in held}
    rows = Message.objects.filter(tree__in=held).order_by("tree_id", "depth", "id")
    for message in rows.only("tree_id", "children_count", "baseline", "label_sums", *NODE_FIELDS):
        found[message.tree_id].append(message)
    return found


def _plan(tree: Tree, messages: Sequence[Message], policy: Policy) -> Plan:
    nodes = [node_of([getattr(message, name) for name in NODE_FIELDS]) for message in messages]
    baselines = {message.pk: message.baseline or {} for message in messages}
    sums = {message.pk: message.label_sums for message in messages}
    made = plan(nodes, baselines, state=State(tree.state), policy=policy, sums=sums)
    tree.goal_size, tree.max_depth, tree.max_children = made.goal_size, made.max_depth, made.max_children
    return made


def _write(held: Sequence[Tree], messages: dict[UUID, list[Message]], plans: dict[UUID, Plan]) -> None:
    changed: list[Message] = []
    for tree in held:
        made = plans[tree.pk]
        live_replies = Counter(node.parent_id for node in made.nodes if not node.deleted)
        for message, node in zip(messages[tree.pk], made.nodes, strict=True):
            after: dict[str, Any] = {name: getattr(node, name) for name in _WRITTEN[:5]}
            after["children_count"] = live_replies[node.id]
            after["baseline"] = made.baselines.get(node.id, message.baseline)
            if any(getattr(message, name) != value for name, value in after.items()):
                vars(message).update(after)
                changed.append(message)
    Message.objects.bulk_update(changed, _WRITTEN, batch_size=500)
    # A tree in a state that no live tree has must move before it may be live.
    Tree.objects.bulk_update([tree for tree in held if tree.state not in _READ_AS], _LIMITS, batch_size=500)


def _open_desks(langs: set[str]) -> None:
    """Each language gets its desk, or nobody would run its lottery. What came finished throws no dice."""
    newest = TreeEvent.objects.aggregate(newest=Max("id"))["newest"] or 0
    LanguageDesk.objects.bulk_create(
        [LanguageDesk(lang=lang, finished_seen=newest) for lang in sorted(langs)], ignore_conflicts=True
    )


# A failed scoring is only ever imported: here such a tree waits to be scored.
_READ_AS: dict[str, State] = {State.SCORING_FAILED: State.READY_FOR_SCORING}


def _set_to_work(tree: Tree, shape: Shape, *, by: User | None, now: datetime) -> None:
    if to := _READ_AS.get(tree.state):
        trees.move(tree, [(to, Why.TAKEN_OVER)], now=now, by=by)
        tree.save(update_fields=_LIMITS)
    trees.advance(tree, now=now, by=by, shape=shape)
    if wanted(State(tree.state), shape):
        tasks.restock(tree, now=now, shape=shape)
