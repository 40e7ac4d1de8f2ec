"""What may become of a tree, played out by the rules themselves: who wrote, reviewed and ranked what, and when.

A story has no words and no people of its own: people are the places of a cast, and every id is small enough to be told
apart later (`id_of`). The million trees of a population are told from a few hundred of these.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random
from typing import TypeVar
from uuid import UUID

from oa.rankings.rules import Consensus, Vote, consensus
from oa.reviews.rules import WIDGETS, Mode, Tally, Widget, draw_mode, form_for, verdict
from oa.tasks.rules import (
    LABELS,
    MET,
    RANKINGS,
    REPLIES,
    Kind,
    Seat,
    SkipReason,
    Status,
    label_kind,
    lease,
    skip_code,
    wanted,
)  # fmt: skip
from oa.trees.rules import FINISHED, Node, Policy, Shape, State, Why, facts_of, moves, role_at

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
# Place 0 of every cast is a moderator's; people have the places after it. Ids of what they make come after those.
MODERATOR, ALONE, MANY = 0, 8, 26
SKIPS, LAPSES = 0.02, 0.02
Thing = TypeVar("Thing")


@cache
def id_of(number: int) -> UUID:
    """The id that stands for a place of the cast, or for something made in the story."""
    return UUID(int=number + 1)


@dataclass(frozen=True, slots=True)
class Aim:
    """How a story is to end: the state, and after how many pieces of work if it ends in the middle of things."""

    state: State
    pieces: int = 0
    halted: bool = False
    backlog: bool = False
    goal: int = 12

    @property
    def alone(self) -> bool:
        """Whether nothing but a prompt comes of it."""
        return self.state in (State.INITIAL_PROMPT_REVIEW, State.PROMPT_LOTTERY_WAITING, State.ABORTED_LOW_GRADE)


@dataclass(slots=True)
class Review:
    id: int
    message: int
    by: int
    labels: dict[str, float]
    mode: Mode
    at: float


@dataclass(slots=True)
class Ballot:
    id: int
    parent: int
    by: int
    shown: list[int]
    vote: Vote
    at: float


@dataclass(slots=True)
class Event:
    before: State | None
    after: State
    why: Why
    at: float
    by: int | None = None


@dataclass(slots=True)
class Work:
    """A task that is history. `person` is None where nobody ever had it."""

    id: int
    seat: Seat | None
    author: int | None
    status: Status
    person: int | None
    opened: float
    leased: float
    closed: float
    ends: float
    shown: dict[str, object] | None = None
    result: dict[str, str] | None = None
    skip: SkipReason | None = None


@dataclass
class Story:
    """One tree from its prompt to where it is now. Times are seconds from its start."""

    aim: Aim
    policy: Policy
    rng: Random
    now: float = 0.0
    state: State = State.INITIAL_PROMPT_REVIEW
    won_at: float | None = None
    made: list[float] = field(default_factory=list)
    """When each thing was made that has an id, in the order of ids."""
    nodes: list[Node] = field(default_factory=list)
    written: dict[int, float] = field(default_factory=dict)
    sums: dict[int, dict[str, list[float]]] = field(default_factory=dict)
    quality: dict[int, float] = field(default_factory=dict)
    decided: dict[int, float] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)
    orders: dict[int, tuple[Consensus, int, float]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    met: set[tuple[Kind, int, int]] = field(default_factory=set)

    @property
    def people(self) -> int:
        """The places of its cast, the moderator's too."""
        return ALONE if self.aim.alone else MANY

    def new(self, at: float) -> int:
        """The number of a new thing."""
        self.made.append(at)
        return self.people + len(self.made) - 1

    def shape(self) -> Shape:
        policy = self.policy
        return Shape(policy, self.aim.goal, policy.max_tree_depth, policy.max_children_count, self.nodes)

    def node(self, number: int) -> Node:
        return next(node for node in self.nodes if node.id == id_of(number))


def number_of(pk: UUID) -> int:
    return pk.int - 1


def tell(aim: Aim, policy: Policy, rng: Random) -> Story:
    """A story that ends as it should; told again until it does."""
    for _ in range(200):
        story = Story(aim, policy, Random(rng.random()))
        _begin(story)
        while story.state != aim.state and not _is_over(story):
            _step(story)
        for _piece in range(aim.pieces):
            if story.state == aim.state:
                _step(story)
        if story.state == aim.state:
            _end(story)
            return story
    raise AssertionError(f"no tree ever comes to {aim}")


def _is_over(story: Story) -> bool:
    alone = story.aim.alone and story.state is not State.INITIAL_PROMPT_REVIEW
    return alone or story.state in FINISHED


def _begin(story: Story) -> None:
    author = story.rng.randrange(1, story.people)
    root = story.new(0.0)
    _place(story, root, author, parent=None)
    story.events.append(Event(None, story.state, Why.STARTED, 0.0, author))
    _done(story, None, None, author, {"message_id": str(id_of(root))}, opened=-HOUR)


def _place(story: Story, number: int, author: int, parent: Node | None) -> None:
    story.nodes.append(
        Node(
            id_of(number), parent.id if parent else None, id_of(author), parent.depth + 1 if parent else 0, "", 1,
            deleted=False, review_count=0, review_result=None, ranking_count=0, rank=None,
        )
    )  # fmt: skip
    story.written[number] = story.now
    story.sums[number] = {}
    rejected = story.aim.state is State.ABORTED_LOW_GRADE or (parent and story.rng.random() < 0.05)
    story.quality[number] = 0.0 if rejected else story.rng.betavariate(4, 2) + 0.01


def _step(story: Story) -> None:
    """One piece of work, or what a worker does where there is none."""
    if story.state is State.PROMPT_LOTTERY_WAITING:
        story.now += story.rng.expovariate(1 / (3 * DAY))
        story.won_at = story.now
        _move(story, State.GROWING, Why.WON_LOTTERY)
        return
    if story.state is State.READY_FOR_SCORING:
        _score(story)
        return
    before = story.now
    story.now += story.rng.expovariate(1 / HOUR) + MINUTE
    seat = _draw(story.rng, list(wanted(story.state, story.shape()).elements()))
    _interlude(story, seat, opened=before)
    _ACTS[seat.kind](story, seat, before)
    for to, why in list(moves(story.state, facts_of(story.shape()))):
        _move(story, to, why)


def _draw(rng: Random, things: list[Thing]) -> Thing:
    return things[rng.randrange(len(things))]


def _move(story: Story, to: State, why: Why, by: int | None = None) -> None:
    story.events.append(Event(story.state, to, why, story.now, by))
    story.state = to


# --- what people do ---------------------------------------------------------------------------------------------------


def _somebody(story: Story, seat: Seat, *, but: set[int]) -> int:
    number = number_of(seat.message_id)
    free = [
        person
        for person in range(1, story.people)
        if person not in but and (seat.kind, number, person) not in story.met
    ]
    return _draw(story.rng, free)


def _unfit(story: Story, seat: Seat) -> set[int]:
    """Who may not have this seat: the author, and whoever has a reply there already."""
    replies = [node for node in story.nodes if node.parent_id == seat.message_id]
    theirs = replies if seat.kind in REPLIES | RANKINGS else []
    own = [story.node(number_of(seat.message_id))] if seat.kind not in RANKINGS else []
    return {number_of(node.author_id) for node in [*theirs, *own] if node.author_id}


def _author_told(story: Story, seat: Seat) -> int | None:
    author = story.node(number_of(seat.message_id)).author_id
    return number_of(author) if author and seat.kind in LABELS else None


def _done(
    story: Story, seat: Seat | None, shown: dict[str, object] | None, person: int, result: dict[str, str],
    *, opened: float,
) -> None:  # fmt: skip
    kind = seat.kind if seat else Kind.INITIAL_PROMPT
    _close(story, seat, Status.DONE, person, opened=opened, took=_seconds_at(kind, story.rng))
    story.works[-1].shown, story.works[-1].result = shown, result


def _seconds_at(kind: Kind, rng: Random) -> float:
    median = 40.0 if kind in LABELS | RANKINGS else 180.0
    return min(rng.lognormvariate(0.0, 0.7) * median, 15 * MINUTE)


def _close(
    story: Story, seat: Seat | None, status: Status, person: int | None, *, opened: float, took: float
) -> None:  # fmt: skip
    kind = seat.kind if seat else Kind.INITIAL_PROMPT
    leased = max(story.now - took, opened)
    ends = leased + lease(kind, story.policy).total_seconds()
    author = _author_told(story, seat) if seat else None
    work = Work(story.new(opened), seat, author, status, person, opened, leased, story.now, ends)
    story.works.append(work)
    if seat and person is not None and status in MET:
        story.met.add((seat.kind, number_of(seat.message_id), person))


def _interlude(story: Story, seat: Seat, *, opened: float) -> None:
    """Now and then somebody has the seat first and would rather not, or forgets it."""
    dice, unfit = story.rng.random(), _unfit(story, seat)
    if dice < SKIPS:
        _close(story, seat, Status.SKIPPED, _somebody(story, seat, but=unfit), opened=opened, took=20.0)
        story.works[-1].skip = _draw(story.rng, list(SkipReason))
        _change(story, number_of(seat.message_id), skipped=skip_code(seat.kind))
    elif dice < SKIPS + LAPSES:
        _close(story, seat, Status.EXPIRED, _somebody(story, seat, but=unfit), opened=opened, took=20.0)
        story.works[-1].ends = story.now
    elif dice < SKIPS + 2 * LAPSES:
        _close(story, seat, Status.WITHDRAWN, None, opened=opened, took=0.0)


def _change(story: Story, number: int, *, skipped: str = "", **values: object) -> None:
    place = next(place for place, node in enumerate(story.nodes) if node.id == id_of(number))
    node = story.nodes[place]
    if skipped:
        values["emojis"] = dict(Counter(node.emojis) + Counter([skipped]))
    story.nodes[place] = replace(node, **values)  # type: ignore[arg-type]  # by name


def _reply(story: Story, seat: Seat, opened: float) -> None:
    person = _somebody(story, seat, but=_unfit(story, seat))
    number = story.new(story.now)
    _place(story, number, person, story.node(number_of(seat.message_id)))
    _done(story, seat, None, person, {"message_id": str(id_of(number))}, opened=opened)


def _review(story: Story, seat: Seat, opened: float) -> None:
    number = number_of(seat.message_id)
    node = story.node(number)
    person = _somebody(story, seat, but=_unfit(story, seat))
    mode = draw_mode(role=node.role, depth=node.depth, policy=story.policy, rng=story.rng)
    labels = _labels(story, node, mode)
    made = Review(story.new(story.now), number, person, labels, mode, story.now)
    story.reviews.append(made)
    sums = story.sums[number]
    for name, value in labels.items():
        total, count = sums.get(name, (0.0, 0))
        sums[name] = [total + value, count + 1]
    spam, wrong = (sums.get(name, (0.0, 0))[0] for name in ("spam", "lang_mismatch"))
    result = verdict(Tally(node.review_count + 1, spam, wrong), depth=node.depth, policy=story.policy)
    _change(story, number, review_count=node.review_count + 1, review_result=result)
    if result is not None:
        story.decided[number] = story.now
    told = {"review_id": str(id_of(made.id)), "message_id": str(node.id)}
    _done(story, seat, {"mode": mode.value}, person, told, opened=opened)


def _labels(story: Story, node: Node, mode: Mode) -> dict[str, float]:
    rng, quality = story.rng, story.quality[number_of(node.id)]
    found = {}
    for label in form_for(role=role_at(node.depth), depth=node.depth, mode=mode).labels:
        if label == "spam":
            found[label.value] = float(rng.random() < (0.8 if not quality else 0.02))
        elif rng.random() < 0.05:
            continue
        elif WIDGETS[label] is Widget.LIKERT:
            nice = label in ("quality", "helpfulness", "creativity")
            value = rng.gauss(quality, 0.15) if nice else rng.betavariate(1, 9)
            found[label.value] = min(max(round(value * 4), 0), 4) / 4
        else:
            found[label.value] = float(rng.random() < 0.01)
    return found


def _rank(story: Story, seat: Seat, opened: float) -> None:
    person = _somebody(story, seat, but=_unfit(story, seat))
    group = next(group for group in story.shape().groups() if group.parent.id == seat.message_id)
    shown = [number_of(reply.id) for reply in group.replies]
    story.rng.shuffle(shown)
    liked = {number: story.quality[number] + story.rng.gauss(0, 0.12) for number in shown}
    best = sorted(shown, key=lambda number: -liked[number])
    tiers = [[id_of(number)] for number in best]
    if story.rng.random() < 0.08:  # a tie at the end
        tiers[-2:] = [[*tiers[-2], *tiers[-1]]]
    vote = Vote(tuple(map(tuple, tiers)), not_rankable=story.rng.random() < 0.01)
    made = Ballot(story.new(story.now), number_of(seat.message_id), person, shown, vote, story.now)
    story.ballots.append(made)
    for reply in group.replies:
        _change(story, number_of(reply.id), ranking_count=reply.ranking_count + 1)
    told = {"ballot_id": str(id_of(made.id)), "message_id": str(seat.message_id)}
    _done(story, seat, {"order": [str(id_of(number)) for number in shown]}, person, told, opened=opened)


_ACTS = {
    **dict.fromkeys(REPLIES, _reply),
    **dict.fromkeys(LABELS, _review),
    **dict.fromkeys(RANKINGS, _rank),
}


# --- what workers and moderators do -----------------------------------------------------------------------------------


def _score(story: Story) -> None:
    story.now += 3.0
    for group in story.shape().groups():
        parent = number_of(group.parent.id)
        votes = [ballot.vote for ballot in story.ballots if ballot.parent == parent]
        order = consensus([reply.id for reply in group.replies], votes, seed=group.parent.id)
        story.orders[parent] = (order, sum(vote.not_rankable for vote in votes), story.now)
        for rank, reply in enumerate(order.order):
            _change(story, number_of(reply), rank=rank)
    _move(story, State.READY_FOR_EXPORT, Why.SCORED)


def _end(story: Story) -> None:
    if story.aim.halted or story.aim.backlog:
        story.now += HOUR
        _move(story, State.HALTED_BY_MODERATOR, Why.HALTED, MODERATOR)
    if story.aim.backlog:
        story.now += HOUR
        _move(story, State.BACKLOG_RANKING, Why.RESUMED, MODERATOR)


__all__ = ["ALONE", "MANY", "MODERATOR", "Aim", "Story", "id_of", "label_kind", "number_of", "tell"]
