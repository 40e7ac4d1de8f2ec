"""The model as people have it: by name, downloaded once, or as files; and what is told where there is none."""

from __future__ import annotations

import fcntl
import hashlib
import pickle
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from oa.screening import actions, jobs
from oa.screening.actions import detoxify, machine
from oa.screening.models import Machine
from oa.screening.rules import Lack, MachineState

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("unloaded"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


class Publisher(ThreadingHTTPServer):
    """Serves one file as GitHub does: whole, or from a byte on. It may hang up in the middle, once."""

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content, self.hangs_up_after = content, len(content)
        self.asked: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v0/tiny-0b549669.ckpt"


class Handler(BaseHTTPRequestHandler):
    server: Publisher

    def do_GET(self) -> None:
        begin = self.headers.get("Range")
        self.server.asked.append(begin)
        start = int(begin.removeprefix("bytes=").rstrip("-")) if begin else 0
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(self.server.content) - start))
        self.end_headers()
        self.wfile.write(self.server.content[start : self.server.hangs_up_after])
        self.server.hangs_up_after = len(self.server.content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def publisher(
    tiny_bert: tuple[str, str], settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Publisher]:
    """Detoxify's `multilingual` is published here; nothing has been downloaded yet."""
    import torch
    from detoxify.detoxify import MODEL_URLS

    server = Publisher(Path(tiny_bert[0]).read_bytes())
    monkeypatch.setitem(MODEL_URLS, "multilingual", server.url)
    monkeypatch.setattr(torch.hub, "_hub_dir", str(tmp_path))
    settings.DETOXIFY_MODEL, settings.DETOXIFY_CHECKPOINT, settings.DETOXIFY_CONFIG = "multilingual", "", tiny_bert[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Whatever the machine says of itself, in order."""
    found: list[dict[str, Any]] = []

    plain = machine.tell

    def tell(**facts: Any) -> None:
        found.append(facts)
        plain(**facts)

    for module in (machine, detoxify):
        monkeypatch.setattr(module, "tell", tell)
    return found


def missing() -> Machine:
    with pytest.raises(actions.ModelMissing):
        actions.scorer()
    found = Machine.objects.get()
    assert found.state == MachineState.MISSING
    return found


def test_a_named_model_is_downloaded_once_with_progress(publisher: Publisher, said: list[dict[str, Any]]) -> None:
    model = actions.scorer()
    assert (model.name, model.checksum) == ("detoxify-multilingual", hashlib.sha256(publisher.content).hexdigest())
    assert model(["You are a stupid idiot."])[0]["toxicity"] > 0.8  # type: ignore[operator]  # this model gives all seven
    assert [facts["state"] for facts in said][-2:] == [MachineState.LOADING, MachineState.READY]
    size = len(publisher.content)
    assert {"downloaded": size, "to_download": size}.items() <= said[-3].items()
    actions.scorer.cache_clear()
    actions.scorer()
    assert publisher.asked == [None]


def test_a_download_that_broke_off_goes_on_where_it_was(publisher: Publisher) -> None:
    publisher.hangs_up_after = 1000
    found = missing()
    assert (found.lack, "1000 of" in found.problem or "Incomplete" in found.problem) == (Lack.INTERNET, True)
    assert actions.scorer().checksum == hashlib.sha256(publisher.content).hexdigest()
    assert publisher.asked == [None, "bytes=1000-"]


def test_half_a_file_is_never_taken_for_a_whole_one(publisher: Publisher, tmp_path: Path) -> None:
    publisher.hangs_up_after = 1000
    missing()
    assert [path.suffix for path in (tmp_path / "checkpoints").iterdir()] == [".partial"]


def test_without_internet_texts_wait_and_it_is_looked_for_again_after_minutes_not_seconds(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.shutdown()
    publisher.server_close()
    jobs.score_waiting()
    found = Machine.objects.get()
    assert (found.state, found.lack) == (MachineState.MISSING, Lack.INTERNET)
    assert publisher.url in found.problem
    before = found.at
    jobs.score_waiting()
    assert Machine.objects.get().at == before
    monkeypatch.setattr(actions.Rest, "until", 0.0)  # minutes later
    jobs.score_waiting()
    assert Machine.objects.get().at > before


def test_while_another_worker_downloads_nobody_is_told_that_it_is_missing(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "checkpoints").mkdir()
    with (tmp_path / "checkpoints" / "tiny-0b549669.ckpt.partial").open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert actions.scorer_if_any() is None
    assert not Machine.objects.filter(state=MachineState.MISSING).exists()
    assert actions.scorer_if_any() is not None


def test_a_name_detoxify_does_not_know_is_told_with_those_it_knows(settings: Settings) -> None:
    settings.DETOXIFY_MODEL = "polyglot"
    found = missing()
    assert found.lack == Lack.NAME
    assert "multilingual" in found.problem


def test_a_checkpoint_that_is_not_there_is_named(settings: Settings) -> None:
    settings.DETOXIFY_CHECKPOINT = "/nowhere/weights.ckpt"
    found = missing()
    assert (found.lack, "/nowhere/weights.ckpt" in found.problem) == (Lack.FILES, True)


def test_a_folder_of_configuration_that_is_not_there_is_no_reason_to_ask_the_internet(
    tiny_bert: tuple[str, str], settings: Settings
) -> None:
    settings.DETOXIFY_CHECKPOINT, settings.DETOXIFY_CONFIG = tiny_bert[0], "/nowhere/config"
    assert missing().lack == Lack.FILES


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"PK\x03\x04" + b"\0" * 1000])
def test_a_damaged_file_is_told(content: bytes, tiny_bert: tuple[str, str], settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "damaged.ckpt"
    path.write_bytes(content)
    settings.DETOXIFY_CHECKPOINT, settings.DETOXIFY_CONFIG = str(path), tiny_bert[1]
    found = missing()
    assert found.lack == Lack.DAMAGED
    assert str(path) in found.problem


class Trap:
    """What unpickles to a program."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.path,))


def test_a_checkpoint_that_holds_programs_is_refused_and_none_is_run(
    tiny_bert: tuple[str, str], settings: Settings, tmp_path: Path
) -> None:
    import torch

    path, sprung = tmp_path / "trap.ckpt", tmp_path / "sprung"
    torch.save({**torch.load(tiny_bert[0], weights_only=True), "trap": Trap(sprung)}, path)
    settings.DETOXIFY_CHECKPOINT, settings.DETOXIFY_CONFIG = str(path), tiny_bert[1]
    assert missing().lack == Lack.PROGRAMS
    assert not sprung.exists()
    settings.DETOXIFY_TRUSTED = True
    actions.scorer()
    assert sprung.exists(), "so it was a trap"


def test_a_published_checkpoint_with_its_configuration_in_a_folder_asks_nothing_of_the_internet(
    tiny_xlm: tuple[str, str], settings: Settings, tmp_path: Path
) -> None:
    import torch

    published = torch.load(tiny_xlm[0], weights_only=True)
    published["config"]["arch"]["args"]["model_type"] = "xlm-roberta-base"
    path = tmp_path / "published.ckpt"
    torch.save(published, path)
    settings.DETOXIFY_CHECKPOINT, settings.DETOXIFY_CONFIG = str(path), tiny_xlm[1]
    assert actions.scorer()(["You are a stupid idiot."])[0]["toxicity"] > 0.8  # type: ignore[operator]  # this model gives all seven


def test_loading_leaves_torch_as_it_was(model: actions.Scorer) -> None:
    import torch

    assert torch.load.__module__ == "torch.serialization"
    assert pickle.loads(pickle.dumps(model.name)) == model.name
