"""What waits for a moderator, the worst first."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.core.ids import new_id
from oa.moderation.models.appeals import Appeal
from oa.moderation.models.people import Purge
from oa.moderation.rules import Subject
from oa.trees.models import Message


class Doubt(models.Model):
    """Something happened to a message or a person that might need a moderator.

    Triggers of the database write these rows, so that nothing is forgotten whoever wrote it; a round reads them, sees
    whether a case must be opened, changed or closed, and deletes them in the same transaction.

    There may be several about the same thing. Were there one, whoever finds that it is there already would have to
    lock it until their own transaction ends: else it is considered and deleted before what they write can be seen.
    """

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="doubts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="doubts"
    )  # fmt: skip
    since = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("doubt")
        verbose_name_plural = _("doubts")
        constraints = [
            models.CheckConstraint(
                condition=Q(message=None) ^ Q(person=None), name="a_doubt_is_about_a_message_or_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id or self.person_id}"


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def worst_first(self) -> Self:
        return self.order_by("-severity", "opened_at", "id")

    def about(self, *, cause: str = "", lang: str = "") -> Self:
        """Those of one cause and one language, where these are given. What has no language is in all."""
        of_cause = Q(causes__has_key=cause) if cause else Q()
        return self.filter(of_cause, Q(lang__in=(lang, "")) if lang else Q())

    def told(self) -> Self:
        """With all that a list tells of a case, in one statement."""
        return self.select_related(
            "message__author", "message__tree", "person", "appeal__by", "appeal__decision__message__tree",
            "purge__person", "purge__message__author", "purge__message__tree", "claimed_by", "closed_by",
        )  # fmt: skip

    def hold(self) -> Self:
        """These cases, locked against other writes until the transaction ends; always in the same order."""
        return self.order_by("id").select_for_update(of=("self",), no_key=True)

    def in_hands(self, now: datetime) -> Self:
        """Cases that somebody has claimed."""
        return self.open().filter(claimed_until__gt=now)

    def free_for(self, person: User, now: datetime) -> Self:
        """Open cases that nobody else has claimed."""
        return self.open().filter(Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(claimed_by=person))

    def fit_for(self, person: User) -> Self:
        """Cases that this moderator may decide: nothing of their own, and nobody whom they may not act on.

        What they wrote, what they asked for or decided themselves, appeals and erasures about them.
        """
        own = (
            Q(message__author=person) | Q(person=person) | Q(appeal__by=person) | Q(appeal__against=person)
            | Q(purge__asked_by=person) | Q(purge__person=person) | Q(purge__message__author=person)
        )  # fmt: skip
        above = Q() if person.is_admin else Q(person__isnull=False) & ~Q(person__role=Role.VOLUNTEER)
        return self.exclude(own | above)


class Case(models.Model):
    """Something that needs a moderator: a message, a person, an appeal, a wish to erase. One row for each, for ever.

    `causes` says why and how badly ({cause: level}, a level is a count or a version: it rises when there is more of
    it); `answered` says what was there when a moderator last decided, so that only something new opens it again, and
    only what is new stands among the causes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.OneToOneField(Message, models.CASCADE, null=True, blank=True, related_name="case")
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="case")
    appeal = models.OneToOneField(Appeal, models.CASCADE, null=True, blank=True, related_name="case")
    purge = models.OneToOneField(Purge, models.CASCADE, null=True, blank=True, related_name="case")
    lang = models.CharField(_("language"), max_length=16, blank=True, help_text=_("Empty: any moderator's."))
    causes = models.JSONField(_("causes"), default=dict, help_text=_("{cause: level}"))
    answered = models.JSONField(_("answered"), default=dict, blank=True, help_text=_("{cause: level}"))
    severity = models.FloatField(_("severity"), default=0)
    opened_at = models.DateTimeField(_("opened"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="claims",
        verbose_name=_("claimed by"),
    )  # fmt: skip
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("closed by"), help_text=_("Empty: it settled itself."),
    )  # fmt: skip

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, person=None, appeal=None, purge=None)
                | Q(message=None, person__isnull=False, appeal=None, purge=None)
                | Q(message=None, person=None, appeal__isnull=False, purge=None)
                | Q(message=None, person=None, appeal=None, purge__isnull=False),
                name="a_case_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False, closed_at=None),
                name="only_an_open_case_is_claimed_and_until_some_moment",
            ),
        ]
        indexes = [
            models.Index(
                F("severity").desc(), "opened_at", "id", condition=Q(closed_at=None), name="worst_cases_first"
            ),
            models.Index(fields=["-closed_at", "id"], condition=Q(closed_at__isnull=False), name="cases_closed_last"),
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.causes) or 'nothing'}: {self.severity:g}"

    @property
    def subject(self) -> Subject:
        """What it is about."""
        subjects: dict[Subject, UUID | None] = {
            Subject.MESSAGE: self.message_id,
            Subject.PERSON: self.person_id,
            Subject.APPEAL: self.appeal_id,
            Subject.PURGE: self.purge_id,
        }
        return next(subject for subject, pk in subjects.items() if pk is not None)

    @property
    def in_question(self) -> Message | None:
        """The message it is about: itself, what an appeal is about, what is to be erased."""
        if self.appeal is not None:
            return self.appeal.decision.message
        return self.purge.message if self.purge is not None else self.message

    @property
    def whom(self) -> User | None:
        """Whom it is about: who is suspected, appeals, is to be erased, or wrote the message."""
        if self.appeal is not None:
            return self.appeal.by
        if self.purge is not None and self.purge.person is not None:
            return self.purge.person
        return self.person or (self.in_question.author if self.in_question else None)

    def is_in_hands_of_others(self, person: User, now: datetime) -> bool:
        """Whether another moderator has claimed it."""
        held = self.claimed_until is not None and self.claimed_until > now
        return held and self.claimed_by_id != person.pk
