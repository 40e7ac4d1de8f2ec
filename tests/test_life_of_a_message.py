"""The life of a message, from the first sign-up to the line in the data set, through the public API alone.

Start reading the system here. Every step is a request that a browser makes or a job that a worker
runs; each names the action behind it, in `oa/<app>/actions`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from oa.accounts.actions import publish_terms
from oa.rankings import jobs as ranking_jobs
from oa.tasks import jobs as stock_jobs
from oa.trees.models import PolicyVersion, TreeEvent
from tests.builders import broken_promises

pytestmark = pytest.mark.django_db


class Browser:
    """One volunteer's browser: a session cookie, a CSRF token, JSON in and out."""

    def __init__(self, name: str) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.get("/_allauth/browser/v1/config")
        address = f"{name}@example.org"
        self.post("/_allauth/browser/v1/auth/signup", {"email": address, "password": "correct horse battery"})
        version = self.client.get("/api/v1/terms").json()["version"]
        self.post("/api/v1/me/consents", {"version": version, "given": True})

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        token = {"X-CSRFToken": self.client.cookies["csrftoken"].value}
        answer = self.client.post(path, body, content_type="application/json", headers=token)
        assert answer.status_code in (200, 201), answer.content
        found: dict[str, Any] = answer.json()
        return found

    def ask(self, kind: str) -> dict[str, Any]:
        """Ask for a task (`tasks.next_task`): a seat becomes this person's for a while."""
        task: dict[str, Any] = self.post("/api/v1/tasks/next", {"kind": kind})["task"]
        assert task is not None, f"there is nothing to do: {kind}"
        return task

    def submit(self, task: dict[str, Any], **answer: object) -> dict[str, Any]:
        """Hand it in (`tasks.submit`): the fact is recorded, the tree advances and is stocked again."""
        result: dict[str, Any] = self.post(f"/api/v1/tasks/{task['id']}/submit", answer)["result"]
        return result

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/{path}").json()


def test_the_life_of_a_message(tmp_path: Path) -> None:  # noqa: PLR0915 - one story, told in one go
    # The site opens. Its policy says how trees grow: here one prompt, two answers, three reviews each.
    publish_terms(text="Be kind; what you write may be published.", now=timezone.now())
    PolicyVersion.objects.create(values={
        "goal_tree_size": 3, "min_goal_tree_size": 1, "max_tree_depth": 1, "max_children_count": 2,
    })  # fmt: skip
    alice, *others = (Browser(name) for name in ("alice", "bob", "carol", "dave", "erin", "frank"))
    bob, carol, dave, erin, frank = others

    # Alice writes a prompt (`trees.start_tree`). Its tree waits for three reviewers.
    task = alice.ask("initial_prompt")
    prompt = alice.submit(task, text="Why is the sky blue?")["message_id"]
    assert alice.get(f"trees/{prompt}")["state"] == "initial_prompt_review"

    # Three others review it (`reviews.review`). Only the question about spam must be answered; what
    # is left out stays unknown. Alice is not among them: nobody judges their own words.
    for reviewer in (bob, carol, dave):
        task = reviewer.ask("label_initial_prompt")
        assert [turn["text"] for turn in task["conversation"]] == ["Why is the sky blue?"]
        reviewer.submit(task, labels={"spam": 0, "lang_mismatch": 0, "quality": 0.75})
    assert alice.get(f"trees/{prompt}")["state"] == "prompt_lottery_waiting"

    # A worker runs the language's desk: there is room, so the prompt is drawn and its tree grows.
    stock_jobs.fill_language("en")
    assert alice.get(f"trees/{prompt}")["state"] == "growing"

    # Two people answer it as the assistant (`trees.reply`), each reviewed by three others.
    answers = {}
    for writer, text in ((bob, "Air scatters blue light most."), (carol, "Because of Rayleigh scattering.")):
        task = writer.ask("assistant_reply")
        answers[text] = writer.submit(task, text=text)["message_id"]
        reviewers = [person for person in (alice, *others) if person is not writer][:3]
        for reviewer in reviewers:
            task = reviewer.ask("label_assistant_reply")
            reviewer.submit(task, labels={"spam": 0, "helpfulness": 1, "humor": 0.25})
    assert alice.get(f"trees/{prompt}")["state"] == "ranking"

    # Three people rank the answers (`rankings.rank`), each shown them in an order of their own.
    # Bob and Carol wrote them, so neither is asked. Two of three prefer Bob's.
    bobs, carols = answers.values()
    for ranker, order in ((dave, [bobs, carols]), (erin, [carols, bobs]), (frank, [bobs, carols])):
        task = ranker.ask("rank_assistant_replies")
        assert {reply["id"] for reply in task["replies"]} == {bobs, carols}
        ranker.submit(task, order=order)
    assert alice.get(f"trees/{prompt}")["state"] == "ready_for_scoring"

    # A worker turns the ballots into ranks (`rankings.score`). The tree is finished.
    ranking_jobs.score_tree(prompt)
    assert alice.get(f"trees/{prompt}")["state"] == "ready_for_export"
    why = TreeEvent.objects.filter(tree=prompt).order_by("id").values_list("why", flat=True)
    assert list(why) == ["started", "prompt_accepted", "won_lottery", "fully_grown", "fully_ranked", "scored"]

    # It is a line of the data set (`datasets`): the form that trainers of language models read.
    out = tmp_path / "trees.jsonl"
    call_command("export_dataset", "--format", "trees", "--out", str(out), "--quiet")
    tree = json.loads(out.read_text())
    assert (tree["tree_state"], tree["prompt"]["text"]) == ("ready_for_export", "Why is the sky blue?")
    assert tree["prompt"]["labels"]["quality"] == {"value": 0.75, "count": 3}
    assert {reply["text"]: reply["rank"] for reply in tree["prompt"]["replies"]} == {
        "Air scatters blue light most.": 0,
        "Because of Rayleigh scattering.": 1,
    }
    assert tree["prompt"]["user_id"] != alice.get("me")["id"], "people are named by pseudonyms"

    # And nothing the system promises was broken on the way.
    assert broken_promises() == []
