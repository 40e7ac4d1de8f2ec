"""A small world for tests, made by the same actions as the real one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from random import Random

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.core.verbs import verb
from oa.rankings import actions as rankings
from oa.rankings.models import Ballot
from oa.rankings.rules import Vote
from oa.reviews import actions as reviews
from oa.reviews.models import Review
from oa.reviews.rules import Mode
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.models import Message, PolicyVersion, Tree

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_numbers = count(1)

# One review decides, two replies fill a tree, one ballot ranks them.
QUICK = {
    "goal_tree_size": 3, "min_goal_tree_size": 3, "max_tree_depth": 1, "max_children_count": 2,
    "num_reviews_initial_prompt": 1, "num_reviews_reply": 1, "num_required_rankings": 1,
}  # fmt: skip


def person(*, role: Role = Role.VOLUNTEER, **fields: object) -> User:
    number = next(_numbers)
    return User.objects.create_user(
        f"p{number}@example.org", "a password", role=role, display_name=f"Person {number}", **fields
    )


def quick_policy(**values: object) -> PolicyVersion:
    return PolicyVersion.objects.create(lang="", values={**QUICK, **values}, note="For a test.", at=NOW)


@verb
def prompt(*, by: User | None = None, text: str = "", lang: str = "en", now: datetime = NOW) -> Message:
    words = text or f"Prompt number {next(_numbers)}"
    message = trees.start_tree(text=words, lang=lang, by=by or person(), now=now, rng=Random(1))
    tasks.restock(message.tree, now=now)
    return message


@verb
def reply(parent: Message, *, by: User | None = None, text: str = "", now: datetime = NOW) -> Message:
    tree = trees.hold(tree_id=parent.tree_id)
    words = text or f"Reply number {next(_numbers)}"
    message = trees.reply(tree=tree, parent=parent, text=words, by=by or person(), now=now)
    _settle(tree, now)
    return message


@verb
def label(
    message: Message, *, by: User | None = None, labels: Mapping[str, object] | None = None, now: datetime = NOW
) -> Review:
    tree = trees.hold(tree_id=message.tree_id)
    message.refresh_from_db()
    made = reviews.review(
        tree=tree, message=message, labels=labels or {"spam": 0}, mode=Mode.FULL, by=by or person(), now=now
    )
    _settle(tree, now)
    return made


@verb
def rank(parent: Message, order: Sequence[Message], *, by: User | None = None, now: datetime = NOW) -> Ballot:
    tree = trees.hold(tree_id=parent.tree_id)
    shown = [message.pk for message in order]
    vote = Vote(tuple((pk,) for pk in shown))
    made = rankings.rank(parent=parent, shown=shown, vote=vote, by=by or person(), now=now)
    _settle(tree, now)
    return made


def _settle(tree: Tree, now: datetime) -> None:
    tasks.restock(tree, now=now, shape=trees.advance(tree, now=now))


def growing_tree(*, by: User | None = None, lang: str = "en", now: datetime = NOW) -> Message:
    """A prompt that was accepted and has won the lottery; needs `quick_policy`."""
    root = prompt(by=by, lang=lang, now=now)
    label(root, now=now)
    tasks.fill_language(lang=lang, now=now, rng=Random(1))
    return root


def ready_tree(*, by: User | None = None, lang: str = "en", now: datetime = NOW) -> tuple[Message, list[Message]]:
    """A finished tree of a prompt and its two ranked replies; needs `quick_policy`."""
    root = growing_tree(by=by, lang=lang, now=now)
    replies = [reply(root, now=now) for _ in range(2)]
    for message in replies:
        label(message, now=now)
    rank(root, replies, now=now)
    rankings.score(tree_id=root.tree_id, now=now)
    return root, replies
