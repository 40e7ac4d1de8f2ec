"""What somebody chose for themselves, the days they came, the badges they have, what they are told, their reactions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from oa.community.rules import Digest, Emoji, News, NoticeKind
from oa.core.ids import new_id
from oa.core.prepared import Prepared, Slot, run
from oa.trees.models import Message, Tree

_WITHOUT = """
SELECT id FROM unnest(%(people)s::uuid[]) AS person(id)
WHERE NOT EXISTS (SELECT FROM community_member member WHERE member.person_id = person.id) ORDER BY id
"""


class MemberQuerySet(models.QuerySet["Member"]):
    def hold(self, people: Iterable[UUID]) -> dict[UUID, Member]:
        """These people's rows, made where there is none, locked in one order until the transaction ends.

        Lock order everywhere: trees, people, tasks, members. Whoever writes a person's totals holds their row.
        """
        ids = sorted(people)
        if missing := [pk for (pk,) in run(_WITHOUT, {"people": ids})]:
            self.bulk_create([Member(person_id=pk) for pk in missing], ignore_conflicts=True)
        return {member.person_id: member for member in _HELD(people=ids)}

    def of(self, person_id: UUID) -> Member:
        """This person's choices; the defaults when they never made any."""
        return self.filter(pk=person_id).first() or Member(person_id=person_id)


class Member(models.Model):
    """What a person chose: whether boards show them, what they are told, and how often by mail."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="member")
    show_on_boards = models.BooleanField(_("on the boards"), default=True)
    digest = models.CharField(_("mail"), max_length=6, choices=Digest, default=Digest.OFF)
    digested_at = models.DateTimeField(_("last mail"), null=True, blank=True)
    muted = ArrayField(
        models.CharField(max_length=16, choices=NoticeKind), default=list, blank=True, verbose_name=_("muted")
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        indexes = [
            models.Index(fields=["digested_at"], condition=~Q(digest=Digest.OFF), name="digests_by_date"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


_HELD = Prepared(
    lambda: Member.objects
    .filter(RawSQL("person_id = ANY(%s)", [Slot("people", ArrayField(models.UUIDField()))], models.BooleanField()))
    .order_by("person_id")
    .select_for_update(no_key=True, of=("self",))
)  # fmt: skip


class ActiveDayQuerySet(models.QuerySet["ActiveDay"]):
    def write(self, days: Iterable[tuple[UUID, date]]) -> set[UUID]:
        """Note on which days people were here; gives those who had not been on one of them yet."""
        rows = sorted(days)
        values = {"people": [person for person, _day in rows], "days": [day for _person, day in rows]}
        return {person for (person,) in run(_NOTE_DAYS, values)} if rows else set()


_NOTE_DAYS = """
INSERT INTO community_activeday (person_id, day) SELECT * FROM unnest(%(people)s::uuid[], %(days)s::date[])
ON CONFLICT DO NOTHING RETURNING person_id
"""


class ActiveDay(models.Model):
    """A day on which a person handed something in, by the calendar of where they were then."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(_("day"))

    objects = ActiveDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("active day")
        verbose_name_plural = _("active days")
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="a_day_counts_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Award(models.Model):
    """A badge somebody has earned. What is taken back later leaves it."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(_("badge"), max_length=24)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="a_badge_is_earned_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.code}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def heard(self) -> Self:
        """Without those of kinds that were muted when they came."""
        return self.filter(muted=False)

    def unread(self) -> Self:
        return self.heard().filter(read_at=None)

    def told(self, news: Iterable[News]) -> set[tuple[UUID, str]]:
        """Which of these people were told before, and of what."""
        pairs = [(item.person_id, item.key) for item in news]
        values = {"people": [person for person, _key in pairs], "keys": [key for _person, key in pairs]}
        return set(run(_TOLD, values).fetchall()) if pairs else set()


_TOLD = """
SELECT notice.person_id, notice.key FROM unnest(%(people)s::uuid[], %(keys)s::text[]) AS news(person_id, key)
JOIN community_notice notice USING (person_id, key)
"""


class Notice(models.Model):
    """Something a person is told, in words made when they read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(_("kind"), max_length=16, choices=NoticeKind)
    key = models.CharField(_("key"), max_length=120, help_text=_("What a person is never told twice."))
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="+", db_index=False)
    tree = models.ForeignKey(Tree, models.CASCADE, null=True, blank=True, related_name="+")
    data = models.JSONField(_("details"), default=dict, blank=True)
    muted = models.BooleanField(_("muted"), default=False)
    at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="nobody_is_told_twice")]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], condition=Q(muted=False), name="notices_of_a_person"),
            models.Index(fields=["person"], condition=Q(muted=False, read_at=None), name="unread_notices"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def by(self, person_id: UUID, message_id: UUID) -> list[str]:
        """What this person gave this message."""
        mine = self.filter(person=person_id, message=message_id)
        return sorted(mine.values_list("emoji", flat=True))


class Reaction(models.Model):
    """One person's reaction to one message."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reactions")
    emoji = models.CharField(_("reaction"), max_length=16, choices=Emoji)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(fields=["message", "person", "emoji"], name="a_reaction_is_given_once"),
            models.UniqueConstraint(
                fields=["message", "person"],
                condition=Q(emoji__in=[Emoji.UP, Emoji.DOWN]),
                name="nobody_is_for_and_against_a_message",
            ),
            models.CheckConstraint(condition=Q(emoji__in=Emoji.values), name="a_reaction_is_a_known_one"),
        ]

    objects = ReactionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id} {self.emoji} {self.message_id}"
