"""From conversations to a data set that somebody trains with, and to the next one, without what was taken back.

All of it in the browser: ordered, looked at and published by keys, found and downloaded by somebody without an account,
taken back by a thumb.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.datasets.rules.releases import Check
from oa.tasks.models import Task
from oa.trees.models import Message
from oa.trees.rules import State
from tests import builders as b
from tests.datasets.hub import datasets
from tests.e2e.conftest import Play
from tests.e2e.hands import PHONE, Keys, Thumb
from tests.e2e.stage import until
from tests.e2e.test_pages import sideways
from tests.e2e.wording import words

pytestmark = pytest.mark.xdist_group("browser-1")

STRANGER = ("401 (Unauthorized)", "404 (Not Found)")
# One reply below the other, and then two replies to choose from.
CHAIN = {"goal_tree_size": 4, "max_tree_depth": 3, "max_children_count": 1, "embargo_days": 0}
PAIR = {"goal_tree_size": 3, "max_tree_depth": 1, "max_children_count": 2, "embargo_days": 0}
# Milliseconds. Chromium drops the eleventh download of a second, without a word; no hand is as quick.
DOWNLOAD_PAUSE = 150
PAPERS = {"README.md", "DATASHEET.md", "croissant.json", "MANIFEST.json", "SHA256SUMS"}


@pytest.fixture
def me(play: Play) -> User:
    return play.person("Ida who changed her mind")


@pytest.fixture
def root(play: Play) -> User:
    return play.person("Root", role=Role.ADMIN)


def chain(play: Play, *, by: User) -> list[Message]:
    """A prompt, the answer of this person, what was asked about it, and the answer to that."""
    play.policy(**CHAIN)
    said = [play.growing()]
    for author in (by, None, None):
        said.append(replied(said[-1], by=author))
    return complete(said)


def pair(play: Play) -> list[Message]:
    """A prompt, the better answer and the other one."""
    play.policy(**PAIR)
    prompt = play.growing()
    other, best = replied(prompt), replied(prompt)
    while b.state_of(prompt) == State.RANKING:
        b.ballot(prompt, best, now=timezone.now())
    return complete([prompt, best, other])


def complete(said: list[Message]) -> list[Message]:
    until(lambda: b.state_of(said[0]) == State.READY_FOR_EXPORT, "it is complete")
    return said


def texts(*said: Message) -> set[str]:
    return {str(one.text) for one in said}


def replied(parent: Message, *, by: User | None = None) -> Message:
    """As soon as a reply is asked for: the workers of the site look after the same trees."""
    seats = Task.objects.open().filter(kind=b.reply_kind(parent), message=parent)
    until(seats.exists, "a reply is asked for")
    return b.accepted_answer(parent, by=by, now=timezone.now())


def test_a_data_set_is_published_and_the_next_one_is_without_what_was_taken_back(
    play: Play, me: User, root: User, tmp_path: Path
) -> None:
    hers, theirs = chain(play, by=me), pair(play)
    first, second = Wish("first", play.lang, messages=7), Wish("second", play.lang, messages=7)
    desk = play.open("/moderate/releases", who=root)
    play.expected = STRANGER
    guest = play.open("/datasets")

    released(desk, guest, first)
    found(guest, first.title, hers, theirs)
    mine = Copy.taken(guest, tmp_path / first.name)
    assert mine.texts == texts(*hers, *theirs)
    mine.trains_with("sft", ends=texts(hers[-1], *theirs[1:]))

    kept_out(play, me, hers[1], first.title)
    more = pair(play)
    released(desk, guest, second)
    told_of_changes(guest, first, second)
    newer = Copy.taken(guest, tmp_path / second.name)
    assert newer.texts == texts(hers[0], *theirs, *more)
    newer.trains_with("sft", ends=texts(*theirs[1:], *more[1:]))
    gone = {"message_id": mine.ids[str(hers[1].text)], "reason": "withdrawn"}
    assert newer.lines(f"withdrawn/{first.name}.jsonl") == [gone]
    assert set(newer.ids.values()).isdisjoint(mine.ids.values())

    said_to_users_of(guest, first, gone)
    assert b.broken_promises() == []


# --- at the desk ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wish:
    """A release, and how many messages it shall have."""

    number: str
    lang: str
    messages: int

    @property
    def name(self) -> str:
        return f"{self.number}-{self.lang.lower()}"

    @property
    def title(self) -> str:
        return f"The {self.number} winter in {self.lang}"


def released(desk: Page, guest: Page, wish: Wish) -> None:
    """Ordered, built, and public only once it is published."""
    desk.goto("/moderate/releases")
    order(desk, wish)
    built(desk)
    guest.goto(f"/datasets/{wish.name}")
    expect(guest.get_by_role("heading", name=words("publish", "missing"))).to_be_visible()
    publish(desk)


def order(page: Page, wish: Wish) -> None:
    """By keys: complete conversations in one language, all of them for training."""
    keys, said = Keys(page), page.get_by_role("region", name=words("release", "preview.title"))
    keys.walk_to(page.get_by_role("link", name=words("release", "list.new")))
    keys.type("Enter")
    typed(keys, page.get_by_label(words("release", "new.name"), exact=True), wish.name)
    typed(keys, page.get_by_label(words("release", "new.titleField"), exact=True), wish.title)
    spoken = page.evaluate("tag => new Intl.DisplayNames('en', { type: 'language' }).of(tag)", wish.lang)
    keys.walk_to(page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(spoken)}\s\d")))
    keys.type("Space")
    expect(said).to_contain_text(words("release", "messages_other", count=wish.messages))
    keys.walk_to(page.get_by_role("checkbox", name=words("common", "state.ready_for_export")))
    keys.walk_to(page.get_by_role("group", name=words("release", "new.forms")).get_by_role("checkbox").first)
    typed(keys, page.get_by_label(words("release", "new.validation"), exact=True), "0")
    keys.walk_to(page.get_by_role("button", name=words("release", "new.order"), exact=True))
    keys.type("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(wish.title)
    expect(page).to_have_url(re.compile(f"/moderate/releases/{wish.name}$"))


def typed(keys: Keys, field: Locator, text: str) -> None:
    keys.walk_to(field)
    keys.type("Control+a")
    keys.page.keyboard.type(text)


def built(page: Page) -> None:
    """It can be watched while a worker is at it, and every check is told."""
    checks = page.get_by_role("region", name=words("release", "checks.title"))
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("button", name=words("release", "progress.publish"))).to_be_visible()
    expect(page.get_by_role("heading", name=words("release", "state.ready"))).to_be_visible()
    said = checks.get_by_role("listitem").all_inner_texts()
    passed = words("release", "checks.passed")
    assert said == [f"{passed} {check.label}" for check in Check]


def publish(page: Page) -> None:
    """By keys, after a look at what that means."""
    keys, dialog = Keys(page), page.get_by_role("dialog")
    keys.walk_to(page.get_by_role("button", name=words("release", "progress.publish")))
    keys.type("Enter")
    expect(dialog).to_contain_text(words("release", "publish.forever"))
    expect(dialog.get_by_role("button", name=words("common", "cancel"))).to_be_focused()
    keys.walk_to(dialog.get_by_role("button", name=words("release", "publish.go")))
    keys.type("Enter")
    expect(page.get_by_role("heading", name=words("release", "state.published"))).to_be_focused()
    expect(page.get_by_role("link", name=words("release", "progress.toPublic"))).to_be_visible()


# --- without an account -----------------------------------------------------------------------------------------------


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=words("publish", f"part.{name}"), exact=True)


def found(page: Page, title: str, chain: list[Message], pair: list[Message]) -> None:
    """From any page to the one about it: figures, samples as trees, and the card."""
    page.get_by_role("contentinfo").get_by_role("link", name=words("publish", "title")).click()
    page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("main")).to_contain_text("CC-BY-4.0")
    roles = part(page, "figures").get_by_role("table", name=words("publish", "by.role"))
    expect(roles.get_by_role("row", name=re.compile("^Assistant"))).to_contain_text("4")

    samples = part(page, "samples")
    sampled(samples, pair)
    replies = samples.get_by_role("list", name=words("publish", "replies_other", count=2)).locator("> li")
    expect(replies).to_have_text([
        re.compile(f"{words('publish', 'ranked', place=place, all=2)}.*{pair[place].text}$") for place in (1, 2)
    ])
    sampled(samples, chain)

    card = part(page, "card")
    card.get_by_text(words("publish", "readCard")).click()
    expect(card).to_contain_text(f"{title} 7 messages in 2 conversation trees")


def sampled(samples: Locator, said: list[Message]) -> None:
    """One of the samples is this conversation, as it was said."""
    articles = samples.get_by_role("article")
    expect(articles.first).to_be_visible()
    if str(said[0].text) not in articles.first.inner_text():
        samples.get_by_role("button", name=words("publish", "nextSample")).click()
    expect(articles).to_have_text([re.compile(rf"{one.text}$") for one in said])


class Copy:
    """A data set on somebody's disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def taken(cls, page: Page, folder: Path) -> Copy:
        """Every file, each by a click, each compared with every checksum there is of it."""
        copy, sums = cls(folder), {}
        for row in part(page, "files").get_by_role("listitem").all():
            link = row.get_by_role("link")
            path = link.inner_text()
            with page.expect_download() as begun:
                link.click()
            begun.value.save_as(folder / path)
            page.wait_for_timeout(DOWNLOAD_PAUSE)
            sums[path] = hashlib.sha256((folder / path).read_bytes()).hexdigest()
            assert row.get_by_role("button").get_attribute("title") == sums[path]
        assert PAPERS < sums.keys()
        listed = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
        assert listed == {path: digest for path, digest in sums.items() if path != "SHA256SUMS"}
        manifest = json.loads((folder / "MANIFEST.json").read_text())
        told = {file["path"]: file["sha256"] for file in manifest["files"]}
        assert told == {path: digest for path, digest in listed.items() if path != "MANIFEST.json"}
        return copy

    def lines(self, path: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / path).read_text().splitlines()]

    def loaded(self, *names: str, **options: Any) -> list[dict[str, Any]]:
        cache = str(self.folder.parent / "cache")
        return list(datasets.load_dataset(*names, split="train", cache_dir=cache, **options))

    @cached_property
    def ids(self) -> dict[str, str]:
        """The id of each text."""
        return {row["text"]: row["message_id"] for row in self.loaded(str(self.folder), "messages")}

    @property
    def texts(self) -> set[str]:
        return set(self.ids)

    def trains_with(self, form: str, *, ends: set[str]) -> None:
        """By its card, and from each packing alone: the same rows, as a trainer takes them."""
        rows = self.loaded(str(self.folder), form)
        place = self.folder / "data" / form
        assert rows == self.loaded("parquet", data_files=str(place / "train.parquet"))
        assert rows == self.loaded("json", data_files=str(place / "train.jsonl.gz"))
        assert {row["messages"][-1]["content"] for row in rows} == ends
        assert all([turn["role"] for turn in row["messages"]][:2] == ["user", "assistant"] for row in rows)


def told_of_changes(page: Page, first: Wish, second: Wish) -> None:
    """The page of the newer one, come to from the older one's."""
    page.goto(f"/datasets/{first.name}")
    page.get_by_role("link", name=second.name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(second.title)
    changes = part(page, "changes")
    expect(changes.get_by_role("link", name=first.name, exact=True)).to_be_visible()
    figures = dict(row.inner_text().split("\n")[:2] for row in changes.locator("dl > div").all())
    counts = {"trees_added": 1, "trees_gone": 0, "messages_added": 3, "messages_gone": 3, "messages_changed": 0}
    counts |= {"withdrawn": 1}
    assert figures == {words("publish", f"change.{name}"): str(number) for name, number in counts.items()}


def said_to_users_of(page: Page, first: Wish, gone: dict[str, str]) -> None:
    """The page of the older one says which of its messages are not to be used any more, in its own names."""
    page.get_by_role("link", name=first.name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    page.reload()
    since = part(page, "gone")
    expect(since).to_contain_text(words("publish", "gone_one", count=1))
    since.get_by_text(words("publish", "goneList")).click()
    expect(since.get_by_role("listitem")).to_have_count(1)
    expect(since.get_by_role("listitem")).to_contain_text(gone["message_id"])
    with page.expect_download() as begun:
        since.get_by_role("button", name=words("publish", "goneFile")).click()
    [line] = Path(begun.value.path()).read_text().splitlines()
    assert json.loads(line).items() >= gone.items()


# --- whoever wrote it -------------------------------------------------------------------------------------------------


def kept_out(play: Play, me: User, message: Message, title: str) -> None:
    """On a small phone: which data sets have it, what keeping it out means, and done."""
    page = play.open("/me/contributions", who=me, device=PHONE)
    thumb, dialog = Thumb(page), page.get_by_role("dialog")
    card = page.get_by_role("article").filter(has_text=str(message.text))
    thumb.press(card.get_by_text(words("recall", "dataSets.title"), exact=True))
    expect(card).to_contain_text(words("recall", "dataSets.in_one", count=1))
    expect(card.get_by_role("link", name=title)).to_be_visible()
    thumb.press(card.get_by_role("button", name=words("recall", "dataSets.keepOut")))
    expect(dialog).to_contain_text(words("recall", "dataSets.what.leftOut"))
    expect(dialog).to_contain_text(words("recall", "dataSets.what.published"))
    assert sideways(page, 360) == []
    thumb.press(dialog.get_by_role("button", name=words("recall", "dataSets.keepOut")))
    expect(page.get_by_role("status").filter(has_text=words("recall", "dataSets.isOut"))).to_be_visible()
    expect(card).to_contain_text(words("recall", "dataSets.out"))
    expect(card).to_contain_text(words("recall", "dataSets.told.withdrawn"))
