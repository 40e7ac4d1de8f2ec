"""Writing, from "give me a task" to the message in its tree: by mouse, by thumb and by keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from oa.trees.models import Message
from tests.e2e.conftest import Play
from tests.e2e.hands import DESKTOP, PHONE, Keys, Mouse, Thumb
from tests.e2e.stage import until

pytestmark = pytest.mark.xdist_group("browser-1")

TEXT = "Put the dough in a warm place for an hour, until it has grown to twice its size. Then bake it at 220 degrees."


@pytest.fixture
def prompt(play: Play) -> Message:
    play.policy()
    return play.growing()


def replies(prompt: Message) -> list[str]:
    return list(Message.objects.filter(parent=prompt).values_list("text", flat=True))


def test_by_mouse(play: Play, prompt: Message) -> None:
    page = play.open("/", who=play.person(), device=DESKTOP)
    mouse = Mouse(page)

    mouse.press(page.get_by_role("link", name="Give me a task"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Reply as the assistant")
    expect(page.get_by_text(prompt.text)).to_be_visible()
    page.get_by_role("textbox", name="Your reply as the assistant").fill(f"**Patience.** {TEXT}")
    mouse.press(page.get_by_role("button", name="Preview"))
    expect(page.locator("strong", has_text="Patience.")).to_be_visible()
    mouse.press(page.get_by_role("button", name="Send"))

    expect(page.get_by_text("Others will review what you wrote")).to_be_visible()
    assert replies(prompt) == [f"**Patience.** {TEXT}"]


def test_by_thumb(play: Play, prompt: Message) -> None:
    page = play.open("/", who=play.person(), device=PHONE)
    thumb = Thumb(page)

    thumb.press(page.get_by_role("link", name="Give me a task"))
    text = page.get_by_role("textbox", name="Your reply as the assistant")
    thumb.press(text)
    text.press_sequentially(TEXT)
    thumb.press(page.get_by_role("button", name="Send"))

    expect(page.get_by_text("Others will review what you wrote")).to_be_visible()
    assert replies(prompt) == [TEXT]


def test_by_keys_alone(play: Play, prompt: Message) -> None:
    page = play.open("/", who=play.person(), device=DESKTOP)
    keys = Keys(page)

    keys.walk_to(page.get_by_role("link", name="Give me a task"))
    keys.type("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reply as the assistant")
    keys.type("e")
    page.keyboard.type(TEXT)
    keys.type("Control+Enter")

    expect(page.get_by_text("Others will review what you wrote")).to_be_visible()
    assert replies(prompt) == [TEXT]


def test_a_new_prompt(play: Play) -> None:
    play.policy(initial_prompts_enabled=True, max_active_trees=1)
    page = play.open("/task?kind=initial_prompt", who=play.person())

    page.get_by_role("textbox", name="Your prompt").fill(TEXT)
    page.get_by_role("button", name="Send").click()

    until(lambda: Message.objects.filter(lang=play.lang, parent=None, text=TEXT).exists(), "the prompt is there")


def test_a_doubtful_text_is_asked_about_once_and_can_be_sent(play: Play, prompt: Message) -> None:
    page = play.open("/task", who=play.person())
    german = "Das ist ein längerer deutscher Satz, der in diese englische Unterhaltung gar nicht passt."

    page.get_by_role("textbox", name="Your reply as the assistant").fill(german)
    page.get_by_role("button", name="Send").click()

    dialog = page.get_by_role("dialog", name="Send it like this?")
    expect(dialog).to_contain_text("German")
    assert replies(prompt) == []
    dialog.get_by_role("button", name="Send anyway").click()
    expect(page.get_by_text("Others will review what you wrote")).to_be_visible()
    assert replies(prompt) == [german]


def test_personal_data_is_pointed_out_while_one_writes_and_can_be_sent_all_the_same(play: Play) -> None:
    play.policy(initial_prompts_enabled=True, max_active_trees=1)
    page = play.open("/task?kind=initial_prompt", who=play.person())
    text = "Please write a letter to my aunt, ann.lauber@lauberhof.ch, and thank her for the bread."

    page.get_by_role("textbox", name="Your prompt").fill(text)
    expect(page.get_by_role("list", name="In your text")).to_have_text("ann.lauber@lauberhof.ch")
    page.get_by_role("button", name="Send").click()

    dialog = page.get_by_role("dialog", name="Send it like this?")
    expect(dialog).to_contain_text("ann.lauber@lauberhof.ch")
    dialog.get_by_role("button", name="Send anyway").click()
    until(lambda: Message.objects.filter(lang=play.lang, text=text).exists(), "the prompt is there")


def test_what_the_policy_forbids_is_not_sent_and_stays_in_the_field(play: Play) -> None:
    play.policy(initial_prompts_enabled=True, max_active_trees=1, personal_data_email="block")
    page = play.open("/task?kind=initial_prompt", who=play.person())
    field = page.get_by_role("textbox", name="Your prompt")
    text = "Please write a letter to my aunt, ann.lauber@lauberhof.ch, and thank her for the bread."

    field.fill(text)
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("alert").filter(has_text="ann.lauber@lauberhof.ch")).to_be_visible()
    expect(field).to_be_focused()
    assert not Message.objects.filter(lang=play.lang).exists()

    field.fill(text.replace(", ann.lauber@lauberhof.ch,", ""))
    page.get_by_role("button", name="Send").click()
    until(lambda: Message.objects.filter(lang=play.lang).exists(), "the prompt is there")
