"""Moderators see how the site does: what waits, what is stuck, who is missing, how far trees come, and the workers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from oa.celery import app
from oa.core.redis import Line
from oa.moderation import actions
from oa.moderation.models import Case, Checkup, JobFailure
from oa.moderation.rules import ReportReason
from oa.tasks.models import Task
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    b.policy()
    cache.clear()
    yield
    cache.clear()


def signed_in() -> Client:
    client = Client()
    client.force_login(b.moderator())
    return client


def health(client: Client | None = None) -> Any:
    answer = (client or signed_in()).get("/api/v1/moderation/health")
    assert answer.status_code == 200
    return answer.json()


def check_up() -> Checkup:
    Checkup.objects.all().delete()
    made = actions.check_up(clock=timezone.now)
    assert made is not None
    return made


def test_before_the_first_look_what_is_dear_is_not_made_up() -> None:
    found = health()

    assert (found["kept_at"], found["stuck"]["n"], found["funnel"]) == (None, None, [])
    assert found["queue"]["open"] == 0


def test_what_waits_for_moderators_is_counted_with_how_long_it_has() -> None:
    root = b.plant()
    actions.report(message_id=root.pk, reason=ReportReason.SPAM, note="", by=b.person(), now=timezone.now())
    while actions.consider_doubts(now=timezone.now() - timedelta(hours=5)):
        pass
    assert Case.objects.filter(closed_at=None).count() == 1

    queue = health()["queue"]

    assert (queue["open"], round(queue["oldest_hours"])) == (1, 5)
    assert [(line["cause"], line["open"]) for line in queue["by_cause"]] == [("report", 1)]


def test_no_tree_is_stuck_until_one_is() -> None:
    root = b.growing()
    check_up()
    assert health()["stuck"]["n"] == 0
    Task.objects.filter(tree=root.pk).delete()

    check_up()

    stuck = health()["stuck"]
    assert stuck["n"] == 1
    assert str(root.pk) in stuck["examples"][0]
    assert stuck["checked_at"] is not None


def test_where_reviewers_are_missing_comes_first_and_nobody_is_said_to_be_nobody() -> None:
    b.review(b.plant(), now=timezone.now())
    for _ in range(2):
        b.plant(lang="de")
    check_up()

    by_lang = {line["lang"]: line for line in health()["shortage"]}

    assert list(by_lang) == ["de", "en"]
    assert (by_lang["de"]["waiting"], by_lang["de"]["active_reviewers"], by_lang["de"]["ratio"]) == (4, 0, None)
    assert (by_lang["en"]["waiting"], by_lang["en"]["active_reviewers"], by_lang["en"]["ratio"]) == (1, 1, 1.0)


def test_the_funnel_counts_who_ever_came_so_far_and_where_trees_end() -> None:
    b.ready(now=b.NOW)
    b.review_to_end(b.plant(), spam=1)
    check_up()

    found = health()

    reached = {line["state"]: (line["reached"], line["here"]) for line in found["funnel"]}
    assert reached["initial_prompt_review"] == (2, 0)
    assert reached["growing"] == reached["ranking"] == (1, 0)
    assert reached["ready_for_export"] == reached["aborted_low_grade"] == (1, 1)
    assert {(line["state"], line["why"], line["n"]) for line in found["ends"]} == {
        ("ready_for_export", "scored", 1), ("aborted_low_grade", "prompt_rejected", 1),
    }  # fmt: skip


def test_medians_are_hours_from_the_prompt_on() -> None:
    for hours in (1, 2, 9):
        b.review_to_end(b.plant(now=b.NOW), now=b.NOW + timedelta(hours=hours))
    check_up()

    medians = health()["medians"]

    assert medians == {"to_accepted_hours": 2.0, "to_drawn_hours": None, "to_ready_hours": None}


def test_a_second_look_is_too_early_and_one_that_is_due_is_taken() -> None:
    check_up()

    assert actions.check_up(clock=timezone.now) is None
    assert actions.check_up(clock=lambda: timezone.now() + timedelta(minutes=5)) is not None
    assert Checkup.objects.count() == 1


def test_it_costs_the_same_however_much_there_is() -> None:
    taken, client = [], signed_in()
    for _ in range(2):
        for _ in range(3):
            b.plant()
        check_up()
        health(client)  # what is kept in the cache, is
        with CaptureQueriesContext(connection) as queries:
            health(client)
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 14


def test_jobs_that_wait_are_counted_by_queue(settings: Settings) -> None:
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    line = Line(settings.REDIS_URL)
    line.ask(lambda redis: redis.rpush(f"{prefix}toxicity", "a", "b"), None)
    try:
        queues = {queue["name"]: queue["waiting"] for queue in health()["celery"]["queues"]}
    finally:
        line.ask(lambda redis: redis.delete(f"{prefix}toxicity"), None)

    assert queues["toxicity"] == 2
    assert "default" in queues


def test_without_redis_nobody_knows_and_the_page_is_there(settings: Settings) -> None:
    settings.REDIS_URL = settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    with app.connection_for_write(url=settings.REDIS_URL) as away:
        with pytest.raises(Exception, match="111|refused"):  # really away
            away.ensure_connection(max_retries=1, timeout=1)

    celery = health()["celery"]

    assert {queue["waiting"] for queue in celery["queues"]} == {None}


@app.task(name="tests.fails")  # type: ignore[untyped-decorator]  # Celery has no types
def fails(how: str) -> None:
    raise {"value": ValueError, "integrity": IntegrityError, "away": OperationalError}[how](f"{how} first\nsecond")


def run(how: str) -> None:
    fails.apply(args=(how,))


def test_a_job_that_fails_is_written_down_once_with_how_often() -> None:
    for how in ("value", "value", "integrity"):
        run(how)

    found = {(row.error, row.number, row.said) for row in JobFailure.objects.filter(job="tests.fails")}

    assert found == {
        ("builtins.ValueError", 2, "value first"),
        ("django.db.utils.IntegrityError", 1, "integrity first"),
    }
    shown = health()["celery"]["failures"]
    assert {(line["job"], line["n"]) for line in shown} == {("tests.fails", 2), ("tests.fails", 1)}


def test_a_database_that_was_away_is_no_failure_of_the_job() -> None:
    run("away")

    assert not JobFailure.objects.exists()


def test_old_failures_make_room() -> None:
    for number in range(205):
        actions.note_failure(job=f"job {number}", error=ValueError(), now=b.NOW + timedelta(seconds=number))

    assert JobFailure.objects.count() == 200
    assert not JobFailure.objects.filter(job="job 0").exists()
