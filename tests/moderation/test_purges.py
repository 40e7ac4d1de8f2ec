"""Erasing for good takes two moderators; workers take all words, and leave what other people judged and counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from django.test import Client

from oa.accounts.models import User
from oa.community.models import Notice
from oa.core.errors import Refusal
from oa.moderation import actions as moderation
from oa.moderation.models import Appeal, Case, Decision, Note, Purge, Report
from oa.moderation.rules import ReportReason, Verb
from oa.reviews.models import Review
from oa.screening.models import Due, Opinion, ToxicityScore
from oa.tasks import actions as tasks
from oa.tasks.models import Draft
from oa.tasks.rules import Kind
from oa.trees.models import Message, MessageRevision, Tree
from tests import builders as b

pytestmark = pytest.mark.django_db

SECRET = "Mia Muster, 3 Hidden Lane"


@pytest.fixture(autouse=True)
def small_trees() -> None:
    b.policy()


@pytest.fixture
def mo() -> User:
    return b.moderator()


def ask(mo: User, **about: Any) -> Purge:
    return moderation.ask_purge(**about, why="Somebody's address", reason="personal_data", by=mo, now=b.NOW)


def purge(mo: User, **about: Any) -> Purge:
    wish = moderation.confirm_purge(purge_id=ask(mo, **about).pk, by=b.moderator(), now=b.NOW)
    moderation.erase_trees(purge_id=wish.pk, most=1000, now=b.NOW)
    wish.refresh_from_db()
    return wish


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def everything() -> str:
    """Every row of every table that knows messages or people, as text."""
    kept = (Message, MessageRevision, Opinion, ToxicityScore, Due, Draft, Report, Notice, Decision, Appeal, Note, Case)
    return str(serializers.serialize("json", [row for model in kept for row in model._base_manager.all()]))


def test_one_asks_and_another_confirms(mo: User) -> None:
    prompt = b.plant(text=SECRET)
    wish = ask(mo, message_id=prompt.pk)
    assert Case.objects.get(purge=wish).closed_at is None

    assert code_of(lambda: moderation.confirm_purge(purge_id=wish.pk, by=mo, now=b.NOW)) == "asked_by_yourself"
    assert code_of(lambda: ask(b.moderator(), message_id=prompt.pk)) == "already_asked"
    assert not moderation.erase_next_tree(purge_id=wish.pk, now=b.NOW)
    assert b.fresh(prompt).text == SECRET
    moderation.confirm_purge(purge_id=wish.pk, by=b.moderator(), now=b.NOW)

    assert Case.objects.get(purge=wish).closed_at is not None
    assert code_of(lambda: moderation.confirm_purge(purge_id=wish.pk, by=b.admin(), now=b.NOW)) == "already_confirmed"
    assert code_of(lambda: moderation.call_off_purge(purge_id=wish.pk, why="", by=mo, now=b.NOW)) == "already_confirmed"
    assert list(Decision.objects.order_by("id").values_list("verb", flat=True)) == [Verb.ASK_PURGE, Verb.PURGE]


def test_the_database_wants_two_moderators_too(mo: User) -> None:
    wish = ask(mo, message_id=b.plant().pk)

    with pytest.raises(IntegrityError, match="a_purge_takes_two_moderators"), transaction.atomic():
        Purge.objects.filter(pk=wish.pk).update(confirmed_by=mo, confirmed_at=b.NOW)


def test_what_is_called_off_stays_and_may_be_asked_for_again(mo: User) -> None:
    prompt = b.plant()
    wish = ask(mo, message_id=prompt.pk)

    moderation.call_off_purge(purge_id=wish.pk, why="Nothing in it", by=b.moderator(), now=b.NOW)

    assert Case.objects.get(purge=wish).closed_at is not None
    assert code_of(lambda: moderation.confirm_purge(purge_id=wish.pk, by=b.admin(), now=b.NOW)) == "called_off"
    assert ask(mo, message_id=prompt.pk).pk != wish.pk


def test_a_message_is_erased_with_all_below_it_and_nothing_of_its_words_is_left(mo: User) -> None:
    author, other = b.person(), b.person()
    root = b.growing(by=author)
    Message.objects.filter(pk=root.pk).update(text=SECRET)
    reply = b.answer(root, by=other, text=f"I know {SECRET}")
    moderation.report(message_id=root.pk, reason=ReportReason.PERSONAL_DATA, note=SECRET, by=b.person(), now=b.NOW)
    moderation.edit_message(message_id=reply.pk, text=f"We know {SECRET}", why="Shorter", by=mo, now=b.NOW)
    Opinion.objects.create(message=root, version=1, digest="d" * 64, bands=[1], read_at=b.NOW)
    b.scored(root, 0.5)
    third = b.person()
    task = b.sit(root, Kind.ASSISTANT_REPLY, by=third)
    tasks.save_draft(task_id=task.pk, content={"text": SECRET}, revision=None, by=third, now=b.NOW)
    reviews = Review.objects.count()

    wish = purge(mo, message_id=root.pk)

    assert (wish.total, wish.erased, wish.done_at) == (2, 2, b.NOW)
    assert "Mia" not in everything()
    for message in (b.fresh(root), b.fresh(reply)):
        assert (message.text, message.deleted, message.erased) == ("", True, True)
    assert (b.fresh(root).review_count, Review.objects.count()) == (2, reviews)
    assert not Opinion.objects.filter(message=root).exists()
    assert not Report.objects.filter(handled_at=None).exists()
    assert b.broken_promises() == []


def test_their_authors_are_told(mo: User) -> None:
    author = b.person()

    purge(mo, message_id=b.plant(by=author).pk)

    [notice] = Notice.objects.filter(person=author)
    assert (notice.data["verb"], notice.data["reason"]) == ("purge", "personal_data")


def test_what_is_erased_is_neither_restored_nor_edited_nor_undone(mo: User) -> None:
    root = b.growing()
    gone = moderation.delete_message(message_id=root.pk, why="Address", by=mo, now=b.NOW)
    purge(mo, message_id=root.pk)
    given: dict[str, Any] = {"why": "Back", "by": mo, "now": b.NOW}

    assert code_of(lambda: moderation.restore_message(message_id=root.pk, **given)) == "message_erased"
    assert code_of(lambda: moderation.edit_message(message_id=root.pk, text="New", **given)) == "message_erased"
    assert code_of(lambda: moderation.undo(decision_id=gone.pk, **given)) in {"decided_since", "text_is_gone"}
    assert code_of(lambda: ask(mo, message_id=root.pk)) == "already_erased"
    with pytest.raises(IntegrityError, match="what_is_erased_has_no_words"), transaction.atomic():
        Message.objects.filter(pk=root.pk).update(deleted=False)


def test_what_stood_below_an_erased_message_does_not_come_back_with_what_stood_above(mo: User) -> None:
    root = b.growing()
    middle = b.accepted_answer(root)
    moderation.delete_message(message_id=root.pk, why="x", by=mo, now=b.NOW)
    purge(mo, message_id=middle.pk)

    moderation.restore_message(message_id=root.pk, why="Fine", by=mo, now=b.NOW)

    assert (b.fresh(root).deleted, b.fresh(middle).deleted) == (False, True)
    assert b.broken_promises() == []


def test_all_that_a_person_wrote_is_erased_in_small_steps_and_their_account_is_closed(mo: User) -> None:
    author = b.person(SECRET)
    roots = [b.plant(by=author, text=f"{SECRET} {number}") for number in range(3)]
    others = b.growing()
    reply = b.answer(others, by=author, text=SECRET)
    moderation.add_note(person_id=author.pk, text=SECRET, by=mo, now=b.NOW)
    made = moderation.delete_message(message_id=roots[0].pk, why="Address", by=mo, now=b.NOW)
    moderation.appeal(decision_id=made.pk, text=SECRET, by=author, now=b.NOW)

    wish = moderation.confirm_purge(purge_id=ask(mo, person_id=author.pk).pk, by=b.moderator(), now=b.NOW)
    gone = User.objects.get(pk=author.pk)
    assert (gone.display_name, gone.email, gone.is_active, gone.left_at) == ("", None, False, b.NOW)
    steps = []
    while moderation.erase_next_tree(purge_id=wish.pk, now=b.NOW):
        wish.refresh_from_db()
        steps.append((wish.erased, wish.total, wish.done_at))
        assert b.broken_promises() == []

    wish.refresh_from_db()
    assert steps == [(1, 4, None), (2, 4, None), (3, 4, None), (4, 4, None)]
    assert wish.done_at == b.NOW
    assert "Mia" not in everything()
    assert not b.fresh(others).deleted
    assert b.fresh(reply).erased


def test_replies_of_others_below_are_deleted_and_keep_their_words(mo: User) -> None:
    author, other = b.person(), b.person()
    root = b.growing(by=author)
    reply = b.answer(root, by=other, text="Mine")

    purge(mo, person_id=author.pk)

    assert (b.fresh(reply).deleted, b.fresh(reply).erased, b.fresh(reply).text) == (True, False, "Mine")
    assert b.broken_promises() == []


def test_an_archived_tree_is_erased_too(mo: User) -> None:
    root = b.ready()
    Tree.objects.filter(pk=root.tree_id).update(archived=True)

    purge(mo, message_id=root.pk)

    assert not Message.objects.filter(tree=root.tree_id, erased=False).exists()
    assert b.broken_promises("P1", "P2", "P4", "P9", "P11") == []


def test_who_is_to_be_erased_does_not_call_it_off() -> None:
    target = b.moderator()
    prompt = b.plant(by=target, text=SECRET)
    of_person = ask(b.admin(), person_id=target.pk)
    of_words = ask(b.moderator(), message_id=prompt.pk)

    for wish in (of_person, of_words):
        call_off = partial(moderation.call_off_purge, purge_id=wish.pk, why="x", now=b.NOW)
        assert code_of(partial(call_off, by=target)) == "not_above_them"
        assert call_off(by=b.moderator()).called_off_at == b.NOW


def test_a_run_that_broke_off_goes_on_where_it_was(mo: User) -> None:
    author = b.person()
    for number in range(3):
        b.plant(by=author, text=f"No. {number}")
    wish = moderation.confirm_purge(purge_id=ask(mo, person_id=author.pk).pk, by=b.moderator(), now=b.NOW)

    assert moderation.erase_trees(purge_id=wish.pk, most=2, now=b.NOW) == 2
    assert moderation.erase_trees(purge_id=wish.pk, most=2, now=b.NOW + timedelta(minutes=1)) == 1

    wish.refresh_from_db()
    assert (wish.erased, wish.done_at) == (3, b.NOW + timedelta(minutes=1))
    assert moderation.erase_trees(purge_id=wish.pk, most=2, now=b.NOW) == 0


def test_over_http_two_moderators_erase_and_see_how_far_it_is(mo: User) -> None:
    prompt = b.plant(text=SECRET)

    def send(who: User, path: str, **body: object) -> Any:
        client = Client()
        client.force_login(who)
        where = f"/api/v1/moderation/purges{path}"
        return client.post(where, body, "application/json") if body else client.get(where)

    asked = send(mo, "", message_id=str(prompt.pk), why="Address", reason="personal_data")
    assert (asked.status_code, asked.json()["mine"], asked.json()["total"]) == (201, True, 1)
    assert send(mo, "", why="Address").json()["code"] == "one_thing_at_a_time"
    done = send(b.moderator(), f"/{asked.json()['id']}/confirm", why="I agree")
    assert (done.status_code, done.json()["mine"]) == (200, False)
    moderation.erase_trees(purge_id=Purge.objects.get().pk, most=9, now=b.NOW)

    [shown] = send(mo, "").json()["results"]
    assert (shown["erased"], shown["total"], shown["done_at"] is not None) == (1, 1, True)
    assert send(mo, "?open=true").json()["results"] == []
