"""What became of somebody's work, and how much of it went wrong."""

from __future__ import annotations

import pytest

from oa.accounts.models import User
from oa.moderation import actions
from oa.moderation.models import record_of
from oa.moderation.rules import Record, Wrong
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    b.policy()


@pytest.fixture
def mo() -> User:
    return b.moderator()


def test_who_has_done_nothing_has_an_empty_record() -> None:
    person = b.person()

    assert record_of(person.pk) == Record(person.pk)


def test_work_that_is_not_judged_yet_is_no_piece() -> None:
    writer, judge = b.person(), b.person()
    prompt = b.plant(by=writer)
    b.review(prompt, by=judge)

    assert record_of(writer.pk).pieces == record_of(judge.pk).pieces == 0


def test_an_accepted_message_is_a_piece_and_a_rejected_one_has_gone_wrong() -> None:
    writer = b.person()
    b.review_to_end(b.plant(by=writer))
    b.review_to_end(b.plant(by=writer), spam=1)

    record = record_of(writer.pk)

    assert (record.pieces, record.parts) == (2, {Wrong.REJECTED: 1})
    assert record.share.rate == 0.5


def test_a_review_against_the_verdict_has_gone_wrong() -> None:
    contrary, others = b.person(), b.person()
    prompt = b.plant()
    b.review(prompt, by=contrary, spam=1)
    b.review(prompt, by=others)

    assert b.fresh(prompt).review_result is False
    assert record_of(others.pk).parts == {Wrong.DECIDED_OTHERWISE: 1}
    assert (record_of(contrary.pk).pieces, record_of(contrary.pk).parts) == (1, {})


def test_a_message_deleted_by_a_moderator_has_gone_wrong_and_what_went_along_has_not(mo: User) -> None:
    writer, below = b.person(), b.person()
    root = b.growing(by=writer)
    b.answer(root, by=below)
    actions.delete_message(message_id=root.pk, why="Spam", by=mo, now=b.NOW)

    assert record_of(writer.pk).parts == {Wrong.DELETED: 1}
    assert record_of(below.pk).pieces == 0


def test_a_restored_message_is_judged_by_its_reviewers_again(mo: User) -> None:
    writer = b.person()
    root = b.growing(by=writer)
    actions.delete_message(message_id=root.pk, why="Spam", by=mo, now=b.NOW)
    actions.restore_message(message_id=root.pk, why="No spam", by=mo, now=b.LATER)

    assert (record_of(writer.pk).pieces, record_of(writer.pk).parts) == (1, {})
