"""Which messages may be in a release: the rule, and the same for many rows at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.datasets.models.consent import HELD, embargo_days, held_params
from oa.datasets.rules.consent import Held, Standing, why_held
from oa.trees.models import Message
from tests import builders as b

FREE = Standing(withdrawn=False, withdrew_all=False, withheld=False, own=True, agreed=True, written=b.NOW)


@pytest.mark.parametrize(
    ("change", "days", "held"),
    [
        pytest.param({}, 0, "", id="free"),
        pytest.param({"withdrawn": True, "withheld": True}, 0, Held.WITHDRAWN, id="withdrawn"),
        pytest.param({"withdrew_all": True, "agreed": False}, 0, Held.WITHDRAWN, id="everything withdrawn"),
        pytest.param({"withheld": True}, 0, Held.WITHHELD, id="withheld"),
        pytest.param({"agreed": False}, 0, Held.UNCONSENTED, id="unconsented"),
        pytest.param({}, 30, Held.EMBARGOED, id="embargoed"),
        pytest.param({"own": False, "agreed": False}, 30, "", id="imported"),
        pytest.param({"own": False, "withdrawn": True}, 30, Held.WITHDRAWN, id="imported and withdrawn"),
        pytest.param({"written": None}, 30, "", id="without date"),
    ],
)
def test_the_first_reason_that_holds_is_told(change: dict[str, object], days: int, held: str) -> None:
    fields = {name: getattr(FREE, name) for name in Standing.__slots__}
    assert why_held(Standing(**{**fields, **change}), embargo_days=days, now=b.NOW) == held


def test_the_embargo_ends_to_the_second() -> None:
    over = b.NOW + timedelta(days=7)
    assert why_held(FREE, embargo_days=7, now=over - timedelta(seconds=1)) == Held.EMBARGOED
    assert why_held(FREE, embargo_days=7, now=over) == ""


@pytest.mark.django_db
def test_the_database_says_the_same_as_the_rule() -> None:
    b.policy(embargo_days=10)
    b.policy("de", embargo_days=3)
    now = b.NOW + timedelta(days=5)
    days = {"en": 10, "de": 3}
    expected: dict[object, str] = {}
    cases = product((False, True), (False, True), (False, True), (False, True), (False, True), days, (1, 4, 20))
    for withdrawn, withdrew_all, withheld, own, agreed, lang, age in cases:
        standing = Standing(withdrawn, withdrew_all, withheld, own, agreed, now - timedelta(days=age))
        message = _stored(standing, lang)
        expected[message.pk] = why_held(standing, embargo_days=days[lang], now=now)

    assert _held_by_the_database(now) == expected
    assert set(expected.values()) == {"", *Held.values}


def _stored(standing: Standing, lang: str) -> Message:
    author = b.person(
        imported=not standing.own, terms_version=1 if standing.agreed else None,
        withdrew_at=b.NOW if standing.withdrew_all else None,
    )  # fmt: skip
    message = b.plant(lang=lang)
    Message.objects.filter(pk=message.pk).update(
        author=author, withdrawn=standing.withdrawn, withheld=standing.withheld, created_date=standing.written
    )
    return message


def _held_by_the_database(now: datetime) -> dict[object, str]:
    asked = " ".join((
        "SELECT m.id,", HELD,
        "FROM trees_message m JOIN trees_tree t ON t.id = m.tree_id LEFT JOIN accounts_user u ON u.id = m.author_id",
    ))  # fmt: skip
    with connection.cursor() as cursor:
        params: dict[str, Any] = held_params(now)
        cursor.execute(asked, params)
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_whoever_agreed_to_earlier_terms_agreed_to_what_they_wrote_then() -> None:
    b.policy(embargo_days=0)
    accounts.publish_terms(text="Be kind.", now=b.NOW)
    agrees, takes_back, never = (b.person(terms_version=None) for _ in range(3))
    for person in (agrees, takes_back):
        accounts.accept_terms(version=1, by=person, now=b.NOW)
    accounts.withdraw_consent(by=takes_back, now=b.LATER)
    accounts.publish_terms(text="Be kinder.", now=b.LATER)
    written = {person: b.plant() for person in (agrees, takes_back, never)}
    for person, message in written.items():
        Message.objects.filter(pk=message.pk).update(author=person)

    held = _held_by_the_database(b.LATER)

    assert [held[message.pk] for message in written.values()] == ["", Held.UNCONSENTED, Held.UNCONSENTED]
    assert set(User.objects.agreeing().filter(pk__in=[person.pk for person in written])) == {agrees}


@pytest.mark.django_db
def test_each_language_has_the_embargo_of_the_policy_in_force_for_it() -> None:
    assert embargo_days() == {"": 30}
    b.policy(embargo_days=7)
    b.policy("de", embargo_days=0)
    assert embargo_days() == {"": 7, "de": 0}
