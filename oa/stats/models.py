"""Figures, read from everybody's tables, and reports, which take a worker too long to be made while somebody waits.

Each figure is one grouped count. Together they read every message and task once, so `totals` is kept for half a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.core.cache import cache
from django.db import models
from django.db.models import Count, F, Model, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oa.accounts.models import User
from oa.core.moments import streamed
from oa.moderation.models import Decision, told_to
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.screening.models import Due
from oa.screening.rules import SCORES, is_supported
from oa.stats.rules import Kind, Rows, key_of, table
from oa.tasks.models import Task, Waiter
from oa.tasks.rules import Status
from oa.trees.models import Message, Tree

KEPT_SECONDS = 30
KEY = "stats.totals"
OF_MESSAGES = ("live", "deleted", "accepted", "rejected")


class ReportQuerySet(models.QuerySet["Report"]):
    def finished(self, kind: Kind) -> Self:
        """Reports that can be shown, the newest first."""
        return self.filter(kind=kind, made_at__isnull=False).order_by("-made_at", "-id")

    def in_the_making(self, kind: Kind) -> Self:
        return self.filter(kind=kind, made_at=None)

    def with_group(self, lang: str | None, role: str | None) -> Self:
        """Beside each report what it says in general (`head`) and of one group (`group`), without all the rest."""
        group = KeyTransform(key_of(lang, role), KeyTransform("groups", "data"))
        return self.defer("data").annotate(head=KeyTransform("head", "data"), group=group)


class Report(models.Model):
    """A report as it was made, or the place of one that a worker is making."""

    kind = models.CharField(_("what it is about"), max_length=16, choices=Kind)
    begun_at = models.DateTimeField(_("begun"))
    made_at = models.DateTimeField(_("made"), null=True, blank=True, help_text=_("Missing while a worker is at it."))
    seconds = models.FloatField(_("seconds it took"), null=True, blank=True)
    data = models.JSONField(_("what it says"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on figures")
        verbose_name_plural = _("reports on figures")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(made_at=None), name="one_report_of_a_kind_is_made_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, seconds__isnull=True, data__isnull=True)
                | Q(made_at__isnull=False, seconds__isnull=False, data__isnull=False),
                name="a_report_that_is_made_says_something",
            ),
        ]
        indexes = [models.Index(fields=["kind", "-made_at"], name="newest_report_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.made_at}"


def totals(*, now: datetime) -> dict[str, object]:
    """All figures, at most half a minute old. With Redis away they are counted each time."""
    kept: dict[str, object] | None = cache.get(KEY)
    if kept is None:
        kept = {"at": now, **count_everything()}
        cache.set(KEY, kept, KEPT_SECONDS)
    return kept


def count_everything() -> dict[str, object]:
    return {
        "messages": table(messages_by_language(), OF_MESSAGES),
        "trees": table(trees_by_language(), ()),
        "archived_trees": Tree.objects.filter(archived=True).count(),
        "reviews": Review.objects.count(),
        "ballots": Ballot.objects.count(),
        "tasks_done": Task.objects.filter(status=Status.DONE).count(),
        "people": _people(),
        "waiting_people": waiting_people(),
        "open_tasks": table(open_tasks_by_language(), ()),
    }


def messages_by_language() -> Rows:
    """Messages by language: live, deleted, and of the live ones accepted and rejected."""
    live = Q(deleted=False)
    counted = (
        Message.objects
        .order_by()
        .values_list("lang")
        .annotate(
            live_ones=Count("id", filter=live),
            deleted_ones=Count("id", filter=~live),
            accepted_ones=Count("id", filter=live & Q(review_result=True)),
            rejected_ones=Count("id", filter=live & Q(review_result=False)),
        )
    )  # fmt: skip
    return [
        (lang, name, number) for lang, *numbers in counted for name, number in zip(OF_MESSAGES, numbers, strict=True)
    ]


def trees_by_language() -> Rows:
    """Live trees by language and state."""
    return _grouped(Tree.objects.live(), "lang", "state")


def open_tasks_by_language() -> Rows:
    """Open tasks by language and kind."""
    return _grouped(Task.objects.open(), "lang", "kind")


def trees_by_state() -> Counter[str]:
    return Counter(dict(Tree.objects.live().order_by().values_list("state").annotate(Count("id"))))


def stock_by_kind() -> Rows:
    """Open and leased tasks by kind."""
    return _grouped(Task.objects.stock(), "kind", "status")


def scored_messages() -> Iterator[tuple[Any, ...]]:
    """Every message whose present text has scores: in one statement, a part at a time.

    Deleted ones and those of archived trees too. (language, role, deleted, sums of our reviews, labels an import
    brought, the seven scores, model, its checksum, whether the scores were imported)
    """
    rows = (
        Message.objects
        .filter(toxicity_score__version=F("version"))
        .order_by("id")  # dice that fall alike must find the messages in the same places
        .values_list("lang", "role", "deleted", "label_sums", "baseline__labels",
                     *(f"toxicity_score__{score}" for score in (*SCORES, "model_name", "model_checksum", "imported")))
    )  # fmt: skip
    return streamed(rows)


def unscored_languages(known: Collection[str]) -> list[tuple[str, int]]:
    """Languages without any scores that are not among those the model knows; with their messages, most first."""
    counted = Message.objects.order_by().values("lang").annotate(number=Count("id"), scored=Count("toxicity_score"))
    unscored = [row for row in counted.order_by("-number", "lang") if not row["scored"]]
    return [(row["lang"], row["number"]) for row in unscored if not is_supported(row["lang"], known)]


def waiting_people() -> int:
    return Waiter.objects.waiting(timezone.now()).count()


def texts_waiting() -> list[tuple[str, bool, int]]:
    """How many texts wait for a machine's opinion: by its kind, and whether they were set aside."""
    return list(Due.objects.order_by().values_list("kind", "set_aside").annotate(Count("id")))


def _grouped(rows: QuerySet[Task] | QuerySet[Tree], first: str, second: str) -> Rows:
    return list(rows.order_by().values_list(first, second).annotate(Count("id")))


def _people() -> dict[str, int]:
    counted: dict[str, int] = User.objects.filter(imported=False).aggregate(
        all=Count("id"),
        enabled=Count("id", filter=Q(is_active=True)),
        consenting=Count("id", filter=Q(is_active=True, terms_version__isnull=False)),
    )
    return counted


# What is kept about people, by table: how to find a person's rows, and what not to tell. A new table that knows people
# must be named here or in NOT_TOLD: a test looks.
ABOUT: dict[str, tuple[str, str]] = {
    "account.EmailAddress": ("user", ""),
    "accounts.ApiToken": ("person", "digest"),
    "accounts.Consent": ("person", ""),
    "community.ActiveDay": ("person", ""),
    "community.Award": ("person", ""),
    "community.Entry": ("person", ""),
    "community.Member": ("person", ""),
    "community.Notice": ("person", ""),
    "community.Reaction": ("person", ""),
    "datasets.Withdrawal": ("by", ""),
    "moderation.Appeal": ("by", "against decided_by"),
    "moderation.Report": ("by", ""),
    "moderation.Sighting": ("person", "digest"),  # on which days; the digest would lead back to an address
    "rankings.Ballot": ("by", ""),
    "reviews.Review": ("by", ""),
    "tasks.Draft": ("task__assignee", ""),
    "tasks.Task": ("assignee", "author submit_digest lot"),
    "tasks.Waiter": ("person", ""),
    "trees.Message": (
        "author",
        "label_sums worst_said emojis parent_depth extra_reviews",
    ),  # flags and skips are among its emojis
}
# Whose work is checked twice is not told, or it would be no check.
PROFILE_NOT_TOLD = {"password", "watched"}


def all_about(person: User) -> dict[str, object]:
    """Every row about a person that is theirs to have, by table."""
    profile = User.objects.filter(pk=person.pk).values(*_columns(User, PROFILE_NOT_TOLD)).get()
    decisions = Decision.objects.filter(pk__in=told_to(person.pk)).order_by("at").values("verb", "reason", "why", "at")
    return {
        "profile": profile,
        "decisions_about_me": list(decisions),
        **{name: _rows(name, person) for name in ABOUT},
    }


def _rows(name: str, person: User) -> list[dict[str, object]]:
    column, hidden = ABOUT[name]
    model = apps.get_model(name)
    mine = model._base_manager.filter(**{column: person.pk}).order_by("pk")
    return list(mine.values(*_columns(model, {column, *hidden.split()})))


def _columns(model: type[Model], hidden: set[str]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in hidden]
