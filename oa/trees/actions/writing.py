"""Words: prompts, replies, edits, deletions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden
from oa.core.ids import new_id
from oa.core.prepared import insert, run
from oa.core.verbs import verb
from oa.trees.actions.results import superseded
from oa.trees.models import Message, MessageRevision, PolicyVersion, Tree, TreeEvent
from oa.trees.rules import Policy, Role, State, Why, clean_text, role_at, same_words


@verb
def start_tree(*, text: str, lang: str, by: User, now: datetime, rng: Random) -> Message:
    """Plant a prompt: a tree of one message, waiting for its reviewers."""
    version = PolicyVersion.objects.in_force(lang)
    policy = version.policy
    text = clean_text(text, limit=policy.message_size_limit)
    _refuse_repetition(text, by=by, policy=policy, now=now)
    low = policy.min_goal_tree_size if policy.random_goal_tree_size else policy.goal_tree_size
    tree = Tree.objects.create(
        id=new_id(),
        state=State.INITIAL_PROMPT_REVIEW,
        lang=lang,
        policy=version,
        goal_size=rng.randint(low, policy.goal_tree_size),
        max_depth=policy.max_tree_depth,
        max_children=max(policy.max_children_count, 1),
        created_at=now,
    )
    TreeEvent.objects.create(tree=tree, after=tree.state, why=Why.STARTED, by=by, at=now)
    return Message.objects.create(
        id=tree.id, tree=tree, author=by, role=Role.PROMPTER, depth=0,
        lang=lang, text=text, created_date=now, extra_reviews=_checked_twice(by, policy, depth=0),
    )  # fmt: skip


@verb
def reply(*, tree: Tree, parent: Message, text: str, by: User, now: datetime, lang: str = "") -> Message:
    """Answer a message of a held tree. The role follows from the parent's."""
    policy = tree.policy.policy
    text = clean_text(text, limit=policy.message_size_limit)
    if parent.deleted or parent.review_result is False:
        raise Conflict("parent_is_gone", _("The message you answered was removed."))
    _refuse_repetition(text, by=by, policy=policy, now=now, parent=parent)
    message = Message(
        tree=tree, parent=parent, author=by, role=role_at(parent.depth + 1),
        depth=parent.depth + 1, lang=lang or parent.lang, text=text, created_date=now,
        extra_reviews=_checked_twice(by, policy, depth=parent.depth + 1),
    )  # fmt: skip
    insert(message)
    run("UPDATE trees_message SET children_count = children_count + 1 WHERE id = %s", [parent.pk])
    return message


def _checked_twice(by: User, policy: Policy, *, depth: int) -> int:
    """As many reviews again as the policy wants, for what somebody writes whose work is checked twice."""
    return policy.reviews_wanted(depth) if by.watched else 0


def _refuse_repetition(text: str, *, by: User, policy: Policy, now: datetime, parent: Message | None = None) -> None:
    """Nobody answers a message twice, nor sends the same words again within a while; one statement sees both."""
    since = now - timedelta(minutes=policy.duplicate_message_window_minutes)
    mine = Message.objects.lately_or_here(by=by.pk, since=since, parent_id=parent.pk if parent else None)
    if parent and any(above == parent.pk for above, _at, _words in mine):
        raise Conflict("already_replied", _("You have answered this message already."))
    recent = [words for _above, at, words in mine if at and at > since]
    if same_words(text) in {same_words(words) for words in recent}:
        raise Conflict(
            "same_text_again",
            _("You have sent the same text a short while ago."),
            remedy=_("Say it differently, or skip this task."),
        )


@verb
def delete_message(*, tree: Tree, message: Message) -> list[UUID]:
    """Delete a message of a held tree with everything below it. Returns what was deleted, in order."""
    if message.deleted:
        raise Conflict("already_deleted", _("This message is deleted already."))
    gone = _subtree(tree, message.pk, deleted=False)
    Message.objects.filter(pk__in=gone).update(deleted=True)
    recount_children(tree)
    leave_word(tree)
    return gone


@verb
def restore_message(*, tree: Tree, message: Message, only: list[UUID] | None = None) -> list[UUID]:
    """Bring a deleted message of a held tree back, with everything below it.

    `only` limits what is brought back to these ids: what was deleted before stays deleted. So does what was erased,
    with all below it. Refused while its parent is deleted, and while its author has another live reply there.
    """
    if not message.deleted:
        raise Conflict("not_deleted", _("This message is not deleted."))
    if message.erased:
        raise Conflict("message_erased", _("This message was erased for good."))
    if message.parent_id and Message.objects.get(pk=message.parent_id).deleted:
        raise Conflict(
            "parent_is_deleted",
            _("The message it answers is deleted."),
            remedy=_("Restore that one first."),
        )
    erased = Message.objects.filter(tree=tree, erased=True).values_list("id", flat=True)
    back = _subtree(tree, message.pk, deleted=True, without=frozenset(erased))
    if only is not None:
        back = [pk for pk in back if pk in set(only)]
    refuse_second_voice(back)
    Message.objects.filter(pk__in=back).update(deleted=False)
    recount_children(tree)
    leave_word(tree)
    return back


@verb
def erase(*, messages: Sequence[UUID]) -> None:
    """Take the words from deleted messages of held trees, for good: their texts, and what they were before edits."""
    Message.objects.filter(pk__in=messages).update(text="", erased=True)
    MessageRevision.objects.filter(message__in=messages).update(text="", why="")


def leave_word(tree: Tree) -> None:
    """Later stages that look at what became of messages find this tree by it."""
    Tree.objects.filter(pk=tree.pk).update(unbooked=True)


def refuse_second_voice(back: list[UUID]) -> None:
    """The constraint would refuse it too, but not in words."""
    returning = Message.objects.filter(pk__in=back, parent__isnull=False, author__isnull=False)
    for parent_id, author_id in returning.values_list("parent_id", "author_id"):
        rivals = Message.objects.live().filter(parent_id=parent_id, author_id=author_id)
        if rivals.exclude(pk__in=back).exists():
            raise Conflict(
                "author_replied_again",
                _("Its author has another reply to the same message meanwhile."),
                remedy=_("Delete that reply first."),
            )


def _subtree(tree: Tree, top: UUID, *, deleted: bool, without: frozenset[UUID] = frozenset()) -> list[UUID]:
    """A message and all below it that are (or are not) deleted; parents first. `without` these, and what is below."""
    found: dict[UUID, None] = {}
    for node in Message.objects.nodes_of(tree.pk):
        below = node.id == top or node.parent_id in found
        if below and node.deleted == deleted and node.id not in without:
            found[node.id] = None
    return list(found)


# Only rows that say something else are written: a deletion changes one count of a tree.
_RECOUNT = """
UPDATE trees_message message SET children_count = counted.live
FROM (
    SELECT parent.id, count(reply.id) AS live
    FROM trees_message parent LEFT JOIN trees_message reply ON reply.parent_id = parent.id AND NOT reply.deleted
    WHERE parent.tree_id = %s GROUP BY parent.id
) counted
WHERE message.id = counted.id AND message.children_count <> counted.live
"""


def recount_children(tree: Tree) -> None:
    """Make every count of live replies in a held tree agree with its rows."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [tree.pk])


@verb
def reject(*, tree: Tree, message: Message) -> None:
    """Reject a message of a held tree, whatever its reviewers said or would have said."""
    if message.deleted:
        raise Conflict("already_deleted", _("This message is deleted already."))
    if message.review_result is False:
        raise Conflict("already_rejected", _("This message is rejected already."))
    message.review_result = False
    message.save(update_fields=["review_result"])
    leave_word(tree)


@verb
def change_language(*, tree: Tree, lang: str) -> list[UUID]:
    """Say that a held tree is in another language, with those of its messages that were in its own. Returns these."""
    if tree.lang == lang:
        raise Conflict("same_language", _("This tree is in this language already."))
    moved = Message.objects.filter(tree=tree, lang=tree.lang).order_by("depth", "id").values_list("id", flat=True)
    ids = list(moved)
    Message.objects.filter(pk__in=ids).update(lang=lang)
    tree.lang = lang
    Tree.objects.filter(pk=tree.pk).update(lang=lang)
    leave_word(tree)
    return ids


@verb
def judge_again(*, message: Message) -> None:
    """What reviewers said of a message of a held tree counts no longer (the caller revokes those rows), nor what an
    import says they said."""
    message.review_count, message.review_result, message.label_sums = 0, None, {}
    message.baseline = superseded(message.baseline, "labels", "review_count")
    message.save(update_fields=["review_count", "review_result", "label_sums", "baseline"])


@verb
def withhold(*, message: Message, withheld: bool = True) -> None:
    """Keep a message of a held tree, with all below it, out of tasks and from other people's eyes; or give it back."""
    message.withheld = withheld
    message.save(update_fields=["withheld"])


@verb
def keep_out(*, message: Message, withdrawn: bool) -> None:
    """Its author takes a message of a held tree back from data sets, or gives it again. In its tree it stays."""
    message.withdrawn = withdrawn
    message.save(update_fields=["withdrawn"])


@verb
def edit_text(*, tree: Tree, message: Message, text: str, by: User, now: datetime, why: str = "") -> MessageRevision:
    """Change the words of a message in a held tree; the old words stay as a revision.

    Nothing said about the old words counts for the new ones: reviews start again, and so does
    the ranking of the group it stands in (the caller revokes those rows). A moderator has looked,
    so it is withheld no more; a machine reads the new words.
    """
    if not by.is_moderator:
        raise Forbidden("moderators_only", _("Only moderators may change a text."))
    if message.erased:
        raise Conflict("message_erased", _("This message was erased for good."))
    text = clean_text(text, limit=tree.policy.policy.message_size_limit)
    if text == message.text:
        raise Conflict("nothing_changed", _("The text is the same as before."))
    revision = MessageRevision.objects.create(
        message=message, version=message.version, text=message.text, why=why, by=by, at=now
    )
    message.text, message.version, message.withheld = text, message.version + 1, False
    message.save(update_fields=["text", "version", "withheld"])
    judge_again(message=message)
    leave_word(tree)
    return revision
