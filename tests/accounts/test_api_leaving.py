"""Taking all one's data along, and closing one's account."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.test import Client
from rest_framework.test import APIClient

from oa.accounts import actions as accounts
from oa.accounts.models import ApiToken, User
from oa.accounts.rules import Scope
from oa.community import actions as community
from oa.community.models import Member
from oa.community.rules import Emoji
from oa.core.errors import Forbidden
from oa.moderation import actions as moderation
from oa.moderation.jobs import erase_texts_of_leavers
from oa.moderation.models import Decision
from oa.stats.models import ABOUT
from oa.tasks import actions as tasks
from oa.tasks.models import Draft, Task
from oa.tasks.rules import Kind
from tests import builders as b

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
PASSWORD = "correct horse battery"
# What is known of people in these tables is about what they did as moderators, or is shown through another table.
NOT_TOLD = {
    "accounts.User", "admin.LogEntry", "authtoken.Token", "community.Tally", "community.Total", "datasets.ImportRun",
    "datasets.Release", "mfa.Authenticator",
    "moderation.Batch", "moderation.Case", "moderation.Decision", "moderation.Doubt", "moderation.Letter",
    "moderation.Note", "moderation.Purge", "screening.ToxicityScore", "socialaccount.SocialAccount",
    "trees.MessageRevision", "trees.PolicyVersion", "trees.TreeEvent",
}  # fmt: skip


@pytest.fixture
def me() -> User:
    b.policy()
    person = b.person("Somebody", topics=["cooking"])
    person.set_password(PASSWORD)
    person.save()
    return person


def leave(client: Client, texts: str = "keep", password: str = PASSWORD) -> Any:
    return client.post("/api/v1/me/leave", {"password": password, "texts": texts}, content_type="application/json")


@pytest.fixture
def mine(me: User) -> Client:
    client = Client()
    client.force_login(me)
    return client


def test_my_data_is_one_file_with_everything_i_did(me: User, mine: Client) -> None:
    message = b.answer(b.growing(), by=me, text="My own words")
    b.review(b.plant(), by=me)
    task = b.sit(b.growing(), Kind.ASSISTANT_REPLY, by=me)
    tasks.save_draft(task_id=task.pk, content={"text": "Half a"}, revision=None, by=me, now=b.NOW)

    answer = mine.get("/api/v1/me/data")

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    data = json.loads(answer.content)
    assert data["profile"]["display_name"] == "Somebody"
    assert [(line["id"], line["text"]) for line in data["trees.Message"]] == [(str(message.pk), "My own words")]
    assert len(data["reviews.Review"]) == 1
    assert data["tasks.Draft"][0]["content"] == {"text": "Half a"}
    assert "password" not in answer.content.decode()
    assert "label_sums" not in answer.content.decode()


def test_there_is_nothing_of_others_in_it(me: User, mine: Client) -> None:
    other = b.answer(b.growing(), text="Their words")
    b.review(other, by=me)

    assert "Their words" not in mine.get("/api/v1/me/data").content.decode()


def test_flags_and_skips_are_for_moderators_only_here_too(me: User, mine: Client) -> None:
    message = b.answer(b.growing(), by=me)
    community.react(message_id=message.pk, emoji=Emoji.RED_FLAG, by=b.person(), now=b.NOW)

    assert "red_flag" not in mine.get("/api/v1/me/data").content.decode()


def test_what_was_asked_before_somebody_left_gives_them_no_name_and_no_place_back(me: User) -> None:
    """Another of their tabs, whose request began while they still were somebody."""
    before = User.objects.get(pk=me.pk)
    moderation.leave(password=PASSWORD, erases_texts=False, by=me, now=b.NOW)

    with pytest.raises(Forbidden, match="disabled"):
        accounts.change_profile(by=before, now=b.NOW, display_name="Still here")
    with pytest.raises(Forbidden, match="disabled"):
        accounts.make_token(name="bot", scopes=[Scope.READ], days=1, by=before, now=b.NOW)
    with pytest.raises(Forbidden, match="disabled"):
        community.change_preferences(by=before, now=b.NOW, show_on_boards=True, digest="daily")
    assert User.objects.get(pk=me.pk).display_name == ""
    assert not Member.objects.get(pk=me.pk).show_on_boards


def test_every_table_that_knows_people_is_told_or_known_not_to_be() -> None:
    knowing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if model is User or field.related_model is User
    }

    assert knowing - set(ABOUT) - NOT_TOLD == set()


def test_who_leaves_is_forgotten_and_their_texts_stay(me: User, mine: Client) -> None:
    message = b.answer(b.growing(), by=me)
    task = b.sit(b.growing(), Kind.ASSISTANT_REPLY, by=me)
    tasks.save_draft(task_id=task.pk, content={}, revision=None, by=me, now=b.NOW)
    ApiToken.objects.create(person=me, name="bot", digest="x", scopes=[], created_at=b.NOW, expires_at=b.LATER)
    EmailAddress.objects.create(user=me, email=me.email or "", verified=True, primary=True)
    elsewhere = Client()
    elsewhere.force_login(me)

    assert leave(mine).status_code == 204

    gone = User.objects.get(pk=me.pk)
    assert (gone.email, gone.display_name, gone.topics, gone.is_active) == (None, "", [], False)
    assert gone.left_at is not None
    assert mine.get("/api/v1/me").status_code == 401
    assert elsewhere.get("/api/v1/me").status_code in (401, 403)
    for model in (ApiToken, Draft, EmailAddress):
        assert not model._default_manager.exists()
    assert not Task.objects.held_by(me.pk).exists()
    assert not b.fresh(message).deleted
    assert b.broken_promises() == []


def test_the_address_may_be_used_again(me: User, mine: Client) -> None:
    leave(mine)
    answer = Client().post(
        "/_allauth/browser/v1/auth/signup", {"email": me.email, "password": PASSWORD}, content_type="application/json"
    )

    assert answer.status_code == 200


def test_texts_nobody_has_replied_to_go_along_if_wished(me: User, mine: Client) -> None:
    answered, lonely = b.growing(by=me), b.plant(by=me)
    b.answer(answered)
    assert leave(mine, "delete").status_code == 204

    for message in (answered, lonely):
        moderation.erase_text(message_id=message.pk, now=b.NOW)

    assert not b.fresh(answered).deleted
    assert b.fresh(lonely).deleted
    assert Decision.objects.get().by is None
    assert b.broken_promises() == []


def test_a_round_finds_them_by_itself_and_nobody_elses(me: User, mine: Client) -> None:
    lonely, others = b.plant(by=me), b.plant()
    leave(mine, "delete")

    erase_texts_of_leavers()

    assert (b.fresh(lonely).deleted, b.fresh(others).deleted) == (True, False)


def test_a_wrong_password_or_wish_closes_nothing(me: User, mine: Client) -> None:
    wrong = leave(mine, password="guess guess")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_password")
    assert leave(mine, "burn").status_code == 422
    assert User.objects.get(pk=me.pk).is_active


def test_the_only_administrator_stays(me: User, mine: Client) -> None:
    User.objects.filter(pk=me.pk).update(role="admin")

    alone = leave(mine)
    assert (alone.status_code, alone.json()["code"]) == (409, "only_administrator")
    b.admin()
    assert leave(mine).status_code == 204
    assert User.objects.get(pk=me.pk).role == "volunteer"


def test_nobody_tries_many_passwords(me: User, mine: Client, settings: Any) -> None:
    settings.THROTTLES = "password_guesses=2/900"

    tries = [leave(mine, password="wrong").status_code for _ in range(3)]
    refused = leave(mine)

    assert tries == [403, 403, 429]
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert int(refused["Retry-After"]) > 800
    assert User.objects.get(pk=me.pk).is_active
