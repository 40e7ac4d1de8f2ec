"""Messages as they are shown.

Nobody but moderators learns who wrote a message: everybody else sees only which are their own. How others judged a
message, people or machines, is shown to whoever has judged it, wrote it, or moderates: before that it would lead them.
Of a deleted message others see that there was one, so that its place in the conversation can be understood; and so they
do of one that is withheld, until a moderator has looked at it. Its author sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.accounts.models import User
from oa.core.fields import DayOrMomentField
from oa.core.quick import QuickSerializer
from oa.trees.models import Message, MessageRevision
from oa.trees.rules import (
    FINISHED,
    LONGEST_SEARCH,
    Fate,
    Judged,
    Part,
    Role,
    State,
    fate_in_words,
    fate_of,
    parts_of,
    public_reactions,
)

SETTLED = FINISHED | {State.HALTED_BY_MODERATOR}

_BLANK: dict[str, Any] = {
    "text": None, "labels": None, "emojis": None, "detoxify": None, "model_name": None, "review_result": None,
    "rank": None, "review_count": 0, "detoxify_source": None,
}  # fmt: skip


class PersonSerializer(serializers.ModelSerializer[User]):
    """Somebody, as moderators see them."""

    class Meta:
        model = User
        fields = ("id", "display_name", "role", "is_active")
        read_only_fields = fields


class LabelMeanSerializer(serializers.Serializer[Any]):
    """What all reviewers together said."""

    value = serializers.FloatField(help_text="The mean, between 0 and 1.")
    count = serializers.IntegerField(help_text="How many answered this question.")


class DetoxifySerializer(serializers.Serializer[Any]):
    """What a machine said of the text: seven scores between 0 and 1."""

    toxicity = serializers.FloatField()
    severe_toxicity = serializers.FloatField()
    obscene = serializers.FloatField()
    identity_attack = serializers.FloatField()
    insult = serializers.FloatField()
    threat = serializers.FloatField()
    sexual_explicit = serializers.FloatField(required=False, help_text="Not every model gives this one.")


class DetoxifySourceSerializer(serializers.Serializer[Any]):
    """Where the scores are from."""

    model = serializers.CharField(allow_blank=True, help_text="Empty where an import didn't say.")
    checksum = serializers.CharField(allow_blank=True, help_text="SHA-256 of the model's weights.")
    imported = serializers.BooleanField(help_text="They came with an import.")
    scored_at = serializers.DateTimeField(allow_null=True)


class FoundSerializer(serializers.Serializer[Any]):
    """Personal data in a text: where it stands, in characters (Unicode code points)."""

    kind = serializers.ChoiceField(choices=["email", "phone", "card", "iban", "key"])
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class OpinionSerializer(serializers.Serializer[Any]):
    """What light checks say of a text. They may be wrong."""

    language = serializers.CharField(allow_blank=True, help_text="The language it looks like; empty: it can't be told.")
    language_sure = serializers.FloatField(allow_null=True, help_text="How sure that is, up to 1.")
    personal_data = FoundSerializer(many=True)
    twin_id = serializers.UUIDField(allow_null=True, help_text="An earlier prompt very like it.")
    likeness = serializers.FloatField(allow_null=True, help_text="The share it has in common with that one, up to 1.")


def label_means(message: Message) -> dict[str, dict[str, float]]:
    """The mean of each label: what the import brought and our own reviews together."""
    brought: Mapping[str, Mapping[str, float]] = (message.baseline or {}).get("labels") or {}
    found = {}
    for name in dict.fromkeys([*brought, *message.label_sums]):
        ours, number = message.label_sums.get(name, (0.0, 0))
        theirs = brought.get(name, {"value": 0.0, "count": 0})
        count = int(number + theirs["count"])
        if count:
            found[name] = {"value": (ours + theirs["value"] * theirs["count"]) / count, "count": count}
    return found


class MessageSerializer(QuickSerializer[Message]):
    """One message. Needs `Message.objects` as `views.messages_for` reads them, and the viewer in the request."""

    text = serializers.CharField(
        allow_null=True,
        help_text="Null where it was deleted, but for moderators; "
        "and where it is withheld, but for moderators and its author.",
    )
    withheld = serializers.BooleanField(help_text="Whether it is kept from people until a moderator has looked at it.")
    edited = serializers.SerializerMethodField(help_text="Whether a moderator changed the text.")
    labels = serializers.SerializerMethodField(
        help_text="How people judged it; null unless you reviewed it, wrote it or moderate."
    )
    detoxify = serializers.SerializerMethodField(
        help_text="How a machine judged it; null unless it has, and you reviewed it, wrote it or moderate."
    )
    opinion = serializers.SerializerMethodField(
        help_text="What light checks say of the text; for moderators only, and null until it was read."
    )
    detoxify_source = serializers.SerializerMethodField(help_text="Which model judged it when; null as `detoxify` is.")
    emojis = serializers.SerializerMethodField(
        help_text="Reactions and how many gave them; null unless you gave one, wrote it or moderate. "
        "Flags and skips are for moderators only."
    )
    is_mine = serializers.SerializerMethodField(help_text="Whether you wrote it.")
    author = serializers.SerializerMethodField(help_text="For moderators only; null for everybody else.")
    rank = serializers.IntegerField(allow_null=True, help_text="Among its siblings, 0 the best; null where unranked.")
    review_result = serializers.BooleanField(allow_null=True, help_text="Null while reviews are missing.")
    synthetic = serializers.BooleanField(
        allow_null=True, help_text="Whether a model wrote it; null while its tree is worked on, as is the model's name."
    )

    class Meta:
        model = Message
        fields = (
            "id", "tree_id", "parent_id", "role", "depth", "lang", "text", "version", "edited", "deleted",
            "withheld", "created_date", "review_count", "review_result", "labels", "rank", "synthetic", "model_name",
            "emojis", "is_mine", "author", "detoxify", "detoxify_source", "opinion",
        )  # fmt: skip
        read_only_fields = fields

    def to_representation(self, message: Message) -> dict[str, Any]:
        shown = super().to_representation(message)
        if message.deleted and not self._moderates or message.is_kept_from(self._viewer):
            shown.update(_BLANK)
        if not self._may_know_the_machine(message):
            shown.update(synthetic=None, model_name=None)
        return shown

    def _may_know_the_machine(self, message: Message) -> bool:
        """Rankers must not look up which replies a model wrote, so while a tree is worked on nobody may."""
        known = self._moderates or message.author_id == self._viewer_id
        return known or message.tree.archived or message.tree.state in SETTLED

    @cached_property
    def _viewer(self) -> User:
        viewer: User = self.context["request"].user
        return viewer

    # Worked out once for a page: whoever asks is looked up anew each time, and so is what their role allows.
    @cached_property
    def _viewer_id(self) -> UUID:
        return self._viewer.pk

    @cached_property
    def _moderates(self) -> bool:
        return self._viewer.is_moderator

    def _may_see_judgements(self, message: Message) -> bool:
        own = message.author_id == self._viewer_id
        return own or self._moderates or bool(getattr(message, "reviewed_by_me", False))

    def get_edited(self, message: Message) -> bool:
        return message.version > 1

    @extend_schema_field(serializers.DictField(child=LabelMeanSerializer(), allow_null=True))
    def get_labels(self, message: Message) -> dict[str, dict[str, float]] | None:
        return label_means(message) if self._may_see_judgements(message) else None

    @extend_schema_field(DetoxifySerializer(allow_null=True))
    def get_detoxify(self, message: Message) -> dict[str, float] | None:
        score = self._score_of(message)
        return None if score is None else score.as_detoxify()

    @extend_schema_field(DetoxifySourceSerializer(allow_null=True))
    def get_detoxify_source(self, message: Message) -> dict[str, object] | None:
        score = self._score_of(message)
        return None if score is None else score.as_source()

    def _score_of(self, message: Message) -> Any:
        """The scores of the text in force, if there are any and this viewer may see them."""
        if not self._may_see_judgements(message):
            return None
        score = getattr(message, "toxicity_score", None)
        return score if score is not None and score.version == message.version else None

    @extend_schema_field(OpinionSerializer(allow_null=True))
    def get_opinion(self, message: Message) -> dict[str, object] | None:
        if not self._moderates:
            return None
        opinion: Any = getattr(message, "opinion", None)
        current = opinion is not None and opinion.version == message.version
        return opinion.as_shown() if current else None

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField(), allow_null=True))
    def get_emojis(self, message: Message) -> dict[str, int] | None:
        """What others think would lead whoever has not said it themselves; nobody can react to an archived import."""
        if self._moderates:
            return dict(message.emojis or {})
        own = message.author_id == self._viewer_id
        told = own or message.tree.archived or bool(getattr(message, "reacted_by_me", False))
        return public_reactions(message.emojis) if told else None

    def get_is_mine(self, message: Message) -> bool:
        return message.author_id == self._viewer_id

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_author(self, message: Message) -> Any:
        if not self._moderates or message.author is None:
            return None
        return PersonSerializer(message.author).data


class ThreadSerializer(serializers.Serializer[Any]):
    """A conversation from its prompt down to one message."""

    tree_id = serializers.UUIDField()
    messages = MessageSerializer(many=True)


class RevisionSerializer(serializers.ModelSerializer[MessageRevision]):
    """A text as it was before an edit."""

    by = PersonSerializer()

    class Meta:
        model = MessageRevision
        fields = ("version", "text", "why", "by", "at")
        read_only_fields = fields


class HistorySerializer(serializers.Serializer[Any]):
    """Every text a message has had, the newest first."""

    message_id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="That of the text in force.")
    text = serializers.CharField(help_text="The text in force.")
    revisions = RevisionSerializer(many=True)


class FateSerializer(serializers.Serializer[Judged]):
    """What became of a message of yours."""

    code = serializers.ChoiceField(choices=Fate.choices)
    text = serializers.CharField(help_text="The same in a sentence.")
    reviews = serializers.IntegerField(help_text="People who have reviewed it.")
    reviews_needed = serializers.IntegerField(help_text="People whose reviews decide.")
    said_spam = serializers.IntegerField(help_text="Reviewers who called it spam.")
    said_wrong_language = serializers.IntegerField(help_text="Reviewers who saw the wrong language.")
    rank = serializers.IntegerField(allow_null=True, help_text="0 the best.")
    rivals = serializers.IntegerField(help_text="Replies it was ranked among, itself included.")
    why_deleted = serializers.CharField(allow_blank=True, help_text="The moderator's reason.")

    def to_representation(self, judged: Judged) -> dict[str, Any]:
        """Numbers that would tell how others judge stay back until they have decided."""
        decided = judged.review_result is not None
        return {
            "code": fate_of(judged),
            "text": fate_in_words(judged),
            "reviews": judged.reviews,
            "reviews_needed": judged.reviews_needed,
            "said_spam": judged.said_spam if decided else 0,
            "said_wrong_language": judged.said_wrong_language if decided else 0,
            "rank": judged.rank,
            "rivals": judged.rivals,
            "why_deleted": judged.why_deleted if judged.deleted else "",
        }


class OwnMessageSerializer(QuickSerializer[Message]):
    """A message of yours and what became of it. You always see your own words."""

    tree_state = serializers.ChoiceField(source="tree.state", choices=State.choices)
    fate = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = ("id", "tree_id", "tree_state", "parent_id", "role", "depth", "lang", "text", "version",
                  "created_date", "deleted", "fate")  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(FateSerializer)
    def get_fate(self, message: Message) -> Any:
        fates: Mapping[Any, Judged] = self.context["fates"]
        return FateSerializer(fates[message.pk]).data


# --- what may be asked ------------------------------------------------------------------------------------------------

_REVIEW_RESULTS = {"true": True, "false": False, "null": None}


class SearchFilters(serializers.Serializer[Any]):
    """What the lists of messages and of trees have in common."""

    search = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_SEARCH,
        help_text="Words in any language, all of which must stand in the text; “in quotes” as they stand there.",
    )  # fmt: skip
    after = DayOrMomentField(
        required=False, ends=False, help_text="Not older: a moment, or a day (in UTC) from its start."
    )
    before = DayOrMomentField(
        required=False, ends=True, help_text="Older: than a moment, or than the end of a day (in UTC)."
    )

    def validate_search(self, value: str) -> tuple[Part, ...]:
        return tuple(parts_of(value)) if value else ()


class MessageFilters(SearchFilters):
    """Which messages."""

    lang = serializers.CharField(required=False, max_length=16, help_text="A language tag, such as `en`.")
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    state = serializers.ChoiceField(choices=State.choices, required=False, help_text="That of its tree.")
    mine = serializers.BooleanField(required=False, help_text="Only your own.")
    deleted = serializers.BooleanField(required=False, help_text="Only deleted ones. For moderators.")
    review_result = serializers.ChoiceField(
        choices=list(_REVIEW_RESULTS), required=False, help_text="Accepted, rejected, or `null`: not decided."
    )

    def validate_review_result(self, value: str) -> bool | None:
        return _REVIEW_RESULTS[value]
