"""A site in use, for state machines: people at their work, moderators who decide, and how to compare two moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Model, QuerySet, Sum
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.community.models import Entry
from oa.core.errors import Refusal
from oa.moderation import actions as moderation
from oa.moderation.models import Decision, Report, policies_in_force, to_withhold
from oa.moderation.rules import ReportReason
from oa.rankings import actions as rankings
from oa.rankings.models import Ballot
from oa.rankings.rules import Vote
from oa.reviews.models import Review
from oa.screening.models import ToxicityScore
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import LABELS, RANKINGS, Kind
from oa.trees.models import Message, PolicyVersion, Tree
from oa.trees.rules import State
from tests.builders import NOW, book, broken_promises, person, scored, words

DICE = st.integers(0, 1 << 32).map(Random)
PLACE = st.integers(0, 10_000)
POLICIES = (
    # Two answers to a prompt, quickly decided.
    {"goal_tree_size": 3, "max_tree_depth": 1, "max_children_count": 2, "num_reviews_initial_prompt": 1,
     "num_reviews_reply": 1, "num_required_rankings": 1},
    # Deep and narrow, two reviews each, prompter's replies ranked too.
    {"goal_tree_size": 5, "max_tree_depth": 3, "max_children_count": 2, "num_reviews_initial_prompt": 2,
     "num_reviews_reply": 2, "num_required_rankings": 2, "num_prompter_replies": 2, "rank_prompter_replies": True},
    # Automatic stops at a touch.
    {"goal_tree_size": 4, "max_tree_depth": 2, "max_children_count": 3, "num_reviews_initial_prompt": 1,
     "num_reviews_reply": 1, "num_required_rankings": 2, "auto_mod_max_skip_reply": 2},
    # One message may be a tree.
    {"goal_tree_size": 3, "max_tree_depth": 2, "num_reviews_initial_prompt": 1, "num_reviews_reply": 2,
     "random_goal_tree_size": True},
)  # fmt: skip
COMMON = {
    "min_goal_tree_size": 1, "max_active_trees": 2, "max_initial_prompt_review": 2,
    "max_pending_tasks_per_user": 3, "p_activate_backlog_tree": 0.5, "weight_initial_prompt": 0.3,
    "toxicity_hides": True,
}  # fmt: skip
LANGUAGES = ("en", "de", "fr")

M = TypeVar("M", bound=Model)


class Site(RuleBasedStateMachine):
    """People, moderators and trees at every stage. Its promises hold after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        self.now = NOW
        self.people: list[User] = []

    def teardown(self) -> None:
        if not connection.needs_rollback:
            connection.check_constraints()  # deferred ones would only speak at the end of a transaction
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)

    @initialize(policy=st.sampled_from(POLICIES), number=st.integers(4, 7), dice=DICE, cycles=st.integers(0, 60))
    def a_site_is_in_use(self, policy: dict[str, object], number: int, dice: Random, cycles: int) -> None:
        """What is tried next is tried on trees at every stage."""
        PolicyVersion.objects.create(values={**COMMON, **policy}, at=NOW - timedelta(days=1))
        self.people = [person(languages=list(LANGUAGES), writing_languages=list(LANGUAGES)) for _ in range(number)]
        self.boss = person(role=Role.ADMIN)
        self.moderators = [person(role=Role.MODERATOR) for _ in range(2)]
        tasks.fill_language(lang="en", now=self.now, rng=dice)
        self.work_goes_on(dice, cycles)

    def work_goes_on(self, dice: Random, cycles: int) -> None:
        """Nobody interferes: people do what they are given, and workers do their rounds."""
        for cycle in range(cycles):
            with refusals():
                by = self.somebody(dice.randrange(100))
                langs = [dice.choice(LANGUAGES), "en"]
                found = tasks.next_task(kinds=list(Kind), langs=langs, by=by, now=self.now, rng=dice)
                self.hand_in(found, dice, spam=float(dice.random() < 0.1))
            if cycle % 5 == 0:
                self.the_rounds_are_made(dice)

    def the_rounds_are_made(self, dice: Random) -> None:
        tasks.fill_language(lang="en", now=self.now, rng=dice)
        self.ready_trees_are_ranked()
        book(self.now)

    def ready_trees_are_ranked(self) -> None:
        for tree in Tree.objects.in_state(State.READY_FOR_SCORING):
            rankings.score(tree_id=tree.pk, now=self.now)

    def the_worst_is_kept_back(self) -> list[Decision]:
        """The system's decisions of one round."""
        before = set(Decision.objects.values_list("pk", flat=True))
        for message in to_withhold(policies_in_force()):
            assert moderation.withhold(message_id=message.pk, now=self.now)
        return list(Decision.objects.exclude(pk__in=before).order_by("at", "id"))

    @invariant()
    def all_promises_hold(self) -> None:
        if self.people:
            assert broken_promises() == []

    def somebody(self, who: int) -> User:
        pk = self.people[who % len(self.people)].pk
        return User.objects.get(pk=pk)

    def pick(self, rows: QuerySet[M], which: int) -> M | None:
        number = rows.count()
        return rows.order_by("pk")[which % number] if number else None

    def hand_in(self, task: Task | None, dice: Random, *, spam: float = 0) -> None:
        if task is None or task.assignee is None:
            return
        with refusals():
            tasks.submit(task_id=task.pk, answer=an_answer(task, dice, spam), by=task.assignee, now=self.now, rng=dice)

    def some_texts_are_reported_and_scored(self, dice: Random) -> None:
        """What moderators have to decide about."""
        for message in Message.objects.order_by("pk"):
            if dice.random() < 0.3:
                scored(message, dice.choice([0.1, 0.5, 0.99]))
            if dice.random() < 0.2:
                with refusals():
                    moderation.report(
                        message_id=message.pk, reason=dice.choice(list(ReportReason)), note="",
                        by=self.somebody(dice.randrange(100)), now=self.now,
                    )  # fmt: skip

    def decide(self, what: str, dice: Random) -> Decision | None:
        """One decision of a random moderator about something random; None where there is nothing, or it is refused."""
        made: Decision | None = None
        with refusals():
            made = DECISIONS[what](self, dice)
        return made

    def decides(self, dice: Random) -> dict[str, Any]:
        by = User.objects.get(pk=dice.choice([self.boss, *self.moderators]).pk)
        return {"why": "", "by": by, "now": self.now}


def an_answer(task: Task, dice: Random, spam: float) -> tasks.Answer:
    if task.kind in LABELS:
        mismatch = float(dice.random() < 0.1)
        return tasks.Answer(labels={"spam": spam, "lang_mismatch": mismatch, "quality": dice.choice([None, 0.25, 1])})
    if task.kind in RANKINGS:
        order = [UUID(pk) for pk in (task.shown or {})["order"]]
        dice.shuffle(order)
        return tasks.Answer(vote=Vote(tuple((pk,) for pk in order), not_rankable=dice.random() < 0.1))
    return tasks.Answer(text=words())


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal is an answer like any other; whoever gets one leaves no trace, which the promises see."""
    try:
        yield
    except Refusal:
        pass


# What moderators may decide, each about something random.

Deciding = Callable[[Site, Random], Decision | None]


def _about_message(verb: Callable[..., Decision], **of: Any) -> Deciding:
    def act(site: Site, dice: Random) -> Decision | None:
        message = site.pick(Message.objects.filter(**of), dice.randrange(10_000))
        return verb(message_id=message.pk, **site.decides(dice)) if message else None

    return act


def _about_tree(verb: Callable[..., Decision], *states: State) -> Deciding:
    def act(site: Site, dice: Random) -> Decision | None:
        trees = Tree.objects.in_state(*states) if states else Tree.objects.all()
        tree = site.pick(trees, dice.randrange(10_000))
        return verb(tree_id=tree.pk, **site.decides(dice)) if tree else None

    return act


def _about_person(verb: Callable[..., Decision], **of: Any) -> Deciding:
    def act(site: Site, dice: Random) -> Decision | None:
        pks = [person.pk for person in (*site.people, *site.moderators)]
        found = site.pick(User.objects.filter(pk__in=pks, **of), dice.randrange(10_000))
        return verb(person_id=found.pk, **site.decides(dice)) if found else None

    return act


def _edit(site: Site, dice: Random) -> Decision | None:
    return _about_message(lambda **said: moderation.edit_message(text=words(), **said))(site, dice)


def _move(site: Site, dice: Random) -> Decision | None:
    return _about_tree(lambda **said: moderation.move_language(lang=dice.choice(LANGUAGES), **said))(site, dice)


def _mute(site: Site, dice: Random) -> Decision | None:
    until = site.now + timedelta(days=dice.choice([1, 30]))
    return _about_person(lambda **said: moderation.mute(until=until, **said))(site, dice)


def _ban(site: Site, dice: Random) -> Decision | None:
    until = dice.choice([None, site.now + timedelta(days=9)])
    return _about_person(lambda **said: moderation.ban_person(until=until, **said))(site, dice)


def _set_role(site: Site, dice: Random) -> Decision | None:
    return _about_person(lambda **said: moderation.set_role(role=dice.choice(list(Role)[:2]), **said))(site, dice)


def _dismiss_report(site: Site, dice: Random) -> Decision | None:
    report = site.pick(Report.objects.filter(handled_at=None), dice.randrange(10_000))
    return moderation.dismiss_report(report_id=report.pk, **site.decides(dice)) if report else None


DECISIONS: dict[str, Deciding] = {
    "delete": _about_message(moderation.delete_message, deleted=False),
    "restore": _about_message(moderation.restore_message, deleted=True),
    "edit": _edit,
    "spam": _about_message(moderation.mark_spam),
    "dismiss": _about_message(moderation.dismiss_message),
    "look": _about_message(moderation.look, toxicity_score__isnull=False),
    "unlook": _about_message(moderation.unlook, toxicity_score__looked_version__gt=0),
    "dismiss_report": _dismiss_report,
    "move": _move,
    "halt": _about_tree(moderation.halt_tree),
    "resume": _about_tree(moderation.resume_tree, State.HALTED_BY_MODERATOR, State.ABORTED_LOW_GRADE),
    "warn": _about_person(moderation.warn),
    "mute": _mute,
    "unmute": _about_person(moderation.unmute, muted_until__isnull=False),
    "ban": _ban,
    "unban": _about_person(moderation.lift_ban, is_active=False),
    "watch": _about_person(moderation.watch, watched=False),
    "unwatch": _about_person(moderation.unwatch, watched=True),
    "set_role": _set_role,
}


MESSAGE = (
    "text", "lang", "deleted", "withheld", "review_count", "review_result", "label_sums", "ranking_count",
    "children_count", "emojis", "baseline", "extra_reviews",
)  # fmt: skip
PERSON = ("role", "is_active", "is_superuser", "banned_until", "muted_until", "watched")


def snapshot() -> dict[str, Any]:
    """All that decisions may change and undoing must give back. Points are booked before they are read.

    Versions, revisions and events only grow; a lease that was taken back is an open seat. Ranks say something only in
    a tree that is ready.
    """
    book(NOW)
    in_force = ToxicityScore.objects.filter(looked_version__gte=F("message__version"))
    ready = Message.objects.filter(tree__state=State.READY_FOR_EXPORT)
    return {
        "messages": _by_id(Message.objects.values("pk", *MESSAGE)),
        "ranks": dict(ready.values_list("pk", "rank")),
        "trees": _by_id(Tree.objects.values("pk", "state", "lang", "moderated", "goal_size")),
        "lottery": dict(Tree.objects.values_list("pk", "won_lottery_at")),
        "people": _by_id(User.objects.values("pk", *PERSON)),
        "reviews": dict(Review.objects.values_list("pk", "counts")),
        "ballots": dict(Ballot.objects.values_list("pk", "counts")),
        "reports": set(Report.objects.filter(handled_at=None).values_list("pk", flat=True)),
        "looked": {row[0]: row[1:] for row in in_force.values_list("message", "looked_by", "looked_at")},
        "points": dict(Entry.objects.values_list("person").annotate(Sum("points")).order_by()),
        "stock": Counter(Task.objects.stock().values_list("kind", "message")),
    }


def _by_id(rows: Iterable[Any]) -> dict[UUID, dict[str, Any]]:
    return {row["pk"]: dict(row) for row in rows}


def differences(was: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What is not as it was, by what it is about."""
    found = {}
    for about, before in was.items():
        after = now[about]
        if before != after:
            keys = (before.keys() | after.keys()) if isinstance(before, dict) else {about}
            pairs = {k: (before.get(k), after.get(k)) if isinstance(before, dict) else (before, after) for k in keys}
            found[about] = {str(k): pair for k, pair in pairs.items() if pair[0] != pair[1]}
    return found
