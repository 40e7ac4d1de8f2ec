"""Real and demo files for the tests of data sets, and a reader of our own that knows none of our code."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from oa.datasets.actions import Order, Report, export_file, import_file
from oa.datasets.rules.forms import Form
from oa.datasets.rules.selecting import Keep, Selection
from oa.datasets.rules.states import Into
from oa.datasets.rules.wishes import Wish

PROJECT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("OA_SHARED_DATA") or PROJECT.parent / "shared" / "data")
DEMO = PROJECT / "oa" / "datasets" / "demo" / "corpus.trees.jsonl"
OASST2 = "oasst2_sample.trees.jsonl.gz"
OASST1 = "oasst1_sample.messages.jsonl.gz"
MIX = "oasst_synthetic_mix.trees.jsonl.gz"

Row = dict[str, Any]
EVERYTHING = Selection(state="all", deleted=Keep.TOO, spam=Keep.TOO, synthetic=Keep.TOO)


def real(name: str) -> Path:
    """A file of real data; the test is skipped where there is none."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not there; OA_SHARED_DATA names the folder of the real data")
    return path


def rows_in(path: Path) -> list[Row]:
    raw = path.read_bytes()
    text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    return [json.loads(line) for line in text.decode().splitlines() if line.strip()]


def write(path: Path, rows: Iterable[object]) -> Path:
    """A file of these rows; texts and bytes are written as they are."""
    with path.open("wb") as stream:
        for row in rows:
            line = row.encode() if isinstance(row, str) else row if isinstance(row, bytes) else json.dumps(row).encode()
            stream.write(line + b"\n")
    return path


def take(path: Path, *, live: bool = False, **options: Any) -> Report:
    options.setdefault("into", Into.LIVE if live else Into.ARCHIVE)
    return import_file(path, Wish(**options), now=timezone.now())


def exported(folder: Path, form: Form = Form.TREES, **options: Any) -> list[Row]:
    """What an export holds: everything under original ids unless told otherwise."""
    out = folder / "export.jsonl"
    export_file(str(out), Order(form=form, **{"selection": EVERYTHING, "original_ids": True, **options}))
    return rows_in(out)


def without_nulls(value: Any, *, drop: frozenset[str] = frozenset()) -> Any:
    """In these files a field that is null and one that is missing say the same."""
    if isinstance(value, dict):
        kept = {name: without_nulls(held, drop=drop) for name, held in value.items() if name not in drop}
        return {name: held for name, held in kept.items() if held is not None}
    if isinstance(value, list):
        return [without_nulls(held, drop=drop) for held in value]
    return value


NUMBERS = iter(range(1, 10**9))


def new_id() -> str:
    return f"00000000-0000-4000-8000-{next(NUMBERS):012d}"


def message(role: str = "prompter", **fields: Any) -> Row:
    """A message as tree rows have them."""
    return {
        "message_id": new_id(), "user_id": new_id(), "created_date": "2023-02-12T19:06:16.233571+00:00",
        "text": "Why is the sky blue?", "role": role, "lang": "en", "review_count": 3, "review_result": True,
        "deleted": False, "synthetic": False, **fields, "replies": list(fields.get("replies", ())),
    }  # fmt: skip


def tree(*replies: Row, state: str = "ready_for_export", **fields: Any) -> Row:
    prompt = message(**fields)
    prompt["replies"] = [{"parent_id": prompt["message_id"], **reply} for reply in replies]
    return {"message_tree_id": prompt["message_id"], "tree_state": state, "prompt": prompt}


def answer(**fields: Any) -> Row:
    return message(**{"role": "assistant", **fields})


def flat(*rows: Row, state: str = "ready_for_export") -> list[Row]:
    """Tree rows as flat rows, depth first."""
    found = []
    for row in rows:
        waiting = [row["prompt"]]
        while waiting:
            node = {"parent_id": None, **waiting.pop()}
            waiting += [{"parent_id": node["message_id"], **reply} for reply in node.pop("replies")[::-1]]
            found.append({**node, "message_tree_id": row["message_tree_id"], "tree_state": row["tree_state"]})
    return found
