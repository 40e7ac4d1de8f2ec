"""All that the papers of a release are made of: what is known of it when its rows are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from oa.datasets.rules.forms import Form
from oa.datasets.rules.releases.licences import LICENCES, Licence
from oa.datasets.rules.releases.ordering import ReleaseOrder

# The packing that loaders are pointed to where a form comes in several: the quickest first.
BEST_PACKING = ("parquet", "jsonl.gz", "jsonl")
TYPES = {"parquet": "application/vnd.apache.parquet", "jsonl.gz": "application/gzip", "jsonl": "application/x-ndjson"}


@dataclass(frozen=True, slots=True)
class FileFact:
    """A file that is written. `form` is empty for papers."""

    path: str
    form: str
    packing: str
    split: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Facts:
    """One release. `taken_at` is an ISO moment; `site` the address of this site; `numbers` and `sources` as kept.

    `older` are the releases before it that were published, oldest first.
    """

    name: str
    title: str
    notes: str
    licence: str
    order: ReleaseOrder
    order_in_words: Sequence[str]
    taken_at: str
    site: str
    numbers: Mapping[str, Any]
    sources: Mapping[str, Any]
    changes: Mapping[str, Any] | None = None
    previous: str | None = None
    older: Sequence[str] = ()
    files: Sequence[FileFact] = field(default=())

    @property
    def heading(self) -> str:
        return self.title or self.name

    @property
    def page(self) -> str:
        return f"{self.site}/datasets/{self.name}"

    @property
    def licence_facts(self) -> Licence:
        return LICENCES[self.licence]

    @property
    def langs(self) -> list[str]:
        return [row["lang"] for row in self.numbers["by_lang"]]

    @property
    def total_bytes(self) -> int:
        return sum(file.bytes for file in self.files if file.form)

    def address_of(self, path: str) -> str:
        return f"{self.site}/api/v1/datasets/{self.name}/files/{path}"

    def of_form(self, form: Form, packing: str) -> list[FileFact]:
        return [file for file in self.files if file.form == form.value and file.packing == packing]

    @property
    def forms(self) -> list[Form]:
        """The forms in which there is anything: some need judgements, which not all trees have."""
        written = {file.form for file in self.files}
        return [form for form in self.order.forms if form.value in written]

    @property
    def best_packing(self) -> str:
        return best_packing(self.order)


def best_packing(order: ReleaseOrder) -> str:
    """The packing that the card points loaders to."""
    return next(packing for packing in BEST_PACKING if packing in order.packings)
