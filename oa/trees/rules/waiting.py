"""What a tree waits for, and what became of a message, in words. No database in here."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from oa.trees.rules.shape import Shape
from oa.trees.rules.states import FINISHED, State

_WAITS_FOR = {
    State.INITIAL_PROMPT_REVIEW: gettext_lazy("reviews of its prompt"),
    State.PROMPT_LOTTERY_WAITING: gettext_lazy("the lottery to draw it"),
    State.GROWING: gettext_lazy("replies and reviews"),
    State.RANKING: gettext_lazy("people to rank its replies"),
    State.READY_FOR_SCORING: gettext_lazy("a worker to work out the ranks"),
    State.BACKLOG_RANKING: gettext_lazy("its turn in the ranking backlog"),
    State.HALTED_BY_MODERATOR: gettext_lazy("a moderator"),
    State.SCORING_FAILED: gettext_lazy("a moderator"),
}


def waits_for(state: State, *, archived: bool, shape: Shape | None = None) -> str:
    """What must happen before a tree moves on; empty when nothing will. With its shape, in numbers."""
    if archived or state in FINISHED:
        return ""
    if shape is not None and (counted := _counted(state, shape)):
        return counted
    return str(_WAITS_FOR[state])


def _counted(state: State, shape: Shape) -> str:
    """What people are asked for now, and the looks without which they are not asked for more."""
    if state is State.PROMPT_LOTTERY_WAITING and shape.root.id in shape.withheld:
        return _("a moderator to look at its prompt")
    if state not in (State.INITIAL_PROMPT_REVIEW, State.GROWING, State.RANKING):
        return ""
    looks = sum(node.withheld for node in shape.alive)
    reviews = sum(shape.reviews_missing(node) for node in shape.pending() if node.id not in shape.withheld)
    replies = shape.openings_now() if state is State.GROWING else 0
    ballots = sum(group.ballots_missing for group in shape.groups_now()) if state is State.RANKING else 0
    parts = [
        ngettext("%(n)d reply", "%(n)d replies", replies) % {"n": replies} if replies else "",
        ngettext("%(n)d review", "%(n)d reviews", reviews) % {"n": reviews} if reviews else "",
        ngettext("%(n)d ranking", "%(n)d rankings", ballots) % {"n": ballots} if ballots else "",
        ngettext("%(n)d look by a moderator", "%(n)d looks by a moderator", looks) % {"n": looks} if looks else "",
    ]
    return pgettext("between the parts of a list", ", ").join(part for part in parts if part)


class Fate(TextChoices):
    """What became of a message, for its author."""

    WAITING = "waiting", gettext_lazy("waiting for reviews")
    WITHHELD = "withheld", gettext_lazy("a moderator looks at it first")
    STOPPED = "stopped", gettext_lazy("its conversation was stopped")
    ACCEPTED = "accepted", gettext_lazy("accepted")
    REJECTED = "rejected", gettext_lazy("rejected")
    RANKED = "ranked", gettext_lazy("accepted and ranked")
    DELETED = "deleted", gettext_lazy("deleted by a moderator")


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a message when its author asks. `rivals`: live accepted replies to the same parent."""

    deleted: bool
    review_result: bool | None
    reviews: int
    reviews_needed: int
    tree_stopped: bool
    rank: int | None
    rivals: int
    said_spam: int
    said_wrong_language: int
    why_deleted: str = ""
    withheld: bool = False


def fate_of(judged: Judged) -> Fate:
    """Where a message stands."""
    if judged.deleted:
        return Fate.DELETED
    if judged.withheld and not judged.tree_stopped:
        return Fate.WITHHELD
    if judged.review_result is None:
        return Fate.STOPPED if judged.tree_stopped else Fate.WAITING
    if not judged.review_result:
        return Fate.REJECTED
    return Fate.ACCEPTED if judged.rank is None else Fate.RANKED


def fate_in_words(judged: Judged) -> str:
    """The same as a sentence."""
    match fate_of(judged):
        case Fate.WAITING:
            return _("Reviewed by %(done)d of %(needed)d people so far.") % {
                "done": judged.reviews, "needed": max(judged.reviews_needed, judged.reviews),
            }  # fmt: skip
        case Fate.WITHHELD:
            return _("A moderator looks at it first.")
        case Fate.STOPPED:
            return _("Its conversation was stopped before it was reviewed.")
        case Fate.REJECTED:
            return _("Rejected: of %(all)d reviewers %(spam)d called it spam and %(lang)d saw the wrong language.") % {
                "all": judged.reviews, "spam": judged.said_spam, "lang": judged.said_wrong_language,
            }  # fmt: skip
        case Fate.RANKED:
            return _("Ranked %(place)d of %(all)d.") % {
                "place": (judged.rank or 0) + 1, "all": max(judged.rivals, (judged.rank or 0) + 1),
            }  # fmt: skip
        case Fate.DELETED:
            return _("Deleted by a moderator: %s") % (judged.why_deleted or _("no reason is on record."))
        case Fate.ACCEPTED:
            return _("Accepted by its reviewers.")
