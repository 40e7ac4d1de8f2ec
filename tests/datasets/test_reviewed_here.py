"""What people did here is in the export: labels merged with what an import brought, ballots and skips."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from oa.datasets.actions import Account, Order, export_rows
from oa.datasets.rules.forms import merged_labels
from oa.datasets.rules.pseudonyms import namer
from oa.rankings.models import Ballot
from oa.tasks import actions as tasks
from oa.tasks.rules import Kind, SkipReason
from oa.trees.models import Message
from tests import builders as make
from tests.datasets.files import EVERYTHING, answer, take, tree, write


def test_a_mean_that_got_nothing_new_is_passed_on_to_the_last_digit() -> None:
    brought = {"spam": {"value": 0.1 + 0.2, "count": 3}}

    assert merged_labels(brought, {}) == brought


def test_means_are_merged_by_their_counts_and_stand_in_the_published_order() -> None:
    brought = {
        "quality": {"value": 0.5, "count": 2},
        "spam": {"value": 0.0, "count": 3},
        "odd": {"value": 1.0, "count": 1},
    }

    merged = merged_labels(brought, {"spam": (1.0, 1), "humor": (0.5, 2)})

    assert merged == {
        "spam": {"value": 0.25, "count": 4},
        "quality": {"value": 0.5, "count": 2},
        "humor": {"value": 0.25, "count": 2},
        "odd": {"value": 1.0, "count": 1},
    }
    assert list(merged or ()) == ["spam", "quality", "humor", "odd"]


def test_a_pseudonym_is_the_same_with_the_same_key_and_never_the_id() -> None:
    person = "028c7074-4436-4ebc-a3be-7185f2c852b7"

    assert namer(b"one")(person) == namer(b"one")(person) != namer(b"two")(person)
    assert namer(b"one")(person) != person
    assert UUID(namer(b"one")(person)).version == 8


@pytest.mark.django_db
def test_people_are_named_by_pseudonyms_unless_asked_otherwise(tmp_path: Path) -> None:
    author = "028c7074-4436-4ebc-a3be-7185f2c852b7"
    take(write(tmp_path / "trees", [tree(answer(), answer(user_id=author), user_id=author)]))

    (row,) = export_rows(Order(), Account())

    names = {row["prompt"]["user_id"], *(reply["user_id"] for reply in row["prompt"]["replies"])}
    assert len(names) == 2, "one person, one pseudonym"
    assert author not in str(row)


@pytest.mark.django_db
def test_ballots_and_skips_are_events_under_pseudonyms() -> None:
    make.policy()
    prompt = make.ranking()
    skipper, ranker = make.people(2)
    seat = make.sit(prompt, Kind.RANK_ASSISTANT_REPLIES, by=skipper)
    tasks.skip(task_id=seat.pk, reason=SkipReason.TOO_HARD, note="", by=skipper, now=make.NOW)
    make.ballot(prompt, *make.replies_to(prompt)[::-1], by=ranker)

    (original,) = export_rows(Order(selection=EVERYTHING, events=True, original_ids=True), Account())
    (row,) = export_rows(Order(selection=EVERYTHING, events=True), Account())

    (ranking,) = original["prompt"]["events"]["ranking"]
    shown = Ballot.objects.get().shown
    assert ranking["ranked_message_ids"] == [str(reply.pk) for reply in make.replies_to(prompt)[::-1]]
    assert [str(shown[place]) for place in ranking["ranking"]] == ranking["ranked_message_ids"]
    assert list(ranking) == ["type", "user_id", "ranking", "ranked_message_ids", "ranking_parent_id", "message_tree_id"]
    (skip,) = row["prompt"]["events"]["emoji"]
    assert list(skip.items())[2] == ("emoji", "_skip_ranking")
    assert not {str(ranker.pk), str(skipper.pk)} & set(str(row).split("'"))
    assert all("events" not in reply for reply in row["prompt"]["replies"])


@pytest.mark.django_db
def test_our_own_reviews_are_added_to_the_means_an_import_brought(tmp_path: Path) -> None:
    brought = {"spam": {"value": 0.0, "count": 2}, "quality": {"value": 0.5, "count": 2}}
    row = tree(review_count=2, review_result=None, labels=brought, state="initial_prompt_review")
    take(write(tmp_path / "trees", [row]), live=True)
    prompt = Message.objects.get()

    make.review(prompt, quality=1.0)

    (exported,) = export_rows(Order(selection=EVERYTHING), Account())
    assert exported["prompt"]["labels"] == {
        "spam": {"value": 0.0, "count": 3},
        "quality": {"value": pytest.approx(2 / 3), "count": 3},
    }
    assert (exported["prompt"]["review_count"], exported["prompt"]["review_result"]) == (3, True)
    assert exported["tree_state"] == "prompt_lottery_waiting"
    assert make.broken_promises() == []
