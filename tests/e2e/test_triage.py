"""A moderator works through what machine or people find bad: by keys alone, by thumb, and beside a colleague."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.moderation import actions as moderation
from oa.screening.models import ToxicityScore
from oa.trees.models import Message
from tests import builders as b
from tests.e2e.conftest import Play
from tests.e2e.hands import DESKTOP, PHONE, Keys, Thumb
from tests.e2e.stage import until
from tests.e2e.test_pages import barriers, settled, sideways

pytestmark = pytest.mark.xdist_group("browser-2")

WORST, BAD, THIRD, LAST = ("Worst of all words", "Bad words", "Third words", "The last words")
PEAKS = {WORST: 0.99, BAD: 0.95, THIRD: 0.9, LAST: 0.8}


@pytest.fixture
def texts(play: Play) -> dict[str, Message]:
    """Four prompts that the machine finds toxic and nobody has judged, the worst first."""
    play.policy()
    return {
        text: b.scored(b.plant(lang=play.lang, text=text, now=timezone.now()), peak) for text, peak in PEAKS.items()
    }


@pytest.fixture
def mo(play: Play) -> User:
    return play.person("Mo", role=Role.MODERATOR)


def desk(play: Play, who: User, *, kind: str = "machine_high", **options: object) -> Page:
    return play.open(f"/moderate/toxicity?kind={kind}&lang={play.lang}", who=who, **options)  # type: ignore[arg-type]  # what a page may be opened with


def at(page: Page) -> Locator:
    return page.get_by_role("article")


def looked(message: Message) -> bool:
    return ToxicityScore.objects.get(message=message).looked_version == message.version


def deleted(message: Message) -> bool:
    return bool(Message.objects.get(pk=message.pk).deleted)


def test_by_keys_alone(play: Play, texts: dict[str, Message], mo: User) -> None:
    page = desk(play, mo)
    keys = Keys(page)
    expect(at(page)).to_contain_text(WORST)
    expect(page.get_by_text("1 of 4")).to_be_visible()

    keys.type("l")
    expect(at(page)).to_contain_text(BAD)
    until(lambda: looked(texts[WORST]), "the look is on record")
    keys.type("u")
    expect(at(page)).to_contain_text(WORST)
    until(lambda: not looked(texts[WORST]), "it is taken back")

    keys.type("j", "j", "k")
    expect(at(page)).to_contain_text(BAD)
    keys.type("d")
    expect(page.get_by_role("dialog", name="Delete this message?")).to_be_visible()
    keys.type("Enter")
    expect(at(page)).to_contain_text(THIRD)
    until(lambda: deleted(texts[BAD]), "it is deleted")
    keys.type("u")
    expect(at(page)).to_contain_text(BAD)
    until(lambda: not deleted(texts[BAD]), "it is restored")

    keys.type("l", "l", "l", "l")
    expect(page.get_by_role("heading", name="Nothing to look at with these filters")).to_be_visible()
    until(lambda: all(looked(message) for message in texts.values()), "all have been looked at")
    page.reload()
    expect(page.get_by_role("heading", name="Nothing to look at with these filters")).to_be_visible()


def test_what_is_taken_back_is_not_offered_to_be_taken_back_again(
    play: Play, texts: dict[str, Message], mo: User
) -> None:
    page = desk(play, mo)
    keys = Keys(page)
    expect(at(page)).to_contain_text(WORST)
    keys.type("l")
    expect(page.get_by_text("Looked at, and left as it is.")).to_be_visible()

    keys.type("u")

    expect(page.get_by_text("Taken back: it waits here again.")).to_be_visible()
    expect(page.get_by_text("Looked at, and left as it is.")).to_have_count(0)
    until(lambda: not looked(texts[WORST]), "it is taken back")


def test_by_thumb(play: Play, texts: dict[str, Message], mo: User) -> None:
    page = desk(play, mo, device=PHONE)
    thumb = Thumb(page)
    leave = page.get_by_role("button", name="Leave it")
    expect(at(page)).to_contain_text(WORST)

    thumb.press(leave)
    expect(at(page)).to_contain_text(BAD)
    thumb.press(page.get_by_role("button", name="Undo").last)  # of the toast
    expect(at(page)).to_contain_text(WORST)
    until(lambda: not looked(texts[WORST]), "it is taken back")

    thumb.press(page.get_by_role("button", name="Delete…"))
    dialog = page.get_by_role("dialog", name="Delete this message?")
    thumb.press(dialog.get_by_text("Sexual content"))
    thumb.press(dialog.get_by_role("button", name="Delete"))
    expect(at(page)).to_contain_text(BAD)
    until(lambda: deleted(texts[WORST]), "it is deleted")
    for _ in range(3):
        thumb.press(leave)
    expect(page.get_by_role("heading", name="Nothing to look at with these filters")).to_be_visible()
    assert sideways(page, 320, 360) == []


def test_where_a_colleague_was_first_their_name_is_said_and_the_next_one_comes(
    play: Play, texts: dict[str, Message], mo: User
) -> None:
    play.expected = ("409 (Conflict)",)
    page = desk(play, mo)
    expect(at(page)).to_contain_text(WORST)
    moderation.look(message_id=texts[WORST].pk, by=play.person("Carmen", role=Role.MODERATOR), now=timezone.now())

    page.get_by_role("button", name="Leave it").click()

    expect(page.get_by_text("Carmen has looked at it already.")).to_be_visible()
    expect(at(page)).to_contain_text(BAD)
    # What a colleague did is not ours to take back.
    expect(page.get_by_role("button", name="Undo").first).to_be_disabled()
    assert looked(texts[WORST])


def test_what_was_kept_back_goes_to_work_when_somebody_has_looked(play: Play, mo: User) -> None:
    play.policy(toxicity_hides=True, toxicity_hide_above=0.9)
    prompt = b.scored(b.plant(lang=play.lang, text=WORST, now=timezone.now()), 0.99)
    assert moderation.withhold(message_id=prompt.pk, now=timezone.now())
    page = desk(play, mo, kind="withheld")
    expect(at(page)).to_contain_text("kept back from tasks")

    page.get_by_role("button", name="Leave it").click()

    until(lambda: not Message.objects.get(pk=prompt.pk).withheld, "it goes to work")


def test_a_reload_comes_back_to_the_same_message(play: Play, texts: dict[str, Message], mo: User) -> None:
    page = desk(play, mo)
    expect(at(page)).to_contain_text(WORST)
    page.get_by_role("button", name="Next message").click()
    expect(at(page)).to_contain_text(BAD)

    page.reload()

    expect(at(page)).to_contain_text(BAD)


def test_it_has_no_barrier_and_fits_a_phone(play: Play, texts: dict[str, Message], mo: User) -> None:
    page = desk(play, mo, bypass_csp=True)
    expect(at(page)).to_contain_text(WORST)
    settled(page)
    assert [*barriers(page), *sideways(page, 320, 360)] == []

    page.goto("/moderate/set-aside")
    expect(page.get_by_role("heading", name="Texts set aside")).to_be_visible()
    page.set_viewport_size(DESKTOP["viewport"])
    settled(page)
    assert [*barriers(page), *sideways(page, 320)] == []
    expect(page.get_by_role("navigation", name="Main").get_by_role("link")).to_have_count(5)


def test_volunteers_are_told_that_it_is_for_moderators(play: Play) -> None:
    page = play.open("/moderate/toxicity", who=play.person())

    expect(page.get_by_role("heading", name="This page is for moderators")).to_be_visible()
    expect(page.get_by_role("link", name="Moderation")).to_have_count(0)
