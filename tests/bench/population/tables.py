"""The tables that are written, and how one story becomes rows of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from random import Random
from uuid import UUID

from oa.community.rules import Facts, Judgement, Key, Order, Piece, Reason, Result, news_of, owed
from oa.tasks.rules import Kind, Status
from oa.trees.rules import State
from tests.bench.population.forms import LANG, POLICY, At, Form, Table
from tests.bench.population.stories import Event, Story, Work, id_of, number_of

TREE = Table("trees_tree", {
    "id": "uuid", "state": "text", "lang": "text", "archived": "bool", "origin": "text", "policy_id": "int8",
    "goal_size": "int2", "max_depth": "int2", "max_children": "int2", "moderated": "bool", "won_lottery_at": "time",
    "created_at": "time",
})  # fmt: skip
MESSAGE = Table("trees_message", {
    "id": "uuid", "tree_id": "uuid", "parent_id": "uuid", "author_id": "uuid", "role": "text", "depth": "int2",
    "lang": "text", "version": "int2", "created_date": "time", "deleted": "bool", "synthetic": "bool",
    "model_name": "text", "review_count": "int4", "review_result": "bool", "label_sums": "jsonb",
    "ranking_count": "int4", "children_count": "int4", "rank": "int2", "emojis": "jsonb", "foreign_id": "text",
    "text": "text",
})  # fmt: skip
EVENT = Table("trees_treeevent", {
    "tree_id": "uuid", "before": "text", "after": "text", "why": "text", "by_id": "uuid", "at": "time",
})  # fmt: skip
REVIEW = Table("reviews_review", {
    "id": "uuid", "message_id": "uuid", "by_id": "uuid", "labels": "jsonb", "mode": "text", "version": "int2",
    "counts": "bool", "created_at": "time",
})  # fmt: skip
BALLOT = Table("rankings_ballot", {
    "id": "uuid", "parent_id": "uuid", "by_id": "uuid", "shown": "uuid[]", "tiers": "jsonb", "unacceptable": "uuid[]",
    "not_rankable": "bool", "counts": "bool", "created_at": "time",
})  # fmt: skip
ORDER = Table("rankings_groupranking", {
    "parent_id": "uuid", "tiers": "jsonb", "ballots": "int4", "not_rankable": "int4", "scored_at": "time",
})  # fmt: skip
TASK = Table("tasks_task", {
    "id": "uuid", "kind": "text", "status": "text", "lang": "text", "tree_id": "uuid", "message_id": "uuid",
    "version": "int2", "author_id": "uuid", "lonely": "bool", "lot": "float8", "created_at": "time",
    "assignee_id": "uuid", "leased_at": "time", "expires_at": "time", "closed_at": "time", "shown": "jsonb",
    "result": "jsonb", "submit_key": "text", "submit_digest": "text", "skip_reason": "text", "skip_note": "text",
    "booked": "bool",
})  # fmt: skip
ENTRY = Table("community_entry", {
    "person_id": "uuid", "reason": "text", "points": "numeric", "times": "int2", "subject": "uuid",
    "message_id": "uuid", "tree_id": "uuid", "lang": "text", "at": "time",
})  # fmt: skip
NOTICE = Table("community_notice", {
    "id": "uuid", "person_id": "uuid", "kind": "text", "key": "text", "message_id": "uuid", "tree_id": "uuid",
    "data": "jsonb", "muted": "bool", "at": "time", "read_at": "time",
})  # fmt: skip
SCORE = Table("screening_toxicityscore", {
    "message_id": "uuid", "version": "int2", "toxicity": "float8", "severe_toxicity": "float8", "obscene": "float8",
    "identity_attack": "float8", "insult": "float8", "threat": "float8", "sexual_explicit": "float8",
    "model_name": "text", "imported": "bool", "scored_at": "time",
})  # fmt: skip
OPINION = Table("screening_opinion", {
    "message_id": "uuid", "version": "int2", "language": "text", "language_sure": "float8", "personal_data": "jsonb",
    "digest": "text", "bands": "int8[]", "read_at": "time",
})  # fmt: skip
# When judgements were given: the ledger has it from the story instead.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# In which their rows are written; messages come by themselves, with their texts.
TABLES = (TREE, EVENT, REVIEW, BALLOT, ORDER, TASK, ENTRY, NOTICE, SCORE, OPINION)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger, or (`points` 0) a task that was handed in: what the sums are made of."""

    person: int
    at: float
    points: int
    """In tenths."""
    tasks: int = 0
    reason: Reason | None = None


@dataclass
class Mould:
    """A story as rows: its forms, and what the sums beside them need to know."""

    story: Story
    forms: dict[str, Form] = field(default_factory=dict)
    messages: list[Form] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @cached_property
    def state(self) -> State:
        return self.story.state

    @property
    def is_worked_on(self) -> bool:
        """Whether people have something to do there."""
        return self.state in (State.INITIAL_PROMPT_REVIEW, State.GROWING, State.RANKING)


def mould(story: Story) -> Mould:
    """All rows that a story leaves."""
    made = Mould(story, {table.name: Form(table) for table in TABLES})
    _tree(made)
    _messages(made)
    for event in story.events:
        _event(made, event)
    _judgements(made)
    for work in story.works:
        _task(made, work)
    facts = _facts(story)
    _ledger(made, facts)
    _notices(made, facts)
    return made


def _person(number: int | None) -> UUID | None:
    return None if number is None else id_of(number)


def _root(made: Mould) -> UUID:
    return made.story.nodes[0].id


def _tree(made: Mould) -> None:
    story = made.story
    made.forms[TREE.name].add(
        id=_root(made), state=story.state.value, lang=LANG, archived=False, origin="", policy_id=POLICY,
        goal_size=story.aim.goal, max_depth=story.policy.max_tree_depth, max_children=story.policy.max_children_count,
        moderated=story.aim.backlog, won_lottery_at=None if story.won_at is None else At(story.won_at),
        created_at=At(0),
    )  # fmt: skip


def _messages(made: Mould) -> None:
    story, dice = made.story, Random(7)
    for node in story.nodes:
        number = number_of(node.id)
        form = Form(MESSAGE, open_end=True)
        form.add(
            id=node.id, tree_id=_root(made), parent_id=node.parent_id, author_id=node.author_id, role=node.role.value,
            depth=node.depth, lang=LANG, version=1, created_date=At(story.written[number]), deleted=False,
            synthetic=False, model_name=None, review_count=node.review_count, review_result=node.review_result,
            label_sums=story.sums[number], ranking_count=node.ranking_count,
            children_count=sum(1 for other in story.nodes if other.parent_id == node.id), rank=node.rank,
            emojis=dict(node.emojis) or None, foreign_id="",
        )  # fmt: skip
        made.messages.append(form)
        read = At(story.written[number] + 2)
        toxic = dice.betavariate(0.3, 8)
        made.forms[SCORE.name].add(
            message_id=node.id, version=1, toxicity=toxic, severe_toxicity=toxic / 9, obscene=toxic / 2,
            identity_attack=toxic / 5, insult=toxic / 2, threat=toxic / 9, sexual_explicit=toxic / 4,
            model_name="bench", imported=False, scored_at=read,
        )  # fmt: skip
        made.forms[OPINION.name].add(
            message_id=node.id, version=1, language=LANG, language_sure=0.9, personal_data=[], digest="", bands=[],
            read_at=read,
        )  # fmt: skip


def _event(made: Mould, event: Event) -> None:
    made.forms[EVENT.name].add(
        tree_id=_root(made), before=event.before and event.before.value, after=event.after.value, why=event.why.value,
        by_id=_person(event.by), at=At(event.at),
    )  # fmt: skip


def _judgements(made: Mould) -> None:
    story = made.story
    for review in story.reviews:
        made.forms[REVIEW.name].add(
            id=id_of(review.id), message_id=id_of(review.message), by_id=id_of(review.by), labels=review.labels,
            mode=review.mode.value, version=1, counts=True, created_at=At(review.at),
        )  # fmt: skip
    for ballot in story.ballots:
        made.forms[BALLOT.name].add(
            id=id_of(ballot.id), parent_id=id_of(ballot.parent), by_id=id_of(ballot.by),
            shown=[id_of(number) for number in ballot.shown],
            tiers=[[str(reply) for reply in tier] for tier in ballot.vote.tiers], unacceptable=[],
            not_rankable=ballot.vote.not_rankable, counts=True, created_at=At(ballot.at),
        )  # fmt: skip
    for parent, (order, not_rankable, at) in story.orders.items():
        made.forms[ORDER.name].add(
            parent_id=id_of(parent), tiers=[[str(reply) for reply in tier] for tier in order.tiers],
            ballots=sum(1 for ballot in story.ballots if ballot.parent == parent), not_rankable=not_rankable,
            scored_at=At(at),
        )  # fmt: skip


def _task(made: Mould, work: Work) -> None:
    seat, done = work.seat, work.status is Status.DONE
    digest = hashlib.sha256(str(work.id).encode()).hexdigest() if done else ""
    in_hand = work.person is not None
    made.forms[TASK.name].add(
        id=id_of(work.id), kind=(seat.kind if seat else Kind.INITIAL_PROMPT).value, status=work.status.value,
        lang=LANG, tree_id=_root(made) if seat else None, message_id=seat.message_id if seat else None, version=1,
        author_id=_person(work.author), lonely=False, lot=Random(work.id).random(), created_at=At(work.opened),
        assignee_id=_person(work.person), leased_at=At(work.leased) if in_hand else None,
        expires_at=At(work.ends) if in_hand else None, closed_at=At(work.closed), shown=work.shown, result=work.result,
        submit_key="", submit_digest=digest, skip_reason=work.skip.value if work.skip else "", skip_note="",
        booked=done,
    )  # fmt: skip
    if done and work.person is not None:
        made.lines.append(Line(work.person, work.closed, 0, tasks=1))


# --- points and notices -----------------------------------------------------------------------------------------------


def _facts(story: Story) -> Facts:
    """The tree as the ledger sees it."""
    return Facts(
        pieces=[
            Piece(
                node.id, node.parent_id, node.author_id, node.depth, "", 1, deleted=False,
                review_result=node.review_result, rank=node.rank, reviews=node.review_count,
                said_spam=_said(story, node.id, "spam"), said_wrong_language=_said(story, node.id, "lang_mismatch"),
            )
            for node in story.nodes
        ],
        reviews=[
            Judgement(id_of(one.id), id_of(one.message), id_of(one.by), one.mode, one.labels, counts=True, at=_NEVER)
            for one in story.reviews
        ],
        ballots=[
            Order(id_of(one.id), id_of(one.parent), id_of(one.by), one.vote, counts=True, at=_NEVER)
            for one in story.ballots
        ],
        results={
            id_of(parent): Result(order.tiers, sum(1 for one in story.ballots if one.parent == parent), not_rankable)
            for parent, (order, not_rankable, _at) in story.orders.items()
        },
    )  # fmt: skip


def _said(story: Story, pk: UUID, label: str) -> int:
    return round(story.sums[number_of(pk)].get(label, (0.0, 0))[0])


_DECIDED = {
    Reason.PROMPT_ACCEPTED, Reason.PROMPTER_REPLY_ACCEPTED, Reason.ASSISTANT_REPLY_ACCEPTED, Reason.REVIEW_AGREED,
}  # fmt: skip


def _ledger(made: Mould, facts: Facts) -> None:
    story = made.story
    due = owed(facts, story.policy).due
    for at, key in sorted((_when(story, key, one.message_id), key) for key, one in due.items()):
        points = due[key].points
        made.forms[ENTRY.name].add(
            person_id=key.person_id, reason=key.reason.value, points=points, times=1, subject=key.subject,
            message_id=due[key].message_id, tree_id=_root(made), lang=LANG, at=At(at),
        )  # fmt: skip
        made.lines.append(Line(number_of(key.person_id), at, int(points * 10), reason=key.reason))


def _when(story: Story, key: Key, message: UUID) -> float:
    if key.reason in _DECIDED:
        return story.decided[number_of(message)] + 1
    subject = number_of(key.subject)
    done = {**story.written, **{one.id: one.at for one in story.reviews}, **{one.id: one.at for one in story.ballots}}
    if key.reason.value.startswith("rank") and key.reason is not Reason.RANKING:
        return max(at for _order, _times, at in story.orders.values()) + 1
    return done[subject]


def _notices(made: Mould, facts: Facts) -> None:
    story, dice = made.story, Random(3)
    for news in news_of(facts, tree_id=_root(made), state=story.state, drawn=story.won_at is not None):
        at = _told(story, news.kind.value, news.message_id)
        made.forms[NOTICE.name].add(
            id=id_of(story.new(at)), person_id=news.person_id, kind=news.kind.value, key=news.key,
            message_id=news.message_id, tree_id=_root(made), data=dict(news.data), muted=False, at=At(at),
            read_at=At(min(at + 3600, story.now)) if dice.random() < 0.8 else None,
        )  # fmt: skip


def _told(story: Story, kind: str, message: UUID | None) -> float:
    if message is not None and kind in ("accepted", "rejected"):
        return story.decided[number_of(message)] + 1
    return story.now if kind != "drawn" or story.won_at is None else story.won_at + 1
