"""What the database itself refuses, whoever tries and by whatever way. Each constraint is named by its sentence."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from oa.accounts.actions import accept_terms, publish_terms
from oa.accounts.models import Consent, Terms, User
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from oa.trees.models import Message, MessageRevision, Tree, TreeEvent
from tests.builders import NOW, accepted_answer, answer, ballot, growing, person, plant, policy, ranking, review, sit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_trees() -> None:
    policy()


def refused(name: str, act: Callable[[], object]) -> None:
    """The database refuses this act, and says so under this name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()
        connection.check_constraints()


def change(message: Message, **columns: object) -> Callable[[], object]:
    return lambda: Message.objects.filter(pk=message.pk).update(**columns)


def test_the_shape_of_a_tree() -> None:
    first, other = growing(), growing()
    reply = answer(first)

    refused("only_the_prompt_has_no_parent_and_it_names_the_tree", change(reply, parent=None))
    refused("only_the_prompt_has_no_parent_and_it_names_the_tree", change(first, depth=2))
    refused("roles_alternate_from_the_prompter", change(reply, role="prompter"))
    refused("a_parent_is_one_level_up_in_the_same_tree", change(reply, depth=3))
    refused("a_parent_is_one_level_up_in_the_same_tree", change(reply, parent=other))
    refused("a_parent_is_one_level_up_in_the_same_tree", change(reply, tree=other.tree_id))


def test_one_live_reply_per_person_and_parent() -> None:
    prompt = growing()
    one, other = answer(prompt), answer(prompt)

    refused("one_live_reply_per_person_and_parent", change(other, author=one.author))
    change(one, deleted=True)()
    change(other, author=one.author)()


def test_one_review_per_person_and_message() -> None:
    prompt = plant()
    review(prompt), review(prompt)
    one, other = Review.objects.of(prompt.pk)

    refused("one_review_per_person_and", lambda: Review.objects.filter(pk=other.pk).update(by=one.by))
    refused(
        "one_review_per_person_and_message", lambda: Review.objects.filter(pk=other.pk).update(by=one.by, version=2)
    )


def test_one_ballot_per_person_and_parent() -> None:
    prompt = ranking()
    ballot(prompt), ballot(prompt)
    one, other = Ballot.objects.of(prompt.pk)

    refused("one_ballot_per_person_and_parent", lambda: Ballot.objects.filter(pk=other.pk).update(by=one.by))


def test_nobody_meets_a_text_twice_for_the_same_work() -> None:
    prompt, by = plant(), person()
    sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by)

    refused("nobody_meets_a_text_twice_for_the_same_work", lambda: sit(prompt, Kind.LABEL_INITIAL_PROMPT, by=by))


def test_a_task_in_hand_has_a_person_and_an_end() -> None:
    task = sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=person())
    rows = Task.objects.filter(pk=task.pk)

    refused("a_task_in_hand_has_a_person_and_an_end", lambda: rows.update(assignee=None))
    refused("a_task_in_hand_has_a_person_and_an_end", lambda: rows.update(expires_at=None))
    refused("a_task_in_hand_has_a_person_and_an_end", lambda: rows.update(status="open"))


def test_tasks_say_what_they_are_about_and_why_they_were_skipped() -> None:
    task = sit(plant(), Kind.LABEL_INITIAL_PROMPT, by=person())
    rows = Task.objects.filter(pk=task.pk)

    refused("every_task_but_a_new_prompt_is_about_a_message", lambda: rows.update(message=None))
    refused("every_task_but_a_new_prompt_is_about_a_message", lambda: rows.update(kind=Kind.INITIAL_PROMPT))
    refused("a_skip_has_a_reason", lambda: rows.update(status="skipped"))


def test_a_tree_is_in_a_known_state_and_its_events_are_moves() -> None:
    tree = plant().tree
    rows = Tree.objects.filter(pk=tree.pk)

    refused("a_tree_is_in_a_known_state", lambda: rows.update(state="flying"))
    refused("scoring_failed_is_only_ever_imported", lambda: rows.update(state="scoring_failed"))
    refused(
        "an_event_is_a_move",
        lambda: TreeEvent.objects.create(tree=tree, before="growing", after="growing", why="halted", at=NOW),
    )


def test_there_is_one_text_per_version() -> None:
    message, by = accepted_answer(growing()), person()

    def keep() -> object:
        return MessageRevision.objects.create(message=message, version=1, text="", by=by, at=NOW)

    keep()
    refused("one_text_per_version", keep)


def test_people_have_one_account_per_address_and_a_known_role() -> None:
    by = person()
    shouted = (by.email or "").upper()

    refused("one_account_per_email", lambda: User.objects.create(email=shouted))
    refused("who_signs_in_has_an_email", lambda: User.objects.create(email=None))
    refused("a_person_has_a_known_role", lambda: User.objects.filter(pk=by.pk).update(role="king"))


def test_the_ledger_of_consents_is_only_added_to() -> None:
    by = person(terms_version=None)
    publish_terms(text="Be kind.", now=NOW)
    terms = Terms.objects.current()
    assert terms is not None
    accept_terms(version=terms.version, by=by, now=NOW)

    refused("only added to", lambda: Consent.objects.filter(person=by).update(given=False))
    refused("only added to", lambda: Consent.objects.filter(person=by).delete())


def test_nothing_points_to_what_is_not_there() -> None:
    refused("violates foreign key", change(plant(), author_id=uuid4()))
