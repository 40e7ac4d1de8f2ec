"""Figures as they are shown."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


def _counts(help_text: str) -> serializers.DictField:
    return serializers.DictField(child=serializers.IntegerField(), help_text=help_text)


class TableSerializer(serializers.Serializer[Any]):
    """Figures, all together and by language."""

    total = _counts("Over all languages.")
    by_language = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()), help_text="The same for each language."
    )


class PeopleFiguresSerializer(serializers.Serializer[Any]):
    """People, without those who came with an imported data set."""

    all = serializers.IntegerField()
    enabled = serializers.IntegerField()
    consenting = serializers.IntegerField(help_text="Enabled, and the terms are accepted.")


class StatsSerializer(serializers.Serializer[Any]):
    """How much there is, and how much is to be done."""

    at = serializers.DateTimeField(help_text="When this was counted.")
    messages = TableSerializer(help_text="`live`, `deleted`, and of the live ones `accepted` and `rejected`.")
    trees = TableSerializer(help_text="By state, without archived ones.")
    archived_trees = serializers.IntegerField()
    reviews = serializers.IntegerField()
    ballots = serializers.IntegerField()
    tasks_done = serializers.IntegerField()
    people = PeopleFiguresSerializer()
    waiting_people = serializers.IntegerField(help_text="Those who asked when there was nothing to do.")
    open_tasks = TableSerializer(help_text="By kind.")
