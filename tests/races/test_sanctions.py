"""Moderators decide about the same person, or the same appeal, at the same moment; or people work at that moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random

import pytest

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.core.errors import Refusal
from oa.moderation import actions as moderation
from oa.moderation.models import Appeal, Decision, unfit_with_tasks
from oa.moderation.rules import Verb
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from tests.builders import NOW, admin, broken_promises, fresh, moderator, person, plant, policy, sit
from tests.races.crowd import codes, granted, together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 3
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def ban(troll: User) -> Callable[[], Decision]:
    return partial(moderation.ban_person, person_id=troll.pk, why="x", by=moderator(), now=NOW)


def unban(troll: User) -> Callable[[], Decision]:
    return partial(moderation.lift_ban, person_id=troll.pk, why="x", by=moderator(), now=NOW)


def mute(troll: User) -> Callable[[], Decision]:
    return partial(moderation.mute, person_id=troll.pk, until=TOMORROW, why="x", by=moderator(), now=NOW)


def is_active(who: User) -> bool:
    return User.objects.get(pk=who.pk).is_active


def test_of_two_who_shut_somebody_out_one_does_and_the_other_is_told() -> None:
    for _ in range(ROUNDS):
        troll, prompt = person(), plant()
        sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=troll)

        results = together(ban(troll), ban(troll))

        assert (len(granted(results)), codes(results)) == (1, ["already_disabled"])
        assert Decision.objects.filter(person=troll).count() == 1
        assert not Task.objects.held_by(troll.pk).exists()
        assert broken_promises() == []


def test_a_ban_and_its_end_come_one_after_the_other_and_the_log_says_which_was_last() -> None:
    for _ in range(ROUNDS):
        troll = person()
        ban(troll)()

        results = together(ban(troll), unban(troll))

        last = Decision.objects.filter(person=troll).order_by("-id")[0]
        assert codes(results) in ([], ["already_disabled"])
        assert is_active(troll) == (last.verb == Verb.UNBAN)
        for earlier, later in zip(
            *(Decision.objects.filter(person=troll).order_by("id")[n:] for n in (0, 1)), strict=False
        ):
            assert later.before == earlier.after


def demote(whom: User, *, by: User) -> Callable[[], Decision]:
    return partial(moderation.set_role, person_id=whom.pk, role=Role.VOLUNTEER, why="x", by=by, now=NOW)


def shut_out(whom: User, *, by: User) -> Callable[[], Decision]:
    return partial(moderation.ban_person, person_id=whom.pk, why="x", by=by, now=NOW)


def promoted(whom: User, *, by: User) -> Callable[[], Decision]:
    """Whom somebody has made an administrator is none any more: that is undone."""
    made = moderation.set_role(person_id=whom.pk, role=Role.ADMIN, why="x", by=admin(), now=NOW)
    return partial(moderation.undo, decision_id=made.pk, by=by, now=NOW)


@pytest.mark.parametrize("against", [demote, shut_out, promoted])
def test_two_administrators_who_turn_on_each_other_leave_one(
    against: Callable[..., Callable[[], Decision]],
) -> None:
    for _ in range(ROUNDS):
        one = admin()
        other = person() if against is promoted else admin()
        first = against(other, by=one)
        second = demote(one, by=User.objects.get(pk=other.pk))

        results = together(first, second)

        assert len(granted(results)) == 1, codes(results)
        assert User.objects.enabled().filter(pk__in=[one.pk, other.pk], role=Role.ADMIN).count() == 1


def test_two_moderators_mute_once() -> None:
    for _ in range(ROUNDS):
        troll = person()

        results = together(mute(troll), mute(troll))

        assert (len(granted(results)), codes(results)) == (1, ["already_muted"])


def test_two_workers_let_somebody_in_once_and_a_moderator_may_be_faster() -> None:
    for _ in range(ROUNDS):
        troll = person()
        moderation.ban_person(person_id=troll.pk, until=TOMORROW, why="x", by=moderator(), now=NOW)
        end = partial(moderation.end_what_is_over, person_id=troll.pk, now=TOMORROW)

        results = together(end, end, unban(troll))

        assert codes(results) in ([], ["not_disabled"])
        assert Decision.objects.filter(person=troll, verb=Verb.UNBAN).count() == 1
        assert is_active(troll)


def test_of_two_who_decide_an_appeal_one_does_and_the_other_is_told() -> None:
    for _ in range(ROUNDS):
        author = person()
        prompt = plant(by=author)
        made = moderation.delete_message(message_id=prompt.pk, why="x", by=moderator(), now=NOW)
        said = moderation.appeal(decision_id=made.pk, text="Kind", by=author, now=NOW)

        results = together(
            partial(moderation.grant, appeal_id=said.pk, why="x", by=moderator(), now=NOW),
            partial(moderation.uphold, appeal_id=said.pk, why="x", by=moderator(), now=NOW),
        )

        assert (len(granted(results)), codes(results)) == (1, ["already_decided"])
        assert fresh(prompt).deleted == (Appeal.objects.get(pk=said.pk).outcome == "upheld")
        assert broken_promises() == []


def test_two_tabs_appeal_once() -> None:
    for _ in range(ROUNDS):
        troll = person()
        warned = moderation.warn(person_id=troll.pk, why="x", by=moderator(), now=NOW)
        appeal = partial(moderation.appeal, decision_id=warned.pk, text="No", by=troll, now=NOW)

        results = together(appeal, appeal)

        assert (len(granted(results)), codes(results)) == (1, ["already_appealed"])


def test_an_appeal_is_granted_while_another_undoes_the_decision() -> None:
    for _ in range(ROUNDS):
        author = person()
        prompt = plant(by=author)
        made = moderation.delete_message(message_id=prompt.pk, why="x", by=moderator(), now=NOW)
        said = moderation.appeal(decision_id=made.pk, text="Kind", by=author, now=NOW)

        results: list[Decision | Refusal] = together(
            partial(moderation.grant, appeal_id=said.pk, why="x", by=moderator(), now=NOW),
            partial(moderation.undo, decision_id=made.pk, why="x", by=moderator(), now=NOW),
        )

        assert set(codes(results)) <= {"already_undone"}
        assert Decision.objects.filter(undoes=made).count() == 1
        assert not fresh(prompt).deleted


def test_what_is_given_to_somebody_while_they_are_muted_is_taken_back_by_the_round() -> None:
    for _ in range(ROUNDS):
        troll = person()
        plant()
        ask = partial(tasks.next_task, kinds=list(Kind), langs=["en"], by=troll, now=NOW, rng=Random(1))

        results = together(mute(troll), ask)

        assert codes(results) in ([], ["muted"])
        for pk in unfit_with_tasks(NOW):
            moderation.empty_hands_of_unfit(person_id=pk, now=NOW)
        assert not Task.objects.held_by(troll.pk).exists()
        assert broken_promises() == []


def test_two_workers_erase_each_tree_once() -> None:
    author = person()
    for _ in range(4):
        plant(by=author)
    wish = moderation.ask_purge(person_id=author.pk, why="x", by=moderator(), now=NOW)
    moderation.confirm_purge(purge_id=wish.pk, by=moderator(), now=NOW)
    erase = partial(moderation.erase_trees, purge_id=wish.pk, most=10, now=NOW)

    together(erase, erase)
    erase()

    wish.refresh_from_db()
    assert (wish.erased, wish.done_at) == (4, NOW)
    assert broken_promises() == []


def test_of_two_who_confirm_an_erasure_and_call_it_off_one_does() -> None:
    for _ in range(ROUNDS):
        wish = moderation.ask_purge(message_id=plant().pk, why="x", by=moderator(), now=NOW)

        results = together(
            partial(moderation.confirm_purge, purge_id=wish.pk, by=moderator(), now=NOW),
            partial(moderation.call_off_purge, purge_id=wish.pk, why="x", by=moderator(), now=NOW),
        )

        assert len(granted(results)) == 1
        assert set(codes(results)) <= {"already_confirmed", "called_off"}
