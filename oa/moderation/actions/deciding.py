"""What all decisions share: who may, about what, and how it is written down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts import actions as accounts
from oa.accounts import rules as who
from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden, Missing
from oa.moderation.actions.answering import answer, hold_concerned, open_again
from oa.moderation.actions.telling import tell_of
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.trees import actions as trees
from oa.trees.models import Message, Tree


def refuse_others(by: User) -> None:
    """Only enabled moderators decide."""
    if not (by.is_active and by.is_moderator):
        raise Forbidden("moderators_only", _("Only moderators may do this."))


def place(message_id: UUID) -> tuple[Tree, Message]:
    """A message of a live tree, with the tree held."""
    tree_id = Message.objects.filter(pk=message_id).values_list("tree_id", flat=True).first()
    if tree_id is None:
        raise Missing("no_such_message", _("There is no such message."))
    tree = trees.hold(tree_id=tree_id)
    refuse_archived(tree)
    return tree, Message.objects.get(pk=message_id)


def refuse_archived(tree: Tree) -> None:
    if tree.archived:
        raise Conflict(
            "tree_is_archived",
            _("This tree is an archived import and is never changed."),
            remedy=_("Take it over first."),
        )


def person_below(person_id: UUID, *, by: User) -> User:
    """Somebody this moderator may act on, held."""
    refuse_others(by)
    person = hold_person(person_id, by=by)
    if person.pk == by.pk or not who.may_act_on(by.role, person.role):
        raise not_above_them()
    return person


def hold_person(person_id: UUID, *, by: User) -> User:
    """Somebody who is decided about, held; an administrator together with whoever decides, in one order.

    Of two administrators who demote or shut out each other at the same moment one is too late: else none were left.
    """
    ids = {person_id}
    if User.objects.filter(pk=person_id, role=who.Role.ADMIN).exists():
        ids.add(by.pk)
    rows = User.objects.filter(pk__in=ids).order_by("id").select_for_update(of=("self",), no_key=True)
    held = {row.pk: row for row in rows}
    if person_id not in held:
        raise Missing("no_such_person", _("There is no such person."))
    if by.pk in held:
        refuse_others(held[by.pk])
        if held[by.pk].role != by.role:
            raise not_above_them()
    return held[person_id]


def not_above_them() -> Forbidden:
    return Forbidden("not_above_them", _("You may not decide about this person."))


def refuse_own(author_ids: Collection[UUID | None], *, by: User) -> None:
    """What another moderator decided about somebody is not theirs to take back, nor is it to keep what is to go."""
    if by.pk in author_ids:
        raise not_above_them()


def decided(*, verb: Verb, by: User | None, now: datetime, tell: Sequence[UUID] = (), **about: Any) -> Decision:
    """Write a decision down: the only place that does. `about` are its other columns; by None is the system.

    The authors of the messages in `tell` are told of it, and the person it is about if it is one they are told.
    """
    # Who is muted may read, and taking the log or data along is reading.
    if by is not None and verb not in {Verb.EXPORT, Verb.EXPORT_DATA}:
        accounts.refuse_muted(by, now=now)
    concerned = hold_concerned(verb=verb, by=by, now=now, about=about)
    about["details"] = concerned.noted_in(about.get("details"))
    made = Decision.objects.create(verb=verb, by=by, at=now, **about)
    if by is not None:
        answer(concerned, by=by, now=now)
    if made.undoes is not None:
        open_again(made.undoes, now=now)
    tell_of(made, tell)
    return made
