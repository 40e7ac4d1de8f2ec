"""Having a text looked at before it is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from oa.accounts.models import User
from oa.accounts.views.permissions import Worker, person_of
from oa.core import throttles
from oa.core.errors import Missing, TooMany
from oa.screening import actions as screening
from oa.screening.rules import CHECKS
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.tasks.serializers.checking import CheckRequestSerializer, RemarksSerializer, remark_of
from oa.tasks.views.working import TAG, read


class ChecksView(APIView):
    permission_classes = [Worker]
    problems: ClassVar = {"POST": (404, 429)}

    @extend_schema(
        operation_id="tasks_check",
        tags=TAG,
        summary="Have a text looked at before handing it in",
        request=CheckRequestSerializer,
        responses=RemarksSerializer,
    )
    def post(self, request: Request) -> Response:
        """Whether it looks like another language, is very like another prompt, or has personal data in it, as far as
        the policy of the language asks for that. Nothing of it is kept."""
        given, by = read(CheckRequestSerializer, request), person_of(request)
        _refuse_too_many(by)
        lang, is_prompt = _place_of(given, by=by)
        remarks = screening.remarks_on(text=given["text"], lang=lang, is_prompt=is_prompt)
        return Response({"remarks": [remark_of(remark) for remark in remarks]})


def _refuse_too_many(by: User) -> None:
    limits, now = throttles.in_force([CHECKS]), timezone.now()
    if reached := throttles.exhausted(limits, who=by.pk, now=now):
        raise TooMany(
            "too_many_checks",
            _("Your text was looked at many times in a short time."),
            remedy=_("Write on; it can be looked at again in a moment, and handed in at any time."),
            retry_after=round(max(reached.values()), 1),
        )
    throttles.count(limits, who=by.pk, now=now)


def _place_of(given: Mapping[str, Any], *, by: User) -> tuple[str, bool]:
    """The language a text is meant to be in, and whether it begins a conversation."""
    task_id = given.get("task_id")
    if task_id is None:
        return str(given["lang"]), True
    task = Task.objects.filter(pk=task_id, assignee=by).first()
    if task is None:
        raise Missing("no_such_task", _("You have no such task."), remedy=_("Ask for a new one."))
    return task.lang, task.kind == Kind.INITIAL_PROMPT
