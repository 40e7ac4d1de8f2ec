"""The demo site: people, terms and trees, where the demo is on and nowhere else."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from pytest_django import Settings

from oa.accounts.models import Consent, Terms, User
from oa.accounts.rules import Role
from oa.datasets.actions.demo import PASSWORD, PEOPLE
from oa.tasks.models import LanguageDesk, Task
from oa.trees.models import Message, Tree
from tests import builders as make
from tests.datasets.files import OASST2, real

pytestmark = pytest.mark.django_db


def test_a_site_that_is_no_demo_gets_no_accounts_that_everybody_knows(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="OA_DEMO"):
        call_command("seed_demo")

    assert not User.objects.exists()


def brought() -> QuerySet[Message]:
    """The prompts that came with a file: what goes wrong on the demo is written by people of its own."""
    return Message.objects.filter(depth=0, author__imported=True)


def test_the_demo_has_people_who_have_agreed_and_work_in_seven_languages(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True

    call_command("seed_demo")

    people = User.objects.filter(email__endswith="@example.org")
    assert {person.role for person in people} == set(Role)
    assert all(person.check_password(PASSWORD) and person.terms_version == 1 for person in people)
    assert LanguageDesk.objects.count() == 7
    assert len(people) == len(PEOPLE)
    assert Tree.objects.filter(archived=False, pk__in=brought()).count() == 87
    assert Task.objects.open().values("lang").distinct().count() == 7
    assert make.broken_promises() == []
    told = capsys.readouterr().out
    assert all(person.email in told for person in PEOPLE) and PASSWORD in told


def test_a_second_start_finds_it_all_there(settings: Settings) -> None:
    settings.DEMO = True
    call_command("seed_demo")
    before = [model.objects.count() for model in (User, Terms, Consent, Tree, Task)]

    call_command("seed_demo")

    assert [model.objects.count() for model in (User, Terms, Consent, Tree, Task)] == before


def test_real_trees_may_stand_in_for_the_corpus(settings: Settings) -> None:
    settings.DEMO = True

    call_command("seed_demo", str(real(OASST2)))

    assert Tree.objects.filter(pk__in=brought()).count() == 353


def test_a_file_that_is_not_there_is_named(settings: Settings) -> None:
    settings.DEMO = True

    with pytest.raises(CommandError, match="nowhere"):
        call_command("seed_demo", "nowhere")
