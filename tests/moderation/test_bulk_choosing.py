"""Moderators choose messages for one decision, and are shown what it would change before anything is."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from oa.core.errors import Invalid, Missing, Refusal
from oa.moderation import actions
from oa.moderation.models import Batch, BatchItem, chosen_by, ids_of, in_time
from oa.moderation.rules import BatchState, BatchVerb, Selection
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests import builders
from tests.builders import LATER, NOW

pytestmark = pytest.mark.django_db

DELETE = actions.Wish(BatchVerb.DELETE, reason="spam", why="Advertising")


def chosen(**asked: Any) -> set[Message]:
    return set(Message.objects.filter(pk__in=ids_of(Selection(**asked), most=1000)))


def choose(wish: actions.Wish = DELETE, **asked: Any) -> Batch:
    return actions.choose(wish=wish, selection=Selection(**asked), by=builders.moderator(), now=LATER)


@pytest.fixture(autouse=True)
def _policy() -> None:
    builders.policy()


def test_by_each_thing_that_can_be_said() -> None:
    ann = builders.person("Ann")
    cheap = builders.plant(by=ann, text="Buy cheap watches, 100 EUR")
    other = builders.plant(text="How do bees sleep?", lang="de", now=LATER)
    judged = builders.review_to_end(builders.plant(text="Why is the sky blue?"))
    gone = builders.plant(text="Already gone")
    Message.objects.filter(pk=gone.pk).update(deleted=True)
    all_of_them = {cheap, other, judged, gone}

    assert chosen(text="watches") == {cheap}
    assert chosen(regex=r"\d+ eur") == {cheap}
    assert chosen(regex=r"\d+ eur", match_case=True) == set()
    assert chosen(person=ann.pk) == {cheap}
    assert chosen(lang="de") == {other}
    assert chosen(role="assistant") == set()
    assert chosen(role="prompter") == all_of_them
    assert chosen(state="prompt_lottery_waiting") == {judged}
    assert chosen(since=LATER) == {other}
    assert chosen(until=LATER) == all_of_them - {other}
    assert chosen(deleted=True) == {gone}
    assert chosen(review_result="true") == {judged}
    assert chosen(review_result="null", deleted=False) == {cheap, other}
    assert chosen(ids=(cheap.pk, other.pk), lang="en") == {cheap}


def test_an_archived_import_is_never_chosen() -> None:
    message = builders.plant(text="Kept as it came")
    Tree.objects.filter(pk=message.tree_id).update(archived=True)

    assert chosen(text="kept") == set()
    assert chosen(ids=(message.pk,)) == set()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "empty_selection"),
        ({"deleted": False}, "empty_selection"),
        ({"match_case": True}, "empty_selection"),
        ({"text": "nobody says this"}, "nothing_found"),
        ({"text": "?!"}, "nothing_to_search_for"),
        ({"regex": "(unclosed"}, "bad_regex"),
        ({"regex": "a{9,1}"}, "bad_regex"),
        ({"regex": "((((a{1,255}){1,255}){1,255}){1,255})"}, "bad_regex"),
        ({"regex": "(" * 200}, "bad_regex"),
    ],
)
def test_what_can_not_be_chosen_by_is_said_in_words(asked: dict[str, Any], code: str) -> None:
    builders.plant()

    with pytest.raises(Invalid) as refused:
        choose(**asked)

    assert refused.value.code == code
    assert Batch.objects.count() == 0


def test_a_bad_regular_expression_is_explained_in_the_words_of_the_database() -> None:
    with pytest.raises(Invalid, match="parentheses"):
        choose(regex="(unclosed")


@pytest.mark.parametrize("pattern", [r"(a*)*\1b", r"^(a+)(a+)\1\2b$", r"^(.*?,){24}P", r"(a|aa)+$"])
def test_no_pattern_runs_away(pattern: str) -> None:
    for number in range(3):
        message = builders.plant()
        Message.objects.filter(pk=message.pk).update(text="a" * 20_000 + "b" * number)
    began = time.monotonic()

    try:
        with in_time(Selection(regex=pattern), seconds=0.3):
            list(chosen_by(Selection(regex=pattern)))
    except Invalid as refused:
        assert refused.code in {"regex_too_slow", "bad_regex"}
        assert refused.remedy

    assert time.monotonic() - began < 60
    assert Message.objects.count() == 3, "the transaction goes on"


def test_what_takes_too_long_is_stopped() -> None:
    message = builders.plant()
    Message.objects.filter(pk=message.pk).update(text="a" * 20_000 + "b")

    with pytest.raises(Invalid) as refused, in_time(Selection(regex=r"(a*)*\1b"), seconds=0.1):
        list(chosen_by(Selection(regex=r"(a*)*\1b")))

    assert refused.value.code == "regex_too_slow"


def test_what_follows_has_all_the_time_it_wants() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()
        with in_time(Selection()):
            pass
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == before


def test_only_moderators_choose() -> None:
    with pytest.raises(Refusal) as refused:
        actions.choose(wish=DELETE, selection=Selection(lang="en"), by=builders.person(), now=NOW)

    assert refused.value.code == "moderators_only"


def test_what_is_like_no_message_is_missing() -> None:
    with pytest.raises(Missing):
        choose(like=builders.person().pk)


# --- what would change ------------------------------------------------------------------------------------------------


def test_a_preview_says_what_would_change() -> None:
    troll = builders.person("Troll")
    prompt = builders.growing(by=troll)
    reply = builders.accepted_answer(prompt)
    waiting = builders.plant(by=troll)
    builders.sit(waiting, builders.label_kind(waiting), by=builders.person())
    open_tasks = len(builders.stock_of(prompt)) + len(builders.stock_of(waiting)) - 1

    batch = choose(person=troll.pk)

    assert batch.preview == {
        "messages": 2, "with_subtrees": 3, "trees": 2, "tasks_open": open_tasks, "tasks_in_hand": 1, "authors": 2,
        "points": batch.preview["points"], "points_exact": True,
        "by_state": {State.GROWING: 1, State.INITIAL_PROMPT_REVIEW: 1}, "refused_already": [],
        "samples": batch.preview["samples"], "too_many": False,
    }  # fmt: skip
    assert set(batch.preview["samples"]) == {str(prompt.pk), str(waiting.pk)}
    assert reply.pk not in {item.message_id for item in batch.items.all()}


def rows() -> dict[str, int]:
    mine = {"moderation.Batch", "moderation.BatchItem"}
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label not in mine
    }


def test_a_preview_writes_nothing_but_itself() -> None:
    prompt = builders.growing()
    builders.accepted_answer(prompt)
    mona = builders.moderator()
    before, tree = rows(), Tree.objects.values().get()

    batch = actions.choose(wish=DELETE, selection=Selection(lang="en"), by=mona, now=LATER)

    assert rows() == before
    assert Tree.objects.values().get() == tree
    assert (batch.state, batch.total) == (BatchState.DRAFT, 2)


def test_what_comes_later_is_not_among_them() -> None:
    first = builders.plant(text="Cheap watches")
    batch = choose(text="watches")
    builders.plant(text="More cheap watches")

    assert [item.message_id for item in batch.items.all()] == [first.pk]


def test_a_tree_is_met_once_when_the_decision_is_about_trees() -> None:
    prompt = builders.growing()
    reply = builders.accepted_answer(prompt)

    halting = choose(actions.Wish(BatchVerb.HALT, why="Quarrel"), ids=(prompt.pk, reply.pk))
    deleting = choose(ids=(reply.pk, prompt.pk))

    assert [item.message_id for item in halting.items.all()] == [prompt.pk]
    assert [item.message_id for item in deleting.items.order_by("id")] == [prompt.pk, reply.pk]
    assert halting.preview["messages"] == 2


def test_what_would_be_refused_is_said_before() -> None:
    gone, here = builders.plant(), builders.plant()
    actions.delete_message(message_id=gone.pk, why="Spam", by=builders.moderator(), now=NOW)

    deleting = choose(ids=(gone.pk, here.pk), deleted=None)
    both = Selection(ids=(gone.pk, here.pk))
    restoring = choose(actions.Wish(BatchVerb.RESTORE, why="A mistake"), ids=both.ids)

    assert (deleting.total, deleting.preview["refused_already"]) == (1, []), "deleted ones are not chosen to delete"
    assert [item.message_id for item in restoring.items.all()] == [gone.pk]
    halted = builders.plant()
    actions.halt_tree(tree_id=halted.tree_id, why="Quarrel", by=builders.moderator(), now=NOW)
    halting = choose(actions.Wish(BatchVerb.HALT, why="Quarrel"), ids=(halted.pk, here.pk))
    assert halting.preview["refused_already"] == [{"code": "already_halted", "n": 1}]


def test_a_move_says_where_to() -> None:
    message = builders.plant()

    with pytest.raises(Invalid) as refused:
        choose(actions.Wish(BatchVerb.MOVE, why="It is German"), ids=(message.pk,))

    assert refused.value.code == "language_missing"


def test_more_than_the_most_are_cut_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oa.moderation.actions.choosing.MOST_CHOSEN", 2)
    for minutes in range(3):
        builders.plant(now=NOW + timedelta(minutes=minutes))

    batch = choose(lang="en")

    assert batch.preview["too_many"] is True
    assert batch.total == 2
    assert batch.items.filter(message=Message.objects.order_by("created_date").first()).count() == 0, "the newest stay"


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_draft_can_be_dropped() -> None:
    builders.plant()
    batch = choose(lang="en")

    actions.drop_draft(batch_id=batch.pk, by=builders.moderator())

    assert (Batch.objects.count(), BatchItem.objects.count()) == (0, 0)


def test_a_draft_of_yesterday_is_dropped_by_itself_and_nothing_else() -> None:
    builders.plant()
    old, new, begun = (choose(lang="en") for _ in range(3))
    Batch.objects.filter(pk__in=[old.pk, begun.pk]).update(at=LATER - timedelta(hours=25))
    actions.run_batch(batch_id=begun.pk, by=builders.moderator(), now=LATER)

    assert actions.drop_old_drafts(now=LATER) == 1

    assert set(Batch.objects.values_list("pk", flat=True)) == {new.pk, begun.pk}


def test_what_has_begun_can_not_be_dropped() -> None:
    builders.plant()
    batch = choose(lang="en")
    actions.run_batch(batch_id=batch.pk, by=builders.moderator(), now=LATER)
    again: list[Callable[[], object]] = [
        lambda: actions.drop_draft(batch_id=batch.pk, by=builders.moderator()),
        lambda: actions.run_batch(batch_id=batch.pk, by=builders.moderator(), now=LATER),
    ]

    for call in again:
        with pytest.raises(Refusal) as refused:
            call()
        assert refused.value.code == "already_begun"
