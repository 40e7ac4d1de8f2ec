"""EXPORTED: releases, their files, and which messages are in them."""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.datasets.rules.states import PUBLIC, RELEASES_AT_WORK, ReleaseState
from oa.trees.models import Message

NAME = RegexValidator(r"^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$", _("Small letters, digits, dots and hyphens only."))


def new_key() -> bytes:
    """What the pseudonyms of one release are made with: 256 random bits, told to nobody."""
    return secrets.token_bytes(32)


class ReleaseQuerySet(models.QuerySet["Release"]):
    def called(self, name: str) -> Self:
        """The one of this name, if there is one. Names come from addresses: what is no name is not asked for."""
        return self.filter(name=name) if "\0" not in name else self.none()

    def at_work(self) -> Self:
        """What workers go on with, the first ordered first."""
        return self.filter(state__in=RELEASES_AT_WORK).order_by("at", "id")

    def published(self) -> Self:
        """What everybody may download, the newest first."""
        return self.filter(state=ReleaseState.PUBLISHED).order_by("-published_at", "-id")

    def public(self) -> Self:
        """What everybody may know of, the newest first: also what was recalled."""
        return self.filter(state__in=PUBLIC).order_by("-published_at", "-id")


class Release(models.Model):
    """One version of the data set: ordered, built and checked by a worker, published by a person, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=64, unique=True, validators=[NAME])
    title = models.CharField(_("title"), max_length=200, blank=True)
    notes = models.TextField(_("notes"), blank=True, help_text=_("What readers should know; Markdown."))
    licence = models.CharField(_("licence"), max_length=64)
    order = models.JSONField(_("order"), default=dict, help_text=_("Filters, forms, packings, shares of the splits."))
    key = models.BinaryField(_("key of the pseudonyms"), default=new_key, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=ReleaseState, default=ReleaseState.WAITING)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followers")
    taken_at = models.DateTimeField(_("as of"), null=True, blank=True, help_text=_("The moment it is a picture of."))
    numbers = models.JSONField(_("figures"), default=dict)
    sources = models.JSONField(_("made from"), default=dict, help_text=_("Versions of policy, terms and program."))
    checks = models.JSONField(_("checks"), default=list)
    changes = models.JSONField(_("changes since the previous one"), null=True, blank=True)
    phase = models.CharField(_("doing"), max_length=120, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    error = models.TextField(_("error"), blank=True)
    claimed_until = models.DateTimeField(_("a worker is at it until"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("ordered by"),
    )  # fmt: skip
    at = models.DateTimeField(_("ordered"))
    built_at = models.DateTimeField(_("built"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("published by"),
    )  # fmt: skip
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True)
    recalled_why = models.TextField(_("why it was recalled"), blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReleaseState.values), name="a_release_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC) | Q(published_at__isnull=False, taken_at__isnull=False),
                name="what_is_published_says_when_and_as_of_when",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "id"], name="releases_newest_first"),
            models.Index(fields=["at"], condition=Q(state__in=RELEASES_AT_WORK), name="releases_at_work"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_recalled(self) -> bool:
        return self.state == ReleaseState.RECALLED


class ReleaseFile(models.Model):
    """One finished file of a release."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, models.CASCADE, related_name="files", db_index=False)
    path = models.CharField(_("path"), max_length=200)
    form = models.CharField(_("form"), max_length=24, blank=True, help_text=_("Empty: a file about the others."))
    packing = models.CharField(_("packing"), max_length=12, blank=True)
    split = models.CharField(_("split"), max_length=12, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    bytes = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("file of a release")
        verbose_name_plural = _("files of releases")
        constraints = [models.UniqueConstraint(fields=["release", "path"], name="one_file_of_a_path_in_a_release")]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.path}"


class ReleaseMemberQuerySet(models.QuerySet["ReleaseMember"]):
    def gone(self) -> Self:
        """Messages that are not to be used any more: taken back by their authors, deleted or erased since."""
        taken_back = Q(message__withdrawn=True) | Q(message__author__withdrew_at__isnull=False)
        return self.filter(taken_back | Q(message__deleted=True)).select_related("message")


class ReleaseMember(models.Model):
    """A message that is in a release: what can be followed when somebody takes it back."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, models.CASCADE, related_name="members", db_index=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="releases")

    objects = ReleaseMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a release")
        verbose_name_plural = _("messages of releases")
        constraints = [models.UniqueConstraint(fields=["release", "message"], name="a_message_is_once_in_a_release")]

    def __str__(self) -> str:
        return f"{self.message_id} in {self.release_id}"
