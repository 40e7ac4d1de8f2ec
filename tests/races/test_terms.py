"""New terms are published while people accept the old ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from oa.accounts import actions
from oa.accounts.models import Terms, User
from tests import builders as b
from tests.races.crowd import together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def accepting(person: User, version: int) -> Callable[[], object]:
    return lambda: actions.accept_terms(version=version, by=person, now=timezone.now())


def publishing() -> object:
    return actions.publish_terms(text="Be kinder.", now=timezone.now())


def test_nobody_is_left_with_an_old_version() -> None:
    """Each either accepted in time, and is asked again, or is told that other terms are in force."""
    people = [b.person(terms_version=None) for _ in range(5)]
    actions.publish_terms(text="Be kind.", now=timezone.now())
    for version in range(1, ROUNDS + 1):
        acts: list[Callable[[], object]] = [accepting(person, version) for person in people]
        acts.insert(2, publishing)

        together(*acts)

        assert Terms.objects.count() == version + 1
        assert set(User.objects.values_list("terms_version", flat=True)) == {None}


def test_two_publish_at_once_and_both_are_kept() -> None:
    publishing()
    together(publishing, publishing)

    assert list(Terms.objects.order_by("version").values_list("version", flat=True)) == [1, 2, 3]
