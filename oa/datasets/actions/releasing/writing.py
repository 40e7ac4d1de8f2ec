"""The files of rows: one pass over the private file for each form, all its packings and sides at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby

from django.utils import timezone

from oa.datasets.actions.exporting import Account, Order, Scribe
from oa.datasets.actions.packing import Packing, Sum, packed_file
from oa.datasets.actions.releasing.folders import folder_of
from oa.datasets.actions.releasing.keeping import Keeper
from oa.datasets.actions.releasing.staging import StageFile
from oa.datasets.models import Release, ReleaseFile
from oa.datasets.rules.forms import Form
from oa.datasets.rules.pseudonyms import namer
from oa.datasets.rules.releases import PlannedFile, ReleaseOrder, phase
from oa.datasets.rules.releases.phases import FILE
from oa.datasets.rules.selecting import Selection, Side, side_of

TELL_EVERY = 500
SPLITS = [side.value for side in Side]
# What is in the private file is chosen already, and released by all rules of the moment in which it was made.
ALL_OF_IT = Selection.of({
    "states": ["all"], "deleted": "no", "review_result": "any", "synthetic": "too", "withdrawn": "too",
})  # fmt: skip


def write_files(release: Release, keeper: Keeper) -> None:
    """Every file of rows that is not written yet. The files of a form are there together or not at all."""
    order = ReleaseOrder.of(release.order)
    there = set(release.files.values_list("form", flat=True))
    for form, files in groupby(order.files(), key=lambda planned: planned.form):
        if form not in there:
            _write_form(release, order, form, list(files), keeper)


def _write_form(
    release: Release, order: ReleaseOrder, form: Form, files: Sequence[PlannedFile], keeper: Keeper
) -> None:
    export = Order(form=form, selection=ALL_OF_IT)
    folder = folder_of(release)
    (folder / files[0].path).parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        packed = {
            planned: stack.enter_context(packed_file(folder / planned.path, Packing(planned.packing), export.columns))
            for planned in files
        }
        by_split = {split: [file for planned, file in packed.items() if planned.split == split] for split in SPLITS}
        scribe = Scribe(export, Account(), name_of=namer(bytes(release.key)))
        for split, row in _rows(release, order, scribe, form, keeper):
            for file in by_split[split]:
                file.put(row)
    sums = {planned: file.sum() for planned, file in packed.items()}
    for planned, told in sums.items():
        if not told.rows:  # `datasets` refuses a split without rows, and with it the whole configuration
            (folder / planned.path).unlink()
    _note_files(release, {planned: told for planned, told in sums.items() if told.rows}, keeper)


def _rows(
    release: Release, order: ReleaseOrder, scribe: Scribe, form: Form, keeper: Keeper
) -> Iterator[tuple[str, dict[str, object]]]:
    total = release.numbers["trees"]
    for done, staged in enumerate(StageFile.of(release)):
        if done % TELL_EVERY == 0:
            keeper.say(phase(FILE, form.value), done, total)
        split = side_of(staged.tree.id, order.shares).value
        for row in scribe(staged):
            yield split, row


def _note_files(release: Release, sums: dict[PlannedFile, Sum], keeper: Keeper) -> None:
    """They are whole and under their names: from now on nobody writes them again."""
    now = timezone.now()
    with keeper.holding() as held:
        ReleaseFile.objects.bulk_create(
            ReleaseFile(
                release=held, path=planned.path, form=planned.form.value, packing=planned.packing,
                split=planned.split, rows=file.rows, bytes=file.bytes, sha256=file.sha256, written_at=now,
            )
            for planned, file in sums.items()
        )  # fmt: skip
