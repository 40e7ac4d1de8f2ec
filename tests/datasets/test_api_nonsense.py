"""Whatever is sent to the pages of data sets, it is refused in words or taken: nothing falls over."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import builders as b
from tests.datasets.test_api_datasets import DATA, a_release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

HALF = "\ud800"  # half a character: JSON can say it, UTF-8 can't
ODD: tuple[Any, ...] = (
    None, True, 10**30, -1, 1.5, "", "\0", HALF, "x" * 100_000, [], [[]], [HALF], ["\0"], [None], {}, {HALF: HALF},
    {"quality": {}}, {"quality": 10**400}, [{}], "0001-01-01", "9999-12-31",
)  # fmt: skip
FIELDS = (
    "name", "title", "notes", "licence", "selection", "forms", "packings", "validation_share", "personal_data",
)  # fmt: skip
FILTERS = (
    "states", "langs", "since", "until", "min_label", "min_label_low", "min_reviews", "max_toxicity", "topic",
    "origin", "model", "sample", "split_seed", "users", "synthetic_messages", "releasable", HALF,
)  # fmt: skip
ORDER = {"name": "first", "licence": "CC-BY-4.0"}


@pytest.fixture
def ada() -> Client:
    client = Client()
    client.force_login(b.admin())
    return client


def fell_over(client: Client, path: str, body: Any) -> str:
    """What was sent, if it made the site fall over."""
    client.raise_request_exception = False
    text = body if isinstance(body, str) else json.dumps(body)
    answer = client.post(f"/api/v1/moderation/{path}", text, content_type="application/json")
    return f"{path} {text[:120]}: {answer.status_code}" if answer.status_code >= 500 else ""


def test_an_order_of_anything(ada: Client) -> None:
    found = [fell_over(ada, "releases", {**ORDER, field: odd}) for field in FIELDS for odd in ODD]
    found += [fell_over(ada, "releases", text) for text in ("", "{", "[]", "null", "5", '"x"', "[" * 100_000)]
    found += [fell_over(ada, "releases/first/recall", {"why": odd}) for odd in ODD]

    assert not [one for one in found if one]


@pytest.mark.parametrize("path", ["releases", "releases/preview"], ids=["order", "preview"])
def test_filters_of_anything(ada: Client, path: str) -> None:
    found = [fell_over(ada, path, {**ORDER, "selection": {name: odd}}) for name in FILTERS for odd in ODD]

    assert not [one for one in found if one]


def test_an_address_with_anything(ada: Client) -> None:
    a_release("first")
    odd = ("%00", "%ED%A0%80", "9" * 5000, "nan", "-1", "1e999", "quality:nan", ",,,", "[]", "a" * 5000)
    where = [f"moderation/export?{name}={one}" for name in (*FILTERS[:-1], "form", "packing", "user") for one in odd]
    where += [f"{kind}?cursor={one}" for kind in ("datasets", "datasets/first/withdrawn", "moderation/imports",
              "moderation/releases") for one in (*odd, "bnVsbA", "W10", "WyJ4Il0", "WzEsMl0")]  # fmt: skip
    where += [f"datasets/{one}" for one in odd] + [f"datasets/first/files/{one}" for one in odd]
    ada.raise_request_exception = False

    answers = {path: ada.get(f"/api/v1/{path}").status_code for path in where}

    assert not {path[:120]: status for path, status in answers.items() if status >= 500}


@pytest.mark.parametrize("asked", ["bytes=" + "9" * 6000 + "-", "bytes=0-" + "9" * 6000, "bytes=-" + "9" * 6000])
def test_a_part_that_no_file_has(asked: str) -> None:
    a_release("first")

    assert Client().get(f"/api/v1/datasets/first/files/{DATA}", headers={"Range": asked}).status_code in (200, 206)


def test_an_upload_of_anything(ada: Client, settings: Any, tmp_path: Any) -> None:
    settings.OA_UPLOADS_DIR = tmp_path / "uploads"
    ada.raise_request_exception = False
    here, found = "/api/v1/moderation/imports", {}
    for name in ("../../x", "a\0b", "x" * 500, "\U0001f600.jsonl", "..", ".", "/", "C:\\x\\y", "\u202ea.jsonl", 'a"b'):
        found[name] = ada.post(here, {"file": SimpleUploadedFile("x", b"{}"), "origin": name}).status_code
        head = f'--B\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{{}}\r\n--B--\r\n'
        kind = "multipart/form-data; boundary=B"
        found["name " + name] = ada.generic("POST", here, head.encode(), content_type=kind).status_code
    for field in ("into", "form", "licence", "model_name", "lang", "dry_run", "column", "encoding"):
        for odd in ("\0", "x" * 5000, "[]"):
            sent = {"file": SimpleUploadedFile("x", b"{}"), field: odd}
            found[f"{field} {odd[:5]}"] = ada.post(here, sent).status_code
    found["two files"] = ada.post(here, {"file": [SimpleUploadedFile("x", b"{}")] * 2}).status_code
    found["a text"] = ada.post(here, {"file": "text"}).status_code
    found["long field"] = ada.post(here, {"origin": "x" * 4_000_000}).status_code
    found["many fields"] = ada.post(here, {f"f{number}": "x" for number in range(2000)}).status_code
    found["no body"] = ada.generic("POST", here, b"", content_type="multipart/form-data; boundary=B").status_code
    found["no boundary"] = ada.generic("POST", here, b"x", content_type="multipart/form-data").status_code
    found["json"] = ada.post(here, {}, content_type="application/json").status_code

    assert not {what: status for what, status in found.items() if status >= 500}
    assert all(len(path.name) == 36 for path in (tmp_path / "uploads").iterdir()), "a broken one leaves nothing behind"
