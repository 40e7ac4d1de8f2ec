"""Checks of the files as they lie on the disk: what is in them, and that it is what was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
from django.db import connection

from oa.datasets.actions.packing import json_of
from oa.datasets.actions.releasing.checking.names import Names
from oa.datasets.actions.releasing.checking.reading import DAMAGED, rows_in, sum_of
from oa.datasets.actions.releasing.folders import folder_of
from oa.datasets.actions.releasing.keeping import Keeper
from oa.datasets.actions.releasing.papers import file_facts
from oa.datasets.models import Release, ReleaseFile
from oa.datasets.rules.forms import Form, Row
from oa.datasets.rules.pseudonyms import namer
from oa.datasets.rules.releases import (
    MANIFEST,
    OF_MESSAGES,
    PSEUDONYM,
    SUMS,
    TELL_WHO,
    UUID,
    WHOLE,
    Check,
    Finding,
    Shape,
    Tally,
    names_in,
    phase,
    sums_of,
    trees_in,
)
from oa.datasets.rules.releases.phases import CHECK

TELL_EVERY = 2000
ASK_AT_ONCE = 5000
# Whatever has an id here. Trees have those of their prompts; ids of imported rows follow from the ids they came with.
_OURS = """
SELECT x.id FROM unnest(%s::uuid[]) AS x(id)
WHERE EXISTS (SELECT FROM trees_message o WHERE o.id = x.id)
   OR EXISTS (SELECT FROM accounts_user o WHERE o.id = x.id)
   OR EXISTS (SELECT FROM reviews_review o WHERE o.id = x.id)
   OR EXISTS (SELECT FROM rankings_ballot o WHERE o.id = x.id)
   OR EXISTS (SELECT FROM tasks_task o WHERE o.id = x.id)
"""


class FileAudit:
    """Reads every file once, and gathers what is wrong with any of them."""

    def __init__(self, release: Release, shape: Shape, counts: Finding, keeper: Keeper) -> None:
        self._release = release
        self._shape = shape
        self._counts = counts
        self._keeper = keeper
        self._members = Names()
        self._asked = Names()
        self._fields: set[str] = set()
        self.sums = Finding(Check.SUMS)
        self.pseudonyms = Finding(Check.PSEUDONYMS)
        self.same_ids = Finding(Check.SAME_IDS)
        self.no_people = Finding(Check.NO_PEOPLE)

    def run(self) -> list[Finding]:
        name_of = namer(bytes(self._release.key))
        members = self._release.members.values_list("message_id", flat=True)
        self._members = Names(name_of(str(pk)) for pk in members.iterator())
        tallies: dict[tuple[str, str], Tally] = {}
        judged: dict[str, int] = {}
        files = list(self._release.files.order_by("id"))
        for number, file in enumerate(files):
            self._keeper.say(phase(CHECK, Check.SUMS), number, len(files))
            if self._is_as_written(file) and file.form:
                tally = tallies.setdefault((file.form, file.packing), Tally())
                self._look_into(file, tally)
                judged[file.packing] = judged.get(file.packing, 0) + (file.rows if file.form == Form.JUDGEMENTS else 0)
        for (form, packing), tally in tallies.items():
            if form in WHOLE:
                tally.compare(self._release.numbers, self._counts, f"data/{form}/*.{packing}")
        self._compare_judgements(judged)
        return [self.pseudonyms, self.same_ids, self.no_people, self.sums]

    def _is_as_written(self, file: ReleaseFile) -> bool:
        path = self._path(file)
        if not path.is_file():
            self.sums.wrong("it is not there", path=file.path)
            return False
        if sum_of(path) != (file.bytes, file.sha256):
            self.sums.wrong("it is not as it was written", path=file.path)
        return True

    def _path(self, file: ReleaseFile) -> Path:
        return folder_of(self._release) / file.path

    def _look_into(self, file: ReleaseFile, tally: Tally) -> None:
        form, names = Form(file.form), Names()
        rows = self._looked_at(file, form, names)
        try:
            if form in WHOLE:
                for tree_id, messages in trees_in(form, rows):
                    self._shape.look_at(messages, tree_id, path=file.path)
                    tally.add(messages, file.split)
            else:
                for _row in rows:
                    pass
        except (*DAMAGED, KeyError, TypeError, AttributeError, ValueError) as error:
            self.sums.wrong(f"it can't be read: {error}"[:300], path=file.path)
            return
        if strangers := names.missing_in(self._members):
            self.same_ids.wrong(f"{strangers} ids that no message of this release has", path=file.path)

    def _looked_at(self, file: ReleaseFile, form: Form, names: Names) -> Iterator[Row]:
        """The rows of a file; all that is checked of single rows is checked in passing."""
        number, tokens = 0, set[str]()
        for number, row in enumerate(rows_in(self._path(file), form, file.packing), start=1):
            self._look_at_names(row, file.path, names)
            tokens.update(UUID.findall(json_of(row).decode()))
            if len(tokens) >= ASK_AT_ONCE:
                self._ask(tokens, file.path)
            if number % TELL_EVERY == 0:
                self._keeper.check()
            yield row
        self._ask(tokens, file.path)
        if number != file.rows:
            self.sums.wrong(f"{number} rows instead of {file.rows}", path=file.path)

    def _look_at_names(self, row: Row, path: str, names: Names) -> None:
        def told(key: str, name: str) -> None:
            if not key:
                self._look_at_field(name, path)
            elif not PSEUDONYM.fullmatch(name):
                self.pseudonyms.wrong(f"{key}: {name[:64]}", path=path)
            elif key in OF_MESSAGES:
                names.add(name)

        names_in(row, told)

    def _look_at_field(self, name: str, path: str) -> None:
        """Fields are few and met again with every row."""
        if name not in self._fields:
            self._fields.add(name)
            if TELL_WHO.search(name):
                self.no_people.wrong(f"it has a field “{name}”", path=path)

    def _ask(self, tokens: set[str], path: str) -> None:
        """Whether anything that looks like an id is one of ours. None is asked about twice."""
        new = [token for token in tokens if not self._asked.has(token)]
        tokens.clear()
        for token in new:
            self._asked.add(token)
        with connection.cursor() as cursor:
            cursor.execute(_OURS, [new])
            for (pk,) in cursor.fetchall():
                self.pseudonyms.wrong(f"an id of this site: {pk}", path=path)

    def _compare_judgements(self, judged: dict[str, int]) -> None:
        total = sum(self._release.numbers["judgements"].values())
        for packing, rows in judged.items():
            if Form.JUDGEMENTS.value in self._release.order["forms"] and rows != total:
                self._counts.wrong(f"{rows} judgements instead of {total}", path=f"data/judgements/*.{packing}")


def manifest(release: Release) -> Finding:
    """Whether the manifest, the list of checksums, the rows and the folder tell of the same files."""
    finding = Finding(Check.MANIFEST)
    folder = folder_of(release)
    facts = list(file_facts(release))
    known = {file.path for file in facts}
    there = (
        {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} if folder.is_dir() else set()
    )
    for path in sorted(known - there):
        finding.wrong("it is not there", path=path)
    for path in sorted(there - known):
        finding.wrong("nothing tells of it", path=path)
    if {MANIFEST, SUMS} <= known & there:
        _compare_with_papers(finding, folder, {file.path: (file.rows, file.bytes, file.sha256) for file in facts})
        if (folder / SUMS).read_text() != sums_of(file for file in facts if file.path != SUMS):
            finding.wrong("it is not the list of all files", path=SUMS)
    else:
        finding.wrong("there is none", path=MANIFEST)
    return finding


def _compare_with_papers(finding: Finding, folder: Path, facts: dict[str, tuple[int, int, str]]) -> None:
    try:
        told = orjson.loads((folder / MANIFEST).read_bytes())["files"]
        named = {file["path"]: (file["rows"], file["bytes"], file["sha256"]) for file in told}
    except (orjson.JSONDecodeError, KeyError, TypeError):
        finding.wrong("it can't be read", path=MANIFEST)
        return
    for path in sorted(facts.keys() | named.keys() - {MANIFEST, SUMS}):
        if path not in (MANIFEST, SUMS) and facts.get(path) != named.get(path):
            finding.wrong("the manifest says otherwise", path=path)
