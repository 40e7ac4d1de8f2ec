"""A published release is uploaded to a hub: here to one that speaks as much of its language as that takes."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from oa.core.errors import Conflict, Missing
from oa.datasets.actions import releasing
from oa.datasets.rules.states import ReleaseState
from tests.datasets.test_api_datasets import CONTENT, DATA, a_release

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("folder"),
    # Of the library's own client for uploads.
    pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning"),
]


class Hub(ThreadingHTTPServer):
    """Repositories in memory. Parquet and packed files go through LFS, as on the real one."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.repos: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.blobs: dict[str, bytes] = {}
        self.tokens: set[str] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *_args: Any) -> None:
        """Nothing is said of requests."""

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        pieces = []
        while size := int(self.rfile.readline(), 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def _answer(self, value: object, status: int = 200) -> None:
        raw = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def do_GET(self) -> None:
        known = self.headers.get("Authorization") == "Bearer right"
        self._answer({"id": "lab/first", "sha": "0" * 40, "siblings": []}, 200 if known else 401)

    def do_PUT(self) -> None:
        raw = self._body()
        self.server.blobs[hashlib.sha256(raw).hexdigest()] = raw
        self._answer({})

    def do_POST(self) -> None:
        raw = self._body()
        token = self.headers.get("Authorization", "")
        self.server.tokens.add(token)
        if token != "Bearer right":
            self._answer({"error": "Invalid credentials"}, 401)
        elif self.path == "/api/repos/create":
            asked = json.loads(raw)
            self.server.repos[f"{asked.get('organization')}/{asked['name']}"] = asked
            self._answer({"url": f"{self.server.address}/datasets/lab/first"})
        elif "/preupload/" in self.path:
            asked_files = json.loads(raw)["files"]
            self._answer({"files": [
                {"path": one["path"], "uploadMode": "lfs" if one["path"].endswith(".jsonl") else "regular",
                 "shouldIgnore": False} for one in asked_files
            ]})  # fmt: skip
        elif self.path.endswith("/info/lfs/objects/batch"):
            self._answer({"transfer": "basic", "objects": [
                {"oid": one["oid"], "size": one["size"], "authenticated": True,
                 "actions": {"upload": {"href": f"{self.server.address}/blobs/{one['oid']}", "header": {}}}}
                for one in json.loads(raw)["objects"]
            ]})  # fmt: skip
        elif "/commit/" in self.path:
            self._commit([json.loads(line) for line in raw.splitlines() if line])
        else:
            self._answer({})

    def _commit(self, lines: list[dict[str, Any]]) -> None:
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                self.server.files[value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "lfsFile":
                self.server.files[value["path"]] = self.server.blobs[value["oid"]]
        self._answer({
            "commitUrl": f"{self.server.address}/datasets/lab/first/commit/1",
            "commitOid": "1" * 40,
            "success": True,
        })


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    monkeypatch.setenv("HF_TOKEN", "right")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_HUB_DISABLE_XET", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True, raising=False)
    server = Hub()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_all_files_arrive_as_they_are(hub: Hub) -> None:
    a_release("first")

    url = releasing.push(name="first", repo="lab/first", endpoint=hub.address, private=True)

    assert hub.files.keys() == {DATA, "README.md", "samples.json"}
    assert hub.files[DATA] == CONTENT
    assert hub.repos["lab/first"]["visibility"] == "private"
    assert hub.repos["lab/first"]["type"] == "dataset"
    assert url.endswith("/datasets/lab/first")
    assert hub.tokens == {"Bearer right"}


def test_what_the_hub_refuses_is_told(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    a_release("first")
    monkeypatch.setenv("HF_TOKEN", "wrong")

    with pytest.raises(Conflict) as refused:
        releasing.push(name="first", repo="lab/first", endpoint=hub.address)

    assert refused.value.code == "hub_refused"
    assert "401" in refused.value.cause


def test_only_what_is_published_is_pushed() -> None:
    a_release("first", state=ReleaseState.READY)
    with pytest.raises(Conflict) as refused:
        releasing.push(name="first", repo="lab/first")
    assert refused.value.code == "not_published"
    with pytest.raises(Missing):
        releasing.push(name="second", repo="lab/first")
