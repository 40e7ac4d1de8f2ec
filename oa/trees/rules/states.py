"""When a tree may move, and where to. No database in here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.trees.rules.shape import Shape


class State(TextChoices):
    """The published names; they appear in every export."""

    INITIAL_PROMPT_REVIEW = "initial_prompt_review", _("the prompt is under review")
    PROMPT_LOTTERY_WAITING = "prompt_lottery_waiting", _("waiting for the lottery")
    GROWING = "growing", _("growing")
    RANKING = "ranking", _("replies are being ranked")
    READY_FOR_SCORING = "ready_for_scoring", _("waiting to be scored")
    READY_FOR_EXPORT = "ready_for_export", _("ready for export")
    ABORTED_LOW_GRADE = "aborted_low_grade", _("ended: low grade")
    HALTED_BY_MODERATOR = "halted_by_moderator", _("halted by a moderator")
    BACKLOG_RANKING = "backlog_ranking", _("in the ranking backlog")
    SCORING_FAILED = "scoring_failed", _("scoring failed")


S = State

# A halted tree goes back to where it was; any tree may be halted.
_ANY_WORKING = frozenset(
    {S.INITIAL_PROMPT_REVIEW, S.PROMPT_LOTTERY_WAITING, S.GROWING, S.RANKING,
     S.READY_FOR_SCORING, S.READY_FOR_EXPORT, S.BACKLOG_RANKING, S.ABORTED_LOW_GRADE}
)  # fmt: skip

TRANSITIONS: dict[State, frozenset[State]] = {
    S.INITIAL_PROMPT_REVIEW: frozenset({S.PROMPT_LOTTERY_WAITING, S.ABORTED_LOW_GRADE, S.HALTED_BY_MODERATOR}),
    S.PROMPT_LOTTERY_WAITING: frozenset({
        S.GROWING,
        S.INITIAL_PROMPT_REVIEW,
        S.ABORTED_LOW_GRADE,
        S.HALTED_BY_MODERATOR,
    }),
    S.GROWING: frozenset({S.RANKING, S.ABORTED_LOW_GRADE, S.HALTED_BY_MODERATOR}),
    S.RANKING: frozenset({S.READY_FOR_SCORING, S.GROWING, S.ABORTED_LOW_GRADE, S.HALTED_BY_MODERATOR}),
    S.READY_FOR_SCORING: frozenset({
        S.READY_FOR_EXPORT,
        S.RANKING,
        S.GROWING,
        S.ABORTED_LOW_GRADE,
        S.HALTED_BY_MODERATOR,
    }),
    S.READY_FOR_EXPORT: frozenset({
        S.READY_FOR_SCORING,
        S.RANKING,
        S.GROWING,
        S.ABORTED_LOW_GRADE,
        S.HALTED_BY_MODERATOR,
    }),
    S.BACKLOG_RANKING: frozenset({S.RANKING, S.ABORTED_LOW_GRADE, S.HALTED_BY_MODERATOR}),
    S.ABORTED_LOW_GRADE: frozenset({S.INITIAL_PROMPT_REVIEW, S.HALTED_BY_MODERATOR}),
    S.HALTED_BY_MODERATOR: _ANY_WORKING,
    S.SCORING_FAILED: frozenset({S.READY_FOR_SCORING, S.HALTED_BY_MODERATOR}),
}

# No person and no worker has anything left to do here.
FINISHED = frozenset({S.READY_FOR_EXPORT, S.ABORTED_LOW_GRADE})


class Why(TextChoices):
    """Why a tree moved."""

    STARTED = "started", _("a prompt was written")
    IMPORTED = "imported", _("it came with a data set")
    TAKEN_OVER = "taken_over", _("an archived tree was taken over")
    PROMPT_ACCEPTED = "prompt_accepted", _("its reviewers accepted the prompt")
    PROMPT_REJECTED = "prompt_rejected", _("its reviewers rejected the prompt")
    PROMPT_REVIEWED_AGAIN = "prompt_reviewed_again", _("its prompt needs new reviews")
    WON_LOTTERY = "won_lottery", _("it won the prompt lottery")
    FULLY_GROWN = "fully_grown", _("it has grown to its goal, or as far as it can")
    REPLIES_REVIEWED_AGAIN = "replies_reviewed_again", _("a message needs new reviews")
    FULLY_RANKED = "fully_ranked", _("every group of replies has its ballots")
    BALLOTS_MISSING = "ballots_missing", _("a group of replies needs ballots")
    RANKS_OUTDATED = "ranks_outdated", _("ranks must be worked out again")
    SCORED = "scored", _("ranks were worked out")
    CALLED_FROM_BACKLOG = "called_from_backlog", _("it was called from the ranking backlog")
    NOTHING_TO_RANK = "nothing_to_rank", _("there is nothing in it to rank")
    NOTHING_LEFT = "nothing_left", _("its prompt was deleted")
    RED_FLAGS = "red_flags", _("its prompt has too many red flags")
    SKIPPED_TOO_OFTEN = "skipped_too_often", _("too many people skipped one of its messages")
    AUTHOR_DISABLED = "author_disabled", _("its author is disabled")
    WITHDRAWN = "withdrawn", _("its author keeps the prompt out of data sets")
    GIVEN_BACK = "given_back", _("its author gave the prompt back")
    HALTED = "halted", _("a moderator halted it")
    RESUMED = "resumed", _("a moderator resumed it")
    UNDONE = "undone", _("a decision was undone")


# Why trees stop by themselves where people still work, which a moderator may find wrong.
STOPS_BY_RULES = (Why.RED_FLAGS, Why.SKIPPED_TOO_OFTEN)


class Verdict(Enum):
    """Where a prompt stands with its reviewers."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a tree's own messages say about it: all that decides where it goes."""

    prompt: Verdict
    pending: int
    openings: int
    groups_unranked: int
    ranks_outdated: bool
    red_flagged: bool
    skipped_too_often: bool


def facts_of(shape: Shape) -> Facts:
    """Read a tree's shape (its messages and limits) into the facts that move it."""
    return Facts(
        prompt=_prompt_verdict(shape),
        pending=len(shape.pending()),
        openings=shape.openings(),
        groups_unranked=sum(1 for group in shape.groups() if group.ballots_missing),
        ranks_outdated=shape.ranks_outdated(),
        red_flagged=shape.red_flagged(),
        skipped_too_often=shape.skipped_too_often(),
    )


def _prompt_verdict(shape: Shape) -> Verdict:
    root = shape.root
    if root.deleted:
        return Verdict.GONE
    if root.review_result is None:
        return Verdict.PENDING
    return Verdict.ACCEPTED if root.review_result else Verdict.REJECTED


Move = tuple[State, Why]


def next_move(state: State, facts: Facts) -> Move | None:
    """The move these facts ask for, or None when the tree is at rest where it is."""
    if state in (S.HALTED_BY_MODERATOR, S.ABORTED_LOW_GRADE, S.SCORING_FAILED):
        return None
    if facts.prompt is Verdict.GONE:
        return S.HALTED_BY_MODERATOR, Why.NOTHING_LEFT
    if facts.prompt is Verdict.REJECTED:
        return S.ABORTED_LOW_GRADE, Why.PROMPT_REJECTED
    if state in (S.INITIAL_PROMPT_REVIEW, S.GROWING) and (stop := _stopped(facts)):
        return stop
    return _ADVANCE[state](facts) if state in _ADVANCE else None


def _stopped(facts: Facts) -> Move | None:
    if facts.red_flagged:
        return S.ABORTED_LOW_GRADE, Why.RED_FLAGS
    if facts.skipped_too_often:
        return S.HALTED_BY_MODERATOR, Why.SKIPPED_TOO_OFTEN
    return None


def _from_review(facts: Facts) -> Move | None:
    accepted = facts.prompt is Verdict.ACCEPTED
    return (S.PROMPT_LOTTERY_WAITING, Why.PROMPT_ACCEPTED) if accepted else None


def _from_lottery(facts: Facts) -> Move | None:
    pending = facts.prompt is Verdict.PENDING
    return (S.INITIAL_PROMPT_REVIEW, Why.PROMPT_REVIEWED_AGAIN) if pending else None


def _from_growing(facts: Facts) -> Move | None:
    """A tree that can't reach its goal goes on too: with no place left to reply it is fully grown."""
    grown = not facts.pending and not facts.openings
    return (S.RANKING, Why.FULLY_GROWN) if grown else None


def _from_ranking(facts: Facts) -> Move | None:
    if facts.pending:
        return S.GROWING, Why.REPLIES_REVIEWED_AGAIN
    return None if facts.groups_unranked else (S.READY_FOR_SCORING, Why.FULLY_RANKED)


def _from_scoring(facts: Facts) -> Move | None:
    if facts.pending:
        return S.GROWING, Why.REPLIES_REVIEWED_AGAIN
    return (S.RANKING, Why.BALLOTS_MISSING) if facts.groups_unranked else None


def _from_ready(facts: Facts) -> Move | None:
    if move := _from_scoring(facts):
        return move
    return (S.READY_FOR_SCORING, Why.RANKS_OUTDATED) if facts.ranks_outdated else None


_ADVANCE = {
    S.INITIAL_PROMPT_REVIEW: _from_review,
    S.PROMPT_LOTTERY_WAITING: _from_lottery,
    S.GROWING: _from_growing,
    S.RANKING: _from_ranking,
    S.READY_FOR_SCORING: _from_scoring,
    S.READY_FOR_EXPORT: _from_ready,
}


def next_state(state: State, facts: Facts) -> State:
    """The state these facts lead to; `state` itself when it is not time yet."""
    move = next_move(state, facts)
    return move[0] if move else state


def moves(state: State, facts: Facts) -> Iterator[Move]:
    """Every move from here to where the tree comes to rest."""
    while move := next_move(state, facts):
        state = move[0]
        yield move


def resumed_state(before: State | None, facts: Facts, *, won_lottery: bool, has_replies: bool) -> State:
    """Where a halted (or aborted) tree goes on: where it was, or where its messages say it stands.

    `before` is the state it was halted in, None when it was imported as halted.
    """
    if before not in (None, S.HALTED_BY_MODERATOR, S.ABORTED_LOW_GRADE, S.SCORING_FAILED):
        return before
    if won_lottery or has_replies:
        return S.GROWING
    accepted = facts.prompt is Verdict.ACCEPTED
    return S.PROMPT_LOTTERY_WAITING if accepted else S.INITIAL_PROMPT_REVIEW
