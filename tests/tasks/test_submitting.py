"""Handing in: once is enough, twice does no harm, and a refusal leaves no trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from psycopg import sql

from oa.core.errors import Conflict, Gone, Invalid, Refusal
from oa.moderation import actions as moderation
from oa.rankings.rules import Vote
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind, Status
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests.builders import (
    FAIR,
    NOW,
    accepted_answer,
    broken_promises,
    fresh,
    growing,
    hand_in,
    moderator,
    person,
    plant,
    policy,
    ranking,
    replies_to,
    sit,
    state_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def submit(task: Task, key: str = "", **answer: object) -> tasks.Submission:
    assert task.assignee is not None
    given = tasks.Answer(**answer)  # type: ignore[arg-type]  # one of its fields
    return tasks.submit(task_id=task.pk, answer=given, by=task.assignee, key=key, now=NOW, rng=FAIR)


def test_the_same_answer_again_gives_the_first_result_again() -> None:
    prompt = growing()
    task = sit(prompt, Kind.ASSISTANT_REPLY, by=person())

    first, again = (submit(task, key="k", text="An answer") for _ in range(2))

    assert (first.replayed, again.replayed) == (False, True)
    assert again.task.result == first.task.result
    assert Message.objects.filter(parent=prompt).count() == 1


def test_another_answer_under_the_same_key_is_refused() -> None:
    task = sit(growing(), Kind.ASSISTANT_REPLY, by=person())
    submit(task, key="k", text="An answer")

    with pytest.raises(Conflict) as refused:
        submit(task, key="k", text="Another answer")
    assert refused.value.code == "key_used_for_another_answer"


def test_another_answer_is_refused_under_any_key() -> None:
    task = sit(growing(), Kind.ASSISTANT_REPLY, by=person())
    submit(task, text="An answer")

    with pytest.raises(Conflict) as refused:
        submit(task, key="new", text="Another answer")
    assert refused.value.code == "already_submitted"


def test_a_new_prompt_starts_a_tree_that_waits_for_its_reviewers() -> None:
    by = person()
    tasks.fill_language(lang="en", now=NOW, rng=FAIR)
    task = tasks.next_task(kinds=[Kind.INITIAL_PROMPT], langs=["en"], by=by, now=NOW, rng=FAIR)
    assert task is not None

    result = submit(task, text="Why is the sky blue?").task.result or {}

    prompt = Message.objects.get(pk=result["message_id"])
    assert (prompt.tree_id, prompt.depth, prompt.author, prompt.text) == (prompt.pk, 0, by, "Why is the sky blue?")
    assert state_of(prompt) == State.INITIAL_PROMPT_REVIEW
    assert Task.objects.open().filter(message=prompt).count() == 2
    assert broken_promises() == []


@pytest.mark.parametrize(
    ("kind", "answer", "code"),
    [
        (Kind.ASSISTANT_REPLY, {"text": "  "}, "text_empty"),
        (Kind.ASSISTANT_REPLY, {"text": "x" * 20_001}, "text_too_long"),
        (Kind.ASSISTANT_REPLY, {"text": "a\x00b"}, "text_has_control_characters"),
        (Kind.LABEL_INITIAL_PROMPT, {"labels": {"quality": 1}}, "label_missing"),
        (Kind.LABEL_INITIAL_PROMPT, {"labels": {"spam": 0.5}}, "bad_label_value"),
        (Kind.LABEL_INITIAL_PROMPT, {"labels": {"spam": 0, "charm": 1}}, "unknown_label"),
        (Kind.RANK_ASSISTANT_REPLIES, {"vote": Vote(())}, "bad_ranking"),
    ],
)
def test_a_wrong_answer_is_refused_and_leaves_no_trace(kind: Kind, answer: dict[str, Any], code: str) -> None:
    place = {Kind.ASSISTANT_REPLY: growing, Kind.LABEL_INITIAL_PROMPT: plant}.get(kind, ranking)()
    task = sit(place, kind, by=person())
    before = everything()

    with pytest.raises(Invalid) as refused:
        submit(task, **answer)

    assert refused.value.code == code
    assert everything() == before


def everything() -> list[object]:
    """All rows of all tables that work may change."""
    tables = ("trees_tree", "trees_message", "trees_treeevent", "tasks_task", "reviews_review", "rankings_ballot")
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            line = sql.SQL("SELECT md5(string_agg(line::text, '' ORDER BY line::text)) FROM {} line")
            cursor.execute(line.format(sql.Identifier(table)).as_string())
            found.append(cursor.fetchone())
    return found


def test_the_same_words_twice_in_a_short_while_are_refused() -> None:
    first, second, by = growing(), growing(), person()
    hand_in(sit(first, Kind.ASSISTANT_REPLY, by=by), by=by, text="Have a  nice day")

    with pytest.raises(Conflict) as refused:
        hand_in(sit(second, Kind.ASSISTANT_REPLY, by=by), by=by, text="have a nice DAY")
    assert refused.value.code == "same_text_again"


def test_what_a_moderator_took_away_is_told_to_whoever_had_it() -> None:
    prompt, by = growing(), person()
    task = sit(prompt, Kind.ASSISTANT_REPLY, by=by)
    moderation.halt_tree(tree_id=prompt.tree_id, why="", by=moderator(), now=NOW)

    with pytest.raises(Gone) as refused:
        submit(task, text="Too late")
    assert refused.value.code == "task_withdrawn"


def test_a_skipped_task_can_not_be_handed_in() -> None:
    task = sit(growing(), Kind.ASSISTANT_REPLY, by=person())
    Task.objects.filter(pk=task.pk).update(status=Status.SKIPPED, skip_reason="other")

    with pytest.raises(Conflict):
        submit(task, text="After all")


def test_whoever_did_not_accept_the_terms_hands_nothing_in() -> None:
    by = person()
    task = sit(growing(), Kind.ASSISTANT_REPLY, by=by)
    by.terms_version = None
    by.save()
    task.assignee = by

    with pytest.raises(Refusal) as refused:
        submit(task, text="An answer")
    assert refused.value.code == "terms_not_accepted"


def test_replies_deleted_while_somebody_ranked_them_stay_on_the_ballot() -> None:
    """They may come back; the ballot said what it said."""
    policy(max_children_count=3, goal_tree_size=4)
    prompt = growing()
    for _ in range(3):
        accepted_answer(prompt)
    task = sit(prompt, Kind.RANK_ASSISTANT_REPLIES, by=person())
    shown = replies_to(prompt)
    moderation.delete_message(message_id=shown[0].pk, why="", by=moderator(), now=NOW)

    submit(task, vote=Vote(tuple((reply.pk,) for reply in shown)))

    assert [fresh(reply).ranking_count for reply in shown] == [1, 1, 1]
    assert Tree.objects.get(pk=prompt.tree_id).state == State.RANKING
    assert broken_promises() == []
