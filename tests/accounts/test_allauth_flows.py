"""Signing up, confirming an address, forgetting and changing a password: as the web app relies on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from oa.accounts.models import User

pytestmark = pytest.mark.django_db

BASE = "/_allauth/browser/v1"
EMAIL, PASSWORD, OTHER = "new@example.org", "correct horse battery", "another horse battery"


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    cache.clear()


@pytest.fixture
def by_code(settings: Any) -> None:
    """As in production: nobody gets in before their address is confirmed."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = settings.ACCOUNT_CHANGE_EMAIL = True


class Browser:
    def __init__(self) -> None:
        self.client = Client()

    def send(self, method: str, path: str, body: Mapping[str, object] | None = None, key: str = "") -> Any:
        headers = {"X-Email-Verification-Key": key} if key else {}
        more = {} if body is None else {"data": body, "content_type": "application/json"}
        return getattr(self.client, method)(BASE + path, headers=headers, **more)

    def sign_up(self) -> Any:
        return self.send("post", "/auth/signup", {"email": EMAIL, "password": PASSWORD})

    def sign_in(self, password: str = PASSWORD, email: str = EMAIL) -> Any:
        return self.send("post", "/auth/login", {"email": email, "password": password})

    def addresses(self) -> Any:
        return self.send("get", "/account/email").json()["data"]


@pytest.fixture
def visitor() -> Browser:
    return Browser()


def code_in_mail() -> str:
    found = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def key_in_mail() -> str:
    found = re.search(r"http://localhost:8000/account/verify-email/(\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return unquote(found[1])


def pending(answer: Any) -> list[str]:
    """What must be done next; only an answer 401 says it."""
    assert answer.status_code == 401, answer.content
    return [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]


def refusal(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.content
    return [(error["code"], error.get("param", "")) for error in answer.json()["errors"]]


def test_a_local_site_lets_people_in_at_once_and_mails_them_a_link(visitor: Browser) -> None:
    answer = visitor.sign_up()

    assert (answer.status_code, answer.json()["meta"]) == (200, {"is_authenticated": True})
    assert visitor.addresses() == [{"email": EMAIL, "verified": False, "primary": True}]
    key = key_in_mail()
    shown = visitor.send("get", "/auth/email/verify", key=key)
    assert shown.json()["data"]["email"] == EMAIL
    assert visitor.send("post", "/auth/email/verify", {"key": key}).status_code == 200
    assert visitor.addresses()[0]["verified"] is True
    assert refusal(visitor.send("post", "/auth/email/verify", {"key": key})) == [("invalid_or_expired_key", "key")]


def test_the_link_may_be_opened_in_another_browser(visitor: Browser) -> None:
    visitor.sign_up()

    assert pending(Browser().send("post", "/auth/email/verify", {"key": key_in_mail()})) == []
    assert visitor.addresses()[0]["verified"] is True


@pytest.mark.usefixtures("by_code")
def test_elsewhere_the_address_is_confirmed_by_a_code_first(visitor: Browser) -> None:
    assert pending(visitor.sign_up()) == ["verify_email"]
    code = code_in_mail()

    assert refusal(visitor.send("post", "/auth/email/verify", {"key": "AAAA-AAAA"})) == [("incorrect_code", "key")]
    typed = visitor.send("post", "/auth/email/verify", {"key": code.replace("-", "").lower()})
    assert (typed.status_code, typed.json()["data"]["user"]["email"]) == (200, EMAIL)


@pytest.mark.usefixtures("by_code")
def test_a_code_can_be_had_again_after_a_moment(visitor: Browser) -> None:
    visitor.sign_up()
    assert visitor.send("post", "/auth/email/verify/resend").status_code == 429
    cache.clear()  # a moment passes

    assert visitor.send("post", "/auth/email/verify/resend").status_code == 200
    assert visitor.send("post", "/auth/email/verify", {"key": code_in_mail()}).status_code == 200


@pytest.mark.usefixtures("by_code")
def test_a_code_can_be_guessed_three_times(visitor: Browser) -> None:
    visitor.sign_up()
    tries = [visitor.send("post", "/auth/email/verify", {"key": "AAAA-AAAA"}).status_code for _ in range(4)]

    assert tries == [400, 400, 400, 409]
    cache.clear()
    assert pending(visitor.sign_in()) == ["verify_email"]
    assert visitor.send("post", "/auth/email/verify", {"key": code_in_mail()}).status_code == 200


@pytest.mark.usefixtures("by_code")
def test_nobody_learns_whether_an_address_is_known(visitor: Browser) -> None:
    User.objects.create_user(EMAIL, PASSWORD)

    assert pending(visitor.sign_up()) == ["verify_email"]
    assert mail.outbox[-1].subject == "You have an account already"


def test_bad_sign_ups_say_what_is_wrong_and_where(visitor: Browser) -> None:
    found = refusal(visitor.send("post", "/auth/signup", {"email": "b", "password": "1"}))

    assert ("invalid", "email") in found
    assert ("password_too_short", "password") in found
    visitor.sign_up()
    assert refusal(Browser().sign_up()) == [("email_taken", "email")]


def test_signing_in_and_out(visitor: Browser) -> None:
    User.objects.create_user(EMAIL, PASSWORD)

    assert refusal(visitor.sign_in("guess guess guess")) == [("email_password_mismatch", "password")]
    assert visitor.sign_in().status_code == 200
    assert visitor.sign_in().status_code == 409
    assert pending(visitor.send("delete", "/auth/session")) == []
    assert pending(visitor.send("get", "/auth/session")) == []


def test_a_forgotten_password_is_replaced_by_a_code(visitor: Browser) -> None:
    User.objects.create_user(EMAIL, PASSWORD)

    assert pending(visitor.send("post", "/auth/password/request", {"email": EMAIL})) == ["password_reset_by_code"]
    code = code_in_mail()
    wrong = {"key": "AAAA-AAAA", "password": OTHER}
    assert refusal(visitor.send("post", "/auth/password/reset", wrong)) == [("incorrect_code", "key")]
    weak = {"key": code, "password": "12345678"}
    assert refusal(visitor.send("post", "/auth/password/reset", weak)) == [("password_too_common", "password")]
    assert pending(visitor.send("post", "/auth/password/reset", {"key": code, "password": OTHER})) == []
    assert visitor.sign_in(OTHER).status_code == 200


def test_asking_for_the_password_of_nobody_looks_the_same(visitor: Browser) -> None:
    asked = visitor.send("post", "/auth/password/request", {"email": "nobody@example.org"})

    assert pending(asked) == ["password_reset_by_code"]


def test_a_password_is_changed_and_other_browsers_are_signed_out(visitor: Browser) -> None:
    User.objects.create_user(EMAIL, PASSWORD)
    elsewhere = Browser()
    elsewhere.sign_in()
    visitor.sign_in()

    wrong = visitor.send("post", "/account/password/change", {"current_password": "x", "new_password": OTHER})
    assert refusal(wrong) == [("enter_current_password", "current_password")]
    done = visitor.send("post", "/account/password/change", {"current_password": PASSWORD, "new_password": OTHER})
    assert done.status_code == 200
    assert visitor.client.get("/api/v1/me").status_code == 200
    assert elsewhere.client.get("/api/v1/me").status_code == 401


def change_address(visitor: Browser) -> Any:
    cache.clear()  # a mail has gone out a moment ago
    asked = visitor.send("post", "/account/email", {"email": "other@example.org"})
    assert asked.status_code == 200, asked.content
    assert mail.outbox[-1].to == ["other@example.org"]
    assert visitor.client.get("/api/v1/me").json()["email"] == EMAIL
    return asked.json()["data"]


def test_a_new_address_is_confirmed_made_the_main_one_and_the_old_one_dropped(visitor: Browser) -> None:
    visitor.sign_up()
    new = {"email": "other@example.org"}

    assert {**new, "verified": False, "primary": False} in change_address(visitor)
    assert visitor.send("post", "/auth/email/verify", {"key": key_in_mail()}).status_code == 200
    assert visitor.send("patch", "/account/email", {**new, "primary": True}).status_code == 200
    assert visitor.send("delete", "/account/email", {"email": EMAIL}).status_code == 200

    assert visitor.addresses() == [{**new, "verified": True, "primary": True}]
    assert visitor.client.get("/api/v1/me").json()["email"] == "other@example.org"


@pytest.mark.usefixtures("by_code")
def test_where_addresses_are_always_confirmed_the_new_one_takes_the_old_ones_place(visitor: Browser) -> None:
    visitor.sign_up()
    visitor.send("post", "/auth/email/verify", {"key": code_in_mail()})

    assert {"email": "other@example.org", "verified": False, "primary": False} in change_address(visitor)
    assert visitor.send("post", "/auth/email/verify", {"key": code_in_mail()}).status_code == 200

    assert visitor.addresses() == [{"email": "other@example.org", "verified": True, "primary": True}]


def test_a_new_address_can_be_thought_better_of(visitor: Browser) -> None:
    visitor.sign_up()
    change_address(visitor)

    answer = visitor.send("delete", "/account/email", {"email": "other@example.org"})
    assert answer.json()["data"] == [{"email": EMAIL, "verified": False, "primary": True}]


def test_a_write_that_does_not_come_from_our_page_is_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(f"{BASE}/auth/login", {"email": EMAIL, "password": PASSWORD}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert client.post("/admin/login/").headers["Content-Type"].startswith("text/html")
