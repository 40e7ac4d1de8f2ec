"""How the site does: what is kept of it because it is dear to read, and which jobs failed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import PeriodicTask

from oa.core.promises import Check, Tally
from oa.moderation.models.decisions import Decision
from oa.tasks.rules import LABELS, RANKINGS


class JobFailure(models.Model):
    """A job that failed, and how. One row for each job and kind of error, however often it happens."""

    id = models.BigAutoField(primary_key=True)
    job = models.CharField(_("job"), max_length=200)
    error = models.CharField(_("kind of error"), max_length=200)
    said = models.TextField(_("what it said last"), blank=True)
    number = models.PositiveIntegerField(_("how often"), default=1)
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))

    class Meta:
        verbose_name = _("failure of a job")
        verbose_name_plural = _("failures of jobs")
        constraints = [models.UniqueConstraint(fields=["job", "error"], name="a_failure_stands_once")]
        indexes = [models.Index(fields=["-last_at", "-id"], name="newest_failures_first")]

    def __str__(self) -> str:
        return f"{self.job}: {self.error}"


class Checkup(models.Model):
    """What a worker last found when it looked at everything. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    made_at = models.DateTimeField(_("made"))
    seconds = models.FloatField(_("seconds it took"))
    data = models.JSONField(_("what it says"), default=dict)

    class Meta:
        verbose_name = _("check-up")
        verbose_name_plural = _("check-ups")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_checkup")]

    def __str__(self) -> str:
        return f"{self.made_at}"


# An account counts as a reviewer at work in a language for so long after a review.
AT_WORK = timedelta(days=7)
EXAMPLES = 10
# A site that is broken is broken in many places: beyond, it is told that there are more.
MOST_BREACHES = 1000


def look_at_everything(checks: Iterable[Check], *, now: datetime) -> dict[str, Any]:
    """The dear part of the health page: read by a worker, at one moment. `checks` are those of what is stuck."""
    return {
        "stuck": _stuck(checks),
        "shortage": _shortage(now),
        "funnel": _rows(_FUNNEL, {}, "state", "reached", "here"),
        "ends": _rows(_ENDS, {}, "state", "why", "n"),
        "medians": _rows(_MEDIANS, {}, "to_accepted_hours", "to_drawn_hours", "to_ready_hours")[0],
        "median_hours_week": _rows(_MEDIAN_WAIT, {"since": now - timedelta(days=7)}, "hours")[0]["hours"],
    }


def _stuck(checks: Iterable[Check]) -> dict[str, Any]:
    found: list[str] = []
    looked_at = 0
    for check in checks:
        tally = Tally()
        found += islice((f"{check.promise}: {breach}" for breach in check.run(tally)), MOST_BREACHES)
        looked_at += tally.checked
    return {"n": len(found), "looked_at": looked_at, "examples": found[:EXAMPLES]}


_SHORTAGE = """
WITH waiting AS (
    SELECT lang, count(*) FILTER (WHERE kind = ANY(%(labels)s)) AS reviews,
           count(*) FILTER (WHERE kind = ANY(%(rankings)s)) AS rankings
    FROM tasks_task WHERE status = 'open' GROUP BY lang
), active AS (
    SELECT lang, count(DISTINCT assignee_id) FILTER (WHERE kind = ANY(%(labels)s)) AS reviewers,
           count(DISTINCT assignee_id) AS people
    FROM tasks_task WHERE status = 'done' AND closed_at > %(since)s GROUP BY lang
)
SELECT lang, coalesce(waiting.reviews, 0), coalesce(active.reviewers, 0), coalesce(waiting.rankings, 0),
       coalesce(active.people, 0),
       CASE WHEN active.reviewers > 0 THEN coalesce(waiting.reviews, 0)::float8 / active.reviewers END AS ratio
FROM waiting FULL JOIN active USING (lang)
ORDER BY coalesce(waiting.reviews, 0) > 0 AND coalesce(active.reviewers, 0) = 0 DESC, ratio DESC NULLS LAST, lang
"""


def _shortage(now: datetime) -> list[dict[str, Any]]:
    """By language: what waits for reviewers, and who has reviewed lately. Where nobody has, the ratio is none."""
    asked = {"labels": sorted(LABELS), "rankings": sorted(RANKINGS), "since": now - AT_WORK}
    columns = ("lang", "waiting", "active_reviewers", "waiting_rankings", "active_people", "ratio")
    return _rows(_SHORTAGE, asked, *columns)


# Trees that were ever in a state: those that came there, and those that were imported into it.
_FUNNEL = """
SELECT reached.after, reached.number, coalesce(here.number, 0)
FROM (SELECT event.after, count(DISTINCT event.tree_id) AS number
      FROM trees_treeevent event JOIN trees_tree tree ON tree.id = event.tree_id AND NOT tree.archived
      GROUP BY event.after) reached
LEFT JOIN (SELECT state, count(*) AS number FROM trees_tree WHERE NOT archived GROUP BY state) here
  ON here.state = reached.after
"""

_ENDS = """
SELECT tree.state, last.why, count(*)
FROM trees_tree tree
JOIN LATERAL (SELECT event.why FROM trees_treeevent event WHERE event.tree_id = tree.id
              ORDER BY event.id DESC LIMIT 1) last ON true
WHERE NOT tree.archived AND tree.state IN ('ready_for_export', 'aborted_low_grade', 'halted_by_moderator')
GROUP BY tree.state, last.why ORDER BY count(*) DESC, tree.state, last.why
"""

# Only of trees that began here: an import brings no times.
_MEDIANS = """
WITH began AS (
    SELECT event.tree_id, min(event.at) AS at FROM trees_treeevent event
    JOIN trees_tree tree ON tree.id = event.tree_id AND NOT tree.archived
    WHERE event.why = 'started' GROUP BY event.tree_id
), reached AS (
    SELECT began.tree_id, event.after, extract(epoch FROM min(event.at) - began.at) / 3600 AS hours
    FROM began JOIN trees_treeevent event ON event.tree_id = began.tree_id
    WHERE event.after IN ('prompt_lottery_waiting', 'growing', 'ready_for_export')
    GROUP BY began.tree_id, began.at, event.after
)
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) FILTER (WHERE after = 'prompt_lottery_waiting'),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) FILTER (WHERE after = 'growing'),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) FILTER (WHERE after = 'ready_for_export')
FROM reached
"""

_MEDIAN_WAIT = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - opened_at) / 3600)
FROM moderation_case WHERE closed_at > %(since)s AND closed_by_id IS NOT NULL
"""

_QUEUE = """
SELECT count(*), extract(epoch FROM %(now)s - min(opened_at)) / 3600 FROM moderation_case WHERE closed_at IS NULL
"""

_QUEUE_BY_CAUSE = """
SELECT cause, count(*), extract(epoch FROM %(now)s - min(opened_at)) / 3600
FROM moderation_case, jsonb_object_keys(causes) AS cause
WHERE closed_at IS NULL GROUP BY cause ORDER BY count(*) DESC, cause
"""


def queue_now(*, now: datetime) -> dict[str, Any]:
    """What waits for moderators at this moment, and what they have decided today."""
    (whole,) = _rows(_QUEUE, {"now": now}, "open", "oldest_hours")
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        **whole,
        "by_cause": _rows(_QUEUE_BY_CAUSE, {"now": now}, "cause", "open", "oldest_hours"),
        "decided_today": Decision.objects.filter(at__gte=today, by__isnull=False).count(),
    }


def last_round() -> datetime | None:
    """When beat last sent a round out, as far as it has written that down (it does so every few minutes)."""
    found: datetime | None = PeriodicTask.objects.aggregate(last=models.Max("last_run_at"))["last"]
    return found


def _rows(sql: str, asked: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def _plain(value: object) -> object:
    """Numbers as JSON has them: PostgreSQL's own are exact."""
    return float(value) if isinstance(value, Decimal) else value
