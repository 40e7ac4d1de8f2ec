"""Warnings, mutes, bans until a date, roles and notes: what they change, whom they may concern, and how they end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.celery import app
from oa.community.models import Total
from oa.core.errors import Conflict, Forbidden, Invalid, Refusal
from oa.moderation import actions as moderation
from oa.moderation.jobs import lift_what_is_over
from oa.moderation.models import Decision, Note
from oa.moderation.rules import Verb
from oa.tasks import actions as tasks
from oa.tasks.models import Task, Waiter
from oa.tasks.rules import Kind
from tests.builders import NOW, admin, broken_promises, moderator, person, plant, policy, sit, stock_of

pytestmark = pytest.mark.django_db

TOMORROW, WEEK = NOW + timedelta(days=1), NOW + timedelta(days=7)


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


@pytest.fixture
def mo() -> User:
    return moderator()


@pytest.fixture
def troll() -> User:
    return person()


@pytest.fixture
def at_once() -> Iterator[None]:
    """Workers run what is sent to them at once."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


def mute(troll: User, mo: User, until: datetime = TOMORROW, now: datetime = NOW) -> Decision:
    return moderation.mute(person_id=troll.pk, until=until, why="Insults", reason="harassment", by=mo, now=now)


def ban(troll: User, mo: User, until: datetime | None = None, now: datetime = NOW) -> Decision:
    return moderation.ban_person(person_id=troll.pk, until=until, why="Insults", by=mo, now=now)


def fresh(who: User) -> User:
    return User.objects.get(pk=who.pk)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_a_warning_changes_nothing_and_stands_in_the_log(mo: User, troll: User) -> None:
    made = moderation.warn(person_id=troll.pk, why="Careful", reason="spam", by=mo, now=NOW)

    assert (made.verb, made.reason, made.why, made.person) == (Verb.WARN, "spam", "Careful", troll)
    assert (made.before, made.after) == ({}, {})


def test_a_mute_says_what_it_changed_and_what_they_hold_goes_back(mo: User, troll: User) -> None:
    prompt = plant()
    sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=troll)
    tasks.wait(kinds=[Kind.INITIAL_PROMPT], langs=["en"], by=troll, now=NOW)

    made = mute(troll, mo)

    assert made.before == {"person": {"muted_until": None}}
    assert made.after == {"person": {"muted_until": TOMORROW.isoformat()}}
    assert not Task.objects.held_by(troll.pk).exists()
    assert not Waiter.objects.filter(person=troll).exists()
    assert len(stock_of(prompt)) == 2
    assert broken_promises() == []


def test_who_is_muted_gets_no_tasks_and_hands_nothing_in(mo: User, troll: User) -> None:
    task = sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=troll)
    User.objects.filter(pk=troll.pk).update(muted_until=TOMORROW)
    muted = fresh(troll)
    given: dict[str, Any] = {"by": muted, "now": NOW}

    with pytest.raises(Forbidden) as refused:
        tasks.next_task(kinds=list(Kind), langs=["en"], rng=Random(1), **given)
    assert (refused.value.code, refused.value.extra) == ("muted", {"until": TOMORROW.isoformat()})
    answer = tasks.Answer(labels={"spam": 0})
    assert code_of(lambda: tasks.submit(task_id=task.pk, answer=answer, rng=Random(1), **given)) == "muted"


def test_those_who_wait_get_nothing_by_assignment_while_they_are_muted(troll: User) -> None:
    tasks.wait(kinds=[Kind.LABEL_INITIAL_PROMPT], langs=["en"], by=troll, now=NOW)
    User.objects.filter(pk=troll.pk).update(muted_until=TOMORROW)
    plant()

    assert tasks.assign(person_id=troll.pk, now=NOW, rng=Random(1)) is None
    assert not Waiter.objects.filter(person=troll).exists()


@pytest.mark.parametrize(
    ("until", "code"),
    [(NOW, "until_is_over"), (NOW - timedelta(1), "until_is_over"), (NOW + timedelta(366), "until_too_far")],
)
def test_a_mute_ends_within_a_year_and_not_before_it_begins(
    mo: User, troll: User, until: datetime, code: str
) -> None:  # one value each
    with pytest.raises(Invalid) as refused:
        mute(troll, mo, until)

    assert refused.value.code == code
    assert fresh(troll).muted_until is None


def test_a_mute_is_made_longer_by_another_and_never_shorter(mo: User, troll: User) -> None:
    mute(troll, mo, TOMORROW)

    longer = mute(troll, mo, WEEK)

    assert longer.before == {"person": {"muted_until": TOMORROW.isoformat()}}
    assert code_of(lambda: mute(troll, mo, TOMORROW)) == "already_muted"
    assert fresh(troll).muted_until == WEEK
    moderation.unmute(person_id=troll.pk, why="Enough", by=mo, now=NOW)
    assert code_of(lambda: moderation.unmute(person_id=troll.pk, why="Again", by=mo, now=NOW)) == "not_muted"


def test_a_ban_until_a_date_becomes_one_for_good_but_no_shorter(mo: User, troll: User) -> None:
    made = ban(troll, mo, TOMORROW)
    assert made.after == {"person": {"is_active": False, "banned_until": TOMORROW.isoformat()}}

    for_good = ban(troll, mo)

    assert for_good.before == {"person": {"banned_until": TOMORROW.isoformat()}}
    assert (fresh(troll).is_active, fresh(troll).banned_until) == (False, None)
    assert code_of(lambda: ban(troll, mo, WEEK)) == "already_disabled"


def test_bans_and_mutes_end_by_themselves_and_the_log_says_so(mo: User, troll: User) -> None:
    ban(troll, mo, TOMORROW)
    other = person()
    mute(other, mo, TOMORROW)

    assert moderation.end_what_is_over(person_id=troll.pk, now=NOW) == []
    [let_in] = moderation.end_what_is_over(person_id=troll.pk, now=TOMORROW)
    [unmuted] = moderation.end_what_is_over(person_id=other.pk, now=WEEK)

    assert (let_in.verb, let_in.by, let_in.person) == (Verb.UNBAN, None, troll)
    assert (unmuted.verb, unmuted.by) == (Verb.UNMUTE, None)
    assert (fresh(troll).is_active, fresh(troll).banned_until, fresh(other).muted_until) == (True, None, None)
    assert moderation.end_what_is_over(person_id=troll.pk, now=WEEK) == []


@pytest.mark.usefixtures("at_once")
def test_a_round_finds_whose_time_is_over() -> None:
    over, not_yet = person(), person()
    now = datetime.now(tz=NOW.tzinfo)
    User.objects.filter(pk=over.pk).update(muted_until=now - timedelta(minutes=1))
    User.objects.filter(pk=not_yet.pk).update(muted_until=now + timedelta(hours=1))

    lift_what_is_over()

    assert (fresh(over).muted_until, fresh(not_yet).muted_until) == (None, now + timedelta(hours=1))


@pytest.mark.usefixtures("at_once")
def test_a_round_takes_back_what_was_given_to_somebody_at_the_moment_they_were_muted() -> None:
    lucky, prompt = person(), plant()
    sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=lucky)
    User.objects.filter(pk=lucky.pk).update(muted_until=datetime.now(tz=NOW.tzinfo) + timedelta(hours=1))

    lift_what_is_over()

    assert not Task.objects.held_by(lucky.pk).exists()
    assert len(stock_of(prompt)) == 2


def test_whoever_is_let_in_stands_on_the_boards_again(mo: User, troll: User) -> None:
    Total.objects.create(person=troll, period="day", lang="", starts=NOW, points=1, tasks=1, reached_at=NOW)
    ban(troll, mo, TOMORROW)
    assert not Total.objects.get(person=troll).shown

    moderation.end_what_is_over(person_id=troll.pk, now=TOMORROW)

    assert Total.objects.get(person=troll).shown


def decisions(by: User, about: User) -> dict[str, Callable[[], object]]:
    given: dict[str, Any] = {"person_id": about.pk, "why": "x", "by": by, "now": NOW}
    return {
        "warn": lambda: moderation.warn(**given),
        "mute": lambda: moderation.mute(until=TOMORROW, **given),
        "unmute": lambda: moderation.unmute(**given),
        "ban": lambda: moderation.ban_person(**given),
        "unban": lambda: moderation.lift_ban(**given),
        "watch": lambda: moderation.watch(**given),
        "unwatch": lambda: moderation.unwatch(**given),
        "clear": lambda: moderation.clear(**given),
        "role": lambda: moderation.set_role(role=Role.ADMIN, **given),
        "note": lambda: moderation.add_note(person_id=about.pk, text="x", by=by, now=NOW),
        "purge": lambda: moderation.ask_purge(person_id=about.pk, why="x", by=by, now=NOW),
    }


@pytest.mark.parametrize("verb", sorted(decisions(User(), User())))
@pytest.mark.parametrize("about", ["an equal", "a superior", "oneself"])
def test_nobody_decides_about_an_equal_a_superior_or_themselves(mo: User, verb: str, about: str) -> None:
    whom = {"an equal": moderator(), "a superior": admin(), "oneself": mo}[about]

    assert code_of(decisions(mo, whom)[verb]) == "not_above_them"
    assert not Decision.objects.exists()
    assert fresh(whom).is_active


@pytest.mark.parametrize("verb", sorted(decisions(User(), User())))
def test_volunteers_decide_about_nobody(verb: str) -> None:
    assert code_of(decisions(person(), person())[verb]) == "moderators_only"


def test_an_administrator_decides_about_moderators_and_other_administrators() -> None:
    boss, mo, other = admin(), moderator(), admin()

    moderation.mute(person_id=mo.pk, until=TOMORROW, why="Temper", by=boss, now=NOW)
    moderation.set_role(person_id=other.pk, role=Role.VOLUNTEER, why="Left the team", by=boss, now=NOW)

    assert (fresh(mo).muted_until, fresh(other).role) == (TOMORROW, Role.VOLUNTEER)
    assert code_of(decisions(fresh(mo), person())["warn"]) == "muted"


def test_no_moderator_gives_roles(mo: User, troll: User) -> None:
    assert code_of(decisions(mo, troll)["role"]) == "admins_only"


def test_nothing_is_decided_about_whoever_has_left(mo: User) -> None:
    gone = person(left_at=NOW, is_active=False)

    codes = {verb: code_of(act) for verb, act in decisions(mo, gone).items() if verb not in {"clear", "note", "purge"}}

    assert set(codes.values()) == {"has_left"}


def test_a_note_stands_with_its_person_and_its_words_not_in_the_log(mo: User, troll: User) -> None:
    note = moderation.add_note(person_id=troll.pk, text=" Knows Mia Muster ", by=mo, now=NOW)

    [noted] = Decision.objects.filter(person=troll)
    assert (note.text, noted.verb, noted.details) == ("Knows Mia Muster", Verb.NOTE, {"note": str(note.pk)})
    assert "Mia" not in str(Decision.objects.values_list())
    assert code_of(lambda: moderation.remove_note(note_id=note.pk, by=moderator(), now=NOW)) == "not_your_note"
    moderation.remove_note(note_id=note.pk, by=mo, now=NOW)
    assert not Note.objects.exists()
    assert Decision.objects.filter(verb=Verb.UNNOTE).count() == 1


def test_a_mute_that_was_undone_is_over_and_one_undone_after_its_end_is_taken_back_all_the_same(
    mo: User, troll: User
) -> None:  # the time that runs out must not make a wrong decision right
    made = mute(troll, mo)
    moderation.undo(decision_id=made.pk, why="Mixed up", by=mo, now=NOW)
    assert fresh(troll).muted_until is None

    again = mute(troll, mo, TOMORROW, now=NOW + timedelta(hours=1))
    moderation.end_what_is_over(person_id=troll.pk, now=TOMORROW)
    moderation.undo(decision_id=again.pk, why="Mixed up", by=mo, now=WEEK)

    assert fresh(troll).muted_until is None
    assert Decision.objects.filter(verb=Verb.UNDO).count() == 2


def test_undoing_what_let_somebody_in_shuts_them_out_again_and_empties_their_hands(mo: User, troll: User) -> None:
    ban(troll, mo, WEEK)
    lifted = moderation.lift_ban(person_id=troll.pk, why="Sorry", by=mo, now=NOW + timedelta(hours=1))
    sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=troll)

    moderation.undo(decision_id=lifted.pk, why="Not sorry", by=mo, now=NOW + timedelta(hours=2))

    assert (fresh(troll).is_active, fresh(troll).banned_until) == (False, WEEK)
    assert not Task.objects.held_by(troll.pk).exists()
    assert broken_promises() == []


def test_the_same_role_again_is_no_decision() -> None:
    with pytest.raises(Conflict) as refused:
        moderation.set_role(person_id=person().pk, role=Role.VOLUNTEER, why="x", by=admin(), now=NOW)

    assert refused.value.code == "nothing_changed"
