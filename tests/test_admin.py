"""Every table has a page in the admin, and every page opens, however many rows there are."""

from __future__ import annotations

import uuid

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oa.accounts.models import User
from oa.community import actions as community
from oa.community.models import ActiveDay, Award, Entry, Member, Notice, Reaction, Tally, Total
from oa.community.rules import Emoji
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.rankings.models import Ballot, GroupRanking
from oa.reviews.models import Review
from oa.screening.models import ToxicityScore
from oa.trees.models import Message, MessageRevision, PolicyVersion, Tree, TreeEvent
from oa.trees.rules import State
from tests import builders

pytestmark = pytest.mark.django_db

OURS = [model for config in apps.get_app_configs() if config.name.startswith("oa.") for model in config.get_models()]
LOOKED_AT: list[type[Model]] = [
    PolicyVersion, Tree, Message, MessageRevision, TreeEvent, Review, Ballot, GroupRanking, ToxicityScore, Decision,
    Entry, Total, Tally, Notice, Reaction, Member, ActiveDay, Award,
]  # fmt: skip


@pytest.fixture
def moderator() -> User:
    return builders.moderator()


@pytest.fixture
def browser(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def a_finished_tree(moderator: User) -> None:
    """A tree with at least one row in each table."""
    root = builders.ready()
    scores = dict.fromkeys(
        ("toxicity", "severe_toxicity", "obscene", "identity_attack", "insult", "threat", "sexual_explicit"), 0.1
    )
    ToxicityScore.objects.create(message=root, scored_at=builders.NOW, **scores)
    moderation.edit_message(
        message_id=builders.replies_to(root)[0].pk, text=f"{uuid.uuid4()}", why="Typo", by=moderator, now=builders.NOW
    )
    community.react(message_id=root.pk, emoji=Emoji.CLAP, by=moderator, now=builders.NOW)
    builders.book()


def page(model: type[Model], name: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_model_has_a_page_in_the_admin(model: type[Model]) -> None:
    assert admin.site.is_registered(model)


@pytest.mark.parametrize("model", LOOKED_AT, ids=lambda model: model.__name__)
def test_a_list_takes_no_more_statements_for_more_rows(browser: Client, moderator: User, model: type[Model]) -> None:
    builders.policy()
    taken = []
    for _ in range(2):
        a_finished_tree(moderator)
        builders.policy()
        browser.get(page(model, "changelist"))  # what is kept in the cache, is
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(page(model, "changelist"))
        assert answer.status_code == 200
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 12
    assert model._default_manager.count() >= 2


@pytest.mark.parametrize("model", LOOKED_AT, ids=lambda model: model.__name__)
def test_the_page_of_a_row_opens(browser: Client, moderator: User, model: type[Model]) -> None:
    builders.policy()
    a_finished_tree(moderator)
    row = model._default_manager.order_by("pk").first()
    assert row is not None

    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(page(model, "change", row.pk))

    assert answer.status_code == 200
    assert len(queries) <= 15


@pytest.mark.parametrize("model", [Tree, Message, Review, Ballot, Decision, Entry], ids=lambda model: model.__name__)
def test_no_row_is_added_changed_or_deleted_by_hand(client: Client, moderator: User, model: type[Model]) -> None:
    builders.policy()
    a_finished_tree(moderator)
    client.force_login(User.objects.create_superuser("root@example.org", "a password"))
    row = model._default_manager.order_by("pk").first()
    assert row is not None

    assert client.get(page(model, "add")).status_code == 403
    assert client.post(page(model, "change", row.pk), {"text": "x"}).status_code == 403
    assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_volunteers_do_not_see_the_admin(client: Client) -> None:
    client.force_login(builders.person())

    assert client.get(page(Tree, "changelist")).status_code == 302


def choose(browser: Client, model: type[Model], action: str, why: str, *rows: Model) -> list[str]:
    answer = browser.post(
        page(model, "changelist"),
        {"action": action, "why": why, "_selected_action": [row.pk for row in rows]},
        follow=True,
    )
    return [str(message) for message in answer.context["messages"]]


def test_trees_are_halted_and_resumed_with_a_reason(browser: Client, moderator: User) -> None:
    tree = builders.plant().tree

    said = choose(browser, Tree, "halt", "Off topic", tree)

    tree.refresh_from_db()
    decision = Decision.objects.get(tree=tree)
    assert tree.state == State.HALTED_BY_MODERATOR
    assert (decision.verb, decision.why, decision.by) == ("halt", "Off topic", moderator)
    assert said == ["1 decision was made."]
    choose(browser, Tree, "resume", "It is fine", tree)
    tree.refresh_from_db()
    assert tree.state == State.INITIAL_PROMPT_REVIEW


def test_messages_are_deleted_with_what_is_below_them_and_restored(browser: Client) -> None:
    builders.policy()
    root = builders.growing()
    reply = builders.answer(root)

    choose(browser, Message, "delete_with_subtree", "Nonsense", root)

    assert Message.objects.filter(pk__in=[root.pk, reply.pk], deleted=True).count() == 2
    choose(browser, Message, "restore", "My mistake", root)
    assert Message.objects.filter(pk__in=[root.pk, reply.pk], deleted=False).count() == 2


def test_a_refusal_is_shown_and_the_rest_go_on(browser: Client, moderator: User) -> None:
    halted, other = builders.plant().tree, builders.plant().tree
    moderation.halt_tree(tree_id=halted.pk, why="First", by=moderator, now=builders.NOW)

    said = choose(browser, Tree, "halt", "Second", halted, other)

    assert any("halted already" in words for words in said)
    assert "1 decision was made." in said
    other.refresh_from_db()
    assert other.state == State.HALTED_BY_MODERATOR


def test_nothing_is_decided_without_a_reason(browser: Client) -> None:
    tree = builders.plant().tree

    said = choose(browser, Tree, "halt", "  ", tree)

    assert "say why" in said[0]
    assert not Decision.objects.exists()
