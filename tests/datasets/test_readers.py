"""The format's own rules, applied by a reader that knows none of our code."""

from __future__ import annotations

from pathlib import Path

import pytest

from oa.datasets.actions import Order, export_file
from oa.datasets.rules.forms import Form
from oa.datasets.rules.selecting import Selection
from tests.datasets.files import DEMO, EVERYTHING, OASST2, real, take
from tests.datasets.reader import read_dataset_trees, read_messages, read_trees, threads, visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("selection", [EVERYTHING, Selection()], ids=["everything", "by default"])
@pytest.mark.parametrize("source", ["demo", OASST2])
def test_a_reader_finds_the_same_conversations_in_every_form(source: str, selection: Selection, tmp_path: Path) -> None:
    take(DEMO if source == "demo" else real(source))
    out = {form: tmp_path / f"{form}.jsonl.gz" for form in Form}
    for form, path in out.items():
        export_file(str(path), Order(form=form, selection=selection))

    trees = read_trees(out[Form.TREES])
    messages = read_messages(out[Form.MESSAGES])
    dataset = read_dataset_trees(out[Form.HF])

    assert len(trees) > 10
    nodes = [node["message_id"] for tree in trees for node, _above in visit(tree["prompt"])]
    assert [row["message_id"] for row in messages] == nodes, "depth first, in the order of the trees"
    assert [list(threads(tree["prompt"])) for tree in dataset] == [list(threads(tree["prompt"])) for tree in trees]
    assert [tree["tree_state"] for tree in dataset] == [tree["tree_state"] for tree in trees]
