"""What a tree owes becomes lines of the ledger: once, and corrected when things change."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from oa.accounts.models import User
from oa.community import actions
from oa.community.models import Entry, Total
from oa.community.rules import Period, Reason
from tests import builders as b

pytestmark = pytest.mark.django_db


def points_of(person: User) -> Decimal:
    total = Total.objects.filter(person=person, lang="", period=Period.ALL).first()
    return total.points if total else Decimal()


def reasons_of(person: User) -> dict[str, Decimal]:
    rows = Entry.objects.of(person.pk).order_by().values_list("reason").annotate(Sum("points"))
    return {reason: points for reason, points in rows if points}


def test_a_prompt_earns_when_it_is_written_and_more_when_it_is_accepted() -> None:
    b.policy()
    writer, reviewers = b.person(), b.people(2)
    prompt = b.plant(by=writer)

    for reviewer in reviewers:
        b.review(prompt, by=reviewer)
    b.book()

    assert reasons_of(writer) == {Reason.PROMPT: Decimal("0.1"), Reason.PROMPT_ACCEPTED: Decimal("0.1")}
    assert points_of(writer) == Decimal("0.2")
    for reviewer in reviewers:
        assert reasons_of(reviewer) == {Reason.FULL_REVIEW: 2, Reason.REVIEW_AGREED: 1}


def test_a_second_round_adds_nothing() -> None:
    b.policy()
    prompt = b.ready()

    first = b.book()

    assert first > 0
    assert actions.book(tree_id=prompt.tree_id, now=b.LATER) == 0
    assert b.book() == 0
    assert b.broken_promises() == []


def test_the_database_refuses_to_change_a_line() -> None:
    b.policy()
    b.ready()
    b.book()

    for change in (Entry.objects.all().delete, lambda: Entry.objects.update(points=1)):
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            change()
