"""The policy as it is shown, and as it is changed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oa.accounts.models import User
from oa.trees.models import PolicyVersion
from oa.trees.rules import PolicyChange, PolicyField, changed_fields
from oa.trees.serializers.messages import PersonSerializer


class PolicyQuery(serializers.Serializer[Any]):
    lang = serializers.CharField(
        required=False, allow_blank=True, max_length=16, default="", help_text="Empty: languages without their own."
    )


class PolicyFieldSerializer(serializers.Serializer[PolicyField]):
    """One number of the policy."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=["int", "float", "bool", "choice"])
    choices = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Of a `choice`: the words it may have."
    )
    help = serializers.SerializerMethodField(help_text="What it does.")
    default = serializers.JSONField(help_text="What holds until it is changed; the original's, where that had it.")
    value = serializers.SerializerMethodField(help_text="What is in force.")

    def get_help(self, field: PolicyField) -> str:
        return _(field.help)

    @extend_schema_field(serializers.JSONField())
    def get_value(self, field: PolicyField) -> object:  # type: ignore[override]  # the framework has this name too
        return self.context["values"][field.name]


class PolicySerializer(serializers.Serializer[Any]):
    """The policy in force for a language. Trees under way keep the one they started with."""

    lang = serializers.CharField(help_text="The language asked for.", allow_blank=True)
    of_its_own = serializers.BooleanField(help_text="Whether this language has a policy of its own.")
    version = serializers.IntegerField(allow_null=True, help_text="Null: nothing was ever changed.")
    at = serializers.DateTimeField(allow_null=True, help_text="When it came into force.")
    values = serializers.DictField(child=serializers.JSONField(), help_text="Every field by name.")
    fields_ = PolicyFieldSerializer(many=True, help_text="Every field with what it does.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`fields` is a name the framework keeps for itself."""
        found = super().get_fields()
        found["fields"] = found.pop("fields_")
        return found


class PolicyChangeSerializer(serializers.Serializer[PolicyChange]):
    """A field that was changed."""

    field = serializers.CharField()
    before = serializers.JSONField()
    after = serializers.JSONField()


class PolicyVersionSerializer(serializers.ModelSerializer[PolicyVersion]):
    """A policy that was in force from some moment on. Who made it is for moderators only."""

    values = serializers.SerializerMethodField(help_text="Every field by name.")
    changes = serializers.SerializerMethodField(
        help_text="What is otherwise than in the policy that was in force for this language until then."
    )
    by = serializers.SerializerMethodField()

    class Meta:
        model = PolicyVersion
        fields = ("id", "lang", "values", "changes", "note", "by", "at")
        read_only_fields = fields

    @extend_schema_field(serializers.DictField(child=serializers.JSONField()))
    def get_values(self, version: PolicyVersion) -> dict[str, object]:
        return version.policy.as_values()

    @extend_schema_field(PolicyChangeSerializer(many=True))
    def get_changes(self, version: PolicyVersion) -> Any:
        return [PolicyChangeSerializer(change).data for change in changed_fields(version.earlier, version.policy)]

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_by(self, version: PolicyVersion) -> Any:
        viewer: User = self.context["request"].user
        return PersonSerializer(version.by).data if viewer.is_moderator and version.by else None


class NewPolicySerializer(serializers.Serializer[Any]):
    """A change of the policy."""

    lang = serializers.CharField(
        required=False, allow_blank=True, max_length=16, default="",
        help_text="Empty: every language without a policy of its own.",
    )  # fmt: skip
    values = serializers.DictField(
        child=serializers.JSONField(allow_null=True), help_text="What changes; the rest stays as it is."
    )
    note = serializers.CharField(max_length=2000, help_text="Why.")
