"""Who is asking: a browser with a session, or a program with a token."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from oa.accounts import actions
from oa.accounts.models import ApiToken, User
from oa.accounts.rules import TOKEN_PREFIX, token_digest
from oa.core.errors import Forbidden

KEYWORD = "Bearer"
LONGEST = 200


def refuse_disabled(person: User) -> None:
    """Forbidden for people who were shut out."""
    if not person.is_active:
        raise Forbidden(
            "disabled",
            _("Your account is disabled."),
            remedy=_("The mail that we sent you says why, and how to appeal."),
            until=person.banned_until.isoformat() if person.banned_until else None,
        )


def refuse_muted(person: User) -> None:
    """Forbidden for people who may read and not write."""
    actions.refuse_muted(person, now=timezone.now())


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer oa_…`. Only a digest of the token is looked up. That of somebody shut out is nobody's."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        secret = _secret_in(request)
        if secret is None:
            return None
        token = _token_of(secret)
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is unknown, expired or revoked."))
        return (token.person, token) if token.person.is_active else None

    def authenticate_header(self, request: Request) -> str:
        return f'{KEYWORD} realm="oa"'


def _secret_in(request: Request) -> str | None:
    keyword, _space, secret = request.META.get("HTTP_AUTHORIZATION", "").strip().partition(" ")
    return secret.strip() if keyword.lower() == KEYWORD.lower() else None


def _token_of(secret: str) -> ApiToken | None:
    if not (secret.startswith(TOKEN_PREFIX) and secret.isascii() and len(secret) <= LONGEST):
        return None
    live = ApiToken.objects.live(timezone.now()).select_related("person")
    return live.filter(digest=token_digest(secret)).first()


def refuse_shut_out(request: Request) -> None:
    """Whoever is shut out is taken for nobody, so that anybody's pages stay theirs. Where one must be somebody, they
    should hear why they can't be, instead of being asked to sign in."""
    known, secret = request._request.session.get(SESSION_KEY), _secret_in(request)
    if secret is not None and (token := _token_of(secret)) is not None:
        refuse_disabled(token.person)
    if known is None:
        return
    try:
        person = User.objects.filter(pk=known).first()
    except ValidationError:
        return  # a session from before people had UUIDs
    if person is not None:
        refuse_disabled(person)


class BrowserAuthentication(SessionAuthentication):
    """The session made by signing in; every write needs the CSRF token too."""

    def enforce_csrf(self, request: HttpRequest) -> None:
        try:
            super().enforce_csrf(request)  # type: ignore[arg-type]  # the stubs ask for a wrapped request
        except exceptions.PermissionDenied as error:
            raise Forbidden(
                "csrf_failed",
                str(error.detail),
                remedy=_("Send the value of the cookie “csrftoken” in the header “X-CSRFToken”."),
            ) from None
