"""Reactions: given, taken back, counted, and hidden from whoever has not given one."""

from __future__ import annotations

from typing import Any

import pytest

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests import builders as b
from tests.community.people import browser, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def prompt() -> Message:
    b.policy()
    return b.plant()


def put(person: User, message: Message, emoji: str) -> Any:
    return browser(person).put(f"/api/v1/messages/{message.pk}/reactions/{emoji}")


def delete(person: User, message: Message, emoji: str) -> Any:
    return browser(person).delete(f"/api/v1/messages/{message.pk}/reactions/{emoji}")


def reactions(person: User, message: Message) -> Any:
    return seen(person, f"messages/{message.pk}/reactions")


def in_tree(person: User, message: Message) -> Any:
    """What the message itself says of its reactions, wherever it is shown."""
    one = seen(person, f"messages/{message.pk}")["emojis"]
    listed = next(m for m in seen(person, "messages")["results"] if m["id"] == str(message.pk))["emojis"]
    whole = next(m for m in seen(person, f"trees/{message.tree_id}")["messages"] if m["id"] == str(message.pk))
    thread = seen(person, f"messages/{message.pk}/thread")["messages"][-1]["emojis"]
    assert one == listed == whole["emojis"] == thread
    return one


def test_a_vote_is_counted_and_shown_to_those_who_voted(prompt: Message) -> None:
    ann, ben = b.people(2)

    given = put(ann, prompt, "+1")

    assert given.json() == {"mine": ["+1"], "counts": {"+1": 1}, "may_vote": True}
    assert in_tree(ann, prompt) == {"+1": 1}
    assert reactions(ben, prompt) == {"mine": [], "counts": None, "may_vote": True}
    assert in_tree(ben, prompt) is None
    assert b.broken_promises() == []


def test_authors_and_moderators_see_the_counts(prompt: Message) -> None:
    author = prompt.author
    assert author is not None
    put(b.person(), prompt, "heart_eyes")
    put(b.person(), prompt, "red_flag")

    assert reactions(author, prompt) == {"mine": [], "counts": {"heart_eyes": 1}, "may_vote": False}
    assert in_tree(author, prompt) == {"heart_eyes": 1}
    assert reactions(b.moderator(), prompt)["counts"] == {"heart_eyes": 1, "red_flag": 1}


def test_for_and_against_take_each_others_place(prompt: Message) -> None:
    ann = b.person()
    put(ann, prompt, "+1")
    put(ann, prompt, "clap")

    assert put(ann, prompt, "-1").json()["mine"] == ["-1", "clap"]

    assert b.fresh(prompt).emojis == {"-1": 1, "clap": 1}
    assert b.broken_promises("P4") == []


def test_again_changes_nothing_and_taking_back_takes_back(prompt: Message) -> None:
    ann = b.person()
    for _ in range(2):
        assert put(ann, prompt, "100").status_code == 200
    assert b.fresh(prompt).emojis == {"100": 1}

    for _ in range(2):
        assert delete(ann, prompt, "100").json() == {"mine": [], "counts": None, "may_vote": True}
    assert b.fresh(prompt).emojis == {}


def test_nobody_votes_on_their_own_words(prompt: Message) -> None:
    author = prompt.author
    assert author is not None

    for vote in ("+1", "-1"):
        refused = put(author, prompt, vote)
        assert (refused.status_code, refused.json()["code"]) == (403, "own_message")
    assert put(author, prompt, "rofl").status_code == 200


def test_what_is_gone_unknown_or_archived_gets_none(prompt: Message) -> None:
    ann, boss = b.person(), b.moderator()
    assert put(ann, prompt, "sparkles").json()["code"] == "unknown_reaction"
    assert put(ann, Message(), "+1").status_code == 404
    archived = b.plant()
    Tree.objects.filter(pk=archived.tree_id).update(archived=True)
    assert put(ann, archived, "+1").json()["code"] == "tree_is_archived"
    assert reactions(ann, archived)["may_vote"] is False

    moderation.delete_message(message_id=prompt.pk, why="", by=boss, now=b.NOW)

    assert put(ann, prompt, "+1").json()["code"] == "message_is_gone"
    assert reactions(ann, prompt)["may_vote"] is False


def test_who_has_not_accepted_the_terms_gives_none(prompt: Message) -> None:
    assert put(b.person(terms_version=None), prompt, "+1").json()["code"] == "terms_not_accepted"


def test_counts_of_an_import_are_counted_on_and_skips_beside_them(prompt: Message) -> None:
    brought = {"+1": 4, "_skip_labeling": 1}
    Message.objects.filter(pk=prompt.pk).update(emojis=brought, baseline={"emojis": brought})

    given = put(b.person(), prompt, "+1")

    assert given.json()["counts"] == {"+1": 5}
    assert b.fresh(prompt).emojis == {"+1": 5, "_skip_labeling": 1}
    assert b.broken_promises("P4") == []


def test_enough_flags_end_the_tree_of_a_prompt(prompt: Message) -> None:
    for number in range(4):
        assert b.state_of(prompt) == State.INITIAL_PROMPT_REVIEW, number
        put(b.person(), prompt, "red_flag")

    assert b.state_of(prompt) == State.ABORTED_LOW_GRADE
    assert b.broken_promises() == []


def test_a_reaction_that_is_not_counted_is_a_broken_promise(prompt: Message) -> None:
    put(b.person(), prompt, "+1")
    Message.objects.filter(pk=prompt.pk).update(emojis=None)

    (breach,) = b.broken_promises("P4")

    assert breach.endswith(f"message {prompt.pk} counts 0 of +1 and should count 1")
