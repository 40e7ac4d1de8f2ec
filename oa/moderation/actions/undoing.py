"""Taking decisions back: what one changed is as it was before, and that is a decision too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from oa.accounts import rules as who
from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden, Missing
from oa.core.verbs import verb
from oa.moderation.actions.deciding import (
    decided,
    not_above_them,
    person_below,
    refuse_archived,
    refuse_others,
    refuse_own,
)
from oa.moderation.actions.facts import Columns, changes, facts_of
from oa.moderation.actions.returning import give_back
from oa.moderation.actions.sanctions import put_person_back
from oa.moderation.models import Batch, Decision
from oa.moderation.rules import UNDO_DAYS, Verb
from oa.trees import actions as trees
from oa.trees.models import Message

# Of what the authors are not told, they are not told when it is undone.
SILENT = frozenset({Verb.DISMISS, Verb.LOOK, Verb.UNLOOK, Verb.WITHHOLD})
# What these decide about a tree is its state; with others the state only follows.
ABOUT_STATE = frozenset({Verb.HALT, Verb.RESUME, Verb.STOP})


@verb
def undo(
    *, decision_id: UUID, why: str = "", reason: str = "", batch: Batch | None = None, by: User, now: datetime
) -> Decision:
    """Take a decision back: what it changed is as it was before, but for history.

    Texts come back as new versions; what others did meanwhile stays, as far as it can. Conflict: `not_undoable`,
    `already_undone`, `too_old`, `decided_since` (with the other decision), and what the way back meets:
    `parent_is_deleted`, `author_replied_again`, `text_is_gone`, `has_left`. Forbidden for whoever may not decide about
    the person.
    """
    refuse_others(by)
    decision = _undoable(decision_id)
    if decision.at < now - timedelta(days=UNDO_DAYS):
        raise Conflict(
            "too_old", _("This was decided too long ago to be undone."), remedy=_("Decide anew."), days=UNDO_DAYS
        )
    return _undo(decision, said={"why": why, "reason": reason, "batch": batch}, by=by, now=now)


@verb
def undo_after_appeal(*, decision_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """The same for a decision against which somebody has appealed in time: however long moderators took to look."""
    refuse_others(by)
    return _undo(_undoable(decision_id), said={"why": why}, by=by, now=now)


def _undo(decision: Decision, *, said: Columns, by: User, now: datetime) -> Decision:
    about_person = decision.person_id is not None and decision.tree_id is None
    made = _undo_about_person if about_person else _undo_about_words
    return made(decision, said=said, by=by, now=now)


def _undoable(decision_id: UUID) -> Decision:
    """A decision that can be undone at all."""
    decision = Decision.objects.filter(pk=decision_id).first()
    if decision is None:
        raise Missing("no_such_decision", _("There is no such decision."))
    if not decision.changed_something:
        raise Conflict("not_undoable", _("There is nothing in this decision that could be undone."))
    return decision


def _refuse_late(decision: Decision) -> None:
    """What has happened to a decision since it was made. The caller holds what it is about."""
    if Decision.objects.filter(undoes=decision).exists():
        raise Conflict("already_undone", _("This decision is undone already."))
    mine = _touched(decision)
    for later in _later(decision):
        if _touched(later).stands_in_the_way_of(mine):
            raise Conflict(
                "decided_since",
                _("Something else was decided since: %(verb)s.") % {"verb": later.get_verb_display()},
                remedy=_("Undo that first."), decision=str(later.pk), verb=later.verb, at=later.at.isoformat(),
            )  # fmt: skip


def _later(decision: Decision) -> QuerySet[Decision]:
    """Decisions made after this one about its tree or its person that stand."""
    same = Q(tree=decision.tree_id) if decision.tree_id else Q(person=decision.person_id, tree=None)
    after = Q(at__gt=decision.at) | Q(at=decision.at, pk__gt=decision.pk)
    stand = Decision.objects.filter(same, after, undone_by=None).exclude(verb=Verb.UNDO)
    # That a ban or a mute has ended by itself is no reason why it should not have been a mistake.
    return stand.exclude(verb__in=[Verb.UNBAN, Verb.UNMUTE], by=None).order_by("-at", "-id")


# Facts beside a message that don't hang together with its other ones: what is decided later about one of them leaves an
# earlier decision about the others undoable. Who ordered its replies is looked after by the undoing itself.
BESIDE = frozenset({"ballots", "lang", "looked", "reports", "withheld"})


@dataclass(frozen=True, slots=True)
class Touched:
    """What a decision has to do with: messages as such, and single facts of messages, trees and people."""

    messages: frozenset[str]
    facts: frozenset[tuple[str, str]]

    def stands_in_the_way_of(self, earlier: Touched) -> bool:
        about = {thing for thing, _name in earlier.facts} | earlier.messages
        return bool(self.messages & about or self.facts & earlier.facts)


def _touched(decision: Decision) -> Touched:
    changed = decision.before
    messages = {pk for pk, facts in changed.get("messages", {}).items() if facts.keys() - BESIDE}
    messages |= set(decision.details.get("judged_again", []))
    if decision.verb == Verb.PURGE:
        messages |= {str(pk) for pk in (decision.message_id,) if pk}
    facts = {(pk, name) for pk, facts in changed.get("messages", {}).items() for name in facts if name != "ballots"}
    facts |= {(str(decision.person_id), name) for name in changed.get("person", {})}
    of_tree: Columns = changed.get("tree", {})
    # With most verbs the state of the tree only follows.
    facts |= {("tree", name) for name in of_tree if name != "state" or decision.verb in ABOUT_STATE}
    return Touched(frozenset(messages), frozenset(facts))


def _undo_about_person(decision: Decision, *, said: Columns, by: User, now: datetime) -> Decision:
    target = User.objects.filter(decisions_about=decision).first()
    before: Columns = decision.before.get("person", {})
    # Asked before anything is done, and again once the person is held: trees are held before people.
    if target is None or target.pk == by.pk or not who.may_act_on(by.role, target.role):
        raise not_above_them()
    if "role" in before and not who.may_grant(by.role, before["role"]):
        raise Forbidden("admins_only", _("Only administrators give roles."))
    person = put_person_back(person_id=target.pk, columns=before, by=by, now=now) if before else target
    person = person_below(person.pk, by=by) if "role" not in before else person
    _refuse_late(decision)
    return decided(
        verb=Verb.UNDO, by=by, now=now, person=person, undoes=decision, before=_only_person(decision.after),
        after=_only_person(decision.before), **said,
    )  # fmt: skip


def _only_person(facts: Columns) -> Columns:
    return {"person": facts["person"]} if "person" in facts else {}


def _undo_about_words(decision: Decision, *, said: Columns, by: User, now: datetime) -> Decision:
    if decision.tree_id is None:
        raise Conflict("not_undoable", _("There is nothing in this decision that could be undone."))
    if decision.by_id not in (None, by.pk):
        refuse_own(_authors_of(decision), by=by)
    tree = trees.hold(tree_id=decision.tree_id)
    if _more_than_reports(decision):
        refuse_archived(tree)
    _refuse_late(decision)
    was = facts_of(tree.pk)
    back = give_back(tree, decision, why=said["why"], by=by, now=now)
    tell = [] if decision.verb in SILENT else _told(decision)
    return decided(
        tell=tell, verb=Verb.UNDO, by=by, now=now, message=decision.message, tree=tree, undoes=decision,
        details={"messages": [str(pk) for pk in back]}, **said, **changes(was, tree),
    )  # fmt: skip


def _authors_of(decision: Decision) -> list[UUID | None]:
    """Who wrote the message that a decision is about; of a tree its prompt."""
    about = [pk for pk in (decision.message_id or decision.tree_id,) if pk]
    return list(Message.objects.filter(pk__in=about).values_list("author_id", flat=True))


def _more_than_reports(decision: Decision) -> bool:
    columns = {name for changed in decision.before.get("messages", {}).values() for name in changed}
    return "tree" in decision.before or not columns <= {"reports"}


def _told(decision: Decision) -> list[UUID]:
    """Whose authors were told of the decision."""
    if decision.verb in (Verb.DELETE, Verb.RESTORE):
        return [UUID(pk) for pk in decision.details.get("messages", [])]
    about = decision.message_id or decision.tree_id
    return [about] if about else []
