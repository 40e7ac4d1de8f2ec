"""Two moderators, the same case, the same moment: one wins, the other is told. And nothing that happens is overlooked
while doubts are being considered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from uuid import UUID

import pytest
from django.db import connection, transaction

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.moderation.models import Case, Decision, Doubt
from oa.moderation.rules import CaseVerb, ReportReason
from oa.trees import actions as trees
from oa.trees.models import Message
from tests.builders import LATER, NOW, broken_promises, fresh, moderator, person, plant, policy
from tests.races.crowd import codes, granted, together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 3


@pytest.fixture(autouse=True)
def small_trees(db: None) -> None:
    policy()


def reported(message: Message | None = None) -> Case:
    message = message or plant()
    moderation.report(message_id=message.pk, reason=ReportReason.SPAM, note="", by=person(), now=NOW)
    moderation.consider_doubts(now=NOW)
    return Case.objects.get(message=message)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def answer(case: Case, verb: CaseVerb, by: User) -> Callable[[], Decision]:
    given = moderation.Answer(verb, why="A test")
    return partial(moderation.decide, case_id=case.pk, answer=given, by=by, now=NOW)


def test_of_two_who_claim_the_same_one_has_it_and_the_other_is_told() -> None:
    for _ in range(ROUNDS):
        case, both = reported(), [moderator(), moderator()]

        results = together(*(partial(moderation.claim, case_id=case.pk, by=by, now=NOW) for by in both))

        assert (len(granted(results)), codes(results)) == (1, ["in_other_hands"])
        assert again(case).claimed_by == granted(results)[0].claimed_by


def test_nobody_is_given_what_another_is_given_and_nobody_waits() -> None:
    cases, crowd = [reported() for _ in range(5)], [moderator() for _ in range(8)]

    results = together(*(partial(moderation.claim_next, by=by, now=NOW) for by in crowd))

    given = [case.pk for case in granted(results) if case]
    assert sorted(given) == sorted(case.pk for case in cases)
    assert results.count(None) == 3


@pytest.mark.parametrize("verb", [CaseVerb.DELETE, CaseVerb.DISMISS, CaseVerb.WARN, CaseVerb.WATCH, CaseVerb.HALT])
def test_of_two_who_decide_the_same_one_does_and_the_other_is_told(verb: CaseVerb) -> None:
    for _ in range(ROUNDS):
        case, both = reported(), [moderator(), moderator()]
        before = Decision.objects.count()

        results = together(*(answer(case, verb, by) for by in both))

        assert (len(granted(results)), codes(results)) == (1, ["already_decided"])
        assert Decision.objects.count() == before + 1
        assert again(case).closed_by == granted(results)[0].by
        assert broken_promises() == []


def test_of_two_who_decide_otherwise_one_does_and_the_other_is_told() -> None:
    for first, second in [(CaseVerb.DISMISS, CaseVerb.DELETE), (CaseVerb.WARN, CaseVerb.SPAM)] * ROUNDS:
        case, before = reported(), Decision.objects.count()

        results = together(answer(case, first, moderator()), answer(case, second, moderator()))

        assert (len(granted(results)), codes(results)) == (1, ["already_decided"])
        assert Decision.objects.count() == before + 1
        assert broken_promises() == []


def test_a_claim_and_a_decision_of_another_come_one_after_the_other() -> None:
    for _ in range(ROUNDS):
        case, mona = reported(), moderator()
        assert case.message_id is not None
        delete = partial(moderation.delete_message, message_id=case.message_id, why="", by=moderator(), now=NOW)

        results = together(partial(moderation.claim, case_id=case.pk, by=mona, now=NOW), delete)

        assert (len(granted(results)), codes(results)) in [(1, ["in_other_hands"]), (1, ["already_decided"])]
        assert again(case).claimed_by == (None if again(case).closed_at else mona)


def test_many_moderators_empty_the_queue_and_nothing_is_decided_twice() -> None:
    cases, crowd = {reported().pk for _ in range(24)}, [moderator() for _ in range(4)]
    decided: list[UUID] = []

    def work(by: User) -> int:
        done = 0
        while case := moderation.claim_next(by=by, now=NOW):
            answer(case, CaseVerb.DISMISS, by)()
            decided.append(case.pk)
            done += 1
        return done

    together(*(partial(work, by) for by in crowd))

    assert sorted(decided) == sorted(cases)
    assert not Case.objects.open().exists()
    assert broken_promises() == []


# Considering


def wait(event: Event) -> None:
    assert event.wait(timeout=60)


def test_what_is_written_while_its_message_is_considered_is_considered_next() -> None:
    """A doubt is deleted before the facts are read. Somebody else writes a second one, and ends only afterwards."""
    message = plant()
    trees.count_reaction(message.pk, code="red_flag", change=1)
    written, considered = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                trees.count_reaction(message.pk, code="red_flag", change=3)
                written.set()
                wait(considered)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    wait(written)
    assert moderation.consider_doubts(now=NOW) == 1
    assert Case.objects.get().causes == {"red_flags": 1}
    considered.set()
    writer.join(timeout=60)

    assert Doubt.objects.count() == 1
    assert moderation.consider_doubts(now=LATER) == 1
    assert Case.objects.get().causes == {"red_flags": 4}


def test_what_somebody_is_deciding_is_considered_afterwards() -> None:
    """The round neither waits for a decision under way nor writes what was so before it."""
    case = reported()
    held, considered = Event(), Event()
    trees.count_reaction(case.message_id, code="red_flag", change=1)  # type: ignore[arg-type]  # about a message

    def decide() -> None:
        try:
            with transaction.atomic():
                moderation.delete_message(message_id=case.message_id, why="", by=moderator(), now=NOW)  # type: ignore[arg-type]
                held.set()
                wait(considered)
        finally:
            connection.close()

    decider = Thread(target=decide)
    decider.start()
    wait(held)
    assert moderation.consider_doubts(now=NOW) == 0
    assert again(case).causes == {"report": 1}
    considered.set()
    decider.join(timeout=60)

    assert moderation.consider_doubts(now=NOW) > 0
    assert again(case).closed_at == NOW
    assert broken_promises("P7") == []


def test_two_workers_consider_one_after_the_other_and_lose_nothing() -> None:
    messages = [plant() for _ in range(10)]

    def flag() -> int:
        for _ in range(4):
            for message in messages:
                trees.count_reaction(message.pk, code="red_flag", change=1)
        return 0

    def consider() -> int:
        return sum(moderation.consider_doubts(now=NOW, most=3) for _ in range(15))

    together(flag, consider, consider)
    while moderation.consider_doubts(now=NOW):
        pass

    assert not Doubt.objects.exists()
    assert {case.message_id: case.causes["red_flags"] for case in Case.objects.open()} == dict.fromkeys(
        (message.pk for message in messages), 4
    )
    assert all(fresh(message).emojis == {"red_flag": 4} for message in messages)
