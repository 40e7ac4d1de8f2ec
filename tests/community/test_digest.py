"""The mail of what became of somebody's messages: when it is due, in their language, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import Message as Mail
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client, override_settings
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.community import actions
from oa.community.models import Member
from tests import builders as b
from tests.community.people import browser, seen
from tests.races.crowd import together

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


class RefusingBackend(BaseEmailBackend):
    """A mail server that takes nothing from anybody."""

    def send_messages(self, email_messages: object) -> int:
        raise SMTPRecipientsRefused({})


def reader(digest: str = "daily", **fields: object) -> User:
    """Somebody whose prompt was accepted and drawn after they had asked for mails."""
    b.policy()
    author = b.person("Ann", **fields)
    actions.change_preferences(by=author, digest=digest, now=b.NOW - timedelta(minutes=1))
    b.growing(by=author)
    b.book()
    return author


def digest_of(person: User) -> EmailMessage:
    assert actions.send_digest(person_id=person.pk, now=b.NOW + 8 * DAY)
    return mail.outbox[-1]


def sent() -> Iterator[EmailMessage]:
    yield from mail.outbox


def test_it_tells_what_became_of_my_messages_with_a_way_out() -> None:
    author = reader()

    assert actions.send_digest(person_id=author.pk, now=b.NOW + DAY)

    (letter,) = sent()
    assert letter.to == [author.email]
    assert "news of your messages" in letter.subject
    assert "Hello Ann," in letter.body
    assert "Your message was accepted" in letter.body
    assert "Your prompt was drawn" in letter.body
    headers: Mail = letter.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert actions.link_of(author.pk) in letter.body
    way_out = headers["List-Unsubscribe"].replace("\n", "").replace(" ", "")
    assert way_out.endswith(f"/api/v1/community/unsubscribe/{actions.link_of(author.pk)}>")


def test_whoever_was_shut_out_since_they_were_found_due_gets_none() -> None:
    author = reader()
    User.objects.filter(pk=author.pk).update(is_active=False)

    assert not actions.send_digest(person_id=author.pk, now=b.NOW + DAY)
    assert list(sent()) == []


def test_it_is_sent_once_however_often_the_job_runs() -> None:
    author = reader()

    runs = [actions.send_digest(person_id=author.pk, now=b.NOW + DAY) for _ in range(3)]

    assert runs == [True, False, False]
    assert len(mail.outbox) == 1
    assert actions.digests_due(b.NOW + DAY) == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_send_one() -> None:
    author = reader()

    def run() -> bool:
        return actions.send_digest(person_id=author.pk, now=b.NOW + DAY)

    assert sorted(together(run, run, run), key=str) == [False, False, True]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("digest", "days"), [("daily", 1), ("weekly", 7)])
def test_it_is_due_after_a_day_or_a_week(digest: str, days: int) -> None:
    author = reader(digest)
    early, due = b.NOW + days * DAY - timedelta(hours=1), b.NOW + days * DAY

    assert actions.digests_due(early) == []
    assert not actions.send_digest(person_id=author.pk, now=early)
    assert actions.digests_due(due) == [author.pk]
    assert actions.send_digest(person_id=author.pk, now=due)


def test_nobody_who_did_not_ask_gets_one() -> None:
    author = reader("off")

    assert actions.digests_due(b.NOW + 30 * DAY) == []
    assert not actions.send_digest(person_id=author.pk, now=b.NOW + 30 * DAY)
    assert mail.outbox == []


def test_without_news_there_is_no_mail_and_the_next_one_tells_only_of_what_is_new() -> None:
    author = reader()
    assert actions.send_digest(person_id=author.pk, now=b.NOW + DAY)

    assert not actions.send_digest(person_id=author.pk, now=b.NOW + 2 * DAY)
    b.review_to_end(b.plant(by=author, now=b.NOW + 2 * DAY), spam=1, now=b.NOW + 2 * DAY)
    b.book(b.NOW + 2 * DAY + timedelta(hours=1))
    assert actions.send_digest(person_id=author.pk, now=b.NOW + 3 * DAY)

    assert "Your prompt was drawn" not in mail.outbox[1].body
    assert "Your message was not accepted" in mail.outbox[1].body


def test_what_was_muted_is_not_in_it() -> None:
    b.policy()
    author = b.person()
    actions.change_preferences(by=author, digest="daily", muted=["accepted"], now=b.NOW - timedelta(minutes=1))
    b.growing(by=author)
    b.book()

    actions.send_digest(person_id=author.pk, now=b.NOW + DAY)

    assert "Your message was accepted" not in mail.outbox[0].body


def test_a_mail_that_the_server_refuses_is_due_again() -> None:
    author = reader()

    with override_settings(EMAIL_BACKEND=f"{__name__}.RefusingBackend"), pytest.raises(SMTPRecipientsRefused):
        actions.send_digest(person_id=author.pk, now=b.NOW + DAY)

    assert actions.digests_due(b.NOW + DAY) == [author.pk]
    assert actions.send_digest(person_id=author.pk, now=b.NOW + DAY)
    assert len(mail.outbox) == 1


def test_only_addresses_that_were_confirmed_get_mails_where_that_is_asked() -> None:
    author = reader()

    with override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory"):
        assert actions.digests_due(b.NOW + DAY) == []
        EmailAddress.objects.create(user=author, email=author.email, verified=True, primary=True)
        assert actions.digests_due(b.NOW + DAY) == [author.pk]


def test_who_was_shut_out_gets_none() -> None:
    author = reader()
    User.objects.filter(pk=author.pk).update(is_active=False)

    assert actions.digests_due(b.NOW + DAY) == []


def test_the_link_shows_first_and_stops_only_when_it_is_pressed() -> None:
    author, anybody = reader("weekly"), APIClient(enforce_csrf_checks=True)
    where = f"/api/v1/community/unsubscribe/{actions.link_of(author.pk)}"

    assert anybody.get(where).json() == {"digest": "weekly"}
    assert Member.objects.of(author.pk).digest == "weekly"
    # As mail programs send it (RFC 8058): a form, without cookies.
    pressed = anybody.post(where, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert (pressed.status_code, pressed.json()) == (200, {"digest": "off"})
    assert seen(author, "me/preferences")["digest"] == "off"
    assert anybody.post(where).json() == {"digest": "off"}


@pytest.mark.parametrize("token", ["x", "x:y:z", "WyJhIl0:1abcde:abc"])
def test_a_link_of_somebody_elses_making_stops_nothing(token: str) -> None:
    for answer in (APIClient().get(f"/api/v1/community/unsubscribe/{token}"),
                   APIClient().post(f"/api/v1/community/unsubscribe/{token}")):  # fmt: skip
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_link")


def test_the_page_behind_the_link_asks_in_the_readers_language_and_stops_by_one_button() -> None:
    author, anybody = reader("weekly", ui_language="ar"), Client(enforce_csrf_checks=True)
    where = f"/api/v1/community/unsubscribe/{actions.link_of(author.pk)}/page"
    assert where in str(digest_of(author).body)

    asked = anybody.get(where)

    assert asked["Content-Type"].startswith("text/html")
    assert '<html lang="ar" dir="rtl">' in asked.text
    assert '<form method="post"><button>' in asked.text
    assert Member.objects.of(author.pk).digest == "weekly"
    assert "<form" not in anybody.post(where).text
    assert Member.objects.of(author.pk).digest == "off"
    assert anybody.get("/api/v1/community/unsubscribe/x/page").status_code == 404


def test_switching_it_on_tells_of_what_happens_from_now_on() -> None:
    b.policy()
    author = b.person()
    b.growing(by=author)
    b.book()

    browser(author).patch("/api/v1/me/preferences", {"digest": "daily"})

    chosen = Member.objects.of(author.pk).digested_at
    assert chosen is not None
    assert not actions.send_digest(person_id=author.pk, now=chosen + DAY)
