"""Conversations as deep as an import takes them leave the site again, in every packing and in a release."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from oa.datasets.actions.packing import Packing, packed_file
from oa.datasets.rules.conversations import DEEPEST
from oa.datasets.rules.forms import Kind, Row
from oa.datasets.rules.states import ReleaseState
from tests import builders as b
from tests.datasets import releases as r
from tests.datasets.files import message, take, tree, write


def deep(levels: int) -> Row:
    node: Row | None = None
    for level in range(levels - 1, 0, -1):
        node = message("assistant" if level % 2 else "prompter", replies=[node] if node else [])
    return tree(*([node] if node else []))


def levels_of(node: dict[str, Any]) -> int:
    number = 1
    while node["replies"]:
        node, number = node["replies"][0], number + 1
    return number


@pytest.mark.parametrize("packing", list(Packing))
def test_every_packing_takes_the_deepest_tree(packing: Packing, tmp_path: Path) -> None:
    row, path = deep(DEEPEST), tmp_path / f"deep.{packing}"
    columns = {
        "message_tree_id": Kind.TEXT,
        "tree_state": Kind.TEXT,
        "prompt": Kind.JSON,
    }

    with packed_file(path, packing, columns) as file:
        file.put(row)

    if packing is Packing.PARQUET:
        found = json.loads(pq.read_table(path).to_pylist()[0]["prompt"])
    else:
        raw = path.read_bytes()
        found = json.loads(gzip.decompress(raw) if packing is Packing.JSONL_GZ else raw)["prompt"]
    assert found == row["prompt"]
    assert sys.getrecursionlimit() == 1000, "the usual one is enough"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("folder", "unloaded")
def test_a_deep_tree_is_released(tmp_path: Path) -> None:
    b.policy(embargo_days=0)
    take(write(tmp_path / "deep.jsonl", [deep(DEEPEST)]))

    release = r.made(forms=["trees", "messages", "threads"], packings=["jsonl", "parquet"])

    assert release.state == ReleaseState.READY, (release.error, [row for row in release.checks if not row["passed"]])
    content = (tmp_path / "releases/first/data/trees/train.jsonl").read_text()
    assert levels_of(json.loads(content)["prompt"]) == DEEPEST
