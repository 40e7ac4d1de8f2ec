"""Whether a judgement can be one of the messages it names."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from oa.community.rules import VOTES
from oa.datasets.rules.conversations import Conversation, pk_of
from oa.datasets.rules.fields import Broken, Entry
from oa.datasets.rules.forms.judgements import What, task_about, tasks_at
from oa.datasets.rules.judgements.reading import Judgement


class Scene:
    """A tree as it is here, asked by ids."""

    def __init__(self, tree: Conversation) -> None:
        self.tree = tree
        self.entries = {pk_of(entry.message_id): entry for entry in tree.entries}

    def entry(self, pk: UUID) -> Entry | None:
        return self.entries.get(pk)

    def author(self, entry: Entry) -> UUID | None:
        return pk_of(entry.user_id) if entry.user_id else None


def check(judgement: Judgement, scene: Scene | None, accounts: Collection[UUID]) -> None:
    """Broken when it names messages or people that it can't be about; `accounts` sign in here."""
    entry = scene.entry(judgement.message) if scene else None
    if scene is None or entry is None:
        where = judgement.row["message_tree_id"]
        raise Broken("unknown_message", f"there is no message {judgement.row['message_id']} in a tree {where} here")
    if judgement.person in accounts:
        words = f"{judgement.row['user_id']} has an account here: no file can speak for them"
        raise Broken("account_here", words)
    _check_task(judgement, entry)
    own = scene.author(entry) == judgement.person
    if own and (judgement.what is What.REVIEW or judgement.row["emoji"] in VOTES):
        raise Broken("own_message", "it is by the author of the message")
    if judgement.what is What.BALLOT:
        _check_replies(judgement, scene)


def _check_task(judgement: Judgement, entry: Entry) -> None:
    if judgement.what is What.REACTION:
        return
    task = judgement.row["task"]
    if judgement.what is What.SKIP:
        fits = task in tasks_at(depth=entry.depth)
    else:
        fits = task == task_about(judgement.what, depth=entry.depth)
    if not fits:
        words = f"{task} is no {judgement.what} of a message at depth {entry.depth} by the {entry.role}"
        raise Broken("other_task", words)


def _check_replies(judgement: Judgement, scene: Scene) -> None:
    parent = judgement.row["message_id"]
    for name in judgement.row["shown"]:
        reply = scene.entry(pk_of(name))
        if reply is None or reply.parent_id is None or pk_of(reply.parent_id) != judgement.message:
            raise Broken("not_a_reply", f"it ranks {name}, which is no reply to {parent}")
        if scene.author(reply) == judgement.person:
            raise Broken("own_reply", f"it ranks {name}, which is by the same person")
