"""What administrators and moderators can do to accounts by hand, and what they can't."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from oa.accounts import actions
from oa.accounts.models import Terms, User
from oa.accounts.rules import Role, Scope
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ["user", "terms", "consent", "apitoken"])
def test_the_lists_open(client: Client, cast: Cast, model: str) -> None:
    actions.make_token(name="bot", scopes=[Scope.READ], days=1, by=cast.alice, now=timezone.now())
    client.force_login(cast.mona)

    assert client.get(reverse(f"admin:accounts_{model}_changelist")).status_code == 200


@pytest.mark.parametrize("model", ["task", "draft", "waiter", "languagedesk"])
def test_the_lists_of_tasks_open(client: Client, cast: Cast, model: str) -> None:
    client.force_login(cast.mona)

    assert client.get(reverse(f"admin:tasks_{model}_changelist")).status_code == 200


def test_nobody_makes_themselves_an_administrator(client: Client, cast: Cast) -> None:
    client.force_login(cast.mona)

    answer = client.post(reverse("admin:accounts_user_change", args=[cast.mona.pk]), {"role": Role.ADMIN})

    assert answer.status_code == 403
    assert User.objects.get(pk=cast.mona.pk).role == Role.MODERATOR


def test_the_page_of_a_person_does_not_show_their_password(client: Client, cast: Cast) -> None:
    client.force_login(cast.mona)

    answer = client.get(reverse("admin:accounts_user_change", args=[cast.alice.pk]))

    assert answer.status_code == 200
    assert cast.alice.password not in answer.content.decode()
    assert "alice@example.org" in answer.content.decode()


def test_administrators_publish_new_terms(client: Client, cast: Cast) -> None:
    client.force_login(cast.ada)

    answer = client.post(reverse("admin:accounts_terms_add"), {"text": "Be kinder."})

    assert answer.status_code == 302
    newest = Terms.objects.current()
    assert newest is not None
    assert (newest.version, newest.text) == (2, "Be kinder.")


def test_moderators_publish_none(client: Client, cast: Cast) -> None:
    client.force_login(cast.mona)

    assert client.post(reverse("admin:accounts_terms_add"), {"text": "Obey."}).status_code == 403
    assert Terms.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "admin:accounts_user_changelist?password__startswith=argon2",
        "admin:accounts_apitoken_changelist?digest__startswith=a",
        "admin:tasks_draft_changelist?content__icontains=a",
    ],
)
def test_what_is_not_shown_cannot_be_guessed_letter_by_letter(client: Client, cast: Cast, address: str) -> None:
    client.force_login(cast.mona)
    name, _mark, query = address.partition("?")

    assert client.get(f"{reverse(name)}?{query}").status_code == 400


def test_a_nul_character_in_the_address_of_a_list_is_refused(client: Client, cast: Cast) -> None:
    client.force_login(cast.mona)

    assert client.get(reverse("admin:accounts_user_changelist"), {"role__exact": "\0"}).status_code == 400
