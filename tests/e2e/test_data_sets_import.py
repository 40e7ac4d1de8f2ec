"""A file from elsewhere comes in through the panel: tried, told line by line what is wrong, done for real, stopped."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from oa.accounts.rules import Role
from oa.datasets.models import ImportRun
from oa.datasets.rules.states import ImportState
from oa.trees.models import Message, Tree
from tests import builders as b
from tests.e2e.conftest import Play
from tests.e2e.hands import Keys
from tests.e2e.stage import until
from tests.e2e.wording import words

pytestmark = pytest.mark.xdist_group("browser-1")

ASKED = "How do bees find their way back to the hive when the sun is behind the clouds?"
LIGHT = "They see how light is polarised even through thin clouds, and so they know where the sun stands."
LAND = "They know the land: a row of trees, a river, the edge of a field."
TOLD = "And in the dark?"
AT_HOME = "In the dark they stay at home."
PIE = "Tell me what goes into an apple pie, please."
RECIPE = "Apples, flour, butter, sugar and a little cinnamon."
BREAD = "Which bread keeps longest when it is wrapped in a cloth?"
RYE = "Rye bread: it is moist, and sour."
MANY = 12_000


def said(*turns: tuple[str, str]) -> str:
    return json.dumps({"conversations": [{"from": who, "value": text} for who, text in turns]})


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """Conversations as people share them, some of them broken."""
    path = tmp_path / "talks.jsonl"
    lines = [
        said(("human", ASKED), ("gpt", LIGHT), ("human", TOLD), ("gpt", AT_HOME)),
        said(("human", PIE), ("gpt", RECIPE))[:-9],
        said(("human", ASKED), ("gpt", LAND)),
        said(("narrator", "It was night."), ("gpt", "Indeed.")),
        said(("system", "You are a baker."), ("human", PIE), ("gpt", RECIPE)),
        said(("human", BREAD), ("gpt", RYE), ("gpt", "And oats."), ("human", "Why?")),
    ]
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def page(play: Play) -> Page:
    page = play.open("/moderate/imports", who=play.person("Root", role=Role.ADMIN))
    # A browser that nobody listens to opens a dialog of its own; beginning to listen may come later than the key.
    page.on("filechooser", lambda _chooser: None)
    return page


def run_of(page: Page) -> ImportRun:
    expect(page).to_have_url(re.compile("/moderate/imports/[0-9a-f-]{36}$"))
    return ImportRun.objects.get(pk=page.url.rpartition("/")[2])


def upload(page: Page, path: Path, origin: str) -> ImportRun:
    """By keys, up to the page of the import, which is only tried unless somebody says otherwise."""
    keys = Keys(page)
    keys.walk_to(page.get_by_label(words("intake", "upload.file"), exact=True))
    with page.expect_file_chooser() as chooser:
        keys.type("Enter")
    chooser.value.set_files(path)
    expect(page.get_by_role("status").filter(has_text=path.name)).to_be_visible()
    keys.walk_to(page.get_by_label(words("intake", "upload.origin"), exact=True))
    page.keyboard.type(origin)
    keys.walk_to(page.get_by_label(words("intake", "upload.licence"), exact=True))
    page.keyboard.type("CC0-1.0")
    keys.walk_to(page.get_by_label(words("intake", "upload.model"), exact=True))
    page.keyboard.type("parrot-7b")
    expect(page.get_by_role("checkbox", name=words("intake", "upload.dryRun"))).to_be_checked()
    keys.walk_to(page.get_by_role("button", name=words("intake", "upload.goTry")))
    keys.type("Enter")
    return run_of(page)


def figures(page: Page) -> dict[str, str]:
    rows = page.locator("section[aria-labelledby=report] dl > div").all()
    return dict(row.inner_text().split("\n")[:2] for row in rows)


def test_a_file_with_broken_lines_is_tried_and_then_taken_in(play: Play, page: Page, talks: Path) -> None:
    origin = f"Tales {play.lang}"
    mine = Tree.objects.filter(origin=origin)

    run = upload(page, talks, origin)
    expect(page.get_by_text(words("intake", "progress.tried"))).to_be_visible()
    expected = {"takenWould": "3", "messages": "9", "refused": "2", "joined": "1", "repaired": "1"}
    assert figures(page) == {words("intake", f"report.{name}"): number for name, number in expected.items()}
    problems = page.get_by_role("list", name=words("intake", "problems.list")).get_by_role("listitem")
    expect(problems).to_contain_text(["Line 2", "Line 4", "Line 6"])
    expect(problems.nth(1)).to_contain_text("narrator")
    assert not mine.exists()

    Keys(page).walk_to(page.get_by_role("button", name=words("intake", "progress.real")))
    Keys(page).type("Enter")
    expect(page.get_by_text(words("intake", "progress.done"))).to_be_visible()
    expect(page.get_by_role("heading", name=words("intake", "state.done"))).to_be_visible()
    taken = {words("intake", "report.taken"): "3", words("intake", "report.messages"): "9"}
    assert figures(page).items() > taken.items()
    assert set(mine.values_list("brought_by__run", flat=True)) == {run.pk}
    prompt = Message.objects.get(tree__in=mine, text=ASKED)
    page.goto(f"/trees/{prompt.tree_id}")
    for text in (ASKED, LIGHT, TOLD, AT_HOME, LAND):
        expect(page.get_by_role("article").filter(has_text=text).first).to_be_visible()
    assert set(Message.objects.filter(tree__in=mine, synthetic=True).values_list("text", "model_name")) == {
        (text, "parrot-7b") for text in (LIGHT, AT_HOME, LAND, RECIPE, RYE)
    }
    assert b.broken_promises() == []


def test_an_import_that_is_stopped_stops(play: Play, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(said(("human", f"{PIE} {number}"), ("gpt", RECIPE)) for number in range(MANY)))
    dialog, workers = page.get_by_role("dialog"), play.site.processes("datasets")

    run = upload(page, path, f"Many {play.lang}")
    under_way = ImportRun.objects.filter(pk=run.pk, state=ImportState.RUNNING, done_bytes__gt=0)
    until(under_way.exists, "the worker is at it")
    # The worker is held for a moment, so that it is not done before anybody has said stop.
    _tell(workers, signal.SIGSTOP)
    try:
        page.get_by_role("button", name=words("intake", "progress.stop")).click()
        expect(dialog).to_contain_text(words("intake", "progress.stopLeadTry"))
        dialog.get_by_role("button", name=words("intake", "progress.stop")).click()
        expect(page.get_by_text(words("intake", "progress.stoppedTry"))).to_be_visible()
    finally:
        _tell(workers, signal.SIGCONT)

    page.goto("/moderate/imports")
    row = page.get_by_role("article").filter(has_text=path.name)
    expect(row).to_contain_text(words("intake", "state.stopped"))
    next_one = tmp_path / "next.jsonl"
    next_one.write_text(said(("human", PIE), ("gpt", RECIPE)))
    upload(page, next_one, f"Next {play.lang}")
    expect(page.get_by_text(words("intake", "progress.tried"))).to_be_visible()
    run.refresh_from_db()
    # Done it can't be: it was held until it was stopped, and would say so.
    assert run.state == ImportState.STOPPED


def _tell(processes: list[int], what: signal.Signals) -> None:
    assert processes
    for pid in processes:
        os.kill(pid, what)
