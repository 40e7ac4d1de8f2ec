"""Queries compiled once say the same as Django's own, for any value, and are planned once in a connection."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import F

from oa.accounts.models import User
from oa.core.prepared import Prepared, Slot, insert, run, update
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import State, Why
from tests import builders as b

pytestmark = pytest.mark.django_db

UUID_SLOT = Slot("pk", models.UUIDField())


def test_it_gives_the_rows_that_the_queryset_gives() -> None:
    messages = [b.plant(), b.plant()]
    prepared = Prepared(lambda: Message.objects.select_related("tree__policy", "author").filter(pk=UUID_SLOT))

    for message in messages:
        (found,) = prepared(pk=message.pk)
        expected = Message.objects.get(pk=message.pk)
        assert {name: value for name, value in vars(found).items() if name != "_state"} == {
            name: value for name, value in vars(expected).items() if name != "_state"
        }
        assert found.tree.policy == message.tree.policy
        assert found.author == message.author
        assert not found._state.adding


def test_values_and_annotations_come_along() -> None:
    message = b.plant(text="100 % of it")
    query = Message.objects.filter(pk=UUID_SLOT).annotate(level=F("depth") + 1)

    assert Prepared(lambda: query.values_list("text", "label_sums", "level"))(pk=message.pk) == [("100 % of it", {}, 1)]
    assert Prepared(lambda: query)(pk=message.pk)[0].level == 1


def test_what_is_no_slot_stands_in_the_text() -> None:
    b.plant(text="50 % o'clock")
    prepared = Prepared(
        lambda: Message.objects.filter(text="50 % o'clock", tree__state=Slot("state", models.TextField()))
    )

    assert prepared.first(state=State.INITIAL_PROMPT_REVIEW).text == "50 % o'clock"
    assert prepared.first(state=State.GROWING) is None


def test_one_plan_serves_all_values() -> None:
    prepared = Prepared(lambda: Tree.objects.filter(pk=UUID_SLOT))
    for _ in range(5):
        prepared(pk=uuid4())

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%trees_tree%%$1%%'")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_rows_are_held_in_a_transaction_only() -> None:
    prepared = Prepared(lambda: User.objects.select_for_update().filter(pk=UUID_SLOT))
    with pytest.raises(transaction.TransactionManagementError):
        prepared(pk=uuid4())


def test_inserted_rows_are_those_that_were_made() -> None:
    message = b.plant()
    tasks = [
        Task(kind=Kind.LABEL_INITIAL_PROMPT, lang="en", tree=message.tree, message=message, author=message.author)
        for _ in range(3)
    ]

    assert insert(*tasks) == 3

    for made in tasks:
        kept = Task.objects.get(pk=made.pk)
        assert (kept.message, kept.author, kept.shown, kept.booked) == (message, message.author, None, False)
    assert len(set(Task.objects.filter(pk__in=[made.pk for made in tasks]).values_list("lot", flat=True))) == 3


def test_a_key_that_counts_up_is_the_databases() -> None:
    tree = b.plant().tree
    before = TreeEvent.objects.latest("id").pk
    insert(TreeEvent(tree=tree, before=tree.state, after=State.GROWING, why=Why.UNDONE, at=b.NOW))
    assert TreeEvent.objects.latest("id").pk > before


def test_a_row_that_is_there_already_can_be_left_out() -> None:
    ada = b.person()
    again = User(email=(ada.email or "").upper())

    assert insert(again, unless_there=True) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)
    assert list(User.objects.filter(email__iexact=ada.email)) == [ada]


def test_only_the_named_fields_are_written() -> None:
    message = b.plant(text="before")
    message.text, message.label_sums, message.review_result = "after", {"spam": [0.0, 1]}, True

    update(message, "label_sums", "review_result")

    message.refresh_from_db()
    assert (message.text, message.label_sums, message.review_result) == ("before", {"spam": [0.0, 1]}, True)


def test_a_statement_of_ones_own_is_logged_like_djangos(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert run("SELECT %s::int + 1", [41]).fetchone() == (42,)


def test_what_the_database_refuses_is_refused_in_djangos_words() -> None:
    with pytest.raises(DataError), transaction.atomic():
        run("SELECT %s::int / 0", [1])
