"""The policy over HTTP: what is in force, what was, and how it is changed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.views.permissions import Admin, Anybody, Moderator, Reader, person_of
from oa.moderation import actions
from oa.moderation.models.preview import preview_of
from oa.moderation.serializers import PolicyPreviewQuery, PolicyPreviewSerializer
from oa.trees.models import PolicyVersion
from oa.trees.rules import policy_fields
from oa.trees.serializers import NewPolicySerializer, PolicyQuery, PolicySerializer, PolicyVersionSerializer


class PolicyView(APIView):
    permission_classes = (Anybody,)
    problems = {"GET": (422,), "POST": (401, 403, 409)}

    def get_permissions(self) -> list[BasePermission]:
        return [Admin()] if self.request.method == "POST" else [Anybody()]

    @extend_schema(
        operation_id="policy_read",
        summary="The policy in force",
        description="Every number that shapes a tree, with what it does. Open to everybody.",
        parameters=[PolicyQuery],
        responses=PolicySerializer,
    )
    def get(self, request: Request) -> Response:
        asked = PolicyQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        return Response(_as_shown(asked.validated_data["lang"]))

    @extend_schema(
        operation_id="policy_change",
        summary="Change the policy",
        description=(
            "For administrators. Makes a new version; `values` names what changes, the rest stays as it is in force "
            "for that language. Trees under way keep the version they started with. `unknown_policy_field` and "
            "`bad_policy_value` say what is wrong with a value, `nothing_changed` that it was so already."
        ),
        request=NewPolicySerializer,
        responses={201: PolicyVersionSerializer},
    )
    def post(self, request: Request) -> Response:
        asked = NewPolicySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = actions.change_policy(**asked.validated_data, by=person_of(request), now=timezone.now())
        return Response(PolicyVersionSerializer(made, context={"request": request}).data, status=201)


def _as_shown(lang: str) -> dict[str, Any]:
    """The policy in force. Reading writes nothing: before the first version the defaults rule."""
    found = PolicyVersion.objects.filter(lang__in=("", lang)).order_by("-lang", "-id").first()
    version = found or PolicyVersion()
    values = version.policy.as_values()
    shown = {
        "lang": lang,
        "of_its_own": bool(lang) and version.lang == lang,
        "version": version.pk,
        "at": version.at if found else None,
        "values": values,
        "fields": policy_fields(),
    }
    data: dict[str, Any] = PolicySerializer(shown, context={"values": values}).data
    return data


class PolicyPreviewView(APIView):
    permission_classes = (Moderator,)

    @extend_schema(
        operation_id="policy_preview",
        summary="What a change of the policy would do",
        description=(
            "For moderators and administrators. Nothing is written: the same `values` as for a change, and what they "
            "would do to the stock of tasks, to the queue of moderators and to what is kept back. "
            "`unknown_policy_field` and `bad_policy_value` as for the change itself."
        ),
        request=PolicyPreviewQuery,
        responses=PolicyPreviewSerializer,
    )
    def post(self, request: Request) -> Response:
        asked = PolicyPreviewQuery(data=request.data)
        asked.is_valid(raise_exception=True)
        found = preview_of(**asked.validated_data)
        note = _("Trees under way keep the limits they started with. New trees start with the new ones.")
        return Response(PolicyPreviewSerializer({"note": note, **asdict(found)}).data)


class PolicyHistoryView(ListAPIView[PolicyVersion]):
    permission_classes = (Reader,)
    serializer_class = PolicyVersionSerializer
    queryset = PolicyVersion.objects.none()
    keyset = ("-id",)

    @extend_schema(
        operation_id="policy_history",
        summary="Every policy there was",
        description="The newest first. `lang` narrows it to one language; empty to the policy of all others.",
        parameters=[PolicyQuery],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[PolicyVersion]:
        asked = PolicyQuery(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        found = PolicyVersion.objects.select_related("by").with_earlier()
        return found.filter(lang=asked.validated_data["lang"]) if "lang" in self.request.query_params else found
