"""The page behind the link in a mail: one button, no script, no signing in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from oa.accounts.models import User
from oa.community import actions
from oa.core.errors import Missing


@method_decorator(csrf_exempt, name="dispatch")  # the link itself says who may
class UnsubscribePage(View):
    """Looking changes nothing: mail programs follow links by themselves. The button does."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            self.person_id: UUID = actions.person_of_link(kwargs["token"])
        except Missing as missing:
            return _page(request, _("No more mails"), missing.cause, status=404)
        person = User.objects.filter(pk=self.person_id).first()
        with translation.override((person.ui_language if person else "") or translation.get_language()):
            return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        asks = _("Shall we stop sending you mails of what became of your messages?")
        return _page(request, _("No more mails"), asks, button=_("Stop these mails"))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        actions.stop_digest(token=token)
        done = _("You get no more mails of what became of your messages. You find all of it in the app.")
        return _page(request, _("No more mails"), done)


def _page(request: HttpRequest, title: str, text: str, *, button: str = "", status: int = 200) -> HttpResponse:
    words = {"title": title, "text": text, "button": button, "home": _("To the app")}
    place = {"lang": translation.get_language(), "dir": "rtl" if translation.get_language_bidi() else "ltr"}
    return render(request, "community/unsubscribe.html", {**words, **place}, status=status)
