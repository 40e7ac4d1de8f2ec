from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from oa.core.errors import Forbidden

if TYPE_CHECKING:
    from oa.core.admin import Written


def _note_write(written: Written, by: Any) -> None:
    from oa.moderation import actions

    try:
        actions.note_admin_write(written=written, by=by, now=timezone.now())
    except Forbidden as refusal:  # a page of Django's says so in its own way
        raise PermissionDenied(refusal.cause) from refusal


def _note_failure(job: str, error: BaseException) -> None:
    from oa.moderation import actions

    actions.note_failure(job=job, error=error, now=timezone.now())


class ModerationConfig(AppConfig):
    name = "oa.moderation"

    def ready(self) -> None:
        from oa.core.admin import tell_of_writes
        from oa.core.workers import tell_of_failures

        tell_of_writes(_note_write)
        tell_of_failures(_note_failure)
