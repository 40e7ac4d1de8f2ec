"""The web app's page and files, as the site hands them out."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from rest_framework.test import APIClient

from oa.accounts import actions
from oa.accounts.models import User
from tests import builders

INDEX = '<!doctype html>\n<html lang="en" dir="ltr"><head><title>oa</title></head><body></body></html>\n'
FILES = {
    "index.html": INDEX,
    "sw.js": "// service worker",
    "manifest.webmanifest": "{}",
    "icon.svg": "<svg/>",
    "assets/index-AbC123.js": "console.log(1)",
    "assets/index-AbC123.js.br": "br",
    "assets/index-AbC123.js.gz": "gzip",
}


@pytest.fixture(autouse=True)
def built(tmp_path: Path, settings: Any) -> Path:
    """A small build of the web app."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    settings.WEBAPP_DIR = tmp_path
    return tmp_path


def body(answer: Any) -> str:
    found = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(found).decode()


@pytest.mark.parametrize("path", ["/", "/index.html", "/learn", "/trees/0198c0de", "/account/verify-email/MQ:1abc:d-_"])
def test_every_address_of_the_app_shows_its_page(client: Client, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, body(answer)) == (200, INDEX)
    assert answer["Content-Type"] == "text/html; charset=utf-8"


def test_the_words_of_the_reader_s_language_are_fetched_with_the_page(client: Client, built: Path) -> None:
    (built / "assets" / "words-de-XyZ.js").write_text("export {}")

    assert "/assets/words-de-XyZ.js" in body(client.get("/", headers={"Accept-Language": "de"}))
    assert "words-" not in body(client.get("/", headers={"Accept-Language": "fr"}))


@pytest.mark.parametrize(
    "path", ["/assets/gone-1.js", "/assets/", "/gone.png", "/robots.txt", "/_allauth/no", "/static/x"]
)
def test_what_is_missing_is_not_taken_for_a_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_api_and_the_admin_keep_their_own_answers(client: Client) -> None:
    unknown = client.get("/api/v1/no/such/path")

    assert (unknown.status_code, unknown["Content-Type"]) == (404, "application/problem+json")
    assert client.get("/admin").headers["Location"] == "/admin/"
    assert client.get("/api/v1/docs").status_code == 200
    assert "unsafe-inline" in client.get("/api/v1/docs")["Content-Security-Policy"]


def test_a_page_is_only_looked_at(client: Client) -> None:
    assert client.post("/learn").status_code == 405
    answer = client.head("/learn")
    assert (answer.status_code, body(answer)) == (200, "")


def test_the_page_loads_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("", 'lang="en" dir="ltr"'),
        ("de-AT,de;q=0.9", 'lang="de" dir="ltr"'),
        ("ar", 'lang="ar" dir="rtl"'),
        ("zh-CN,zh;q=0.9", 'lang="zh-Hans" dir="ltr"'),
        ("zh", 'lang="zh-Hans" dir="ltr"'),
        ("tlh,eu", 'lang="en" dir="ltr"'),
    ],
)
def test_a_stranger_is_met_in_the_language_of_their_browser(client: Client, accepted: str, tag: str) -> None:
    assert f"<html {tag}>" in body(client.get("/", headers={"Accept-Language": accepted}))


@pytest.mark.parametrize(("cookie", "tag"), [("ar", '"ar" dir="rtl"'), ("zh-Hans", '"zh-Hans" dir="ltr"'),
                                             ("<script>", '"fr" dir="ltr"')])  # fmt: skip
def test_the_cookie_goes_before_the_browser(client: Client, cookie: str, tag: str) -> None:
    client.cookies["oa_lang"] = cookie

    assert f"<html lang={tag}>" in body(client.get("/", headers={"Accept-Language": "fr"}))


@pytest.mark.django_db
def test_what_the_person_has_chosen_goes_before_all(api_client_for: Callable[[User], APIClient]) -> None:
    person = builders.person()
    browser = api_client_for(person)
    browser.cookies["oa_lang"] = "de"
    actions.change_profile(by=person, now=builders.NOW, ui_language="ja")

    answer = browser.get("/")

    assert '<html lang="ja" dir="ltr">' in body(answer)
    assert answer["Content-Language"] == "ja"


@pytest.mark.django_db
def test_the_page_is_there_while_the_database_is_away(client: Client) -> None:
    client.force_login(builders.person())

    def away(*_args: object) -> None:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(away):
        answer = client.get("/")

    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies  # nobody is signed out by it


def test_the_page_is_asked_for_again_and_sent_only_when_it_has_changed(client: Client, built: Path) -> None:
    first = client.get("/")
    assert first["Cache-Control"] == "no-cache"

    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, body(again)) == (304, "")
    assert client.get("/", headers={"If-None-Match": first["ETag"], "Accept-Language": "ar"}).status_code == 200

    (built / "index.html").write_text(INDEX.replace("oa", "oa 2"))
    assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_page_is_packed_for_those_who_can_unpack_it(client: Client) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "gzip, br"})

    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(answer.content).decode() == INDEX


def test_the_page_brings_what_writes_need(client: Client) -> None:
    assert client.get("/").cookies["csrftoken"].value


def test_hashed_files_are_kept_for_good_and_come_packed(client: Client) -> None:
    plain = client.get("/assets/index-AbC123.js")
    packed = client.get("/assets/index-AbC123.js", headers={"Accept-Encoding": "gzip, br"})

    assert body(plain) == FILES["assets/index-AbC123.js"]
    assert plain["Content-Type"].startswith("text/javascript")
    assert "immutable" in plain["Cache-Control"]
    assert (packed["Content-Encoding"], body(packed)) == ("br", "br")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/sw.js", "text/javascript"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/icon.svg", "image/svg+xml"),
    ],
)
def test_files_that_keep_their_names_are_asked_for_again(client: Client, path: str, kind: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer["Content-Type"].split(";")[0] == kind
    assert answer["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_the_same_files_are_served_by_a_site_that_knows_them_from_its_start(settings: Any, client: Client) -> None:
    """In production nothing is looked for on the disk."""
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STATIC_ROOT = None

    assert "immutable" in client.get("/assets/index-AbC123.js")["Cache-Control"]
    assert body(client.get("/index.html")) == INDEX
    assert client.get("/sw.js")["Cache-Control"] == "no-cache"


def test_without_a_build_the_site_says_what_to_type(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.WEBAPP_DIR = tmp_path / "nowhere"

    answer = client.get("/", headers={"Accept-Language": "ar"})

    assert answer.status_code == 503
    assert "make setup" in body(answer)
    assert answer["Content-Security-Policy"]
    assert client.get("/healthz").status_code == 200
