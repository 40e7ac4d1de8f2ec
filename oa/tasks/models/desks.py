"""Those who wait for work, and the desks that make it: what is known of whoever comes to one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from oa.accounts.models import User
from oa.core.prepared import Prepared, Slot
from oa.tasks.rules import (
    DeskView,
    LanguageCounts,
)
from oa.trees.models import PolicyVersion

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
# Seats for new prompts are about no tree: said so, they are found by the index of the stock, and no other row is read.
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
    coalesce(prompts.number, 0),
    desk.filled_at
FROM tasks_languagedesk desk
LEFT JOIN (
    SELECT s.lang, count(*) AS number FROM tasks_task s
    WHERE s.tree_id IS NULL AND s.kind = 'initial_prompt' AND s.status IN ('open', 'leased') GROUP BY s.lang
) prompts ON prompts.lang = desk.lang
ORDER BY desk.lang
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


_NAMED = "lang = ANY(%s)"


def _at_the_desk() -> models.QuerySet[User]:
    langs, truth = Slot("langs", ArrayField(models.TextField())), models.BooleanField()
    newest = PolicyVersion.objects.current().filter(Q(lang="") | Q(RawSQL(_NAMED, [langs], output_field=truth)))
    desks = LanguageDesk.objects.filter(RawSQL(_NAMED, [langs], output_field=truth))
    return (
        User.objects
        .select_for_update(of=("self",), no_key=True)
        .annotate(
            policies=ArraySubquery(newest.values(pair=JSONObject(lang="lang", values="values"))),
            open_desks=ArraySubquery(desks.values("lang")),
        )
        .filter(pk=Slot("person", models.UUIDField()))
    )


_AT_THE_DESK = Prepared(_at_the_desk)


def hold_at_the_desk(person_id: UUID, langs: Sequence[str]) -> Any:
    """Somebody who asks for work in these languages, held; with `policies`, the newest of each language as
    {lang, values}, and `open_desks`, the languages that somebody looks after."""
    return _AT_THE_DESK.first(person=person_id, langs=list(langs))
