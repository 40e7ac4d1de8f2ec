"""The policies that trees grow under, one version after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from oa.trees.rules import Policy


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def current(self) -> Self:
        """The newest version for each language; the empty language is everybody else's."""
        return self.order_by("lang", "-id").distinct("lang")

    def in_force(self, lang: str) -> PolicyVersion:
        """The version that rules trees of this language now; the defaults are made when missing."""
        found = self.filter(lang__in=("", lang)).order_by("-lang", "-id").first()
        return found or self.create(lang="", note="The defaults.")

    def in_force_for(self, langs: Iterable[str]) -> dict[str, PolicyVersion]:
        """The same for several languages, in one statement."""
        current = {version.lang: version for version in self.current()}
        general = current.get("") or self.in_force("")
        return {lang: current.get(lang, general) for lang in langs}

    def with_earlier(self) -> Self:
        """Beside each version the values of the one that was in force for its language until then."""
        until_then = PolicyVersion.objects.filter(
            Q(lang="") | Q(lang=OuterRef("lang")), pk__lt=OuterRef("pk")
        ).order_by("-lang", "-pk")
        return self.annotate(earlier_values=Subquery(until_then.values("values")[:1]))


class PolicyVersion(models.Model):
    """A policy as it was in force from some moment on. Never changed; an edit is a new row."""

    lang = models.CharField(
        _("language"), max_length=16, blank=True, help_text=_("Empty: every language without its own.")
    )
    values = models.JSONField(_("values"), default=dict, blank=True)
    note = models.TextField(_("why"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    objects = PolicyVersionQuerySet.as_manager()

    earlier_values: dict[str, object] | None  # with_earlier

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        indexes = [models.Index(fields=["lang", "-id"], name="newest_policy_of_a_language")]

    def __str__(self) -> str:
        return f"Policy {self.pk} ({self.lang or 'all languages'})"

    @cached_property
    def policy(self) -> Policy:
        return Policy.of(self.values)

    @property
    def earlier(self) -> Policy:
        """What was in force before; the defaults before the first. Only of rows that `with_earlier` read."""
        return Policy.of(self.earlier_values or {})
