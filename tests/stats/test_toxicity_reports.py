"""Reports are made when they are due, one at a time, and a few of them are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from oa.moderation import actions as moderation
from oa.screening.models import ToxicityScore
from oa.stats import jobs
from oa.stats.actions import KEPT, begin_report, keep_report, make_toxicity_report, toxicity_figures
from oa.stats.models import Report
from oa.stats.rules import Kind, is_due, is_lost
from tests import builders
from tests.builders import NOW
from tests.datasets.files import answer, take, tree, write
from tests.races.crowd import granted, together

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def clock(*moments: datetime) -> Callable[[], datetime]:
    found: Iterator[datetime] = iter(moments)
    return lambda: next(found)


@pytest.mark.parametrize(
    "seconds, age, due",
    [
        (0.1, 59 * SECOND, False), (0.1, 60 * SECOND, True),
        (1.0, 60 * SECOND, True), (10.0, 599 * SECOND, False), (10.0, 600 * SECOND, True),
    ],
)  # fmt: skip
def test_a_report_is_due_after_a_minute_and_sixty_times_what_the_last_one_took(
    seconds: float, age: timedelta, due: bool
) -> None:
    assert is_due(made_at=NOW - age, seconds=seconds, now=NOW) == due


def test_the_first_report_is_due_at_once() -> None:
    assert is_due(made_at=None, seconds=None, now=NOW)


def test_a_worker_is_lost_after_ten_minutes_or_twenty_times_what_the_last_one_took() -> None:
    assert not is_lost(begun_at=NOW - 599 * SECOND, last_took=None, now=NOW)
    assert is_lost(begun_at=NOW - 600 * SECOND, last_took=None, now=NOW)
    assert not is_lost(begun_at=NOW - 1999 * SECOND, last_took=100, now=NOW)
    assert is_lost(begun_at=NOW - 2000 * SECOND, last_took=100, now=NOW)


def test_beat_looks_every_half_minute() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["oa.stats.jobs.make_toxicity_report"]["schedule"] == 30


@pytest.mark.django_db
def test_the_job_makes_one_and_then_none_until_it_is_due_again() -> None:
    builders.scored(builders.plant(), 0.5)

    jobs.make_toxicity_report()
    jobs.make_toxicity_report()

    report = Report.objects.get()
    assert report.made_at is not None and report.seconds is not None and report.data is not None
    assert report.data["groups"]["/"]["n_scored"] == 1
    assert report.data["head"]["groups"][0] == {"lang": None, "role": None, "n": 1}


@pytest.mark.django_db
def test_a_report_says_how_long_it_took_and_only_the_newest_are_kept() -> None:
    for number in range(KEPT + 2):
        begun = NOW + 2 * number * MINUTE
        made = make_toxicity_report(clock=clock(begun, begun + SECOND / 2), seed=1)
        assert made is not None and made.seconds == 0.5

    kept = Report.objects.finished(Kind.TOXICITY).values_list("begun_at", flat=True)
    assert list(kept) == [NOW + 2 * number * MINUTE for number in range(KEPT + 1, 1, -1)]


@pytest.mark.django_db
def test_nobody_begins_what_another_is_at() -> None:
    assert begin_report(kind=Kind.TOXICITY, now=NOW) is not None
    assert begin_report(kind=Kind.TOXICITY, now=NOW + 9 * MINUTE) is None
    assert make_toxicity_report(clock=clock(NOW + 9 * MINUTE), seed=1) is None


@pytest.mark.django_db
def test_what_a_killed_worker_has_begun_another_makes_and_the_first_one_keeps_nothing() -> None:
    first = begin_report(kind=Kind.TOXICITY, now=NOW)
    second = begin_report(kind=Kind.TOXICITY, now=NOW + 10 * MINUTE)
    assert first is not None and second is not None
    data = toxicity_figures(seed=1, resamples=2)

    assert keep_report(report=first, data=data, now=NOW + 11 * MINUTE) is None, "it comes back from the dead"
    assert keep_report(report=second, data=data, now=NOW + 12 * MINUTE) is not None
    assert Report.objects.get().begun_at == NOW + 10 * MINUTE


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_at_once_one_makes_it() -> None:
    made = granted(together(*[lambda: make_toxicity_report(clock=lambda: NOW, seed=1)] * 4))

    assert sum(report is not None for report in made) == 1
    assert Report.objects.count() == 1


@pytest.mark.django_db
def test_messages_of_every_state_count_and_only_scores_of_the_text_in_force() -> None:
    builders.policy()
    reviewed = builders.scored(builders.plant(), 0.5)
    builders.review(reviewed, toxicity=0.75)
    gone = builders.scored(builders.plant(lang="es"), 0.5)
    moderation.delete_message(message_id=gone.pk, why="Rude", by=builders.moderator(), now=NOW)
    edited = builders.scored(builders.plant(), 0.5)
    text = "Quite another text"
    moderation.edit_message(message_id=edited.pk, text=text, why="Rude", by=builders.moderator(), now=NOW)
    for lang in ("en", "de", "de"):
        builders.plant(lang=lang)

    told = toxicity_figures(seed=1, resamples=2)

    sizes = {(group["lang"], group["role"]): group["n"] for group in told["head"]["groups"]}
    assert sizes == {(None, None): 2, ("en", None): 1, ("es", None): 1, (None, "prompter"): 2}
    assert told["head"]["unsupported"] == [{"lang": "de", "messages": 2}]
    assert told["head"]["models"] == [{"name": "test", "checksum": "", "imported": False, "n": 2}]
    kept_deleted = told["groups"]["/"]["kept_deleted"][0]
    assert (kept_deleted["kept"]["n"], kept_deleted["deleted"]["n"]) == (1, 1)
    cells = {(cell["label"], cell["score"]): cell for cell in told["groups"]["/"]["cells"]}
    assert cells["toxicity", "insult"]["n"] == cells["toxicity", "insult"]["n_reviews"] == 1


@pytest.mark.django_db
def test_archived_imports_count_with_the_means_they_brought(tmp_path: Path) -> None:
    scores = dict.fromkeys(
        ("toxicity", "severe_toxicity", "obscene", "identity_attack", "insult", "threat", "sexual_explicit"), 0.25
    )
    labels = {"toxicity": {"value": 0.5, "count": 3}}
    rows = [tree(answer(detoxify=scores, labels=labels), state="halted_by_moderator", detoxify=scores, labels=labels)]
    take(write(tmp_path / "a.jsonl", rows))

    told = toxicity_figures(seed=1, resamples=2)

    assert ToxicityScore.objects.filter(imported=True).count() == 2
    assert told["head"]["models"] == [{"name": "", "checksum": "", "imported": True, "n": 2}]
    cell = next(cell for cell in told["groups"]["/"]["cells"] if cell["label"] == "toxicity")
    assert (cell["n"], cell["n_imported"], cell["n_reviews"]) == (2, 2, 0)
