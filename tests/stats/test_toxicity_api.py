"""The report on toxicity as the pages read it, and as files."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oa.stats.actions import make_toxicity_report
from oa.stats.rules.files import COLUMNS
from tests import builders

pytestmark = pytest.mark.django_db

WHERE = "/api/v1/stats/toxicity"


def read(query: str = "") -> Any:
    return Client().get(WHERE + query).json()


@pytest.fixture
def report() -> None:
    """Of forty English messages and one Spanish; two German ones have no scores."""
    for place in range(40):
        builders.scored(builders.plant(), place / 40)
    builders.scored(builders.plant(lang="es"), 0.5)
    for _ in range(2):
        builders.plant(lang="de")
    assert make_toxicity_report(clock=timezone.now, seed=7, resamples=20)


def test_before_the_first_report_it_is_said_that_there_is_none() -> None:
    found = read("?lang=en")

    assert (found["made_at"], found["group"], found["groups"], found["unsupported"]) == (None, None, [], [])
    assert (found["too_few"], found["too_few_of_a_side"], found["confidence"]) == (30, 5, 0.95)
    for ending in ("csv", "json"):
        answer = Client().get(f"{WHERE}.{ending}")
        assert (answer.status_code, answer.json()["code"]) == (404, "no_report_yet")


@pytest.mark.usefixtures("report")
def test_all_messages_are_told_of_unless_a_group_is_asked_for() -> None:
    found = read()

    assert found["made_at"] is not None and found["seconds"] > 0
    assert (found["resamples"], found["seed"]) == (20, 7)
    assert [(group["lang"], group["role"], group["n"]) for group in found["groups"]] == [
        (None, None, 41), ("en", None, 40), ("es", None, 1), (None, "prompter", 41),
    ]  # fmt: skip
    assert found["unsupported"] == [{"lang": "de", "messages": 2}]
    assert found["models"] == [{"name": "test", "checksum": "", "imported": False, "n": 41}]
    group = found["group"]
    assert (group["lang"], group["role"], group["n_scored"]) == (None, None, 41)
    assert (len(group["cells"]), len(group["roc"]), len(group["kept_deleted"])) == (15 * 7, 3 * 7, 7)
    assert read("?lang=&role=") == found


@pytest.mark.usefixtures("report")
def test_a_language_or_a_role_is_told_of_by_itself() -> None:
    assert read("?lang=en")["group"]["n_scored"] == 40
    assert read("?role=prompter")["group"]["n_scored"] == 41
    assert read("?lang=es")["group"]["cells"][0]["too_few"]


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize(
    "query, status, code",
    [
        ("?lang=de", 404, "language_not_supported"), ("?lang=xx", 404, "no_such_group"),
        ("?role=assistant", 404, "no_such_group"), ("?lang=en&role=prompter", 404, "no_such_group"),
        ("?role=x", 422, "invalid_input"), (f"?lang={'x' * 17}", 422, "invalid_input"),
    ],
)  # fmt: skip
def test_a_group_that_is_not_there_is_a_problem(query: str, status: int, code: str) -> None:
    answer = Client().get(WHERE + query)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.usefixtures("report")
def test_reading_takes_one_statement_and_not_the_whole_report() -> None:
    with CaptureQueriesContext(connection) as queries:
        read("?lang=en")

    assert len(queries) == 1
    assert '"data" -> ' in queries[0]["sql"] or "#>" in queries[0]["sql"]
    assert '"stats_report"."data",' not in queries[0]["sql"]


@pytest.mark.usefixtures("report")
def test_the_json_file_has_all_messages_at_the_top_and_every_other_group_below() -> None:
    answer = Client().get(f"{WHERE}.json")

    found = answer.json()
    assert answer["Content-Disposition"].startswith('attachment; filename="oa-toxicity-')
    assert found["cells"] == read()["group"]["cells"]
    assert list(found["cells"][0])[:5] == ["label", "score", "n", "n_reviews", "n_imported"]
    assert [(group["lang"], group["role"]) for group in found["groups"]] == [
        ("en", None), ("es", None), (None, "prompter"),
    ]  # fmt: skip
    assert found["groups"][0] == read("?lang=en")["group"]


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize("accept", ["*/*", "text/csv", "text/html,application/xhtml+xml,*/*;q=0.8"])
def test_the_csv_file_has_a_row_for_each_cell_and_one_for_a_language_that_is_not_supported(accept: str) -> None:
    answer = Client().get(f"{WHERE}.csv", headers={"accept": accept})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 4 * 15 * 7 + 1
    assert {row["status"] for row in rows[:-1]} == {"too few"}, "nobody has labelled anything"
    assert {row["pearson"] for row in rows} == {""}
    last = rows[-1]
    assert (last["lang"], last["status"], last["n"], last["label"]) == ("de", "not supported", "", "")
    assert [row["n"] for row in rows[:2]] == ["0", "0"]
