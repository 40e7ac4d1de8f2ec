"""Everything that changes people, their consents and their tokens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from oa.accounts.models import ApiToken, Consent, Terms, User
from oa.accounts.rules import MAX_TOKEN_DAYS, Interface, Scope, clean_languages, new_token, token_digest
from oa.core.errors import Conflict, Forbidden, Invalid, Missing
from oa.core.verbs import verb

MOST_TOPICS = 30


def hold_enabled(person: User) -> User:
    """This person as they are now, held; Forbidden for whoever left or was shut out since they asked."""
    held = User.objects.hold(person.pk)
    if not held.is_active:
        raise Forbidden("disabled", _("Your account is disabled."))
    return held


def refuse_muted(person: User, *, now: datetime) -> None:
    """Forbidden for whoever may read and not write at this moment."""
    if person.muted_until is not None and person.is_muted(now):
        raise Forbidden(
            "muted",
            _("You are muted: you may read, and not write."),
            remedy=_("You find the reason under “Decisions about me”, and may appeal there."),
            until=person.muted_until.isoformat(),
        )


@verb
def publish_terms(*, text: str, now: datetime) -> Terms:
    """Publish a new version of the terms of use: everybody is asked again before their next task.

    Consent to older versions stays on the ledger.
    """
    Terms.objects.hold_newest()  # whoever is accepting it is waited for, and then asked again like everybody
    latest = Terms.objects.current()
    User.objects.enabled().exclude(terms_version=None).update(terms_version=None)
    return Terms.objects.create(version=latest.version + 1 if latest else 1, text=text, published_at=now)


@verb
def accept_terms(*, version: int, by: User, now: datetime) -> Consent:
    """Accept the newest terms; accepting them again adds nothing."""
    Terms.objects.hold_newest()  # a newer version that is being published right now is waited for
    current = Terms.objects.current()
    if current is None or current.version != version:
        raise Conflict(
            "other_terms_in_force",
            _("These are not the terms in force."),
            remedy=_("Read the newest version and accept that one."),
            version=current.version if current else None,
        )
    person = hold_enabled(by)
    last = Consent.objects.filter(person=person).order_by("-id").first()
    if last is not None and last.given and last.terms_id == version:
        return last
    return _write_consent(person, current, given=True, now=now)


@verb
def withdraw_consent(*, by: User, now: datetime) -> Consent:
    """Take back the consent to the terms; there are no tasks from now on."""
    person = hold_enabled(by)
    if person.terms_version is None:
        raise Conflict("no_consent", _("You have not accepted the terms."))
    terms = Terms.objects.get(pk=person.terms_version)
    return _write_consent(person, terms, given=False, now=now)


@verb
def keep_everything_out(*, by: User, withdrawn: bool, now: datetime) -> User:
    """Take everything back from data sets, also what is still to come, or give it again."""
    person = hold_enabled(by)
    if withdrawn != (person.withdrew_at is not None):
        person.withdrew_at = now if withdrawn else None
        person.save(update_fields=["withdrew_at"])
    return person


def _write_consent(person: User, terms: Terms, *, given: bool, now: datetime) -> Consent:
    person.terms_version = terms.version if given else None
    person.save(update_fields=["terms_version"])
    return Consent.objects.create(person=person, terms=terms, given=given, at=now)


@verb
def change_profile(*, by: User, now: datetime, onboarded: bool | None = None, **changes: object) -> User:
    """Change what a person may change of themselves; only what is named is touched.

    Takes `display_name`, `languages`, `writing_languages`, `topics`, `time_zone`, `ui_language`. `onboarded` says
    that they have seen how it works (the first time counts), or that they want to be shown again.
    """
    person = hold_enabled(by)
    for name, value in changes.items():
        setattr(person, name, _CLEAN[name](value))
    if onboarded is not None:
        person.onboarded_at = (person.onboarded_at or now) if onboarded else None
    person.save(update_fields=[*changes, "onboarded_at"])
    return person


def _clean_name(value: object) -> str:
    name = " ".join(str(value).split())
    if len(name) > 80 or any(not character.isprintable() for character in name):
        raise Invalid("bad_display_name", _("A display name has at most 80 printable characters."))
    return name


def _clean_tags(value: object) -> list[str]:
    return clean_languages([str(tag) for tag in value] if isinstance(value, list) else [])


def _clean_topics(value: object) -> list[str]:
    topics = [" ".join(str(topic).split())[:40] for topic in value] if isinstance(value, list) else []
    return list(dict.fromkeys(topic for topic in topics if topic))[:MOST_TOPICS]


def _clean_zone(value: object) -> str:
    if value not in available_timezones():
        raise Invalid("unknown_time_zone", _("There is no such time zone."))
    return str(value)


def _clean_interface(value: object) -> str:
    if value not in ("", *Interface.values):
        raise Invalid("unknown_ui_language", _("The pages don't come in this language."), allowed=Interface.values)
    return str(value)


_CLEAN = {
    "display_name": _clean_name,
    "languages": _clean_tags,
    "writing_languages": _clean_tags,
    "topics": _clean_topics,
    "time_zone": _clean_zone,
    "ui_language": _clean_interface,
}


@verb
def make_token(*, name: str, scopes: Sequence[Scope], days: int, by: User, now: datetime) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown once and never kept."""
    if not 1 <= days <= MAX_TOKEN_DAYS:
        raise Invalid("bad_token_life", _("A token lives 1 to %d days.") % MAX_TOKEN_DAYS)
    if Scope.MODERATE in scopes and not by.is_moderator:
        raise Forbidden("moderators_only", _("Only moderators may make such a token."))
    secret = new_token()
    token = ApiToken.objects.create(
        person=hold_enabled(by), name=name, digest=token_digest(secret), scopes=[scope.value for scope in scopes],
        created_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    return token, secret


@verb
def revoke_token(*, token_id: UUID, by: User, now: datetime) -> None:
    """End a token at once. Revoking it again changes nothing."""
    token = ApiToken.objects.filter(pk=token_id, person=by).first()
    if token is None:
        raise Missing("no_such_token", _("You have no such token."))
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])


@verb
def close_account(*, person: User, erases_texts: bool, now: datetime) -> None:
    """Forget who somebody is. What they did stays, as that of somebody who has left; nobody can sign in as them.

    Every session ends with the password it was made with.
    """
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    ApiToken.objects.filter(person=person).delete()
    blank = User(id=person.pk, created_at=person.created_at, terms_version=person.terms_version, is_active=False)
    blank.left_at, blank.erases_texts = now, erases_texts
    # Whoever takes their texts along keeps those out of data sets that must stay because others replied to them.
    blank.withdrew_at = person.withdrew_at or (now if erases_texts else None)
    blank.set_unusable_password()
    blank.save(force_update=True)
