"""People over HTTP: signing in, one's own profile, consent, tokens and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts import actions
from oa.accounts.models import ApiToken, Consent, Terms, User
from oa.accounts.rules import Scope
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
PASSWORD = "correct horse battery"


def code(answer: object) -> str:
    return str(answer.json()["code"])  # type: ignore[attr-defined]  # the test client adds it


def test_somebody_signs_up_signs_in_accepts_the_terms_and_gets_to_work(terms: Terms) -> None:
    """As a browser does it: session cookie, CSRF token, nothing skipped."""
    browser = Client(enforce_csrf_checks=True)
    browser.get("/_allauth/browser/v1/config")
    token = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    joined = browser.post(
        "/_allauth/browser/v1/auth/signup",
        {"email": "new@example.org", "password": PASSWORD},
        content_type="application/json",
        headers=token,
    )
    assert joined.status_code == 200, joined.content

    browser.delete("/_allauth/browser/v1/auth/session", headers={"X-CSRFToken": browser.cookies["csrftoken"].value})
    assert code(browser.get("/api/v1/me")) == "not_signed_in"
    browser.get("/_allauth/browser/v1/config")
    back = browser.post(
        "/_allauth/browser/v1/auth/login",
        {"email": "new@example.org", "password": PASSWORD},
        content_type="application/json",
        headers={"X-CSRFToken": browser.cookies["csrftoken"].value},
    )
    assert back.status_code == 200, back.content

    without = browser.post("/api/v1/tasks/next", {}, content_type="application/json")
    assert (without.status_code, code(without)) == (403, "csrf_failed")
    token = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    early = browser.post("/api/v1/tasks/next", {}, content_type="application/json", headers=token)
    assert (early.status_code, code(early)) == (403, "terms_not_accepted")
    version = browser.get("/api/v1/terms").json()["version"]
    given = browser.post("/api/v1/me/consents", {"version": version}, content_type="application/json", headers=token)
    assert given.status_code == 201
    task = browser.post("/api/v1/tasks/next", {}, content_type="application/json", headers=token).json()["task"]
    assert task["kind"] == "initial_prompt"


def test_a_wrong_password_is_no_sign_in(cast: Cast) -> None:
    browser = Client()
    answer = browser.post(
        "/_allauth/browser/v1/auth/login",
        {"email": cast.alice.email, "password": "guess guess guess"},
        content_type="application/json",
    )

    assert answer.status_code == 400
    assert browser.get("/api/v1/me").status_code == 401


def test_who_am_i(cast: Cast, api_client_for: SignIn) -> None:
    me = api_client_for(cast.alice).get("/api/v1/me").json()

    assert (me["email"], me["display_name"], me["role"]) == ("alice@example.org", "Alice", "volunteer")
    assert me["terms"] == {"accepted": 1, "current": 1}
    assert "password" not in me


def test_a_profile_is_changed_by_name(cast: Cast, api_client_for: SignIn) -> None:
    me = api_client_for(cast.alice).patch("/api/v1/me", {"languages": ["PT-br", "en"], "time_zone": "Europe/Berlin"})

    assert me.json()["languages"] == ["pt-BR", "en"]
    assert (me.json()["time_zone"], me.json()["display_name"]) == ("Europe/Berlin", "Alice")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"languages": []}, "bad_languages"),
        ({"languages": ["klingon!"]}, "unknown_language"),
        ({"languages": "en"}, "invalid_input"),
        ({"languages": [7.5, {}]}, "invalid_input"),
        ({"time_zone": "Mars/Base"}, "unknown_time_zone"),
        ({"time_zone": "../etc/passwd"}, "unknown_time_zone"),
        ({"display_name": "a" * 81}, "invalid_input"),
        ({"display_name": "a\u202eb"}, "bad_display_name"),
        ({"topics": ["x" * 41]}, "invalid_input"),
        ({"ui_language": "tlh"}, "invalid_input"),
        ({"onboarded": "perhaps"}, "invalid_input"),
        (["languages"], "invalid_input"),
    ],
)
def test_a_bad_profile_changes_nothing(cast: Cast, api_client_for: SignIn, change: object, expected: str) -> None:
    answer = api_client_for(cast.alice).patch("/api/v1/me", change)

    assert (answer.status_code, code(answer)) == (422, expected)
    kept = User.objects.get(pk=cast.alice.pk)
    assert (kept.display_name, kept.languages, kept.time_zone) == ("Alice", ["en"], "UTC")


def test_the_language_of_the_pages_is_chosen_and_forgotten(cast: Cast, api_client_for: SignIn) -> None:
    alice = api_client_for(cast.alice)
    assert alice.get("/api/v1/me").json()["ui_language"] == ""

    assert alice.patch("/api/v1/me", {"ui_language": "zh-Hans"}).json()["ui_language"] == "zh-Hans"
    assert alice.patch("/api/v1/me", {"ui_language": ""}).json()["ui_language"] == ""


def test_the_examples_are_seen_once_and_wished_for_again(cast: Cast, api_client_for: SignIn) -> None:
    alice = api_client_for(cast.alice)
    assert alice.get("/api/v1/me").json()["onboarded_at"] is None

    first = alice.patch("/api/v1/me", {"onboarded": True}).json()["onboarded_at"]
    assert first is not None
    assert alice.patch("/api/v1/me", {"onboarded": True, "topics": ["cooking"]}).json()["onboarded_at"] == first
    assert alice.patch("/api/v1/me", {"topics": []}).json()["onboarded_at"] == first
    assert alice.patch("/api/v1/me", {"onboarded": False}).json()["onboarded_at"] is None


def test_nobody_gives_themselves_a_role(cast: Cast, api_client_for: SignIn) -> None:
    api_client_for(cast.alice).patch("/api/v1/me", {"role": "admin", "is_superuser": True, "display_name": "A"})

    kept = User.objects.get(pk=cast.alice.pk)
    assert (kept.role, kept.is_superuser, kept.display_name) == ("volunteer", False, "A")


def test_consent_is_taken_back_and_given_again(cast: Cast, api_client_for: SignIn) -> None:
    alice = api_client_for(cast.alice)

    alice.post("/api/v1/me/consents", {"version": 1, "given": False})
    assert alice.get("/api/v1/me").json()["terms"]["accepted"] is None
    alice.post("/api/v1/me/consents", {"version": 1})

    assert list(Consent.objects.filter(person=cast.alice).order_by("id").values_list("given", flat=True)) == [
        True, False, True,
    ]  # fmt: skip
    other = alice.post("/api/v1/me/consents", {"version": 2})
    assert (other.status_code, code(other)) == (409, "other_terms_in_force")


def test_a_token_works_until_it_is_revoked(cast: Cast, api_client_for: SignIn) -> None:
    alice = api_client_for(cast.alice)
    made = alice.post("/api/v1/me/tokens", {"name": "bot", "scopes": ["read"], "days": 7}).json()
    program = APIClient(headers={"Authorization": f"Bearer {made['secret']}"})

    assert program.get("/api/v1/me").json()["display_name"] == "Alice"
    assert made["secret"] not in str(ApiToken.objects.values_list().get())
    assert alice.get("/api/v1/me/tokens").json()["results"][0]["name"] == "bot"
    assert alice.delete(f"/api/v1/me/tokens/{made['id']}").status_code == 204
    answer = program.get("/api/v1/me")
    assert (answer.status_code, code(answer)) == (401, "bad_credentials")


def token_of(person: User, *scopes: Scope) -> APIClient:
    _token, secret = actions.make_token(name="bot", scopes=scopes, days=1, by=person, now=timezone.now())
    return APIClient(headers={"Authorization": f"Bearer {secret}"})


def test_a_token_may_do_what_its_scopes_say_and_no_more(cast: Cast) -> None:
    reader, worker = token_of(cast.alice, Scope.READ), token_of(cast.alice, Scope.WORK)

    assert reader.get("/api/v1/tasks").status_code == 200
    assert code(reader.post("/api/v1/tasks/next", {})) == "scope_missing"
    assert worker.post("/api/v1/tasks/next", {}).status_code == 200
    assert code(worker.get("/api/v1/tasks")) == "scope_missing"
    assert code(reader.patch("/api/v1/me", {"display_name": "Robot"})) == "not_with_a_token"
    assert code(worker.post("/api/v1/me/tokens", {"name": "x", "scopes": ["work"]})) == "not_with_a_token"


def test_an_expired_token_is_none(cast: Cast) -> None:
    client = token_of(cast.alice, Scope.READ)
    ApiToken.objects.update(
        created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(days=1)
    )

    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer oa_nonsense", "Bearer oa_\xe9", "bearer " + "x" * 9999]
)
def test_nonsense_for_a_token_is_refused(cast: Cast, header: str) -> None:
    answer = APIClient().get("/api/v1/me", headers={"Authorization": header})

    assert (answer.status_code, code(answer)) == (401, "bad_credentials")


def test_the_token_of_somebody_disabled_says_so(cast: Cast) -> None:
    client = token_of(cast.alice, Scope.READ)
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)

    answer = client.get("/api/v1/me")
    assert (answer.status_code, code(answer)) == (403, "disabled")


def test_volunteers_make_no_tokens_for_moderators(cast: Cast, api_client_for: SignIn) -> None:
    answer = api_client_for(cast.alice).post("/api/v1/me/tokens", {"name": "x", "scopes": ["moderate"]})

    assert (answer.status_code, code(answer)) == (403, "moderators_only")
    assert not ApiToken.objects.exists()
