"""Handing in: an answer becomes a message, a review or a ballot, and the tree moves on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Gone
from oa.core.prepared import update
from oa.core.verbs import verb
from oa.rankings import actions as rankings
from oa.rankings.rules import Vote
from oa.reviews import actions as reviews
from oa.reviews.rules import Mode
from oa.screening import actions as screening
from oa.tasks.actions.handing import hold_task, policy_with, refuse_unfit, refuse_unless_in_hand
from oa.tasks.actions.stock import settle
from oa.tasks.models import Task
from oa.tasks.rules import LABELS, RANKINGS, Kind, Status, digest
from oa.trees import actions as trees
from oa.trees.models import Message, Tree


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody hands in: a text, labels, or a vote, whichever the task asks for."""

    text: str = ""
    labels: Mapping[str, object] = field(default_factory=dict)
    vote: Vote = field(default_factory=lambda: Vote(()))

    def fingerprint(self) -> str:
        vote = {
            "tiers": [sorted(map(str, tier)) for tier in self.vote.tiers],
            "unacceptable": sorted(map(str, self.vote.unacceptable)),
            "not_rankable": self.vote.not_rankable,
        }
        return digest({"text": self.text, "labels": self.labels, "vote": vote})


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of it: the task with its result, and whether this is an answer given before."""

    task: Task
    replayed: bool = False


@verb
def submit(*, task_id: UUID, answer: Answer, by: User, key: str = "", now: datetime, rng: Random) -> Submission:
    """Hand in a task. Handing in the same again gives the first result; something else is refused."""
    refuse_unfit(by, now=now)
    tree, task = hold_task(task_id=task_id, by=by)
    fingerprint = answer.fingerprint()
    if task.status == Status.DONE:
        return _replay(task, fingerprint, key)
    refuse_unless_in_hand(task, now=now)
    tree, result = _record(task, tree, answer, by=by, now=now, rng=rng)
    task.status, task.closed_at, task.result = Status.DONE, now, result
    task.submit_key, task.submit_digest = key, fingerprint
    update(task, "status", "closed_at", "result", "submit_key", "submit_digest")
    settle(tree, now=now)
    return Submission(task)


def _replay(task: Task, fingerprint: str, key: str) -> Submission:
    if task.submit_digest == fingerprint:
        return Submission(task, replayed=True)
    if key and key == task.submit_key:
        raise Conflict(
            "key_used_for_another_answer",
            _("This idempotency key was used for another answer."),
            remedy=_("Use a new key for a new answer."),
        )
    raise Conflict("already_submitted", _("You have handed in this task already."))


Recorder = Callable[["_Work"], tuple[Tree, dict[str, object]]]


@dataclass(frozen=True, slots=True)
class _Work:
    task: Task
    tree: Tree | None
    answer: Answer
    by: User
    now: datetime
    rng: Random

    @property
    def place(self) -> tuple[Tree, Message]:
        """The tree and the message that every task but a new prompt is about, as they are now."""
        tree, message = self.tree, self.task.message
        if tree is None or message is None:
            raise AssertionError(f"{self.task} is about no message")
        # A ranking's version is that of its group; what is edited in there takes the task back at once.
        if self.task.kind not in RANKINGS and message.version != self.task.version:
            raise Gone(
                "message_changed",
                _("A moderator changed this message while you had it."),
                remedy=_("Your draft is kept. Ask for a new task."),
            )
        return tree, message


def _record(
    task: Task, tree: Tree | None, answer: Answer, *, by: User, now: datetime, rng: Random
) -> tuple[Tree, dict[str, object]]:  # one value each
    kind = Kind(task.kind)
    work = _Work(task, tree, answer, by, now, rng)
    if kind is Kind.INITIAL_PROMPT:
        return _record_prompt(work)
    if kind in LABELS:
        return _record_review(work)
    return _record_ballot(work) if kind in RANKINGS else _record_reply(work)


def _record_prompt(work: _Work) -> tuple[Tree, dict[str, object]]:
    _refuse_personal_data(work)
    message = trees.start_tree(text=work.answer.text, lang=work.task.lang, by=work.by, now=work.now, rng=work.rng)
    return message.tree, {"message_id": str(message.pk)}


def _record_reply(work: _Work) -> tuple[Tree, dict[str, object]]:
    tree, parent = work.place
    _refuse_personal_data(work)
    message = trees.reply(
        tree=tree, parent=parent, text=work.answer.text, by=work.by, now=work.now, lang=work.task.lang
    )
    return tree, {"message_id": str(message.pk)}


def _refuse_personal_data(work: _Work) -> None:
    """By the policy in force now, not the one the tree started with: it protects people, and shapes no tree."""
    screening.refuse_personal_data(work.answer.text, lang=work.task.lang, policy=policy_with(work.task))


def _record_review(work: _Work) -> tuple[Tree, dict[str, object]]:
    tree, message = work.place
    mode = Mode((work.task.shown or {}).get("mode", Mode.FULL))
    made = reviews.review(tree=tree, message=message, labels=work.answer.labels, mode=mode, by=work.by, now=work.now)
    return tree, {"review_id": str(made.pk), "message_id": str(message.pk)}


def _record_ballot(work: _Work) -> tuple[Tree, dict[str, object]]:
    tree, parent = work.place
    shown = [UUID(reply) for reply in (work.task.shown or {}).get("order", [])]
    ballot = rankings.rank(parent=parent, shown=shown, vote=work.answer.vote, by=work.by, now=work.now)
    return tree, {"ballot_id": str(ballot.pk), "message_id": str(parent.pk)}


def next_handed_with(task: Task) -> Task | None:
    """The task that was handed out in the same request as this result, if one was.

    Both carry the same moment, so nothing need be written down to find it again on a replay.
    """
    return Task.objects.filter(assignee_id=task.assignee_id, leased_at=task.closed_at).exclude(pk=task.pk).first()
