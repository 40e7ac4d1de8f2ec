"""A reader of oasst files that knows none of our code: the rules of the format's own library, written again.

A row with a `message_id` is a message, else one with a `message_tree_id` is a tree; all rows of a file are of one
kind. `.gz` is told by the suffix. Hugging Face rows come depth first, the prompt of each tree first, with parallel
lists, from which trees are put together again.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

Row = dict[str, Any]
REQUIRED = {
    "message_id": str, "user_id": str, "created_date": str, "text": str, "role": str, "lang": str,
    "review_count": int, "deleted": bool, "synthetic": bool,
}  # fmt: skip
ROLES = {"prompter", "assistant"}


def _rows(path: Path) -> Iterator[Row]:
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as stream:
        for line in stream:
            yield json.loads(line)


def _message(row: Row) -> Row:
    for name, kind in REQUIRED.items():
        assert isinstance(row[name], kind), f"{name} is {row[name]!r}"
    assert row["role"] in ROLES
    assert UUID(row["user_id"]) and datetime.fromisoformat(row["created_date"])
    for pair in (row.get("labels") or {}).values():
        assert 0 <= pair["value"] <= 1 and pair["count"] > 0
    assert all(count >= 0 for count in (row.get("emojis") or {}).values())
    assert len(row.get("detoxify") or range(7)) == 7
    return row


def read_trees(path: Path) -> list[Row]:
    found = []
    for row in _rows(path):
        assert "message_id" not in row and row["message_tree_id"], "not a tree"
        assert row["prompt"]["message_id"] == row["message_tree_id"]
        for node, above in visit(row["prompt"]):
            _message(node)
            assert node.get("parent_id") == (above["message_id"] if above else None)
            assert above is None or above["role"] != node["role"]
            ranks = [reply.get("rank") for reply in node["replies"]]
            assert ranks == sorted(ranks, key=lambda rank: (rank is None, rank))
        found.append(row)
    return found


def read_messages(path: Path) -> list[Row]:
    found = []
    for row in _rows(path):
        assert row["message_id"] and "replies" not in row, "not a message"
        found.append(_message(row))
    return found


def read_dataset_trees(path: Path) -> list[Row]:
    """Trees out of Hugging Face rows: depth first, the prompt first."""
    trees: list[Row] = []
    nodes: dict[str, Row] = {}
    for row in _rows(path):
        row["emojis"] = _mapping(row["emojis"])
        row["labels"] = _labels(row["labels"])
        _message(row)["replies"] = []
        if row["parent_id"] is None:
            nodes = {}
            trees.append({"message_tree_id": row["message_tree_id"], "tree_state": row["tree_state"], "prompt": row})
        else:
            nodes[row["parent_id"]]["replies"].append(row)
        nodes[row["message_id"]] = row
    return trees


def _mapping(columns: Row | None) -> Row | None:
    return None if columns is None else dict(zip(columns["name"], columns["count"], strict=True))


def _labels(columns: Row | None) -> Row | None:
    if columns is None:
        return None
    rows = zip(columns["name"], columns["value"], columns["count"], strict=True)
    return {name: {"value": value, "count": count} for name, value, count in rows}


def visit(node: Row, above: Row | None = None) -> Iterator[tuple[Row, Row | None]]:
    yield node, above
    for reply in node["replies"]:
        yield from visit(reply, node)


def threads(node: Row, so_far: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every conversation from the prompt to a message nobody has answered."""
    here = (*so_far, node["text"])
    if not node["replies"]:
        yield here
    for reply in node["replies"]:
        yield from threads(reply, here)
