"""The site on which a history happens: terms, an administrator, and the policy of each language."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from oa.accounts.models import Terms, User
from oa.accounts.rules import Role
from oa.core.errors import Conflict
from oa.moderation import actions as moderation
from oa.simulation.actions.history.board import Board
from oa.simulation.rules import BEGAN, Person, languages, person_id, policies, volunteers_of_history
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.trees.models import Tree

TERMS = "This is a history made anew. Nobody real takes part."


class NotOurs(Exception):
    """There is something on this site that no history has made."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made: so many trees, by these people, in so many processes."""

    trees: int
    seed: int
    workers: int
    people: list[Person]

    @classmethod
    def of(cls, *, trees: int, volunteers: int, seed: int, workers: int) -> Plan:
        """Draw the population."""
        people = volunteers_of_history(volunteers, seed=seed, langs=languages(volunteers))
        return cls(trees=trees, seed=seed, workers=workers, people=people)


def found(plan: Plan) -> Board:
    """Make the site ready, or find it as an earlier run has left it; NotOurs where somebody else has been at work."""
    operator = _operator(plan)
    if Terms.objects.current() is None:
        moderation.publish_terms(text=TERMS, by=None, now=BEGAN)
    langs = languages(len(plan.people))
    for lang, values in policies(langs, trees=plan.trees).items():
        tasks.open_desk(lang=lang)
        with contextlib.suppress(Conflict):  # in force already, from an earlier run
            moderation.change_policy(lang=lang, values=values, note="The history.", by=operator, now=BEGAN)
    there = User.objects.filter(pk__in=[person_id(person) for person in plan.people]).count()
    return Board(workers=plan.workers, began=_latest(), trees=Tree.objects.count(), people=there)


def _operator(plan: Plan) -> User:
    email = f"history@seed-{plan.seed}.example"
    operator = User.objects.filter(email=email).first()
    if operator is not None:
        return operator
    if Tree.objects.exists():
        raise NotOurs("There are trees already. A history wants a site of its own: name an empty OA_DATA_DIR.")
    return User.objects.create_user(email, display_name="History", role=Role.ADMIN, created_at=BEGAN)


def _latest() -> datetime:
    """Where the clock stood."""
    latest: dict[str, datetime | None] = Task.objects.aggregate(leased=Max("leased_at"), closed=Max("closed_at"))
    return max([BEGAN, *(moment for moment in latest.values() if moment)])
