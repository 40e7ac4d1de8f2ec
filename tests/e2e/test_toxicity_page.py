"""People and the machine, a report of imported rows: the map by keys and by thumb, the table, what the address says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from oa.screening.rules import SCORES
from oa.stats.actions import make_toxicity_report
from oa.stats.models import Report
from tests.datasets import files
from tests.e2e.conftest import Play
from tests.e2e.hands import DESKTOP, PHONE, Keys, Thumb
from tests.e2e.stage import until
from tests.e2e.test_pages import barriers, settled, sideways

pytestmark = pytest.mark.xdist_group("browser-2")

MESSAGES, DELETED, MARKED = 60, 8, 12
STRANGER = ("401 (Unauthorized)", "404 (Not Found)")
# Kurdish, which the machine doesn't know.
UNKNOWN = "kmr"


def judged(place: int, lang: str) -> files.Row:
    """The ruder people find it the higher is its toxicity, the lower its insult; its threat is that of all others.

    The rudest are marked as hate; of a few it is said whether they are violent; the most toxic are deleted.
    """
    rude = place / (MESSAGES - 1)
    labels = {"toxicity": rude, "hate_speech": float(place >= MESSAGES - MARKED)}
    if place < 5:
        labels["violence"] = rude
    scores = dict.fromkeys(SCORES, 0.1) | {"toxicity": 0.01 + 0.9 * rude, "insult": 0.9 - 0.8 * rude}
    return files.answer(
        lang=lang,
        deleted=place >= MESSAGES - DELETED,
        labels={name: {"value": value, "count": 3} for name, value in labels.items()},
        detoxify=scores,
    )


def report(folder: Path, *rows: files.Row) -> None:
    """Take these in, and have a report made now: the workers of the site wait a minute between two."""
    taken = files.take(files.write(folder / "judged.jsonl", rows))
    assert taken.messages == sum(1 + len(row["prompt"]["replies"]) for row in rows)

    def is_made() -> bool:
        Report.objects.all().delete()
        return make_toxicity_report(clock=timezone.now, seed=1, resamples=100) is not None

    until(is_made, "a report is made")


@pytest.fixture
def page(play: Play, tmp_path: Path) -> Page:
    """The page on the messages of this test's language."""
    report(tmp_path, files.tree(*(judged(place, play.lang) for place in range(MESSAGES)), lang=play.lang))
    play.expected = STRANGER
    page = play.open(f"/toxicity?lang={play.lang}", device=DESKTOP)
    expect(page.get_by_role("grid")).to_be_visible()
    return page


def field(page: Page, label: str, score: str) -> Locator:
    return page.get_by_role("gridcell", name=f"People: {label}. Machine: {score}.")


def test_every_field_says_its_figure_and_how_sure_it_is(page: Page) -> None:
    expect(page.get_by_role("gridcell")).to_have_count(15 * 7)
    expect(field(page, "Rudeness", "Toxic")).to_have_text("1.00")
    expect(field(page, "Rudeness", "Toxic")).to_have_accessible_name(
        re.compile(r"1\.00, between 1\.00 and 1\.00, 60 messages$")
    )
    expect(field(page, "Rudeness", "Insulting")).to_have_text("−1.00")
    expect(field(page, "Rudeness", "Threatening")).to_have_accessible_name(re.compile("all values are the same"))
    expect(field(page, "Violence", "Toxic")).to_have_text("n 5")
    expect(field(page, "Violence", "Toxic")).to_have_accessible_name(re.compile("Too few to say, n 5$"))


def test_keys_lead_through_the_map(page: Page) -> None:
    keys = Keys(page)
    first = page.get_by_role("gridcell").first

    keys.walk_to(first)
    keys.type(*["ArrowDown"] * 10, "ArrowRight", "ArrowLeft", "ArrowLeft")

    expect(field(page, "Rudeness", "Toxic")).to_be_focused()
    expect(page.get_by_text("1.00 a strong link")).to_be_visible()
    expect(page.get_by_text("95% interval: 1.00 to 1.00")).to_be_visible()
    expect(page.get_by_text("60 messages · Reviews here 0 · Imported means 60")).to_be_visible()
    keys.type("Control+Home")
    expect(first).to_be_focused()
    keys.type("Tab")
    expect(page.get_by_role("combobox", name="Score")).to_be_focused()
    keys.type("Shift+Tab")
    expect(first).to_be_focused()


def test_arrows_point_where_they_point_in_arabic(play: Play, page: Page) -> None:
    arabic = play.open(f"/toxicity?lang={play.lang}", locale="ar")
    expect(arabic.get_by_role("grid")).to_be_visible()
    cells = arabic.get_by_role("gridcell")
    first, second = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
    assert first is not None and second is not None and first["x"] > second["x"]

    cells.first.focus()
    arabic.keyboard.press("ArrowLeft")

    expect(cells.nth(1)).to_be_focused()


def test_the_table_has_the_same_figures(page: Page) -> None:
    page.get_by_role("button", name="Show as a table").click()

    table = page.get_by_role("table", name="Correlation of what people say with the machine’s scores: Pearson")
    row = table.get_by_role("row", name="Rudeness")
    expect(row.get_by_role("cell").nth(0)).to_have_text("1.00 (1.00 to 1.00)")
    expect(row.get_by_role("cell").nth(4)).to_have_text("−1.00 (−1.00 to −1.00)")
    expect(table.get_by_role("row", name="Violence").get_by_role("cell").nth(0)).to_have_text("Too few to say")
    page.get_by_role("button", name="Show as a map").click()
    expect(page.get_by_role("grid")).to_be_visible()


def test_curves_and_kept_and_deleted_messages(page: Page) -> None:
    curve = page.get_by_role("figure").filter(has=page.get_by_role("heading", name="Hate speech"))
    expect(curve).to_contain_text("Area under the line (AUC): 1.00")
    expect(curve).to_contain_text("12 of 60 messages are marked by people.")
    page.get_by_role("combobox", name="Score").select_option("Insulting")
    expect(curve).to_contain_text("Area under the line (AUC): 0.00")
    expect(page).to_have_url(re.compile("score=insult"))
    expect(page.get_by_text("Too few to say: people have marked 0 of 0 messages.")).to_be_visible()  # not appropriate

    expect(page.get_by_text("Kept (52 messages)")).to_be_visible()
    expect(page.get_by_text("Deleted (8 messages)")).to_be_visible()
    row = page.get_by_role("table", name="Kept and deleted messages").get_by_role("row", name=re.compile("^Toxic"))
    expect(row.get_by_role("cell").last).to_have_text("1.00 (1.00 to 1.00)")


def test_what_is_looked_at_stands_in_the_address(page: Page) -> None:
    box = page.get_by_role("combobox", name="Messages")
    expect(box.locator("option:checked")).to_have_text(re.compile(r"\(60\)$"))
    page.get_by_role("link", name="Spearman").click()
    expect(page).to_have_url(re.compile("kind=spearman"))
    box.select_option("role=assistant")

    expect(page).to_have_url(re.compile(r"\?role=assistant&kind=spearman$"))
    page.reload()

    expect(page.get_by_role("link", name="Spearman")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("combobox", name="Messages").locator("option:checked")).to_contain_text("assistants")


def test_on_a_small_phone_the_map_scrolls_in_its_box_and_names_stay(play: Play, page: Page) -> None:
    small = play.open(f"/toxicity?lang={play.lang}", device={**PHONE, "viewport": {"width": 320, "height": 640}})
    expect(small.get_by_role("grid")).to_be_visible()
    last = field(small, "Rudeness", "Sexually explicit")
    name = small.locator("[aria-hidden=true]").get_by_text("Rudeness", exact=True)
    box = small.get_by_role("grid").locator("xpath=../..")

    box.evaluate("box => box.scrollTo(box.scrollWidth, 0)")
    last.scroll_into_view_if_needed()

    expect(last).to_be_in_viewport(ratio=0.9)
    expect(name).to_be_in_viewport(ratio=0.9)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert small.evaluate(wide) == 0
    Thumb(small).press(field(small, "Rudeness", "Insulting"))
    expect(small.get_by_text("Where one is high, the other is low.")).to_be_in_viewport()


def test_neither_map_nor_table_has_a_barrier(play: Play, page: Page) -> None:
    checked = play.open(f"/toxicity?lang={play.lang}", bypass_csp=True)
    settled(checked)
    checked.get_by_role("gridcell").first.focus()
    assert barriers(checked) == []
    checked.get_by_role("button", name="Show as a table").click()

    assert barriers(checked) == []
    assert sideways(checked, 320) == []


def test_figures_can_be_taken_home(play: Play, page: Page) -> None:
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download as CSV").click()
    lines = Path(begun.value.path()).read_text().splitlines()
    mine = [line.split(",") for line in lines if line.startswith(f"{play.lang},,toxicity,toxicity,")]
    assert len(mine) == 1 and mine[0][5] == str(MESSAGES)
    assert begun.value.suggested_filename.endswith(".csv")


def test_a_language_the_machine_cannot_read_is_said_to_be_that(play: Play, tmp_path: Path) -> None:
    report(tmp_path, files.tree(files.answer(lang=UNKNOWN), lang=UNKNOWN))
    play.expected = STRANGER

    page = play.open(f"/toxicity?lang={UNKNOWN}")

    expect(page.get_by_role("heading", name="The model doesn’t know this language")).to_be_visible()
    page.get_by_role("link", name="Show all messages").click()
    expect(page.get_by_role("heading", name="The machine", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="The model doesn’t know this language")).to_have_count(0)


def test_what_to_do_where_nothing_is_scored_is_said(play: Play) -> None:
    """The site of these tests runs without the model, which takes a gigabyte."""
    play.expected = STRANGER
    page = play.open("/")

    page.get_by_role("contentinfo").get_by_role("link", name="People and the machine").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("People and the machine")
    expect(page.get_by_text("Scoring is turned off on this site")).to_be_visible()
    expect(page.get_by_text("Start the site without OA_TOXICITY=off to have texts scored.")).to_be_visible()
