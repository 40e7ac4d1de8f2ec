"""Mails about decisions: who gets one, in which language, once, and not before the decision stands."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings

from oa.moderation import actions as moderation
from oa.moderation.actions.mailing import claim_letter
from oa.moderation.models import Letter
from tests import builders as b
from tests.races.crowd import together

TOMORROW = b.NOW + timedelta(days=1)


class RefusingBackend(BaseEmailBackend):
    """A mail server that takes nothing from anybody."""

    def send_messages(self, email_messages: object) -> int:
        raise SMTPRecipientsRefused({})


def send_all(now: datetime = b.NOW) -> int:
    due = moderation.letters_due(now)
    return sum(moderation.send_letter(letter_id=pk, now=now) for pk in due)


@pytest.mark.django_db
def test_a_ban_is_told_by_mail_with_a_link_to_appeal_in_the_language_of_the_reader() -> None:
    troll, mo = b.person("Ann", ui_language="de"), b.moderator()
    made = moderation.ban_person(
        person_id=troll.pk, until=TOMORROW, why="Insults", reason="harassment", by=mo, now=b.NOW
    )  # fmt: skip

    assert send_all() == 1

    [letter] = mail.outbox
    assert letter.to == [troll.email]
    assert "Insults" in letter.body
    assert "2. März 2026" in letter.body
    link = re.search(r"/appeal/(\S+)", str(letter.body))
    assert link is not None
    opened = moderation.read_link(link[1])
    assert (opened.person, opened.decision_id) == (troll, made.pk)
    assert send_all() == 0


@pytest.mark.django_db
def test_warnings_mutes_and_answers_are_mailed_and_the_second_check_is_not() -> None:
    troll, mo, other = b.person(), b.moderator(), b.moderator()
    warned = moderation.warn(person_id=troll.pk, why="Careful", by=mo, now=b.NOW)
    moderation.mute(person_id=troll.pk, until=TOMORROW, why="Insults", by=mo, now=b.NOW)
    moderation.watch(person_id=troll.pk, why="Careless", by=mo, now=b.NOW)
    appealed = moderation.appeal(decision_id=warned.pk, text="It was not me", by=troll, now=b.NOW)
    moderation.uphold(appeal_id=appealed.pk, why="It was", by=other, now=b.NOW)

    assert send_all() == 3

    assert {letter.subject for letter in mail.outbox} == {
        "A moderator warns you",
        "A moderator muted you: you may read, and not write",
        "Your appeal was looked at: the decision stands",
    }
    assert all("/me/decisions" in letter.body and letter.to == [troll.email] for letter in mail.outbox)


@pytest.mark.django_db
def test_an_end_that_comes_by_itself_is_not_mailed() -> None:
    troll, mo = b.person(), b.moderator()
    moderation.mute(person_id=troll.pk, until=TOMORROW, why="Insults", by=mo, now=b.NOW)
    send_all()

    moderation.end_what_is_over(person_id=troll.pk, now=TOMORROW)

    assert send_all(TOMORROW) == 0


@pytest.mark.django_db
@override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory")
def test_only_an_address_that_was_confirmed_gets_mail() -> None:
    troll, mo = b.person(), b.moderator()
    moderation.warn(person_id=troll.pk, why="Careful", by=mo, now=b.NOW)
    assert send_all() == 0

    EmailAddress.objects.create(user=troll, email=str(troll.email), verified=True, primary=True)

    assert send_all() == 1


@pytest.mark.django_db
def test_what_the_mail_server_refuses_is_tried_again_later_and_later() -> None:
    troll, mo = b.person(), b.moderator()
    moderation.warn(person_id=troll.pk, why="Careful", by=mo, now=b.NOW)

    with (
        override_settings(EMAIL_BACKEND="tests.moderation.test_letters.RefusingBackend"),
        pytest.raises(SMTPRecipientsRefused),
    ):
        send_all()

    assert moderation.letters_due(b.NOW) == []
    assert send_all(b.NOW + timedelta(minutes=2)) == 1
    assert Letter.objects.get().tries == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail() -> None:
    troll, mo = b.person(), b.moderator()
    moderation.warn(person_id=troll.pk, why="Careful", by=mo, now=b.NOW)
    [letter] = moderation.letters_due(b.NOW)

    def send() -> bool:
        return moderation.send_letter(letter_id=letter, now=b.NOW)

    assert sorted(together(send, send), key=bool) == [False, True]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_worker_that_died_at_a_mail_leaves_it_to_another() -> None:
    troll, mo = b.person(), b.moderator()
    moderation.warn(person_id=troll.pk, why="Careful", by=mo, now=b.NOW)
    [letter] = moderation.letters_due(b.NOW)
    assert claim_letter(letter_id=letter, now=b.NOW) is not None

    assert send_all(b.NOW + timedelta(minutes=1)) == 0
    assert send_all(b.NOW + timedelta(minutes=6)) == 1
