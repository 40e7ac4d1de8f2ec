"""Reviewing a message: by mouse, by thumb and by keys alone. What is not answered is not answered."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from oa.reviews.models import Review
from oa.trees.models import Message
from tests.e2e.conftest import Play
from tests.e2e.hands import DESKTOP, PHONE, Keys, Mouse, Thumb

pytestmark = pytest.mark.xdist_group("browser-1")

THANKS = "Your review helps decide whether this message stays."


@pytest.fixture
def prompt(play: Play) -> Message:
    play.policy()
    return play.plant()


def labels_of(prompt: Message) -> list[dict[str, float]]:
    return list(Review.objects.filter(message=prompt).values_list("labels", flat=True))


def question(page: Page, title: str) -> Locator:
    return page.get_by_role("radiogroup", name=title)


def review(page: Page, hand: Mouse | Thumb) -> None:
    """It is no spam, it is good, it has personal data in it; the rest stays open."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Review a prompt")
    hand.press(question(page, "Spam").get_by_text("No", exact=True))
    hand.press(page.get_by_role("button", name="Contains personal data"))
    hand.press(question(page, "Quality").get_by_text("good", exact=True))
    hand.press(question(page, "Violence").get_by_role("button", name="Can’t tell"))
    hand.press(page.get_by_role("button", name="Send"))
    expect(page.get_by_text(THANKS)).to_be_visible()


def test_by_mouse(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person(), device=DESKTOP)

    review(page, Mouse(page))

    assert labels_of(prompt) == [{"spam": 0, "pii": 1, "quality": 0.75}]


def test_by_thumb(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person(), device=PHONE)

    review(page, Thumb(page))

    assert labels_of(prompt) == [{"spam": 0, "pii": 1, "quality": 0.75}]


def test_by_keys_alone(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person(), device=DESKTOP)
    expect(page.get_by_role("heading", level=1)).to_have_text("Review a prompt")

    # No spam; personal data, and on; good; and the four others can't be told.
    Keys(page).type("2", "2", "ArrowDown", "4", "0", "0", "0", "0")
    expect(page.get_by_text("7 of 7 answered")).to_be_visible()
    Keys(page).type("Enter")

    expect(page.get_by_text(THANKS)).to_be_visible()
    assert labels_of(prompt) == [{"spam": 0, "pii": 1, "quality": 0.75}]


def test_nothing_is_sent_before_what_is_needed_is_answered(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person())

    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("status").filter(has_text="Please answer first: Spam")).to_be_attached()
    expect(question(page, "Spam")).to_be_focused()
    assert labels_of(prompt) == []


def test_the_next_message_is_there_at_once(play: Play, prompt: Message) -> None:
    other = play.plant()
    page = play.open("/task", who=play.person())
    seen = "other" if page.get_by_text(other.text).is_visible() else "prompt"

    page.get_by_text("No", exact=True).click()
    with page.expect_request("**/submit") as sent:
        page.get_by_role("button", name="Send").click()

    next_text = prompt.text if seen == "other" else other.text
    expect(page.get_by_text(next_text)).to_be_visible()
    assert sent.value.response() is not None
    assert len(labels_of(prompt)) + len(labels_of(other)) == 1
