"""Trees as they are shown: in a list, and whole with all that happened to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.accounts.models import User
from oa.core.quick import QuickSerializer
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import State, waits_for
from oa.trees.serializers.messages import MessageSerializer, PersonSerializer, SearchFilters


class EventSerializer(QuickSerializer[TreeEvent]):
    """One step of a tree. Who took it is for moderators only."""

    before = serializers.ChoiceField(choices=State.choices, allow_null=True)
    why_text = serializers.CharField(source="get_why_display", help_text="Why, in words.")
    by = serializers.SerializerMethodField()

    class Meta:
        model = TreeEvent
        fields = ("before", "after", "why", "why_text", "at", "by")
        read_only_fields = fields

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_by(self, event: TreeEvent) -> Any:
        viewer: User = self.context["request"].user
        return PersonSerializer(event.by).data if viewer.is_moderator and event.by else None


class TreeSerializer(QuickSerializer[Tree]):
    """A tree in a list, with the words of its prompt."""

    state_text = serializers.CharField(source="get_state_display", help_text="The state in words.")
    waits_for = serializers.SerializerMethodField(help_text="What must happen next, in words; empty when nothing will.")
    prompt = serializers.SerializerMethodField(help_text="The text of the prompt; null where deleted or withheld.")
    size = serializers.SerializerMethodField(help_text="How many of its messages are not deleted.")
    is_mine = serializers.SerializerMethodField(help_text="Whether you wrote the prompt.")

    class Meta:
        model = Tree
        fields = (
            "id", "state", "state_text", "waits_for", "lang", "archived", "origin", "goal_size", "max_depth",
            "max_children", "moderated", "won_lottery_at", "created_at", "prompt", "size", "is_mine",
        )  # fmt: skip
        read_only_fields = fields

    def get_waits_for(self, tree: Tree) -> str:
        return waits_for(State(tree.state), archived=tree.archived, shape=self.context.get("shape"))

    def get_size(self, tree: Tree) -> int:
        sizes: Mapping[Any, int] = self.context["sizes"]
        return sizes.get(tree.pk, 0)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_prompt(self, tree: Tree) -> str | None:
        root = self._root(tree)
        viewer: User = self.context["request"].user
        if root is None or (root.deleted and not viewer.is_moderator) or root.is_kept_from(viewer):
            return None
        return root.text

    def get_is_mine(self, tree: Tree) -> bool:
        root = self._root(tree)
        return root is not None and root.author_id == self.context["request"].user.pk

    def _root(self, tree: Tree) -> Message | None:
        roots: Mapping[Any, Message] = self.context["roots"]
        return roots.get(tree.pk)


class WholeTreeSerializer(TreeSerializer):
    """A tree with all that happened to it and all its messages, parents before their replies."""

    policy_version = serializers.IntegerField(source="policy_id", help_text="The policy it started with.")
    events = serializers.SerializerMethodField(help_text="What happened, the latest last.")
    messages = serializers.SerializerMethodField(
        help_text="Depth first, so that reading down is reading on; siblings by rank, then by time."
    )

    class Meta(TreeSerializer.Meta):
        fields = (*TreeSerializer.Meta.fields, "policy_version", "events", "messages")  # type: ignore[assignment]
        read_only_fields = fields  # type: ignore[assignment]  # the stubs type it by the parent

    @extend_schema_field(EventSerializer(many=True))
    def get_events(self, tree: Tree) -> Any:
        return EventSerializer(self.context["events"], many=True, context=self.context).data

    @extend_schema_field(MessageSerializer(many=True))
    def get_messages(self, tree: Tree) -> Any:
        return MessageSerializer(self.context["messages"], many=True, context=self.context).data


class TreeFilters(SearchFilters):
    """Which trees."""

    lang = serializers.CharField(required=False, max_length=16, help_text="A language tag, such as `en`.")
    state = serializers.ChoiceField(choices=State.choices, required=False)
    archived = serializers.BooleanField(required=False, help_text="Kept as imported, or worked on; both if not given.")
    mine = serializers.BooleanField(required=False, help_text="Only those that hold a message of yours.")
