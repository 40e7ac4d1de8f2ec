"""A moderator clears the queue: by keys alone, beside a colleague, without a network for a while, and on a phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.moderation import actions as moderation
from oa.moderation.models import Case, Decision
from oa.moderation.rules import ReportReason, Verb
from oa.trees.models import Message
from tests import builders as b
from tests.e2e.conftest import Play
from tests.e2e.hands import PHONE, Keys, Thumb
from tests.e2e.stage import until
from tests.e2e.test_pages import barriers, settled, sideways

pytestmark = pytest.mark.xdist_group("browser-2")

# The more people report something, the sooner it is shown.
REPORTS = {"Worst of all words": 3, "Bad words": 2, "Harmless words": 1}
WORST, BAD, HARMLESS = REPORTS
NOTHING = "Nothing waits with these filters"


@pytest.fixture
def texts(play: Play) -> dict[str, Message]:
    """Three prompts that people have reported, and the cases that the workers make of that."""
    play.policy()
    reporters = [play.person() for _ in range(max(REPORTS.values()))]
    texts = {text: b.plant(lang=play.lang, text=text, now=timezone.now()) for text in REPORTS}
    for text, times in REPORTS.items():
        for by in reporters[:times]:
            moderation.report(message_id=texts[text].pk, reason=ReportReason.HATE, note="", by=by, now=timezone.now())
    until(lambda: all(levels(message).get("report") == REPORTS[text] for text, message in texts.items()), "cases")
    return texts


@pytest.fixture
def mo(play: Play) -> User:
    return play.person("Mo", role=Role.MODERATOR)


def levels(message: Message) -> dict[str, int]:
    case = Case.objects.filter(message=message, closed_at=None).first()
    return dict(case.causes) if case else {}


def desk(play: Play, who: User, **options: object) -> Page:
    return play.open(f"/moderate?lang={play.lang}", who=who, **options)  # type: ignore[arg-type]  # what a page may be opened with


def at(page: Page) -> Locator:
    return page.get_by_role("article", name="A prompter’s message")


def decide(page: Page, key: str, *more: str) -> None:
    """A key for the decision, keys within its dialog, Enter."""
    Keys(page).type(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    Keys(page).type(*more, "Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def last(message: Message) -> Decision:
    return Decision.objects.filter(message=message).latest("at")


def deleted(message: Message) -> bool:
    return bool(Message.objects.get(pk=message.pk).deleted)


def test_a_session_by_keys_alone(play: Play, texts: dict[str, Message], mo: User) -> None:
    page = desk(play, mo)
    keys = Keys(page)
    expect(page.get_by_role("button", name=re.compile(WORST))).to_be_visible()

    keys.type("n")
    expect(at(page)).to_contain_text(WORST)
    expect(page.get_by_role("heading", name="A prompter’s message")).to_be_focused()
    # What people reported it for is the reason that is chosen; nothing more has to be said.
    decide(page, "d")
    expect(at(page)).to_contain_text(BAD)
    assert deleted(texts[WORST])
    assert (last(texts[WORST]).reason, last(texts[WORST]).why) == ("hate", "")

    keys.type("u")
    expect(at(page)).to_contain_text(WORST)
    until(lambda: not deleted(texts[WORST]), "it is as it was")
    decide(page, "s", "1")
    expect(at(page)).to_contain_text(BAD)
    assert (last(texts[WORST]).verb, last(texts[WORST]).reason) == (Verb.SPAM, "spam")

    keys.type("n")
    expect(at(page)).to_contain_text(HARMLESS)
    decide(page, "l")
    expect(at(page)).to_contain_text(BAD)
    decide(page, "l")
    expect(page.get_by_role("heading", name=NOTHING)).to_be_visible()
    assert not Case.objects.filter(message__in=texts.values(), closed_at=None).exists()


def test_what_a_colleague_has_in_hand_is_shown_and_not_decided(play: Play, texts: dict[str, Message], mo: User) -> None:
    carmen = play.person("Carmen", role=Role.MODERATOR)
    moderation.claim(case_id=texts[WORST].case.pk, by=carmen, now=timezone.now())
    page = desk(play, mo)

    page.get_by_role("button", name=re.compile(WORST)).click()

    expect(page.get_by_text("Carmen is at this case")).to_be_visible()
    expect(page.get_by_role("button", name="Leave it")).to_have_count(0)
    Keys(page).type("n")
    expect(at(page)).to_contain_text(BAD)
    expect(page.get_by_role("button", name="Leave it")).to_be_visible()


def test_whoever_was_too_slow_is_told_who_has_it_now_and_gets_the_next(
    play: Play, texts: dict[str, Message], mo: User
) -> None:
    play.expected = ("409 (Conflict)",)
    carmen = play.person("Carmen", role=Role.MODERATOR)
    page = desk(play, mo)
    expect(page.get_by_role("button", name=re.compile(WORST))).to_be_visible()
    Keys(page).type("n")
    expect(at(page)).to_contain_text(WORST)
    Case.objects.filter(message=texts[WORST]).update(
        claimed_by=carmen, claimed_until=timezone.now() + timedelta(minutes=5)
    )

    decide(page, "d")

    expect(page.get_by_text("Carmen is at this case now.")).to_be_visible()
    expect(at(page)).to_contain_text(BAD)
    assert not deleted(texts[WORST])


def test_what_was_typed_outlives_a_reload_and_a_lost_network(play: Play, texts: dict[str, Message], mo: User) -> None:
    play.expected = ("ERR_INTERNET_DISCONNECTED",)
    page = desk(play, mo)
    words = page.get_by_role("dialog").get_by_role("textbox")
    expect(page.get_by_role("button", name=re.compile(WORST))).to_be_visible()
    Keys(page).type("n")
    expect(at(page)).to_contain_text(WORST)
    Keys(page).type("d")
    words.fill("About a whole village.")

    page.reload()
    expect(at(page)).to_contain_text(WORST)
    Keys(page).type("d")
    expect(words).to_have_value("About a whole village.")

    page.context.set_offline(True)
    Keys(page).type("Enter")
    expect(page.get_by_text("You are offline.")).to_be_attached()
    expect(words).to_have_value("About a whole village.")
    assert not deleted(texts[WORST])

    page.context.set_offline(False)
    expect(at(page)).to_contain_text(BAD)
    assert last(texts[WORST]).why == "About a whole village."


def test_by_thumb(play: Play, texts: dict[str, Message], mo: User) -> None:
    page = desk(play, mo, device=PHONE)
    thumb = Thumb(page)
    expect(page.get_by_role("button", name=re.compile(WORST))).to_be_visible()
    thumb.press(page.get_by_role("button", name="Take the worst"))
    expect(at(page)).to_contain_text(WORST)
    thumb.press(page.get_by_role("button", name="All decisions"))
    thumb.press(page.get_by_role("dialog").get_by_role("button", name="Spam"))
    thumb.press(page.get_by_role("dialog").get_by_role("button", name="Mark as spam"))
    expect(at(page)).to_contain_text(BAD)
    thumb.press(page.get_by_role("button", name="Undo"))  # of the toast
    expect(at(page)).to_contain_text(WORST)
    thumb.press(page.get_by_role("button", name="Back to the queue"))
    expect(page.get_by_role("button", name="Take the worst")).to_be_visible()
    assert sideways(page, 320, 360) == []


def test_a_closed_case_says_who_decided_and_the_log_tells_the_story(
    play: Play, texts: dict[str, Message], mo: User
) -> None:
    message = texts[WORST]
    moderation.delete_message(message_id=message.pk, why="About a whole village.", by=mo, now=timezone.now())
    page = play.open(f"/moderate/cases/{message.case.pk}", who=mo)
    expect(page.get_by_text("Mo decided this")).to_be_visible()
    expect(page.get_by_role("button", name="Leave it")).to_have_count(0)

    page.goto(f"/moderate/log?message={message.pk}")
    line = page.get_by_role("article").first
    expect(line).to_contain_text("Mo deleted a message with all below it")
    expect(line).to_contain_text("About a whole village.")
    line.get_by_text("What it changed").click()
    expect(line.get_by_role("row").filter(has_text="deleted").first).to_contain_text("yes")
    line.get_by_role("button", name="Undo").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo it").click()

    expect(page.get_by_role("article").first).to_contain_text("Mo undid a decision")
    expect(page.get_by_role("article").nth(1)).to_contain_text("undone")
    assert not deleted(message)


def test_the_pages_have_no_barrier_and_fit_a_phone(play: Play, texts: dict[str, Message], mo: User) -> None:
    page = desk(play, mo, bypass_csp=True)
    expect(page.get_by_role("button", name=re.compile(WORST))).to_be_visible()
    settled(page)
    assert [*barriers(page), *sideways(page, 320, 360, 768)] == []
    Keys(page).type("n")
    expect(at(page)).to_contain_text(WORST)
    settled(page)
    assert [*barriers(page), *sideways(page, 320, 360, 768)] == []
    for address, heading in (("log", "Log"), ("appeals", "Appeals")):
        page.goto(f"/moderate/{address}")
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        settled(page)
        assert [*barriers(page), *sideways(page, 320, 360)] == []
