"""Moderators halt and resume trees, and shut people out."""

from __future__ import annotations

import pytest

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.core.errors import Conflict, Forbidden
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.tasks import actions as tasks
from oa.tasks.models import Task, Waiter
from oa.tasks.rules import Kind
from oa.trees.models import Message, TreeEvent
from oa.trees.rules import RED_FLAG, State, Why
from tests.builders import (
    NOW,
    admin,
    broken_promises,
    growing,
    moderator,
    person,
    plant,
    policy,
    ranking,
    ready,
    review_to_end,
    sit,
    state_of,
    stock_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def halt(message: Message) -> Decision:
    return moderation.halt_tree(tree_id=message.tree_id, why="off topic", by=moderator(), now=NOW)


def resume(message: Message) -> Decision:
    return moderation.resume_tree(tree_id=message.tree_id, why="looked at it", by=moderator(), now=NOW)


@pytest.mark.parametrize("place", [plant, growing, ranking, ready])
def test_a_halted_tree_offers_no_work_and_goes_on_where_it_was(place: object) -> None:
    prompt = place()  # type: ignore[operator]  # one of the builders
    before, stock = state_of(prompt), len(stock_of(prompt))

    halted = halt(prompt)
    assert (state_of(prompt), stock_of(prompt)) == (State.HALTED_BY_MODERATOR, [])
    assert (halted.verb, halted.why, halted.details) == (Verb.HALT, "off topic", {"before": before})
    assert broken_promises() == []

    resumed = resume(prompt)
    assert (state_of(prompt), len(stock_of(prompt))) == (before, stock)
    assert (resumed.verb, resumed.details) == (Verb.RESUME, {"after": before})
    assert broken_promises() == []


def test_the_history_says_who_halted_and_who_resumed() -> None:
    prompt = growing()
    by = halt(prompt).by, resume(prompt).by

    events = list(TreeEvent.objects.filter(tree=prompt.tree_id).order_by("-id")[:2])
    assert [(event.why, event.by) for event in reversed(events)] == list(
        zip((Why.HALTED, Why.RESUMED), by, strict=True)
    )


def test_halting_twice_and_resuming_what_runs_are_refused() -> None:
    prompt = growing()

    with pytest.raises(Conflict):
        resume(prompt)
    halt(prompt)
    with pytest.raises(Conflict):
        halt(prompt)


def test_what_happened_while_a_tree_stood_still_counts_when_it_goes_on() -> None:
    """Its replies were deleted meanwhile, so there is nothing left to rank."""
    prompt = ranking()
    halt(prompt)
    for reply in Message.objects.filter(parent=prompt):
        moderation.delete_message(message_id=reply.pk, why="", by=moderator(), now=NOW)

    resume(prompt)

    assert state_of(prompt) == State.READY_FOR_SCORING
    assert broken_promises() == []


def test_a_tree_the_crowd_stopped_goes_on_and_is_not_stopped_by_it_again() -> None:
    prompt = growing()
    flags = {RED_FLAG: 4}
    Message.objects.filter(pk=prompt.pk).update(emojis=flags, baseline={"emojis": flags})
    tasks.restock_tree(tree_id=prompt.tree_id, now=NOW)
    assert state_of(prompt) == State.ABORTED_LOW_GRADE

    resume(prompt)

    assert state_of(prompt) == State.PROMPT_LOTTERY_WAITING, "an aborted tree starts again from its prompt"
    tasks.restock_tree(tree_id=prompt.tree_id, now=NOW)
    assert state_of(prompt) == State.PROMPT_LOTTERY_WAITING
    assert broken_promises() == []


def test_a_tree_whose_prompt_was_rejected_goes_on_only_with_other_words() -> None:
    prompt = review_to_end(plant(), spam=1)

    with pytest.raises(Conflict, match="rejected the prompt"):
        resume(prompt)
    assert state_of(prompt) == State.ABORTED_LOW_GRADE

    moderation.edit_message(message_id=prompt.pk, text="A better question", why="", by=moderator(), now=NOW)
    resume(prompt)
    assert state_of(prompt) == State.INITIAL_PROMPT_REVIEW
    assert broken_promises() == []


def test_a_tree_without_its_prompt_does_not_go_on() -> None:
    prompt = growing()
    halt(prompt)
    moderation.delete_message(message_id=prompt.pk, why="", by=moderator(), now=NOW)

    with pytest.raises(Conflict, match="prompt is deleted"):
        resume(prompt)


def test_what_a_disabled_person_holds_goes_back_and_they_get_nothing_more() -> None:
    prompt, by, boss = growing(), person(), moderator()
    sit(prompt, Kind.ASSISTANT_REPLY, by=by)
    tasks.wait(kinds=[Kind.ASSISTANT_REPLY], langs=["en"], by=by, now=NOW)

    decision = moderation.ban_person(person_id=by.pk, why="advertises", by=boss, now=NOW)

    assert (decision.person, decision.by, decision.why) == (by, boss, "advertises")
    assert not User.objects.get(pk=by.pk).is_active
    assert Task.objects.open().filter(message=prompt).count() == 2
    assert not Waiter.objects.filter(person=by).exists()
    assert broken_promises() == []

    moderation.lift_ban(person_id=by.pk, why="promised", by=boss, now=NOW)
    assert User.objects.get(pk=by.pk).is_active


@pytest.mark.parametrize(
    ("actor", "target", "may"),
    [
        (Role.VOLUNTEER, Role.VOLUNTEER, False),
        (Role.MODERATOR, Role.VOLUNTEER, True),
        (Role.MODERATOR, Role.MODERATOR, False),
        (Role.MODERATOR, Role.ADMIN, False),
        (Role.ADMIN, Role.MODERATOR, True),
        (Role.ADMIN, Role.ADMIN, True),
    ],
)
def test_nobody_decides_about_an_equal_or_a_superior(actor: Role, target: Role, may: bool) -> None:
    by, about = person(role=actor), person(role=target)

    def act() -> Decision:
        return moderation.ban_person(person_id=about.pk, why="", by=by, now=NOW)

    if may:
        assert act().person == about
    else:
        with pytest.raises(Forbidden):
            act()
    assert User.objects.get(pk=about.pk).is_active is not may


def test_nobody_decides_about_themselves() -> None:
    boss = admin()

    with pytest.raises(Forbidden):
        moderation.ban_person(person_id=boss.pk, why="", by=boss, now=NOW)


def test_only_administrators_appoint() -> None:
    about = person()

    with pytest.raises(Forbidden):
        moderation.set_role(person_id=about.pk, role=Role.MODERATOR, why="", by=moderator(), now=NOW)
    decision = moderation.set_role(person_id=about.pk, role=Role.MODERATOR, why="trusted", by=admin(), now=NOW)

    assert User.objects.get(pk=about.pk).role == Role.MODERATOR
    assert decision.details == {"before": "volunteer", "after": "moderator"}


def test_disabling_twice_and_enabling_whoever_is_enabled_are_refused() -> None:
    about, boss = person(), moderator()

    with pytest.raises(Conflict):
        moderation.lift_ban(person_id=about.pk, why="", by=boss, now=NOW)
    moderation.ban_person(person_id=about.pk, why="", by=boss, now=NOW)
    with pytest.raises(Conflict):
        moderation.ban_person(person_id=about.pk, why="", by=boss, now=NOW)


def test_who_is_administrator_no_longer_keeps_no_other_power() -> None:
    """`createsuperuser` makes somebody who may do anything in Django's own admin: set up accounts, read secrets."""
    fallen = admin()
    fallen.is_superuser = True
    fallen.save(update_fields=["is_superuser"])

    moderation.set_role(person_id=fallen.pk, role=Role.MODERATOR, why="stepped back", by=admin(), now=NOW)

    fallen.refresh_from_db()
    assert (fallen.role, fallen.is_superuser) == (Role.MODERATOR, False)
