"""Handing out: a seat becomes somebody's for a while, and comes back when they let go of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden, Gone, Invalid, Missing, TooMany
from oa.core.verbs import verb
from oa.tasks.actions.stock import fill_language, settle
from oa.tasks.models import Draft, Task, Waiter, hold_at_the_desk
from oa.tasks.rules import RANKINGS, Kind, SkipReason, Status, doable, lease, probes, skip_code
from oa.trees import actions as trees
from oa.trees.models import Message, PolicyVersion, Tree
from oa.trees.rules import Policy

WAIT = timedelta(minutes=30)
MOST_NOTE = 500
MOST_DRAFT = 100_000


def refuse_unfit(person: User, *, now: datetime) -> None:
    """Only enabled people who accepted the terms and are not muted get tasks and may submit them."""
    if not person.is_active:
        raise Forbidden("disabled", _("Your account is disabled."))
    accounts.refuse_muted(person, now=now)
    if person.terms_version is None:
        raise Forbidden(
            "terms_not_accepted",
            _("The terms of use have to be accepted first."),
            remedy=_("Read and accept them, then ask again."),
        )


@verb
def next_task(*, kinds: Sequence[Kind], langs: Sequence[str], by: User, now: datetime, rng: Random) -> Task | None:
    """Lend an open task that fits this person, drawn by lot; None when there is none.

    Of the kinds and languages asked for, only what the person reads (to judge) or writes counts; Invalid
    when nothing is left. Two tabs of one person wait for each other; two people never do: whoever asks at
    the same moment skips the row we hold and gets the next one. TooMany for people with full hands.
    """
    desk = _come_to_the_desk(by.pk, langs)
    person = desk.person
    refuse_unfit(person, now=now)
    pairs = doable(kinds, langs, reads=person.languages, writes=person.writing_languages)
    if not pairs:
        raise Invalid(
            "not_your_languages",
            _("Your profile names none of these languages for this kind of task."),
            remedy=_("Add the language to your profile, or ask for another one."),
        )
    policies = {lang: desk.policies[lang] for _kind, lang in pairs}
    most = max(policy.max_pending_tasks_per_user for policy in policies.values())
    looks = probes(pairs, policies, rng)
    seed = f"{rng.random()}"
    task = Task.objects.claim(looks, by=person.pk, most=most, now=now, seed=seed)
    if task is not None:
        return task
    # Counted only now: what the statement that waited for another tab read beside the person is from before the wait.
    _refuse_full_hands(person, most=most)
    fresh = {lang for kind, lang in pairs if kind is Kind.INITIAL_PROMPT} - desk.open
    if not fresh:
        return None
    # The first person of a language finds its desk closed: open it, and there is work. One at a time, or a profile
    # that names twenty languages nobody speaks would make thousands of tasks at once.
    fill_language(lang=min(fresh), now=now, rng=rng)
    return Task.objects.claim(looks, by=person.pk, most=most, now=now, seed=seed)


def policies_of(langs: Sequence[str]) -> dict[str, Policy]:
    """The policy in force for each of these languages."""
    versions = PolicyVersion.objects.current().filter(lang__in=["", *langs])
    return _by_language(langs, dict(versions.values_list("lang", "values")))


def _by_language(langs: Sequence[str], newest: Mapping[str, Mapping[str, object]]) -> dict[str, Policy]:
    default = Policy.of(newest.get("", {}))
    return {lang: Policy.of(newest[lang]) if lang in newest else default for lang in langs}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is known of somebody who asks: read in one statement, with the person held."""

    person: User
    policies: Mapping[str, Policy]
    open: frozenset[str]


def _come_to_the_desk(person_id: UUID, langs: Sequence[str]) -> _Desk:
    person = hold_at_the_desk(person_id, langs)
    policies = _by_language(langs, {pair["lang"]: pair["values"] for pair in person.policies})
    return _Desk(person, policies, frozenset(person.open_desks))


def _refuse_full_hands(person: User, *, most: int) -> None:
    if Task.objects.held_by(person.pk).count() >= most:
        raise TooMany(
            "too_many_in_hand",
            _("You have %(number)d tasks in hand already.") % {"number": most},
            remedy=_("Finish or skip one of them first."),
            limit=most,
        )


def hold_task(*, task_id: UUID, by: User) -> tuple[Tree | None, Task]:
    """A person's task with its message, and the tree it is about, both held; trees go first.

    The policy in force for its language comes along: `policy_with` reads it.
    """
    task = Task.objects.hold_with_tree(task_id, by=by.pk)
    if task is not None:
        return task.tree, task
    tree = Tree.objects.hold_of_task(task_id)
    task = Task.objects.hold_in_hands(task_id, by=by.pk)
    if task is None:
        raise Missing(
            "no_such_task",
            _("You have no such task."),
            remedy=_("Ask for a new one."),
        )
    return tree, task


def policy_with(task: Task) -> Policy:
    """The policy that was in force when a task was held."""
    return Policy.of(getattr(task, "policy_in_force", None) or {})


def refuse_unless_in_hand(task: Task, *, now: datetime) -> None:
    """Only a task in hand can be worked on; say what became of it otherwise."""
    if task.status == Status.LEASED and task.expires_at and task.expires_at > now:
        return
    if task.status in (Status.LEASED, Status.EXPIRED):
        raise Gone(
            "lease_expired",
            _("Your time for this task is over."),
            remedy=_("Your draft is kept. Extend the task to get it back if it is still free."),
        )
    if task.status == Status.WITHDRAWN:
        raise Gone(
            "task_withdrawn",
            _("This task is not needed any more: its conversation was changed or stopped."),
            remedy=_("Your draft is kept. Ask for a new task."),
        )
    raise Conflict("task_closed", _("This task is closed."), status=task.status)


@verb
def extend(*, task_id: UUID, by: User, now: datetime) -> Task:
    """Give somebody more time for a task in hand, or an expired one back if its seat is still free."""
    refuse_unfit(by, now=now)
    tree, task = hold_task(task_id=task_id, by=by)
    if task.status == Status.EXPIRED:
        _take_back(task)
    elif task.status != Status.LEASED:
        refuse_unless_in_hand(task, now=now)
    task.status, task.closed_at, task.expires_at = Status.LEASED, None, _lease_end(task, tree, now=now)
    task.save(update_fields=["status", "closed_at", "expires_at"])
    return task


def _lease_end(task: Task, tree: Tree | None, *, now: datetime) -> datetime:
    policy = tree.policy.policy if tree else policies_of([task.lang])[task.lang]
    return now + lease(Kind(task.kind), policy)


def _take_back(task: Task) -> None:
    """Swap an expired row for the open one that replaced it; Gone when somebody has taken that."""
    free = _seat_again(task)
    if free is None:
        raise Gone(
            "seat_taken",
            _("Somebody else has taken this task meanwhile."),
            remedy=_("Your draft is kept. Ask for a new task."),
        )
    free.delete()


def _seat_again(task: Task) -> Task | None:
    """An open seat like one that somebody let go of; None when it is taken, or not theirs to have any more.

    They may have met the text again meanwhile or replied to it; or the replies they were to rank are
    others now, and a ballot on the old ones would not be the one that is missing.
    """
    _hold_with_a_hand_free(task)
    if task.message is not None and (_met_again(task) or _group_changed(task)):
        return None
    return Task.objects.open().like(task).free_now()


def _hold_with_a_hand_free(task: Task) -> None:
    """Hold whoever gets a task back; TooMany for full hands.

    What they are given in another tab at this moment might be about the same text: the two take turns.
    """
    person = User.objects.hold(cast(UUID, task.assignee_id))
    policy = policies_of([task.lang])[task.lang]
    _refuse_full_hands(person, most=policy.max_pending_tasks_per_user)


def _met_again(task: Task) -> bool:
    replied = Message.objects.live().written_by(task.assignee_id).filter(parent=task.message)
    return Task.objects.met_by(task.assignee_id).like(task).exclude(pk=task.pk).exists() or replied.exists()


def _group_changed(task: Task) -> bool:
    if task.kind not in RANKINGS:
        return False
    replies = Message.objects.accepted().filter(parent=task.message).values_list("id", flat=True)
    return {str(pk) for pk in replies} != set((task.shown or {})["order"])


@verb
def save_draft(*, task_id: UUID, content: object, revision: int | None, by: User, now: datetime) -> Draft:
    """Keep what somebody has so far, in whatever state the task is.

    `revision` is the one they started from; Conflict, with the kept draft, when another device
    has saved since. None overwrites.
    """
    if len(str(content)) > MOST_DRAFT:
        raise Invalid("draft_too_long", _("The draft is too long to be kept."), limit=MOST_DRAFT)
    task = Task.objects.select_for_update(no_key=True).filter(pk=task_id, assignee=by).first()
    if task is None:
        raise Missing("no_such_task", _("You have no such task."))
    draft = Draft.objects.filter(task=task).first()
    if draft is None:
        return Draft.objects.create(task=task, content=content, saved_at=now)
    if revision is not None and revision != draft.revision:
        raise Conflict(
            "draft_changed_elsewhere",
            _("This draft was changed on another device."),
            content=draft.content,
            revision=draft.revision,
        )
    draft.content, draft.revision, draft.saved_at = content, draft.revision + 1, now
    draft.save()
    return draft


@verb
def drop_draft(*, task_id: UUID, by: User) -> None:
    """Throw a draft away; dropping it again changes nothing."""
    if not Task.objects.filter(pk=task_id, assignee=by).exists():
        raise Missing("no_such_task", _("You have no such task."))
    Draft.objects.filter(task=task_id).delete()


@verb
def skip(*, task_id: UUID, reason: SkipReason, note: str = "", by: User, now: datetime) -> Task:
    """Let go of a task for good, and say why. Its seat is open again for others."""
    refuse_unfit(by, now=now)
    if len(note) > MOST_NOTE:
        raise Invalid("note_too_long", _("The note is too long."), limit=MOST_NOTE)
    tree, task = hold_task(task_id=task_id, by=by)
    if task.status == Status.SKIPPED:
        return task
    over = task.status == Status.EXPIRED
    # Somebody who met the text again after their time was over skips that task, not the old one.
    if task.status != Status.LEASED and not (over and (task.message is None or not _met_again(task))):
        refuse_unless_in_hand(task, now=now)
    task.status, task.closed_at = Status.SKIPPED, now
    task.skip_reason, task.skip_note = reason, note
    task.save(update_fields=["status", "closed_at", "skip_reason", "skip_note"])
    _count_skip(task, 1)
    if tree is not None:
        settle(tree, now=now)
    return task


def _count_skip(task: Task, change: int) -> None:
    if task.message_id is not None:
        trees.count_reaction(task.message_id, code=skip_code(Kind(task.kind)), change=change)


@verb
def unskip(*, task_id: UUID, by: User, now: datetime) -> Task | None:
    """Take a skip back. The reason stays on record; the person gets the task again if it is free."""
    refuse_unfit(by, now=now)
    tree, task = hold_task(task_id=task_id, by=by)
    if task.status != Status.SKIPPED:
        raise Conflict("not_skipped", _("You have not skipped this task."))
    task.status = Status.UNSKIPPED
    task.save(update_fields=["status"])
    _count_skip(task, -1)
    if tree is not None:
        settle(tree, now=now)
    free = _seat_again(task)
    if free is None:
        return None
    free.status, free.assignee, free.leased_at, free.shown = Status.LEASED, by, now, task.shown
    free.expires_at = _lease_end(free, tree, now=now)
    free.save()
    Draft.objects.filter(task=task).update(task=free)
    return free


@verb
def expire(*, task_id: UUID, now: datetime) -> bool:
    """End a lease whose time is over; its seat opens again. The draft stays with the person."""
    tree = Tree.objects.hold_of_task(task_id)
    ended = Task.objects.expired(now).filter(pk=task_id)
    if not ended.update(status=Status.EXPIRED, closed_at=now):
        return False
    if tree is not None:
        settle(tree, now=now)
    return True


@verb
def release_all(*, person: User, now: datetime) -> None:
    """Take everything out of a person's hands: they left or were disabled."""
    Waiter.objects.filter(person=person).delete()
    held = Task.objects.held_by(person.pk).order_by("tree_id").values_list("id", flat=True)
    for task_id in list(held):
        tree = Tree.objects.hold_of_task(task_id)
        Task.objects.held_by(person.pk).filter(pk=task_id).update(status=Status.EXPIRED, closed_at=now, expires_at=now)
        if tree is not None:
            settle(tree, now=now)


@verb
def wait(*, kinds: Sequence[Kind], langs: Sequence[str], by: User, now: datetime) -> Waiter:
    """Put somebody on the waiting list; asking again keeps their place and renews it."""
    wish = Waiter(
        person=by, kinds=[kind.value for kind in kinds], langs=list(langs), since=now, until=now + WAIT
    )  # fmt: skip
    return Waiter.objects.put(wish)


@verb
def stop_waiting(*, by: User) -> None:
    """Take somebody off the waiting list."""
    Waiter.objects.filter(person=by).delete()


@verb
def assign(*, person_id: UUID, now: datetime, rng: Random) -> Task | None:
    """Give somebody who waits the first task that fits; None when there is still none."""
    waiter = (
        Waiter.objects
        .waiting(now)
        .filter(person_id=person_id)
        .select_related("person")
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )
    if waiter is None:
        return None
    kinds = [Kind(kind) for kind in waiter.kinds]
    try:
        with transaction.atomic():  # a refusal in there undoes only what was done in there
            task = next_task(kinds=kinds, langs=waiter.langs, by=waiter.person, now=now, rng=rng)
    except (Forbidden, Invalid, TooMany):
        # Disabled, with other languages, or busy with enough other tasks meanwhile: they no longer wait.
        waiter.delete()
        return None
    if task is not None:
        waiter.delete()
    return task
