"""Decisions answer cases: the case is closed with them, whoever has it in hand is not overruled, undoing asks again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.core.errors import Conflict, Refusal
from oa.moderation import actions as moderation
from oa.moderation.models import Appeal, Case, Decision, Report
from oa.moderation.rules import CaseVerb, Cause, ReportReason, Verb
from oa.trees.models import Message
from tests.builders import (
    LATER,
    NOW,
    accepted_answer,
    admin,
    broken_promises,
    fresh,
    growing,
    moderator,
    person,
    plant,
    policy,
    review_to_end,
    scored,
)

pytestmark = pytest.mark.django_db
LATEST = LATER + timedelta(hours=1)


@pytest.fixture(autouse=True)
def small_trees(db: None) -> None:
    policy()


def consider() -> None:
    while moderation.consider_doubts(now=NOW):
        pass


def reported(message: Message | None = None) -> Case:
    """The case of a message that somebody has reported."""
    message = message or plant()
    moderation.report(message_id=message.pk, reason=ReportReason.SPAM, note="", by=person(), now=NOW)
    consider()
    return Case.objects.get(message=message)


def message_of(case: Case) -> Message:
    assert case.message is not None
    return case.message


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def answer(case: Case, verb: CaseVerb, *, by: User | None = None, **more: object) -> Decision:
    given = moderation.Answer(verb, why="A test", **more)  # type: ignore[arg-type]  # one of its fields
    return moderation.decide(case_id=case.pk, answer=given, by=by or moderator(), now=LATER)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as met:
        act()
    return met.value.code


# What every answer does

MORE: dict[CaseVerb, dict[str, object]] = {
    CaseVerb.EDIT: {"text": "Other words"},
    CaseVerb.MOVE: {"lang": "de"},
    CaseVerb.MUTE: {"until": LATEST},
    CaseVerb.BAN: {"until": None},
}
ABOUT_A_MESSAGE = [
    CaseVerb.DISMISS, CaseVerb.DELETE, CaseVerb.SPAM, CaseVerb.EDIT, CaseVerb.HALT, CaseVerb.MOVE, CaseVerb.WARN,
    CaseVerb.MUTE, CaseVerb.BAN, CaseVerb.WATCH,
]  # fmt: skip


@pytest.mark.parametrize("verb", ABOUT_A_MESSAGE)
def test_any_answer_closes_the_case_and_its_reports_and_undoing_it_asks_again(verb: CaseVerb) -> None:
    case, mona = reported(), moderator()
    moderation.claim(case_id=case.pk, by=mona, now=LATER)

    decision = answer(case, verb, by=mona, **MORE.get(verb, {}))

    closed = again(case)
    assert (closed.closed_at, closed.closed_by, closed.claimed_by) == (LATER, mona, None)
    assert Report.objects.get().handled_at == LATER
    consider()
    assert again(case).closed_at == LATER
    assert broken_promises() == []

    moderation.undo(decision_id=decision.pk, by=mona, now=LATEST)

    opened = again(case)
    assert (opened.closed_at, opened.closed_by, opened.causes) == (None, None, {"report": 1})
    assert Report.objects.get().handled_at is None
    consider()
    assert again(case).closed_at is None
    assert broken_promises() == []


def test_a_stopped_tree_is_resumed_and_a_deleted_message_restored() -> None:
    case = reported()
    answer(case, CaseVerb.HALT)
    moderation.report(message_id=message_of(case).pk, reason=ReportReason.HATE, note="", by=person(), now=LATER)
    consider()
    answer(case, CaseVerb.RESUME)
    assert again(case).closed_at is not None

    deleted = plant()
    moderation.delete_message(message_id=deleted.pk, why="", by=moderator(), now=NOW)
    restored = Case.objects.create(message=deleted, causes={"report": 1}, opened_at=NOW)
    answer(restored, CaseVerb.RESTORE)
    assert not fresh(deleted).deleted
    assert again(restored).closed_at is not None


def test_a_decision_made_elsewhere_answers_the_case_too() -> None:
    case = reported()
    mona = moderator()
    moderation.delete_message(message_id=message_of(case).pk, why="Spam", by=mona, now=LATER)
    assert again(case).closed_by == mona


def test_deleting_answers_the_cases_of_all_that_goes_along_and_undoing_asks_them_again() -> None:
    prompt = growing()
    case, below = reported(prompt), reported(accepted_answer(prompt))
    decision = answer(case, CaseVerb.DELETE)
    assert [again(one).closed_at for one in (case, below)] == [LATER, LATER]

    moderation.undo(decision_id=decision.pk, by=moderator(), now=LATEST)
    assert [again(one).closed_at for one in (case, below)] == [None, None]


def test_a_decision_about_a_tree_answers_the_case_of_its_prompt_alone() -> None:
    prompt = growing()
    case, below = reported(prompt), reported(accepted_answer(prompt))
    moderation.halt_tree(tree_id=prompt.tree_id, why="", by=moderator(), now=LATER)
    assert [again(one).closed_at for one in (case, below)] == [LATER, None]


def test_a_decision_about_a_person_leaves_the_cases_of_their_messages() -> None:
    by = person()
    case = reported(plant(by=by))
    moderation.warn(person_id=by.pk, why="", reason="spam", by=moderator(), now=LATER)
    assert again(case).closed_at is None


def test_closing_one_report_of_two_leaves_the_case() -> None:
    case = reported()
    reported(fresh(message_of(case)))
    first, second = Report.objects.order_by("id")
    moderation.dismiss_report(report_id=first.pk, why="", by=moderator(), now=LATER)
    consider()
    assert (again(case).closed_at, again(case).causes) == (None, {"report": 1})
    moderation.dismiss_report(report_id=second.pk, why="", by=moderator(), now=LATER)
    consider()
    assert again(case).closed_at is not None


def test_the_system_asks_nobody_and_what_it_settles_is_closed_by_a_round() -> None:
    policy(toxicity_hides=True, toxicity_hide_above=0.9)
    message = scored(plant(), 0.95)
    consider()
    case = Case.objects.get()
    moderation.claim(case_id=case.pk, by=moderator(), now=NOW)
    assert moderation.withhold(message_id=message.pk, now=NOW)
    consider()
    assert again(case).causes == {"toxic": 1, "withheld": 1}


# Whoever has a case in hand is not overruled


def test_nobody_decides_what_another_has_in_hand() -> None:
    prompt = growing()
    child = accepted_answer(prompt)
    case, mona, max_ = reported(child), moderator(), moderator()
    moderation.claim(case_id=case.pk, by=mona, now=NOW)
    soon = NOW + timedelta(minutes=5)

    def delete(message: Message) -> Decision:
        return moderation.delete_message(message_id=message.pk, why="", by=max_, now=soon)

    with pytest.raises(Conflict) as met:
        delete(child)
    assert met.value.code == "in_other_hands"
    assert met.value.extra["moderator"] == {"id": str(mona.pk), "display_name": str(mona)}
    assert met.value.extra["until"] == (NOW + timedelta(minutes=10)).isoformat()
    assert refused(lambda: delete(prompt)) == "in_other_hands"  # the child would go along
    assert not fresh(child).deleted
    assert not Decision.objects.filter(verb=Verb.DELETE).exists()

    # Their time over, or let go, it is anybody's.
    moderation.release(case_id=case.pk, by=mona, now=soon)
    delete(child)


def test_a_claim_ends_by_itself() -> None:
    case = reported()
    moderation.claim(case_id=case.pk, by=moderator(), now=NOW)
    moderation.delete_message(message_id=message_of(case).pk, why="", by=moderator(), now=NOW + timedelta(minutes=10))
    assert again(case).closed_at is not None


def test_a_look_and_an_undo_are_refused_too() -> None:
    message = scored(plant(), 0.95)
    other = scored(plant(), 0.95)
    undone = moderation.dismiss_message(message_id=other.pk, why="", by=moderator(), now=NOW)
    consider()
    reported(other)
    for case in Case.objects.open():
        moderation.claim(case_id=case.pk, by=moderator(), now=NOW)
    max_ = moderator()

    assert refused(lambda: moderation.look(message_id=message.pk, by=max_, now=NOW)) == "in_other_hands"
    assert refused(lambda: moderation.undo(decision_id=undone.pk, by=max_, now=NOW)) == "in_other_hands"


# What is refused


def test_what_is_decided_is_not_decided_again() -> None:
    case, mona = reported(), moderator()
    answer(case, CaseVerb.DELETE, by=mona)

    with pytest.raises(Conflict) as met:
        answer(case, CaseVerb.DISMISS)
    assert met.value.code == "already_decided"
    assert met.value.extra["moderator"] == {"id": str(mona.pk), "display_name": str(mona)}


def test_only_moderators_and_not_about_what_is_their_own() -> None:
    mona = moderator()
    case = reported(plant(by=mona))
    assert refused(lambda: answer(case, CaseVerb.DISMISS, by=mona)) == "not_yours_to_decide"
    assert refused(lambda: answer(case, CaseVerb.DISMISS, by=person())) == "moderators_only"
    assert refused(lambda: moderation.claim(case_id=case.pk, by=mona, now=NOW)) == "not_yours_to_decide"


def test_an_answer_must_suit_the_case() -> None:
    case = reported()
    assert refused(lambda: answer(case, CaseVerb.UPHOLD)) == "not_an_answer"
    assert refused(lambda: answer(case, CaseVerb.MUTE)) == "until_missing"
    assert refused(lambda: answer(case, CaseVerb.EDIT, text="")) == "text_empty"
    assert refused(lambda: answer(case, CaseVerb.RESTORE)) == "not_deleted"
    assert again(case).closed_at is None
    nobodys = plant()
    Message.objects.filter(pk=nobodys.pk).update(author=None)
    assert refused(lambda: answer(reported(nobodys), CaseVerb.WARN)) == "nobody_to_decide_about"


# People, appeals, erasures


def test_a_suspicious_account_is_cleared_and_comes_again_only_for_more() -> None:
    troll, mona = person(), moderator()
    for _ in range(6):
        review_to_end(plant(by=troll), spam=1)
    moderation.doubt_person(person_id=troll.pk)
    consider()
    case = Case.objects.get(person=troll)
    answer(case, CaseVerb.CLEAR, by=mona)
    moderation.doubt_person(person_id=troll.pk)
    consider()
    assert again(case).closed_by == mona

    for _ in range(7):
        review_to_end(plant(by=troll), spam=1)
    moderation.doubt_person(person_id=troll.pk)
    consider()
    assert (again(case).closed_at, list(again(case).causes)) == (None, [Cause.SUSPICIOUS])


def appealed(by_whom: User) -> Case:
    author = person()
    message = plant(by=author)
    decision = moderation.delete_message(message_id=message.pk, why="", by=by_whom, now=NOW)
    moderation.appeal(decision_id=decision.pk, text="Why?", by=author, now=NOW)
    return Case.objects.get(appeal__decision=decision)


@pytest.mark.parametrize("verb", [CaseVerb.UPHOLD, CaseVerb.GRANT])
def test_an_appeal_opens_its_case_which_another_moderator_answers(verb: CaseVerb) -> None:
    mona, max_ = moderator(), moderator()
    case = appealed(mona)
    assert (case.causes, case.lang) == ({"appeal": 1}, "en")
    assert refused(lambda: answer(case, verb, by=mona)) == "not_yours_to_decide"
    assert moderation.claim_next(by=mona, now=NOW) is None

    answer(case, verb, by=max_)

    assert again(case).closed_by == max_
    assert Appeal.objects.get().outcome != ""
    consider()
    assert broken_promises() == []
    assert Case.objects.open().count() == 0


@pytest.mark.parametrize("verb", [CaseVerb.CONFIRM_PURGE, CaseVerb.CALL_OFF_PURGE])
def test_an_erasure_opens_its_case_which_a_second_moderator_answers(verb: CaseVerb) -> None:
    mona, max_ = moderator(), moderator()
    message = plant()
    moderation.ask_purge(message_id=message.pk, why="A home address", reason="personal_data", by=mona, now=NOW)
    case = Case.objects.get(purge__message=message)
    assert moderation.claim_next(by=mona, now=NOW) is None

    decision = answer(case, verb, by=max_)

    assert decision.verb == {CaseVerb.CONFIRM_PURGE: Verb.PURGE, CaseVerb.CALL_OFF_PURGE: Verb.CALL_OFF_PURGE}[verb]
    assert again(case).closed_by == max_
    assert broken_promises("P7") == []


def test_a_suspect_above_a_moderator_is_for_administrators() -> None:
    suspect = person(role=Role.MODERATOR)
    case = Case.objects.create(person=suspect, causes={"suspicious": 1}, severity=15, opened_at=NOW)
    mona, ada = moderator(), admin()
    assert moderation.claim_next(by=mona, now=NOW) is None
    assert moderation.claim_next(by=suspect, now=NOW) is None
    assert moderation.claim_next(by=ada, now=NOW) == case
