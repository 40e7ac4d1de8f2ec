"""A round looks at whoever's record may have changed, and doubts those whose is suspicious."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from oa.accounts.models import User
from oa.moderation import actions
from oa.moderation.actions.watching import LOOKED_UNTIL
from oa.moderation.jobs import look_for_suspicious
from oa.moderation.models import Case, Doubt, concerned_since, record_of, usual_seconds
from oa.tasks.models import Task
from oa.tasks.rules import Kind, Status
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    cache.clear()
    b.policy(suspicious_min_pieces=3, max_initial_prompt_review=100)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def writes(person: User, *, spam: float, number: int, now: datetime) -> None:
    for _ in range(number):
        b.review_to_end(b.plant(by=person, now=now), spam=spam, now=now)


def doubted() -> set[object]:
    return set(Doubt.objects.filter(person__isnull=False).values_list("person_id", flat=True))


def test_whoever_writes_much_that_is_rejected_is_doubted_and_nobody_else_is(now: datetime) -> None:
    troll, honest = b.person(), b.person()
    writes(troll, spam=1, number=4, now=now)
    writes(honest, spam=0, number=4, now=now)

    look_for_suspicious()

    assert doubted() == {troll.pk}


def test_only_those_are_looked_at_of_whom_there_is_news(now: datetime) -> None:
    troll = b.person()
    writes(troll, spam=1, number=4, now=now)
    soon = now + timedelta(minutes=10)
    assert actions.look_for_suspicious(now=soon) == 1

    assert cache.get(LOOKED_UNTIL) == soon
    assert actions.look_for_suspicious(now=soon + timedelta(minutes=1)) == 0


def test_whoever_was_suspected_is_doubted_again_when_their_record_has_become_better(now: datetime) -> None:
    troll, mo = b.person(), b.moderator()
    prompts = [b.plant(by=troll, now=now - timedelta(hours=2)) for _ in range(3)]
    deleted = [actions.delete_message(message_id=one.pk, why="Spam", by=mo, now=now).pk for one in prompts]
    Case.objects.create(person=troll, causes={"suspicious": 2}, opened_at=now)
    for decision_id in deleted:
        actions.undo(decision_id=decision_id, why="Mistake", by=mo, now=now)

    assert record_of(troll.pk).pieces == 0
    actions.look_for_suspicious(now=now)
    assert doubted() == {troll.pk}


def test_a_verdict_is_news_of_its_author_and_of_all_who_judged(now: datetime) -> None:
    author, early, late = b.people(3)
    before = now - timedelta(hours=2)
    prompt = b.plant(by=author, now=before)
    b.review(prompt, by=early, now=before)
    assert not {author.pk, early.pk} & set(concerned_since(now))
    b.review(prompt, by=late, now=now)

    assert {author.pk, early.pk, late.pk} == set(concerned_since(now))


def test_a_decision_about_a_message_is_news_of_its_author(now: datetime) -> None:
    author = b.person()
    prompt = b.plant(by=author, now=now - timedelta(hours=2))
    actions.delete_message(message_id=prompt.pk, why="Spam", by=b.moderator(), now=now)

    assert concerned_since(now) == [author.pk]


def test_who_is_shut_out_already_is_not_looked_at(now: datetime) -> None:
    troll = b.person()
    writes(troll, spam=1, number=4, now=now)
    User.objects.filter(pk=troll.pk).update(is_active=False)

    look_for_suspicious()

    assert troll.pk not in doubted()


def judges(person: User, *, seconds: float, number: int, now: datetime) -> None:
    prompt = b.plant(now=now)
    Task.objects.bulk_create(
        Task(
            kind=Kind.LABEL_INITIAL_PROMPT, status=Status.DONE, lang="en", tree_id=prompt.tree_id, message=prompt,
            version=version, assignee=person, leased_at=now - timedelta(seconds=seconds), closed_at=now,
            expires_at=now + b.LEASE,
        )
        for version in range(2, 2 + number)
    )  # fmt: skip


def test_whoever_judges_faster_than_anybody_reads_is_doubted(now: datetime) -> None:
    hasty, careful = b.person(), b.person()
    judges(careful, seconds=20, number=40, now=now)
    judges(hasty, seconds=1, number=25, now=now)
    for person in (hasty, careful):
        b.review(b.plant(now=now), by=person, now=now)

    look_for_suspicious()

    assert usual_seconds()["judgements"] == pytest.approx(20, abs=1)
    record = record_of(hasty.pk)
    assert record.judgements == 26
    assert record.median_seconds == pytest.approx(1, abs=0.1)
    assert doubted() == {hasty.pk}
