"""The scheduler of rounds looks now and then whether somebody changed them in the admin, and heeds it."""

from __future__ import annotations

import pytest
from django_celery_beat.models import PeriodicTask
from pytest_django import DjangoAssertNumQueries

from oa.celery import app
from oa.core import beat


@pytest.mark.django_db(transaction=True)
def test_ticks_in_between_ask_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    scheduler = beat.Scheduler(app=app)
    scheduler.schedule_changed()

    with django_assert_num_queries(0):
        assert not any(scheduler.schedule_changed() for _ in range(20))


@pytest.mark.django_db(transaction=True)
def test_a_round_that_was_switched_off_is_heeded_at_the_next_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beat, "LOOK_SECONDS", 0.0)
    scheduler = beat.Scheduler(app=app)
    scheduler.schedule_changed()  # it sees what it has written itself
    assert not scheduler.schedule_changed()

    task = PeriodicTask.objects.get(name="oa.tasks.jobs.fill_languages")
    task.enabled = False
    task.save()

    assert scheduler.schedule_changed()
