"""IMPORTED: which file came when, by whom, under which licence, and what was wrong with it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oa.core.ids import new_id
from oa.datasets.rules.states import IMPORTS_AT_WORK, ImportState, Into
from oa.trees.models import Tree


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def at_work(self) -> Self:
        """What workers go on with, the first ordered first. What a terminal does is not theirs."""
        return self.filter(state__in=IMPORTS_AT_WORK).exclude(path="").order_by("at", "id")


class ImportRun(models.Model):
    """One file taken in, or only tried."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name of the file"), max_length=200)
    path = models.CharField(
        _("where it lies"), max_length=200, blank=True, help_text=_("Below the folder of uploads; empty: not uploaded.")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    bytes = models.PositiveBigIntegerField(_("bytes"), default=0)
    form = models.CharField(_("form"), max_length=24, default="auto")
    into = models.CharField(_("into"), max_length=8, choices=Into, default=Into.ARCHIVE)
    origin = models.CharField(_("origin"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=64, blank=True)
    model_name = models.CharField(_("name of the model"), max_length=200, blank=True)
    lang = models.CharField(_("language"), max_length=16, blank=True, help_text=_("Empty: told by each text."))
    options = models.JSONField(_("how it is read"), default=dict, help_text=_("Column, encoding and the like."))
    dry_run = models.BooleanField(_("only tried"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=ImportState, default=ImportState.WAITING)
    done_bytes = models.PositiveBigIntegerField(_("bytes read"), default=0)
    report = models.JSONField(_("report"), default=dict)
    error = models.TextField(_("error"), blank=True)
    claimed_until = models.DateTimeField(_("a worker is at it until"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("by"),
    )  # fmt: skip
    at = models.DateTimeField(_("when"))
    began_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="an_import_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(into__in=Into.values), name="an_import_goes_to_a_known_place"),
        ]
        indexes = [
            models.Index(fields=["-at", "id"], name="imports_newest_first"),
            models.Index(fields=["at"], condition=Q(state__in=IMPORTS_AT_WORK), name="imports_at_work"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportProblem(models.Model):
    """One line of a file that was not taken, and why."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="problems", db_index=False)
    line = models.PositiveIntegerField(_("line"))
    code = models.CharField(_("code"), max_length=64)
    words = models.TextField(_("in words"))

    class Meta:
        verbose_name = _("problem of an import")
        verbose_name_plural = _("problems of imports")
        indexes = [models.Index(fields=["run", "id"], name="problems_of_an_import")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.code}"


class ImportedTree(models.Model):
    """Which import brought a tree: its origin and its licence."""

    tree = models.OneToOneField(Tree, models.CASCADE, primary_key=True, related_name="brought_by")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="trees")

    class Meta:
        verbose_name = _("imported tree")
        verbose_name_plural = _("imported trees")

    def __str__(self) -> str:
        return f"{self.tree_id} by {self.run_id}"
