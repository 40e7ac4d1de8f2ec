"""A moderator looks at a message and leaves it as it is: whoever asked has their answer."""

from __future__ import annotations

import pytest

from oa.core.errors import Conflict, Forbidden
from oa.moderation import actions as moderation
from oa.moderation.models import Decision, Report, policies_in_force, to_withhold
from oa.moderation.rules import ReportReason, Verb
from oa.screening.models import ToxicityScore
from oa.trees.models import Message, Tree
from tests.builders import (
    LATER,
    NOW,
    answer,
    broken_promises,
    fresh,
    growing,
    moderator,
    person,
    plant,
    policy,
    scored,
    stock_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy(toxicity_hides=True)


def report(message: Message) -> Report:
    return moderation.report(message_id=message.pk, reason=ReportReason.HATE, note="", by=person(), now=NOW)[0]


def dismiss(message: Message) -> Decision:
    return moderation.dismiss_message(message_id=message.pk, why="harmless", by=moderator(), now=NOW)


def undo(decision: Decision) -> Decision:
    return moderation.undo(decision_id=decision.pk, by=moderator(), now=LATER)


def open_reports() -> set[object]:
    return set(Report.objects.filter(handled_at=None).values_list("pk", flat=True))


def test_all_open_reports_on_it_are_closed_and_open_again_when_that_is_undone() -> None:
    prompt, other = plant(), plant()
    mine = {report(prompt).pk, report(prompt).pk}
    theirs = report(other).pk

    decision = dismiss(prompt)
    assert open_reports() == {theirs}
    assert decision.verb == Verb.DISMISS

    undo(decision)
    assert open_reports() == {*mine, theirs}


def test_a_report_that_was_closed_before_stays_closed_when_it_is_undone() -> None:
    prompt = plant()
    first = report(prompt)
    moderation.dismiss_report(report_id=first.pk, why="", by=moderator(), now=NOW)
    second = report(prompt)

    undo(moderation.dismiss_message(message_id=prompt.pk, why="", by=moderator(), now=LATER))

    assert open_reports() == {second.pk}


def test_its_score_counts_as_looked_at() -> None:
    prompt = scored(plant(), 0.8)

    decision = dismiss(prompt)

    score = ToxicityScore.objects.get(message=prompt)
    assert (score.looked_version, score.looked_by, score.looked_at) == (1, decision.by, NOW)
    undo(decision)
    assert ToxicityScore.objects.get(message=prompt).looked_version == 0


def test_what_was_withheld_is_met_again_and_kept_back_again_when_that_is_undone() -> None:
    prompt = scored(growing(), 0.99)
    assert moderation.withhold(message_id=prompt.pk, now=NOW)
    assert stock_of(prompt) == []

    decision = dismiss(prompt)
    assert not fresh(prompt).withheld and stock_of(prompt)
    assert broken_promises() == []

    undo(decision)
    assert fresh(prompt).withheld and stock_of(prompt) == []
    assert broken_promises() == []


def test_what_nobody_asks_about_is_not_dismissed() -> None:
    for message in (plant(), scored(plant(), 0.05), answer(growing())):
        with pytest.raises(Conflict) as refused:
            dismiss(message)
        assert refused.value.code == "nothing_to_dismiss"


def test_a_second_time_there_is_nothing_left_to_answer() -> None:
    prompt = plant()
    report(prompt)
    dismiss(prompt)

    with pytest.raises(Conflict):
        dismiss(prompt)


def test_of_an_archived_tree_reports_are_answered_and_nothing_is_changed() -> None:
    prompt = scored(plant(), 0.99)
    Tree.objects.filter(pk=prompt.tree_id).update(archived=True)
    with pytest.raises(Conflict):
        dismiss(prompt)
    mine = report(prompt)

    decision = dismiss(prompt)

    assert open_reports() == set() and ToxicityScore.objects.get(message=prompt).looked_version == 0
    undo(decision)
    assert open_reports() == {mine.pk}


def test_only_moderators_answer() -> None:
    prompt = plant()
    report(prompt)
    with pytest.raises(Forbidden):
        moderation.dismiss_message(message_id=prompt.pk, why="", by=person(), now=NOW)


def test_what_the_system_kept_back_and_a_moderator_gave_free_by_undoing_is_not_kept_back_again() -> None:
    prompt = scored(plant(), 0.99)
    moderation.withhold(message_id=prompt.pk, now=NOW)

    undo(Decision.objects.get(verb=Verb.WITHHOLD))

    assert not fresh(prompt).withheld
    assert not to_withhold(policies_in_force()).exists()
    assert not moderation.withhold(message_id=prompt.pk, now=LATER)
    assert broken_promises() == []


def test_other_words_are_kept_back_though_the_old_ones_were_given_free() -> None:
    prompt = scored(plant(), 0.99)
    moderation.withhold(message_id=prompt.pk, now=NOW)
    undo(Decision.objects.get(verb=Verb.WITHHOLD))

    moderation.edit_message(message_id=prompt.pk, text="Worse words", why="", by=moderator(), now=LATER)
    scored(prompt, 0.99)

    assert [message.pk for message in to_withhold(policies_in_force())] == [prompt.pk]
