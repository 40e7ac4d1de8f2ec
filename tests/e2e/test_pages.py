"""Every page, in both colour schemes, at 320 pixels and from right to left: no barrier, no sideways scroll."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from oa.accounts.models import User
from oa.datasets.models import Release
from oa.datasets.rules.forms import Form
from oa.datasets.rules.releases import ReleaseOrder
from oa.datasets.rules.states import ReleaseState
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message
from tests import builders as b
from tests.e2e.conftest import Play
from tests.e2e.hands import DESKTOP
from tests.e2e.stage import DIST

FRONTEND = Path(settings.BASE_DIR) / "frontend"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """async options => (await axe.run(document, options)).violations.map(
  ({id, nodes}) => `${id}: ${nodes.map(({html, any}) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`).join(" | ")}`
)"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What a browser says of requests that are refused: of strangers, and of a key that has run out.
STRANGER = ("401 (Unauthorized)", "404 (Not Found)", "email/verify: Failed to load resource")
# What stands in the routes of the app, with values for what is left open there. Nothing may be missing here.
ROUTES = re.compile(r'^  \w+\("(/[^"]*)", "(\w+)"', re.MULTILINE)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
NOBODY = "00000000-0000-0000-0000-000000000000"
RICH = f"""# Bread

It is *simple*: flour, water, `salt`. See [this](https://example.org/{LONG}).

| flour | water |
|---|---|
| 500 g | 350 ml, and a little more on very dry days, when the flour takes up more than it usually does |

```python
def knead(dough: Dough, minutes: int = 10) -> Dough:  # {LONG}
    return dough
```

{LONG}

$$ w = \\frac{{350}}{{500}} $$
"""


def routes() -> list[tuple[str, str]]:
    text = (FRONTEND / "src" / "app" / "routes.tsx").read_text().partition("ROUTES: readonly Route[] = [")[2]
    table = text.partition("\n];")[0]
    found = ROUTES.findall(table)
    assert len(found) == table.count('("/'), "a route that this test does not see"
    return found


@dataclass(frozen=True)
class World:
    """Somebody with work in hand and work behind them, and what there is to look at."""

    play: Play
    me: User
    paths: dict[str, str]

    def all(self) -> Iterator[tuple[str, str]]:
        """Every path of the app, and who sees it."""
        for path, who in routes():
            samples = [where for name, where in self.paths.items() if name.split()[0] == path]
            assert samples or ":" not in path, f"{path}: what stands there for the open part?"
            for where in samples or [path]:
                yield where, who
        yield "/there/is/no/such/page", "anybody"


@pytest.fixture
def world(play: Play) -> World:
    now = timezone.now()
    ranked = play.ranking(replies=3)
    me = play.person("Ada Lovelace, Countess of the Analytical Engines")
    b.hand_in(b.sit(play.growing(), Kind.ASSISTANT_REPLY, by=me, now=now), by=me, text=RICH, now=now)
    asked = b.plant(lang=play.lang, text=RICH, now=now)
    wanted = play.growing()
    tasks = {
        "write": b.sit(wanted, Kind.ASSISTANT_REPLY, by=me, now=now),
        "label": b.sit(asked, Kind.LABEL_INITIAL_PROMPT, by=me, now=now),
        "rank": b.sit(ranked, Kind.RANK_ASSISTANT_REPLIES, by=me, now=now),
    }
    return World(play, me, paths(tasks, asked))


def paths(tasks: dict[str, Task], message: Message) -> dict[str, str]:
    return {
        **{f"/task/:id {act}": f"/task/{task.pk}" for act, task in tasks.items()},
        "/trees/:id": f"/trees/{message.tree_id}",
        "/messages/:id": f"/messages/{message.pk}",
        "/moderate/people/:id": f"/moderate/people/{message.author_id}",
        "/moderate/batches/:id": f"/moderate/batches/{NOBODY}",
        "/moderate/cases/:id": f"/moderate/cases/{NOBODY}",
        "/moderate/releases/:name": "/moderate/releases/no-such-release",
        "/moderate/imports/:id": f"/moderate/imports/{NOBODY}",
        "/datasets/:name whole": f"/datasets/{a_data_set(message.lang)}",
        "/datasets/:name none": "/datasets/no-such-data-set",
        "/appeal/:token": "/appeal/no-such-token",
        "/guide/:kind": "/guide/label_assistant_reply",
        "/account/verify-email/:key": "/account/verify-email/no-such-key",
        "/account/password/reset/:key": "/account/password/reset/no-such-key",
    }


def a_data_set(lang: str) -> str:
    """The name of a published one with much in it, whose files are nowhere."""
    now, name = timezone.now(), f"of-{lang.lower()}"
    count = {"trees": 1000, "messages": 100_000}
    numbers = {
        **count, "people": 1000, "by_lang": [{"lang": f"x-{number}", **count} for number in range(20)],
        "by_role": [{"role": role, "messages": 50_000} for role in ("prompter", "assistant")], "by_state": [],
        "splits": [{"split": split, **count} for split in ("train", "validation")],
        "judgements": dict.fromkeys(("reviews", "ballots", "skips", "reactions"), 100_000),
    }  # fmt: skip
    changes = dict.fromkeys(
        ("trees_added", "trees_gone", "messages_added", "messages_gone", "messages_changed", "withdrawn"), 100_000
    )
    release = Release.objects.create(
        name=name, title=LONG, notes=RICH, licence="CC-BY-4.0", at=now, taken_at=now, numbers=numbers,
        order=ReleaseOrder.of({"forms": [Form.SFT, Form.KTO]}).as_values(), changes={"previous": name, **changes},
    )  # fmt: skip
    for form in (Form.SFT, Form.KTO, ""):
        release.files.create(
            path=f"data/{form}/{LONG[:150]}", form=form, packing="parquet", split="train", rows=100_000, bytes=10**9,
            sha256="ab" * 32, written_at=now,
        )  # fmt: skip
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.PUBLISHED, published_at=now)
    return name


def settled(page: Page) -> None:
    """Drawn, with what it asked for, and nothing of it still loading."""
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def barriers(page: Page) -> list[str]:
    """What axe-core has to say in light, and what of it changes in the dark."""
    page.evaluate(AXE.read_text())
    light = page.evaluate(RUN_AXE, {"runOnly": TAGS})
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.getAnimations().length === 0")  # colours pass through others on their way
    dark = page.evaluate(RUN_AXE, {"runOnly": ["color-contrast", "link-in-text-block"]})
    page.emulate_media(color_scheme="light")
    return [*light, *(f"in the dark: {violation}" for violation in dark)]


def sideways(page: Page, *widths: int) -> list[str]:
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740})
        if over := page.evaluate(SIDEWAYS):
            found.append(f"{over} pixels too wide for {width}")
    return found


@pytest.mark.xdist_group("browser-1")
def test_no_page_has_a_barrier_or_scrolls_sideways(world: World) -> None:
    world.play.expected = STRANGER
    # The checker is put into the pages, which their own policy would not let in.
    members = world.play.open("/", who=world.me, bypass_csp=True)
    strangers = world.play.open("/", bypass_csp=True)
    found: dict[str, list[str]] = {}

    for path, who in [*world.all(), ("/", "stranger")]:
        page = strangers if path.startswith("/account") or who == "stranger" else members
        page.goto(path)
        settled(page)
        found[path] = [*barriers(page), *sideways(page, 320)]
        page.set_viewport_size(DESKTOP["viewport"])

    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.xdist_group("browser-2")
def test_every_page_can_be_turned_round(world: World) -> None:
    """And none breaks its own rules of where things are loaded from: browsers complain of that, and so does this."""
    world.play.expected = STRANGER
    page = world.play.open("/", who=world.me, locale="ar")
    found: dict[str, list[str]] = {}

    for path, _who in world.all():
        page.goto(path)
        settled(page)
        found[path] = sideways(page, 320, 1280)
        expect(page.locator("html")).to_have_attribute("lang", "ar")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")

    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.xdist_group("browser-1")
def test_the_language_of_the_pages_can_be_changed_on_any_page(play: Play) -> None:
    page = play.open("/", who=play.person())

    page.get_by_role("combobox", name="Language of the pages").select_option("ar")

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "ar")


@pytest.mark.xdist_group("browser-1")
def test_it_can_be_installed_and_opens_without_a_network(play: Play) -> None:
    page = play.open("/", who=play.person(), service_workers="allow")
    manifest = json.loads((DIST / "manifest.webmanifest").read_text())
    assert page.locator("link[rel=manifest]").get_attribute("href") == "/manifest.webmanifest"
    assert {"name", "short_name", "start_url", "display", "icons"} <= set(manifest)
    for icon in manifest["icons"]:
        answer = page.request.get(icon["src"])
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(icon["type"])
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    page.wait_for_function("navigator.serviceWorker.ready.then(({active}) => active?.state === 'activated')")

    play.expected = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    page.context.set_offline(True)
    page.goto("/task")

    expect(page.get_by_role("banner")).to_be_visible()
    expect(page.get_by_text("You are offline.")).to_be_visible()
