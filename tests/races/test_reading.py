"""Several workers read texts very like each other while a moderator changes some: nobody waits for ever, and in the end
every text has an earlier one that is like it, if there is one."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest
from django.utils import timezone

from oa.moderation import actions as moderation
from oa.screening import actions
from oa.screening.models import Due, Opinion
from oa.screening.rules import Check
from oa.trees.models import Message
from tests import builders as b
from tests.races.crowd import granted, together

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Explain to a five year old child how plants turn sunlight into food, please."
OTHER = "What is the capital of the smallest country in the south of Africa, and how do I get there?"


def work(_person: object = None) -> int:
    return sum(actions.read_waiting(clock=timezone.now, at_once=2) for _ in range(10))


def edit(message: Message, text: str) -> int:
    moderation.edit_message(message_id=message.pk, text=text, why="", by=b.moderator(), now=timezone.now())
    return 0


def test_readers_and_an_editor_do_not_wait_for_each_other_for_ever() -> None:
    b.policy()
    messages = [b.plant(text=f"{TEXT} {'!' * number}") for number in range(8)]
    first = messages[0]

    edits = [partial(edit, first, OTHER), partial(edit, messages[5], OTHER + "!"), partial(edit, messages[6], TEXT)]
    assert len(granted(together(work, work, work, *edits))) == 6
    Due.objects.filter(kind=Check.LIGHT).update(not_before=timezone.now())
    work()

    assert not Due.objects.filter(kind=Check.LIGHT).exists()
    alike = [message.pk for message in messages if message not in (first, messages[5])]
    twins: dict[UUID, UUID | None] = dict(Opinion.objects.values_list("message_id", "twin_id"))
    assert [twins[first.pk], twins[messages[5].pk], twins[alike[0]]] == [None, first.pk, None]
    for place, pk in enumerate(alike[1:], start=1):
        assert twins[pk] in alike[:place]
