"""HANDED OUT: seats, the drafts of those who sit on them, and those who wait for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.db.models.functions import Random as DatabaseRandom
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.tasks.rules import MET, RANKINGS, WRITING, DeskView, Kind, LanguageCounts, Probe, Row, Seat, SkipReason, Status
from oa.trees.models import Message, Tree

STOCK = (Status.OPEN, Status.LEASED)

# One statement claims. The function scan gives the probes in the order drawn; each lateral look
# walks a partial index of open rows from a random lot on and stops at the first row that fits.
# The row lock decides: whoever asks at the same moment skips the row we hold and takes the next.
# "Not met before" and "not my own" are short probes of indexes led by the person.
_CLAIM = """
WITH seat AS (
    SELECT found.id, probe.ends, probe.form
    FROM unnest(%(kinds)s::text[], %(langs)s::text[], %(lonely)s::bool[], %(lows)s::float8[],
                %(highs)s::float8[], %(ends)s::timestamptz[], %(forms)s::text[])
         AS probe(kind, lang, lonely, low, high, ends, form)
    CROSS JOIN LATERAL (
        SELECT task.id
        FROM tasks_task task
        WHERE task.status = 'open' AND task.kind = probe.kind AND task.lang = probe.lang
          AND task.lot >= probe.low AND task.lot < probe.high
          AND (task.lonely OR NOT probe.lonely)
          AND task.author_id IS DISTINCT FROM %(me)s
          AND NOT EXISTS (
              SELECT FROM tasks_task met
              WHERE met.assignee_id = %(me)s AND met.message_id = task.message_id
                AND met.kind = task.kind AND met.version = task.version
                AND met.status IN ('leased', 'done', 'skipped'))
          AND NOT EXISTS (
              SELECT FROM trees_message mine
              WHERE mine.author_id = %(me)s AND mine.parent_id = task.message_id
                AND NOT mine.deleted)
        ORDER BY task.lot
        LIMIT 1
        FOR UPDATE OF task SKIP LOCKED
    ) found
    WHERE (SELECT count(*) FROM tasks_task held
           WHERE held.assignee_id = %(me)s AND held.status = 'leased') < %(most)s
    LIMIT 1
)
UPDATE tasks_task
SET status = 'leased', assignee_id = %(me)s, leased_at = %(now)s, expires_at = seat.ends,
    shown = CASE WHEN tasks_task.kind = ANY(%(rankings)s) THEN (
        SELECT jsonb_build_object('order', coalesce(
            jsonb_agg(reply.id ORDER BY md5(reply.id::text || %(seed)s)), '[]'))
        FROM trees_message reply
        WHERE reply.parent_id = tasks_task.message_id AND NOT reply.deleted AND reply.review_result)
    WHEN seat.form IS NOT NULL THEN jsonb_build_object('mode', seat.form) END
FROM seat WHERE tasks_task.id = seat.id
RETURNING tasks_task.*, (
    SELECT policy.values
    FROM trees_tree tree JOIN trees_policyversion policy ON policy.id = tree.policy_id
    WHERE tree.id = tasks_task.tree_id) AS tree_policy
"""

MOST_COUNTED = 1000

# Each count ends at the most that is told: the cost does not grow with the stock.
_COUNTS = """
SELECT wish.kind, wish.lang, (
    SELECT count(*) FROM (
        SELECT FROM tasks_task task
        WHERE task.status = 'open' AND task.kind = wish.kind AND task.lang = wish.lang
          AND task.author_id IS DISTINCT FROM %(me)s
        LIMIT %(most)s
    ) found)
FROM unnest(%(kinds)s::text[], %(langs)s::text[]) AS wish(kind, lang)
"""

_LULLS = """
SELECT lang,
    (SELECT count(*) FROM (
        SELECT FROM tasks_task task
        WHERE task.status = 'leased' AND task.lang = wish.lang AND task.assignee_id <> %(me)s
        LIMIT %(most)s
    ) held),
    (SELECT count(*) FROM (
        SELECT FROM trees_tree tree
        WHERE tree.lang = wish.lang AND tree.state = 'prompt_lottery_waiting' AND NOT tree.archived
        LIMIT %(most)s
    ) waiting)
FROM unnest(%(langs)s::text[]) AS wish(lang)
"""


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        return self.filter(status=Status.OPEN)

    def leased(self) -> Self:
        return self.filter(status=Status.LEASED)

    def stock(self) -> Self:
        """What is there to be done: open and leased rows."""
        return self.filter(status__in=STOCK)

    def expired(self, now: datetime) -> Self:
        return self.leased().filter(expires_at__lte=now)

    def held_by(self, person_id: object) -> Self:
        return self.leased().filter(assignee_id=person_id)

    def met_by(self, person_id: object) -> Self:
        """What this person has in hand, has done, or would rather not do."""
        return self.filter(assignee_id=person_id, status__in=MET)

    def handed_in_by(self, person_id: object) -> Self:
        return self.filter(assignee_id=person_id, status=Status.DONE)

    def like(self, task: Task) -> Self:
        """Rows for the same work on the same text."""
        return self.filter(kind=task.kind, message=task.message, version=task.version, lang=task.lang)

    def free_now(self) -> Task | None:
        """One of these rows that nobody else is taking at this moment, locked."""
        return self.select_for_update(skip_locked=True, of=("self",)).order_by("lot").first()

    def claim(self, probes: Sequence[Probe], *, by: UUID, most: int, now: datetime, seed: str) -> Task | None:
        """Lease the first open seat that fits this person; None when none of the probes has one.

        `most` is how many tasks the person may hold. What they are shown is decided and kept in the same
        statement: the form of a review, and the order of the replies to rank, shuffled by `seed`.
        """
        columns = {
            "kinds": [probe.kind.value for probe in probes],
            "langs": [probe.lang for probe in probes],
            "lonely": [probe.lonely for probe in probes],
            "lows": [probe.low for probe in probes],
            "highs": [probe.high for probe in probes],
            "ends": [now + probe.lease for probe in probes],
            "forms": [probe.form for probe in probes],
        }
        rest = {"me": by, "most": most, "now": now, "seed": seed, "rankings": [kind.value for kind in RANKINGS]}
        return next(iter(self.raw(_CLAIM, {**columns, **rest})), None)

    def rows_of(self, tree_id: UUID) -> list[Row]:
        """The stock of a tree, locked. Whoever claims one of these rows now never waits for us."""
        found = (
            self
            .stock()
            .filter(tree_id=tree_id)
            .order_by("id")
            .select_for_update(no_key=True)
            .values_list("id", "kind", "message_id", "version", "status", "lonely")
        )
        return [
            Row(pk, Seat(Kind(kind), message, version), status == Status.LEASED, lonely)
            for pk, kind, message, version, status, lonely in found
        ]

    def counts(self, pairs: Sequence[tuple[Kind, str]], *, by: UUID) -> dict[tuple[Kind, str], int]:
        """Open tasks of each kind and language that are not about this person's own text, up to MOST_COUNTED."""
        values = {"kinds": [kind.value for kind, _lang in pairs], "langs": [lang for _kind, lang in pairs]}
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS, {**values, "me": by, "most": MOST_COUNTED})
            return {(Kind(kind), lang): number for kind, lang, number in cursor.fetchall()}

    def lulls(self, langs: Sequence[str], *, by: UUID) -> dict[str, tuple[int, int]]:
        """By language: tasks that other people are at, and prompts in the lottery, each up to MOST_COUNTED."""
        with connection.cursor() as cursor:
            cursor.execute(_LULLS, {"langs": list(langs), "me": by, "most": MOST_COUNTED})
            return {lang: (in_hands, in_lottery) for lang, in_hands, in_lottery in cursor.fetchall()}


class Task(models.Model):
    """A place for one person to do one thing. Once left it is history; a new row takes its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    lang = models.CharField(_("language"), max_length=16)
    tree = models.ForeignKey(Tree, models.CASCADE, null=True, blank=True, related_name="tasks", db_index=False)
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="tasks",
        help_text=_("The message to answer, to review, or whose replies to rank."),
    )  # fmt: skip
    version = models.PositiveSmallIntegerField(_("version of the text"), default=1)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        db_index=False, help_text=_("Of the message under review; they never get this task."),
    )  # fmt: skip
    lonely = models.BooleanField(_("lonely parent"), default=False)
    lot = models.FloatField(_("lot"), db_default=DatabaseRandom())
    created_at = models.DateTimeField(_("opened"), default=timezone.now)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tasks",
        db_index=False,
    )  # fmt: skip
    leased_at = models.DateTimeField(_("handed out"), null=True, blank=True)
    expires_at = models.DateTimeField(_("lease ends"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    shown = models.JSONField(
        _("what was shown"), null=True, blank=True,
        help_text=_("Order of the replies, form of the review."),
    )  # fmt: skip
    result = models.JSONField(_("first answer"), null=True, blank=True)
    submit_key = models.CharField(_("idempotency key"), max_length=200, blank=True)
    submit_digest = models.CharField(max_length=64, blank=True)
    skip_reason = models.CharField(_("skipped because"), max_length=16, choices=SkipReason, blank=True)
    skip_note = models.TextField(_("note on the skip"), blank=True)
    booked = models.BooleanField(
        _("booked"), db_default=False, default=False, editable=False,
        help_text=_("The ledger of points knows that this was done."),
    )  # fmt: skip

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[Status.OPEN, Status.WITHDRAWN], assignee=None, expires_at=None)
                | Q(assignee__isnull=False, expires_at__isnull=False) & ~Q(status=Status.OPEN),
                name="a_task_in_hand_has_a_person_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.INITIAL_PROMPT, tree=None, message=None)
                | ~Q(kind=Kind.INITIAL_PROMPT) & Q(tree__isnull=False, message__isnull=False),
                name="every_task_but_a_new_prompt_is_about_a_message",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SKIPPED) | ~Q(skip_reason=""),
                name="a_skip_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["assignee", "message", "kind", "version"],
                condition=Q(status__in=sorted(MET)),
                name="nobody_meets_a_text_twice_for_the_same_work",
            ),
        ]
        indexes = [
            # The claim: open rows of a kind and language, walked from a random lot on.
            models.Index(fields=["kind", "lang", "lot"], condition=Q(status=Status.OPEN), name="open_tasks"),
            models.Index(
                fields=["kind", "lang", "lot"],
                condition=Q(status=Status.OPEN, lonely=True),
                name="open_tasks_at_lonely_parents",
            ),
            models.Index(fields=["tree"], condition=Q(status__in=STOCK), name="stock_of_a_tree"),
            models.Index(fields=["expires_at"], condition=Q(status=Status.LEASED), name="leases_by_end"),
            models.Index(fields=["assignee", "expires_at"], condition=Q(status=Status.LEASED), name="tasks_in_hand"),
            models.Index(fields=["assignee", "-leased_at"], name="tasks_of_a_person"),
            models.Index(
                fields=["assignee", "-closed_at", "-id"], condition=Q(status=Status.DONE), name="handed_in_by_a_person"
            ),
            # What was done and is not booked yet, by the tree it is about: that of a new prompt is in its result.
            models.Index(
                Coalesce("tree", Cast(KT("result__message_id"), models.UUIDField())),
                condition=Q(status=Status.DONE, booked=False),
                name="unbooked_tasks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def seat(self) -> Seat | None:
        """The seat this row is; None for a new prompt."""
        if self.message_id is None:
            return None
        return Seat(Kind(self.kind), self.message_id, self.version)


class DraftQuerySet(models.QuerySet["Draft"]):
    def unfinished_texts(self, person_id: object) -> Self:
        """What this person has begun to write for tasks that they no longer hold and never handed in."""
        over = self.filter(task__assignee_id=person_id, task__kind__in=sorted(WRITING))
        return over.exclude(task__status__in=[Status.LEASED, Status.DONE])


class Draft(models.Model):
    """What somebody has written or ticked so far. It outlives the lease."""

    task = models.OneToOneField(Task, models.CASCADE, primary_key=True, related_name="draft")
    content = models.JSONField(_("content"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    saved_at = models.DateTimeField(_("saved"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"Draft of {self.task_id}"


_WAIT = """
INSERT INTO tasks_waiter (person_id, kinds, langs, since, until)
VALUES (%(person_id)s, %(kinds)s, %(langs)s, %(since)s, %(until)s)
ON CONFLICT (person_id) DO UPDATE SET kinds = excluded.kinds, langs = excluded.langs, until = excluded.until
RETURNING *
"""


class WaiterQuerySet(models.QuerySet["Waiter"]):
    def waiting(self, now: datetime) -> Self:
        """Whoever still waits, the longest first."""
        return self.filter(until__gt=now).order_by("since")

    def put(self, waiter: Waiter) -> Waiter:
        """Keep what this one waits for. Who waits already keeps their place; in one statement."""
        values = {name: getattr(waiter, name) for name in ("person_id", "kinds", "langs", "since", "until")}
        return next(iter(self.raw(_WAIT, values)))


class Waiter(models.Model):
    """Somebody who asked when there was nothing. The first task that fits is theirs."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="waiting")
    kinds = ArrayField(models.CharField(max_length=24), verbose_name=_("kinds"))
    langs = ArrayField(models.CharField(max_length=16), verbose_name=_("languages"))
    since = models.DateTimeField(_("waiting since"))
    until = models.DateTimeField(_("waits until"))

    objects = WaiterQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting person")
        verbose_name_plural = _("waiting people")
        indexes = [models.Index(fields=["since"], name="who_waits_longest")]

    def __str__(self) -> str:
        return f"{self.person} since {self.since:%H:%M}"


# One statement looks at every desk. Each count stops where the largest limit of any policy stops it, and each look
# walks a partial index of what is unfinished, so the cost follows the number of languages and not of trees.
_SURVEY = """
SELECT desk.lang,
    (SELECT count(*) FROM (SELECT FROM trees_tree t WHERE t.lang = desk.lang AND t.state = 'growing'
        AND NOT t.archived LIMIT %(most)s) a),
    (SELECT count(*) FROM (SELECT FROM trees_tree t WHERE t.lang = desk.lang AND t.state = 'initial_prompt_review'
        AND NOT t.archived LIMIT %(most)s) b),
    (SELECT count(*) FROM (SELECT FROM trees_tree t WHERE t.lang = desk.lang AND t.state = 'prompt_lottery_waiting'
        AND NOT t.archived LIMIT %(most)s) c),
    (SELECT count(*) FROM (SELECT FROM trees_tree t WHERE t.lang = desk.lang AND t.state = 'ranking'
        AND NOT t.archived LIMIT %(most)s) d),
    EXISTS (SELECT FROM trees_tree t WHERE t.lang = desk.lang AND t.state = 'backlog_ranking' AND NOT t.archived),
    (SELECT count(*) FROM tasks_task s
     WHERE s.kind = 'initial_prompt' AND s.lang = desk.lang AND s.status IN ('open', 'leased')),
    desk.filled_at
FROM tasks_languagedesk desk ORDER BY desk.lang
"""


class LanguageDeskQuerySet(models.QuerySet["LanguageDesk"]):
    def survey(self, *, most: int) -> list[DeskView]:
        """Every language with what decides whether its desk has anything to do; counts go up to `most`."""
        with connection.cursor() as cursor:
            cursor.execute(_SURVEY, {"most": most})
            return [
                DeskView(lang, LanguageCounts(*counts), has_backlog, prompts_in_stock, filled_at)
                for lang, *counts, has_backlog, prompts_in_stock, filled_at in cursor.fetchall()
            ]


class LanguageDesk(models.Model):
    """One row a language: whoever holds it runs its lottery and stocks its prompts."""

    lang = models.CharField(_("language"), max_length=16, primary_key=True)
    finished_seen = models.BigIntegerField(
        _("last event seen"), default=0,
        help_text=_("Finished trees up to here have thrown their dice for the backlog."),
    )  # fmt: skip
    filled_at = models.DateTimeField(_("last filled"), null=True, blank=True)

    objects = LanguageDeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("language desk")
        verbose_name_plural = _("language desks")

    def __str__(self) -> str:
        return self.lang
