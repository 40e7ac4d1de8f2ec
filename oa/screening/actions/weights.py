"""The file of the model's weights: found or downloaded, and known by its checksum."""

from __future__ import annotations

import fcntl
import hashlib
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings

from oa.screening.rules import Lack, MachineState, remedy_for

PATIENCE_SECONDS = 30  # for the next bytes of a download, not for all of it
CHUNK = 1024 * 1024

# What is told while a file is downloaded: bytes that are here, and all of them where that is known.
Progress = Callable[[int, "int | None"], None]


class ModelMissing(Exception):
    """Detoxify or its weights are not to be had here; texts wait for their scores meanwhile."""

    def __init__(self, lack: Lack, problem: str) -> None:
        self.lack, self.problem, self.remedy = lack, problem, remedy_for(MachineState.MISSING, lack)
        super().__init__(lack, problem)

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}"


class AnotherDownloads(ModelMissing):
    """Another worker of this machine is downloading the same file."""

    def __init__(self) -> None:
        super().__init__(Lack.INTERNET, "Another worker is downloading the model.")
        self.remedy = remedy_for(MachineState.DOWNLOADING)


def weights_file(progress: Progress) -> Path:
    """The checkpoint that the settings name, downloaded to where Detoxify looks for it if it is one of Detoxify's own.

    Raises ModelMissing, or AnotherDownloads.
    """
    if settings.DETOXIFY_CHECKPOINT:
        path = Path(settings.DETOXIFY_CHECKPOINT)
        if not path.is_file():
            raise ModelMissing(Lack.FILES, f"There is no file {path}.")
        return path
    url, path = _published(settings.DETOXIFY_MODEL)
    if not path.is_file():
        try:
            download(url, path, progress=progress)
        except (OSError, HTTPException) as error:  # URLError is an OSError
            raise ModelMissing(Lack.INTERNET, f"{url} can't be downloaded: {error}.") from error
    return path


def _published(model: str) -> tuple[str, Path]:
    """Where one of Detoxify's models is published, and where torch.hub keeps it."""
    import torch
    from detoxify.detoxify import MODEL_URLS

    if model not in MODEL_URLS:
        raise ModelMissing(Lack.NAME, f"Detoxify has no model “{model}”, but {', '.join(sorted(MODEL_URLS))}.")
    url: str = MODEL_URLS[model]
    return url, Path(torch.hub.get_dir()) / "checkpoints" / Path(url).name


def download(url: str, to: Path, *, progress: Progress) -> None:
    """Download a file; what broke off is gone on with. torch.hub's own begins again, waits for ever and says nothing.

    Raises OSError or HTTPException, or AnotherDownloads.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    partial = to.with_name(f"{to.name}.partial")
    with partial.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherDownloads from None
        _fill(file, url, progress)
        partial.replace(to)


def _fill(file: IO[bytes], url: str, progress: Progress) -> None:
    here = file.tell()
    asked = Request(url, headers={"User-Agent": "oa", **({"Range": f"bytes={here}-"} if here else {})})
    try:
        with urlopen(asked, timeout=PATIENCE_SECONDS) as answer:
            if answer.status != 206:
                file.truncate(0)
                here = 0
            length = answer.headers.get("Content-Length")
            _copy(answer, file, here, here + int(length) if length else None, progress)
    except HTTPError as error:
        if error.code == 416:  # what is here is longer than what is there: not the same file
            file.truncate(0)
        raise


def _copy(answer: HTTPResponse, file: IO[bytes], here: int, everything: int | None, progress: Progress) -> None:
    told = 0.0
    while chunk := answer.read(CHUNK):
        file.write(chunk)
        here += len(chunk)
        if time.monotonic() - told > 1:
            progress(here, everything)
            told = time.monotonic()
    file.flush()
    if everything is not None and here != everything:
        raise OSError(f"the connection broke off after {here} of {everything} bytes")
    progress(here, everything)


def checksum_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
