"""People, trees, reviews and ballots for tests, made by the very actions that make them in life.

Nobody here waits for luck: `sit` gives a person the seat the test is about, as the claim would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.community import actions as community
from oa.core.promises import kept
from oa.rankings import actions as rankings
from oa.rankings.rules import Vote
from oa.screening.models import ToxicityScore
from oa.screening.rules import SCORES
from oa.stats.promises import PROMISES
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import LABELS, RANKINGS, Kind, Status
from oa.trees import actions as trees
from oa.trees.models import Message, PolicyVersion, Tree
from oa.trees.rules import State

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FAIR = Random(7)
LEASE = timedelta(hours=1)
_number = count(1)

# A tree small enough to be carried to its end in a test: a prompt, two answers, two of everything.
SMALL: Mapping[str, object] = {
    "goal_tree_size": 3,
    "max_tree_depth": 1,
    "max_children_count": 2,
    "num_reviews_initial_prompt": 2,
    "num_reviews_reply": 2,
    "num_required_rankings": 2,
    "min_goal_tree_size": 1,
    "max_initial_prompt_review": 5,
    "p_activate_backlog_tree": 0.0,
}


def person(name: str = "", **fields: object) -> User:
    """Somebody who has accepted the terms."""
    number = next(_number)
    name = name or f"Person {number}"
    fields.setdefault("terms_version", 1)
    return User.objects.create(email=f"person{number}@example.org", display_name=name, **fields)


def people(number: int) -> list[User]:
    return [person() for _ in range(number)]


def moderator() -> User:
    return person("Mo the moderator", role=Role.MODERATOR)


def admin() -> User:
    return person("Ada the administrator", role=Role.ADMIN)


def policy(lang: str = "", **values: object) -> PolicyVersion:
    """A policy for small trees, in force from now on; `values` go before those of SMALL."""
    return PolicyVersion.objects.create(lang=lang, values={**SMALL, **values}, at=NOW)


def words() -> str:
    """A text nobody has written before."""
    return f"Words no. {next(_number)}"


def plant(*, by: User | None = None, text: str = "", lang: str = "en", now: datetime = NOW) -> Message:
    """A prompt, waiting for its reviewers."""
    message = trees.start_tree(text=text or words(), lang=lang, by=by or person(), now=now, rng=FAIR)
    tasks.restock_tree(tree_id=message.tree_id, now=now)
    return message


def sit(message: Message, kind: Kind, *, by: User, now: datetime = NOW) -> Task:
    """The first open seat of this kind at a message becomes this person's, and laid out for them."""
    task = Task.objects.open().filter(kind=kind, message=message).order_by("id").first()
    assert task is not None, f"no open {kind} at {message.pk}"
    task.status, task.assignee, task.leased_at, task.expires_at = Status.LEASED, by, now, now + LEASE
    if kind in LABELS:
        task.shown = {"mode": "full"}
    elif kind in RANKINGS:
        task.shown = {"order": [str(reply.pk) for reply in replies_to(message)]}
    task.save()
    return task


def replies_to(message: Message) -> list[Message]:
    """The accepted live replies, oldest first."""
    return list(Message.objects.accepted().filter(parent=message).order_by("id"))


def hand_in(task: Task, *, by: User, now: datetime = NOW, key: str = "", **answer: object) -> Task:
    """Submit a task; `text`, `labels` or `vote` are the answer."""
    given = tasks.Answer(**answer)  # type: ignore[arg-type]  # one of its fields
    return tasks.submit(task_id=task.pk, answer=given, by=by, key=key, now=now, rng=FAIR).task


def label_kind(message: Message) -> Kind:
    if not message.depth:
        return Kind.LABEL_INITIAL_PROMPT
    return Kind.LABEL_ASSISTANT_REPLY if message.depth % 2 else Kind.LABEL_PROMPTER_REPLY


def reply_kind(parent: Message) -> Kind:
    return Kind.PROMPTER_REPLY if parent.depth % 2 else Kind.ASSISTANT_REPLY


def rank_kind(parent: Message) -> Kind:
    return Kind.RANK_PROMPTER_REPLIES if parent.depth % 2 else Kind.RANK_ASSISTANT_REPLIES


def review(message: Message, *, by: User | None = None, spam: float = 0, now: datetime = NOW, **labels: float) -> Task:
    """One person's review of a message, through a task."""
    by = by or person()
    return hand_in(sit(message, label_kind(message), by=by, now=now), by=by, now=now, labels={"spam": spam, **labels})


def review_to_end(message: Message, *, spam: float = 0, now: datetime = NOW) -> Message:
    """As many reviews as are wanted, all of one mind."""
    while fresh(message).review_result is None:
        review(message, spam=spam, now=now)
    return fresh(message)


def answer(parent: Message, *, by: User | None = None, text: str = "", now: datetime = NOW) -> Message:
    """One person's reply to a message, through a task; not reviewed yet."""
    by = by or person()
    done = hand_in(sit(parent, reply_kind(parent), by=by, now=now), by=by, now=now, text=text or words())
    return Message.objects.get(pk=(done.result or {})["message_id"])


def accepted_answer(parent: Message, *, by: User | None = None, now: datetime = NOW) -> Message:
    return review_to_end(answer(parent, by=by, now=now), now=now)


def ballot(parent: Message, *best_first: Message, by: User | None = None, now: datetime = NOW) -> Task:
    """One person's order of the replies; the replies not named stay in the order shown."""
    by = by or person()
    task = sit(parent, rank_kind(parent), by=by, now=now)
    named = [message.pk for message in best_first]
    order = named + [UUID(pk) for pk in (task.shown or {})["order"] if UUID(pk) not in named]
    return hand_in(task, by=by, now=now, vote=Vote(tuple((pk,) for pk in order)))


def growing(*, by: User | None = None, now: datetime = NOW) -> Message:
    """An accepted prompt that has won the lottery."""
    review_to_end(plant(by=by, now=now), now=now)
    tree = trees.draw_winners(lang="en", places=1, now=now, rng=FAIR)[0]
    tasks.restock_tree(tree_id=tree.pk, now=now)
    return Message.objects.get(tree=tree, depth=0)


def ranking(*, authors: Sequence[User | None] = (None, None), now: datetime = NOW) -> Message:
    """A small tree whose two replies wait for ballots."""
    prompt = growing(now=now)
    for author in authors:
        accepted_answer(prompt, by=author, now=now)
    assert state_of(prompt) == State.RANKING
    return prompt


def ready(*, now: datetime = NOW) -> Message:
    """A small tree carried to its end."""
    prompt = ranking(now=now)
    while state_of(prompt) == State.RANKING:
        ballot(prompt, now=now)
    rankings.score(tree_id=prompt.tree_id, now=now)
    assert state_of(prompt) == State.READY_FOR_EXPORT
    return prompt


def book(now: datetime = NOW) -> int:
    """Rounds of the ledger until nothing is due. Gives the number of lines they added."""
    lines = 0
    while due := community.trees_due(most=100):
        lines += sum(community.book_trees(tree_ids=due, now=now).values())
    return lines


def scored(message: Message, peak: float, **more: float) -> Message:
    """What a machine says of the text in force: `toxicity` is `peak`, the other scores are 0 or as given."""
    values = {**dict.fromkeys(SCORES, 0.0), "toxicity": peak, **more}
    about = {"version": fresh(message).version, "model_name": "test", "scored_at": NOW}
    ToxicityScore.objects.update_or_create(message=message, defaults={**values, **about})
    return message


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def state_of(message: Message) -> State:
    return State(Tree.objects.get(pk=message.tree_id).state)


def stock_of(message: Message) -> list[Task]:
    return list(Task.objects.stock().filter(tree=message.tree_id))


def broken_promises(*promises: str) -> list[str]:
    """Every breach of these promises, or of all."""
    return kept([check for check in PROMISES if not promises or check.promise in promises])
