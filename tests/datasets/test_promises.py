"""P11: what a release that the world has seen must not have in it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.datasets import actions
from oa.datasets.models import Release, ReleaseMember
from oa.datasets.rules.states import ReleaseState
from oa.moderation import actions as moderation
from oa.trees.models import Message
from tests import builders as b

pytestmark = pytest.mark.django_db

EARLY, TAKEN, LATE = (b.NOW + timedelta(days=days) for days in (1, 2, 3))


@pytest.fixture
def author() -> User:
    b.policy()
    return b.person("Wilma")


def released(message: Message, *, state: str = ReleaseState.PUBLISHED, taken_at: datetime = TAKEN) -> Release:
    release = Release.objects.create(
        name=f"r{Release.objects.count()}", licence="Apache-2.0", state=state, taken_at=taken_at, at=taken_at,
        published_at=taken_at,
    )  # fmt: skip
    ReleaseMember.objects.create(release=release, message=message)
    return release


def breaches() -> list[str]:
    return b.broken_promises("P11")


def test_what_was_taken_back_before_is_a_breach_and_afterwards_is_not(author: User) -> None:
    before, after = b.plant(by=author), b.plant(by=author)
    actions.withdraw(message_id=before.pk, by=author, now=EARLY)
    actions.withdraw(message_id=after.pk, by=author, now=LATE)

    release = released(before)
    released(after)

    assert breaches() == [f"P11: release {release.name} has message {before.pk}, which its author had taken back"]


def test_what_was_given_back_in_time_is_no_breach(author: User) -> None:
    prompt = b.plant(by=author)
    actions.withdraw(message_id=prompt.pk, by=author, now=b.NOW)
    actions.give_back(message_id=prompt.pk, by=author, now=EARLY)
    released(prompt)

    assert breaches() == []


def test_everything_taken_back_counts_for_each_message(author: User) -> None:
    prompt = b.plant(by=author)
    actions.withdraw_everything(by=author, now=EARLY)
    actions.give_everything_back(by=author, now=LATE)
    released(prompt)

    assert len(breaches()) == 1


def test_whoever_had_left_with_their_texts_is_in_no_release_after_that(author: User) -> None:
    prompt = b.plant(by=author)
    accounts.close_account(person=author, erases_texts=True, now=EARLY)
    released(prompt)
    released(prompt, taken_at=b.NOW)

    assert len(breaches()) == 1


def test_whoever_had_taken_the_consent_back_is_in_no_release_after_that(author: User) -> None:
    accounts.publish_terms(text="Be kind.", now=b.NOW)
    User.objects.filter(pk=author.pk).update(terms_version=None)
    accounts.accept_terms(version=1, by=author, now=b.NOW)
    prompt = b.plant(by=User.objects.get(pk=author.pk))
    released(prompt)
    assert breaches() == []

    accounts.withdraw_consent(by=author, now=LATE)
    assert breaches() == []
    released(prompt, taken_at=LATE)

    assert breaches() == [f"P11: release r1 has message {prompt.pk}, whose author did not agree to the terms"]


def test_what_had_been_deleted_is_a_breach_and_what_is_deleted_later_is_not(author: User) -> None:
    mo = b.moderator()
    before, restored, after = (b.plant(by=author) for _ in range(3))
    for message, now in ((before, EARLY), (restored, b.NOW), (after, LATE)):
        moderation.delete_message(message_id=message.pk, why="spam", by=mo, now=now)
    moderation.restore_message(message_id=restored.pk, why="a mistake", by=mo, now=EARLY)
    moderation.delete_message(message_id=restored.pk, why="after all", by=mo, now=LATE)
    for message in (before, restored, after):
        released(message)

    assert breaches() == [f"P11: release r0 has message {before.pk}, which had been deleted"]


def test_a_release_nobody_has_seen_breaks_no_promise(author: User) -> None:
    prompt = b.plant(by=author)
    actions.withdraw(message_id=prompt.pk, by=author, now=EARLY)
    released(prompt, state=ReleaseState.REFUSED)

    assert breaches() == []


def test_what_of_a_release_is_gone_meanwhile_is_listed(author: User) -> None:
    kept, withdrawn, deleted = (b.plant(by=author) for _ in range(3))
    release = released(kept)
    ReleaseMember.objects.bulk_create(ReleaseMember(release=release, message=row) for row in (withdrawn, deleted))
    actions.withdraw(message_id=withdrawn.pk, by=author, now=LATE)
    moderation.delete_message(message_id=deleted.pk, why="spam", by=b.moderator(), now=LATE)

    assert dict(actions.tombstones(release)) == {withdrawn.pk: "withdrawn", deleted.pk: "deleted"}

    actions.give_back(message_id=withdrawn.pk, by=author, now=LATE)
    assert dict(actions.tombstones(release)) == {deleted.pk: "deleted"}
