"""What became of somebody's work, and how much of it went wrong."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from oa.accounts.models import User
from oa.community import actions as community
from oa.community.rules import Emoji, Result, is_near
from oa.moderation import actions
from oa.moderation.models import Report, record_of, records_of, usual_seconds
from oa.moderation.models.profile import reports_of
from oa.moderation.models.record import judged_alike
from oa.moderation.rules import Record, ReportReason, Wrong
from oa.rankings import actions as rankings
from oa.rankings.models import GroupRanking
from oa.rankings.rules import Vote, agreement
from oa.screening.models import Opinion
from oa.trees.models import Message
from oa.trees.rules import Policy, State
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


def test_what_an_author_took_along_has_not_gone_wrong() -> None:
    writer = b.person(erases_texts=True)
    prompt = b.plant(by=writer)
    actions.erase_text(message_id=prompt.pk, now=b.NOW)

    assert b.fresh(prompt).deleted
    assert record_of(writer.pk).pieces == 0


def test_a_prompt_stopped_by_red_flags_has_gone_wrong_until_a_moderator_lets_it_go_on(mo: User) -> None:
    b.policy(auto_mod_red_flags=1)
    writer = b.person()
    prompt = b.plant(by=writer)
    community.react(message_id=prompt.pk, emoji=Emoji.RED_FLAG, by=b.person(), now=b.NOW)

    assert b.state_of(prompt) == State.ABORTED_LOW_GRADE
    assert record_of(writer.pk).parts == {Wrong.RED_FLAGS: 1}
    actions.resume_tree(tree_id=prompt.tree_id, why="Fine", by=mo, now=b.LATER)
    assert record_of(writer.pk).pieces == 0


def test_reactions_and_mere_numbers_do_not_count() -> None:
    writer = b.person()
    prompt = b.review_to_end(b.plant(by=writer))
    for emoji in (Emoji.RED_FLAG, Emoji.POOP, Emoji.SKULL):
        community.react(message_id=prompt.pk, emoji=emoji, by=b.person(), now=b.NOW)

    assert (record_of(writer.pk).pieces, record_of(writer.pk).bad) == (1, 0)


def test_a_report_that_a_moderator_acted_upon_counts_and_one_that_was_dismissed_does_not(mo: User) -> None:
    writer, reporter = b.person(), b.person()
    edited, left = (b.review_to_end(b.plant(by=writer)) for _ in range(2))
    for message in (edited, left):
        actions.report(message_id=message.pk, reason=ReportReason.PERSONAL_DATA, note="", by=reporter, now=b.NOW)
    actions.edit_message(message_id=edited.pk, text="Without the name", why="Name in it", by=mo, now=b.LATER)
    actions.dismiss_report(report_id=Report.objects.get(message=left).pk, why="None", by=mo, now=b.LATER)

    assert record_of(writer.pk).parts == {Wrong.REPORTS: 1}
    assert (reports_of(reporter.pk).k, reports_of(reporter.pk).n) == (1, 2)


def test_a_piece_counts_once_however_much_is_wrong_with_it(mo: User) -> None:
    writer = b.person()
    prompt = b.review_to_end(b.plant(by=writer), spam=1)
    actions.report(message_id=prompt.pk, reason=ReportReason.SPAM, note="", by=b.person(), now=b.NOW)
    actions.delete_message(message_id=prompt.pk, why="Spam", by=mo, now=b.LATER)

    record = record_of(writer.pk)

    assert (record.pieces, record.parts) == (1, {Wrong.DELETED: 1})


def test_a_prompt_very_like_an_earlier_one_of_somebody_else_counts_and_of_their_own_does_not() -> None:
    writer = b.person()
    theirs, mine, copy, again = (b.review_to_end(b.plant(by=by)) for by in (b.person(), writer, writer, writer))
    opinion(theirs)
    opinion(mine)
    opinion(copy, twin=theirs)
    opinion(again, twin=mine)

    record = record_of(writer.pk)

    assert (record.pieces, record.parts) == (3, {Wrong.DUPLICATES: 1})
    assert (record.prompts, record.copies) == (3, 1)


def opinion(message: Message, twin: Message | None = None) -> None:
    Opinion.objects.create(
        message=message, version=1, digest=message.text, twin=twin, likeness=0.9 if twin else None, read_at=b.NOW
    )


@pytest.mark.parametrize("rank", range(6))
def test_a_ballot_is_compared_as_the_rules_compare_it(rank: int) -> None:
    """Every order of three replies, some tied or unacceptable, against a consensus."""
    b.policy(max_children_count=3, goal_tree_size=4)
    root = b.ranking(authors=(None, None, None))
    replies = [reply.pk for reply in b.replies_to(root)]
    first, second, third = list(permutations(replies))[rank]
    judge = b.person()
    votes = {
        judge: Vote(((first,), (second, third))),
        b.person(): Vote(((replies[0],), (replies[1],)), frozenset({replies[2]})),
    }
    for by, vote in votes.items():
        b.hand_in(b.sit(root, b.rank_kind(root), by=by), by=by, vote=vote)
    rankings.score(tree_id=root.tree_id, now=b.NOW)
    result = GroupRanking.objects.get(parent=root)

    for by, vote in votes.items():
        near = is_near(vote, Result(result.order(), result.ballots, result.not_rankable), Policy())
        same, told = agreement(vote, result.order())
        record, (_agreed, _of, number, mean) = record_of(by.pk), judged_alike(by.pk)
        assert record.pieces == (1 if told else 0)
        assert record.parts == ({} if near or not told else {Wrong.RANKED_OTHERWISE: 1})
        assert (number, mean) == ((1, pytest.approx(same / told)) if told else (0, None))


def test_who_says_that_all_are_wrong_is_judged_by_whether_most_say_so() -> None:
    root = b.ranking()
    alone, other = b.person(), b.person()
    b.hand_in(b.sit(root, b.rank_kind(root), by=alone), by=alone, vote=Vote((), not_rankable=True))
    b.ballot(root, by=other)
    rankings.score(tree_id=root.tree_id, now=b.NOW)

    assert record_of(alone.pk).parts == {Wrong.RANKED_OTHERWISE: 1}
    assert record_of(other.pk).parts == {}


def test_people_who_came_with_an_imported_data_set_are_left_out() -> None:
    writer = b.person(imported=True)
    b.review_to_end(b.plant(by=writer), spam=1)

    assert record_of(writer.pk).pieces == 0


def test_a_text_that_was_changed_and_is_reviewed_again_is_no_piece_of_its_reviewers(mo: User) -> None:
    judge = b.person()
    prompt = b.plant()
    b.review(prompt, by=judge, spam=1)
    b.review(prompt)
    assert record_of(judge.pk).pieces == 1
    actions.edit_message(message_id=prompt.pk, text="Other words", why="Name", by=mo, now=b.LATER)

    assert record_of(judge.pk).pieces == 0


def test_all_records_are_asked_for_in_as_many_statements_as_one(django_assert_max_num_queries: Any) -> None:
    people = b.people(5)
    for person in people:
        b.review_to_end(b.plant(by=person))
    usual_seconds()

    with django_assert_max_num_queries(2):
        assert len(records_of([person.pk for person in people])) == 5
