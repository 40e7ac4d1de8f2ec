"""Judgements that can't be: refused in words with their line, and the rest taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oa.datasets.rules.forms import Form
from oa.datasets.rules.forms.judgements import judgement
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.tasks.models import Task
from oa.trees.models import Message
from tests import builders as make
from tests.datasets.files import Row, answer, exported, new_id, take, tree, write
from tests.datasets.judged import brought

pytestmark = pytest.mark.django_db

WHEN = "2024-05-01T10:00:00.000000+00:00"


class Scene:
    """A tree that was imported: a prompt with two reviews, and two answers."""

    def __init__(self, folder: Path) -> None:
        labels = {"spam": {"value": 0.5, "count": 2}, "quality": {"value": 0.75, "count": 1}}
        self.row = tree(
            answer(), answer(), review_count=2, labels=labels, emojis={"+1": 1, "_skip_reply": 1, "_skip_ranking": 1}
        )
        self.prompt = self.row["prompt"]["message_id"]
        self.author = self.row["prompt"]["user_id"]
        self.replies = [reply["message_id"] for reply in self.row["prompt"]["replies"]]
        self.folder = folder
        take(write(folder / "trees", [self.row]))

    def _row(self, **fields: Any) -> Row:
        common = {"message_id": self.prompt, "message_tree_id": self.prompt, "user_id": new_id()}
        return judgement(judgement_id=new_id(), created_date=WHEN, counts=True) | common | fields

    def review(self, **fields: Any) -> Row:
        labels = {"name": ["spam", "quality"], "value": [1.0, 0.75]}
        given = {"text_version": 1, "task": "label_initial_prompt", "mode": "full", "labels": labels}
        return self._row(**{"kind": "review"} | given | fields)

    def ballot(self, **fields: Any) -> Row:
        order = {"shown": self.replies, "tiers": [[pk] for pk in self.replies], "unacceptable": []}
        given = {"text_version": 1, "task": "rank_assistant_replies", "not_rankable": False}
        return self._row(**{"kind": "ballot"} | given | order | fields)

    def skip(self, **fields: Any) -> Row:
        given = {"text_version": 1, "task": "assistant_reply", "reason": "too_hard", "note": "?"}
        return self._row(**{"kind": "skip"} | given | fields)

    def reaction(self, **fields: Any) -> Row:
        return self._row(**{"kind": "reaction", "judgement_id": None, "emoji": "+1"} | fields)

    def bring(self, *rows: Row) -> list[tuple[int, str]]:
        self.intake = brought(write(self.folder / "judgements", rows))
        return [(broken.line, broken.code) for broken in self.intake.refused]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


BROKEN: dict[str, tuple[str, Callable[[Scene], Row]]] = {
    "unknown_kind": ("unknown_kind", lambda scene: scene.review(kind="vote")),
    "no_kind": ("unknown_kind", lambda scene: scene.review(kind=None)),
    "unknown_message": ("unknown_message", lambda scene: scene.review(message_id=new_id())),
    "message_of_another_tree": ("unknown_message", lambda scene: scene.review(message_tree_id=new_id())),
    "no_person": ("missing_field", lambda scene: scene.review(user_id=None)),
    "no_date": ("missing_field", lambda scene: scene.review(created_date=None)),
    "bad_date": ("bad_date", lambda scene: scene.review(created_date="yesterday")),
    "no_id": ("missing_field", lambda scene: scene.review(judgement_id=None)),
    "id_that_is_none": ("bad_id", lambda scene: scene.review(judgement_id="1")),
    "counts_is_a_number": ("wrong_type", lambda scene: scene.review(counts=1)),
    "version_0": ("out_of_range", lambda scene: scene.review(text_version=0)),
    "version_too_great": ("out_of_range", lambda scene: scene.review(text_version=40_000)),
    "unknown_task": ("unknown_task", lambda scene: scene.review(task="read")),
    "task_of_a_reply": ("other_task", lambda scene: scene.review(task="label_assistant_reply")),
    "unknown_mode": ("unknown_mode", lambda scene: scene.review(mode="long")),
    "no_labels": ("missing_field", lambda scene: scene.review(labels=None)),
    "labels_are_a_list": ("wrong_type", lambda scene: scene.review(labels=[1.0])),
    "label_above_1": ("out_of_range", lambda scene: scene.review(labels={"name": ["spam"], "value": [1.5]})),
    "label_is_a_text": ("wrong_type", lambda scene: scene.review(labels={"name": ["spam"], "value": ["yes"]})),
    "label_is_unknown": ("unknown_label", lambda scene: scene.review(labels={"name": ["wit"], "value": [1.0]})),
    "label_twice": ("wrong_type", lambda scene: scene.review(labels={"name": ["spam"] * 2, "value": [1.0, 1.0]})),
    "lists_of_two_lengths": ("wrong_type", lambda scene: scene.review(labels={"name": ["spam"], "value": []})),
    "by_the_author": ("own_message", lambda scene: scene.review(user_id=scene.author)),
    "mean_says_otherwise": (
        "mean_differs", lambda scene: scene.review(labels={"name": ["quality"], "value": [0.5]})
    ),
    "nobody_was_asked_that": (
        "more_than_counted", lambda scene: scene.review(labels={"name": ["humor"], "value": [0.5]})
    ),
    "ballot_on_one": ("bad_ballot", lambda scene: scene.ballot(shown=scene.replies[:1], tiers=[scene.replies[:1]])),
    "ballot_forgets_one": ("bad_ballot", lambda scene: scene.ballot(tiers=[scene.replies[:1]])),
    "ballot_with_an_empty_place": ("bad_ballot", lambda scene: scene.ballot(tiers=[scene.replies, []])),
    "ballot_is_no_list": ("wrong_type", lambda scene: scene.ballot(tiers="first")),
    "ballot_on_strangers": (
        "not_a_reply",
        lambda scene: scene.ballot(shown=[scene.prompt, scene.replies[0]], tiers=[[scene.prompt, scene.replies[0]]]),
    ),
    "ballot_on_own_reply": (
        "own_reply", lambda scene: scene.ballot(user_id=scene.row["prompt"]["replies"][0]["user_id"])
    ),
    "skip_without_reason": ("missing_field", lambda scene: scene.skip(reason=None)),
    "unknown_reason": ("unknown_reason", lambda scene: scene.skip(reason="bored")),
    "skip_of_a_task_there_is_not": ("other_task", lambda scene: scene.skip(task="prompter_reply")),
    "skip_that_does_not_count": ("out_of_range", lambda scene: scene.skip(counts=False)),
    "note_too_long": ("too_long", lambda scene: scene.skip(note="x" * 501)),
    "nul_in_note": ("nul_in_text", lambda scene: scene.skip(note="\0")),
    "unknown_emoji": ("unknown_emoji", lambda scene: scene.reaction(emoji="tomato")),
    "reaction_nobody_counted": ("more_than_counted", lambda scene: scene.reaction(emoji="skull")),
    "vote_on_own_message": ("own_message", lambda scene: scene.reaction(user_id=scene.author)),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_refused_with_its_line_and_the_rest_is_taken(name: str, scene: Scene) -> None:
    code, broken = BROKEN[name]
    before = exported(scene.folder)
    good = scene.skip(task="rank_assistant_replies")

    assert scene.bring(good, broken(scene)) == [(2, code)]
    assert scene.intake.taken == {"skip": 1}
    assert (Task.objects.get().skip_note, Review.objects.count(), Ballot.objects.count()) == ("?", 0, 0)
    assert exported(scene.folder) == before
    assert make.broken_promises() == []


def test_more_reviews_than_a_message_counts_are_all_refused(scene: Scene) -> None:
    quiet = {"name": ["spam"], "value": [0.0]}
    rows = [scene.review(labels=quiet), scene.review(labels=quiet), scene.review(labels=quiet)]

    assert scene.bring(*rows) == [(1, "more_than_counted"), (2, "more_than_counted"), (3, "more_than_counted")]


def test_one_person_reviews_a_text_once(scene: Scene) -> None:
    first = scene.review()
    second = scene.review(user_id=first["user_id"], labels={"name": ["spam"], "value": [0.0]})

    assert scene.bring(first, second) == [(2, "judged_twice")]
    assert scene.intake.taken == {"review": 1}


def test_a_judgement_that_stands_in_the_file_twice_is_taken_once_unless_it_says_something_else(scene: Scene) -> None:
    row = scene.review()

    assert scene.bring(row, dict(row), row | {"mode": "simple"}) == [(3, "other_content")]
    assert (scene.intake.taken, scene.intake.twice) == ({"review": 1}, [2])


def test_what_is_here_is_not_overwritten(scene: Scene) -> None:
    rows = [scene.review(), scene.ballot(), scene.skip(), scene.reaction()]
    scene.bring(*rows)

    assert scene.bring(*rows) == []
    assert (scene.intake.there, scene.intake.taken.total()) == (4, 0)
    assert scene.bring(rows[0] | {"created_date": "2024-05-02T10:00:00+00:00"}) == [(1, "other_content")]
    assert scene.bring(rows[2] | {"note": None}) == [], "notes are not in every file"


def test_nobody_speaks_for_somebody_who_has_an_account_here(scene: Scene) -> None:
    person = make.person()

    assert scene.bring(scene.review(user_id=str(person.pk))) == [(1, "account_here")]


def test_no_file_brings_judgements_of_what_was_written_here(scene: Scene) -> None:
    make.policy()
    prompt = make.plant()
    about = {"message_id": str(prompt.pk), "message_tree_id": str(prompt.pk)}

    assert scene.bring(scene.review(**about)) == [(1, "written_here")]
    assert Message.objects.get(pk=prompt.pk).baseline is None


def test_columns_that_say_nothing_about_a_kind_are_told(scene: Scene) -> None:
    assert scene.bring(scene.review(emoji="+1", mood="fine")) == []
    assert scene.intake.unknown == {"(review) emoji": 1, "(review) mood": 1}


def test_trees_say_the_same_when_they_are_brought_again_after_their_judgements(scene: Scene) -> None:
    before = exported(scene.folder)
    rows = [
        scene.review(),
        scene.review(labels={"name": ["spam"], "value": [0.0]}),
        scene.ballot(),
        scene.skip(),
        scene.reaction(),
    ]
    assert scene.bring(*rows) == []

    report = take(scene.folder / "trees")

    assert report.refused == []
    assert exported(scene.folder) == before
    assert [row["labels"] for row in exported(scene.folder, Form.JUDGEMENTS) if row["kind"] == "review"] == [
        {"name": ["spam", "quality"], "value": [1.0, 0.75]},
        {"name": ["spam"], "value": [0.0]},
    ]
    assert make.broken_promises() == []
