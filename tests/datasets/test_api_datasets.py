"""Everybody looks at published data sets, downloads their files, and learns what was taken back since."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oa.datasets.actions import releasing
from oa.datasets.models import Release, ReleaseFile, ReleaseMember
from oa.datasets.rules.pseudonyms import namer
from oa.datasets.rules.releases import CARD, SAMPLES, ReleaseOrder
from oa.datasets.rules.states import ReleaseState
from oa.trees.models import Message
from tests import builders as b

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

DATA = "data/messages/train.jsonl"
CONTENT = b'{"message_id":"1"}\n' * 1000
NUMBERS = {
    "trees": 2, "messages": 6, "people": 5,
    "by_lang": [{"lang": "en", "trees": 2, "messages": 6}], "by_role": [{"role": "prompter", "messages": 2}],
    "by_state": [{"state": "ready_for_export", "trees": 2}], "splits": [{"split": "train", "trees": 2, "messages": 6}],
    "judgements": {"reviews": 0, "ballots": 0, "skips": 0, "reactions": 0},
}  # fmt: skip


def a_release(name: str, *, state: ReleaseState = ReleaseState.PUBLISHED, days_ago: int = 0, **more: Any) -> Release:
    """As if it had been made: its rows and its files, of which one is published by the update at the end."""
    moment = timezone.now() - timedelta(days=days_ago)
    order = ReleaseOrder.of({"forms": ["messages"], "packings": ["jsonl"]}).as_values()
    release = Release.objects.create(
        name=name, title="A title", licence="CC-BY-4.0", at=moment, taken_at=moment, numbers=NUMBERS, order=order,
        **more,
    )  # fmt: skip
    card = b"---\nlicense: cc-by-4.0\n---\n\n# A title\n"
    for path, form, content in (
        (DATA, "messages", CONTENT),
        (CARD, "", card),
        (SAMPLES, "", b'[{"message_tree_id":"1"}]'),
    ):
        place = releasing.folder_of(release) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        ReleaseFile.objects.create(
            release=release, path=path, form=form, packing="jsonl" if form else "", split="train" if form else "",
            rows=1000 if form else 0, bytes=len(content), sha256=hashlib.sha256(content).hexdigest(), written_at=moment,
        )  # fmt: skip
    Release.objects.filter(pk=release.pk).update(state=state, published_at=moment)
    release.refresh_from_db()
    return release


def get(path: str = "", *, client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(f"/api/v1/datasets{path}", headers=headers)


def read(answer: Any) -> bytes:
    async def whole() -> bytes:
        return b"".join([part async for part in answer.streaming_content])

    return async_to_sync(whole)()


def test_the_list_has_what_is_published_the_newest_first() -> None:
    a_release("older", days_ago=2)
    a_release("newer", days_ago=1)
    a_release("secret", state=ReleaseState.READY)

    rows = get().json()["results"]

    assert [row["name"] for row in rows] == ["newer", "older"]
    expected = {
        "title": "A title", "licence": "CC-BY-4.0", "trees": 2, "messages": 6, "people": 5, "langs": ["en"],
        "recalled": False,
    }  # fmt: skip
    assert expected.items() <= rows[0].items()
    assert rows[0]["bytes"] > len(CONTENT)


def test_the_number_of_statements_does_not_grow_with_the_list() -> None:
    a_release("first", days_ago=3)
    with CaptureQueriesContext(connection) as one:
        get()
    a_release("second", days_ago=2)
    a_release("third", days_ago=1)
    with CaptureQueriesContext(connection) as three:
        get()

    assert len(three) == len(one) <= 3


def test_one_data_set_with_its_card_and_neighbours() -> None:
    older = a_release("older", days_ago=2)
    a_release("newer", days_ago=1, previous=older)

    with CaptureQueriesContext(connection) as caught:
        told = get("/newer").json()

    assert len(caught) <= 5
    assert told["card"] == "# A title"
    assert told["samples"] == [{"message_tree_id": "1"}]
    assert (told["previous"], told["next"], told["withdrawn"]) == ("older", None, 0)
    assert get("/older").json()["next"] == "newer"
    assert told["files"][0]["path"] == DATA
    assert told["order_in_words"][0] == "Trees in the states: ready for export."


@pytest.mark.parametrize("path", ["/nothing", "/secret", "/secret/withdrawn", f"/secret/files/{DATA}"])
def test_what_is_not_published_is_not_there(path: str) -> None:
    a_release("secret", state=ReleaseState.READY)

    answer = get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_release")


def test_a_file_comes_whole_and_may_be_kept_as_long_as_it_is_published() -> None:
    a_release("first")

    answer = get(f"/first/files/{DATA}")

    assert (answer.status_code, read(answer)) == (200, CONTENT)
    assert answer.headers["ETag"] == f'"{hashlib.sha256(CONTENT).hexdigest()}"'
    assert answer.headers["Content-Length"] == str(len(CONTENT))
    assert answer.headers["Cache-Control"] == "public, no-cache", "it may be recalled"
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    assert "attachment" in answer.headers["Content-Disposition"]
    again = get(f"/first/files/{DATA}", **{"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_tells_of_a_file_without_sending_it() -> None:
    a_release("first")

    answer = Client().head(f"/api/v1/datasets/first/files/{DATA}")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(CONTENT))


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, CONTENT[:10]), ("bytes=100-", 206, CONTENT[100:]), ("bytes=-7", 206, CONTENT[-7:]),
        ("bytes=5-1", 200, CONTENT), ("bytes=0-1,4-5", 200, CONTENT), ("bytes=99999999-", 200, CONTENT),
        ("lines=1-2", 200, CONTENT), ("bytes=²-3", 200, CONTENT),
    ],
    ids=["first", "rest", "last", "backwards", "two parts", "beyond", "no bytes", "no digits"],
)  # fmt: skip
def test_a_download_that_was_cut_off_goes_on(asked: str, status: int, part: bytes) -> None:
    a_release("first")

    answer = get(f"/first/files/{DATA}", Range=asked)

    assert (answer.status_code, read(answer)) == (status, part)


@pytest.mark.parametrize(
    "path",
    [
        "../../first/README.md", "..%2F..%2Fsecrets", "data/../README.md", "/etc/passwd", "data/messages/train.jsonl/",
        "DATA/messages/train.jsonl", "README.md%00", ".stages", "",
    ],
)  # fmt: skip
def test_only_files_of_the_list_are_sent(path: str, folder: Path) -> None:
    a_release("first")
    (folder / "secrets").write_text("secret")

    answer = get(f"/first/files/{path}")

    assert answer.status_code == 404


def test_a_file_that_the_disk_has_lost_is_missing(folder: Path) -> None:
    a_release("first")
    (folder / "first" / DATA).unlink()

    answer = get(f"/first/files/{DATA}")

    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_file")


def test_what_was_recalled_keeps_its_page_and_loses_its_files() -> None:
    a_release("first")
    releasing.recall(name="first", why="Somebody's address was in it", by=b.admin(), now=timezone.now())

    told, file = get("/first").json(), get(f"/first/files/{DATA}")

    assert (told["recalled"], told["recalled_why"], told["card"]) == (True, "Somebody's address was in it", "")
    assert (file.status_code, file.json()["code"]) == (410, "recalled")
    assert get().json()["results"][0]["recalled"]


def test_users_of_a_data_set_see_what_was_taken_back_under_its_own_ids() -> None:
    b.policy()
    kept, taken, deleted = b.plant(), b.plant(), b.plant()
    release = Release.objects.create(name="first", licence="CC-BY-4.0", at=b.NOW, taken_at=b.NOW, numbers=NUMBERS)
    ReleaseMember.objects.bulk_create(ReleaseMember(release=release, message=one) for one in (kept, taken, deleted))
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.PUBLISHED, published_at=b.NOW)
    Message.objects.filter(pk=taken.pk).update(withdrawn=True)
    Message.objects.filter(pk=deleted.pk).update(deleted=True)

    rows = get("/first/withdrawn").json()["results"]

    name_of = namer(bytes(release.key))
    assert rows == [
        {"message_id": name_of(str(taken.pk)), "reason": "withdrawn"},
        {"message_id": name_of(str(deleted.pk)), "reason": "deleted"},
    ]
    page = get("/first/withdrawn?limit=1").json()
    assert get(f"/first/withdrawn?limit=1&cursor={page['next_cursor']}").json()["results"] == rows[1:]


def test_the_page_shows_no_sample_with_something_that_was_taken_back() -> None:
    b.policy()
    kept, taken = b.plant(), b.plant()
    release = a_release("first", state=ReleaseState.READY)
    name_of = namer(bytes(release.key))
    rows = [{"message_tree_id": name_of(str(one.pk)), "prompt": {"message_id": name_of(str(one.pk)), "replies": []}}
            for one in (kept, taken)]  # fmt: skip
    (releasing.folder_of(release) / SAMPLES).write_bytes(orjson.dumps(rows))
    ReleaseMember.objects.bulk_create(ReleaseMember(release=release, message=one) for one in (kept, taken))
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.PUBLISHED)
    assert get("/first").json()["samples"] == rows

    Message.objects.filter(pk=taken.pk).update(withdrawn=True)

    assert get("/first").json()["samples"] == rows[:1]
