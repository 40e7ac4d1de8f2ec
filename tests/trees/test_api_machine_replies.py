"""Which replies a model wrote is not to be had while people judge them."""

from __future__ import annotations

import pytest

from oa.accounts.models import User
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests import builders
from tests.trees.test_api_messages import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def reply() -> Message:
    """One of two replies that are being ranked, written by a model."""
    builders.policy()
    prompt = builders.ranking()
    written = builders.replies_to(prompt)[0]
    Message.objects.filter(pk=written.pk).update(synthetic=True, model_name="a-model")
    return written


def shown_to(person: User, reply: Message) -> list[tuple[object, object]]:
    """What the message itself, its tree and its thread say of who wrote it."""
    alone = seen(person, f"messages/{reply.pk}")
    in_its_tree = next(m for m in seen(person, f"trees/{reply.tree_id}")["messages"] if m["id"] == str(reply.pk))
    return [(message["synthetic"], message["model_name"]) for message in (alone, in_its_tree)]


def test_a_volunteer_can_t_look_it_up_while_the_replies_are_ranked(reply: Message) -> None:
    assert builders.state_of(reply) == State.RANKING
    assert shown_to(builders.person(), reply) == [(None, None), (None, None)]


def test_moderators_know(reply: Message) -> None:
    assert shown_to(builders.moderator(), reply) == [(True, "a-model"), (True, "a-model")]


def test_everybody_knows_when_the_tree_is_settled(reply: Message) -> None:
    Tree.objects.filter(pk=reply.tree_id).update(archived=True)
    assert shown_to(builders.person(), reply) == [(True, "a-model"), (True, "a-model")]
