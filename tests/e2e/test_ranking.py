"""Putting replies in order: dragged by mouse and by thumb, by buttons, and by keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from oa.rankings.models import Ballot
from oa.trees.models import Message
from tests import builders as b
from tests.e2e.conftest import Play
from tests.e2e.hands import DESKTOP, PHONE, Keys, Mouse, Thumb, middle

pytestmark = pytest.mark.xdist_group("browser-1")

THANKS = "Your order counts when these replies are ranked."


@pytest.fixture
def prompt(play: Play) -> Message:
    return play.ranking(replies=3)


def cards(page: Page) -> Locator:
    expect(page.get_by_role("heading", level=1)).to_have_text("Rank the assistant’s replies")
    found = page.get_by_role("list", name="The replies, best first").get_by_role("listitem")
    expect(found).to_have_count(3)
    return found


def texts(found: Locator) -> list[str]:
    """The replies from the top down."""
    return [text.partition("Words no. ")[2].split()[0] for text in found.all_inner_texts()]


def handle(card: Locator) -> Locator:
    return card.get_by_role("button", name="Move reply")


def tiers(prompt: Message) -> list[list[str]]:
    """The one ballot, in the words of the replies."""
    (ballot,) = Ballot.objects.filter(parent=prompt)
    words = {str(reply.pk): reply.text.removeprefix("Words no. ") for reply in b.replies_to(prompt)}
    return [[words[pk] for pk in tier] for tier in ballot.tiers]


def send(page: Page) -> None:
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(THANKS)).to_be_visible()


def test_dragged_by_mouse(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person(), device=DESKTOP)
    found = cards(page)
    first, second, third = texts(found)

    Mouse(page).drag(handle(found.nth(2)), onto=found.nth(0), edge=0.02)
    assert texts(found) == [third, first, second]
    send(page)

    assert tiers(prompt) == [[third], [first], [second]]


def test_dragged_by_thumb(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person(), device=PHONE)
    found = cards(page)
    first, second, third = texts(found)

    Thumb(page).drag(handle(found.nth(1)), onto=found.nth(0), edge=0.02)
    assert texts(found) == [second, first, third]
    send(page)

    assert tiers(prompt) == [[second], [first], [third]]


def test_a_thumb_that_reads_on_drags_nothing(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person(), device=PHONE)
    found = cards(page)
    before = texts(found)

    Thumb(page).swipe(middle(found.nth(0)), by=-300)

    page.wait_for_function("window.scrollY > 100")
    assert texts(found) == before


def test_one_dropped_on_another_shares_its_place(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person(), device=DESKTOP)
    found = cards(page)
    first, second, third = texts(found)

    Mouse(page).drag(handle(found.nth(2)), onto=found.nth(0), edge=0.5)
    send(page)

    assert [sorted(tier) for tier in tiers(prompt)] == [sorted([first, third]), [second]]


def test_by_buttons(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person(), device=PHONE)
    found = cards(page)
    first, second, third = texts(found)
    thumb = Thumb(page)

    thumb.press(found.nth(1).get_by_role("button", name="up"))
    thumb.press(found.filter(has_text=f"Words no. {third}").get_by_role("button", name="Unacceptable"))
    send(page)

    (ballot,) = Ballot.objects.filter(parent=prompt)
    assert tiers(prompt) == [[second], [first]]
    assert [str(pk) for pk in ballot.unacceptable] == [
        str(reply.pk) for reply in b.replies_to(prompt) if reply.text.endswith(f" {third}")
    ]


def test_by_keys_alone(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person(), device=DESKTOP)
    first, second, third = texts(cards(page))
    keys = Keys(page)

    keys.type("3", "Alt+ArrowUp", "Alt+ArrowUp")
    expect(page.get_by_role("status").filter(has_text="is now 1 of 3")).to_be_attached()
    keys.type("2", "ArrowDown", "t")
    keys.type("Control+Enter")

    expect(page.get_by_text(THANKS)).to_be_visible()
    assert [sorted(tier) for tier in tiers(prompt)] == [[third], sorted([first, second])]


def test_an_order_nobody_has_touched_is_asked_about(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person())
    order = texts(cards(page))

    page.get_by_role("button", name="Send").click()
    page.get_by_role("dialog", name="Leave the order as it is?").get_by_role("button", name="Yes, send it").click()

    expect(page.get_by_text(THANKS)).to_be_visible()
    assert tiers(prompt) == [[text] for text in order]


def test_all_are_wrong(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person())
    cards(page)

    page.get_by_role("checkbox", name="All of them are wrong").check()
    send(page)

    assert Ballot.objects.get(parent=prompt).not_rankable
