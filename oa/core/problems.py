"""How a refusal reads over HTTP: `application/problem+json` (RFC 9457) with a stable code, the cause and the remedy.

The one place that knows which status a refusal has. Nothing an asker sends may become a 500.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import csrf
from psycopg.errors import UniqueViolation
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from oa.core.errors import Conflict, Forbidden, Gone, Invalid, Missing, Refusal, TooMany

log = structlog.get_logger("oa.problems")

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[Refusal], HTTPStatus] = {
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Forbidden: HTTPStatus.FORBIDDEN,
    Missing: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Gone: HTTPStatus.GONE,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
}
# What the framework itself refuses, by the code it gets here.
CODES: dict[type[exceptions.APIException], str] = {
    exceptions.ParseError: "malformed_body",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.NotAuthenticated: "not_signed_in",
    exceptions.AuthenticationFailed: "bad_credentials",
    exceptions.PermissionDenied: "not_allowed",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.Throttled: "too_many_requests",
    exceptions.ValidationError: "invalid_input",
}


class BodyTooLarge(exceptions.APIException):
    """More was sent than any call here can need."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "body_too_large"


class DatabaseAway(exceptions.APIException):
    """Nobody's fault who asks: the database is starting again, or two writes met so that one had to give way."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_code = "try_again"
    wait = 1.0


class ProblemSerializer(serializers.Serializer[Mapping[str, object]]):
    """What every error looks like."""

    type = serializers.CharField(help_text="A name for this sort of problem: `urn:oa:problem:` and the code.")
    title = serializers.CharField(help_text="The HTTP status in words.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What is wrong, in the reader's language.")
    code = serializers.CharField(help_text="Stable and machine-readable; it never changes with the language.")
    remedy = serializers.CharField(help_text="What to do about it; may be empty.", allow_blank=True)
    instance = serializers.CharField(  # type: ignore[assignment]  # a field of the RFC, not of the serializer
        help_text="The id of the request, as it stands in the log.", allow_blank=True
    )
    errors = serializers.DictField(  # type: ignore[assignment]  # the stubs type it by the parent
        child=serializers.JSONField(),
        required=False,
        help_text="Of `invalid_input` only: what is wrong with each field.",
    )


def problem(
    status: int, code: str, detail: object, *, remedy: object = "", extra: Mapping[str, object] | None = None
) -> dict[str, object]:
    """The body of an error. `extra` are facts a client may use, such as a limit."""
    return {
        **(extra or {}),
        "type": f"urn:oa:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": str(detail),
        "code": code,
        "remedy": str(remedy),
        "instance": structlog.contextvars.get_contextvars().get("request_id", ""),
    }


def problem_of(refusal: Refusal) -> dict[str, object]:
    """The body that says what an action refused."""
    status = next(status for kind, status in STATUS.items() if isinstance(refusal, kind))
    return problem(status, refusal.code, refusal.cause, remedy=refusal.remedy, extra=refusal.extra)


def exception_handler(error: Exception, _context: Mapping[str, Any]) -> Response | None:
    """What the API framework calls for everything a view raises; None lets a real bug through as a 500."""
    if isinstance(error, Refusal):
        body = problem_of(error)
    elif isinstance(known := _known(error), exceptions.APIException):
        body = _framework_problem(known)
    else:
        return None
    answer = Response(body, status=int(str(body["status"])), content_type=MEDIA_TYPE)
    for name, value in _headers(error, body).items():
        answer[name] = value
    return answer


def _known(error: Exception) -> Exception:
    """Django's own refusals, as the framework would say them."""
    if isinstance(error, Http404):
        return exceptions.NotFound(_("There is nothing here."))
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return BodyTooLarge(_("The body is too large."))
    if isinstance(error, OperationalError | InterfaceError):
        return _database_away(error)
    if isinstance(error, SuspiciousOperation | BadRequest | MultiPartParserError | UnreadablePostError):
        return exceptions.ParseError(_("The request can't be read."))
    return error


def _database_away(error: Exception) -> DatabaseAway:
    log.warning("database", error=str(error).strip())
    return DatabaseAway(_("The database can't be reached at this moment."))


def _framework_problem(error: exceptions.APIException) -> dict[str, object]:
    code = next((code for kind, code in CODES.items() if isinstance(error, kind)), error.default_code)
    if isinstance(error, exceptions.ValidationError):
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            code,
            _("Some of what was sent can't be accepted."),
            remedy=_("Correct the fields named in “errors” and send it again."),
            extra={"errors": error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}},
        )
    extra = {"retry_after": wait} if (wait := getattr(error, "wait", None)) else {}
    return problem(error.status_code, code, error.detail, remedy=_REMEDIES.get(code, ""), extra=extra)


_REMEDIES = {
    "not_signed_in": gettext_lazy("Sign in, or send a token as “Authorization: Bearer …”."),
    "bad_credentials": gettext_lazy("Make a new token, or sign in."),
    "unsupported_media_type": gettext_lazy("Send JSON, with “Content-Type: application/json”."),
    "body_too_large": gettext_lazy("Send less at once."),
    "try_again": gettext_lazy("Send the same again in a moment."),
}


def _headers(error: Exception, body: Mapping[str, object]) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = str(challenge)
    if (seconds := body.get("retry_after")) is not None:
        headers["Retry-After"] = str(max(round(float(str(seconds)) + 0.5), 1))
    return headers


def respond(body: Mapping[str, object], **headers: str) -> HttpResponse:
    """A problem where the API framework is not at hand."""
    status = int(str(body["status"]))
    return HttpResponse(orjson.dumps(dict(body)), status=status, content_type=MEDIA_TYPE, headers=headers)


def unknown_path(_request: HttpRequest) -> HttpResponse:
    """Whatever under /api/ no other path has taken."""
    return respond(
        problem(
            HTTPStatus.NOT_FOUND,
            "no_such_path",
            _("There is nothing at this address."),
            remedy=_("All calls are described at /api/v1/docs. Addresses don't end with a slash."),
        )
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A write without its token, where the API framework is not at hand: signing in, and the admin's forms."""
    if request.path.startswith("/admin/"):
        return csrf.csrf_failure(request, reason)
    return respond(
        problem(
            HTTPStatus.FORBIDDEN,
            "csrf_failed",
            reason or _("The request is not known to come from our own page."),
            remedy=_("Send the value of the cookie “csrftoken” in the header “X-CSRFToken”."),
        )
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django can't read at all, before any view has seen it."""
    if isinstance(exception, RequestDataTooBig):
        return respond(problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", _("The body is too large.")))
    return respond(problem(HTTPStatus.BAD_REQUEST, "malformed_request", _("The request can't be read.")))


def server_error(_request: HttpRequest) -> HttpResponse:
    """A bug of ours, said without its details; they are in the log under the same request id.

    Unless it is the database that is away: what reads a session, for one, stands outside the API framework.
    """
    error = sys.exception()
    if isinstance(error, OperationalError | InterfaceError):
        body = _framework_problem(_database_away(error))
        return respond(body, **_headers(error, body))
    if isinstance(error, RecursionError):  # the sign-in reads its bodies itself, and deep ones are too much for it
        return respond(problem(HTTPStatus.BAD_REQUEST, "malformed_request", _("The request can't be read.")))
    if isinstance(error, IntegrityError) and isinstance(error.__cause__, UniqueViolation):
        return respond(
            problem(
                HTTPStatus.CONFLICT,
                "same_moment",
                _("The same was asked for twice at the same moment, and done once."),
                remedy=_("Look whether it is done; otherwise send it again."),
            )
        )
    return respond(
        problem(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "server_error",
            _("Something went wrong on our side."),
            remedy=_("Try again. If it stays, report it with the id in “instance”."),
        )
    )
