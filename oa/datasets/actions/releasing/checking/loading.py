"""Whether every file is read by `datasets`: in a process of its own, without network, bounded in time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from oa.datasets.actions.releasing.folders import folder_of, stage_of
from oa.datasets.actions.releasing.keeping import Keeper
from oa.datasets.models import Release, ReleaseFile
from oa.datasets.rules.forms import Form, columns_of, features_of
from oa.datasets.rules.releases import PLAIN, Check, Finding, ReleaseOrder, best_packing, phase
from oa.datasets.rules.releases.phases import CHECK

SCRIPT = Path(__file__).with_name("loading_script.py")
MEGABYTES = 4096
# For the program to start, and for what it reads.
SECONDS, SECONDS_PER_MEGABYTE = 300, 2
LOOK_SECONDS = 0.2
BUILDER = {"parquet": "parquet", "jsonl": "json", "jsonl.gz": "json"}

Job = dict[str, Any]


def loads(release: Release, keeper: Keeper) -> Finding:
    """Each configuration of the card, which reads the files of the best packing, and each other file by itself."""
    finding = Finding(Check.LOADS)
    files = list(release.files.exclude(form="").order_by("id"))
    order = ReleaseOrder.of(release.order)
    jobs = [*_configurations(release, order, files), *_others(release, order, files)]
    size = sum(file.bytes for file in files) // 1024**2
    with tempfile.TemporaryDirectory(prefix="load-", dir=stage_of(release)) as cache:
        waiting = list(jobs)
        while waiting:
            keeper.say(phase(CHECK, Check.LOADS), len(jobs) - len(waiting), len(jobs))
            told, problem = _load(waiting, Path(cache), SECONDS + SECONDS_PER_MEGABYTE * size, keeper)
            for answer in told:
                _compare(finding, waiting.pop(0), answer)
            if problem and waiting:
                finding.wrong(problem, path=waiting.pop(0)["name"])
            elif problem:
                finding.wrong(problem)
    return finding


def _configurations(release: Release, order: ReleaseOrder, files: Sequence[ReleaseFile]) -> Iterator[Job]:
    packing = best_packing(order)
    for form in order.forms:
        rows = {file.split: file.rows for file in files if file.form == form and file.packing == packing}
        if not rows:
            continue
        yield {
            "name": form.value, "args": [str(folder_of(release)), form.value], "kwargs": {},
            "rows": rows, "columns": _columns(form),
        }  # fmt: skip


def _others(release: Release, order: ReleaseOrder, files: Sequence[ReleaseFile]) -> Iterator[Job]:
    packing = best_packing(order)
    for file in files:
        if file.packing != packing:
            form = Form(file.form)
            places = {"data_files": {file.split: str(folder_of(release) / file.path)}}
            yield {
                "name": file.path, "args": [BUILDER[file.packing]], "kwargs": places, "rows": {file.split: file.rows},
                "columns": _columns(form), "features": features_of(columns_of(form, PLAIN)),
            }  # fmt: skip


def _columns(form: Form) -> list[str]:
    return sorted(columns_of(form, PLAIN))


def _compare(finding: Finding, job: Job, answer: dict[str, Any]) -> None:
    for name in ("rows", "columns"):
        if answer[name] != job[name]:
            finding.wrong(f"{name}: {answer[name]} instead of {job[name]}", path=job["name"])


def _load(jobs: Sequence[Job], cache: Path, seconds: float, keeper: Keeper) -> tuple[list[dict[str, Any]], str]:
    """What went well, in the order of the jobs, and why the next did not; empty if all did."""
    sent = [{name: job[name] for name in ("name", "args", "kwargs", "features") if name in job} for job in jobs]
    asked = json.dumps({"cache": str(cache / "datasets"), "megabytes": MEGABYTES, "jobs": sent})
    with tempfile.TemporaryFile("w+", dir=cache) as given, tempfile.TemporaryFile("w+", dir=cache) as out:
        with tempfile.TemporaryFile("w+", dir=cache) as errors:
            given.write(asked)
            given.seek(0)
            process = subprocess.Popen(
                [sys.executable, "-I", str(SCRIPT)], stdin=given, stdout=out, stderr=errors, env=_alone(cache)
            )
            ended = _wait(process, seconds, keeper)
            out.seek(0)
            errors.seek(0)
            answers = [json.loads(line) for line in out]
            problem = "" if ended == 0 else _why(ended, errors.read())
    return answers, problem


def _wait(process: subprocess.Popen[bytes], seconds: float, keeper: Keeper) -> int | None:
    """Its exit status, None if it was ended because its time was over. Stopped, if nobody wants to know any more."""
    end = time.monotonic() + seconds
    try:
        while process.poll() is None and time.monotonic() < end:
            keeper.check()
            time.sleep(LOOK_SECONDS)
        return process.poll()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _why(ended: int | None, errors: str) -> str:
    if ended is None:
        return "it took too long"
    lines = [line for line in errors.strip().splitlines() if line.strip()]
    return (lines[-1] if lines else f"the process ended with {ended}")[:500]


def _alone(cache: Path) -> dict[str, str]:
    """An environment without addresses and secrets of the site, in which nothing asks the network."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(cache / "home"), "HOME": str(cache),
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "TMPDIR": str(cache),
    }  # fmt: skip
