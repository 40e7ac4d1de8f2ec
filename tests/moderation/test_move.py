"""A moderator says that a tree is in another language than it was written down in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oa.core.errors import Conflict, Forbidden, Invalid
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.reviews.models import Review
from oa.screening.models import Due
from oa.tasks import actions as tasks
from oa.tasks.models import LanguageDesk, Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests.builders import (
    FAIR,
    LATER,
    NOW,
    accepted_answer,
    answer,
    broken_promises,
    fresh,
    growing,
    label_kind,
    moderator,
    person,
    plant,
    policy,
    review,
    review_to_end,
    sit,
    state_of,
    stock_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy(goal_tree_size=4, max_tree_depth=2)


def move(message: Message, lang: str = "de") -> Decision:
    return moderation.move_language(tree_id=message.tree_id, lang=lang, why="it is German", by=moderator(), now=NOW)


def undo(decision: Decision) -> Decision:
    return moderation.undo(decision_id=decision.pk, by=moderator(), now=LATER)


def test_a_tree_moves_with_those_of_its_messages_that_were_in_its_language() -> None:
    prompt = growing()
    reply, other = accepted_answer(prompt), accepted_answer(prompt)
    Message.objects.filter(pk=other.pk).update(lang="fr")

    decision = move(prompt, "DE")

    assert Tree.objects.get(pk=prompt.tree_id).lang == "de"
    assert [fresh(m).lang for m in (prompt, reply, other)] == ["de", "de", "fr"]
    assert decision.before["tree"] == {"lang": "en"} and decision.after["tree"] == {"lang": "de"}
    assert decision.before["messages"][str(reply.pk)] == {"lang": "en"}
    assert broken_promises("P1", "P4", "P5", "P9") == []


def test_open_tasks_follow_and_whoever_sits_at_one_loses_it() -> None:
    """They may not read the new language."""
    prompt = plant()
    taken = sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=person())
    stock = len(stock_of(prompt))

    move(prompt)

    assert [task.lang for task in stock_of(prompt)] == ["de"] * stock
    assert Task.objects.get(pk=taken.pk).status == "withdrawn"
    assert LanguageDesk.objects.filter(lang="de").exists(), "or nobody would draw it in the lottery"
    assert broken_promises() == []


def test_messages_of_which_reviewers_said_that_the_language_was_wrong_are_reviewed_again() -> None:
    prompt = growing()
    doubted, sound = answer(prompt), accepted_answer(prompt)
    review(doubted, lang_mismatch=1)

    decision = move(prompt)

    assert decision.details["judged_again"] == [str(doubted.pk)]
    assert (fresh(doubted).review_count, fresh(doubted).review_result, fresh(doubted).label_sums) == (0, None, {})
    assert (fresh(sound).review_count, fresh(sound).review_result) == (2, True)
    assert not Review.objects.counting().of(doubted.pk).exists()
    review_to_end(doubted)
    assert broken_promises() == []


def test_a_prompt_that_was_rejected_for_its_language_is_reviewed_again() -> None:
    prompt = plant()
    review(prompt, lang_mismatch=1), review(prompt, lang_mismatch=1)
    assert state_of(prompt) == State.ABORTED_LOW_GRADE

    move(prompt)

    assert state_of(prompt) == State.INITIAL_PROMPT_REVIEW
    assert {(task.kind, task.lang) for task in stock_of(prompt)} == {(Kind.LABEL_INITIAL_PROMPT, "de")}
    assert broken_promises() == []


def test_what_a_moderator_marked_as_spam_stays_rejected() -> None:
    prompt = growing()
    reply = answer(prompt)
    review(reply, lang_mismatch=1)
    moderation.mark_spam(message_id=reply.pk, why="", by=moderator(), now=NOW)

    move(prompt)

    assert fresh(reply).review_result is False
    assert broken_promises() == []


def test_a_text_in_another_language_waits_for_machine_opinions_again() -> None:
    prompt = plant()
    Due.objects.all().delete()

    move(prompt)

    assert {(due.kind, due.version) for due in Due.objects.filter(message=prompt)} == {("toxicity", 1), ("light", 1)}


def test_the_same_language_and_one_there_is_not_are_refused() -> None:
    prompt = plant()
    with pytest.raises(Conflict) as refused:
        move(prompt, "en")
    assert refused.value.code == "same_language"
    with pytest.raises(Invalid):
        move(prompt, "Klingon, please")


def test_only_moderators_move_and_only_live_trees() -> None:
    prompt = plant()
    with pytest.raises(Forbidden):
        moderation.move_language(tree_id=prompt.tree_id, lang="de", why="", by=person(), now=NOW)
    Tree.objects.filter(pk=prompt.tree_id).update(archived=True)
    with pytest.raises(Conflict, match="archived"):
        move(prompt)


def test_undone_it_is_in_its_old_language_and_the_reviews_of_then_count() -> None:
    prompt = growing()
    doubted = answer(prompt)
    review(doubted, lang_mismatch=1, spam=0)
    before = [fresh(doubted).review_count, fresh(doubted).label_sums]
    stock = sorted((task.kind, task.lang, str(task.message_id)) for task in stock_of(prompt))
    decision = move(prompt)
    review_to_end(doubted)

    undo(decision)

    assert [fresh(m).lang for m in (prompt, doubted)] == ["en", "en"]
    assert [fresh(doubted).review_count, fresh(doubted).label_sums] == before
    assert fresh(doubted).review_result is None, "what was said meanwhile was said of German"
    assert sorted((task.kind, task.lang, str(task.message_id)) for task in stock_of(prompt)) == stock
    assert broken_promises() == []


def test_undone_a_rejected_prompt_is_rejected_again() -> None:
    prompt = plant()
    review(prompt, lang_mismatch=1), review(prompt, lang_mismatch=1)

    undo(move(prompt))

    assert (state_of(prompt), fresh(prompt).review_result) == (State.ABORTED_LOW_GRADE, False)
    assert broken_promises() == []


def test_a_moved_seat_is_taken_by_somebody_who_reads_the_new_language() -> None:
    prompt = plant()
    move(prompt)

    review(prompt, by=person(languages=["de"]))

    assert Task.objects.get(status="done").lang == "de"
    assert label_kind(prompt) == Kind.LABEL_INITIAL_PROMPT


def test_the_desks_of_both_languages_are_looked_after_at_once_and_no_promise_is_broken_until_then() -> None:
    prompt = plant()
    for lang in ("en", "de"):
        tasks.fill_language(lang=lang, now=LATER, rng=FAIR)
    assert (tasks.languages_due(LATER), broken_promises()) == ([], [])

    moved = move(prompt)
    assert (tasks.languages_due(LATER), broken_promises()) == (["de", "en"], [])

    for lang in ("en", "de"):
        tasks.fill_language(lang=lang, now=LATER, rng=FAIR)
    undo(moved)
    assert (tasks.languages_due(LATER), broken_promises()) == (["de", "en"], [])


def test_moving_reads_and_writes_as_often_however_many_messages_there_are() -> None:
    policy(goal_tree_size=9, max_children_count=8, max_tree_depth=1)
    tasks.open_desk(lang="de")
    counted = []
    for replies in (2, 5):
        prompt = growing()
        for _ in range(replies):
            accepted_answer(prompt)
        with CaptureQueriesContext(connection) as statements:
            move(prompt)
        counted.append(len(statements))
    assert counted[0] == counted[1]
