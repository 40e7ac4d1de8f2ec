"""What a tree owes becomes lines of the ledger: once, and corrected when things change."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from oa.accounts.models import User
from oa.community import actions
from oa.community.models import ActiveDay, Award, Entry, Total
from oa.community.rules import Period, Reason
from oa.moderation import actions as moderation
from oa.rankings import actions as rankings
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests import builders as b
from tests.datasets.files import answer, take, tree, write

pytestmark = pytest.mark.django_db


def points_of(person: User, period: Period = Period.ALL, lang: str = "") -> Decimal:
    found = Total.objects.filter(person=person, lang=lang, period=period).values_list("points", flat=True)
    return sum(found, Decimal())


def reasons_of(person: User) -> dict[str, Decimal]:
    rows = Entry.objects.of(person.pk).order_by().values_list("reason").annotate(Sum("points"))
    return {reason: points for reason, points in rows if points}


def a_prompt_through_a_task(by: User) -> Message:
    """As in life: the task of a new prompt names no tree, its result does."""
    tasks.fill_language(lang="en", now=b.NOW, rng=b.FAIR)
    task = tasks.next_task(kinds=[Kind.INITIAL_PROMPT], langs=["en"], by=by, now=b.NOW, rng=b.FAIR)
    assert task is not None
    done = b.hand_in(task, by=by, text=b.words())
    return Message.objects.get(pk=(done.result or {})["message_id"])


def test_a_prompt_earns_when_it_is_handed_in_and_more_when_it_is_accepted() -> None:
    b.policy()
    writer, reviewers = b.person(), b.people(2)
    prompt = a_prompt_through_a_task(writer)
    b.book()
    assert reasons_of(writer) == {Reason.PROMPT: Decimal("0.1")}

    for reviewer in reviewers:
        b.review(prompt, by=reviewer)
    b.book()

    assert reasons_of(writer) == {Reason.PROMPT: Decimal("0.1"), Reason.PROMPT_ACCEPTED: Decimal("0.1")}
    assert points_of(writer) == Decimal("0.2")
    for reviewer in reviewers:
        assert reasons_of(reviewer) == {Reason.FULL_REVIEW: 2, Reason.REVIEW_AGREED: 1}


def test_a_rejected_prompt_earns_no_more_and_reviewers_who_said_so_do() -> None:
    b.policy()
    writer, reviewer = b.person(), b.person()
    prompt = a_prompt_through_a_task(writer)

    b.review(prompt, by=reviewer, spam=1)
    b.review(prompt, spam=1)
    b.book()

    assert reasons_of(writer) == {Reason.PROMPT: Decimal("0.1")}
    assert reasons_of(reviewer) == {Reason.FULL_REVIEW: 2, Reason.REVIEW_AGREED: 1}


def test_ranks_are_paid_when_they_are_worked_out() -> None:
    b.policy()
    writers, rankers = b.people(2), b.people(2)
    prompt = b.ranking(authors=writers)
    first, second = b.replies_to(prompt)
    for ranker in rankers:
        b.ballot(prompt, first, second, by=ranker)
    b.book()
    assert Reason.RANKED_FIRST not in reasons_of(writers[0])
    assert reasons_of(rankers[0]) == {Reason.RANKING: 1}

    rankings.score(tree_id=prompt.tree_id, now=b.NOW)
    b.book()

    assert reasons_of(writers[0]) == {
        Reason.ASSISTANT_REPLY: 4, Reason.ASSISTANT_REPLY_ACCEPTED: 4, Reason.RANKED_FIRST: 9,
    }  # fmt: skip
    assert points_of(writers[1]) == 8, "the last of all is not paid for its place"
    assert reasons_of(rankers[0]) == {Reason.RANKING: 1, Reason.RANKING_AGREED: 1}
    assert b.broken_promises() == []


def test_a_second_round_adds_nothing() -> None:
    b.policy()
    prompt = b.ready()

    assert b.book() > 0

    assert actions.trees_due(most=10) == []
    assert actions.book(tree_id=prompt.tree_id, now=b.LATER) == 0
    assert b.broken_promises() == []


def test_a_deletion_takes_back_and_a_restoration_gives_again() -> None:
    b.policy()
    author, boss = b.person(), b.moderator()
    prompt = b.growing()
    reply = b.accepted_answer(prompt, by=author)
    reviewers = list(Task.objects.filter(message=reply).values_list("assignee", flat=True))
    b.book()
    assert points_of(author) == 8

    moderation.delete_message(message_id=reply.pk, why="Copied", by=boss, now=b.NOW)
    b.book()
    assert points_of(author) == 0
    assert list(Entry.objects.of(author.pk).order_by("id").values_list("points", flat=True)) == [4, 4, -4, -4]
    assert {points_of(User.objects.get(pk=pk)) for pk in reviewers} == {3}, "their work was done all the same"

    moderation.restore_message(message_id=reply.pk, why="It is theirs", by=boss, now=b.NOW)
    b.book()
    assert points_of(author) == 8
    assert b.broken_promises() == []


def test_an_edit_takes_nothing_before_the_new_words_are_judged() -> None:
    b.policy()
    author, boss = b.person(), b.moderator()
    reply = b.accepted_answer(b.growing(), by=author)
    b.book()

    moderation.edit_message(message_id=reply.pk, text="Better", why="Typo", by=boss, now=b.NOW)
    b.book()
    assert points_of(author) == 8

    b.review_to_end(reply, spam=1)
    b.book()
    assert reasons_of(author) == {Reason.ASSISTANT_REPLY: 4}
    assert b.broken_promises() == []


def test_what_was_imported_earns_nobody_anything_and_what_is_done_here_does(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree(answer(), state="growing")]), live=True)
    prompt, theirs = Message.objects.order_by("depth")
    assert theirs.author is not None
    b.book()
    assert not Entry.objects.exists()

    author, reviewer = b.person(), b.person()
    mine = b.answer(prompt, by=author)
    b.review(mine, by=reviewer)
    b.book()

    assert set(Entry.objects.values_list("person", flat=True)) == {author.pk, reviewer.pk}
    assert b.broken_promises("P10") == []


def test_totals_are_those_of_the_day_it_was_done() -> None:
    """Workers that were away over night book for yesterday."""
    b.policy()
    author = b.person()
    b.answer(b.growing(), by=author)

    b.book(now=b.NOW + timedelta(days=40))

    totals = Total.objects.filter(person=author, lang="").values_list("period", "starts", "points", "tasks")
    assert {(period, f"{starts}", float(points), tasks) for period, starts, points, tasks in totals} == {
        ("day", "2026-03-01", 4.0, 1),
        ("week", "2026-02-23", 4.0, 1),
        ("month", "2026-03-01", 4.0, 1),
        ("all", "1970-01-01", 4.0, 1),
    }
    assert points_of(author, lang="en") == points_of(author) == 4


def test_what_comes_out_later_counts_for_the_day_it_came_out() -> None:
    b.policy()
    author = b.person()
    reply = b.answer(b.growing(), by=author)
    b.book()
    tomorrow = b.NOW + timedelta(days=1)

    b.review_to_end(reply, now=tomorrow)
    b.book(now=tomorrow)

    days = Total.objects.filter(person=author, lang="", period=Period.DAY).values_list("starts", "points")
    assert {f"{day}": float(points) for day, points in days} == {"2026-03-01": 4.0, "2026-03-02": 4.0}


def test_a_day_at_work_is_one_by_the_persons_own_calendar() -> None:
    b.policy()
    east, west = b.person(time_zone="Pacific/Kiritimati"), b.person(time_zone="America/Los_Angeles")
    prompt = b.growing()

    b.answer(prompt, by=east)
    b.answer(prompt, by=west)
    b.book()

    found = dict(ActiveDay.objects.values_list("person_id", "day"))
    assert (f"{found[east.pk]}", f"{found[west.pk]}") == ("2026-03-02", "2026-03-01")


def test_a_badge_is_earned_once_and_kept() -> None:
    b.policy()
    author, boss = b.person(), b.moderator()
    reply = b.accepted_answer(b.growing(), by=author)
    b.book()
    assert list(Award.objects.filter(person=author).values_list("code", flat=True)) == ["first_words"]

    moderation.delete_message(message_id=reply.pk, why="", by=boss, now=b.NOW)
    b.book()
    moderation.restore_message(message_id=reply.pk, why="", by=boss, now=b.NOW)
    b.book()

    assert Award.objects.filter(person=author).count() == 1


def test_a_tree_that_somebody_holds_is_left_for_the_next_round() -> None:
    assert actions.book(tree_id=b.person().pk, now=b.NOW) is None, "nor one that is not there"


def test_a_tree_keeps_the_weights_it_started_with() -> None:
    b.policy(points_assistant_reply=1.0)
    author, prompt = b.person(), b.growing()
    b.policy(points_assistant_reply=100.0)

    b.answer(prompt, by=author)
    b.book()

    assert reasons_of(author) == {Reason.ASSISTANT_REPLY: 1}


def test_the_database_refuses_to_change_a_line() -> None:
    b.policy()
    b.ready()
    b.book()

    for change in (Entry.objects.all().delete, lambda: Entry.objects.update(points=1)):
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            change()


def test_a_tree_that_ends_in_the_lottery_or_is_halted_is_booked_too() -> None:
    b.policy()
    prompt = b.plant()
    moderation.halt_tree(tree_id=prompt.tree_id, why="", by=b.moderator(), now=b.NOW)

    b.book()

    assert b.state_of(prompt) == State.HALTED_BY_MODERATOR
    assert not Tree.objects.filter(unbooked=True).exists()
