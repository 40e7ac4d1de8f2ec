"""Who may call what. Every view names one of these; a view that names none is closed to everybody.

A person who signed in may do all their role allows. A token may do what its scopes say, and never more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from oa.accounts.models import ApiToken, User
from oa.accounts.rules import Role, Scope, at_least
from oa.accounts.views.authentication import refuse_muted, refuse_shut_out
from oa.core.errors import Forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.views import APIView  # which reads the default permission while it is being imported


def person_of(request: Request) -> User:
    """Whoever asks. Only for views that a permission below has let through."""
    if not isinstance(request.user, User):
        raise AssertionError("this view lets anybody in")
    return request.user


class Nobody(BasePermission):
    """The default, so that a view which forgot to say is closed rather than open."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return False


class Anybody(BasePermission):
    """Signed in or not."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return True


class _SignedIn(BasePermission):
    """What the following share. False is answered with 401, a Forbidden with 403 and the reason."""

    scope: ClassVar[Scope | None] = None
    role: ClassVar[Role] = Role.VOLUNTEER
    writes: ClassVar[bool] = False  # what muted people may only read

    def has_permission(self, request: Request, view: APIView) -> bool:
        person = request.user
        if not isinstance(person, User):
            refuse_shut_out(request)
            return False
        self._refuse_token(request.auth, self.scope_for(request.method or ""))
        if self.writes and request.method not in SAFE_METHODS:
            refuse_muted(person)
        if not at_least(person.role, self.role):
            raise _REFUSAL[self.role]()
        return True

    def scope_for(self, method: str) -> Scope | None:
        """What a token must be good for; None: no token will do."""
        return self.scope

    def _refuse_token(self, token: object, scope: Scope | None) -> None:
        if not isinstance(token, ApiToken):
            return
        if scope is None:
            raise Forbidden(
                "not_with_a_token",
                _("This can't be done with a token."),
                remedy=_("Sign in with your browser."),
            )
        if scope not in token.scopes:
            raise Forbidden(
                "scope_missing",
                _("This token may not do this: it lacks the scope “%s”.") % scope.value,
                remedy=_("Make a token with this scope."),
                scope=scope.value,
            )


_REFUSAL: dict[Role, Callable[[], Forbidden]] = {
    Role.MODERATOR: lambda: Forbidden("moderators_only", _("Only moderators may do this.")),
    Role.ADMIN: lambda: Forbidden("admins_only", _("Only administrators may do this.")),
}


class Reader(_SignedIn):
    """Whoever is signed in; tokens need the scope `read`."""

    scope = Scope.READ


class Worker(_SignedIn):
    """Whoever is signed in; tokens need the scope `work`. The actions ask for the consent to the terms.

    Who is muted may only read.
    """

    scope, writes = Scope.WORK, True


class EvenMuted(_SignedIn):
    """Whoever is signed in, muted or not; tokens need the scope `work`. For what concerns nobody but themselves."""

    scope = Scope.WORK


class InPerson(_SignedIn):
    """Whoever is signed in by themselves: no token may do this."""


class Oneself(_SignedIn):
    """One's own account: tokens with the scope `read` may look at it, none may change it."""

    def scope_for(self, method: str) -> Scope | None:
        return Scope.READ if method in SAFE_METHODS else None


class Moderator(_SignedIn):
    """Moderators and administrators; tokens need the scope `moderate`."""

    scope, role, writes = Scope.MODERATE, Role.MODERATOR, True


class Admin(_SignedIn):
    """Administrators; tokens need the scope `moderate`."""

    scope, role, writes = Scope.MODERATE, Role.ADMIN, True
