"""How the site does, as moderators see it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.moderation.rules import Cause
from oa.screening.serializers import ScreeningStatusSerializer
from oa.trees.rules import State, Why


def _words(choices: Any, code: str) -> str:
    return str(choices(code).label) if code in choices.values else code


class CauseOpenSerializer(serializers.Serializer[Any]):
    """What waits for one cause."""

    cause = serializers.CharField()
    cause_text = serializers.SerializerMethodField()
    open = serializers.IntegerField()
    oldest_hours = serializers.FloatField(allow_null=True)

    def get_cause_text(self, line: dict[str, Any]) -> str:
        return _words(Cause, line["cause"])


class QueueHealthSerializer(serializers.Serializer[Any]):
    """What waits for moderators."""

    open = serializers.IntegerField()
    oldest_hours = serializers.FloatField(allow_null=True, help_text="Null: nothing waits.")
    by_cause = CauseOpenSerializer(many=True, help_text="A case with two causes counts twice.")
    decided_today = serializers.IntegerField(help_text="Decisions of moderators since midnight (UTC).")
    median_hours_week = serializers.FloatField(
        allow_null=True, help_text="How long a case waited that a moderator closed in the last seven days."
    )


class StuckSerializer(serializers.Serializer[Any]):
    """Trees in which nothing goes on although it should. There must be none."""

    n = serializers.IntegerField(allow_null=True, help_text="Null: not looked at yet. 1,000 of a kind at most.")
    looked_at = serializers.IntegerField(help_text="How much was looked at.")
    checked_at = serializers.DateTimeField(allow_null=True)
    examples = serializers.ListField(child=serializers.CharField(), help_text="The first of them, in words.")


class ShortageSerializer(serializers.Serializer[Any]):
    """What waits for reviewers in a language, and who reviews there."""

    lang = serializers.CharField()
    waiting = serializers.IntegerField(help_text="Open reviews.")
    active_reviewers = serializers.IntegerField(help_text="Who reviewed something in the last seven days.")
    ratio = serializers.FloatField(allow_null=True, help_text="Open reviews for each of them. Null: there is nobody.")
    waiting_rankings = serializers.IntegerField()
    active_people = serializers.IntegerField(help_text="Who did any task in the last seven days.")


class FunnelSerializer(serializers.Serializer[Any]):
    """How far trees come."""

    state = serializers.ChoiceField(choices=State.choices)
    state_text = serializers.SerializerMethodField()
    reached = serializers.IntegerField(help_text="Trees that were ever in this state.")
    here = serializers.IntegerField(help_text="Trees that are in it.")

    def get_state_text(self, line: dict[str, Any]) -> str:
        return _words(State, line["state"])


class EndSerializer(serializers.Serializer[Any]):
    """Where trees end, and why."""

    state = serializers.ChoiceField(choices=State.choices)
    state_text = serializers.SerializerMethodField()
    why = serializers.CharField()
    why_text = serializers.SerializerMethodField()
    n = serializers.IntegerField()

    def get_state_text(self, line: dict[str, Any]) -> str:
        return _words(State, line["state"])

    def get_why_text(self, line: dict[str, Any]) -> str:
        return _words(Why, line["why"])


class MediansSerializer(serializers.Serializer[Any]):
    """How long half of the trees take at most, from the prompt on; null where none has come so far."""

    to_accepted_hours = serializers.FloatField(allow_null=True)
    to_drawn_hours = serializers.FloatField(allow_null=True)
    to_ready_hours = serializers.FloatField(allow_null=True)


class QueueLengthSerializer(serializers.Serializer[Any]):
    """Jobs that wait for a worker."""

    name = serializers.CharField()
    waiting = serializers.IntegerField(allow_null=True, help_text="Null: Redis is away.")


class FailureSerializer(serializers.Serializer[Any]):
    """Jobs that failed in one way."""

    job = serializers.CharField()
    error = serializers.CharField()
    said = serializers.CharField(help_text="What the last of them said.")
    at = serializers.DateTimeField(source="last_at", help_text="When the last one failed.")
    first_at = serializers.DateTimeField()
    n = serializers.IntegerField(source="number")


class CelerySerializer(serializers.Serializer[Any]):
    """The workers and what waits for them."""

    queues = QueueLengthSerializer(many=True)
    workers = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Who answers. Null: Redis is away, so nobody knows."
    )
    failures = FailureSerializer(many=True, help_text="The last ones first.")
    beat_last_at = serializers.DateTimeField(
        allow_null=True, help_text="When beat last sent out a round; up to three minutes old. Null: never."
    )


class HealthSerializer(serializers.Serializer[Any]):
    """How the site does."""

    at = serializers.DateTimeField(help_text="What is cheap to read is of this moment.")
    kept_at = serializers.DateTimeField(
        allow_null=True, help_text="What is dear to read (stuck, shortage, funnel, ends, medians) is of this moment."
    )
    queue = QueueHealthSerializer()
    stuck = StuckSerializer()
    shortage = ShortageSerializer(many=True, help_text="By language, the worst first.")
    funnel = FunnelSerializer(many=True)
    ends = EndSerializer(many=True)
    medians = MediansSerializer()
    celery = CelerySerializer()
    screening = ScreeningStatusSerializer()
