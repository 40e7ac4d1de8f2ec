"""Authors take back what they wrote from data sets, and give it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden, Missing
from oa.core.ids import new_id
from oa.datasets import actions
from oa.datasets.jobs import settle_withdrawn
from oa.datasets.models import Withdrawal
from oa.moderation import actions as moderation
from oa.tasks.models import Task
from oa.tasks.rules import Status
from oa.trees.models import Message, Tree
from oa.trees.rules import State
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    b.policy()
    return b.person("Wilma")


def tree_of(message: Message) -> Tree:
    return Tree.objects.get(pk=message.tree_id)


def rounds() -> None:
    for tree_id in actions.trees_to_settle():
        actions.settle_withdrawn(tree_id=tree_id, now=b.LATER)


def test_a_reply_that_is_withdrawn_stays_in_its_tree_and_work_goes_on(author: User) -> None:
    prompt = b.growing()
    answer = b.answer(prompt, by=author)
    before = (b.state_of(prompt), Task.objects.stock().filter(tree=prompt.tree_id).count())

    actions.withdraw(message_id=answer.pk, by=author, now=b.LATER)

    assert b.fresh(answer).withdrawn and not b.fresh(answer).deleted
    assert (b.state_of(prompt), Task.objects.stock().filter(tree=prompt.tree_id).count()) == before
    assert b.broken_promises() == []


def test_nobody_works_on_a_tree_whose_prompt_is_withdrawn_until_it_is_given_back(author: User) -> None:
    prompt = b.growing(by=author)
    stock = Task.objects.stock().filter(tree=prompt.tree_id).count()
    assert stock

    actions.withdraw(message_id=prompt.pk, by=author, now=b.LATER)

    assert b.state_of(prompt) == State.HALTED_BY_MODERATOR
    assert not Task.objects.stock().filter(tree=prompt.tree_id).exists()
    assert Task.objects.filter(tree=prompt.tree_id, status=Status.WITHDRAWN).exists()

    actions.give_back(message_id=prompt.pk, by=author, now=b.LATER)

    assert b.state_of(prompt) == State.GROWING
    assert Task.objects.stock().filter(tree=prompt.tree_id).count() == stock
    assert not tree_of(prompt).moderated
    assert b.broken_promises() == []


def test_a_finished_tree_stays_finished(author: User) -> None:
    prompt = b.ready()
    Message.objects.filter(pk=prompt.pk).update(author=author)

    actions.withdraw(message_id=prompt.pk, by=author, now=b.LATER)

    assert b.state_of(prompt) == State.READY_FOR_EXPORT


def test_a_tree_that_a_moderator_halted_stays_halted_when_its_prompt_is_given_back(author: User) -> None:
    prompt = b.growing(by=author)
    moderation.halt_tree(tree_id=prompt.tree_id, why="a quarrel", by=b.moderator(), now=b.LATER)

    actions.withdraw(message_id=prompt.pk, by=author, now=b.LATER)
    actions.give_back(message_id=prompt.pk, by=author, now=b.LATER)

    assert b.state_of(prompt) == State.HALTED_BY_MODERATOR


def test_no_moderator_resumes_what_its_author_took_back(author: User) -> None:
    prompt = b.growing(by=author)
    actions.withdraw(message_id=prompt.pk, by=author, now=b.LATER)

    with pytest.raises(Conflict) as refusal:
        moderation.resume_tree(tree_id=prompt.tree_id, why="go on", by=b.moderator(), now=b.LATER)

    assert refusal.value.code == "prompt_is_withdrawn"


def test_doing_it_twice_changes_nothing_and_each_time_is_kept(author: User) -> None:
    prompt = b.plant(by=author)
    for _ in range(2):
        actions.withdraw(message_id=prompt.pk, by=author, now=b.NOW)
    for _ in range(2):
        actions.give_back(message_id=prompt.pk, by=author, now=b.LATER)
    actions.withdraw(message_id=prompt.pk, by=author, now=b.LATER)

    rows = Withdrawal.objects.filter(message=prompt).order_by("at", "id")
    assert [(row.at, row.given_back_at) for row in rows] == [(b.NOW, b.LATER), (b.LATER, None)]


def test_only_its_author_takes_a_message_back(author: User) -> None:
    prompt = b.plant(by=b.person("Somebody else"))

    with pytest.raises(Forbidden) as not_mine:
        actions.withdraw(message_id=prompt.pk, by=author, now=b.LATER)
    with pytest.raises(Missing) as nothing:
        actions.withdraw(message_id=new_id(), by=author, now=b.LATER)

    assert (not_mine.value.code, nothing.value.code) == ("not_yours", "no_such_message")
    assert not b.fresh(prompt).withdrawn


def test_everything_is_taken_back_with_what_is_still_to_come_and_given_again(author: User) -> None:
    before, other = b.growing(by=author), b.growing()
    actions.withdraw_everything(by=author, now=b.LATER)
    after = b.plant(by=User.objects.get(pk=author.pk))

    rounds()

    assert [b.state_of(prompt) for prompt in (before, after, other)] == [
        State.HALTED_BY_MODERATOR, State.HALTED_BY_MODERATOR, State.GROWING,
    ]  # fmt: skip

    actions.give_everything_back(by=author, now=b.LATER)
    rounds()

    assert [b.state_of(prompt) for prompt in (before, after)] == [State.GROWING, State.INITIAL_PROMPT_REVIEW]
    assert actions.trees_to_settle() == []
    assert b.broken_promises() == []


def test_giving_everything_back_leaves_what_was_taken_back_by_itself(author: User) -> None:
    one, other = b.plant(by=author), b.plant(by=author)
    actions.withdraw(message_id=one.pk, by=author, now=b.NOW)
    actions.withdraw_everything(by=author, now=b.NOW)
    actions.give_everything_back(by=author, now=b.LATER)
    rounds()

    assert [b.fresh(message).withdrawn for message in (one, other)] == [True, False]
    assert [b.state_of(message) for message in (one, other)] == [
        State.HALTED_BY_MODERATOR, State.INITIAL_PROMPT_REVIEW,
    ]  # fmt: skip


def test_the_round_does_what_is_due(author: User, settings: object) -> None:
    prompt = b.growing(by=author)
    actions.withdraw_everything(by=author, now=b.LATER)

    settle_withdrawn()
    rounds()

    assert b.state_of(prompt) == State.HALTED_BY_MODERATOR


def test_whoever_leaves_with_their_texts_has_taken_everything_back(author: User) -> None:
    accounts.close_account(person=author, erases_texts=True, now=b.LATER)
    staying = b.person()
    accounts.close_account(person=staying, erases_texts=False, now=b.LATER)

    assert User.objects.get(pk=author.pk).withdrew_at == b.LATER
    assert User.objects.get(pk=staying.pk).withdrew_at is None


def test_where_a_message_stands_is_told_to_its_author(author: User) -> None:
    b.policy(embargo_days=30)
    prompt = b.plant(by=author, now=b.NOW)

    def held(days: int) -> object:
        return actions.standing_of(message_id=prompt.pk, by=author, now=b.NOW + timedelta(days=days))["held"]

    assert (held(29), held(30)) == ("embargoed", "")
    told = actions.standing_of(message_id=prompt.pk, by=author, now=b.NOW)
    assert told["free_from"] == b.NOW + timedelta(days=30)
    assert (told["releases"], told["withdrawn"]) == ([], False)

    actions.withdraw(message_id=prompt.pk, by=author, now=b.LATER)
    assert held(30) == "withdrawn"
