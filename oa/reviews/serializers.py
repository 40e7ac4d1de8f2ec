"""Labels and forms as they are shown."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.reviews.rules import HELP, POLES, WIDGETS, Label, Mode, Widget, form_for
from oa.trees.rules import Role

# Kinds of messages, with a role and a depth that stand for each.
KINDS: dict[str, tuple[Role, int]] = {
    "initial_prompt": (Role.PROMPTER, 0),
    "prompter_reply": (Role.PROMPTER, 2),
    "assistant_reply": (Role.ASSISTANT, 1),
}


class LabelSerializer(serializers.Serializer[Label]):
    """One question about a message."""

    name = serializers.ChoiceField(choices=Label.values, help_text="As in every export.")
    title = serializers.CharField(help_text="In the reader's language.")
    help = serializers.CharField(help_text="What is meant.")
    widget = serializers.ChoiceField(
        choices=Widget.values, help_text="`yes_no` and `flag` take 0 or 1, `likert` 0, 0.25, 0.5, 0.75 or 1."
    )
    poles = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="The two ends of a scale, lowest first."
    )

    def to_representation(self, label: Label) -> dict[str, Any]:
        poles = POLES.get(label)
        return {
            "name": label.value,
            "title": str(label.label),
            "help": str(HELP[label]),
            "widget": WIDGETS[label].value,
            "poles": [str(pole) for pole in poles] if poles else None,
        }


class FormSerializer(serializers.Serializer[Any]):
    """What is asked about one kind of message."""

    kind = serializers.ChoiceField(choices=list(KINDS), help_text="Of the message.")
    mode = serializers.ChoiceField(choices=Mode.choices)
    labels = serializers.ListField(child=serializers.CharField(), help_text="In the order in which they are asked.")
    mandatory = serializers.ListField(child=serializers.CharField(), help_text="Those that must be answered.")


class LabelsSerializer(serializers.Serializer[Any]):
    """All labels, and the forms made of them."""

    labels = LabelSerializer(many=True)
    forms = FormSerializer(many=True)


def all_forms() -> list[dict[str, object]]:
    """Every form there is: each kind of message, in each mode."""
    found: list[dict[str, object]] = []
    for kind, (role, depth) in KINDS.items():
        for mode in Mode:
            form = form_for(role=role, depth=depth, mode=mode)
            mandatory = [label.value for label in form.labels if label in form.mandatory]
            labels = [label.value for label in form.labels]
            found.append({"kind": kind, "mode": mode.value, "labels": labels, "mandatory": mandatory})
    return found
