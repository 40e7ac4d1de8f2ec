"""What stands beside the rows: for people, for `datasets`, for Croissant, for `sha256sum`. No database."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from oa.core.errors import Invalid
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms import Form
from oa.datasets.rules.releases import (
    Facts,
    FileFact,
    ReleaseOrder,
    card_text,
    close_ranks,
    croissant_of,
    datasheet_of,
    manifest_of,
    may_move,
    read_query,
    suggested_name,
    sums_of,
    without_head,
    without_personal_data,
)
from oa.datasets.rules.states import ReleaseState

NUMBERS: dict[str, Any] = {
    "trees": 1200, "messages": 4800, "people": 77, "synthetic": 5, "ranked": 2000, "imported": 12,
    "first_written": "2026-01-02T00:00:00+00:00", "last_written": "2026-05-06T00:00:00+00:00",
    "by_lang": [{"lang": "en", "trees": 1000, "messages": 4000}, {"lang": "pt-BR", "trees": 200, "messages": 800}],
    "by_role": [{"role": "prompter", "messages": 2000}, {"role": "assistant", "messages": 2800}],
    "by_state": [{"state": "ready_for_export", "trees": 1200}],
    "splits": [
        {"split": "train", "trees": 1140, "messages": 4560}, {"split": "validation", "trees": 60, "messages": 240},
    ],
    "judgements": {"reviews": 9, "ballots": 8, "skips": 7, "reactions": 6},
    "left_out": {"trees": {"in other states": 3}, "messages": {"withdrawn": 2}, "personal_data": 1},
}  # fmt: skip


def facts(**changes: Any) -> Facts:
    order = ReleaseOrder.of({"forms": ["messages", "sft"], "packings": ["jsonl.gz", "parquet"]})
    files = [
        FileFact(f"data/{form}/{split}.{packing}", form, packing, split, 10, 1000, "ab" * 32)
        for form in ("messages", "sft")
        for packing in ("jsonl.gz", "parquet")
        for split in ("train", "validation")
    ]
    values: dict[str, Any] = {
        "name": "first", "title": "The first", "notes": "Some *notes*.", "licence": "CC-BY-4.0", "order": order,
        "order_in_words": ["Trees in the states: ready."], "taken_at": "2026-11-22T10:00:00+00:00",
        "site": "https://oa.example.org", "numbers": NUMBERS, "sources": {"terms": 3, "policy": {"": 7, "de": 9}},
        "files": [*files, FileFact("samples.json", "", "", "", 5, 100, "cd" * 32)],
    }  # fmt: skip
    return Facts(**{**values, **changes})


def head_of_card(text: str) -> Any:
    return yaml.safe_load(text.split("---\n")[1])


def test_the_head_of_the_card_says_what_loaders_read() -> None:
    head = head_of_card(card_text(facts()))

    assert head["license"] == "cc-by-4.0"
    assert head["language"] == ["en", "pt"]
    assert head["size_categories"] == ["1K<n<10K"]
    assert [config["config_name"] for config in head["configs"]] == ["messages", "sft"]
    assert head["configs"][0]["default"] is True
    assert head["configs"][1]["data_files"] == [
        {"split": "train", "path": "data/sft/train.parquet"},
        {"split": "validation", "path": "data/sft/validation.parquet"},
    ]
    assert [info["config_name"] for info in head["dataset_info"]] == ["messages", "sft"]


def test_the_card_tells_people_the_same() -> None:
    text = without_head(card_text(facts()))

    assert text.startswith("# The first")
    for words in ("4,800 messages in 1,200 conversation trees", "Some *notes*.", "| en | 1,000 | 4,000 |", "train 10"):
        assert words in text


def test_a_form_without_rows_is_told_and_not_loaded() -> None:
    files = [file for file in facts().files if file.form != "sft"]
    text = card_text(facts(files=files))

    assert [config["config_name"] for config in head_of_card(text)["configs"]] == ["messages"]
    assert re.search(r"\| `sft` \|.*\| none \|", text)


def test_a_title_can_break_no_table_and_no_head() -> None:
    text = card_text(facts(title='A "title": | with --- all', notes="---\nlicense: mit\n---"))

    assert head_of_card(text)["pretty_name"] == 'A "title": | with --- all'
    assert head_of_card(text)["license"] == "cc-by-4.0"


def test_the_datasheet_answers_every_question() -> None:
    text = datasheet_of(facts(older=["zeroth"]))

    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [
        "Motivation", "Composition", "Collection", "Preprocessing", "Uses", "Distribution", "Maintenance",
    ]  # fmt: skip
    answers = re.findall(r"### (.+)\n\n(.+)", text)
    assert len(answers) == len(re.findall("^### ", text, re.MULTILINE)) >= 50
    for words in (
        "3 trees in other states",
        "de: version 9",
        "version 3",
        "2026-01-02",
        "zeroth",
        "30 single judgements",
    ):
        assert words in text


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("packings", [["parquet"], ["jsonl.gz"]], ids=["parquet", "json lines"])
def test_croissant_is_valid(packings: list[str], tmp_path: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is in requirements/dev.txt")
    order = ReleaseOrder.of({"forms": [form.value for form in Form], "packings": packings})
    files = [
        FileFact(file.path, file.form.value, file.packing, file.split, 1, 100, "ab" * 32) for file in order.files()
    ]
    path = tmp_path / "croissant.json"
    path.write_text(json.dumps(croissant_of(facts(order=order, files=files))))

    dataset = mlcroissant.Dataset(jsonld=path)

    assert list(dataset.metadata.issues.errors) == []
    assert len(dataset.metadata.distribution) == len(files)
    assert len(dataset.metadata.record_sets) == 2 * len(Form)


def test_the_manifest_names_every_file_and_sha256sum_reads_the_list() -> None:
    made = facts()
    manifest = manifest_of(made)

    assert [file["path"] for file in manifest["files"]] == [file.path for file in made.files]
    assert manifest["order"] == made.order.as_values()
    assert sums_of(made.files).splitlines()[0] == f"{'ab' * 32}  data/messages/train.jsonl.gz"


def entry(name: str, parent: str | None, *, rank: int | None = None, text: str = "Words") -> Entry:
    role = "assistant" if parent else "prompter"
    return Entry(name, parent, "u", None, text, role, "en", 0, None, False, rank, False, None, None, None, None)


def test_ranks_are_closed_up_and_ties_stay() -> None:
    replies = [entry("a", "p", rank=4), entry("b", "p", rank=1), entry("c", "p", rank=4), entry("d", "p")]

    close_ranks([entry("p", None), *replies])

    assert [reply.rank for reply in replies] == [1, 0, 1, None]


def test_who_writes_an_address_is_left_out_with_all_below_unless_a_moderator_has_looked() -> None:
    tree = [entry("p", None), entry("a", "p", text="mail me: maria@firma-muster.de"), entry("b", "a"), entry("c", "p")]

    assert [one.message_id for one in without_personal_data(tree, frozenset())] == ["p", "c"]
    assert without_personal_data(tree, {"a"}) == tree


def test_an_order_is_kept_and_read_again() -> None:
    given = {
        "selection": {"langs": ["de", "en"], "min_label": {"quality": 0.5}, "since": "2026-01-01"}, "forms": ["sft"],
        "packings": ["parquet"], "validation_share": 0.1, "test_share": 0.2, "personal_data": "leave_out",
    }  # fmt: skip
    order = ReleaseOrder.of(given)

    assert ReleaseOrder.of(order.as_values()).as_values() == order.as_values()
    assert [file.path for file in order.files()] == [
        f"data/sft/{side}.parquet" for side in ("train", "validation", "test")
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"prompts_only": "true", "sample": "5"}, {"prompts_only": True, "sample": 5}),
        ({"min_label": "quality:0.5,toxicity:0.2"}, {"min_label": {"quality": 0.5, "toxicity": 0.2}}),
        ({"langs": "de,en", "topic": ""}, {"langs": "de,en", "topic": None}),
    ],
    ids=["flags and numbers", "bounds", "texts"],
)
def test_filters_in_an_address_are_read(given: dict[str, str], expected: dict[str, Any]) -> None:
    assert read_query(given) == expected


def test_a_filter_in_an_address_that_can_not_be_read_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        read_query({"max_toxicity": "very"})
    assert (refused.value.code, refused.value.extra["field"]) == ("bad_filter_value", "max_toxicity")


def test_names_are_suggested_by_the_day() -> None:
    day = date(2026, 11, 22)

    assert suggested_name((), day) == "oa-2026-11-22"
    assert suggested_name({"oa-2026-11-22", "oa-2026-11-22.2"}, day) == "oa-2026-11-22.3"


def test_nothing_leads_away_from_what_is_published_but_a_recall() -> None:
    assert [to for to in ReleaseState if may_move(ReleaseState.PUBLISHED, to)] == [ReleaseState.RECALLED]
    assert [to for to in ReleaseState if may_move(ReleaseState.RECALLED, to)] == []
