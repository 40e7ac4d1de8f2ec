"""Nothing anybody has written is lost: by a reload, a killed tab, a dead network, a lost lease, a second device."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from oa.accounts.models import User
from oa.tasks import actions as tasks
from oa.tasks.models import Draft, Task
from oa.tasks.rules import Kind, Status
from oa.trees.models import Message
from tests import builders as b
from tests.e2e.conftest import Play
from tests.e2e.stage import until

pytestmark = pytest.mark.xdist_group("browser-2")

TEXT = "Put the dough in a warm place for an hour, until it has grown to twice its size."
MORE = " Then bake it."


@pytest.fixture
def prompt(play: Play) -> Message:
    play.policy(num_reviews_reply=1)
    return play.growing()


@pytest.fixture
def writer(play: Play) -> User:
    return play.person()


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your reply as the assistant")


def on_server(writer: User) -> str:
    draft = Draft.objects.filter(task__assignee=writer).first()
    return draft.content.get("text", "") if draft else ""


def task_of(writer: User) -> Task:
    return Task.objects.get(assignee=writer)


def kept(writer: User, text: str) -> None:
    until(lambda: on_server(writer) == text, "the draft is on the server")


def handed_in(page: Page, prompt: Message, text: str) -> None:
    expect(page.get_by_text("Others will review what you wrote")).to_be_visible()
    assert Message.objects.filter(parent=prompt, text=text).count() == 1


def test_it_survives_a_reload(play: Play, prompt: Message, writer: User) -> None:
    page = play.open("/task", who=writer)
    field(page).fill(TEXT)

    page.reload()

    expect(field(page)).to_have_value(TEXT)


def test_it_survives_a_killed_tab_before_the_server_has_it(play: Play, prompt: Message, writer: User) -> None:
    page = play.open("/task", who=writer)
    page.route("**/draft", lambda route: route.abort())
    play.expected = ("net::ERR_FAILED",)
    field(page).press_sequentially(TEXT)
    where, state = page.url, page.context.storage_state()  # what a browser has on its disk when it is killed
    page.close(run_before_unload=False)

    again = play.open(where, state=state)

    expect(field(again)).to_have_value(TEXT)
    kept(writer, TEXT)


def test_it_is_on_the_server_within_seconds_and_on_the_other_device(play: Play, prompt: Message, writer: User) -> None:
    page = play.open("/task", who=writer)
    field(page).press_sequentially(TEXT)
    kept(writer, TEXT)
    expect(page.get_by_text("kept", exact=True)).to_be_visible()

    phone = play.open(page.url, who=writer)

    expect(field(phone)).to_have_value(TEXT)


def test_two_devices_that_wrote_apart_see_both(play: Play, prompt: Message, writer: User) -> None:
    laptop = play.open("/task", who=writer)
    field(laptop).fill(TEXT)
    kept(writer, TEXT)
    phone = play.open(laptop.url, who=writer)
    expect(field(phone)).to_have_value(TEXT)

    field(phone).fill("From the phone. " + TEXT)
    kept(writer, "From the phone. " + TEXT)
    play.expected = ("409",)
    field(laptop).fill(TEXT + MORE)

    dialog = laptop.get_by_role("dialog", name="Changed in two places")
    expect(dialog).to_contain_text("From the phone.")
    expect(dialog).to_contain_text(MORE.strip())
    dialog.get_by_role("button", name="Take the other").click()
    expect(field(laptop)).to_have_value("From the phone. " + TEXT)


def test_offline_it_is_kept_and_sent_when_the_network_is_back(play: Play, prompt: Message, writer: User) -> None:
    page = play.open("/task", who=writer)
    play.expected = ("ERR_INTERNET_DISCONNECTED",)
    expect(field(page)).to_be_visible()

    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    field(page).fill(TEXT)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Kept, and sent when you are back")).to_be_visible()
    assert not Message.objects.filter(parent=prompt).exists()
    page.context.set_offline(False)

    until(lambda: Message.objects.filter(parent=prompt, text=TEXT).exists(), "the answer has gone out by itself")
    expect(page.get_by_text("You are offline.")).to_be_hidden()


def test_a_lease_that_ran_out_costs_nothing_while_the_seat_is_free(play: Play, prompt: Message, writer: User) -> None:
    page = play.open("/task", who=writer)
    field(page).fill(TEXT)
    kept(writer, TEXT)
    _run_out(task_of(writer))
    play.expected = ("409", "410")

    page.get_by_role("button", name="Send").click()

    back = page.get_by_role("button", name="Take it back")
    expect(back.or_(page.get_by_text("Others will review what you wrote"))).to_be_visible()
    if back.is_visible():
        back.click()
        expect(field(page)).to_have_value(TEXT)
        page.get_by_role("button", name="Send").click()
    handed_in(page, prompt, TEXT)


def test_a_seat_that_somebody_else_has_taken_leaves_the_text_with_its_writer(
    play: Play, prompt: Message, writer: User
) -> None:
    page = play.open("/task", who=writer)
    field(page).fill(TEXT)
    kept(writer, TEXT)
    _run_out(task_of(writer))
    for other in b.people(2):
        b.hand_in(
            b.sit(prompt, Kind.ASSISTANT_REPLY, by=other, now=timezone.now()),
            by=other,
            text=b.words(),
            now=timezone.now(),
        )
    play.expected = ("409", "410")

    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody else has taken this task")
    expect(page.get_by_text(TEXT)).to_be_visible()
    page.goto("/me/tasks")
    expect(page.get_by_text(TEXT)).to_be_visible()


def _run_out(task: Task) -> None:
    """An hour and a minute pass, and the round that looks after it comes by."""
    past = timezone.now() - timedelta(minutes=1)
    Task.objects.filter(pk=task.pk).update(expires_at=past)
    tasks.expire(task_id=task.pk, now=timezone.now())
    assert not Task.objects.filter(pk=task.pk, status=Status.LEASED).exists()
