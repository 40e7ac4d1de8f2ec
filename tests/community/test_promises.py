"""P10 is checked: each way of breaking it is seen. The ledger refuses that, so its trigger is taken away first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from oa.community.models import Entry, Member, Tally, Total
from oa.community.rules import Period
from oa.trees.models import Message, Tree
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_booked_tree() -> Iterator[Message]:
    b.policy()
    prompt = b.ready()
    b.book()
    assert b.broken_promises() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE community_entry DISABLE TRIGGER points_are_only_added")
    yield prompt


def breaches() -> str:
    return "\n".join(b.broken_promises("P10"))


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("lang", ["", "en"])
def test_a_total_that_is_not_the_sum_is_seen(period: Period, lang: str) -> None:
    total = Total.objects.filter(period=period, lang=lang, points__gt=0).first()
    assert total is not None
    Total.objects.filter(pk=total.pk).update(points=99)

    (breach,) = b.broken_promises("P10")

    assert f"person {total.person_id} has 99.0000 points ({period} from" in breach


def test_a_total_that_is_missing_is_seen() -> None:
    Total.objects.filter(period=Period.MONTH, lang="").delete()

    assert "and their ledger says" in breaches()


def test_a_line_that_is_missing_is_seen() -> None:
    line = Entry.objects.order_by("id").first()
    assert line is not None
    line.delete()

    found = breaches()

    assert f"tree {line.tree_id} owes person {line.person_id}" in found
    assert f"person {line.person_id} has" in found
    assert f"is said to have 1 of {line.reason}" in found


def test_a_line_that_was_booked_twice_is_seen() -> None:
    line = Entry.objects.order_by("id").first()
    assert line is not None
    line.pk = None
    line.save()

    assert "booked 2 times" in breaches()


def test_a_wrong_tally_is_seen() -> None:
    tally = Tally.objects.order_by("id").first()
    assert tally is not None
    Tally.objects.filter(pk=tally.pk).update(times=7)

    assert f"person {tally.person_id} is said to have 7 of {tally.reason} in en" in breaches()


def test_somebody_on_a_board_who_would_rather_not_is_seen() -> None:
    member = Member.objects.order_by("pk").first()
    assert member is not None
    Member.objects.filter(pk=member.pk).update(show_on_boards=False)

    assert f"person {member.pk} is shown on boards (True)" in breaches()


def test_points_for_what_was_imported_are_seen(a_booked_tree: Message) -> None:
    Tree.objects.filter(pk=a_booked_tree.tree_id).update(archived=True)

    assert "points for what was imported" in breaches()


def test_a_tree_that_owes_something_is_seen(a_booked_tree: Message) -> None:
    reply = b.replies_to(a_booked_tree)[0]
    Message.objects.filter(pk=reply.pk).update(deleted=True)

    assert f"tree {a_booked_tree.tree_id} owes person {reply.author_id} -4.0000 points more" in breaches()


def test_a_tree_that_is_due_owes_nothing_yet(a_booked_tree: Message) -> None:
    reply = b.replies_to(a_booked_tree)[0]
    Message.objects.filter(pk=reply.pk).update(deleted=True)
    Tree.objects.filter(pk=a_booked_tree.tree_id).update(unbooked=True)

    assert b.broken_promises("P10") == []
