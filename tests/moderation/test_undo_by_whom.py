"""Whose decisions somebody may take back, and what an undoing meets that time has done by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from oa.accounts.models import User
from oa.core.errors import Forbidden
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.trees.models import Message
from tests.builders import LATER, NOW, fresh, moderator, person, plant, policy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def delete(message: Message) -> Decision:
    return moderation.delete_message(message_id=message.pk, why="", by=moderator(), now=NOW)


def undo(decision: Decision, *, by: User | None = None, now: datetime = LATER) -> Decision:
    return moderation.undo(decision_id=decision.pk, why="a mistake", by=by or moderator(), now=now)


def test_a_longer_ban_is_undone_though_it_has_ended_by_itself() -> None:
    troll, mo = person(), moderator()
    day = timedelta(days=1)
    moderation.ban_person(person_id=troll.pk, until=NOW + day, why="x", by=mo, now=NOW)
    longer = moderation.ban_person(person_id=troll.pk, until=NOW + 2 * day, why="x", by=mo, now=NOW)
    moderation.end_what_is_over(person_id=troll.pk, now=NOW + 3 * day)

    undo(longer, now=NOW + 4 * day)

    troll.refresh_from_db()
    assert (troll.is_active, troll.banned_until) == (True, None)


def test_a_moderator_does_not_take_back_what_a_colleague_decided_about_their_words() -> None:
    author = moderator()
    prompt = plant(by=author)
    deleted = delete(prompt)

    with pytest.raises(Forbidden, match="may not decide"):
        moderation.undo(decision_id=deleted.pk, why="Mine", by=author, now=LATER)
    with pytest.raises(Forbidden, match="may not decide"):
        moderation.restore_message(message_id=prompt.pk, why="Mine", by=author, now=NOW)
    assert fresh(prompt).deleted

    undo(deleted)  # a colleague may
    own = moderation.delete_message(message_id=prompt.pk, why="x", by=author, now=NOW + timedelta(minutes=2))
    undo(own, by=author)
    assert not fresh(prompt).deleted
