"""An archived tree becomes one that people work on: from where it stands, with every promise kept."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from oa.datasets.actions import take_over
from oa.tasks import actions as tasks
from oa.tasks.models import LanguageDesk, Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import State
from tests import builders as make
from tests.datasets.files import DEMO, MIX, OASST1, OASST2, Row, answer, message, real, take, tree, write

pytestmark = pytest.mark.django_db

GOOD = {"spam": {"value": 0.0, "count": 3}}
BAD = {"spam": {"value": 1.0, "count": 3}}


def live(tmp_path: Path, *rows: Row) -> Tree:
    """These trees, taken over; the last of them."""
    report = take(write(tmp_path / "trees", rows), live=True)
    assert not report.refused
    assert make.broken_promises() == []
    return Tree.objects.get(pk=rows[-1]["message_tree_id"])


def stock(tree: Tree) -> Counter[str]:
    return Counter(Task.objects.stock().filter(tree=tree).values_list("kind", flat=True))


@pytest.mark.parametrize("name", [OASST2, OASST1, MIX, "demo"])
def test_real_trees_taken_over_keep_every_promise(name: str) -> None:
    report = take(DEMO if name == "demo" else real(name), live=True)

    assert report.notes["taken over"] > 30
    assert not Tree.objects.filter(archived=True).exists()
    assert make.broken_promises() == []


def test_real_trees_taken_over_are_worked_on() -> None:
    take(real(OASST2), live=True)

    kinds = set(Task.objects.open().values_list("kind", flat=True))
    assert kinds >= {Kind.LABEL_INITIAL_PROMPT, Kind.ASSISTANT_REPLY, Kind.RANK_ASSISTANT_REPLIES}
    assert set(LanguageDesk.objects.values_list("lang", flat=True)) == set(Tree.objects.values_list("lang", flat=True))


def test_a_desk_that_was_run_before_is_looked_after_at_once_and_no_promise_is_broken_until_then(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree(answer(review_result=None), answer(), state="growing")]))
    later = timezone.now() + timedelta(hours=1)
    tasks.fill_language(lang="en", now=later, rng=make.FAIR)
    assert (tasks.languages_due(later), make.broken_promises()) == ([], [])

    take_over(tree_ids=list(Tree.objects.values_list("pk", flat=True)), by=None, now=later)

    assert (tasks.languages_due(later), make.broken_promises()) == (["en"], [])


def test_an_archive_is_left_alone(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree(answer(review_result=None), answer(), state="growing")]))

    assert (Task.objects.count(), LanguageDesk.objects.count()) == (0, 0)
    assert make.broken_promises() == []


def test_an_archived_tree_can_be_taken_over_later_and_only_once(tmp_path: Path) -> None:
    take(write(tmp_path / "trees", [tree(state="growing")]), origin="here")

    call_command("take_over", "--origin", "here", verbosity=0)

    made = Tree.objects.get()
    assert (made.archived, stock(made)) == (False, {Kind.ASSISTANT_REPLY: 3})
    assert take_over(tree_ids=[made.pk], by=None, now=make.NOW) == {}
    assert make.broken_promises() == []
    with pytest.raises(CommandError, match="no such"):
        call_command("take_over", "--all")


def test_importing_an_archived_tree_again_as_live_takes_it_over(tmp_path: Path) -> None:
    path = write(tmp_path / "trees", [tree(state="growing")])
    take(path)

    report = take(path, live=True)

    assert (report.notes["taken over"], Tree.objects.get().archived) == (1, False)


def test_a_tree_ranked_through_stays_ready(tmp_path: Path) -> None:
    made = live(tmp_path, tree(answer(rank=1), answer(rank=0), answer(rank=2)))

    assert (made.state, made.goal_size, stock(made)) == (State.READY_FOR_EXPORT, 4, {})
    replies = Message.objects.filter(depth=1)
    assert set(replies.values_list("ranking_count", "baseline__rankings")) == {(3, 3)}


def test_a_half_ranked_group_is_to_be_ranked(tmp_path: Path) -> None:
    made = live(tmp_path, tree(answer(rank=0), answer(rank=1), answer()))

    assert (made.state, stock(made)) == (State.RANKING, {Kind.RANK_ASSISTANT_REPLIES: 3})
    assert set(Message.objects.values_list("rank", "ranking_count")) == {(None, 0)}


def test_gaps_that_deleted_replies_left_in_the_ranks_are_closed(tmp_path: Path) -> None:
    made = live(tmp_path, tree(answer(rank=0), answer(rank=1, deleted=True), answer(rank=2)))

    assert made.state == State.READY_FOR_EXPORT
    assert set(Message.objects.accepted().filter(depth=1).values_list("rank", flat=True)) == {0, 1}
    assert Message.objects.get(deleted=True).rank is None


def test_a_live_message_below_a_deleted_one_is_deleted(tmp_path: Path) -> None:
    row = tree(answer(deleted=True, replies=[message(replies=[answer()])]), answer())

    report = take(write(tmp_path / "trees", [row]), live=True)

    assert report.notes["deleted, because the message above was"] == 2
    assert Message.objects.live().count() == 2
    assert make.broken_promises() == []


@pytest.mark.parametrize(("labels", "result"), [(GOOD, True), (BAD, False)])
def test_what_has_its_reviews_is_decided(tmp_path: Path, labels: Row, result: bool) -> None:
    live(tmp_path, tree(answer(review_result=None, labels=labels), state="growing"))

    assert Message.objects.get(depth=1).review_result is result


def test_reviews_whose_labels_are_missing_are_done_again(tmp_path: Path) -> None:
    made = live(tmp_path, tree(answer(review_result=None, review_count=2), state="growing"))

    assert stock(made)[Kind.LABEL_ASSISTANT_REPLY] == 3
    assert Message.objects.get(depth=1).baseline == {"superseded": {"review_count": 2}}


def test_reviews_with_labels_count(tmp_path: Path) -> None:
    two = {"spam": {"value": 0.0, "count": 2}}
    made = live(tmp_path, tree(answer(review_result=None, review_count=2, labels=two), state="growing"))

    assert stock(made)[Kind.LABEL_ASSISTANT_REPLY] == 1


def test_a_prompt_under_review_goes_on_from_there(tmp_path: Path) -> None:
    accepted = tree(review_result=None, labels=GOOD, state="initial_prompt_review")
    waiting = tree(review_result=None, review_count=0, state="initial_prompt_review")

    assert stock(live(tmp_path, accepted, waiting)) == {Kind.LABEL_INITIAL_PROMPT: 3}
    assert Tree.objects.get(pk=accepted["message_tree_id"]).state == State.PROMPT_LOTTERY_WAITING


def test_a_failed_scoring_waits_to_be_scored(tmp_path: Path) -> None:
    made = live(tmp_path, tree(answer(rank=0), answer(rank=1), state="scoring_failed"))

    assert made.state == State.READY_FOR_SCORING
    assert TreeEvent.objects.filter(why="taken_over").count() == 1


def test_a_tree_deeper_than_the_policy_keeps_its_depth(tmp_path: Path) -> None:
    deep = answer(replies=[message(replies=[answer(replies=[message(replies=[answer()])])])])

    made = live(tmp_path, tree(deep, state="growing"))

    assert made.max_depth == 5


@pytest.mark.parametrize("state", State.values)
def test_a_tree_in_any_state_keeps_the_promises(state: str, tmp_path: Path) -> None:
    under_review = message(review_result=None, review_count=1)
    group = [answer(rank=0, replies=[under_review]), answer(), answer(review_result=False)]
    undecided = tree(*group, review_result=None, review_count=4, labels=GOOD, state=state)

    live(tmp_path, tree(*[answer() for _ in range(5)], state=state), undecided, tree(review_result=False, state=state))


@pytest.mark.parametrize("as_live", [True, False])
def test_what_came_finished_throws_no_dice_for_the_backlog(tmp_path: Path, as_live: bool) -> None:
    make.policy(p_activate_backlog_tree=1.0)
    take(write(tmp_path / "backlog", [tree(answer(), answer(), state="backlog_ranking") for _ in range(3)]), live=True)
    take(write(tmp_path / "ready", [tree(answer(rank=0), answer(rank=1)) for _ in range(3)]), live=as_live)

    tasks.fill_language(lang="en", now=make.LATER, rng=make.FAIR)

    assert Tree.objects.filter(state=State.BACKLOG_RANKING).count() == 3
