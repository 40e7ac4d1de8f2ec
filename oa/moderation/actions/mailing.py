"""Mails about decisions: each waits in a row of its own, is claimed by one worker, then sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from oa.community.rules import DECISIONS_PAGE, decision_text, decision_title
from oa.core.verbs import verb
from oa.moderation.actions.appealing import link_of
from oa.moderation.actions.telling import facts_of
from oa.moderation.models import Letter
from oa.moderation.rules import Verb

# How long a worker may take for one mail; whoever dies at it leaves it to another after that.
CLAIM = timedelta(minutes=5)
MOST_TRIES = 12
LONGEST_PAUSE = timedelta(hours=6)


def letters_due(now: datetime) -> list[int]:
    """Mails that wait to be sent, those that have waited longest first."""
    return list(Letter.objects.due(now).filter(tries__lt=MOST_TRIES).values_list("pk", flat=True)[:500])


@verb
def claim_letter(*, letter_id: int, now: datetime) -> Letter | None:
    """Take it upon oneself to send a mail; None when somebody else has."""
    claimed = Letter.objects.filter(pk=letter_id, sent_at=None, not_before__lte=now)
    if not claimed.update(not_before=now + CLAIM, tries=F("tries") + 1):
        return None
    return Letter.objects.select_related("decision__undoes", "person").get(pk=letter_id)


@verb
def give_back(*, letter: Letter, now: datetime) -> None:
    """The mail server would not have it: it is tried again later, and later each time."""
    pause = min(timedelta(minutes=2**letter.tries), LONGEST_PAUSE)
    Letter.objects.filter(pk=letter.pk).update(not_before=now + pause)


def send_letter(*, letter_id: int, now: datetime) -> bool:
    """Send one mail; whether there was one to send.

    It is claimed and committed before it is sent: two workers never send the same.
    """
    letter = claim_letter(letter_id=letter_id, now=now)
    if letter is None:
        return False
    try:
        mail_of(letter).send()
    except OSError:  # SMTPException is one
        give_back(letter=letter, now=now)
        raise
    Letter.objects.filter(pk=letter.pk).update(sent_at=now)
    return True


def mail_of(letter: Letter) -> EmailMessage:
    """The mail, in the reader's language."""
    person, data = letter.person, facts_of(letter.decision)
    with translation.override(person.ui_language or "en"):
        title = decision_title(data)
        name = person.display_name
        lines = [
            _("Hello %s,") % name if name else _("Hello,"), "",
            f"{title}.", "", decision_text(data), "", *_way_on(letter), "",
        ]  # fmt: skip
        headers = {"Auto-Submitted": "auto-generated"}
        return EmailMessage(subject=title, body="\n".join(lines), to=[person.email or ""], headers=headers)


def _way_on(letter: Letter) -> list[str]:
    """Who is shut out can't come to the page of decisions: their mail has a link of its own."""
    if letter.decision.verb == Verb.BAN:
        token = link_of(person_id=letter.person_id, decision_id=letter.decision_id)
        return [_("If you think that this is wrong, appeal here: %s") % f"{settings.PUBLIC_URL}/appeal/{token}"]
    return [_("All that was decided about you: %s") % f"{settings.PUBLIC_URL}{DECISIONS_PAGE}"]
