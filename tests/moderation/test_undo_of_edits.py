"""An edit that is undone: the old words come back as a new version, with all that was said of them."""

from __future__ import annotations

import pytest

from oa.accounts.models import User
from oa.core.errors import Conflict
from oa.moderation import actions as moderation
from oa.moderation.models import Decision
from oa.rankings import actions as rankings
from oa.rankings.models import Ballot, GroupRanking
from oa.reviews.models import Review
from oa.screening.models import Due, ToxicityScore
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, MessageRevision
from oa.trees.rules import State, parts_of
from tests.builders import (
    FAIR,
    LATER,
    NOW,
    accepted_answer,
    answer,
    ballot,
    broken_promises,
    fresh,
    growing,
    moderator,
    person,
    plant,
    policy,
    ranking,
    ready,
    replies_to,
    review,
    review_to_end,
    scored,
    state_of,
    stock_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def edit(message: Message, text: str = "Other words") -> Decision:
    return moderation.edit_message(message_id=message.pk, text=text, why="", by=moderator(), now=NOW)


def undo(decision: Decision) -> Decision:
    return moderation.undo(decision_id=decision.pk, why="it was fine", by=moderator(), now=LATER)


def what_is_found(person: User) -> list[Task]:
    """All tasks about messages that this person is handed, one after the other."""
    found = []
    kinds = [kind for kind in Kind if kind is not Kind.INITIAL_PROMPT]
    while task := tasks.next_task(kinds=kinds, langs=["en"], by=person, now=NOW, rng=FAIR):
        found.append(task)
    return found


def test_the_old_words_are_a_new_version_and_no_revision_is_lost() -> None:
    prompt = plant(text="As it was")
    decision = edit(prompt, "As it is")

    undo(decision)

    assert (fresh(prompt).text, fresh(prompt).version) == ("As it was", 3)
    revisions = MessageRevision.objects.filter(message=prompt).order_by("version")
    assert [(r.version, r.text, r.why) for r in revisions] == [(1, "As it was", ""), (2, "As it is", "it was fine")]
    assert decision.before["messages"][str(prompt.pk)]["version"] == 1
    assert broken_promises() == []


def test_texts_don_t_stand_in_the_log() -> None:
    prompt = plant(text="A secret number")
    decision = edit(prompt, "No number at all")
    undone = undo(decision)

    for line in (decision, undone):
        told = f"{line.before} {line.after} {line.details}"
        assert "secret" not in told and "No number" not in told


def test_reviews_of_the_old_words_count_again_and_those_of_the_others_don_t() -> None:
    prompt = plant()
    first = review(prompt, spam=1)
    before = [fresh(prompt).review_count, fresh(prompt).label_sums]
    decision = edit(prompt)
    review_to_end(prompt)

    undo(decision)

    assert [fresh(prompt).review_count, fresh(prompt).label_sums] == before
    assert fresh(prompt).review_result is None
    assert [str(pk) for pk in Review.objects.counting().values_list("pk", flat=True)] == [
        (first.result or {})["review_id"]
    ]
    assert broken_promises() == []


def test_nobody_is_handed_what_they_have_reviewed_answered_or_skipped_in_its_old_words() -> None:
    prompt, reviewer, writer = plant(), person(), person()
    review(prompt, by=reviewer)
    decision = edit(prompt)
    assert len(stock_of(prompt)) == 2

    undo(decision)

    open_tasks = [task for task in what_is_found(reviewer) if task.message_id == prompt.pk]
    assert open_tasks == []
    review(prompt), review(plant())
    grown = growing()
    answer(grown, by=writer)
    undo(edit(grown))
    assert [task for task in what_is_found(writer) if task.message_id == grown.pk] == []
    assert broken_promises() == []


def test_whoever_reviewed_only_the_words_that_are_gone_may_review_the_old_ones() -> None:
    prompt, reviewer = plant(), person()
    decision = edit(prompt)
    review(prompt, by=reviewer)

    undo(decision)

    review(prompt, by=reviewer)
    assert fresh(prompt).review_count == 1
    assert broken_promises() == []


def test_whoever_reviewed_both_counts_once() -> None:
    prompt, reviewer = plant(), person()
    review(prompt, by=reviewer, spam=1)
    decision = edit(prompt)
    review(prompt, by=reviewer)

    undo(decision)

    assert fresh(prompt).label_sums["spam"] == [1.0, 1]
    assert broken_promises() == []


def test_a_tree_that_was_ready_is_ready_with_its_ranks() -> None:
    prompt = ready()
    ranks = {reply.pk: reply.rank for reply in replies_to(prompt)}
    tiers = GroupRanking.objects.get(parent=prompt).tiers
    reply = replies_to(prompt)[0]
    decision = edit(reply)

    undo(decision)

    assert state_of(prompt) == State.READY_FOR_EXPORT
    assert {reply.pk: reply.rank for reply in replies_to(prompt)} == ranks
    assert GroupRanking.objects.get(parent=prompt).tiers == tiers
    assert Ballot.objects.counting().count() == 2
    assert broken_promises() == []


def test_ballots_on_the_words_that_are_gone_count_no_longer() -> None:
    prompt = ready()
    one, other = replies_to(prompt)
    old = set(Ballot.objects.values_list("pk", flat=True))
    best = one if fresh(one).rank == 0 else other
    decision = edit(best)
    review_to_end(best)
    worst = other if best == one else one
    while state_of(prompt) == State.RANKING:
        ballot(prompt, worst)
    rankings.score(tree_id=prompt.tree_id, now=NOW)
    assert fresh(best).rank == 1

    undo(decision)

    assert set(Ballot.objects.counting().values_list("pk", flat=True)) == old
    assert (state_of(prompt), fresh(best).rank) == (State.READY_FOR_EXPORT, 0)
    assert broken_promises() == []


def test_nobody_ranks_twice_what_they_ranked_before_the_edit() -> None:
    prompt, ranker = ranking(), person()
    ballot(prompt, by=ranker)
    decision = edit(replies_to(prompt)[0])

    undo(decision)

    assert [task for task in what_is_found(ranker) if task.message_id == prompt.pk] == []
    assert broken_promises() == []


def test_of_two_edits_in_a_group_the_first_is_undone_and_the_order_of_the_old_texts_stays_uncounted() -> None:
    prompt = ranking()
    ballot(prompt)
    one, other = replies_to(prompt)
    first, _second = edit(one, "One"), edit(other, "Other")

    undo(first)

    assert (fresh(one).version, fresh(other).version) == (3, 2)
    assert not Ballot.objects.counting().exists(), "the other reply still says something else"
    assert broken_promises() == []


def test_of_two_edits_in_a_group_both_undone_the_last_first_give_the_ballots_back() -> None:
    prompt, ranker = ranking(), person()
    ballot(prompt, by=ranker)
    one, other = replies_to(prompt)
    first, second = edit(one, "One"), edit(other, "Other")

    undo(second), undo(first)

    assert Ballot.objects.counting().count() == 1
    assert [task for task in what_is_found(ranker) if task.message_id == prompt.pk] == []
    assert broken_promises() == []


def test_edited_again_and_again_and_undone_again_and_again() -> None:
    prompt, reviewer = plant(text="As it was"), person()
    review(prompt, by=reviewer)
    made = [edit(prompt, f"Words {number}") for number in range(3)]

    for decision in reversed(made):
        undo(decision)

    assert (fresh(prompt).text, fresh(prompt).version, fresh(prompt).review_count) == ("As it was", 7, 1)
    assert [task for task in what_is_found(reviewer) if task.message_id == prompt.pk] == []
    undo(edit(prompt))
    assert fresh(prompt).review_count == 1
    assert broken_promises() == []


def test_a_prompt_rejected_in_its_new_words_is_where_it_was() -> None:
    prompt = growing()
    decision = edit(prompt)
    review_to_end(prompt, spam=1)
    assert state_of(prompt) == State.ABORTED_LOW_GRADE

    undo(decision)

    assert (state_of(prompt), fresh(prompt).review_result) == (State.GROWING, True)
    assert broken_promises() == []


def test_what_an_import_said_counts_again() -> None:
    prompt = ranking()
    one, other = replies_to(prompt)
    for rank, reply in enumerate((one, other)):
        brought = {"rank": rank, "rankings": 2, "review_count": 3, "labels": {"spam": {"value": 0.0, "count": 3}}}
        Message.objects.filter(pk=reply.pk).update(baseline=brought, review_count=5, ranking_count=2)
    before = [(m.baseline, m.review_count, m.ranking_count) for m in (fresh(one), fresh(other))]

    undo(edit(one))

    assert [(m.baseline, m.review_count, m.ranking_count) for m in (fresh(one), fresh(other))] == before
    assert broken_promises("P4") == []


def test_a_machine_reads_them_again_and_a_look_at_them_stands() -> None:
    prompt, boss = scored(plant(), 0.9), moderator()
    moderation.look(message_id=prompt.pk, by=boss, now=NOW)
    decision = edit(prompt)
    Due.objects.all().delete()

    undo(decision)

    score = ToxicityScore.objects.get(message=prompt)
    assert (score.version, score.looked_version, score.looked_by) == (3, 3, boss)
    assert {(due.kind, due.version) for due in Due.objects.filter(message=prompt)} == {("toxicity", 3), ("light", 3)}


def test_what_was_withheld_is_withheld_again() -> None:
    policy(toxicity_hides=True)
    prompt = scored(plant(), 0.99)
    moderation.withhold(message_id=prompt.pk, now=NOW)
    decision = edit(prompt)
    assert not fresh(prompt).withheld

    undo(decision)

    assert fresh(prompt).withheld
    assert broken_promises() == []


def test_search_finds_the_old_words_and_not_the_others() -> None:
    prompt = plant(text="A walrus sings")
    undo(edit(prompt, "A seal dances"))

    assert [list(Message.objects.saying(parts_of(words))) for words in ("walrus", "seal")] == [[prompt], []]


def test_words_that_were_erased_don_t_come_back() -> None:
    prompt = plant()
    decision = edit(prompt)
    MessageRevision.objects.filter(message=prompt).update(text="")

    with pytest.raises(Conflict) as refused:
        undo(decision)
    assert refused.value.code == "text_is_gone"


def test_an_edit_of_a_reply_leaves_what_was_said_of_others() -> None:
    policy(goal_tree_size=4, max_tree_depth=2)
    prompt = growing()
    reply = accepted_answer(prompt)
    below = accepted_answer(reply)

    undo(edit(reply))

    assert (fresh(below).review_count, fresh(below).review_result) == (2, True)
    assert broken_promises() == []
