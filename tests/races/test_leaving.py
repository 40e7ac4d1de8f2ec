"""People who leave at the same moment."""

from __future__ import annotations

import pytest

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.core.errors import Conflict
from oa.moderation import actions as moderation
from tests import builders as b
from tests.races.crowd import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSWORD = "correct horse battery"


def test_of_two_administrators_one_stays() -> None:
    b.policy()
    both = [b.person(name, role=Role.ADMIN) for name in ("Ada", "Bo")]
    for person in both:
        person.set_password(PASSWORD)
        person.save()

    def leaving(person: User) -> None:
        moderation.leave(password=PASSWORD, erases_texts=False, by=person, now=b.NOW)

    met = together(*[lambda person=person: leaving(person) for person in both])

    (refusal,) = [one for one in met if one is not None]
    assert isinstance(refusal, Conflict)
    assert refusal.code == "only_administrator"
    assert User.objects.enabled().filter(role=Role.ADMIN).count() == 1
