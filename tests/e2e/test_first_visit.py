"""A stranger becomes a volunteer, without reading any documentation."""

from __future__ import annotations

import re
from email import message_from_string

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from oa.accounts.models import User
from oa.reviews.models import Review
from tests import builders as b
from tests.e2e.conftest import TERMS, Play
from tests.e2e.hands import PHONE
from tests.e2e.stage import until

pytestmark = pytest.mark.xdist_group("browser-2")

EMAIL = "newcomer@example.org"
PASSWORD = "a long walk by the sea"
# A browser tells in its console of every request that is refused: who is not signed in is told so.
STRANGER = ("401 (Unauthorized)",)


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_from_the_door_to_the_first_submitted_task(play: Play) -> None:
    b.policy(lang="ur", initial_prompts_enabled=False, max_active_trees=0)
    prompt = b.plant(lang="ur", now=timezone.now())
    play.expected = STRANGER
    page = play.open("/", device=PHONE, locale="ur")

    page.get_by_role("link", name=re.compile("^Join")).first.tap()
    page.get_by_role("textbox", name="E-mail").fill(EMAIL)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Create my account").tap()

    heading(page, "Terms of use")
    expect(page.get_by_text(TERMS)).to_be_visible()
    page.get_by_role("button", name="I accept").tap()

    heading(page, "Your languages")
    expect(page.get_by_role("list", name="chosen")).to_contain_text("Urdu")
    page.get_by_role("button", name="These are mine").tap()

    walk_through(page)

    page.get_by_role("button", name="Give me my first task").tap()
    heading(page, "Review a prompt")
    page.get_by_role("radiogroup", name="Spam").get_by_text("No", exact=True).tap()
    page.get_by_role("button", name="Send").tap()

    expect(page.get_by_text("Your review helps decide")).to_be_visible()
    newcomer = User.objects.get(email=EMAIL)
    assert Review.objects.filter(message=prompt, by=newcomer).exists()
    assert newcomer.onboarded_at is not None
    assert newcomer.languages == ["ur"]


def walk_through(page: Page) -> None:
    """One example of each kind."""
    heading(page, "A look around, in two minutes")
    page.get_by_role("button", name="Start").tap()
    for group, answer in (("Spam", "No"), ("Fails to do what was asked", "Yes")):
        page.get_by_role("radiogroup", name=group).get_by_text(answer, exact=True).tap()
    page.get_by_role("button", name="Send").tap()
    page.get_by_role("button", name="Next example").tap()
    page.get_by_role("button", name="up").last.tap()
    page.get_by_role("button", name="Send").tap()
    page.get_by_role("button", name="Next example").tap()
    page.get_by_role("textbox").fill("Tell her that the sun goes to shine for others, and comes back in the morning.")
    page.get_by_role("button", name="Send").tap()
    page.get_by_role("button", name="That was it").tap()
    heading(page, "That is all there is to it")


def test_a_new_password_by_mail(play: Play) -> None:
    email = str(play.person().email)
    play.expected = STRANGER
    page = play.open("/account/sign-in")

    page.get_by_role("link", name="Forgot your password?").click()
    heading(page, "Forgot your password?")
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    heading(page, "Choose a new password")
    until(lambda: mails_to(play, email), "a mail has come")
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", mails_to(play, email)[-1], re.MULTILINE)
    assert code is not None
    page.get_by_role("textbox", name="Code").fill(code[1])
    page.get_by_role("textbox", name="New password").fill(PASSWORD)
    page.get_by_role("button", name="Use this password").click()

    expect(page.get_by_text("Your new password works from now on.")).to_be_visible()
    expect(page.get_by_role("link", name="Give me a task")).to_be_visible()


def mails_to(play: Play, address: str) -> list[str]:
    mails = [message_from_string(mail) for mail in play.site.mails]
    return [str(mail.get_payload()) for mail in mails if address in str(mail["To"])]


def test_what_became_of_my_work_is_there_to_be_read(play: Play) -> None:
    play.policy()
    me = play.person("Nora")
    answer = b.answer(play.growing(), by=me, text="Yeast makes bread rise.", now=timezone.now())
    b.review_to_end(answer, now=timezone.now())

    page = play.open("/me", who=me)
    page.get_by_role("main").get_by_role("link", name=re.compile("contributions", re.I)).first.click()

    row = page.get_by_role("listitem").filter(has_text="Yeast makes bread rise.").last
    expect(row).to_contain_text(re.compile("accepted", re.I))
