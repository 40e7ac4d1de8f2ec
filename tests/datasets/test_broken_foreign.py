"""Files of all forms, packings and encodings, broken in all ways: told by line and reason, the rest is taken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from oa.datasets.actions import sources
from oa.datasets.actions.planting import Refused, Repaired
from oa.datasets.actions.sources import Source
from oa.trees.models import Message, Tree
from tests import builders
from tests.datasets.broken import HOW, KINDS, WHY, Kind, array, many, rows, talk
from tests.datasets.files import answer, flat, take, tree, write

pytestmark = pytest.mark.django_db


def make(kind: Kind, folder: Path) -> Path:
    path = folder / kind.name
    path.write_bytes(kind.make())
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file_is_told_by_line_and_reason_and_the_rest_is_taken(kind: str, tmp_path: Path) -> None:
    wanted = KINDS[kind]

    report = take(make(wanted, tmp_path), into=wanted.into)

    told: list[Refused | Repaired] = [*report.refused, *report.repaired]
    found = sorted(told, key=lambda one: one.line)
    if wanted.taken >= 0:
        assert [(one.line, one.code) for one in found] == wanted.told
        assert Tree.objects.count() == wanted.taken
    else:  # where the damage shows depends on the packing
        assert {one.code for one in found} >= {code for _line, code in wanted.told}
        assert 0 < Tree.objects.count() <= 400
        assert Message.objects.count() == 2 * Tree.objects.count()
    assert all(one.words for one in found)
    assert builders.broken_promises() == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_ends_with_1_only_if_nothing_could_be_read(kind: str, tmp_path: Path) -> None:
    wanted = KINDS[kind]
    asked = {"quiet": True, "into": wanted.into.value, "dry_run": True}

    if wanted.taken:
        call_command("import_dataset", str(make(wanted, tmp_path)), **asked)
    else:
        with pytest.raises(CommandError, match="No tree could be read"):
            call_command("import_dataset", str(make(wanted, tmp_path)), **asked)


def test_another_encoding_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "latin"
    path.write_bytes('{"prompt": "Où est la gare, s\'il vous plaît, et où est la mairie?"}\n'.encode("latin-1"))

    report = take(path, encoding="latin-1", into="review")

    assert (report.refused, report.langs) == ([], {"fr": 1})


def test_an_element_without_end_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LONGEST_LINE", 10_000)
    path = tmp_path / "array"
    path.write_bytes(array(talk(WHY), talk("x" * 2_000_000), talk(HOW), indent=1))

    report = take(path)

    assert [refused.code for refused in report.refused] == ["line_too_long"]
    assert Tree.objects.count() == 2


def test_a_folder_a_pipe_and_what_may_not_be_read_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for name, words in ((".", "Is a directory"), ("pipe", "Not a regular file"), ("nothing", "No such file")):
        with pytest.raises(CommandError, match=words):
            call_command("import_dataset", str(tmp_path / name))


def test_what_is_written_behind_a_file_meanwhile_is_not_half_read(tmp_path: Path) -> None:
    path = write(tmp_path / "growing", [talk(WHY), talk(HOW)])
    source = Source(path)

    with path.open("ab") as stream:
        stream.write(rows(talk("Why do cats purr when they are stroked by people?"))[:-20])

    assert [line.number for line in source.lines()] == [1, 2]


def test_a_flat_file_that_was_cut_meanwhile_gives_no_half_tree(tmp_path: Path) -> None:
    trees = [tree(answer(), answer()) for _ in range(3)]
    path = write(tmp_path / "rows", flat(*trees))
    reading = Source(path).lines()
    next(reading)

    report = take(path)

    assert report.refused == []
    assert Message.objects.count() == 9


def test_flat_rows_in_an_array_are_whole_trees_too(tmp_path: Path) -> None:
    path = tmp_path / "array"
    path.write_bytes(array(*flat(tree(answer(), answer()), tree(answer()))))

    report = take(path)

    assert (report.refused, report.trees.total(), report.messages) == ([], 2, 5)


def test_dates_in_the_future_are_kept_and_told(tmp_path: Path) -> None:
    late = tree(answer(created_date="2999-01-01T00:00:00+00:00"))

    report = take(write(tmp_path / "trees", [tree(), late]))

    assert [(one.line, one.code) for one in report.repaired] == [(2, "date_in_future")]
    assert Message.objects.filter(created_date__year=2999).exists()


def test_an_array_is_read_an_element_at_a_time(tmp_path: Path) -> None:
    """Twenty megabytes of it cost no more memory than one."""
    import tracemalloc

    from oa.datasets.actions.arrays import elements

    path = tmp_path / "long"
    path.write_bytes(array(*[talk(WHY, "word " * 200) for _ in range(20_000)]))
    tracemalloc.start()
    try:
        number = sum(1 for _ in elements(Source(path)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert number == 20_000
    assert peak < 4 * 1024 * 1024


def test_what_a_damaged_packing_loses_a_whole_file_brings(tmp_path: Path) -> None:
    take(make(KINDS["gzip without its end"], tmp_path))
    whole = tmp_path / "whole"
    whole.write_bytes(many())

    take(whole)

    assert (Tree.objects.count(), Message.objects.count()) == (400, 800)
