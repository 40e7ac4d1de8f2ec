"""How the API describes itself: every call with its errors, in OpenAPI 3.1."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_media_type_object

from oa.core.problems import MEDIA_TYPE, ProblemSerializer

WRITES = frozenset({"POST", "PUT", "PATCH"})

MEANINGS: dict[int, str] = {
    400: "The body is not JSON in UTF-8.",
    401: "Nobody is signed in, or the token is unknown, expired or revoked.",
    403: "This person (or this token) may not do this.",
    404: "There is no such thing, or it is not for this person's eyes.",
    409: "Right input, wrong moment: the thing has moved on meanwhile.",
    410: "It was there once and is over now.",
    413: "The body is too large.",
    415: "The body is not announced as JSON.",
    422: "The input itself is wrong: it would be refused at any time.",
    429: "A limit is reached; `Retry-After` says when to try again, where waiting helps.",
}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library has none
    target_class = "oa.accounts.views.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "Made at `POST /api/v1/me/tokens`."}


class BrowserScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library has none
    target_class = "oa.accounts.views.authentication.BrowserAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "Made by signing in at `/_allauth/`. Writes need the header `X-CSRFToken` too.",
        }


class ProblemSchema(AutoSchema):
    """Adds what can go wrong. A view says what is beyond the obvious in `problems`, e.g. `{"POST": (409, 410)}`."""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in sorted(self._what_can_go_wrong()):
            bodies.setdefault(str(status), self._problem(status))
        return bodies

    def _what_can_go_wrong(self) -> set[int]:
        found = set(getattr(self.view, "problems", {}).get(self.method, ()))
        if self.method in WRITES and self.get_request_serializer() is not None:
            found |= {400, 413, 415, 422}
        if "{" in self.path:
            found.add(404)
        if self._get_paginator():  # type: ignore[no-untyped-call]  # no types there
            found.add(422)
        if any(getattr(permission, "__name__", "") != "Anybody" for permission in self.view.permission_classes):
            found |= {401, 403}
        return found

    def _problem(self, status: int) -> dict[str, Any]:
        schema = self.resolve_serializer(ProblemSerializer, "response").ref
        return {
            "description": MEANINGS.get(status, HTTPStatus(status).phrase),
            "content": {MEDIA_TYPE: build_media_type_object(schema)},
        }
