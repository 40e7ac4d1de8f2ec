"""Which seats should exist, and who is asked for what. No database, clock or dice in here."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oa.core.limits import Limit
from oa.reviews.rules import draw_mode
from oa.trees.rules import SKIP_LABELING, SKIP_RANKING, SKIP_REPLY, Node, Policy, Role, Shape, State


class Kind(TextChoices):
    """The kinds of tasks, under the names the original gave them."""

    INITIAL_PROMPT = "initial_prompt", _("write a prompt")
    PROMPTER_REPLY = "prompter_reply", _("reply as the prompter")
    ASSISTANT_REPLY = "assistant_reply", _("reply as the assistant")
    LABEL_INITIAL_PROMPT = "label_initial_prompt", _("review a prompt")
    LABEL_PROMPTER_REPLY = "label_prompter_reply", _("review a reply of the prompter")
    LABEL_ASSISTANT_REPLY = "label_assistant_reply", _("review a reply of the assistant")
    RANK_ASSISTANT_REPLIES = "rank_assistant_replies", _("rank replies of the assistant")
    RANK_PROMPTER_REPLIES = "rank_prompter_replies", _("rank replies of the prompter")


K = Kind

REPLIES = frozenset({K.PROMPTER_REPLY, K.ASSISTANT_REPLY})
LABELS = frozenset({K.LABEL_INITIAL_PROMPT, K.LABEL_PROMPTER_REPLY, K.LABEL_ASSISTANT_REPLY})
RANKINGS = frozenset({K.RANK_ASSISTANT_REPLIES, K.RANK_PROMPTER_REPLIES})
WRITING = REPLIES | {K.INITIAL_PROMPT}


class Status(TextChoices):
    """Where a seat stands. Only `open` and `leased` ones are stock; the others are history."""

    OPEN = "open", _("open")
    LEASED = "leased", _("in somebody's hands")
    DONE = "done", _("done")
    SKIPPED = "skipped", _("skipped")
    UNSKIPPED = "unskipped", _("skip taken back")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


# A person who has met a message for one kind of work doesn't meet it again for the same.
MET = frozenset({Status.LEASED, Status.DONE, Status.SKIPPED})


class SkipReason(TextChoices):
    """Why somebody would rather not. Kept for good: it says much about a prompt."""

    TOO_HARD = "too_hard", _("too hard for me")
    NOT_MY_FIELD = "not_my_field", _("not my field")
    UNCLEAR = "unclear", _("I don't understand it")
    BAD_MESSAGE = "bad_message", _("bad prompt or message")
    WRONG_LANGUAGE = "wrong_language", _("wrong language")
    UNCOMFORTABLE = "uncomfortable", _("I would rather not read this")
    OTHER = "other", _("another reason")


# How often a person is given a task, whatever they ask for, and how often one of these kinds: writing well takes time.
THROTTLES: dict[Limit, frozenset[Kind]] = {
    Limit("tasks", 30, 240): frozenset(Kind),
    Limit("assistant_replies", 4, 120): frozenset({K.ASSISTANT_REPLY}),
    Limit("prompter_replies", 8, 120): frozenset({K.PROMPTER_REPLY}),
}


def channel_of(person_id: UUID) -> str:
    """Where a person's open pages are told that a task has come."""
    return f"oa:tasks:{person_id}"


def skip_code(kind: Kind) -> str:
    """The reaction under which a skip is counted and published."""
    if kind in LABELS:
        return SKIP_LABELING
    return SKIP_RANKING if kind in RANKINGS else SKIP_REPLY


@dataclass(frozen=True, slots=True)
class Seat:
    """A place for one person to do one thing about one text."""

    kind: Kind
    message_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """What a new task row needs to know of its message."""

    lang: str
    author_id: UUID | None
    lonely: bool


def wanted(state: State, shape: Shape, held: Counter[Seat] | None = None) -> Counter[Seat]:
    """The seats that should exist for a tree, open and leased ones together.

    `held` are the seats now in somebody's hands: while the goal leaves room for fewer replies than
    there are places, a seat somebody works on goes before one that is only open. What is withheld is nobody's work.
    """
    if state is State.INITIAL_PROMPT_REVIEW:
        return Counter(_reviews(shape))
    if state is State.GROWING:
        return Counter(_reviews(shape)) + _replies(shape, held or Counter())
    if state is State.RANKING:
        return _rankings(shape)
    return Counter()


def _reviews(shape: Shape) -> dict[Seat, int]:
    return {
        Seat(label_kind(node), node.id, node.version): shape.reviews_missing(node)
        for node in shape.pending()
        if node.id not in shape.withheld
    }


def label_kind(node: Node) -> Kind:
    """What the review of this message is called."""
    if not node.depth:
        return K.LABEL_INITIAL_PROMPT
    return K.LABEL_ASSISTANT_REPLY if node.role is Role.ASSISTANT else K.LABEL_PROMPTER_REPLY


def _replies(shape: Shape, held: Counter[Seat]) -> Counter[Seat]:
    """Seats at the places to reply, no more than the goal leaves room for.

    First what people are at, then lonely parents (a second reply makes a ranking, a first one
    only a branch), then by a lot drawn from the ids, so that the tree grows evenly on average.
    """
    seats: list[tuple[tuple[bool, bool, int, bytes], Seat]] = []
    for node, free in shape.places():
        if node.id in shape.withheld:
            continue
        kind = K.ASSISTANT_REPLY if node.role is Role.PROMPTER else K.PROMPTER_REPLY
        seat = Seat(kind, node.id, node.version)
        lonely = shape.is_lonely(node)
        for number in range(free):
            idle = number >= held[seat]
            seats.append(((idle, not lonely, number, _lot(node.id, number)), seat))
    seats.sort(key=lambda pair: pair[0])
    return Counter(seat for _key, seat in seats[: shape.budget()])


def _rankings(shape: Shape) -> Counter[Seat]:
    found: Counter[Seat] = Counter()
    for group in shape.groups_now():
        if group.ballots_missing:
            assistant = group.replies[0].role is Role.ASSISTANT
            kind = K.RANK_ASSISTANT_REPLIES if assistant else K.RANK_PROMPTER_REPLIES
            found[Seat(kind, group.parent.id, group_version(group.parent, shape))] = group.ballots_missing
    return found


def group_version(parent: Node, shape: Shape) -> int:
    """Counts every edit of a message and of its replies: whoever ranked the old texts may rank the new ones.

    Deleted replies are counted too, so that a deletion takes the task out of nobody's hands.
    """
    return parent.version + sum(node.version - 1 for node in shape.nodes if node.parent_id == parent.id)


def _lot(message_id: UUID, number: int) -> bytes:
    return hashlib.sha256(message_id.bytes + number.to_bytes(2, "big")).digest()


def seat_facts(seat: Seat, shape: Shape) -> SeatFacts:
    """What the row of a wanted seat is to say about its message."""
    node = shape.by_id[seat.message_id]
    author = node.author_id if seat.kind in LABELS else None
    lonely = seat.kind in REPLIES and shape.is_lonely(node)
    return SeatFacts(lang=node.lang, author_id=author, lonely=lonely)


@dataclass(frozen=True, slots=True)
class Difference:
    """What makes the rows agree with what is wanted: seats to open, rows to withdraw."""

    missing: Counter[Seat]
    surplus: list[UUID]


@dataclass(frozen=True, slots=True)
class Row:
    """A task row as restocking sees it."""

    id: UUID
    seat: Seat
    leased: bool
    lonely: bool


def difference(rows: Sequence[Row], wish: Counter[Seat]) -> Difference:
    """Compare the stock with the wish. Open rows are withdrawn before leased ones."""
    left, surplus = Counter(wish), []
    for row in sorted(rows, key=lambda row: not row.leased):
        if left[row.seat] > 0:
            left[row.seat] -= 1
        else:
            surplus.append(row.id)
    return Difference(missing=+left, surplus=surplus)


def weight(kind: Kind, policy: Policy) -> float:
    """How often a kind of task is handed out when any will do."""
    if kind in RANKINGS:
        return policy.weight_rank
    if kind in REPLIES:
        return policy.weight_reply
    if kind is K.LABEL_INITIAL_PROMPT:
        return policy.weight_label_prompt
    return policy.weight_initial_prompt if kind is K.INITIAL_PROMPT else policy.weight_label_reply


@dataclass(frozen=True, slots=True)
class Probe:
    """One look into the stock: a kind in a language, lonely parents only or anybody, from the lot `start` (0 to 1) on
    and then from the first lot to there.

    `form` is that of the review, if one is found.
    """

    kind: Kind
    lang: str
    lonely: bool
    start: float
    lease: timedelta
    form: str | None = None


def doable(
    kinds: Iterable[Kind], langs: Iterable[str], *, reads: Sequence[str], writes: Sequence[str]
) -> list[tuple[Kind, str]]:
    """The kinds in the languages somebody can do: writing in those they write, judging in those they read."""
    pairs = [(kind, lang) for kind in kinds for lang in langs]
    return [(kind, lang) for kind, lang in pairs if lang in (writes if kind in WRITING else reads)]


def probes(pairs: Iterable[tuple[Kind, str]], policies: Mapping[str, Policy], rng: Random) -> list[Probe]:
    """Where to look for a task, in the order drawn: the first that has one decides.

    A weighted shuffle (Efraimidis and Spirakis, Information Processing Letters 97 (2006) 181-185)
    makes the first kind that has tasks the one that a weighted draw among all such would give.
    Each is looked through from a random lot on, then from the start.
    """
    drawn = [(rng.random() ** (1 / max(weight(kind, policies[lang]), 1e-9)), kind, lang) for kind, lang in pairs]
    drawn.sort(key=lambda entry: -entry[0])
    found: list[Probe] = []
    for _key, kind, lang in drawn:
        start, loan = rng.random(), lease(kind, policies[lang])
        form = _form(kind, policies[lang], rng)
        lonely_first = rng.random() < policies[lang].p_lonely_child_extension
        for lonely in (True, False) if kind is K.ASSISTANT_REPLY and lonely_first else (False,):
            found.append(Probe(kind, lang, lonely, start, loan, form))
    return found


# Enough of a message to choose the form of its review: its role, and 0 for a prompt.
_REVIEWED = {
    K.LABEL_INITIAL_PROMPT: (Role.PROMPTER, 0),
    K.LABEL_PROMPTER_REPLY: (Role.PROMPTER, 2),
    K.LABEL_ASSISTANT_REPLY: (Role.ASSISTANT, 1),
}


def _form(kind: Kind, policy: Policy, rng: Random) -> str | None:
    if kind not in _REVIEWED:
        return None
    role, depth = _REVIEWED[kind]
    return draw_mode(role=role, depth=depth, policy=policy, rng=rng).value


def lease(kind: Kind, policy: Policy) -> timedelta:
    """How long a task of this kind stays with a person."""
    minutes = policy.lease_minutes_write if kind in WRITING else policy.lease_minutes_judge
    return timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Lull:
    """What there is in a language where somebody found nothing to do."""

    lang: str
    open: int
    in_hands: int
    in_lottery: int

    @property
    def code(self) -> str:
        if self.in_hands:
            return "all_in_hands"
        if self.open:
            return "only_met"
        return "lottery" if self.in_lottery else "nothing_to_do"

    @property
    def text(self) -> str:
        """The reason in words."""
        words = {
            "all_in_hands": ngettext(
                "Somebody else is at the one task in “%(lang)s” right now.",
                "Other people are at all %(in_hands)d tasks in “%(lang)s” right now.",
                self.in_hands,
            ),
            "only_met": _text("The %(open)d open tasks in “%(lang)s” are about texts you wrote, judged or skipped."),
            "lottery": _text("%(in_lottery)d prompts in “%(lang)s” wait for a conversation to be finished."),
            "nothing_to_do": _text("No conversation in “%(lang)s” needs anything right now."),
        }
        return words[self.code] % {
            "lang": self.lang, "open": self.open, "in_hands": self.in_hands, "in_lottery": self.in_lottery,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LanguageCounts:
    """Trees of one language by stage, each counted only as far as the limits need it."""

    growing: int
    in_review: int
    waiting: int
    ranking: int


def free_growing_places(counts: LanguageCounts, policy: Policy) -> int:
    """Trees that may start growing now."""
    return max(policy.max_active_trees - counts.growing, 0)


def prompts_wanted(counts: LanguageCounts, policy: Policy) -> int:
    """Prompts to ask for: enough to keep trees growing and reviewers busy, no more than can wait."""
    if not policy.initial_prompts_enabled:
        return 0
    room = free_growing_places(counts, policy) + max(policy.max_initial_prompt_review - counts.in_review, 0)
    return min(room, max(policy.max_prompt_lottery_waiting - counts.waiting, 0))


# A desk with nothing to do is still looked after now and then: the dice of finished trees are not in its counts.
LOOK_ANYWAY = timedelta(minutes=5)
LOOK_AT_BACKLOG = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class DeskView:
    """A language as a round sees it, before it decides whether to run its desk."""

    lang: str
    counts: LanguageCounts
    has_backlog: bool
    prompts_in_stock: int
    filled_at: datetime | None


def is_due(desk: DeskView, policy: Policy, now: datetime) -> bool:
    """Whether a desk has anything to do: a place in the lottery, prompts to stock, a backlog to call."""
    if desk.filled_at is None or now - desk.filled_at > (LOOK_AT_BACKLOG if desk.has_backlog else LOOK_ANYWAY):
        return True
    can_grow = desk.counts.waiting > 0 and free_growing_places(desk.counts, policy) > 0
    return can_grow or desk.prompts_in_stock != prompts_wanted(desk.counts, policy)


def digest(answer: Mapping[str, object]) -> str:
    """A fingerprint of an answer, by which the same one is known again."""
    plain = json.dumps(answer, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()
