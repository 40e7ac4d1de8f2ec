"""Doubts become cases: opened, changed and closed by what there is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oa.accounts.models import User
from oa.core.promises import kept
from oa.moderation import actions as moderation
from oa.moderation.models import Case, Doubt
from oa.moderation.promises import PROMISES
from oa.moderation.rules import CaseVerb, Cause, ReportReason
from oa.screening.models import Opinion
from oa.trees import actions as trees
from oa.trees.models import Message
from tests.builders import (
    LATER,
    NOW,
    answer,
    broken_promises,
    growing,
    moderator,
    person,
    plant,
    policy,
    review,
    review_to_end,
    scored,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees(db: None) -> None:
    policy()


def report(message: Message, *, by: User | None = None, now: datetime = NOW) -> None:
    moderation.report(message_id=message.pk, reason=ReportReason.SPAM, note="", by=by or person(), now=now)


def flag(message: Message, times: int = 1) -> None:
    for _ in range(times):
        trees.count_reaction(message.pk, code="red_flag", change=1)


def consider(now: datetime = NOW) -> None:
    while moderation.consider_doubts(now=now):
        pass
    assert not Doubt.objects.exists()


def case_of(message: Message) -> Case:
    return Case.objects.get(message=message)


def test_every_cause_opens_a_case() -> None:
    policy(auto_mod_max_skip_reply=2, auto_mod_enabled=False)
    answered = growing()  # before the lottery has others to draw
    reported, flagged, toxic, rude, split, private, skipped, withheld = (plant() for _ in range(8))
    report(reported)
    flag(flagged, 2)
    scored(toxic, 0.9)
    for _ in range(2):
        review(rude, toxicity=0.75)
    review(split, spam=1)
    review(split, spam=0.0)
    Opinion.objects.create(message=private, version=1, personal_data=[{"kind": "email"}], read_at=NOW)
    for _ in range(2):
        trees.count_reaction(skipped.pk, code="_skip_reply", change=1)
    trees.withhold(message=withheld)
    answer(answered)
    Message.objects.filter(pk=answered.pk).update(review_result=False)

    consider()

    found = {case.message_id: case.causes for case in Case.objects.open() if case.message_id}
    assert found == {
        reported.pk: {"report": 1}, flagged.pk: {"red_flags": 2}, toxic.pk: {"toxic": 1}, rude.pk: {"people_high": 1},
        split.pk: {"split": 1}, private.pk: {"personal_data": 1}, skipped.pk: {"skips": 2},
        withheld.pk: {"withheld": 1}, answered.pk: {"rejected_answered": 1},
    }  # fmt: skip


def test_more_of_it_raises_a_case_and_less_lowers_and_closes_it() -> None:
    message = scored(plant(), 0.8)
    consider()
    first = case_of(message)
    report(message)
    consider(LATER)
    raised = case_of(message)
    assert (raised.causes, raised.opened_at) == ({"toxic": 1, "report": 1}, NOW)
    assert raised.severity > first.severity

    scored(message, 0.1)
    consider(LATER)
    assert case_of(message).causes == {"report": 1}

    moderation.delete_message(message_id=message.pk, why="", by=moderator(), now=LATER)
    consider(LATER)
    assert case_of(message).closed_at == LATER


def test_what_settles_itself_is_closed_by_nobody() -> None:
    message = scored(plant(), 0.8)
    consider()
    scored(message, 0.1)
    consider(LATER)

    case = case_of(message)
    assert (case.closed_at, case.closed_by, case.causes) == (LATER, None, {})


def test_nothing_is_closed_under_the_hands_of_whoever_has_it() -> None:
    message, mona = scored(plant(), 0.8), moderator()
    consider()
    moderation.claim(case_id=case_of(message).pk, by=mona, now=NOW)
    scored(message, 0.1)
    consider(NOW)
    kept_open = case_of(message)
    assert (kept_open.closed_at, kept_open.causes, kept_open.claimed_by) == (None, {}, mona)

    # It closes when their time is over, and when they let it go.
    moderation.consider_doubts(now=NOW + timedelta(minutes=11))
    assert case_of(message).closed_at == NOW + timedelta(minutes=11)
    assert case_of(message).claimed_by is None


def test_letting_go_of_what_settled_itself_closes_it() -> None:
    message, mona = scored(plant(), 0.8), moderator()
    consider()
    moderation.claim(case_id=case_of(message).pk, by=mona, now=NOW)
    scored(message, 0.1)
    consider()
    moderation.release(case_id=case_of(message).pk, by=mona, now=LATER)
    assert case_of(message).closed_at == LATER


def test_what_was_answered_opens_again_only_for_more() -> None:
    message, mona = plant(), moderator()
    flag(message, 2)
    consider()
    moderation.decide(
        case_id=case_of(message).pk, answer=moderation.Answer(CaseVerb.WATCH, why="", reason="spam"),
        by=mona, now=NOW,
    )  # fmt: skip
    assert case_of(message).answered == {"red_flags": 2}

    flag(message)
    consider(LATER)
    assert case_of(message).closed_by == mona
    flag(message)
    consider(LATER)
    again = case_of(message)
    assert (again.closed_at, again.closed_by, again.causes, again.opened_at) == (None, None, {"red_flags": 4}, LATER)

    report(message)
    consider(LATER)
    assert case_of(message).causes == {"red_flags": 4, "report": 1}


def test_one_case_for_each_thing_however_often_it_is_doubted() -> None:
    messages = [plant() for _ in range(3)]
    for message in messages:
        flag(message, 3)
    assert Doubt.objects.count() == 9
    assert moderation.consider_doubts(now=NOW) == 9
    assert Case.objects.count() == 3


def test_a_round_takes_so_many_and_leaves_the_rest() -> None:
    for message in [plant() for _ in range(3)]:
        flag(message)
    assert [moderation.consider_doubts(now=NOW, most=2) for _ in range(3)] == [2, 1, 0]
    assert Case.objects.open().count() == 3


def test_many_are_considered_in_a_bounded_number_of_statements() -> None:
    def statements(number: int) -> int:
        for message in [plant() for _ in range(number)]:
            flag(message)
        with CaptureQueriesContext(connection) as log:
            moderation.consider_doubts(now=NOW)
        return len(log)

    assert statements(2) == statements(10) <= 14


def test_promises_see_a_report_nobody_was_asked_about_and_a_case_about_nothing() -> None:
    message = plant()
    report(message)
    assert kept(PROMISES) == []
    consider()
    assert kept(PROMISES) == []

    Case.objects.update(closed_at=NOW)
    [breach] = kept(PROMISES)
    assert str(message.pk) in breach
    Case.objects.update(closed_at=None, causes={})
    assert len(kept(PROMISES)) == 1
    assert "P7" in broken_promises("P7")[0]


def test_somebody_suspicious_is_a_case_and_somebody_shut_out_is_not() -> None:
    troll, banned = person(), person()
    for by in (troll, banned):
        for _ in range(6):
            review_to_end(plant(by=by), spam=1)
        moderation.doubt_person(person_id=by.pk)
    moderation.ban_person(person_id=banned.pk, why="", reason="spam", until=None, by=moderator(), now=NOW)
    consider()

    [case] = Case.objects.open().filter(person__isnull=False)
    assert (case.person, set(case.causes)) == (troll, {Cause.SUSPICIOUS.value})
