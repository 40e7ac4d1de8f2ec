"""What is shown the quick way is what the fields of the serializer would show."""

from __future__ import annotations

from typing import ClassVar

import pytest
from rest_framework import serializers

from oa.core.quick import QuickSerializer
from oa.trees.models import Message, TreeEvent
from tests import builders as b

pytestmark = pytest.mark.django_db


class Shown(QuickSerializer[Message]):
    tree_state = serializers.ChoiceField(source="tree.state", choices=["growing"])
    words = serializers.CharField(source="text")
    shouted = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields: ClassVar = (
            "id", "tree_id", "parent_id", "role", "depth", "text", "deleted", "created_date", "review_result", "rank",
            "label_sums", "model_name", "tree_state", "words", "shouted",
        )  # fmt: skip

    def get_shouted(self, message: Message) -> str:
        return message.text.upper()


class Event(QuickSerializer[TreeEvent]):
    why_text = serializers.CharField(source="get_why_display")

    class Meta:
        model = TreeEvent
        fields: ClassVar = ("id", "before", "after", "why", "why_text", "at")


def test_every_kind_of_field_shows_what_it_shows_otherwise() -> None:
    b.policy()
    prompt = b.growing()
    reply = b.answer(prompt)
    Message.objects.filter(pk=reply.pk).update(created_date=None)
    for message in Message.objects.all():
        shown = Shown(message)
        assert shown.data == serializers.ModelSerializer.to_representation(shown, message)
    for event in TreeEvent.objects.all():
        told = Event(event)
        assert told.data == serializers.ModelSerializer.to_representation(told, event)
