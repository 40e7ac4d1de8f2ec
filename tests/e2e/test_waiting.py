"""Nothing to do, and two people for one task."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from oa.moderation.models import Report
from oa.tasks.models import Task
from oa.tasks.rules import Kind, Status
from tests import builders as b
from tests.e2e.conftest import Play

pytestmark = pytest.mark.xdist_group("browser-2")


def test_the_next_task_comes_by_itself(play: Play) -> None:
    play.policy()
    me = play.person()
    page = play.open("/", who=me)
    page.get_by_role("link", name="Give me a task").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing to do just now")
    expect(page.get_by_role("list", name="Why there is nothing")).to_be_visible()

    prompt = play.plant()  # somebody writes a prompt, and the workers give its review to whoever waits

    expect(page.get_by_role("heading", level=1)).to_have_text("Review a prompt")
    expect(page.get_by_text(prompt.text)).to_be_visible()
    assert Task.objects.get(assignee=me).message_id == prompt.pk


def test_who_stops_waiting_is_given_nothing(play: Play) -> None:
    play.policy()
    page = play.open("/task", who=play.person())

    page.get_by_role("button", name="Stop waiting").click()

    expect(page.get_by_role("link", name="Give me a task")).to_be_visible()


def test_two_who_ask_for_the_last_task_both_see_a_sensible_page(play: Play) -> None:
    play.policy(num_reviews_initial_prompt=1)
    prompt = play.plant()
    pages = [play.open("/", who=play.person()) for _ in range(2)]

    for page in pages:
        page.get_by_role("link", name="Give me a task").click(no_wait_after=True)

    titles = [title_of(page) for page in pages]
    assert sorted(titles) == ["Nothing to do just now", "Review a prompt"]
    assert Task.objects.filter(message=prompt, status=Status.LEASED).count() == 1


def test_a_task_that_was_withdrawn_meanwhile_says_so(play: Play) -> None:
    play.policy(num_reviews_initial_prompt=1)
    prompt = play.plant()
    page = play.open("/task", who=play.person())
    expect(page.get_by_text(prompt.text)).to_be_visible()
    Task.objects.filter(message=prompt, kind=Kind.LABEL_INITIAL_PROMPT).update(
        status=Status.WITHDRAWN, closed_at=timezone.now()
    )
    play.expected = ("409", "410")

    page.get_by_role("radiogroup", name="Spam").get_by_text("No", exact=True).click()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("This task is not needed any more")
    expect(page.get_by_role("link", name="Next task").or_(page.get_by_role("button", name="Next task"))).to_be_visible()


def test_a_skip_can_be_taken_back(play: Play) -> None:
    play.policy()
    prompt = play.plant()
    page = play.open("/task", who=play.person())
    expect(page.get_by_text(prompt.text)).to_be_visible()

    page.get_by_role("button", name="Skip this task").click()
    page.get_by_role("dialog", name="Why skip it?").get_by_role("button", name=re.compile("Too hard")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing to do just now")
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text(prompt.text)).to_be_visible()


def test_a_message_is_reported(play: Play) -> None:
    play.policy()
    prompt = b.plant(lang=play.lang, text="Buy cheap watches here!", now=timezone.now())
    page = play.open("/task", who=play.person())

    page.get_by_role("button", name="Report a message").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").select_option("spam")
    dialog.get_by_role("button", name=re.compile("Report|Send")).click()

    expect(page.get_by_text("A moderator will look at it.")).to_be_visible()
    assert Report.objects.filter(message=prompt).count() == 1


def title_of(page: Page) -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Nothing to do just now|Review a prompt"))
    return page.get_by_role("heading", level=1).inner_text()
