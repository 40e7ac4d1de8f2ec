"""Figures, read from everybody's tables. Nothing of its own is kept here.

Each is one grouped count. Together they read every message and task once, so `totals` is kept for half a minute.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.apps import apps
from django.core.cache import cache
from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone

from oa.accounts.models import User
from oa.moderation.models import Decision
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.stats.rules import Rows, table
from oa.tasks.models import Task, Waiter
from oa.tasks.rules import Status
from oa.trees.models import Message, Tree

KEPT_SECONDS = 30
KEY = "stats.totals"
OF_MESSAGES = ("live", "deleted", "accepted", "rejected")


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


def waiting_people() -> int:
    return Waiter.objects.waiting(timezone.now()).count()


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
    "moderation.Report": ("by", ""),
    "rankings.Ballot": ("by", ""),
    "reviews.Review": ("by", ""),
    "tasks.Draft": ("task__assignee", ""),
    "tasks.Task": ("assignee", "author submit_digest lot"),
    "tasks.Waiter": ("person", ""),
    "trees.Message": ("author", "label_sums worst_said emojis parent_depth"),  # flags and skips are among its emojis
}
PROFILE_NOT_TOLD = {"password"}


def all_about(person: User) -> dict[str, object]:
    """Every row about a person that is theirs to have, by table."""
    profile = User.objects.filter(pk=person.pk).values(*_columns(User, PROFILE_NOT_TOLD)).get()
    decisions = Decision.objects.filter(person=person).order_by("at").values("verb", "why", "at")
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
