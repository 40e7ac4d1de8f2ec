"""Who may do what to whom. No database in here."""

from __future__ import annotations

import hashlib
import re
import secrets

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.core.errors import Invalid


class Role(TextChoices):
    """What a person may do here. Each role may do all that the roles before it may."""

    VOLUNTEER = "volunteer", _("volunteer")
    MODERATOR = "moderator", _("moderator")
    ADMIN = "admin", _("administrator")


class Interface(TextChoices):
    """The languages the web app speaks, each by its own name. What people read and write is another matter."""

    ENGLISH = "en", "English"
    GERMAN = "de", "Deutsch"
    SPANISH = "es", "Español"
    FRENCH = "fr", "Français"
    CHINESE = "zh-Hans", "简体中文"
    JAPANESE = "ja", "日本語"
    ARABIC = "ar", "العربية"


_RANK = {Role.VOLUNTEER: 0, Role.MODERATOR: 1, Role.ADMIN: 2}


def at_least(role: str, needed: Role) -> bool:
    """Whether somebody of this role may do what `needed` may do."""
    return _RANK[Role(role)] >= _RANK[needed]


def may_act_on(actor: str, target: str) -> bool:
    """Whether a person may moderate another: moderators volunteers, administrators both.

    Nobody acts on a superior or an equal, but administrators on each other: else one of them
    who turns bad could be stopped by nobody.
    """
    if not at_least(actor, Role.MODERATOR):
        return False
    return _RANK[Role(actor)] > _RANK[Role(target)] or Role(actor) is Role.ADMIN


def may_grant(actor: str, role: str) -> bool:
    """Whether a person may give this role to somebody: only administrators appoint."""
    return Role(actor) is Role.ADMIN and role in Role.values


class Scope(TextChoices):
    """What a token may be used for."""

    READ = "read", _("read trees, messages and own data")
    WORK = "work", _("take and submit tasks")
    MODERATE = "moderate", _("moderator decisions (needs the role too)")


TOKEN_PREFIX = "oa_"
MAX_TOKEN_DAYS = 365
MAX_LANGUAGES = 20

# BCP 47, the parts in use here: a language, an optional script, an optional region.
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def clean_language(tag: str) -> str:
    """A language tag in its usual spelling ("PT-br" becomes "pt-BR"), or Invalid."""
    parts = tag.strip().replace("_", "-").split("-")
    spelled = [parts[0].lower()]
    spelled += [p.title() if len(p) == 4 else p.upper() for p in parts[1:]]
    cleaned = "-".join(spelled)
    if not _LANGUAGE_TAG.fullmatch(cleaned):
        raise Invalid(
            "unknown_language",
            _("“%(tag)s” is not a language tag.") % {"tag": tag[:40]},
            remedy=_("Use a tag such as “en”, “de” or “pt-BR”."),
        )
    return cleaned


def clean_languages(tags: list[str]) -> list[str]:
    """Language tags without repetitions, in the order given; Invalid for none or too many."""
    cleaned = list(dict.fromkeys(clean_language(tag) for tag in tags))
    if not 1 <= len(cleaned) <= MAX_LANGUAGES:
        raise Invalid(
            "bad_languages",
            _("Choose between 1 and %(most)d languages.") % {"most": MAX_LANGUAGES},
        )
    return cleaned


def new_token() -> str:
    """A fresh secret of 256 random bits, with a prefix that secret scanners can find."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What is kept of a token. Plain SHA-256 will do: the secret itself is long and random."""
    return hashlib.sha256(token.encode()).hexdigest()
