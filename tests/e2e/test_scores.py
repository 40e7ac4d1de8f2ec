"""A site with a tiny real model: what the machine says of a text appears beside it by itself, seconds after sending."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.plugin import DjangoDbBlocker

from oa.accounts import actions as accounts
from oa.screening.models import Machine, ToxicityScore
from oa.screening.rules import MachineState
from oa.trees.models import Message
from tests.e2e.conftest import TERMS, Play
from tests.e2e.stage import Stage, until
from tests.screening import tiny

pytestmark = pytest.mark.xdist_group("browser-1")

RUDE = "You are a stupid idiot and nobody wants to hear from you ever again, you worthless fool."
SECONDS = 20.0
LOADED_WITHIN = 240.0


class ScoringStage(Stage):
    """A site whose workers have a model."""

    def __init__(self) -> None:
        super().__init__()
        self.checkpoint, self.config = tiny.make_checkpoint(self.folder / "tiny")

    @property
    def environ(self) -> dict[str, str]:
        model = {"OA_DETOXIFY_CHECKPOINT": str(self.checkpoint), "OA_DETOXIFY_CONFIG": str(self.config)}
        return super().environ | model | {"OA_TOXICITY": "on", "HF_HUB_OFFLINE": "1"}


@pytest.fixture(scope="module")
def scoring() -> Iterator[Stage]:
    pytest.importorskip("detoxify", reason="the toxicity packages are not installed: requirements/toxicity.txt")
    site = ScoringStage()
    site.start()
    try:
        site.wait_until_up()
        yield site
    finally:
        site.end()


@pytest.fixture
def play(scoring: Stage, browser: Browser, django_db_blocker: DjangoDbBlocker) -> Iterator[Play]:
    with django_db_blocker.unblock(), scoring.written_from_here():
        accounts.publish_terms(text=TERMS, now=timezone.now())
        play = Play(scoring, browser, "en")
        yield play
        for context in play.contexts:
            context.close()
    assert play.unexpected() == []


def ready() -> bool:
    return Machine.objects.filter(state=MachineState.READY).exists()


def test_scores_appear_beside_a_message_by_themselves_within_seconds(play: Play) -> None:
    until(ready, "the model is loaded", within=LOADED_WITHIN)
    play.policy(initial_prompts_enabled=True, max_active_trees=1)
    page = play.open("/task?kind=initial_prompt", who=play.person())
    page.get_by_role("textbox", name="Your prompt").fill(RUDE)
    workers = play.site.processes("toxicity")

    # The machine is held for a moment, so that the page is there before the scores are.
    _tell(workers, signal.SIGSTOP)
    try:
        page.get_by_role("button", name="Send").click()
        until(lambda: Message.objects.filter(text=RUDE).exists(), "the prompt is there")
        prompt = Message.objects.get(text=RUDE)
        page.goto(f"/trees/{prompt.tree_id}")
        expect(page.get_by_text("A machine is reading it…")).to_be_visible()
    finally:
        _tell(workers, signal.SIGCONT)
    begun = time.monotonic()

    expect(page.get_by_text("Machine:")).to_be_visible()

    assert time.monotonic() - begun < SECONDS
    scores = ToxicityScore.objects.get(message=prompt)
    page.get_by_text("Nobody has judged it yet").click()
    expect(page.get_by_text(f"By {scores.model_name},")).to_be_visible()
    expect(page.get_by_text("Severely toxic")).to_be_visible()


def _tell(processes: list[int], what: signal.Signals) -> None:
    assert processes
    for pid in processes:
        os.kill(pid, what)
