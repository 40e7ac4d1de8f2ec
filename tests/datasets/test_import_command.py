"""What the import command says, and when it ends with 1."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.datasets.files import answer, tree, write

pytestmark = pytest.mark.django_db


def test_the_report_names_what_was_taken_refused_and_not_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tree(answer(CRITERIA={"a": 1}))
    path = write(tmp_path / "trees", [made, "rubbish", made])

    call_command("import_dataset", str(path))

    told = capsys.readouterr()
    assert "taken: 1 trees, 2 messages" in told.out
    assert "twice in the file, taken once: 1 trees (lines 3)" in told.out
    assert "unknown field CRITERIA: 2 times, not taken" in told.out
    assert "1 refused (bad_json 1)" in told.err
    assert "line 2: bad_json: it is no JSON" in told.err


def test_refused_lines_end_with_1_only_if_asked_to(tmp_path: Path) -> None:
    path = write(tmp_path / "trees", [tree(), "rubbish"])

    call_command("import_dataset", str(path), quiet=True)
    with pytest.raises(CommandError, match="--strict"):
        call_command("import_dataset", str(path), quiet=True, strict=True)


@pytest.mark.parametrize("rows", [[], ["rubbish"], ["[]"]])
def test_a_file_without_any_tree_ends_with_1(rows: list[str], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No tree could be read"):
        call_command("import_dataset", str(write(tmp_path / "trees", rows)), quiet=True)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere can't be read: No such file"):
        call_command("import_dataset", str(tmp_path / "nowhere"))


def test_running_again_is_no_failure(tmp_path: Path) -> None:
    path = write(tmp_path / "trees", [tree()])

    for _ in range(2):
        call_command("import_dataset", str(path), quiet=True, strict=True)
