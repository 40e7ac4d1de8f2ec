"""A write happens whole or not at all, and so does one that is part of another."""

from __future__ import annotations

import pytest
from django.db import transaction

from oa.accounts.models import User
from oa.core.verbs import verb
from tests import builders as b

pytestmark = pytest.mark.django_db(transaction=True)


class Refused(Exception):
    pass


@verb
def rename(person: User, name: str) -> None:
    User.objects.filter(pk=person.pk).update(display_name=name)


@verb
def rename_and_refuse(person: User, name: str) -> None:
    rename(person, name)
    raise Refused


def name_of(person: User) -> str:
    return User.objects.get(pk=person.pk).display_name


def test_what_is_refused_leaves_nothing() -> None:
    ada = b.person("Ada")
    with pytest.raises(Refused):
        rename_and_refuse(ada, "Bea")
    assert name_of(ada) == "Ada"


def test_a_refused_part_that_is_swallowed_takes_the_whole_with_it() -> None:
    ada, ben = b.person("Ada"), b.person("Ben")

    @verb
    def careless() -> None:
        rename(ben, "Bob")
        try:
            rename_and_refuse(ada, "Bea")
        except Refused:
            pass

    careless()

    assert (name_of(ada), name_of(ben)) == ("Ada", "Ben"), "half of it would be worse than none"


def test_a_savepoint_keeps_a_refused_part_from_the_rest() -> None:
    ada, ben = b.person("Ada"), b.person("Ben")

    @verb
    def careful() -> None:
        rename(ben, "Bob")
        try:
            with transaction.atomic():
                rename_and_refuse(ada, "Bea")
        except Refused:
            pass

    careful()

    assert (name_of(ada), name_of(ben)) == ("Ada", "Bob")
