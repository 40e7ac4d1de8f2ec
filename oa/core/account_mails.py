"""The mails of joining and signing in, in our words and the reader's language. allauth decides when they go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

_CONFIRM = _("Confirm your e-mail address")
_GIVEN = _("This address was given to oa at %(site)s.")
_TYPE_CODE = _("Type this code into the page that is open:")
_NOT_YOU = _("If it was not you, there is nothing to do.")


class _Words(NamedTuple):
    """A mail: its subject, what happened, what to do, and which part of what allauth knows helps with that."""

    subject: object
    happened: object
    remedy: object
    helps_with: str


_BY_LINK = _Words(_CONFIRM, _GIVEN, _("Open this link to confirm that it is yours:"), "activate_url")
_BY_CODE = _Words(_CONFIRM, _GIVEN, _TYPE_CODE, "code")
_MAILS = {
    "password_reset_code": _Words(
        _("Your code for a new password"),
        _("A new password was asked for, for your account at %(site)s."),
        _TYPE_CODE,
        "code",
    ),
    "account_already_exists": _Words(
        _("You have an account already"),
        _("Somebody wanted to join oa at %(site)s with this address, but it has an account already."),
        _("If it was you and the password is forgotten, make a new one here:"),
        "password_reset_url",
    ),
    "unknown_account": _Words(
        _("There is no account with this address"),
        _("Somebody asked for a new password at %(site)s with this address, but it has no account there."),
        _("If it was you, join here, or try the address you joined with:"),
        "signup_url",
    ),
}


class AccountMails(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth with these mails; those it has and this site never sends are left to it."""

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: Mapping[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        words = _words(template_prefix.rpartition("/")[2], context)
        if words is None:
            theirs: EmailMessage = super().render_mail(template_prefix, email, context, headers)
            return theirs
        to = [email] if isinstance(email, str) else email
        happened = str(words.happened) % {"site": urlsplit(settings.PUBLIC_URL).netloc}
        lines = [happened, "", str(words.remedy), "", str(context[words.helps_with]), "", str(_NOT_YOU), ""]
        return EmailMessage(str(words.subject), "\n".join(lines), self.get_from_email(), to, headers=headers)


def _words(name: str, context: Mapping[str, Any]) -> _Words | None:
    if name in ("email_confirmation", "email_confirmation_signup"):
        return _BY_CODE if "code" in context else _BY_LINK
    return _MAILS.get(name)
