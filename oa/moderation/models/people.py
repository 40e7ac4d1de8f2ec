"""What moderators know of people: their notes, which accounts share a network, what is to be erased for good."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oa.accounts.models import User
from oa.core.ids import new_id
from oa.tasks.models import Task
from oa.trees.models import Message


class Note(models.Model):
    """What a moderator wrote down about a person, for other moderators."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index(fields=["person", "-at", "-id"], name="notes_about_a_person")]

    def __str__(self) -> str:
        return self.text[:60]


class Sighting(models.Model):
    """A person was seen in a network on a day. The address is never kept: only a keyed digest of it, for 30 days."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sightings", db_index=False)
    digest = models.CharField(_("network"), max_length=32, help_text=_("A keyed digest of the address."))
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        constraints = [
            models.UniqueConstraint(fields=["person", "digest", "day"], name="a_network_is_noted_once_a_day"),
        ]
        indexes = [
            models.Index(fields=["digest", "day"], name="people_of_a_network"),
            models.Index(fields=["day"], name="sightings_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Purge(models.Model):
    """A wish to erase the words of a message (with all below it), or of a person, for good. It takes two moderators."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="purges")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="purges"
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    why = models.TextField(_("why"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    total = models.PositiveIntegerField(_("messages"), db_default=0, default=0, help_text=_("When it was confirmed."))
    erased = models.PositiveIntegerField(_("erased"), db_default=0, default=0)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.CheckConstraint(
                condition=Q(message=None) ^ Q(person=None), name="a_purge_is_of_a_message_or_a_person"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")), name="a_purge_takes_two_moderators"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(confirmed_by__isnull=False), name="a_purge_is_confirmed_before_it_is_done"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(called_off_at=None), name="what_is_confirmed_is_not_called_off"
            ),
            models.UniqueConstraint(
                fields=["message"], condition=Q(done_at=None, called_off_at=None), name="one_open_purge_of_a_message"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(done_at=None, called_off_at=None), name="one_open_purge_of_a_person"
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="purges_newest_first"),
            models.Index(fields=["id"], condition=Q(confirmed_at__isnull=False, done_at=None), name="purges_at_work"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id or self.person_id}"


def people_whose_time_is_over(now: datetime) -> list[UUID]:
    """Whoever is shut out or muted until a moment that has passed."""
    return list(
        User.objects.filter(Q(banned_until__lte=now) | Q(muted_until__lte=now)).values_list("pk", flat=True)[:1000]
    )


def unfit_with_tasks(now: datetime) -> list[UUID]:
    """Whoever is shut out or muted and has a task in hand: it was given to them at that very moment."""
    unfit = Q(assignee__is_active=False) | Q(assignee__muted_until__gt=now)
    return list(Task.objects.leased().filter(unfit).order_by().values_list("assignee", flat=True).distinct()[:1000])


def purges_at_work() -> list[UUID]:
    """Erasures that are confirmed and not done."""
    return list(Purge.objects.filter(confirmed_at__isnull=False, done_at=None).values_list("pk", flat=True))
