"""What goes wrong on the demo site is enough for a moderator's whole session, and broke nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from oa.accounts.models import User
from oa.datasets.actions.demo import SECOND_MODERATOR, seed_people
from oa.datasets.actions.trouble import OUR_LANGUAGE, seed_trouble, told
from oa.moderation import actions as moderation
from oa.moderation.models import Appeal, Case, Decision, Purge
from oa.moderation.models.clusters import clusters
from oa.moderation.rules import Cause, Verb
from oa.screening import actions as screening
from oa.tasks import actions as tasks
from oa.tasks.models import LanguageDesk
from oa.trees.models import Message
from tests import builders as b

pytestmark = pytest.mark.django_db


def rounds() -> None:
    """What workers do meanwhile."""
    while screening.read_waiting(clock=timezone.now):
        pass
    while moderation.consider_doubts(now=timezone.now()):
        pass


def open_causes() -> Counter[str]:
    return Counter(cause for case in Case.objects.filter(closed_at=None) for cause in case.causes)


def test_a_moderator_finds_one_of_everything(settings: Settings) -> None:
    settings.DEMO = True
    call_command("seed_demo")
    rounds()

    without_a_model = set(Cause) - {Cause.TOXIC, Cause.WITHHELD}
    assert without_a_model <= set(open_causes())
    suspected = Case.objects.filter(person__isnull=False, closed_at=None)
    assert set(suspected.values_list("person__display_name", flat=True)) == {"Hasty", "Babble"}
    spam = clusters(lang=OUR_LANGUAGE, fewest=3, since=timezone.now() - timedelta(days=30))[0]
    assert (spam.size, spam.accounts) == (12, 4)
    assert b.broken_promises() == []


def an_empty_site() -> User:
    """With people and prompts to write, without a corpus."""
    now = timezone.now()
    seed_people(now=now)
    LanguageDesk.objects.create(lang=OUR_LANGUAGE)
    tasks.fill_language(lang=OUR_LANGUAGE, now=now - timedelta(days=3), rng=Random(1))
    return User.objects.get(email=SECOND_MODERATOR)


def test_appeals_and_an_erasure_wait_for_another_moderator_than_the_one_who_decided() -> None:
    second = an_empty_site()

    seed_trouble(second=second, now=timezone.now())

    assert set(Appeal.objects.filter(outcome="").values_list("against", flat=True)) == {second.pk}
    assert Purge.objects.get(confirmed_at=None).asked_by == second
    assert {case.subject for case in Case.objects.filter(closed_at=None)} >= {"appeal", "purge"}


def test_the_log_tells_the_story() -> None:
    second = an_empty_site()

    seed_trouble(second=second, now=timezone.now())

    told_in_order = Decision.objects.filter(by=second).order_by("at").values_list("verb", flat=True)
    assert list(told_in_order) == [
        Verb.WARN, Verb.NOTE, Verb.HALT, Verb.RESUME, Verb.BAN, Verb.DELETE, Verb.ASK_PURGE,
    ]  # fmt: skip


def test_it_happens_once() -> None:
    second = an_empty_site()
    assert seed_trouble(second=second, now=timezone.now())
    before = Message.objects.count()

    assert seed_trouble(second=second, now=timezone.now()) == 0
    assert Message.objects.count() == before


def test_nobody_of_them_can_sign_in_and_no_address_is_anybodys() -> None:
    seed_trouble(second=an_empty_site(), now=timezone.now())

    trolls = User.objects.exclude(email__endswith="@example.org")
    assert all(person.email and person.email.endswith("@example.net") for person in trolls)
    assert not any(person.has_usable_password() for person in trolls)
    assert len(trolls) >= len(told()["accounts"]["spammers"])
