"""What every decision made in the admin has in common: a reason, and a refusal that is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oa.core.errors import Refusal
from oa.moderation.models import Decision


def decide(request: HttpRequest, rows: QuerySet[Any], decision: Callable[..., Decision], name: str) -> None:
    """One decision for each row chosen. A refusal is shown and the rest go on."""
    why = request.POST.get("why", "").strip()
    if not why:
        messages.error(request, _("Nothing was done: please say why, in the field beside the action."))
        return
    done = 0
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        try:
            decision(**{name: pk}, why=why[:1000], by=request.user, now=timezone.now())
            done += 1
        except Refusal as refusal:
            messages.warning(request, f"{pk}: {refusal.cause} {refusal.remedy}")
    if done:
        messages.success(request, ngettext("%d decision was made.", "%d decisions were made.", done) % done)
