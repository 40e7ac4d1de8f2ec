"""What the tests of the community share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.community.models import Member, Sums, Total
from oa.core.verbs import verb
from tests import builders as b


def seen(person: User, path: str, **query: str | float) -> Any:
    """What this person gets there, as JSON."""
    client = APIClient()
    client.force_login(person)
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def browser(person: User) -> APIClient:
    client = APIClient()
    client.force_login(person)
    return client


@verb
def give(
    points: Mapping[User, float] | Iterable[tuple[User, float]], *, lang: str = "en", now: datetime = b.NOW
) -> None:
    """Put these people on the boards, one shortly after the other, without all the work it takes."""
    pairs = points.items() if isinstance(points, Mapping) else points
    for number, (person, some) in enumerate(pairs):
        sums = Sums()
        sums.add(person.pk, lang=lang, at=now + timedelta(microseconds=number), points=Decimal(str(some)), tasks=1)
        member = Member.objects.hold([person.pk])[person.pk]
        Total.objects.add(sums, shown={person.pk: member.show_on_boards and person.is_active})
