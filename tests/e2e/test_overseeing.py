"""A moderator oversees people and decides about many messages at once: by keys, and all of it can be taken back."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.trees.models import Message
from tests import builders as b
from tests.e2e.conftest import Play
from tests.e2e.hands import DESKTOP, Keys
from tests.e2e.stage import until
from tests.e2e.test_pages import barriers, settled, sideways

pytestmark = pytest.mark.xdist_group("browser-2")

SHOES = "Where can I buy the cheapest shoes of all number"


@pytest.fixture
def mo(play: Play) -> User:
    return play.person("Mo", role=Role.MODERATOR)


@pytest.fixture
def seller(play: Play) -> User:
    return play.person("Seller of Shoes")


@pytest.fixture
def prompts(play: Play, seller: User) -> list[Message]:
    now = timezone.now()
    return [b.plant(lang=play.lang, text=f"{SHOES} {number}", by=seller, now=now) for number in range(3)]


def deleted(prompts: list[Message]) -> int:
    return Message.objects.filter(pk__in=[prompt.pk for prompt in prompts], deleted=True).count()


def test_many_are_deleted_and_brought_back_by_keys_alone(play: Play, prompts: list[Message], mo: User) -> None:
    page = play.open(f"/moderate/bulk?lang={play.lang}&text=cheapest", who=mo)
    keys = Keys(page)
    expect(page.get_by_role("article")).to_have_count(3)

    keys.type("j", "x", "j", "x", "p")
    expect(page.get_by_role("dialog", name="Decide about 2 messages")).to_be_visible()
    keys.type("Control+Enter")
    expect(page.get_by_text("2 messages were chosen")).to_be_visible()
    assert deleted(prompts) == 0

    keys.type("Control+Enter")
    until(lambda: deleted(prompts) == 2, "those picked are deleted")
    expect(page.get_by_role("heading", name="Done")).to_be_visible()

    page.reload()
    expect(page.get_by_text("It can be undone until")).to_be_visible()
    keys.type("u")
    expect(page.get_by_role("dialog", name="Undo all of it?")).to_be_visible()
    keys.type("Control+Enter")
    until(lambda: deleted(prompts) == 0, "they are brought back")
    expect(page.get_by_role("heading", name="Undone")).to_be_visible()


def test_a_pattern_that_is_none_is_said_at_its_field(play: Play, mo: User) -> None:
    play.expected = ("422 (Unprocessable",)
    page = play.open("/moderate/bulk?regex=(shoes", who=mo)

    expect(page.get_by_label("Regular expression", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_contain_text("can't read this regular expression")


def test_somebody_is_muted_and_speaks_again_by_keys_alone(play: Play, seller: User, mo: User) -> None:
    page = play.open(f"/moderate/people/{seller.pk}", who=mo)
    keys = Keys(page)
    expect(page.get_by_role("heading", name="Seller of Shoes")).to_be_visible()

    keys.type("m")
    expect(page.get_by_role("dialog", name="Mute Seller of Shoes?")).to_be_visible()
    keys.type("3", "Enter")
    expect(page.get_by_text("muted until")).to_be_visible()
    until(lambda: User.objects.get(pk=seller.pk).muted_until is not None, "they are muted")

    keys.type("u")
    expect(page.get_by_text("muted until")).to_have_count(0)
    until(lambda: User.objects.get(pk=seller.pk).muted_until is None, "it is taken back")


def test_no_page_has_a_barrier_and_all_fit_a_phone(play: Play, prompts: list[Message], seller: User, mo: User) -> None:
    page = play.open("/moderate/people", who=mo, bypass_csp=True)
    found = []
    for path in (
        "/moderate/people", f"/moderate/people/{seller.pk}", "/moderate/trolls?period=total",
        f"/moderate/bulk?lang={play.lang}", "/moderate/bulk?tab=alike", "/moderate/bulk?tab=earlier",
    ):  # fmt: skip
        page.set_viewport_size(DESKTOP["viewport"])
        page.goto(path)
        settled(page)
        found += [f"{path}: {one}" for one in [*barriers(page), *sideways(page, 320)]]
    assert found == []
