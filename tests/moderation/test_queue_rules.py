"""What needs a moderator, how badly, and when it is something new: pure functions, by table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oa.moderation.rules import (
    ANSWERS,
    CaseVerb,
    Cause,
    MessageFacts,
    Place,
    Subject,
    answers_to,
    causes_of,
    is_new,
    pressing,
    severity,
)
from oa.trees.rules import Policy

POLICY = Policy()
HARMLESS = MessageFacts(
    archived=False, deleted=False, withheld=False, version=1, reports=0, red_flags=0, skips=0, replies=0, accepted=True,
    score=1.0, threshold=0.6, personal_data=0, peak=0.01, said=0.0, looked=False, over=False,
)  # fmt: skip
# Everything at once.
BAD = replace(
    HARMLESS, withheld=True, version=2, reports=3, red_flags=4, skips=25, replies=1, accepted=False, score=0.5,
    personal_data=1, peak=0.99, said=0.9,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, {}),
        ({"reports": 2}, {Cause.REPORT: 2}),
        ({"red_flags": 1}, {Cause.RED_FLAGS: 1}),
        ({"withheld": True, "version": 3}, {Cause.WITHHELD: 3}),
        ({"personal_data": 2}, {Cause.PERSONAL_DATA: 1}),
        ({"skips": 24}, {}),
        ({"skips": 25}, {Cause.SKIPS: 25}),
        ({"peak": 0.69}, {}),
        ({"peak": 0.7, "version": 2}, {Cause.TOXIC: 2}),
        ({"peak": 0.7, "looked": True}, {}),
        ({"said": 0.49}, {}),
        ({"said": 0.5}, {Cause.PEOPLE_HIGH: 1}),
        ({"said": 0.5, "looked": True}, {}),
        ({"said": None}, {}),
        ({"accepted": False, "score": 0.0}, {}),
        ({"accepted": False, "score": 0.0, "replies": 1}, {Cause.REJECTED_ANSWERED: 1}),
        ({"score": 2 / 3}, {Cause.SPLIT: 1}),
        ({"score": 0.45}, {Cause.SPLIT: 1}),
        ({"score": 0.75}, {Cause.SPLIT: 1}),
        ({"score": 0.44}, {}),
        ({"score": 0.76}, {}),
        ({"score": 2 / 3, "accepted": None}, {}),
        ({"score": None}, {}),
    ],
)
def test_each_cause_by_what_is_known(change: dict[str, object], found: dict[Cause, int]) -> None:
    assert causes_of(replace(HARMLESS, **change), POLICY) == found  # type: ignore[arg-type]  # one of its fields


def test_nobody_is_split_where_nobody_objected_whatever_the_threshold() -> None:
    assert causes_of(replace(HARMLESS, threshold=0.95), POLICY) == {}


def test_thresholds_are_those_of_the_policy() -> None:
    mild = replace(HARMLESS, peak=0.3, said=0.3, score=0.4, skips=3)
    strict = Policy(
        toxicity_machine_high=0.3, toxicity_people_high=0.3, split_margin=0.2, auto_mod_max_skip_reply=3
    )  # fmt: skip

    assert causes_of(mild, POLICY) == {}
    assert set(causes_of(mild, strict)) == {Cause.TOXIC, Cause.PEOPLE_HIGH, Cause.SPLIT, Cause.SKIPS}


def test_what_the_triggers_never_doubt_is_no_cause_either() -> None:
    faint = replace(HARMLESS, peak=0.04, said=0.04)

    assert causes_of(faint, Policy(toxicity_machine_high=0.0, toxicity_people_high=0.0)) == {}


def test_what_is_deleted_needs_nobody_and_an_archived_import_only_answers_to_its_reports() -> None:
    assert causes_of(replace(BAD, deleted=True), POLICY) == {}
    assert causes_of(replace(BAD, archived=True), POLICY) == {Cause.REPORT: 3}
    assert causes_of(replace(BAD, archived=True, deleted=True), POLICY) == {Cause.REPORT: 3}


@pytest.mark.parametrize(
    ("cause", "level", "seen", "new"),
    [
        (Cause.REPORT, 1, 0, True),
        (Cause.REPORT, 1, 1, False),
        (Cause.REPORT, 2, 1, True),
        (Cause.TOXIC, 1, 1, False),
        (Cause.TOXIC, 2, 1, True),
        (Cause.RED_FLAGS, 5, 4, False),
        (Cause.RED_FLAGS, 8, 4, True),
        (Cause.RED_FLAGS, 2, 1, True),
        (Cause.SKIPS, 26, 25, False),
        (Cause.SKIPS, 50, 25, True),
        (Cause.SKIPS, 25, 0, True),
    ],
)
def test_only_more_than_a_moderator_has_seen_is_new(cause: Cause, level: int, seen: int, new: bool) -> None:
    assert is_new(cause, level, {cause: seen}) is new


def test_what_was_answered_does_not_press() -> None:
    assert pressing({Cause.TOXIC: 1, Cause.REPORT: 1}, {Cause.TOXIC: 1}) == {Cause.REPORT: 1}
    assert pressing({Cause.TOXIC: 1}, {Cause.TOXIC: 1}) == {}


def test_appeals_and_erasures_come_before_all_that_can_come_together() -> None:
    worst_message = severity(causes_of(replace(BAD, reports=1000, red_flags=1000, skips=1000), POLICY), BAD)

    assert severity({Cause.APPEAL: 1}) == severity({Cause.PURGE: 1}) > worst_message


def test_the_order_of_the_queue() -> None:
    def of(**change: object) -> float:
        facts = replace(HARMLESS, peak=0.0, **change)  # type: ignore[arg-type]  # one of its fields
        return severity(causes_of(facts, POLICY), facts)

    ordered = [
        of(reports=8), of(reports=2), of(reports=1), of(withheld=True), of(personal_data=1), of(red_flags=1),
        of(skips=1, red_flags=0, accepted=False, replies=1), of(score=2 / 3), of(),
    ]  # fmt: skip

    assert ordered == sorted(ordered, reverse=True)
    assert len(set(ordered)) == len(ordered)
    assert of() == 0


def test_what_is_worse_weighs_more_and_what_nobody_meets_weighs_half() -> None:
    toxic, worse = replace(HARMLESS, peak=0.8), replace(HARMLESS, peak=0.9)
    over = replace(toxic, over=True)

    def weight(facts: MessageFacts) -> float:
        return severity(causes_of(facts, POLICY), facts)

    assert weight(worse) > weight(toxic) == 2 * weight(over)
    reported = replace(over, reports=1)
    assert weight(reported) == weight(replace(reported, over=False))


HERE = Place(archived=False, deleted=False, is_prompt=True, tree_stopped=False, author_below=True)


def test_only_what_can_be_done_is_offered() -> None:
    V = CaseVerb
    people = {V.WARN, V.MUTE, V.BAN, V.WATCH}

    def offered(**change: bool) -> set[CaseVerb]:
        return set(answers_to(Subject.MESSAGE, replace(HERE, **change)))

    assert offered() == {V.DISMISS, V.DELETE, V.SPAM, V.EDIT, V.HALT, V.MOVE} | people
    assert offered(author_below=False) == {V.DISMISS, V.DELETE, V.SPAM, V.EDIT, V.HALT, V.MOVE}
    assert offered(deleted=True) == {V.DISMISS, V.RESTORE, V.HALT} | people
    assert offered(tree_stopped=True) == {V.DISMISS, V.DELETE, V.SPAM, V.EDIT, V.RESUME, V.MOVE} | people
    assert offered(is_prompt=False) == {V.DISMISS, V.DELETE, V.SPAM, V.EDIT, V.HALT} | people
    assert offered(archived=True) == {V.DISMISS} | people
    assert set(answers_to(Subject.APPEAL)) == {V.UPHOLD, V.GRANT}
    assert set(answers_to(Subject.PERSON)) == {V.CLEAR} | people


def test_every_verb_answers_something() -> None:
    assert {verb for verbs in ANSWERS.values() for verb in verbs} == set(CaseVerb)
