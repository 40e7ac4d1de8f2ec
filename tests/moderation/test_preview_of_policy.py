"""What a change of the policy would do is told before it is made, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oa.accounts.models import User
from oa.moderation import actions
from oa.moderation.models import Case, Decision
from oa.moderation.rules import Verb
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import PolicyVersion
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    b.policy(max_active_trees=1, max_initial_prompt_review=5)
    return b.admin()


def preview(by: User, lang: str = "", **values: object) -> Any:
    client = Client()
    client.force_login(by)
    asked = {"lang": lang, "values": values}
    return client.post("/api/v1/policy/preview", asked, content_type="application/json")


def line(found: Any, kind: str, lang: str = "en") -> tuple[int, int]:
    (row,) = [row for row in found["stock"] if (row["kind"], row["lang"]) == (kind, lang)]
    return row["open_now"], row["would_be"]


def cause(found: Any, code: str) -> tuple[int, int]:
    (row,) = [row for row in found["queue"] if row["cause"] == code]
    return row["now"], row["would_be"]


def consider() -> None:
    while actions.consider_doubts(now=b.NOW):
        pass


def test_the_stock_it_foretells_is_the_stock_that_comes(ada: User) -> None:
    b.plant()
    tasks.fill_language(lang="en", now=b.NOW, rng=b.FAIR)
    there = Task.objects.open().filter(kind=Kind.INITIAL_PROMPT).count()

    found = preview(ada, max_initial_prompt_review=9, num_reviews_initial_prompt=3).json()

    actions.change_policy(
        lang="",
        values={"max_initial_prompt_review": 9, "num_reviews_initial_prompt": 3},
        note="More",
        by=ada,
        now=b.NOW,
    )
    tasks.fill_language(lang="en", now=b.NOW, rng=b.FAIR)
    comes = Task.objects.open().filter(kind=Kind.INITIAL_PROMPT).count()
    assert line(found, "initial_prompt") == (there, comes)
    assert line(found, "label_initial_prompt") == (2 * there, 3 * comes)
    assert there < comes


def test_more_places_let_waiting_prompts_grow(ada: User) -> None:
    b.growing()
    for _ in range(3):
        b.review_to_end(b.plant())
    tasks.fill_language(lang="en", now=b.NOW, rng=b.FAIR)

    found = preview(ada, max_active_trees=3).json()

    assert line(found, "growing") == (1, 3)
    assert line(found, "starting") == (0, 2)


def test_the_queue_it_foretells_is_the_queue_that_comes(ada: User) -> None:
    for peak in (0.35, 0.5, 0.9):
        b.scored(b.plant(), peak)
    consider()
    tasks.fill_language(lang="en", now=b.NOW, rng=b.FAIR)
    assert Case.objects.filter(closed_at=None).count() == 1

    found = preview(ada, toxicity_machine_high=0.4).json()

    assert cause(found, "toxic") == (1, 2)
    actions.change_policy(lang="", values={"toxicity_machine_high": 0.4}, note="Stricter", by=ada, now=b.NOW)
    consider()
    assert Case.objects.filter(closed_at=None).count() == 2
    back = preview(ada, toxicity_machine_high=0.7).json()
    assert cause(back, "toxic") == (2, 1)


def test_what_would_be_held_back_is_counted(ada: User) -> None:
    for peak in (0.5, 0.99, 0.97):
        b.scored(b.plant(), peak)

    found = preview(ada, toxicity_hides=True).json()

    assert found["held_back"] == 2
    assert cause(found, "withheld") == (0, 2)


def test_another_language_is_left_alone(ada: User) -> None:
    b.plant(lang="de")
    for lang in ("en", "de"):
        tasks.fill_language(lang=lang, now=b.NOW, rng=b.FAIR)

    found = preview(ada, "de", max_active_trees=7).json()

    assert {row["lang"] for row in found["stock"]} == {"de"}
    assert found["changes"] == [{"field": "max_active_trees", "before": 1, "after": 7}]


def test_nothing_is_written(ada: User) -> None:
    before = PolicyVersion.objects.count()

    assert preview(b.moderator(), goal_tree_size=99).status_code == 200
    assert (PolicyVersion.objects.count(), Decision.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("values", "code"),
    [({"goal_tree_size": 0}, "bad_policy_value"), ({"no_such": 1}, "unknown_policy_field")],
)
def test_what_the_policy_refuses_is_refused(ada: User, values: dict[str, Any], code: str) -> None:
    answer = preview(ada, **values)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_change_says_in_the_log_and_in_the_history_what_was_before(ada: User) -> None:
    client = Client()
    client.force_login(ada)
    asked = {"values": {"goal_tree_size": 20, "max_tree_depth": 1}, "note": "Bigger"}

    made = client.post("/api/v1/policy", asked, content_type="application/json")

    assert made.status_code == 201
    changed = [{"field": "goal_tree_size", "before": 3, "after": 20}]
    assert made.json()["changes"] == changed
    assert client.get("/api/v1/policy/history").json()["results"][0]["changes"] == changed
    decision = Decision.objects.get(verb=Verb.POLICY)
    assert (decision.by, decision.why) == (ada, "Bigger")
    assert decision.before == {"policy": {"goal_tree_size": 3}}
    assert decision.after == {"policy": {"goal_tree_size": 20}}
