"""Trees of our own invention, and what each form makes of them; rows of forms without any database.

The files in `golden/` were read by people before they were kept. When a form changes, write them again with
`python -m tests.datasets.forms` and read the difference.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson

from oa.datasets.rules.conversations import Conversation, of_tree_row
from oa.datasets.rules.forms import FORMS, Dress, Form, Row
from oa.datasets.rules.forms.judgements import JUDGEMENTS, Judged, events_of, groups_of

GOLDEN = Path(__file__).resolve().parent / "golden"


def published(name: str) -> str:
    """What shows in a golden file that an id went through `Dress.name_of`."""
    return f"~{name}"


def conversations(path: Path = GOLDEN / "input.jsonl") -> list[Conversation]:
    """The trees of a file, as an import reads them."""
    lines = path.read_bytes().splitlines()
    return [of_tree_row(json.loads(line), line=number, odd=Counter()) for number, line in enumerate(lines, 1)]


def judged() -> Judged:
    """What was said of these trees."""
    said = json.loads((GOLDEN / "input.judged.json").read_bytes())
    return Judged([dict.fromkeys(JUDGEMENTS) | row for row in said["rows"]], said["tiers"])


def dress(**parts: bool) -> Dress:
    """Everything on, and every id marked."""
    said, plain = judged(), Dress(name_of=published)
    return Dress(
        name_of=published, events=events_of(said, plain), groups=groups_of(said), judgements=said, **parts
    )  # fmt: skip


def rows_of(form: Form, trees: list[Conversation], clothes: Dress) -> Iterator[Row]:
    for tree in trees:
        yield from FORMS[form].rows(tree, tree.entries, clothes)


def golden_file(form: Form) -> Path:
    return GOLDEN / f"{form}.jsonl"


def lines_of(form: Form) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rows_of(form, conversations(), dress()))


if __name__ == "__main__":
    for each in Form:
        golden_file(each).write_bytes(lines_of(each))
