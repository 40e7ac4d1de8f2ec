"""How far the machines are, and the texts they could not read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.views.permissions import Anybody, Moderator
from oa.screening import actions
from oa.screening.models import Due, Machine, ToxicityScore
from oa.screening.rules import Check, MachineState, believed, remedy_for
from oa.screening.serializers import OFF, ScreeningStatusSerializer, SetAsideSerializer
from oa.trees.rules import Policy

KEY, KEPT_SECONDS = "screening-counts", 2


class StatusView(APIView):
    permission_classes = (Anybody,)

    @extend_schema(
        operation_id="screening_status",
        tags=["screening"],
        summary="Which machine opinions there are, and how far they are",
        description="Without weights the site runs and texts wait for their scores; `remedy` says what can be done. "
        "Open to everybody; `problem` is told to moderators only.",
        responses=ScreeningStatusSerializer,
    )
    def get(self, request: Request) -> Response:
        found = status(now=timezone.now())
        # A machine's words may name files and addresses of the server.
        if not (isinstance(request.user, User) and request.user.is_moderator):
            found["toxicity"]["problem"] = ""
        return Response(ScreeningStatusSerializer(found).data)


class SetAsideView(ListAPIView[Due]):
    permission_classes = (Moderator,)
    serializer_class = SetAsideSerializer
    queryset = Due.objects.none()
    keyset: Sequence[str] = ("-id",)

    @extend_schema(
        operation_id="moderation_set_aside",
        tags=["screening"],
        summary="Texts that a machine failed on too often",
        description="They are in nobody's way and lack only the machine's opinion.",
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return Due.objects.aside().select_related("message")


def status(*, now: datetime) -> dict[str, Any]:
    """Which machine opinions there are by the settings and the policy, and how far the workers are."""
    counts = _counts()
    policy = actions.policy_for(())("")
    return {
        "toxicity": _toxicity(now=now) | counts[Check.TOXICITY] | {"last_scored_at": counts["last_scored_at"]},
        "light": counts[Check.LIGHT],
        "language": {"enabled": policy.check_language},
        "duplicates": {"enabled": policy.check_duplicates, "likeness": policy.duplicate_likeness},
        "personal_data": _handling(policy),
    }


def _handling(policy: Policy) -> dict[str, object]:
    prefix = "personal_data_"
    return {name.removeprefix(prefix): value for name, value in policy.as_values().items() if name.startswith(prefix)}


def _counts() -> dict[str, Any]:
    """How many wait, at most two seconds old: whoever waits for a score asks often."""
    kept: dict[str, Any] | None = cache.get(KEY)
    if kept is None:
        kept = {kind: {"waiting": Due.objects.waiting(kind).count(), "set_aside": 0} for kind in Check}
        for kind, number in Due.objects.aside().order_by().values_list("kind").annotate(Count("id")):
            kept[kind]["set_aside"] = number
        kept["last_scored_at"] = ToxicityScore.objects.aggregate(last=Max("scored_at"))["last"]
        cache.set(KEY, kept, KEPT_SECONDS)
    return kept


def _toxicity(*, now: datetime) -> dict[str, Any]:
    machine = Machine.objects.filter(pk=1).first() or Machine(at=now)
    state = believed(MachineState(machine.state), now - machine.at)
    said = {"model": machine.model_name, "checksum": machine.model_checksum, "precision": machine.precision}
    return said | {
        "enabled": settings.TOXICITY,
        "state": state if settings.TOXICITY else OFF,
        "state_text": state.label if settings.TOXICITY else _("switched off"),
        "languages": sorted(actions.languages_known()),
        "downloaded_mb": _megabytes(machine.downloaded),
        "download_mb": _megabytes(machine.to_download),
        "problem": machine.problem if state is MachineState.MISSING else "",
        "remedy": remedy_for(state, machine.lack)
        if settings.TOXICITY
        else _("Start the site without OA_TOXICITY=off to have texts scored."),
    }


def _megabytes(number: int | None) -> int | None:
    return None if number is None else number // 10**6
