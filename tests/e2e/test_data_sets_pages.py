"""The pages of releases, imports and data sets, with something to see on each: no barrier, nothing sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.datasets.actions import releasing
from oa.datasets.actions.uploading import import_here
from oa.datasets.models import ImportRun, Release
from oa.datasets.rules.releases import ReleaseOrder
from oa.datasets.rules.states import ReleaseState
from oa.datasets.rules.wishes import Wish
from oa.trees.models import Message
from tests.e2e.conftest import Play
from tests.e2e.hands import DESKTOP
from tests.e2e.stage import until
from tests.e2e.test_data_sets import pair
from tests.e2e.test_data_sets_import import PIE, RECIPE, said
from tests.e2e.test_pages import LONG, RICH, STRANGER, barriers, settled, sideways

pytestmark = pytest.mark.xdist_group("browser-2")

MAIL = "Write to erika.mustermann@posteo-berlin.de, she knows all about it."
WHY = f"A mistake in the rankings, found by somebody who has read all of it. {LONG}"
# A finished conversation, two of whose lines nobody can read, and one that only begins well.
LINES = (said(("human", PIE), ("gpt", RECIPE)), LONG, said((LONG, PIE)), said(("human", RICH), ("human", PIE)))


@pytest.fixture
def root(play: Play) -> Iterator[User]:
    """Who acts here, on the files of the site."""
    with override_settings(OA_RELEASES_DIR=play.site.site.folder / "releases"):
        yield play.person("Root", role=Role.ADMIN)


@pytest.fixture
def published(play: Play, root: User) -> str:
    pair(play)
    release = built(play, "rich", root)
    assert release.state == ReleaseState.READY
    return releasing.publish(name=release.name, by=root, now=timezone.now()).name


@pytest.fixture
def refused(play: Play, root: User, published: str) -> str:
    """With an address in it that nobody has looked at."""
    Message.objects.filter(pk=pair(play)[1].pk).update(text=MAIL)
    release = built(play, "leaky", root)
    assert release.state == ReleaseState.REFUSED
    return str(release.name)


@pytest.fixture
def run(root: User, tmp_path: Path) -> ImportRun:
    """An import with something to say about every second line."""
    path = tmp_path / f"{LONG}.jsonl"
    path.write_text("\n".join(LINES))
    wish = Wish(origin=LONG, licence="CC0-1.0", model_name="parrot-7b")
    import_here(path, wish, clock=timezone.now, by=root)
    return ImportRun.objects.get(origin=LONG)


def built(play: Play, name: str, root: User) -> Release:
    """By the worker of the site."""
    order = {"selection": {"langs": [play.lang]}, "forms": ["sft", "ranked"], "packings": ["jsonl"]}
    cover = releasing.Cover(f"{name}-{play.lang.lower()}", "CC-BY-4.0", title=f"{name} {LONG}", notes=RICH)
    releasing.order_release(cover=cover, order=ReleaseOrder.of(order), by=root, now=timezone.now())
    done = Release.objects.filter(name=cover.name, state__in=(ReleaseState.READY, ReleaseState.REFUSED))
    until(done.exists, "it is built")
    return done.get()


def faults(play: Play, who: User | None, paths: list[str], look: Callable[[Page], list[str]], locale: str) -> list[str]:
    # The checker is put into the pages, which their own policy would not let in.
    page = play.open("/", who=who, bypass_csp=True, locale=locale)
    found = []
    for path in paths:
        page.set_viewport_size(DESKTOP["viewport"])
        page.goto(path)
        settled(page)
        for fold in page.locator("main summary").all():
            fold.click()
        settled(page)
        found += [f"{locale} {path}: {fault}" for fault in look(page)]
    return found


def test_no_page_has_a_barrier_and_all_fit_a_phone_from_either_side(
    play: Play, root: User, published: str, refused: str, run: ImportRun
) -> None:
    play.expected = STRANGER
    desk = [
        "/moderate/releases", "/moderate/releases/new", f"/moderate/releases/{published}",
        f"/moderate/releases/{refused}", "/moderate/imports", f"/moderate/imports/{run.pk}",
    ]  # fmt: skip
    public = ["/datasets", f"/datasets/{published}"]

    found = []
    for locale, look in (("en-US", checked), ("ar", turned)):
        found += faults(play, root, desk, look, locale)
        found += faults(play, None, public, look, locale)
    releasing.recall(name=published, why=WHY, by=root, now=timezone.now())
    found += faults(play, root, [f"/moderate/releases/{published}"], checked, "en-US")
    found += faults(play, None, public, checked, "en-US")

    assert found == []


def checked(page: Page) -> list[str]:
    return [*barriers(page), *sideways(page, 320)]


def turned(page: Page) -> list[str]:
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    return sideways(page, 320, 1280)
