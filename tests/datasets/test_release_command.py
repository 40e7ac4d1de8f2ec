"""`manage.py release`: the whole life of a release from a terminal, with exit codes for scripts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from oa.datasets.models import Release
from oa.datasets.rules.releases import Check, Finding
from oa.datasets.rules.states import ReleaseState
from tests.datasets import releases as r

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder", "unloaded")]


def release(*words: str) -> str:
    out = io.StringIO()
    call_command("release", *words, stdout=out)
    return out.getvalue()


def exit_status(*words: str) -> int:
    with pytest.raises(CommandError) as refused:
        release(*words)
    return refused.value.returncode


def test_from_make_to_recall(folder: Path, tmp_path: Path) -> None:
    r.site(trees=1)
    notes = tmp_path / "notes.md"
    notes.write_text("What *readers* should know.")

    told = release(
        "make", "first", "--lang", "en", "--filter", "min_reviews=1", "--forms", "sft,messages", "--packings", "jsonl",
        "--validation-share", "0", "--notes", str(notes), "--publish", "--quiet",
    )  # fmt: skip

    assert told.startswith("first: published\n1 trees, 3 messages")
    made = Release.objects.get()
    assert made.order["selection"]["min_reviews"] == 1
    assert "What *readers* should know." in (folder / "first/README.md").read_text()
    assert release("list") == "first  published  1 trees  3 messages\n"
    assert release("show", "first").count("passed  ") == len(Check)
    assert exit_status("publish", "first") == 1
    assert release("recall", "first", "--why", "A mistake").startswith("first: recalled")
    assert exit_status("push", "first", "--repo", "lab/first") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["Not Good"], ["first", "--licence", "mine"], ["first", "--forms", "poems"], ["first", "--filter", "x"],
        ["first", "--filter", "x=1"], ["first", "--validation-share", "2"], ["first", "--notes", "/nowhere"],
    ],
    ids=["name", "licence", "form", "no value", "filter", "share", "notes"],
)  # fmt: skip
def test_a_wrong_order_ends_with_2(words: list[str]) -> None:
    assert exit_status("make", *words) == 2
    assert not Release.objects.exists()


def test_checks_that_fail_end_with_3(monkeypatch: pytest.MonkeyPatch) -> None:
    r.site(trees=1)

    def found_something(*_args: object) -> Finding:
        finding = Finding(Check.MANIFEST)
        finding.wrong("it is not there", path="x")
        return finding

    monkeypatch.setattr("oa.datasets.actions.releasing.checking.manifest", found_something)

    assert exit_status("make", "first", "--publish", "--quiet") == 3
    assert Release.objects.get().state == ReleaseState.REFUSED


def test_what_is_not_there_ends_with_1() -> None:
    for words in (["show", "x"], ["publish", "x"], ["recall", "x", "--why", "y"], ["retry", "x"]):
        assert exit_status(*words) == 1
