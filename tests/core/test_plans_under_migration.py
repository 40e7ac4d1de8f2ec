"""A migration under a running site: what was planned before it is planned anew, and nobody hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from django.db import NotSupportedError, connection, models, transaction
from django.db.models.functions import Concat

from oa.accounts.models import User
from oa.core.prepared import Prepared, Slot
from oa.core.verbs import verb
from tests import builders as b

pytestmark = pytest.mark.django_db(transaction=True)
PERSON: Prepared[User] = Prepared(lambda: User.objects.filter(pk=Slot("pk", models.UUIDField())))
WIDEN = "ALTER TABLE accounts_user ALTER COLUMN display_name TYPE varchar(%s)"


def migrate(width: int) -> None:
    """By another connection, as `manage.py migrate` does it."""

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute(WIDEN, [width])
        connection.close()

    other = Thread(target=work)
    other.start()
    other.join()


@pytest.fixture
def ada() -> Iterator[User]:
    """Somebody who has been looked up often enough for a plan, before a column of theirs changed its type."""
    person = b.person("Ada")
    for _ in range(5):
        PERSON(pk=person.pk)
    migrate(90)
    yield person
    migrate(80)


def test_a_look_is_answered(ada: User) -> None:
    assert [PERSON.first(pk=ada.pk).display_name for _ in range(4)] == ["Ada"] * 4


def test_a_write_is_done_once(ada: User) -> None:
    @verb
    def add_a_letter() -> str:
        User.objects.filter(pk=ada.pk).update(display_name=Concat("display_name", models.Value("m")))
        name: str = PERSON.first(pk=ada.pk).display_name
        return name

    assert add_a_letter() == "Adam"
    assert User.objects.get(pk=ada.pk).display_name == "Adam"


def test_within_somebody_elses_transaction_it_is_told_and_forgotten(ada: User) -> None:
    @verb
    def look() -> None:
        PERSON(pk=ada.pk)

    with pytest.raises(NotSupportedError), transaction.atomic():
        look()
    look()


def test_what_is_not_supported_at_all_is_told() -> None:
    @verb
    def ask_too_much() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM accounts_user GROUP BY () FOR UPDATE")

    with pytest.raises(NotSupportedError):
        ask_too_much()
