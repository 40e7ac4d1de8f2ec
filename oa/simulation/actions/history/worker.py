"""One process of a history: so many people at once, each doing one thing at a time."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from django.db import OperationalError
from psycopg.errors import DeadlockDetected

from oa.accounts import actions as accounts
from oa.accounts.models import Terms, User
from oa.core.errors import Refusal
from oa.core.verbs import verb
from oa.rankings.rules import Vote, vote_of
from oa.reviews.rules import MANDATORY, WIDGETS, Mode, form_for
from oa.simulation.actions.history.board import Board
from oa.simulation.rules import (
    WALKS_OFF,
    Person,
    history_email,
    joined_by_now,
    judge,
    order,
    person_id,
    truth_of,
    turns_down,
    visit_length,
    wishes,
    write,
)
from oa.tasks import actions as tasks
from oa.tasks.actions import Answer
from oa.tasks.models import Task
from oa.tasks.rules import LABELS, RANKINGS, Kind
from oa.trees.rules import Role

REWRITES = 3
_REVIEWED = {
    Kind.LABEL_INITIAL_PROMPT: (Role.PROMPTER, 0),
    Kind.LABEL_PROMPTER_REPLY: (Role.PROMPTER, 2),
    Kind.LABEL_ASSISTANT_REPLY: (Role.ASSISTANT, 1),
}


def _questions(kind: Kind, mode: Mode) -> list[dict[str, object]]:
    role, depth = _REVIEWED[kind]
    labels = form_for(role=role, depth=depth, mode=mode).labels
    return [
        {"name": label.value, "widget": WIDGETS[label].value, "mandatory": label in MANDATORY} for label in labels
    ]  # as a page shows them


FORMS = {(kind, mode): _questions(kind, mode) for kind in _REVIEWED for mode in Mode}


@dataclass(slots=True)
class Visit:
    """Somebody at work, with the task in their hands and the number of tasks they mean to do yet."""

    person: Person
    user: User
    left: int
    task: Task | None = None


class Worker:
    """A share of the population at work, for as long as the board says."""

    def __init__(
        self,
        share: Sequence[Person],
        everybody: Mapping[UUID, Person],
        board: Board,
        *,
        number: int,
        goal: int,
        at_once: int,
    ) -> None:  # one value each
        self.share, self.everybody, self.board, self.goal = share, everybody, board, goal
        self.count = board.counter(number)
        self.dice = Random(f"worker {share[0].seed} {number} {board.trees_before}")
        self.visits: list[Visit | None] = [None] * at_once
        self.noted: list[str] = []  # to be counted once it is committed
        self.here: set[int] = set()
        self.users: dict[int, User] = {}
        self.joined: list[Person] = []
        self.coming = list(reversed(share))
        self.weights: list[float] = []
        terms = Terms.objects.current()
        assert terms is not None, "the site was founded"
        self.terms = terms.version
        self._find_who_joined()

    def _find_who_joined(self) -> None:
        """An earlier run may have been here."""
        ids = [person_id(person) for person in self.share]
        there = set(User.objects.filter(pk__in=ids).values_list("pk", flat=True))
        for person, pk in zip(self.share, ids, strict=True):
            if pk in there:
                self._count_in(person)
        self.coming = [person for person in reversed(self.share) if person_id(person) not in there]

    def _count_in(self, person: Person) -> None:
        self.joined.append(person)
        self.weights.append((self.weights[-1] if self.weights else 0.0) + person.activity)

    def act(self) -> None:
        """Somebody does something: comes, takes a task, hands one in and takes the next, or leaves."""
        self.count("acts")
        place = self.dice.randrange(len(self.visits))
        visit = self.visits[place] or self._arrive()
        if visit is None:
            return
        self.visits[place] = visit
        if not self._goes_on(visit):
            self.visits[place] = None
            self.here.discard(visit.person.number)

    def _arrive(self) -> Visit | None:
        so_far = self.board.trees / self.goal
        if self.coming and len(self.joined) < joined_by_now(so_far, len(self.share)):
            person = self.coming.pop()
            self.users[person.number] = self._join(person)
            self._count_in(person)
            self.count("joined")
        else:
            person = self.joined[bisect(self.weights, self.dice.random() * self.weights[-1])]
            if person.number in self.here:
                return None
        user = self.users.get(person.number) or User.objects.get(pk=person_id(person))
        self.users[person.number] = user  # whoever is shut out meanwhile is refused all the same
        self.here.add(person.number)
        return Visit(person, user, visit_length(rng=self.dice))

    @verb
    def _join(self, person: Person) -> User:
        """Sign up, choose languages, accept the terms: all of it, or a killed run would leave half a person."""
        now, langs = self.board.now, list(person.languages)
        user = User.objects.create_user(history_email(person), id=person_id(person), created_at=now)
        accounts.change_profile(
            by=user, now=now, display_name=person.name, languages=langs, writing_languages=langs, onboarded=True
        )
        accounts.accept_terms(version=self.terms, by=user, now=now)
        return User.objects.get(pk=user.pk)

    def _goes_on(self, visit: Visit) -> bool:
        """What one person does now; False when they leave. What was refused did not happen, and they leave too."""
        self.noted.clear()
        try:
            visit.task = self._turn(visit)
        except Refusal:
            self.noted[:] = ["refused"]
            visit.task = None
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
            self.noted[:] = ["deadlocks"]
            visit.task = None
        for name in self.noted:
            self.count(name)
        return visit.task is not None

    @verb
    def _turn(self, visit: Visit) -> Task | None:
        """Hand in and ask, in one transaction: a commit less for every answer."""
        if visit.task is not None and not self._finish(visit, visit.task):
            return None
        return self._ask(visit) if visit.left > 0 else None

    def _ask(self, visit: Visit) -> Task | None:
        person = visit.person
        for kinds in wishes(person, rng=self.dice):
            task = tasks.next_task(
                kinds=kinds, langs=person.languages, by=visit.user, now=self.board.now, rng=self.dice
            )  # the first that there is
            if task is not None:
                return task
        self.noted.append("empty")
        return None

    def _finish(self, visit: Visit, task: Task) -> bool:
        """Hand in what they have in hand, or skip it; False for those who walk off and leave it to expire."""
        visit.left -= 1
        if self.dice.random() < WALKS_OFF:
            self.noted.append("walked_off")
            return False
        kind = Kind(task.kind)
        if reason := turns_down(visit.person, kind, task.message_id, rng=self.dice):
            tasks.skip(task_id=task.pk, reason=reason, by=visit.user, now=self.board.now)
            self.noted.append("skipped")
            return True
        answer = self._compose(visit.person, task, kind)
        tasks.submit(task_id=task.pk, answer=answer, by=visit.user, now=self.board.now, rng=self.dice)
        self.noted.append("cycles")
        if kind is Kind.INITIAL_PROMPT:
            self.noted.append("prompts")
        return True

    def _compose(self, person: Person, task: Task, kind: Kind) -> Answer:
        if kind in LABELS:
            assert task.message_id is not None and task.shown is not None, "every review is of a message"
            author = self.everybody.get(task.author_id) if task.author_id else None
            truth = truth_of(task.message_id, author)
            form = FORMS[kind, Mode(task.shown["mode"])]
            return Answer(labels=judge(person, truth, labels=form, rng=self.dice))
        if kind in RANKINGS:
            assert task.shown is not None, "every ranking shows replies"
            return Answer(vote=self._vote(person, task.shown["order"]))
        text, _truth = write(person, kind=kind, lang=task.lang, rng=self.dice)
        return Answer(text=text)

    def _vote(self, person: Person, replies: Sequence[str]) -> Vote:
        ballot = order(person, {reply: truth_of(UUID(reply), None) for reply in replies}, rng=self.dice)
        return vote_of(
            tiers=[[UUID(reply) for reply in tier] for tier in ballot["order"]],
            unacceptable=[UUID(reply) for reply in ballot["unacceptable"]],
            not_rankable=ballot["not_rankable"],
        )
