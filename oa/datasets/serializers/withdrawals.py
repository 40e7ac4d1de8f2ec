"""Where a message of one's own stands with the data sets."""

from __future__ import annotations

from collections.abc import Mapping

from rest_framework import serializers

from oa.datasets.rules.consent import Held

Plain = serializers.Serializer[Mapping[str, object]]


class ReleaseNameSerializer(Plain):
    """A release that has the message."""

    name = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    published_at = serializers.DateTimeField()
    recalled = serializers.BooleanField()


class StandingSerializer(Plain):
    """Where a message of one's own stands with the data sets."""

    message_id = serializers.UUIDField()
    withdrawn = serializers.BooleanField(help_text="Kept out of data sets, by itself.")
    withdrew_all = serializers.BooleanField(help_text="Kept out with everything by its author.")
    held = serializers.ChoiceField(
        choices=Held.choices,
        allow_blank=True,
        help_text="Why it would not be in a data set made now; empty: it may be.",
    )
    held_text = serializers.CharField(allow_blank=True, help_text="The same in words.")
    free_from = serializers.DateTimeField(allow_null=True, help_text="When the days for second thoughts are over.")
    releases = ReleaseNameSerializer(many=True, help_text="The data sets it is in, the newest first.")


class WithdrewSerializer(Plain):
    """Whether everything by somebody is kept out of data sets."""

    withdrew_at = serializers.DateTimeField(allow_null=True, help_text="Since when; null: it is not.")
