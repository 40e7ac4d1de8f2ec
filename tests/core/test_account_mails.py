"""The mails around an account are in our words and in the language of whoever asked for them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from oa.accounts.models import User

EMAIL, PASSWORD = "new@example.org", "correct horse battery"
CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.MULTILINE)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    cache.clear()


def ask(path: str, lang: str, **body: str) -> str:
    """What the one mail says that this request sends: its subject, then its text."""
    Client().post(
        f"/_allauth/browser/v1/auth/{path}", body, content_type="application/json", headers={"Accept-Language": lang}
    )
    (sent,) = mail.outbox
    return f"{sent.subject}\n{sent.body}"


def test_joining_by_link() -> None:
    said = ask("signup", "ar", email=EMAIL, password=PASSWORD)

    assert said.startswith("أكّد عنوان بريدك الإلكتروني\nسُجّل هذا العنوان في oa على localhost:8000.\n")
    assert "\nhttp://localhost:8000/account/verify-email/" in said


def test_joining_by_code(settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION, settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = "mandatory", True

    said = ask("signup", "fr-CA", email=EMAIL, password=PASSWORD)

    assert said.startswith("Confirmez votre adresse e-mail\n")
    assert CODE.search(said)


def test_joining_twice(settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    User.objects.create_user(EMAIL, PASSWORD)

    said = ask("signup", "es", email=EMAIL, password=PASSWORD)

    assert said.startswith("Ya tienes una cuenta\n")
    assert "\nhttp://localhost:8000/account/password/reset\n" in said


def test_a_forgotten_password() -> None:
    User.objects.create_user(EMAIL, PASSWORD)

    said = ask("password/request", "de", email=EMAIL)

    assert said.startswith("Dein Code für ein neues Passwort\n")
    assert CODE.search(said)


def test_a_forgotten_address() -> None:
    said = ask("password/request", "ja", email="nobody@example.org")

    assert said.startswith("このアドレスのアカウントはありません\n")
    assert "\nhttp://localhost:8000/account/signup\n" in said
