"""What work is worth, and what a tree owes to whom. No database in here.

`owed` looks at one tree as it is now. The ledger holds what was booked for it so far; `difference` says which lines
make both agree. So a deletion, a new verdict or a second run needs no rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.rankings.rules import Tiers, Vote, agreement
from oa.reviews.rules import Mode, leaning
from oa.trees.rules import Policy, Role, role_at


class Reason(TextChoices):
    """What points are for. Each has its weight in the policy, under `points_` and this name."""

    PROMPT = "prompt", _("wrote a prompt")
    PROMPTER_REPLY = "prompter_reply", _("replied as the prompter")
    ASSISTANT_REPLY = "assistant_reply", _("replied as the assistant")
    SHORT_REVIEW = "short_review", _("reviewed a message, short form")
    FULL_REVIEW = "full_review", _("reviewed a message, all labels")
    RANKING = "ranking", _("ranked replies")
    PROMPT_ACCEPTED = "prompt_accepted", _("prompt accepted")
    PROMPTER_REPLY_ACCEPTED = "prompter_reply_accepted", _("reply as the prompter accepted")
    ASSISTANT_REPLY_ACCEPTED = "assistant_reply_accepted", _("reply as the assistant accepted")
    REVIEW_AGREED = "review_agreed", _("review agreed with the verdict")
    RANKING_AGREED = "ranking_agreed", _("ranking agreed with the consensus")
    RANKED_FIRST = "ranked_first", _("reply ranked first")
    RANKED_SECOND = "ranked_second", _("reply ranked second")
    RANKED_THIRD = "ranked_third", _("reply ranked third")


R = Reason
RANKED = (R.RANKED_FIRST, R.RANKED_SECOND, R.RANKED_THIRD)
ACCEPTED = (R.PROMPT_ACCEPTED, R.PROMPTER_REPLY_ACCEPTED, R.ASSISTANT_REPLY_ACCEPTED)

HELP: dict[Reason, object] = {
    R.PROMPT: _("Once, when you hand it in. Taken back if it is deleted."),
    R.PROMPTER_REPLY: _("Once, when you hand it in. Taken back if it is deleted."),
    R.ASSISTANT_REPLY: _("Once, when you hand it in. Taken back if it is deleted."),
    R.SHORT_REVIEW: _("A review that asks only the most important questions."),
    R.FULL_REVIEW: _("A review that asks all questions, whichever of them you answer."),
    R.RANKING: _("For each group of replies you put in order."),
    R.PROMPT_ACCEPTED: _("When its reviewers accept it."),
    R.PROMPTER_REPLY_ACCEPTED: _("When its reviewers accept it."),
    R.ASSISTANT_REPLY_ACCEPTED: _("When its reviewers accept it."),
    R.REVIEW_AGREED: _("When your review alone would have come to the same verdict as all reviewers together."),
    R.RANKING_AGREED: _("When at least two of three pairs stand in your order as they do in the consensus of all."),
    R.RANKED_FIRST: _("When the consensus of all rankings puts it first. Not where nothing stands behind it."),
    R.RANKED_SECOND: _("When the consensus puts it second, with at least one reply behind it."),
    R.RANKED_THIRD: _("When the consensus puts it third, with at least one reply behind it."),
}


_FIELDS = {reason: f"points_{reason.value}" for reason in Reason}


def worth(reason: Reason, policy: Policy) -> Decimal:
    """What this is worth under a policy, exactly as it is written there."""
    return _exact(getattr(policy, _FIELDS[reason]))


@lru_cache(maxsize=256)
def _exact(weight: float) -> Decimal:
    return Decimal(str(weight))


# --- the facts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """One message. `author_id` is None where nobody here earns anything by it: imported, or a machine's."""

    id: UUID
    parent_id: UUID | None
    author_id: UUID | None
    depth: int
    lang: str
    version: int
    deleted: bool
    review_result: bool | None
    rank: int | None
    reviews: int = 0
    said_spam: int = 0
    said_wrong_language: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's review of one message. `counts` is False once the text was changed."""

    id: UUID
    message_id: UUID
    by: UUID
    mode: str
    labels: Mapping[str, float]
    counts: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """One person's ballot on the replies to one message. `counts` is False once a text was changed."""

    id: UUID
    parent_id: UUID
    by: UUID
    vote: Vote
    counts: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """What the ballots on one group came to."""

    tiers: Tiers
    ballots: int
    not_rankable: int

    @property
    def hopeless(self) -> bool:
        """Whether most rankers said that all of them are wrong: then the order means nothing."""
        return 2 * self.not_rankable > self.ballots


@dataclass(frozen=True, slots=True)
class Facts:
    """A tree as the ledger sees it."""

    pieces: Sequence[Piece]
    reviews: Sequence[Judgement] = ()
    ballots: Sequence[Order] = ()
    results: Mapping[UUID, Result] = field(default_factory=dict)
    archived: bool = False


# --- what is owed -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Who is owed something, what for, and by which message, review or ballot."""

    person_id: UUID
    reason: Reason
    subject: UUID


@dataclass(frozen=True, slots=True)
class Due:
    """Points for one thing: how many, about which message, and when it was done; None: when it is booked."""

    points: Decimal
    message_id: UUID
    lang: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What a tree owes; `pending` is under judgement again and keeps what it was booked until that is over."""

    due: Mapping[Key, Due]
    pending: frozenset[tuple[Reason, UUID]]


def owed(facts: Facts, policy: Policy) -> Account:
    """Everything this tree owes to anybody as it stands now. An archived import owes nothing."""
    if facts.archived:
        return Account({}, frozenset())
    pieces = {piece.id: piece for piece in facts.pieces}
    settled = _settled(facts)
    found: dict[Key, Due] = {}
    for person, reason, subject, about, at in (
        *_written(facts.pieces),
        *_reviewed(facts.reviews, pieces, policy),
        *_ranked(facts, settled, policy),
    ):
        if points := worth(reason, policy):
            message = pieces[about]
            found[Key(person, reason, subject)] = Due(points, about, message.lang, at)
    return Account(found, frozenset(_pending(facts, settled)))


Line = tuple[UUID, Reason, UUID, UUID, datetime | None]


def _settled(facts: Facts) -> dict[UUID, Result]:
    """The groups whose consensus is in force: none of their replies is being judged or ranked again.

    A reply that was deleted since still stands where it stood: whoever was better than it stays so.
    """
    unranked = {piece.id for piece in facts.pieces if piece.rank is None and not piece.deleted}
    return {
        parent: result
        for parent, result in facts.results.items()
        if not any(reply in unranked for tier in result.tiers for reply in tier)
    }


def places_in(tiers: Tiers) -> dict[UUID, tuple[int, int]]:
    """For each reply: how many stand before it, and how many behind; equals do neither."""
    size, before = sum(map(len, tiers)), 0
    found: dict[UUID, tuple[int, int]] = {}
    for tier in tiers:
        found.update(dict.fromkeys(tier, (before, size - before - len(tier))))
        before += len(tier)
    return found


def _written(pieces: Iterable[Piece]) -> Iterator[Line]:
    for piece in pieces:
        if piece.author_id is None or piece.deleted:
            continue
        written, accepted = _reasons(piece.depth)
        yield piece.author_id, written, piece.id, piece.id, piece.at
        if piece.review_result:
            yield piece.author_id, accepted, piece.id, piece.id, None


def _reasons(depth: int) -> tuple[Reason, Reason]:
    if not depth:
        return R.PROMPT, R.PROMPT_ACCEPTED
    if role_at(depth) is Role.ASSISTANT:
        return R.ASSISTANT_REPLY, R.ASSISTANT_REPLY_ACCEPTED
    return R.PROMPTER_REPLY, R.PROMPTER_REPLY_ACCEPTED


def _reviewed(reviews: Iterable[Judgement], pieces: Mapping[UUID, Piece], policy: Policy) -> Iterator[Line]:
    for review in reviews:
        form = R.FULL_REVIEW if review.mode == Mode.FULL else R.SHORT_REVIEW
        yield review.by, form, review.id, review.message_id, review.at
        if review.counts and agrees(review, pieces[review.message_id], policy):
            yield review.by, R.REVIEW_AGREED, review.id, review.message_id, None


def agrees(review: Judgement, piece: Piece, policy: Policy) -> bool:
    """Whether this review alone would have come to the verdict that all of them came to."""
    if piece.review_result is None:
        return False
    return leaning(review.labels, depth=piece.depth, policy=policy) == piece.review_result


def _ranked(facts: Facts, settled: Mapping[UUID, Result], policy: Policy) -> Iterator[Line]:
    for ballot in facts.ballots:
        yield ballot.by, R.RANKING, ballot.id, ballot.parent_id, ballot.at
        result = settled.get(ballot.parent_id)
        if ballot.counts and result and is_near(ballot.vote, result, policy):
            yield ballot.by, R.RANKING_AGREED, ballot.id, ballot.parent_id, None
    places = {
        reply: place
        for result in settled.values()
        if not result.hopeless
        for reply, place in places_in(result.tiers).items()
    }
    for piece in facts.pieces:
        before, behind = places.get(piece.id, (0, 0))
        if piece.author_id and behind and before < len(RANKED) and piece.review_result and not piece.deleted:
            yield piece.author_id, RANKED[before], piece.id, piece.id, None


def is_near(vote: Vote, result: Result, policy: Policy) -> bool:
    """Whether a ballot is near the consensus.

    Measured is the share of the pairs that both decide and decide alike; where either sees a tie, nothing is
    decided. A ballot that says all are wrong is near when most ballots say so.
    """
    if vote.not_rankable or result.hopeless:
        return vote.not_rankable and result.hopeless
    same, told = agreement(vote, result.tiers)
    return told > 0 and same >= policy.ranking_agreement * told


def _pending(facts: Facts, settled: Mapping[UUID, Result]) -> Iterator[tuple[Reason, UUID]]:
    """An edit or a new reply has things judged again: nobody loses anything before that is decided."""
    unsettled = facts.results.keys() - settled.keys()
    for piece in facts.pieces:
        if piece.deleted or piece.review_result is False:
            continue
        if piece.review_result is None:
            yield _reasons(piece.depth)[1], piece.id
        if piece.parent_id in unsettled:
            yield from ((reason, piece.id) for reason in RANKED)
    yield from ((R.REVIEW_AGREED, review.id) for review in facts.reviews if not review.counts)
    for ballot in facts.ballots:
        if not ballot.counts or ballot.parent_id in unsettled:
            yield R.RANKING_AGREED, ballot.id


# --- from what is owed to what is written down ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Booked:
    """What the ledger holds of one thing so far."""

    points: Decimal
    message_id: UUID
    lang: str


@dataclass(frozen=True, slots=True)
class Change:
    """A line to be added. `times` is 1 for something new, -1 for something taken back, 0 for another amount."""

    key: Key
    points: Decimal
    times: int
    message_id: UUID
    lang: str
    at: datetime | None


def difference(account: Account, booked: Mapping[Key, Booked]) -> list[Change]:
    """The lines that make the ledger agree with what is owed; none when it does."""
    found = []
    for key in account.due.keys() | booked.keys():
        if (key.reason, key.subject) in account.pending and key in booked:
            continue
        due, had = account.due.get(key), booked.get(key)
        points = (due.points if due else Decimal()) - (had.points if had else Decimal())
        if not points:
            continue
        times = bool(due) - bool(had and had.points)
        either = due or booked[key]  # the key came from one of them
        # Only what is new happened when the work was done; a correction happens now.
        at = due.at if due and not had else None
        found.append(Change(key, points, times, either.message_id, either.lang, at))
    return sorted(found, key=lambda change: change.key)
