"""A site, a Chromium and people at it, for every test of this folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.models import Message, PolicyVersion
from tests import builders as b
from tests.e2e import chromium
from tests.e2e.hands import DESKTOP
from tests.e2e.stage import DIST, PATIENCE, Stage, session_of, until

TERMS = "Be kind. What you write here is published for everybody."
# Languages nobody else in these tests speaks, one for each test: what is to be done in one is no other's business.
REGIONS = "AU BB BE BM BS BW BZ CA CM CY DM FJ GB GD GG GH GI GM GY HK IE IM IN JE JM KE KN KY LC LR LS MO MS MT MU MW"
REGIONS += " MY NA NF NG NR NU NZ PG PH PK PN PW RW SB SC SG SH SL SX SZ TC TK TO TT TV TZ UG VC VG VU WS ZA ZM ZW"
LANGS = (f"en-{region}" for region in REGIONS.split())
_number = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.slow)


# The scope is this folder: while Playwright runs, a loop runs in this thread, which would disturb other tests.


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.options())
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    assert (DIST / "index.html").exists(), "the web app is not built: make setup"
    site = Stage()
    site.start()
    try:
        site.wait_until_up()
        with django_db_blocker.unblock(), site.written_from_here():
            accounts.publish_terms(text=TERMS, now=timezone.now())
        yield site
    finally:
        site.end()


@pytest.fixture
def lang() -> str:
    return next(LANGS)


@dataclass
class Play:
    """One test's people and their browsers."""

    site: Stage
    browser: Browser
    lang: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    # What browsers may complain about in this test, because it is what the test is about.
    expected: tuple[str, ...] = ()

    def policy(self, **values: object) -> PolicyVersion:
        """The policy of this test's language: small trees, and no prompts asked for unless it says so."""
        # No trees grow by themselves: a tree that a test is about grows when the test says so.
        quiet = {"initial_prompts_enabled": False, "max_active_trees": 0}
        return b.policy(lang=self.lang, **{**quiet, **values})

    def person(self, name: str = "", **fields: object) -> User:
        """Somebody who works in this test's language, and has seen the walk-through."""
        fields = {"languages": [self.lang], "writing_languages": [self.lang], "onboarded_at": timezone.now()} | fields
        return b.person(name or f"Visitor {next(_number)}", **fields)

    def plant(self) -> Message:
        """A prompt, waiting for its reviewers."""
        return b.plant(lang=self.lang, now=timezone.now())

    def growing(self) -> Message:
        """An accepted prompt whose replies are wanted."""
        prompt = b.review_to_end(self.plant(), now=timezone.now())
        # The workers of the site look after the same language: whoever holds its trees just now is waited for.
        until(lambda: trees.draw_winners(lang=self.lang, places=1, now=timezone.now(), rng=b.FAIR), "it is drawn")
        tasks.restock_tree(tree_id=prompt.tree_id, now=timezone.now())
        return prompt

    def ranking(self, replies: int) -> Message:
        """A prompt with so many replies, which wait to be put in order."""
        self.policy(max_children_count=replies, goal_tree_size=replies + 1)
        prompt = self.growing()
        for _ in range(replies):
            b.accepted_answer(prompt, now=timezone.now())
        return prompt

    def open(
        self,
        path: str = "/",
        *,
        who: User | None = None,
        device: dict[str, Any] = DESKTOP,
        state: StorageState | None = None,
        **options: Any,
    ) -> Page:
        """A browser of its own at this address; `who` is signed in there, `state` is what it has kept."""
        options = {"service_workers": "block", "reduced_motion": "reduce", "locale": "en-US"} | device | options
        context = self.browser.new_context(base_url=self.site.url, storage_state=state, **options)
        context.set_default_timeout(PATIENCE * 1000)
        self.contexts.append(context)
        if who is not None:
            context.add_cookies([{"name": "sessionid", "value": session_of(who), "url": self.site.url}])
        page = self.page(context)
        page.goto(path)
        return page

    def page(self, context: BrowserContext) -> Page:
        """One more tab; what it complains about fails the test."""
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def unexpected(self) -> list[str]:
        known = ("Service Worker registration blocked by Playwright", *self.expected)
        return [said for said in self.complaints if not any(part in said for part in known)]


@pytest.fixture
def play(
    site: Stage, browser: Browser, lang: str, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> Iterator[Play]:
    with django_db_blocker.unblock(), site.written_from_here():
        play = Play(site, browser, lang)
        yield play
        _show(play, request)
        for context in play.contexts:
            context.close()
    assert play.unexpected() == []


def _show(play: Play, request: pytest.FixtureRequest) -> None:
    """What each browser showed at the end, for whoever has to find out why a test failed."""
    if not getattr(request.node, "failed", False):
        return
    for number, page in enumerate(page for context in play.contexts for page in context.pages):
        picture = Path(tempfile.gettempdir()) / f"{request.node.name}-{number}.png"
        page.screenshot(path=picture)
        shown = f"{page.url}\n{picture}\n{page.inner_text('body')[:3000]}"
        request.node.add_report_section("call", "browser", "\n".join([shown, *play.complaints]))


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    outcome = yield
    report = outcome.get_result()
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]
