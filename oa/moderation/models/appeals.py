"""What people say against a decision about them."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Min, Q
from django.utils.translation import gettext_lazy as _

from oa.accounts.models import User
from oa.community.models import Notice
from oa.community.rules import NoticeKind
from oa.core.ids import new_id
from oa.moderation.models.decisions import Decision
from oa.moderation.rules import APPEALABLE, AppealOutcome, Share, Verb


class Appeal(models.Model):
    """Somebody asks that another moderator look at a decision about them or their words. Once for each decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals", verbose_name=_("decision"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appeals", verbose_name=_("by"))
    against = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("who decided"), help_text=_("Empty: the system."),
    )  # fmt: skip
    text = models.TextField(_("what they say"))
    at = models.DateTimeField(_("when"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=AppealOutcome, blank=True)
    why = models.TextField(_("why"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(fields=["decision", "by"], name="one_appeal_per_person_and_decision"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(against=None) | ~Q(decided_by=F("against")),
                name="another_moderator_decides_an_appeal",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")), name="nobody_decides_their_own_appeal"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by=None, decided_at=None)
                | Q(outcome__in=AppealOutcome.values, decided_by__isnull=False, decided_at__isnull=False),
                name="an_appeal_is_open_or_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-decided_at", "-at", "-id"], name="open_appeals_first")]

    def __str__(self) -> str:
        return f"{self.by} against {self.decision_id}"


def told_to(person_id: UUID) -> dict[UUID, UUID | None]:
    """Every decision that this person was told of, with the first message of theirs that it was about, if any."""
    told = Notice.objects.filter(person=person_id, kind=NoticeKind.MODERATION, data__has_key="decision")
    rows = told.order_by("at", "id").values_list("data__decision", "message_id")
    found: dict[UUID, UUID | None] = {}
    for decision, message in rows:
        found.setdefault(UUID(decision), message)
    return found


def appeal_figures() -> dict[str, object]:
    """What becomes of appeals: how many, how fast, and whose decisions are taken back how often."""
    waiting = Appeal.objects.filter(decided_at=None).aggregate(open=Count("id"), oldest_open_at=Min("at"))
    decided = list(Appeal.objects.exclude(decided_at=None).values_list("outcome", "at", "decided_at"))
    share = Share(sum(outcome == AppealOutcome.GRANTED for outcome, _at, _decided in decided), len(decided))
    hours = [(end - at).total_seconds() / 3600 for _outcome, at, end in decided if end]
    return {
        **waiting,
        "decided": share.n,
        "granted": share.k,
        "granted_share": share.rate,
        "granted_low": share.low if share.n else None,
        "granted_high": share.high if share.n else None,
        "median_hours": median(hours) if hours else None,
        "by_moderator": _by_moderator(),
        "by_verb": _by_verb(),
    }


def _by_moderator() -> list[dict[str, object]]:
    decisions, appealed, granted = _counts("by", "against")
    people = User.objects.in_bulk([pk for pk in decisions if pk is not None])
    often_first = sorted(decisions.items(), key=lambda pair: (-appealed[pair[0]], -pair[1]))
    return [
        {"person": people.get(pk), "decisions": number, "appealed": appealed[pk], "granted": granted[pk]}
        for pk, number in often_first
    ]


def _by_verb() -> list[dict[str, object]]:
    decisions, appealed, granted = _counts("verb", "decision__verb")
    return [
        {
            "verb": verb, "verb_text": Verb(verb).label, "decisions": number, "appealed": appealed[verb],
            "granted": granted[verb],
        }
        for verb, number in sorted(decisions.items())
    ]  # fmt: skip


def _counts(of_decisions: str, of_appeals: str) -> tuple[Counter[Any], Counter[Any], Counter[Any]]:
    """How many decisions there are that may be appealed against, appeals, and appeals granted; by a column."""
    decisions = Decision.objects.filter(verb__in=APPEALABLE).order_by().values_list(of_decisions)
    appeals = Appeal.objects.order_by().values_list(of_appeals)
    granted = appeals.filter(outcome=AppealOutcome.GRANTED)
    return _counter(decisions), _counter(appeals), _counter(granted)


def _counter(rows: models.QuerySet[Any, Any]) -> Counter[Any]:
    return Counter(dict(rows.annotate(Count("id"))))
