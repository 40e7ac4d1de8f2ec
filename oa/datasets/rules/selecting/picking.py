"""Which messages of a tree are written, and why the others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from oa.core.ids import id_of
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.selecting.kinds import Keep, ReviewResult
from oa.datasets.rules.selecting.selection import Selection
from oa.moderation.rules import wilson
from oa.trees.rules import Role

Test = Callable[[Entry], object]

BELOW = "below a message that was left out"
WITHDRAWN = "withdrawn"

# Every reason there is, as it is counted; beside it the words for the reader.
REASONS: dict[str, object] = {
    # of trees
    "in other states": _("in other states"),
    "in other languages": _("in other languages"),
    "from elsewhere": _("from elsewhere"),
    "from before or after": _("from before or after"),
    "about something else": _("about something else"),
    "with synthetic messages": _("with synthetic messages"),
    "without synthetic messages": _("without synthetic messages"),
    "without messages by these people": _("without messages by these people"),
    "on another side of the split": _("on another side of the split"),
    "not in the sample": _("not in the sample"),
    "of which no message was left": _("of which no message was left"),
    # of messages
    WITHDRAWN: _("withdrawn by their authors"),
    "unconsented": _("by people who have not agreed to their publication"),
    "embargoed": _("too new to be published"),
    "withheld": _("withheld until a moderator has looked"),
    "not withdrawn": _("not withdrawn"),
    "deleted": _("deleted"),
    "not deleted": _("not deleted"),
    "not accepted by reviewers": _("not accepted by reviewers"),
    "not rejected by reviewers": _("not rejected by reviewers"),
    "decided by reviewers": _("decided by reviewers"),
    "with too few reviews": _("with too few reviews"),
    "synthetic": _("written by models"),
    "written by people": _("written by people"),
    "not by this model": _("not by this model"),
    "in the other role": _("in the other role"),
    "not prompts": _("not prompts"),
    "by other people": _("by other people"),
    "with labels below the minimum": _("with labels below the minimum"),
    "with labels above the maximum": _("with labels above the maximum"),
    "with labels that are not certain enough": _("with labels that are not certain enough"),
    "too toxic": _("too toxic"),
    "without a score of toxicity": _("without a score of toxicity"),
    BELOW: _("below a message that was left out"),
}


def reason_in_words(reason: str) -> str:
    """The words for a reason of an account, in the reader's language."""
    return str(REASONS[reason])


class Picker:
    """Chooses the messages of one tree after another by the filters for messages.

    Only the filters that ask something are looked at: it is done for every message there is.
    """

    def __init__(self, selection: Selection) -> None:
        self._tests = [*_about_reviews(selection), *_about_origins(selection), *_about_judgements(selection)]
        self._list_mode = selection.list_mode
        self._refused = _refused(selection)

    def __call__(self, tree: Conversation, left_out: Counter[str]) -> list[Entry]:
        """The messages of a tree to be written; the others are counted by reason.

        In list mode each stands for itself. In a tree nothing hangs in the air: whatever is below a
        message left out is left out too. What may not be told is left out with all below it always.
        """
        chosen: list[Entry] = []
        gone: set[str | None] = set()
        for entry in tree.entries:
            reason = self._reason(entry)
            refused = reason in self._refused
            if entry.parent_id in gone and (not reason or self._list_mode and not refused):
                reason, refused = BELOW, True
            if not reason:
                chosen.append(entry)
                continue
            left_out[reason] += 1
            if refused or not self._list_mode:
                gone.add(entry.message_id)
        return chosen

    def _reason(self, entry: Entry) -> str:
        if entry.held and entry.held in self._refused:
            return entry.held
        for fails, reason in self._tests:
            if fails(entry):
                return reason
        return ""


def pick(tree: Conversation, selection: Selection, left_out: Counter[str]) -> list[Entry]:
    """The messages of one tree to be written. For many trees keep a Picker."""
    return Picker(selection)(tree, left_out)


def _refused(selection: Selection) -> frozenset[str]:
    """Reasons that also hold for everything below, whatever is asked for."""
    if selection.releasable:
        return frozenset({WITHDRAWN, "unconsented", "embargoed", "withheld", "deleted"})
    return frozenset({WITHDRAWN} if selection.withdrawn is Keep.NO else ())


def _about_reviews(selection: Selection) -> Iterator[tuple[Test, str]]:
    if selection.withdrawn is Keep.ONLY:
        yield lambda entry: entry.held != WITHDRAWN, "not withdrawn"
    if selection.deleted is Keep.NO or selection.releasable:
        yield lambda entry: entry.deleted, "deleted"
    if selection.deleted is Keep.ONLY:
        yield lambda entry: not entry.deleted, "not deleted"
    if selection.review is ReviewResult.ACCEPTED:
        yield lambda entry: entry.review_result is not True, "not accepted by reviewers"
    if selection.review is ReviewResult.REJECTED:
        yield lambda entry: entry.review_result is not False, "not rejected by reviewers"
    if selection.review is ReviewResult.UNDECIDED:
        yield lambda entry: entry.review_result is not None, "decided by reviewers"
    if (fewest := selection.min_reviews) > 0:
        yield lambda entry: entry.review_count < fewest, "with too few reviews"


def _about_origins(selection: Selection) -> Iterator[tuple[Test, str]]:
    if selection.synthetic_messages is Keep.NO:
        yield lambda entry: entry.synthetic, "synthetic"
    if Keep.ONLY in {selection.synthetic, selection.synthetic_messages}:
        yield lambda entry: not entry.synthetic, "written by people"
    if model := selection.model:
        yield lambda entry: entry.role == Role.ASSISTANT and entry.model_name != model, "not by this model"
    if selection.prompts_only:
        yield lambda entry: entry.depth > 0, "not prompts"
    if role := selection.role:
        yield lambda entry: entry.role != role, "in the other role"
    if selection.people:
        people = frozenset(id_of(person) for person in selection.people)
        yield lambda entry: entry.user_id is None or _id(entry.user_id) not in people, "by other people"
        if langs := frozenset(selection.in_langs):
            yield lambda entry: entry.lang not in langs, "in other languages"


# A person may be named as we or as the imported file names them.
_id = lru_cache(maxsize=10_000)(id_of)


def _about_judgements(selection: Selection) -> Iterator[tuple[Test, str]]:
    if selection.min_label:
        yield _outside(selection.min_label, _falls_short), "with labels below the minimum"
    if selection.max_label:
        yield _outside(selection.max_label, _exceeds), "with labels above the maximum"
    if selection.min_label_low:
        yield _outside(selection.min_label_low, _is_uncertain), "with labels that are not certain enough"
    if (highest := selection.max_toxicity) is not None:
        yield lambda entry: (entry.detoxify or {}).get("toxicity", 0.0) > highest, "too toxic"
    if selection.scored_only:
        yield lambda entry: not entry.detoxify, "without a score of toxicity"


Label = Mapping[str, float]


def _outside(bounds: Mapping[str, float], fails: Callable[[Label | None, float], bool]) -> Test:
    asked = tuple(bounds.items())
    return lambda entry: any(fails((entry.labels or {}).get(name), bound) for name, bound in asked)


def _falls_short(label: Label | None, bound: float) -> bool:
    return label is None or label["value"] < bound


def _exceeds(label: Label | None, bound: float) -> bool:
    return label is not None and label["value"] > bound


def _is_uncertain(label: Label | None, bound: float) -> bool:
    """By the lower end of Wilson's 95 % interval. That is one for shares; answers between 0 and 1 vary less than a
    share of the same mean, so for those it is on the safe side."""
    return label is None or wilson(label["value"] * label["count"], int(label["count"]))[0] < bound
