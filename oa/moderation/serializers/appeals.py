"""Decisions as those see them whom they are about; appeals as both sides see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.accounts.models import User
from oa.community.rules import decision_title
from oa.moderation.models import Appeal, Decision
from oa.moderation.rules import APPEALABLE, LONGEST_APPEAL, AppealOutcome, Verb, appeal_until
from oa.moderation.serializers.deciding import DecisionSerializer, WhySerializer
from oa.trees.models import Message
from oa.trees.serializers import PersonSerializer

OUTCOMES = [("", _("open")), *AppealOutcome.choices]
EXCERPT = 200


class AppealRequestSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_APPEAL, help_text="Why the decision was wrong, in your words.")


class OwnAppealSerializer(serializers.Serializer[Appeal]):
    """What you said against a decision, and what came of it."""

    text = serializers.CharField()
    at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(choices=OUTCOMES, help_text="Empty: nobody has decided yet.")
    why = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """A decision as the person sees it whom it is about: `message` is theirs, `appeal` is what they said."""

    decision: Decision
    message: Message | None
    appeal: Appeal | None
    until: datetime | None
    now: datetime

    @property
    def undone(self) -> bool:
        return hasattr(self.decision, "undone_by")

    @property
    def may_appeal(self) -> bool:
        open_still = self.appeal is None and not self.undone and self.now <= appeal_until(self.decision.at)
        return open_still and self.decision.verb in APPEALABLE


class OwnDecisionSerializer(serializers.Serializer[OwnDecision]):
    """What was decided about you or your words."""

    id = serializers.UUIDField(source="decision.pk")
    verb = serializers.ChoiceField(choices=Verb.choices, source="decision.verb")
    title = serializers.SerializerMethodField(help_text="The decision in words.")
    reason = serializers.CharField(source="decision.reason")
    reason_text = serializers.CharField(source="decision.get_reason_display", help_text="The reason in words.")
    why = serializers.SerializerMethodField(help_text="In the moderator's words; may be empty.")
    at = serializers.DateTimeField(source="decision.at")
    message_id = serializers.SerializerMethodField(help_text="Your message that it was about.")
    tree_id = serializers.SerializerMethodField()
    excerpt = serializers.SerializerMethodField(help_text="The beginning of your message.")
    until = serializers.DateTimeField(allow_null=True, help_text="When a mute or a ban ends; null: for good.")
    undone = serializers.BooleanField(help_text="Whether it was taken back.")
    appeal = OwnAppealSerializer(allow_null=True)
    may_appeal = serializers.BooleanField()
    appeal_until = serializers.SerializerMethodField()

    def get_title(self, own: OwnDecision) -> str:
        return decision_title({"verb": own.decision.verb, "by_rule": own.decision.by_id is None})

    def get_why(self, own: OwnDecision) -> str:
        # What a rule says of itself stands in the code, so it can be said in the reader's language.
        return str(_(own.decision.why)) if own.decision.by_id is None and own.decision.why else own.decision.why

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_message_id(self, own: OwnDecision) -> UUID | None:
        return own.message.pk if own.message else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_tree_id(self, own: OwnDecision) -> UUID | None:
        return own.message.tree_id if own.message else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_excerpt(self, own: OwnDecision) -> str | None:
        return own.message.text[:EXCERPT] if own.message else None

    @extend_schema_field(serializers.DateTimeField())
    def get_appeal_until(self, own: OwnDecision) -> datetime:
        return appeal_until(own.decision.at)


class AppealFilters(serializers.Serializer[Any]):
    """Which appeals."""

    state = serializers.ChoiceField(choices=[("open", _("open")), ("decided", _("decided"))], required=False)


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    """An appeal as moderators see it."""

    decision = DecisionSerializer()
    by = PersonSerializer()
    outcome = serializers.ChoiceField(choices=OUTCOMES, help_text="Empty: open.")
    decided_by = PersonSerializer(allow_null=True)
    mine = serializers.SerializerMethodField(
        help_text="Whether the decision was yours, or the appeal is, so that somebody else must decide."
    )

    class Meta:
        model = Appeal
        fields = ("id", "decision", "by", "text", "at", "outcome", "why", "decided_by", "decided_at", "mine")
        read_only_fields = fields

    def get_mine(self, appeal: Appeal) -> bool:
        viewer: User = self.context["viewer"]
        return viewer.pk in (appeal.against_id, appeal.by_id)


class AnswerSerializer(WhySerializer):
    """Why an appeal is decided so; its author reads it."""


class AppealedModeratorSerializer(serializers.Serializer[Any]):
    person = PersonSerializer(allow_null=True, help_text="Null: the system.")
    decisions = serializers.IntegerField(help_text="That could be appealed against.")
    appealed = serializers.IntegerField()
    granted = serializers.IntegerField()


class AppealedVerbSerializer(serializers.Serializer[Any]):
    verb = serializers.ChoiceField(choices=Verb.choices)
    verb_text = serializers.CharField()
    decisions = serializers.IntegerField()
    appealed = serializers.IntegerField()
    granted = serializers.IntegerField()


class AppealFiguresSerializer(serializers.Serializer[Any]):
    """What becomes of appeals."""

    open = serializers.IntegerField()
    oldest_open_at = serializers.DateTimeField(allow_null=True)
    decided = serializers.IntegerField()
    granted = serializers.IntegerField()
    granted_share = serializers.FloatField(allow_null=True, help_text="Of those decided; null: none.")
    granted_low = serializers.FloatField(allow_null=True, help_text="Lower end of its 95 % interval (Wilson).")
    granted_high = serializers.FloatField(allow_null=True)
    median_hours = serializers.FloatField(allow_null=True, help_text="From the appeal to its decision.")
    by_moderator = AppealedModeratorSerializer(many=True)
    by_verb = AppealedVerbSerializer(many=True)
