"""Keeping the stock: the task rows that exist are those that are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from random import Random
from uuid import UUID

from oa.accounts.models import User
from oa.core.prepared import insert
from oa.core.verbs import verb
from oa.tasks.models import LanguageDesk, Task
from oa.tasks.rules import (
    MET,
    RANKINGS,
    Kind,
    LanguageCounts,
    Row,
    Status,
    difference,
    free_growing_places,
    is_due,
    prompts_wanted,
    seat_facts,
    wanted,
)
from oa.trees import actions as trees
from oa.trees.models import PolicyVersion, Tree, TreeEvent
from oa.trees.rules import FINISHED, Policy, Shape, State, Why


@verb
def restock(tree: Tree, *, now: datetime, shape: Shape | None = None, rows: Sequence[Row] | None = None) -> None:
    """Make the task rows of a held tree agree with what it wants. A second call changes nothing.

    `rows` is its stock, if the caller has read and locked it already.
    """
    shape = shape or tree.shape()
    rows = Task.objects.rows_of(tree.pk) if rows is None else rows
    if tree.archived:
        wish = wanted(State.ABORTED_LOW_GRADE, shape)
    else:
        wish = wanted(State(tree.state), shape, Counter(row.seat for row in rows if row.leased))
    change = difference(rows, wish)
    withdraw(change.surplus, now=now)
    insert(*(
        Task(
            kind=seat.kind, message_id=seat.message_id, version=seat.version, tree=tree,
            lang=facts.lang, author_id=facts.author_id, lonely=facts.lonely, created_at=now,
        )
        for seat, number in change.missing.items()
        for facts in [seat_facts(seat, shape)]
        for _ in range(number)
    ))  # fmt: skip
    _mark_lonely([row for row in rows if row.id not in change.surplus], shape)


@verb
def settle(tree: Tree, *, now: datetime, by: User | None = None) -> None:
    """End a write about a held tree: it moves as far as its messages allow, and its stock follows."""
    nodes, rows = Task.objects.nodes_and_rows_of(tree.pk)
    shape = trees.advance(tree, now=now, by=by, shape=tree.shape_with(nodes))
    restock(tree, now=now, shape=shape, rows=rows)


def withdraw(task_ids: Sequence[UUID], *, now: datetime) -> None:
    """These seats are wanted no more. Whoever sits on one is told when they come back."""
    if task_ids:
        Task.objects.filter(pk__in=task_ids).update(status=Status.WITHDRAWN, closed_at=now)


@verb
def withdraw_about(*, message_ids: Collection[UUID], now: datetime) -> None:
    """Take back every seat at these messages of a held tree, those in hand too. Restocking opens new ones."""
    withdraw(list(Task.objects.stock().filter(message__in=message_ids).values_list("id", flat=True)), now=now)


@verb
def open_desk(*, lang: str) -> None:
    """Somebody looks after a language from now on, if nobody does."""
    LanguageDesk.objects.get_or_create(lang=lang)


@verb
def call_desks(*langs: str) -> None:
    """Held trees have come to these languages or gone from them, which no event of a tree tells: their desks have
    something to do. Whoever runs a desk waits for no tree."""
    for lang in sorted(langs):
        LanguageDesk.objects.filter(lang=lang).update(filled_at=None)


@verb
def met_already(*, message_id: UUID, versions: Mapping[int, int], rankings: bool) -> None:
    """Whoever met an earlier version of a text, or of a group of replies, has met this new one, which says the same."""
    for earlier, later in versions.items():
        met = Task.objects.filter(message=message_id, version=earlier, status__in=MET)
        met = met.filter(kind__in=RANKINGS) if rankings else met.exclude(kind__in=RANKINGS)
        met.update(version=later)


def _mark_lonely(rows: Sequence[Row], shape: Shape) -> None:
    """A parent that got company is not lonely any more, and one that lost it is."""
    changed = [row for row in rows if not row.leased and seat_facts(row.seat, shape).lonely != row.lonely]
    for lonely in (True, False):
        ids = [row.id for row in changed if row.lonely is not lonely]
        if ids:
            Task.objects.filter(pk__in=ids).update(lonely=lonely)


@verb
def fill_language(*, lang: str, now: datetime, rng: Random) -> None:
    """Run a language's desk: lottery, ranking backlog, and the stock of prompts to write.

    May run at any time and any number of times; holding the desk's row keeps two from doing so
    at once.
    """
    LanguageDesk.objects.get_or_create(lang=lang)
    desk = LanguageDesk.objects.select_for_update(no_key=True).get(lang=lang)
    policy = PolicyVersion.objects.in_force(lang).policy
    places = free_growing_places(count_trees(lang=lang, policy=policy), policy)
    changed = trees.draw_winners(lang=lang, places=places, now=now, rng=rng) if places else []
    changed += _call_backlog(desk, policy=policy, now=now, rng=rng)
    for tree in changed:
        settle(tree, now=now)
    _stock_prompts(lang, prompts_wanted(count_trees(lang=lang, policy=policy), policy), now=now)
    desk.filled_at = now
    desk.save(update_fields=["filled_at", "finished_seen"])


def count_trees(*, lang: str, policy: Policy) -> LanguageCounts:
    """Trees of a language by stage, each counted only as far as the policy's limits need it."""

    def count(state: State, most: int) -> int:
        return Tree.objects.live().in_state(state).filter(lang=lang)[: most + 1].count()

    return LanguageCounts(
        growing=count(State.GROWING, policy.max_active_trees),
        in_review=count(State.INITIAL_PROMPT_REVIEW, policy.max_initial_prompt_review),
        waiting=count(State.PROMPT_LOTTERY_WAITING, policy.max_prompt_lottery_waiting),
        ranking=count(State.RANKING, policy.min_active_rankings_per_lang),
    )


def _call_backlog(desk: LanguageDesk, *, policy: Policy, now: datetime, rng: Random) -> list[Tree]:
    """Each tree finished since the last time throws the dice for one from the backlog."""
    # A tree that was imported finished has finished nothing here: its first event has no `before`. Nor has one that
    # is back where it was.
    finished = TreeEvent.objects.filter(id__gt=desk.finished_seen, tree__lang=desk.lang, after__in=FINISHED)
    finished = finished.filter(before__isnull=False).exclude(why=Why.UNDONE).order_by("id")
    newest = TreeEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
    seen = list(finished.filter(id__lte=newest).values_list("id", flat=True)[:1000])
    # Up to the newest of all languages, or a language in which nothing ends would read all of history each time.
    desk.finished_seen = seen[-1] if len(seen) == 1000 else newest
    calls = sum(rng.random() < policy.p_activate_backlog_tree for _ in seen)
    ranking = count_trees(lang=desk.lang, policy=policy).ranking
    calls += max(policy.min_active_rankings_per_lang - ranking, 0)
    called = []
    for _ in range(calls):
        tree = trees.call_from_backlog(lang=desk.lang, now=now)
        if tree is None:
            break
        called.append(tree)
    return called


def _stock_prompts(lang: str, wish: int, *, now: datetime) -> None:
    """Open or withdraw seats for new prompts. Those in somebody's hands stay theirs."""
    # About no tree: by that they are found in the index of the stock, without a look at the rest of it.
    stock = Task.objects.stock().filter(tree=None, kind=Kind.INITIAL_PROMPT, lang=lang)
    spare = list(stock.open().order_by("id").select_for_update(skip_locked=True).values_list("id", flat=True))
    have = stock.count()
    withdraw(spare[: max(have - wish, 0)], now=now)
    Task.objects.bulk_create(Task(kind=Kind.INITIAL_PROMPT, lang=lang, created_at=now) for _ in range(wish - have))


@verb
def restock_tree(*, tree_id: UUID, now: datetime) -> None:
    """Advance and restock one tree, whatever happened to it before."""
    tree = trees.hold(tree_id=tree_id)
    settle(tree, now=now)


def languages_due(now: datetime) -> list[str]:
    """Languages whose desk has something to do; two statements, however many languages there are."""
    policies = {version.lang: version.policy for version in PolicyVersion.objects.current()}
    default = policies.get("") or Policy()
    limits = [default, *policies.values()]
    most = 1 + max(
        max(policy.max_active_trees, policy.max_initial_prompt_review, policy.max_prompt_lottery_waiting)
        for policy in limits
    )
    desks = LanguageDesk.objects.survey(most=most)
    return [desk.lang for desk in desks if is_due(desk, policies.get(desk.lang, default), now)]
