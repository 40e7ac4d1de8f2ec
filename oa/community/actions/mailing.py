"""The mail of what became of somebody's messages: claimed by one worker, then sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oa.accounts.models import User
from oa.community.models import Member, Notice
from oa.community.rules import DAYS_BETWEEN, Digest, NoticeKind, link_of_notice, text_of, title_of
from oa.core.errors import Missing
from oa.core.verbs import verb

SALT = "community.digest"
MOST_TOLD = 50


def link_of(person_id: UUID) -> str:
    """What stands in a mail to this person for the way out of it. It never expires: mails are kept for years."""
    return signing.dumps(str(person_id), salt=SALT)


def person_of_link(token: str) -> UUID:
    """Whose mails a link stops; Missing for one that is not of ours."""
    try:
        return UUID(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        raise Missing("unknown_link", _("This link is not one of ours.")) from None


@verb
def stop_digest(*, token: str) -> Member:
    """No more mails for whoever followed the link in one. Again changes nothing."""
    person_id = person_of_link(token)
    if not User.objects.filter(pk=person_id).exists():
        raise Missing("unknown_link", _("This link is not one of ours."))
    member = Member.objects.hold([person_id])[person_id]
    member.digest = Digest.OFF
    member.save(update_fields=["digest"])
    return member


def digests_due(now: datetime) -> list[UUID]:
    """Whoever wants a mail, whose last one is long enough ago."""
    due = Q(pk__in=[])
    for digest, days in DAYS_BETWEEN.items():
        due |= Q(digest=digest, digested_at__lte=now - timedelta(days=days))
    wanting = Member.objects.filter(due, person__is_active=True, person__email__isnull=False)
    if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory":
        wanting = wanting.filter(person__emailaddress__verified=True, person__emailaddress__email=F("person__email"))
    return list(wanting.exclude(digest=Digest.OFF).order_by("digested_at").values_list("pk", flat=True)[:500])


@dataclass(frozen=True, slots=True)
class Claim:
    """One mail to be sent: to whom, and what it tells. Whoever holds it is the only one who sends it."""

    person: User
    since: datetime
    until: datetime
    notices: Sequence[Notice]


@verb
def claim_digest(*, person_id: UUID, now: datetime) -> Claim | None:
    """Take it upon oneself to send somebody their mail; None when it is not due, or there is nothing to tell."""
    wanted = Member.objects.filter(pk=person_id, person__is_active=True)  # since they were found due, too
    member = wanted.select_for_update(of=("self",), no_key=True).first()
    if member is None or member.digest == Digest.OFF or member.digested_at is None:
        return None
    since = member.digested_at
    if now < since + timedelta(days=DAYS_BETWEEN[Digest(member.digest)]):
        return None
    told = Notice.objects.heard().filter(person=person_id, at__gt=since, at__lte=now).order_by("at", "id")
    notices = list(told[: MOST_TOLD + 1])
    member.digested_at = now
    member.save(update_fields=["digested_at"])
    return Claim(User.objects.get(pk=person_id), since, now, notices) if notices else None


@verb
def give_back(claim: Claim) -> None:
    """A mail that could not be sent is due again, unless somebody has chosen otherwise meanwhile."""
    Member.objects.filter(pk=claim.person.pk, digested_at=claim.until).update(digested_at=claim.since)


def send_digest(*, person_id: UUID, now: datetime) -> bool:
    """Send somebody their mail, once however often this runs; whether one was sent.

    It is claimed and committed before it is sent: two workers never send the same. What the mail server refuses
    is due again; only a worker that dies at that very moment loses a mail, which is better than to send it twice.
    """
    claim = claim_digest(person_id=person_id, now=now)
    if claim is None:
        return False
    try:
        digest_mail(claim).send()
    except OSError:  # SMTPException is one
        give_back(claim)
        raise
    return True


def digest_mail(claim: Claim) -> EmailMessage:
    """The mail, in the reader's language."""
    with translation.override(claim.person.ui_language or "en"):
        return EmailMessage(
            subject=_subject(claim), body=_body(claim), to=[claim.person.email or ""],
            headers={
                "List-Unsubscribe": f"<{_way_out(claim)}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )  # fmt: skip


def _way_out(claim: Claim) -> str:
    return f"{settings.PUBLIC_URL}/api/v1/community/unsubscribe/{link_of(claim.person.pk)}"


def _subject(claim: Claim) -> str:
    number = len(claim.notices[:MOST_TOLD])
    return ngettext("%d piece of news of your messages", "%d pieces of news of your messages", number) % number


def _body(claim: Claim) -> str:
    name = claim.person.display_name
    lines = [_("Hello %s,") % name if name else _("Hello,"), "", _("this is what became of your messages:"), ""]
    for notice in claim.notices[:MOST_TOLD]:
        kind = NoticeKind(notice.kind)
        lines += [f"* {title_of(kind, notice.data)}", f"  {text_of(kind, notice.data)}"]
        page = link_of_notice(kind) or (f"/messages/{notice.message_id}" if notice.message_id else "")
        lines += [f"  {settings.PUBLIC_URL}{page}"] if page else []
    if len(claim.notices) > MOST_TOLD:
        lines += ["", _("There is more: %s") % f"{settings.PUBLIC_URL}/notices"]
    lines += ["", _("Thank you for your work."), "", _("No more such mails: %s") % _page_out(claim), ""]
    return "\n".join(lines)


def _page_out(claim: Claim) -> str:
    """The page for people; the header is for mail programs."""
    return f"{_way_out(claim)}/page"
