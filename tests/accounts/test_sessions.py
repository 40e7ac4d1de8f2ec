"""Whoever is signed in stays so until they or somebody in charge end it, and then at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oa.accounts.models import User
from oa.accounts.views import sessions
from tests import builders as b

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seen")]
NOWHERE = "unix:///nowhere/valkey.sock"


@pytest.fixture
def person() -> User:
    return b.people(1)[0]


@pytest.fixture
def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(params=["first seen", "seen before"])
def seen(request: pytest.FixtureRequest, browser: Client) -> None:
    """A process that has seen a session brings its person along with it, by a guess; nothing else may differ."""
    sessions._owners.clear()
    if request.param == "seen before":
        assert is_known(browser)


def is_known(browser: Client) -> bool:
    return browser.get("/api/v1/me").status_code == 200


def test_a_session_is_known_again(browser: Client, person: User) -> None:
    assert browser.get("/api/v1/me").json()["id"] == str(person.pk)


def test_it_ends_with_signing_out_also_for_who_kept_the_cookie(browser: Client) -> None:
    kept = browser.cookies["sessionid"].value
    browser.delete("/_allauth/browser/v1/auth/session")
    browser.cookies["sessionid"] = kept

    assert not is_known(browser)


def test_it_ends_with_a_new_password(browser: Client, person: User) -> None:
    assert is_known(browser)
    person.set_password("another horse battery")
    person.save()

    assert not is_known(browser)
    assert not Session.objects.exists(), "what no longer counts is not kept"


def test_it_ends_with_being_shut_out(browser: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert browser.get("/api/v1/me").status_code == 403


def test_it_ends_with_the_person_and_with_its_row(browser: Client, person: User) -> None:
    other = Client()
    other.force_login(person)
    Session.objects.get(session_key=other.cookies["sessionid"].value).delete()
    assert not is_known(other)
    assert is_known(browser)

    User.objects.filter(pk=person.pk).delete()
    assert not is_known(browser)


def test_it_ends_by_itself(browser: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_known(browser)


def test_it_needs_no_redis(browser: Client) -> None:
    cache = {"default": {"BACKEND": "oa.core.cache.PatientRedisCache", "LOCATION": NOWHERE}}
    with override_settings(REDIS_URL=NOWHERE, CACHES=cache):
        assert is_known(browser)


@pytest.mark.parametrize("key", ["", "x" * 8, "a" * 32, "with\x00nul-inside-of-it-and-so-long"])
def test_a_made_up_cookie_is_nobodys(key: str) -> None:
    stranger = Client()
    stranger.cookies["sessionid"] = key

    assert not is_known(stranger)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (SESSION_KEY, "17"),
        (SESSION_KEY, 17),
        (SESSION_KEY, str(UUID(int=7, version=4))),
        (HASH_SESSION_KEY, "other"),
        (HASH_SESSION_KEY, ""),
    ],
)
def test_a_session_that_says_something_else_is_nobodys(browser: Client, name: str, value: str) -> None:
    session = browser.session
    session[name] = value
    session.save()

    assert not is_known(browser)


@override_settings(SECRET_KEY="another-secret-that-has-come-since" * 3)
def test_a_secret_that_was_replaced_still_counts_while_it_is_named(person: User) -> None:
    with override_settings(SECRET_KEY="the-secret-of-before" * 3):
        browser = Client()
        browser.force_login(person)
    with override_settings(SECRET_KEY_FALLBACKS=["the-secret-of-before" * 3]):
        assert is_known(browser)
    assert is_known(browser), "by then the session has been signed with the new one"


def test_a_session_and_its_person_take_one_statement(browser: Client) -> None:
    is_known(browser)
    with CaptureQueriesContext(connection) as asked:
        is_known(browser)

    assert len([query for query in asked if "django_session" in query["sql"] or "accounts_user" in query["sql"]]) == 1


def test_a_wrong_guess_whose_it_is_changes_nothing(browser: Client, person: User) -> None:
    sessions._owners[browser.cookies["sessionid"].value] = b.people(1)[0].pk

    assert browser.get("/api/v1/me").json()["id"] == str(person.pk)
