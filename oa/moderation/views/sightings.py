"""Who is seen in which network: noted around every request that writes."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import BaseThrottle

from oa.moderation.actions import note_sighting

Next = Callable[[HttpRequest], HttpResponse]


class Sightings:
    """Behind whatever tells who asks. Asks neither the database nor, for what it has noted today, Redis."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in SAFE_METHODS:
            self._note(request)
        return response

    def _note(self, request: HttpRequest) -> None:
        # Whom a token belongs to is known to the view only, which leaves it here.
        person = getattr(request, "user", None)
        if person is not None and person.is_authenticated:
            note_sighting(person_id=person.pk, address=address_of(request), now=timezone.now())


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as our own proxies (OA_PROXIES) say: the rest may be made up."""
    return str(BaseThrottle().get_ident(request) or "")  # type: ignore[arg-type]  # it reads what both have
