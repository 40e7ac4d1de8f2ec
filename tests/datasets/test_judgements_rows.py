"""What a file of judgements says: one form for all kinds, one name for a person, nothing that was taken back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oa.accounts.models import User
from oa.datasets.actions import Account, Order, export_file, export_rows
from oa.datasets.rules.forms import Form
from oa.datasets.rules.forms.judgements import JUDGEMENTS
from oa.datasets.rules.selecting import Keep, Selection
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.tasks.rules import Kind, SkipReason
from oa.trees.models import Message
from tests import builders as make
from tests.datasets.files import EVERYTHING
from tests.datasets.judged import changed, ranked, skipped, worked_on

pytestmark = pytest.mark.django_db

Row = dict[str, Any]


def rows(**options: Any) -> list[Row]:
    order = {"selection": EVERYTHING, "original_ids": True, **options}
    return list(export_rows(Order(form=Form.JUDGEMENTS, **order), Account()))


def of_kind(kind: str, **options: Any) -> list[Row]:
    return [row for row in rows(**options) if row["kind"] == kind]


def test_all_kinds_have_the_same_columns_and_only_what_they_say_is_filled() -> None:
    ranked(worked_on())

    found = rows()

    assert {tuple(row) for row in found} == {tuple(JUDGEMENTS)}
    always = {"kind", "judgement_id", "message_id", "message_tree_id", "user_id", "created_date", "counts"}
    filled: dict[str, set[str]] = {}
    for row in found:
        filled.setdefault(row["kind"], set()).update(name for name, value in row.items() if value is not None)
    assert {kind: names - always for kind, names in filled.items()} == {
        "review": {"text_version", "task", "mode", "labels"},
        "ballot": {"text_version", "task", "shown", "tiers", "unacceptable", "not_rankable"},
        "skip": {"text_version", "task", "reason", "note"},
        "reaction": {"emoji"},
    }


def test_a_review_tells_its_answers_and_nothing_of_what_was_not_answered() -> None:
    make.policy()
    prompt = make.plant()
    reviewer = make.person()
    make.review(prompt, by=reviewer, quality=0.25, lang_mismatch=1.0)

    (row,) = rows()

    assert row["labels"] == {"name": ["spam", "lang_mismatch", "quality"], "value": [0.0, 1.0, 0.25]}
    assert (row["mode"], row["task"], row["text_version"], row["counts"]) == ("full", "label_initial_prompt", 1, True)
    assert (row["user_id"], row["message_id"]) == (str(reviewer.pk), str(prompt.pk))
    assert row["judgement_id"] == str(Review.objects.get().pk)
    assert row["created_date"] == "2026-03-01T12:00:00.000000+00:00"


def test_what_was_said_of_an_earlier_text_is_told_and_does_not_count() -> None:
    make.policy()
    prompt = make.plant()
    make.review(prompt)
    changed(prompt)
    make.review(prompt)

    assert [(row["text_version"], row["counts"]) for row in rows()] == [(1, False), (2, True)]


def test_a_ballot_tells_the_order_shown_ties_and_what_is_unacceptable() -> None:
    prompt = worked_on()
    ranked(prompt)
    one, two, three = (str(reply.pk) for reply in make.replies_to(prompt))

    tied, unacceptable, hopeless = sorted(of_kind("ballot"), key=lambda row: -len(row["tiers"]))

    assert tied["tiers"] == [[two, one], [three]]
    assert (unacceptable["tiers"], set(unacceptable["unacceptable"])) == ([[three]], {one, two})
    assert (hopeless["not_rankable"], hopeless["tiers"]) == (True, [])
    for row in (tied, unacceptable, hopeless):
        ballot = Ballot.objects.get(pk=row["judgement_id"])
        assert row["shown"] == [str(reply) for reply in ballot.shown]


def test_what_people_wrote_when_they_skipped_stays_with_the_original_ids() -> None:
    make.policy()
    prompt = make.plant()
    skipped(prompt, Kind.LABEL_INITIAL_PROMPT, by=make.person(), reason=SkipReason.UNCLEAR, note="I am Bo, call me")

    (told,) = rows()
    (published,) = rows(original_ids=False)

    assert (told["reason"], told["note"]) == ("unclear", "I am Bo, call me")
    assert (published["reason"], published["note"]) == ("unclear", None)
    assert "Bo" not in str(published)


def test_a_person_has_one_name_in_all_forms_and_no_id_is_told() -> None:
    ranked(worked_on())
    name_of = Order().name_of()
    told, written = (
        export_rows(Order(form=Form.HF, selection=EVERYTHING, original_ids=own), Account()) for own in (True, False)
    )
    authors, published = ({row["user_id"] for row in found} for found in (told, written))
    judges = {row["user_id"] for row in rows()}

    assert judges & authors, "somebody writes and judges"
    assert {row["user_id"] for row in rows(original_ids=False)} == {name_of(judge) for judge in judges}
    assert published == {name_of(author) for author in authors}
    said = str(rows(original_ids=False))
    for model in (User, Message, Review, Ballot):
        assert not [pk for pk in model.objects.values_list("pk", flat=True) if str(pk) in said]


def test_judgements_of_messages_that_were_not_chosen_are_left_out() -> None:
    prompt = worked_on()
    ranked(prompt)
    gone = make.replies_to(prompt)[0]
    Message.objects.filter(pk=gone.pk).update(deleted=True)

    found = rows(selection=Selection(state="all", spam=Keep.TOO))

    assert str(gone.pk) not in str(found)
    assert [len(row["shown"]) for row in found if row["kind"] == "ballot"] == [2, 2, 2]
    assert all(all(row["tiers"]) for row in found if row["kind"] == "ballot")


def test_a_ballot_on_which_fewer_than_two_replies_are_left_is_left_out() -> None:
    prompt = worked_on()
    ranked(prompt)
    for gone in make.replies_to(prompt)[:2]:
        Message.objects.filter(pk=gone.pk).update(deleted=True)

    assert [row["kind"] for row in rows(selection=Selection(state="all", spam=Keep.TOO))].count("ballot") == 0


def test_who_took_everything_back_is_not_told_and_who_left_is() -> None:
    make.policy()
    prompt = make.plant()
    kept, gone = make.people(2)
    for by in (kept, gone):
        make.review(prompt, by=by)
    User.objects.filter(pk=gone.pk).update(withdrew_at=make.NOW)
    User.objects.filter(pk=kept.pk).update(left_at=make.NOW, is_active=False)

    assert [row["user_id"] for row in rows()] == [str(kept.pk)]
    withdrawn = Selection(state="all", deleted=Keep.TOO, spam=Keep.TOO, withdrawn=Keep.TOO)
    assert len(rows(selection=withdrawn)) == 2


def test_a_release_holds_only_judgements_of_people_who_agreed() -> None:
    make.policy(embargo_days=0)
    prompt = make.plant()
    agreed, never = make.people(2)
    for by in (agreed, never):
        make.review(prompt, by=by)
    User.objects.filter(pk=never.pk).update(terms_version=None)

    assert [row["user_id"] for row in rows(selection=Selection(state="all", spam=Keep.TOO, releasable=True))] == [
        str(agreed.pk)
    ]


def test_the_number_of_statements_does_not_grow_with_the_trees() -> None:
    make.policy()
    numbers = []
    for _ in range(2):
        for _ in range(3):
            make.review(make.plant())
        with CaptureQueriesContext(connection) as queries:
            rows()
        numbers.append(len(queries))

    assert numbers[0] == numbers[1] <= 10


@pytest.mark.parametrize("name", ["judgements.jsonl", "judgements.parquet"])
def test_files_load_in_datasets_with_every_column(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datasets = pytest.importorskip("datasets")
    ranked(worked_on())
    export_file(str(tmp_path / name), Order(form=Form.JUDGEMENTS, selection=EVERYTHING))
    builder = "json" if name.endswith("jsonl") else "parquet"

    loaded = datasets.load_dataset(
        builder, data_files=str(tmp_path / name), split="train", cache_dir=str(tmp_path / "cache")
    )

    assert loaded.column_names == list(JUDGEMENTS)
    assert Counter(loaded["kind"]) == {"review": 17, "ballot": 3, "skip": 3, "reaction": 4}
    told = [orjson.loads(orjson.dumps(row, default=str)) for row in loaded]
    assert told == [{**row} for row in rows(original_ids=False)]
