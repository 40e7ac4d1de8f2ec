"""What moderators ask for when they take data along."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from oa.datasets.rules.forms import Form
from oa.datasets.rules.releases import PACKINGS


class ExportQuery(serializers.Serializer[Any]):
    """The form of the rows and how they are packed; filters stand beside these under their own names."""

    form = serializers.ChoiceField(choices=[(form.value, form.value) for form in Form], default=Form.TREES.value)
    packing = serializers.ChoiceField(choices=PACKINGS, default="jsonl")
    original_ids = serializers.BooleanField(default=False, help_text="Ids as they are here.")
