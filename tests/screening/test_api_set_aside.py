"""Moderators see the texts that a machine failed on, and can have it try again."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.screening import actions
from oa.screening.models import Due
from oa.screening.rules import Check
from oa.trees import actions as trees
from oa.trees.models import Message
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]


@pytest.fixture
def message(cast: Cast) -> Message:
    planted = trees.start_tree(text="Difficult " * 100, lang="en", by=cast.alice, now=timezone.now(), rng=Random(1))
    Due.objects.filter(message=planted, kind=Check.TOXICITY).update(set_aside=True, tries=5, error="RuntimeError: no")
    return planted


def test_they_are_listed_with_their_errors(message: Message, cast: Cast, api_client_for: ClientFor) -> None:
    found = api_client_for(cast.mona).get("/api/v1/moderation/set-aside").json()
    (row,) = found["results"]
    assert (row["kind"], row["message_id"], row["tree_id"]) == ("toxicity", str(message.pk), str(message.tree_id))
    assert (row["lang"], row["tries"], row["error"]) == ("en", 5, "RuntimeError: no")
    assert row["excerpt"].startswith("Difficult")
    assert len(row["excerpt"]) == 200
    assert found["next_cursor"] is None


def test_one_tried_again_is_on_the_list_as_if_it_were_new(
    message: Message, cast: Cast, api_client_for: ClientFor
) -> None:
    client = api_client_for(cast.mona)
    (row,) = client.get("/api/v1/moderation/set-aside").json()["results"]
    for _ in range(2):  # again changes nothing
        assert client.post(f"/api/v1/moderation/set-aside/{row['id']}/retry").status_code == 204
    assert client.get("/api/v1/moderation/set-aside").json()["results"] == []
    (item,) = actions.claim(kind=Check.TOXICITY, most=9, now=timezone.now())
    assert (item.message_id, item.tries) == (message.pk, 1)


def test_trying_again_leaves_a_claim_alone(message: Message, cast: Cast, api_client_for: ClientFor) -> None:
    client = api_client_for(cast.mona)
    (row,) = client.get("/api/v1/moderation/set-aside").json()["results"]
    client.post(f"/api/v1/moderation/set-aside/{row['id']}/retry")
    actions.claim(kind=Check.TOXICITY, most=9, now=timezone.now())
    client.post(f"/api/v1/moderation/set-aside/{row['id']}/retry")
    assert Due.objects.get(pk=row["id"]).tries == 1


@pytest.mark.parametrize("number", [1, 2**63 - 1, 10**30])
def test_there_is_no_trying_what_is_not_there(cast: Cast, api_client_for: ClientFor, number: int) -> None:
    answer = api_client_for(cast.mona).post(f"/api/v1/moderation/set-aside/{number}/retry")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_text")
