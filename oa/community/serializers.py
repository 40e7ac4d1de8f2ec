"""Points, boards, notices and reactions as they are shown, and what may be asked and sent."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.community.models import Entry, Notice
from oa.community.rules import Digest, Emoji, NoticeKind, Period, Reason, link_of_notice, text_of, title_of

Plain = serializers.Serializer[Any]


class LevelSerializer(Plain):
    """How far somebody has come."""

    number = serializers.IntegerField(help_text="From 1 to 100.")
    floor = serializers.IntegerField(help_text="The points at which it begins.")
    ceiling = serializers.IntegerField(allow_null=True, help_text="The points at which the next begins; null after it.")


class StreakSerializer(Plain):
    """Days in a row with something handed in, by the person's own calendar."""

    days = serializers.IntegerField(help_text="Up to today, or to yesterday while today is not over.")
    best = serializers.IntegerField(help_text="The longest ever.")
    today_done = serializers.BooleanField()
    time_zone = serializers.CharField()


class BadgeProgressSerializer(Plain):
    done = serializers.IntegerField()
    target = serializers.IntegerField()


class BadgeSerializer(Plain):
    """A badge, and how far somebody is."""

    code = serializers.CharField()
    title = serializers.CharField()
    help = serializers.CharField(help_text="What it is for.")
    earned_at = serializers.DateTimeField(allow_null=True)
    progress = BadgeProgressSerializer()


class PointsSerializer(Plain):
    """Where somebody stands. A day, week or month is that of the calendar in UTC, as on the boards."""

    total = serializers.FloatField()
    today = serializers.FloatField()
    week = serializers.FloatField()
    month = serializers.FloatField()
    level = LevelSerializer()
    streak = StreakSerializer()
    badges = BadgeSerializer(many=True)


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """A line of the ledger. Lines are only added: what is taken back is a line below nought."""

    reason = serializers.ChoiceField(choices=Reason.choices)
    reason_text = serializers.CharField(source="get_reason_display", help_text="The same in words.")
    points = serializers.FloatField()
    message_id = serializers.UUIDField(allow_null=True, help_text="The message it is about.")
    tree_id = serializers.UUIDField(allow_null=True)

    class Meta:
        model = Entry
        fields = ("id", "reason", "reason_text", "points", "message_id", "tree_id", "lang", "at")
        read_only_fields = fields


class BoardQuery(Plain):
    """Which board."""

    period = serializers.ChoiceField(choices=Period.choices, required=False, default=Period.WEEK)
    lang = serializers.CharField(
        required=False, allow_blank=True, max_length=16, default="", help_text="Empty: all languages together."
    )


class BoardEntrySerializer(Plain):
    """One place on a board."""

    place = serializers.IntegerField()
    person_id = serializers.UUIDField()
    display_name = serializers.CharField(allow_blank=True)
    points = serializers.FloatField()
    is_me = serializers.BooleanField()

    def to_representation(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Written out: the way through the fields costs a board of a hundred as much as all the rest."""
        return {**entry, "person_id": str(entry["person_id"]), "points": float(entry["points"])}


class PlaceSerializer(Plain):
    place = serializers.IntegerField(help_text="The place you have, or would have if boards showed you.")
    points = serializers.FloatField()


class BoardSerializer(Plain):
    """The best hundred of a period, and who stands around you."""

    period = serializers.ChoiceField(choices=Period.choices)
    lang = serializers.CharField(allow_blank=True)
    starts = serializers.DateTimeField(allow_null=True, help_text="Null for all time.")
    ends = serializers.DateTimeField(allow_null=True, help_text="Null for all time.")
    entries = BoardEntrySerializer(many=True)
    me = PlaceSerializer(allow_null=True, help_text="Null without points in this period.")
    around = BoardEntrySerializer(many=True, help_text="You, with three before and three behind.")


class FormulaRuleSerializer(Plain):
    code = serializers.ChoiceField(choices=Reason.choices)
    title = serializers.CharField()
    help = serializers.CharField()
    points = serializers.FloatField()


class FormulaSerializer(Plain):
    """What points are given for."""

    rules = FormulaRuleSerializer(many=True)


class GoalSerializer(Plain):
    """What everybody together means to do this week, and how far they are."""

    title = serializers.CharField()
    unit = serializers.CharField()
    done = serializers.IntegerField()
    target = serializers.IntegerField()
    starts = serializers.DateTimeField()
    ends = serializers.DateTimeField()
    people = serializers.IntegerField(help_text="How many have taken part.")


class NoticeQuery(Plain):
    unread = serializers.BooleanField(required=False, default=False, help_text="Only what you have not read.")


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """Something you are told, in your language."""

    kind = serializers.ChoiceField(choices=NoticeKind.choices)
    title = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    message_id = serializers.UUIDField(allow_null=True)
    tree_id = serializers.UUIDField(allow_null=True)
    link = serializers.SerializerMethodField(
        help_text="The page of the app it leads to, such as `/me/decisions`; empty: that of its message."
    )

    class Meta:
        model = Notice
        fields = ("id", "kind", "title", "text", "message_id", "tree_id", "link", "at", "read_at")
        read_only_fields = fields

    def get_title(self, notice: Notice) -> str:
        return title_of(NoticeKind(notice.kind), notice.data)

    def get_text(self, notice: Notice) -> str:
        return text_of(NoticeKind(notice.kind), notice.data)

    def get_link(self, notice: Notice) -> str:
        return link_of_notice(NoticeKind(notice.kind))


class ReadRequestSerializer(Plain):
    ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=1000, required=False, help_text="Without it, all of them."
    )


class UnreadSerializer(Plain):
    unread = serializers.IntegerField(help_text="Notices you have not read.")


class NoticeKindSerializer(Plain):
    code = serializers.ChoiceField(choices=NoticeKind.choices)
    title = serializers.CharField()
    help = serializers.CharField()


class PreferencesSerializer(Plain):
    """What you chose, and what there is to choose from."""

    show_on_boards = serializers.BooleanField()
    digest = serializers.ChoiceField(choices=Digest.choices, help_text="How often a mail tells you of your messages.")
    muted = serializers.ListField(child=serializers.ChoiceField(choices=NoticeKind.choices))
    kinds = NoticeKindSerializer(many=True, help_text="Every kind of notice.")


class PreferencesRequestSerializer(Plain):
    """What is not named stays."""

    show_on_boards = serializers.BooleanField(required=False)
    digest = serializers.ChoiceField(choices=Digest.choices, required=False)
    muted = serializers.ListField(
        child=serializers.ChoiceField(choices=NoticeKind.choices), max_length=len(NoticeKind), required=False
    )


class ReactionsSerializer(Plain):
    """Reactions to a message."""

    mine = serializers.ListField(child=serializers.ChoiceField(choices=Emoji.choices), help_text="Those you gave.")
    counts = serializers.SerializerMethodField(
        help_text="How many gave which; null until you gave one, unless you wrote it or moderate."
    )
    may_vote = serializers.BooleanField(help_text="Whether you may give it a thumb up or down.")

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField(), allow_null=True))
    def get_counts(self, shown: dict[str, Any]) -> dict[str, int] | None:
        counts: dict[str, int] | None = shown["counts"]
        return counts


class DigestStateSerializer(Plain):
    digest = serializers.ChoiceField(choices=Digest.choices)
