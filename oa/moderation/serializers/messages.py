"""A message with everything that was ever said and decided about it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.moderation.serializers.deciding import DecisionSerializer
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.trees.models import Message
from oa.trees.serializers import (
    MessageSerializer,
    PersonSerializer,
    RevisionSerializer,
)


class GivenReviewSerializer(serializers.ModelSerializer[Review]):
    """What one person said of a message."""

    by = PersonSerializer()
    labels = serializers.DictField(child=serializers.FloatField())

    class Meta:
        model = Review
        fields = ("id", "by", "labels", "mode", "version", "counts", "created_at")
        read_only_fields = fields


class GivenBallotSerializer(serializers.ModelSerializer[Ballot]):
    """How one person ordered a group of replies."""

    by = PersonSerializer()
    tiers = serializers.ListField(
        child=serializers.ListField(child=serializers.UUIDField()), help_text="Best first; what shares a list is tied."
    )

    class Meta:
        model = Ballot
        fields = ("id", "by", "shown", "tiers", "unacceptable", "not_rankable", "counts", "created_at")
        read_only_fields = fields


class ModeratedMessageSerializer(MessageSerializer):
    """A message with everything that was ever said and decided about it."""

    reviews = serializers.SerializerMethodField()
    ballots = serializers.SerializerMethodField(help_text="On the group of replies it stands in.")
    decisions = serializers.SerializerMethodField()
    revisions = serializers.SerializerMethodField()

    class Meta(MessageSerializer.Meta):
        fields = (*MessageSerializer.Meta.fields, "reviews", "ballots", "decisions", "revisions")  # type: ignore[assignment]  # the stubs type it by the parent
        read_only_fields = fields  # type: ignore[assignment]  # the stubs type it by the parent

    @extend_schema_field(GivenReviewSerializer(many=True))
    def get_reviews(self, message: Message) -> Any:
        return GivenReviewSerializer(message.reviews.select_related("by").order_by("id"), many=True).data

    @extend_schema_field(GivenBallotSerializer(many=True))
    def get_ballots(self, message: Message) -> Any:
        ballots = Ballot.objects.filter(parent=message.parent_id).select_related("by").order_by("id")
        return GivenBallotSerializer(ballots if message.parent_id else (), many=True).data

    @extend_schema_field(DecisionSerializer(many=True))
    def get_decisions(self, message: Message) -> Any:
        decisions = message.decisions.told().order_by("-at", "id")
        return DecisionSerializer(decisions, many=True).data

    @extend_schema_field(RevisionSerializer(many=True))
    def get_revisions(self, message: Message) -> Any:
        return RevisionSerializer(message.revisions.select_related("by").order_by("-version"), many=True).data
