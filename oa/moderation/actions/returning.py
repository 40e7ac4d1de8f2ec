"""How a tree becomes again what it was before a decision: facts are put back, all else is counted from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from oa.accounts.models import User
from oa.moderation.actions.facts import Columns
from oa.moderation.actions.messages import groups_around
from oa.moderation.models import Decision, Report
from oa.moderation.rules import Verb
from oa.rankings import actions as rankings
from oa.reviews import actions as reviews
from oa.screening.models import ToxicityScore
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.models import Message, Tree
from oa.trees.rules import State, Why

PLAIN = ("lang", "review_result")
JUDGEMENTS = ("rank", "rankings")


def give_back(tree: Tree, decision: Decision, *, why: str, by: User, now: datetime) -> list[UUID]:
    """Put back all that a decision changed in a held tree, and settle it. Gives the messages that count again."""
    before: dict[UUID, Columns] = {UUID(pk): columns for pk, columns in decision.before.get("messages", {}).items()}
    after = decision.after.get("messages", {})
    back = trees.put_back_deleted(
        tree=tree,
        gone=[pk for pk, columns in before.items() if columns.get("deleted") is True],
        back=[pk for pk, columns in before.items() if columns.get("deleted") is False],
    )
    columns = {pk: {name: facts[name] for name in PLAIN if name in facts} for pk, facts in before.items()}
    trees.put_back_columns(tree=tree, messages=columns)
    if decision.verb == Verb.EDIT and decision.message_id is not None:
        # These hang on the words: what became of the others doesn't matter.
        before[decision.message_id] = {"looked": None, "withheld": False, **before[decision.message_id]}
        _put_back_words(tree, decision, before, why=why, by=by, now=now)
    else:
        _put_back_baselines(tree, before, before)
    for pk in decision.details.get("judged_again", []):
        _put_back_reviews(tree, UUID(pk), before.get(UUID(pk), {}))
    for pk, facts in before.items():
        _put_back_notes(pk, facts, after.get(str(pk), {}))
    if any("lang" in facts for facts in before.values()):
        tasks.withdraw_about(message_ids=list(before), now=now)
    _put_back_tree(tree, decision, by=by, now=now)
    again = [pk for pk, facts in before.items() if "review_result" in facts]
    return [*back, *(pk for pk in again if pk not in back)]


def _put_back_words(
    tree: Tree, decision: Decision, before: Mapping[UUID, Columns], *, why: str, by: User, now: datetime
) -> None:
    """The old words, as a new version, and with them what was said of them; whoever met them has met these."""
    message = Message.objects.get(decisions=decision)
    earlier = before[message.pk]["version"]
    trees.put_back_words(tree=tree, message=message, version=earlier, why=why, by=by, now=now)
    tasks.met_already(message_id=message.pk, versions={earlier: message.version}, rankings=False)
    ToxicityScore.objects.filter(message=message, version=earlier).update(version=message.version)
    groups = groups_around(tree, message)
    kept = {UUID(pk): gone for pk, gone in decision.details["groups"].items() if _says_as_then(decision, pk)}
    for parent_id in groups:
        rankings.supersede(parent_id=parent_id)
    _put_back_baselines(tree, before, kept)
    for parent_id, version in kept.items():
        tasks.met_already(message_id=parent_id, versions={version: groups[parent_id]}, rankings=True)
        rankings.count_again(parent_id=parent_id, ballot_ids=before.get(parent_id, {}).get("ballots", []))


def _says_as_then(decision: Decision, parent_id: str) -> bool:
    """Whether a group of replies, but for this edit, has the texts it had: no later edit in it stands."""
    after = Q(at__gt=decision.at) | Q(at=decision.at, pk__gt=decision.pk)
    around = Q(message=parent_id) | Q(message__parent=parent_id)
    return not Decision.objects.filter(after, around, verb=Verb.EDIT, undone_by=None).exists()


def _put_back_baselines(tree: Tree, before: Mapping[UUID, Columns], kept: Collection[UUID]) -> None:
    """What an import says of messages counts again; of their order only where the groups below `kept` have the texts
    they had."""
    changed = {pk: facts["baseline"] for pk, facts in before.items() if "baseline" in facts}
    for message in Message.objects.filter(pk__in=changed).order_by("id"):
        brought = changed[message.pk]
        in_order = message.parent_id in kept or message.pk in before.keys() & set(kept)
        baseline = brought if in_order else trees.superseded(brought, *JUDGEMENTS)
        trees.put_back_columns(tree=tree, messages={message.pk: {"baseline": baseline}})


def _put_back_reviews(tree: Tree, message_id: UUID, facts: Columns) -> None:
    """Exactly those reviews count that did: what was said meanwhile was about other words, or another language."""
    result = {"review_result": facts.get("review_result")}
    trees.put_back_columns(tree=tree, messages={message_id: result})
    reviews.count_again(message=Message.objects.get(pk=message_id), review_ids=facts.get("reviews", []))


def _put_back_notes(message_id: UUID, facts: Columns, after: Columns) -> None:
    """Reports are open again, a look is taken back or stands, and what was withheld is."""
    message = Message.objects.get(pk=message_id)
    closed = set(facts.get("reports", [])) - set(after.get("reports", []))
    Report.objects.filter(pk__in=closed).update(handled_at=None)
    score = ToxicityScore.objects.filter(message=message, version=message.version)
    if "looked" in facts:
        look = facts["looked"] or {}
        version = message.version if look else 0
        score.update(looked_version=version, looked_by=look.get("by"), looked_at=_moment(look.get("at")))
    if "withheld" in facts:
        # Only what a moderator is asked to look at is withheld: new words have to be scored again first.
        asked = score.filter(looked_version__lt=message.version).exists()
        trees.withhold(message=message, withheld=facts["withheld"] and asked)


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _put_back_tree(tree: Tree, decision: Decision, *, by: User, now: datetime) -> None:
    """Its limits, then its state: where it was, if it has not moved on since but by itself."""
    before, after = decision.before.get("tree", {}), decision.after.get("tree", {})
    limits = {name: before[name] for name in ("lang", "moderated") if name in before}
    if "won_lottery_at" in before:
        limits["won_lottery_at"] = _moment(before["won_lottery_at"])
    if decision.verb == Verb.STOP:
        limits["moderated"] = True  # or it would stop again at once
    if "lang" in limits:
        tasks.call_desks(tree.lang, limits["lang"])
    trees.put_back_limits(tree=tree, columns=limits)
    was = State(before["state"]) if "state" in before else None
    left = State(after["state"]) if "state" in after else None
    why = Why(before.get("why") or Why.UNDONE)
    shape = trees.return_to(tree=tree, was=was, left=left, why=why, by=by, now=now)
    if was is State.READY_FOR_EXPORT and tree.state == State.READY_FOR_SCORING:
        # It was ranked, by the ballots that count again: that need not wait for a worker.
        rankings.score(tree_id=tree.pk, now=now)
        tree.refresh_from_db(fields=["state"])
        shape = tree.shape()
    tasks.restock(tree, now=now, shape=shape)
