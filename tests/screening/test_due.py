"""Texts wait for opinions on a list: who claims, who gives back, who is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oa.accounts.models import User
from oa.screening import actions
from oa.screening.models import Due
from oa.screening.rules import MOST_TRIES, Check, Waiting, wait_after
from oa.trees import actions as trees
from oa.trees.models import Message, Tree
from tests.screening.crowd import plant_texts

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def author() -> User:
    return User.objects.create_user("alice@example.org")


def plant(text: str, author: User, lang: str = "en") -> Message:
    return trees.start_tree(text=text, lang=lang, by=author, now=NOW, rng=Random(1))


def claimed(most: int = 100, characters: int = 1_000_000) -> list[Waiting]:
    return actions.claim(kind=Check.TOXICITY, most=most, characters=characters, now=NOW)


def row_of(message: Message, kind: Check = Check.TOXICITY) -> Due:
    return Due.objects.get(message=message, kind=kind)


def failures(message: Message) -> Iterator[bool]:
    """Fail on a text each time it comes due again; tells whether it is set aside then."""
    item, now = claimed()[0], NOW
    while True:
        yield actions.give_back(item, error=RuntimeError("no"), now=now)
        now = row_of(message).not_before
        again = actions.claim_again(kind=Check.TOXICITY, now=now)
        assert again is not None
        item = again


def test_the_newest_texts_come_first(author: User) -> None:
    planted = [plant(f"text {number}", author) for number in range(3)]
    assert [item.message_id for item in claimed(most=2)] == [planted[2].pk, planted[1].pk]


def test_a_claimed_text_is_nobody_else_s(author: User) -> None:
    message = plant("text", author)
    (item,) = claimed()
    assert (item.message_id, item.version, item.text, item.lang, item.tries) == (message.pk, 1, "text", "en", 1)
    assert claimed() == []
    assert actions.claim_again(kind=Check.TOXICITY, now=NOW) is None


def test_one_opinion_does_not_take_the_other_s_texts(author: User) -> None:
    plant("text", author)
    claimed()
    assert len(actions.claim(kind=Check.LIGHT, most=9, now=NOW)) == 1


def test_a_claim_ends_with_enough_characters_but_has_at_least_one_text(author: User) -> None:
    for letter, length in zip("abcd", (40, 40, 40, 900), strict=True):
        plant(letter * length, author)
    assert [len(item.text) for item in claimed(characters=100)] == [900]
    assert [len(item.text) for item in claimed(characters=100)] == [40, 40]


def test_a_text_longer_than_anybody_reads_counts_as_long_as_is_read(author: User) -> None:
    for letter in "ab":
        plant(letter * 20_000, author)
    assert len(claimed(characters=5_000)) == 2


def test_what_a_killed_worker_had_comes_due_again_one_at_a_time(author: User) -> None:
    planted = {plant(f"text {number}", author).pk for number in range(3)}
    claimed()
    again = [actions.claim_again(kind=Check.TOXICITY, now=LATER) for _ in range(4)]
    assert {item.message_id for item in again if item} == planted
    assert again[3] is None


def test_a_text_that_kills_its_worker_time_and_again_is_set_aside(author: User) -> None:
    message, now = plant("text", author), NOW
    claimed()
    for _ in range(MOST_TRIES - 1):
        now += timedelta(minutes=3)
        assert actions.claim_again(kind=Check.TOXICITY, now=now) is not None
    assert actions.claim_again(kind=Check.TOXICITY, now=now + timedelta(minutes=3)) is None
    row = row_of(message)
    assert row.set_aside
    assert "worker" in row.error


def test_a_text_that_fails_rests_longer_each_time_and_is_then_set_aside(author: User) -> None:
    message = plant("text", author)
    verdicts = failures(message)
    rests: list[timedelta] = []
    for _ in range(MOST_TRIES - 1):
        before = row_of(message).not_before if rests else NOW
        assert next(verdicts) is False
        rests.append(row_of(message).not_before - before)
    assert rests == [wait_after(number) for number in range(1, MOST_TRIES)]
    assert rests == sorted(set(rests))
    assert next(verdicts) is True
    assert (row_of(message).set_aside, row_of(message).error) == (True, "RuntimeError: no")
    assert actions.claim_again(kind=Check.TOXICITY, now=LATER + timedelta(days=9)) is None


def test_done_strikes_off_what_was_read(author: User) -> None:
    message = plant("text", author)
    items = claimed()
    assert actions.done(items) == items
    assert not Due.objects.filter(message=message, kind=Check.TOXICITY).exists()
    assert actions.done(items) == []


def test_a_text_changed_meanwhile_stays_on_the_list(author: User) -> None:
    message = plant("text", author)
    items = claimed()
    mona = User.objects.create_user("mona@example.org", role="moderator")
    tree = Tree.objects.hold(message.tree_id)
    trees.edit_text(tree=tree, message=message, text="other text", by=mona, now=NOW)
    assert actions.done(items) == []
    actions.give_back(items[0], error=ValueError("about the old text"), now=NOW)
    assert row_of(message).error == ""
    assert [(item.text, item.version) for item in claimed()] == [("other text", 2)]


def test_who_lost_a_claim_can_not_give_back(author: User) -> None:
    message = plant("text", author)
    items = claimed()
    actions.claim_again(kind=Check.TOXICITY, now=LATER)
    actions.give_back(items[0], error=ValueError("late"), now=LATER)
    assert (row_of(message).tries, row_of(message).error) == (2, "")


def test_an_error_is_kept_in_short_and_without_what_no_database_takes(author: User) -> None:
    message = plant("text", author)
    actions.give_back(claimed()[0], error=ValueError("nul \0 and\n" + "long " * 1000), now=NOW)
    assert row_of(message).error.startswith("ValueError: nul and long")
    assert len(row_of(message).error) <= 500


def test_claims_are_read_from_the_index_however_long_the_list_is() -> None:
    plant_texts(2_000)
    # Whoever looks through the newest texts for some that are due looks through these first.
    tried = Due.objects.filter(kind=Check.TOXICITY).order_by("-pk")[:1_900]
    Due.objects.filter(pk__in=tried).update(tries=1)
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        cursor.execute("ANALYZE screening_due, trees_message")
        claimed(most=5)
        claim = next(query["sql"] for query in asked if "SKIP LOCKED" in query["sql"])
        cursor.execute(f"EXPLAIN (COSTS OFF) {claim}")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    # Straight beneath the line that takes hold of them: nothing is sorted.
    assert re.search(r"LockRows\s+-> +Index Scan using texts_that_are_due", plan), plan
