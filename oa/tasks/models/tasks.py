"""HANDED OUT: seats, open and in somebody's hands, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.db.models.functions import Random as DatabaseRandom
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg.types.json import Jsonb

from oa.core.ids import new_id
from oa.core.prepared import Prepared, Slot, run
from oa.tasks.rules import (
    MET,
    RANKINGS,
    Kind,
    Probe,
    Row,
    Seat,
    SkipReason,
    Status,
)
from oa.trees.models import NODE_FIELDS, Message, PolicyVersion, Tree, node_of
from oa.trees.rules import Node

STOCK = (Status.OPEN, Status.LEASED)

# One statement claims. The function scan gives the probes in the order drawn; each lateral look
# walks a partial index of open rows from a random lot on and stops at the first row that fits.
# The row lock decides: whoever asks at the same moment skips the row we hold and takes the next.
# "Not met before" and "not my own" are short probes of indexes led by the person.
_CLAIM = """
WITH seat AS (
    SELECT found.id, probe.minutes, probe.form
    FROM jsonb_to_recordset(%(probes)s)
         AS probe(kind text, lang text, lonely bool, start float8, minutes int, form text)
    CROSS JOIN LATERAL (VALUES (probe.start, 1.0), (0.0, probe.start)) AS stretch(low, high)
    CROSS JOIN LATERAL (
        SELECT task.id
        FROM tasks_task task
        WHERE task.status = 'open' AND task.kind = probe.kind AND task.lang = probe.lang
          AND task.lot >= stretch.low AND task.lot < stretch.high
          AND task.lonely >= probe.lonely
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
SET status = 'leased', assignee_id = %(me)s, leased_at = %(now)s,
    expires_at = %(now)s + make_interval(mins => seat.minutes),
    shown = CASE WHEN tasks_task.kind IN ({rankings}) THEN (
        SELECT jsonb_build_object('order', coalesce(
            jsonb_agg(reply.id ORDER BY md5(reply.id::text || %(seed)s)), '[]'))
        FROM trees_message reply
        WHERE reply.parent_id = tasks_task.message_id AND NOT reply.deleted AND reply.review_result)
    WHEN seat.form IS NOT NULL THEN jsonb_build_object('mode', seat.form) END
FROM seat WHERE tasks_task.id = seat.id
RETURNING {columns}, (
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


# Named one by one, so that a plan that is kept outlives a migration that adds another.
@lru_cache(maxsize=1)
def _claim() -> str:
    columns = [f"tasks_task.{field.column}" for field in Task._meta.concrete_fields]
    return _CLAIM.format(columns=", ".join(columns), rankings=", ".join(f"'{kind}'" for kind in sorted(RANKINGS)))


def _claimed(row: Sequence[Any]) -> Task:
    """A task of one row of the claim; it brings along the policy of its tree, as it is kept, in `tree_policy`."""
    task, policy = Task.from_db(DEFAULT_DB_ALIAS, _names(), row[:-1]), row[-1]
    task.shown, task.tree_policy = task.shown and json.loads(task.shown), policy and json.loads(policy)
    return task


@lru_cache(maxsize=1)
def _names() -> list[str]:
    return [field.attname for field in Task._meta.concrete_fields]


def _row(pk: UUID, kind: str, message_id: UUID, version: int, status: str, lonely: bool) -> Row:
    return Row(pk, Seat(Kind(kind), message_id, version), status == Status.LEASED, lonely)


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

    def hold_with_tree(self, task_id: UUID, *, by: UUID) -> Task | None:
        """A task of this person's with its message, its tree and the tree's policy; None for one about no message.

        As `hold_in_hands`, with the tree held first. Whoever had to wait for it sees all three as they are then:
        PostgreSQL looks again at rows that it locks, and only at those, which is why the message is held too.
        """
        found: Task | None = _WITH_TREE.first(task=task_id, person=by)
        return found

    def hold_in_hands(self, task_id: UUID, *, by: UUID) -> Task | None:
        """A task of this person's with its message, held, and the policy now in force for its language."""
        found: Task | None = _IN_HANDS.first(task=task_id, person=by)
        return found

    def claim(self, probes: Sequence[Probe], *, by: UUID, most: int, now: datetime, seed: str) -> Task | None:
        """Lease the first open seat that fits this person; None when none of the probes has one.

        `most` is how many tasks the person may hold. What they are shown is decided and kept in the same
        statement: the form of a review, and the order of the replies to rank, shuffled by `seed`.
        """
        looks = [
            {
                "kind": probe.kind, "lang": probe.lang, "lonely": probe.lonely, "start": probe.start,
                "minutes": probe.lease // timedelta(minutes=1), "form": probe.form,
            }
            for probe in probes
        ]  # fmt: skip
        values = {"probes": Jsonb(looks), "me": by, "most": most, "now": now, "seed": seed}
        row = run(_claim(), values).fetchone()
        return _claimed(row) if row else None

    def rows_of(self, tree_id: UUID) -> list[Row]:
        """The stock of a tree, locked. Whoever claims one of these rows now never waits for us."""
        return [_row(*cells) for cells in _ROWS(tree=tree_id)]

    def nodes_and_rows_of(self, tree_id: UUID) -> tuple[list[Node], list[Row]]:
        """The messages of a held tree without their words, and its stock, locked, as `rows_of` does: in one statement,
        because every submission reads both (0.2 ms less)."""
        found = _NODES_AND_ROWS(tree=tree_id)
        stock = (found[0][-1] if found else None) or []
        rows = [_row(UUID(pk), kind, UUID(message), *rest) for pk, kind, message, *rest in stock]
        return [node_of(cells[:-1]) for cells in found], rows

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

    tree_policy: dict[str, object] | None  # claim

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
            # The claim: open rows of a kind and language, walked from a random lot on. Whoever looks for lonely parents
            # passes over the others within the index.
            models.Index(
                fields=["kind", "lang", "lot", "lonely"], condition=Q(status=Status.OPEN), name="open_tasks_by_lot"
            ),
            models.Index(fields=["tree"], condition=Q(status__in=STOCK), name="stock_of_a_tree"),
            # Only who names the end may use it: counting what one person has in hand, the planner took it for the
            # shorter of two indexes whenever its figures were from a quiet hour, and read every lease there was.
            models.Index(
                fields=["expires_at"],
                condition=Q(status=Status.LEASED, expires_at__isnull=False),
                name="leases_by_end",
            ),
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


_ROWS = Prepared(
    lambda: Task.objects
    .stock()
    .filter(tree_id=Slot("tree", models.UUIDField()))
    .order_by("id")
    .select_for_update(no_key=True)
    .values_list("id", "kind", "message_id", "version", "status", "lonely")
)  # fmt: skip


# Beside the prompt, which comes first, stands the stock of the whole tree.
_STOCK_OF_ITS_TREE = """
CASE WHEN trees_message.depth = 0 THEN (
    SELECT jsonb_agg(jsonb_build_array(id, kind, message_id, version, status, lonely))
    FROM (
        SELECT id, kind, message_id, version, status, lonely
        FROM tasks_task WHERE tree_id = %s AND status IN ('open', 'leased')
        ORDER BY id FOR NO KEY UPDATE
    ) held
) END
"""
_NODES_AND_ROWS = Prepared(
    lambda: Message.objects
    .filter(tree_id=Slot("tree", models.UUIDField()))
    .annotate(
        stock=RawSQL(
            _STOCK_OF_ITS_TREE, [Slot("tree", models.UUIDField())], output_field=models.JSONField()
        )
    )
    .order_by("depth", "id")
    .values_list(*NODE_FIELDS, "stock")
)  # fmt: skip


def _in_hands() -> models.QuerySet[Task]:
    versions = PolicyVersion.objects.filter(Q(lang="") | Q(lang=OuterRef("lang"))).order_by("-lang", "-id")
    return (
        Task.objects
        .select_related("message")
        .annotate(policy_in_force=Subquery(versions.values("values")[:1]))
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=Slot("task", models.UUIDField()), assignee=Slot("person", models.UUIDField()))
    )


def _with_tree() -> models.QuerySet[Task]:
    # What can't be null makes the joins inner ones: rows of an outer join can't be held. They are held in this order.
    about_one = _in_hands().filter(tree__state__isnull=False, message__depth__isnull=False)
    held = about_one.select_for_update(of=("tree", "message", "self"), no_key=True)
    return held.select_related("message", "tree__policy")


_IN_HANDS = Prepared(_in_hands)
_WITH_TREE = Prepared(_with_tree)
