"""Imports in the panel: uploaded by administrators, worked on by workers, watched by moderators."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from oa.accounts.models import User
from oa.datasets import actions
from oa.datasets.actions import uploading
from oa.datasets.models import ImportRun
from oa.datasets.rules.states import IMPORTS_AT_WORK
from oa.datasets.rules.wishes import Wish
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.trees.models import Message, Tree
from tests import builders
from tests.datasets.broken import HOW, KINDS, WHY, many, rows, talk

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/api/v1/moderation/imports"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.OA_UPLOADS_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def ada() -> Client:
    return signed_in(builders.admin())


def upload(client: Client, data: bytes, name: str = "talks.jsonl", **fields: Any) -> Any:
    return client.post(HERE, {"file": SimpleUploadedFile(name, data), **fields})


def work() -> int:
    return actions.work_on_imports(clock=timezone.now)


def test_a_file_is_uploaded_worked_on_and_reported(ada: Client, folder: Path) -> None:
    data = rows(talk(WHY), "rubbish", talk(HOW))

    sent = upload(ada, data, origin="elsewhere", licence="CC0", model_name="parrot")

    assert (sent.status_code, sent.json()["state"], sent.json()["name"]) == (201, "waiting", "talks.jsonl")
    assert (sent.json()["sha256"], sent.json()["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
    assert work() == 1
    found = ada.get(f"{HERE}/{sent.json()['id']}").json()
    assert (found["state"], found["done_bytes"], found["problems_count"]) == ("done", len(data), 1)
    assert (found["report"]["trees"]["taken"], found["report"]["langs"]) == (2, {"en": 2})
    problems = ada.get(f"{HERE}/{found['id']}/problems").json()["results"]
    assert [(problem["line"], problem["code"]) for problem in problems] == [(2, "bad_json")]
    assert set(Tree.objects.values_list("origin", flat=True)) == {"elsewhere"}
    assert ada.get(HERE).json()["results"][0]["id"] == found["id"]
    assert Decision.objects.filter(verb=Verb.IMPORT).count() == 2, "ordered by somebody, and done by the system"


def test_a_trial_is_done_for_real_afterwards(ada: Client) -> None:
    sent = upload(ada, rows(talk(WHY)), dry_run="true").json()

    work()
    tried = ada.get(f"{HERE}/{sent['id']}").json()
    assert (tried["state"], tried["report"]["trees"]["taken"], Tree.objects.count()) == ("done", 1, 0)

    again = ada.post(f"{HERE}/{sent['id']}/run")
    assert (again.status_code, again.json()["state"], again.json()["dry_run"]) == (200, "waiting", False)
    work()
    assert Tree.objects.count() == 1
    assert ada.post(f"{HERE}/{sent['id']}/run").json()["code"] == "import_done"


def test_an_import_is_stopped_and_goes_on(ada: Client) -> None:
    sent = upload(ada, rows(talk(WHY))).json()

    assert ada.post(f"{HERE}/{sent['id']}/stop").json()["state"] == "stopped"
    assert work() == 0
    assert ada.post(f"{HERE}/{sent['id']}/stop").json()["code"] == "import_ended"
    assert ada.post(f"{HERE}/{sent['id']}/run").json()["state"] == "waiting"
    assert (work(), Tree.objects.count()) == (1, 1)


@pytest.mark.parametrize("dry_run", [False, True], ids=["for real", "dry run"])
def test_whoever_works_hears_that_it_was_stopped(dry_run: bool, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "PULSE", timedelta(0))
    sent = upload(ada, many(), dry_run=str(dry_run).lower()).json()
    beats = []

    def stopping(heart: uploading._Heart, report: Any) -> None:
        beats.append(report.done_bytes)
        if len(beats) == 1:
            with uploading.other_connection() as other, other.cursor() as cursor:
                cursor.execute("UPDATE datasets_importrun SET state = 'stopped', claimed_until = NULL")
        beat(heart, report)

    beat = uploading._Heart.beat
    monkeypatch.setattr(uploading._Heart, "beat", stopping)

    assert work() == 1
    assert (ImportRun.objects.get(pk=sent["id"]).state, len(beats)) == ("stopped", 1)
    assert Tree.objects.count() == 0


def test_another_worker_goes_on_when_the_first_is_dead(ada: Client) -> None:
    sent = upload(ada, rows(talk(WHY), talk(HOW))).json()
    now = timezone.now()

    assert uploading.claim_import(now=now) is not None
    assert work() == 0, "it is somebody's"
    ImportRun.objects.update(claimed_until=now - timedelta(seconds=1))

    assert (work(), Tree.objects.count()) == (1, 2)
    assert ImportRun.objects.get(pk=sent["id"]).state == "done"


def test_a_terminal_that_died_is_told(tmp_path: Path) -> None:
    now = timezone.now()
    ImportRun.objects.create(name="f", at=now, state="running", claimed_until=now - timedelta(seconds=1))

    work()

    assert ImportRun.objects.get().state == "failed"


def test_moderators_look_and_administrators_act(ada: Client, folder: Path) -> None:
    moderator, volunteer = signed_in(builders.moderator()), signed_in(builders.person())
    sent = upload(ada, rows(talk(WHY))).json()

    assert moderator.get(f"{HERE}/{sent['id']}").status_code == 200
    assert upload(moderator, rows(talk(WHY))).json()["code"] == "admins_only"
    assert upload(volunteer, rows(talk(WHY))).json()["code"] == "admins_only"
    assert moderator.post(f"{HERE}/{sent['id']}/stop").json()["code"] == "admins_only"
    assert [path.name for path in folder.iterdir()] == [sent["id"]], "nothing of theirs stays"


def test_nothing_is_kept_of_a_file_that_is_too_large(ada: Client, folder: Path, settings: Any) -> None:
    settings.OA_UPLOAD_MEGABYTES = 1

    answer = upload(ada, b"x" * (1024 * 1024 + 1))

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert list(folder.iterdir()) == []
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [{"into": "moon"}, {"form": "poem"}, {"dry_run": "perhaps"}, {"lang": "x" * 17}, {"origin": "a\0b"}],
    ids=["a wrong place", "a wrong form", "neither yes nor no", "a long language", "NUL"],
)
def test_wrong_wishes_are_refused_and_leave_no_file(fields: dict[str, str], ada: Client, folder: Path) -> None:
    answer = upload(ada, rows(talk(WHY)), **fields)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    assert list(folder.iterdir()) == []


def test_a_form_without_a_file_is_refused(ada: Client) -> None:
    assert ada.post(HERE, {"into": "archive"}).status_code == 422
    assert ada.post(HERE, json.dumps({"into": "archive"}), content_type="application/json").status_code == 415
    assert ada.post(HERE, b"--x\r\nrubbish", content_type="multipart/form-data; boundary=x").status_code in (400, 422)
    assert ada.post(HERE, b"", content_type="multipart/form-data").status_code == 422


def test_no_broken_file_is_more_than_a_report(ada: Client) -> None:
    """Each of them uploaded by itself; one test for all, because each would empty the database again."""
    sent = {
        kind: upload(ada, wanted.make(), name=wanted.name, into=wanted.into.value, dry_run="true")
        for kind, wanted in KINDS.items()
    }
    work()

    empty = {kind for kind, answer in sent.items() if answer.status_code == 422}
    assert empty == {"nothing"}
    for kind in sent.keys() - empty:
        found = ada.get(f"{HERE}/{sent[kind].json()['id']}").json()
        told = {**found["report"]["refused_by_code"], **found["report"]["repaired_by_code"]}
        assert (kind, found["state"]) == (kind, "done")
        assert (kind, {code for _line, code in KINDS[kind].told} - told.keys()) == (kind, set())
        assert (kind, found["problems_count"]) == (kind, sum(told.values()))


def test_an_encoding_nobody_knows_fails_in_words(ada: Client) -> None:
    answer = upload(ada, rows(talk(WHY)), encoding="klingon")

    assert (answer.status_code, "encoding" in answer.json()["errors"]) == (422, True)


def test_files_go_when_nobody_needs_them(ada: Client, folder: Path) -> None:
    upload(ada, rows(talk(WHY)))
    (folder / "part-1").write_bytes(b"half")
    work()

    assert actions.drop_old_uploads(now=timezone.now()) == 0
    later = timezone.now() + uploading.KEPT + timedelta(hours=1)
    assert actions.drop_old_uploads(now=later) == 2
    assert list(folder.iterdir()) == []
    run = ImportRun.objects.get()
    ImportRun.objects.update(state="failed")
    assert ada.post(f"{HERE}/{run.pk}/run").json()["code"] == "file_gone"


def test_an_import_that_was_killed_finds_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "talks"
    path.write_bytes(many())
    actions.import_here(path, Wish(), clock=timezone.now)
    before = Message.objects.count()

    report = actions.import_here(path, Wish(), clock=timezone.now)

    assert (report.trees.total(), Message.objects.count()) == (400, before)
    assert site.OA_UPLOADS_DIR, "terminals have no upload"


@pytest.mark.parametrize("encoding", ["undefined", "idna", "punycode", "rot13"])
def test_an_odd_encoding_keeps_no_worker_busy_for_ever(ada: Client, encoding: str) -> None:
    upload(ada, b"\xff\x80" + "é".encode() * 500, encoding=encoding)
    with suppress(UnicodeError):  # which the log of jobs has
        work()

    assert not ImportRun.objects.filter(state__in=IMPORTS_AT_WORK).exists()


def test_a_fault_of_ours_ends_an_import_as_failed(ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_args: object, **_more: object) -> None:
        raise RuntimeError("a fault")

    upload(ada, rows(talk(WHY)))
    with monkeypatch.context() as patched:
        patched.setattr(uploading, "import_file", fault)
        with pytest.raises(RuntimeError):
            work()

    run = ImportRun.objects.get()
    assert (run.state, run.error, run.claimed_until) == ("failed", "RuntimeError: a fault", None)
    assert ada.post(f"{HERE}/{run.pk}/run").status_code == 200
    assert work() == 1
    assert ImportRun.objects.get().state == "done"
