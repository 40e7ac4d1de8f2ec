"""Moderators look at releases and take data along; administrators order, publish, recall: over HTTP."""

from __future__ import annotations

import gzip
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oa.accounts.models import User
from oa.datasets.models import Release
from oa.datasets.rules.forms import Form
from oa.datasets.rules.states import ReleaseState
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.trees.models import Message
from tests import builders as b
from tests.datasets.test_api_datasets import DATA, a_release, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

ORDER = {"name": "first", "licence": "CC-BY-4.0"}


def client(person: User) -> Client:
    found = Client()
    found.force_login(person)
    return found


def post(path: str, body: object = None, by: User | None = None) -> Any:
    where = f"/api/v1/moderation/releases{path}"
    return client(by or b.admin()).post(where, body or {}, content_type="application/json")


def get(path: str = "", by: User | None = None) -> Any:
    return client(by or b.moderator()).get(f"/api/v1/moderation/releases{path}")


def test_an_order_waits_for_a_worker() -> None:
    ada = b.admin()
    answer = post("", {**ORDER, "title": "A title", "forms": ["sft", "trees"], "selection": {"langs": ["de"]}}, by=ada)

    assert answer.status_code == 201, answer.json()
    told = answer.json()
    assert (told["state"], told["name"], told["by"]["id"]) == ("waiting", "first", str(ada.pk))
    assert told["order"]["forms"] == ["trees", "sft"]
    assert told["order"]["selection"]["langs"] == ["de"]
    assert told["order"]["selection"]["releasable"] is True
    assert told["numbers"] is None
    assert get("/first").json() == told


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": "Not good"}, "bad_name", "name"),
        ({"name": "../first"}, "bad_name", "name"),
        ({"name": "options"}, "bad_name", "name"),
        ({"licence": "None"}, "unknown_licence", "licence"),
        ({"title": "x" * 201}, "bad_words", "title"),
        ({"forms": ["poems"]}, "unknown_form", "forms"),
        ({"forms": []}, "nothing_to_write", "forms"),
        ({"packings": ["zip"]}, "unknown_packing", "packings"),
        ({"validation_share": 1.0}, "bad_share", "validation_share"),
        ({"validation_share": 0.6, "test_share": 0.4}, "bad_share", "validation_share"),
        ({"personal_data": "keep"}, "unknown_handling", "personal_data"),
        ({"selection": {"role": "assistant"}}, "not_whole_trees", "selection"),
        ({"selection": {"split": "train"}}, "has_all_sides", "split"),
        ({"selection": {"deleted": "too"}}, "filters_contradict", "deleted"),
        ({"selection": {"colour": "red"}}, "unknown_filter", "colour"),
        ({"selection": {"langs": 5}}, "bad_filter_value", "langs"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else str(value),
)
def test_a_wrong_order_is_refused_in_words(changes: dict[str, Any], code: str, field: str) -> None:
    answer = post("", {**ORDER, **changes})

    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.json()
    assert answer.json()["field"] == field
    assert not Release.objects.exists()


def test_a_name_that_is_taken_is_a_conflict() -> None:
    post("", ORDER)

    assert post("", ORDER).json()["code"] == "name_is_taken"


def test_the_preview_says_what_would_be_in_it_and_what_not() -> None:
    b.policy(embargo_days=0)
    root = b.ready()
    b.plant()
    reply = Message.objects.filter(parent=root).first()
    assert reply is not None
    Message.objects.filter(pk=reply.pk).update(withdrawn=True)

    told = post("/preview", {"selection": {}}, by=b.moderator()).json()

    assert (told["trees"], told["messages"], told["people"], told["whole"]) == (1, 2, 2, True)
    assert told["by_lang"] == [{"lang": "en", "trees": 1, "messages": 2}]
    assert told["left_out"] == [
        {"reason": "in other states", "words": "in other states", "trees": 1, "messages": 0},
        {"reason": "withdrawn", "words": "withdrawn by their authors", "trees": 0, "messages": 1},
    ]


def test_options_name_all_that_can_be_chosen() -> None:
    b.policy(embargo_days=7)
    b.plant(lang="de")

    told = get("/options").json()

    assert [form["name"] for form in told["forms"]] == [form.value for form in Form]
    assert told["langs"] == [{"lang": "de", "trees": 1}]
    assert told["embargo_days"] == 7
    assert (
        post("", {"name": told["suggested_name"], "licence": told["usual_licence"], **told["usual"]}).status_code == 201
    )


def test_the_list_tells_what_is_under_way_in_few_statements() -> None:
    moderator = b.moderator()
    a_release("first")
    with CaptureQueriesContext(connection) as one:
        get(by=moderator)
    post("", {**ORDER, "name": "second"})
    a_release("third")
    with CaptureQueriesContext(connection) as three:
        rows = get(by=moderator).json()["results"]

    assert len(three) == len(one)
    assert {(row["name"], row["state"]) for row in rows} == {
        ("first", "published"), ("second", "waiting"), ("third", "published"),
    }  # fmt: skip


def test_files_can_be_looked_at_before_they_are_published() -> None:
    a_release("first", state=ReleaseState.READY)

    answer = get(f"/first/files/{DATA}")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_cancel_and_retry_over_http() -> None:
    post("", ORDER)

    assert post("/first/cancel").json()["state"] == "cancelled"
    assert post("/first/cancel").json()["code"] == "moved_meanwhile"
    assert post("/first/retry").json()["state"] == "waiting"
    assert post("/first/publish").json()["code"] == "not_ready"
    assert post("/first/recall", {"why": "x"}).json()["code"] == "not_published"
    assert post("/nothing/publish").status_code == 404


def take(**asked: str) -> Any:
    return client(b.moderator()).get("/api/v1/moderation/export", asked)


def test_moderators_take_data_along_and_it_is_in_the_log() -> None:
    b.policy(embargo_days=0)
    root = b.ready()

    answer = take(form="messages", packing="jsonl.gz", original_ids="true", langs="en", topic="Words")

    rows = [orjson.loads(line) for line in gzip.decompress(read(answer)).splitlines()]
    assert {row["message_tree_id"] for row in rows} == {str(root.pk)}
    line = Decision.objects.get(verb=Verb.EXPORT_DATA)
    assert line.details["original_ids"] is True
    assert line.details["selection"]["topic"] == 5, "how long the words were, not the words"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"form": "poems"}, "invalid_input"), ({"colour": "red"}, "unknown_filter"),
        ({"sample": "many"}, "bad_filter_value"),
        ({"min_label": "quality"}, "bad_filter_value"), ({"form": "sft", "role": "assistant"}, "form_needs_trees"),
    ],
    ids=["form", "filter", "number", "bounds", "lists"],
)  # fmt: skip
def test_a_wrong_wish_is_refused_before_anything_is_written_down(asked: dict[str, str], code: str) -> None:
    answer = take(**asked)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not Decision.objects.filter(verb=Verb.EXPORT_DATA).exists()
