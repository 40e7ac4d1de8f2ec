"""Who is asking: a browser with a session, or a program with a token."""

from __future__ import annotations

from typing import Any

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
        raise Forbidden("disabled", _("Your account is disabled."), remedy=_("Ask a moderator why."))


def refuse_muted(person: User) -> None:
    """Forbidden for people who may read and not write."""
    actions.refuse_muted(person, now=timezone.now())


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer oa_…`. Only a digest of the token is looked up."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        keyword, _space, secret = request.headers.get("Authorization", "").strip().partition(" ")
        if keyword.lower() != KEYWORD.lower():
            return None
        token = self._find(secret.strip())
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is unknown, expired or revoked."))
        refuse_disabled(token.person)
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return f'{KEYWORD} realm="oa"'

    def _find(self, secret: str) -> ApiToken | None:
        if not (secret.startswith(TOKEN_PREFIX) and secret.isascii() and len(secret) <= LONGEST):
            return None
        live = ApiToken.objects.live(timezone.now()).select_related("person")
        return live.filter(digest=token_digest(secret)).first()


class BrowserAuthentication(SessionAuthentication):
    """The session made by signing in; every write needs the CSRF token too."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        if found is None:
            self._say_that_they_are_disabled(request._request)
        return found

    def enforce_csrf(self, request: HttpRequest) -> None:
        try:
            super().enforce_csrf(request)  # type: ignore[arg-type]  # the stubs ask for a wrapped request
        except exceptions.PermissionDenied as error:
            raise Forbidden(
                "csrf_failed",
                str(error.detail),
                remedy=_("Send the value of the cookie “csrftoken” in the header “X-CSRFToken”."),
            ) from None

    def _say_that_they_are_disabled(self, request: HttpRequest) -> None:
        """Django takes a disabled person for nobody. They should hear why instead of being asked to sign in."""
        known = request.session.get(SESSION_KEY)
        if known is None:
            return
        try:
            person = User.objects.filter(pk=known).first()
        except ValidationError:
            return  # a session from before people had UUIDs
        if person is not None:
            refuse_disabled(person)
