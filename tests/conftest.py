"""What every test may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.utils import timezone, translation
from rest_framework.test import APIClient

from oa.accounts import actions as accounts
from oa.accounts.models import Terms, User
from oa.accounts.rules import Role


@pytest.fixture(autouse=True)
def the_language_of_the_site() -> Iterator[None]:
    """Every test begins in it: Django's test client leaves the language of its last request behind in the thread."""
    translation.deactivate()
    yield
    translation.deactivate()


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the stories told in tests. All have accepted the terms."""

    alice: User
    bob: User
    carol: User
    mona: User
    ada: User


def _person(name: str, terms: Terms, role: Role = Role.VOLUNTEER) -> User:
    person = User.objects.create_user(f"{name.lower()}@example.org", "correct horse battery", role=role)
    accounts.change_profile(by=person, now=timezone.now(), display_name=name)
    accounts.accept_terms(version=terms.version, by=person, now=timezone.now())
    return User.objects.get(pk=person.pk)


@pytest.fixture
def terms(db: None) -> Terms:
    return accounts.publish_terms(text="Be kind.", now=timezone.now())


@pytest.fixture
def cast(terms: Terms) -> Cast:
    """Alice, Bob and Carol are volunteers, Mona is a moderator, Ada an administrator."""
    return Cast(
        alice=_person("Alice", terms),
        bob=_person("Bob", terms),
        carol=_person("Carol", terms),
        mona=_person("Mona", terms, Role.MODERATOR),
        ada=_person("Ada", terms, Role.ADMIN),
    )


@pytest.fixture
def api_client_for() -> Callable[[User], APIClient]:
    """A browser in which this person is signed in. CSRF is not asked for, unlike in life."""

    def sign_in(person: User) -> APIClient:
        client = APIClient()
        client.force_login(person)
        return client

    return sign_in
