"""Figures: over HTTP, and for Prometheus."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from oa.moderation import actions as moderation
from oa.stats.rules import table
from oa.tasks import actions as tasks
from oa.tasks.rules import Kind
from oa.trees.models import Tree
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.delete("stats.totals")


def figures() -> Any:
    return Client().get("/api/v1/stats").json()


def test_everything_is_counted() -> None:
    builders.policy()
    builders.ready()
    german = builders.plant(lang="de")
    gone = builders.plant()
    moderation.delete_message(message_id=gone.pk, why="Spam", by=builders.moderator(), now=builders.NOW)
    kept = builders.plant()
    Tree.objects.filter(pk=kept.pk).update(archived=True)

    found = figures()

    assert found["messages"]["total"] == {"live": 5, "deleted": 1, "accepted": 3, "rejected": 0}
    assert found["messages"]["by_language"]["de"] == {"live": 1, "deleted": 0, "accepted": 0, "rejected": 0}
    assert found["trees"]["by_language"] == {
        "de": {"initial_prompt_review": 1}, "en": {"halted_by_moderator": 1, "ready_for_export": 1},
    }  # fmt: skip
    assert (found["archived_trees"], found["reviews"], found["ballots"], found["tasks_done"]) == (1, 6, 2, 10)
    assert found["open_tasks"]["by_language"]["de"] == {"label_initial_prompt": len(builders.stock_of(german))}


def test_they_are_counted_once_in_half_a_minute() -> None:
    first = figures()
    builders.plant()

    with CaptureQueriesContext(connection) as queries:
        again = figures()

    assert again == first
    assert len(queries) == 0


def test_the_statements_do_not_grow_with_the_data() -> None:
    builders.policy()
    taken = []
    for lang in ("en", "de"):
        builders.plant(lang=lang)
        cache.delete("stats.totals")
        with CaptureQueriesContext(connection) as queries:
            figures()
        taken.append(len(queries))

    assert taken == [9, 9]


def test_with_redis_away_they_are_told_all_the_same(settings: Settings) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

    builders.plant()

    assert figures()["messages"]["total"]["live"] == 1


def test_prometheus_hears_of_tasks_trees_and_people_who_wait() -> None:
    builders.policy()
    builders.plant()
    tasks.wait(kinds=[Kind.INITIAL_PROMPT], langs=["en"], by=builders.person(), now=timezone.now())

    told = Client().get("/metrics").content.decode()

    assert 'oa_tasks{kind="label_initial_prompt",status="open"} 2.0' in told
    assert 'oa_trees{state="initial_prompt_review"} 1.0' in told
    assert "oa_waiting_people 1.0" in told
    assert 'oa_texts_waiting{aside="no",kind="toxicity"} 1.0' in told


def test_a_table_has_the_sum_of_all_languages() -> None:
    assert table([("en", "a", 2), ("de", "a", 1), ("de", "b", 4)], ("a", "c")) == {
        "total": {"a": 3, "b": 4, "c": 0},
        "by_language": {"de": {"a": 1, "b": 4}, "en": {"a": 2}},
    }
