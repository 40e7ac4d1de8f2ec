"""Figures as they are shown."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.trees.rules import Role


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


# --- people and the machine on toxicity -------------------------------------------------------------------------------


class ToxicityQuery(serializers.Serializer[Any]):
    """Which group of messages; all without either."""

    lang = serializers.CharField(
        required=False, allow_blank=True, max_length=16, help_text="A language, as `groups` lists it."
    )
    role = serializers.ChoiceField(Role.choices, required=False, allow_blank=True)


def _figure(help_text: str = "") -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=help_text)


def _few(help_text: str = "No figures, because there are too few messages.") -> serializers.BooleanField:
    return serializers.BooleanField(help_text=help_text)


class CellSerializer(serializers.Serializer[Any]):
    """What people say against what the machine says. Null is what can't be told."""

    label = serializers.CharField()  # type: ignore[assignment]  # DRF calls a field's name that
    score = serializers.CharField()
    n = serializers.IntegerField(help_text="Messages that have both.")
    n_reviews = serializers.IntegerField(help_text="Those whose human value is the mean of single reviews.")
    n_imported = serializers.IntegerField(help_text="Those whose human value is a mean that an import brought.")
    pearson = _figure()
    pearson_low = _figure()
    pearson_high = _figure()
    spearman = _figure()
    spearman_low = _figure()
    spearman_high = _figure()
    too_few = _few()


class RocSerializer(serializers.Serializer[Any]):
    """How well a score finds what people mark with a label (a mean of 0.5 or more)."""

    label = serializers.CharField()  # type: ignore[assignment]  # DRF calls a field's name that
    score = serializers.CharField()
    n = serializers.IntegerField()
    positives = serializers.IntegerField()
    negatives = serializers.IntegerField()
    auc = _figure("The area under the curve.")
    auc_low = _figure()
    auc_high = _figure()
    points = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2),
        help_text="[share of negatives, share of positives] at or above falling thresholds; at most 100.",
    )
    too_few = _few()


class SpreadSerializer(serializers.Serializer[Any]):
    """How one score is spread over some messages."""

    n = serializers.IntegerField()
    mean = _figure()
    low = _figure("Lower end of the mean's interval.")
    high = _figure()
    median = _figure()
    p95 = _figure("95 % of the messages have at most this.")


class KeptDeletedSerializer(serializers.Serializer[Any]):
    """One score of messages that were kept, and of those that were deleted."""

    score = serializers.CharField()
    kept = SpreadSerializer()
    deleted = SpreadSerializer()
    difference = _figure("The mean of the deleted less that of the kept.")
    difference_low = _figure()
    difference_high = _figure()
    auc = _figure("The chance that a deleted message has a higher score than a kept one.")
    auc_low = _figure()
    auc_high = _figure()
    too_few = _few()


class ToxicityGroupSerializer(serializers.Serializer[Any]):
    """Every figure of one group of messages."""

    lang = serializers.CharField(allow_null=True, help_text="Null: all languages.")
    role = serializers.ChoiceField(Role.choices, allow_null=True, help_text="Null: both roles.")
    n_scored = serializers.IntegerField()
    resamples = serializers.IntegerField(help_text="Drawings behind each interval; fewer of very many messages.")
    cells = CellSerializer(many=True)
    roc = RocSerializer(many=True)
    kept_deleted = KeptDeletedSerializer(many=True)


class ToxicityModelSerializer(serializers.Serializer[Any]):
    """A model that gave scores."""

    name = serializers.CharField(help_text="Empty where an import doesn't say.")
    checksum = serializers.CharField()
    imported = serializers.BooleanField()
    n = serializers.IntegerField()


class ToxicityGroupNameSerializer(serializers.Serializer[Any]):
    """A group that can be asked for."""

    lang = serializers.CharField(allow_null=True)
    role = serializers.ChoiceField(Role.choices, allow_null=True)
    n = serializers.IntegerField(help_text="Messages the machine has scored.")


class UnsupportedSerializer(serializers.Serializer[Any]):
    """A language that the model doesn't know: its messages have no scores."""

    lang = serializers.CharField()
    messages = serializers.IntegerField()


class ToxicityHeadSerializer(serializers.Serializer[Any]):
    """What a report says of itself."""

    made_at = serializers.DateTimeField(allow_null=True, help_text="Null: there is no report yet.")
    seconds = serializers.FloatField(allow_null=True, help_text="How long it took.")
    too_few = serializers.IntegerField(help_text="With fewer messages than this no figures are told.")
    too_few_of_a_side = serializers.IntegerField(help_text="The same for either of two sides that are compared.")
    resamples = serializers.IntegerField(allow_null=True, help_text="Drawings behind each interval.")
    confidence = serializers.FloatField(help_text="What part of the drawings lies in an interval.")
    seed = serializers.IntegerField(allow_null=True, help_text="Throws the dice of the drawings again.")
    models = ToxicityModelSerializer(many=True)
    unsupported = UnsupportedSerializer(many=True)


class ToxicityReportSerializer(ToxicityHeadSerializer):
    """What people and the machine say of toxicity, of one group of messages."""

    groups = ToxicityGroupNameSerializer(many=True)
    group = ToxicityGroupSerializer(allow_null=True)


class ToxicityFileSerializer(ToxicityHeadSerializer):
    """The whole report: all messages at the top, then each language and each role."""

    lang = serializers.CharField(allow_null=True)
    role = serializers.ChoiceField(Role.choices, allow_null=True)
    n_scored = serializers.IntegerField()
    cells = CellSerializer(many=True)
    roc = RocSerializer(many=True)
    kept_deleted = KeptDeletedSerializer(many=True)
    groups = ToxicityGroupSerializer(many=True)
