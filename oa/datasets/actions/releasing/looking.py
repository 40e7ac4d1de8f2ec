"""What would be in a release if it were made now."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from oa.datasets.actions.exporting import Account, stage
from oa.datasets.actions.stored import Reading
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.selecting import BELOW, Picker, Selection, reason_in_words

# Nobody waits longer for a page; what was seen until then is told, and that it is not all.
SECONDS = 20.0


@dataclass(slots=True)
class LeftOut:
    """How much is left out for one reason: trees as a whole, or messages of trees that are chosen."""

    reason: str
    trees: int = 0
    messages: int = 0

    @property
    def words(self) -> str:
        return reason_in_words(self.reason)


@dataclass(slots=True)
class Preview:
    """Numbers of what is chosen and of what is left out; `whole` unless the time was over before all was seen."""

    trees: int = 0
    messages: int = 0
    people: int = 0
    by_lang: list[dict[str, object]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    whole: bool = True


def preview(*, selection: Selection, now: datetime, seconds: float = SECONDS) -> Preview:
    """Choose as a release would, and write nothing. Personal data is not looked for: that is done when it is made."""
    account, trees_of, messages_of, people = Account(), Counter[str](), Counter[str](), set[str | None]()
    found = Preview()
    pick = Picker(selection)
    by_scores = selection.max_toxicity is not None or selection.scored_only
    staged = stage(selection, account, at=now, reading=Reading(original_ids=False, emojis=False, detoxify=by_scores))
    for tree in _until(time.monotonic() + seconds, staged_trees := (one.tree for one in staged), found):
        chosen = pick(tree, account.messages_left_out)
        if not chosen:
            account.trees_left_out["of which no message was left"] += 1
            continue
        found.trees += 1
        found.messages += len(chosen)
        trees_of[tree.entries[0].lang] += 1
        messages_of.update(entry.lang for entry in chosen)
        people.update(entry.user_id for entry in chosen)
    staged_trees.close()
    found.people = len(people - {None})
    found.by_lang = [
        {"lang": lang, "trees": trees_of[lang], "messages": number} for lang, number in messages_of.most_common()
    ]
    found.left_out = _left_out(account)
    return found


def _until(end: float, trees: Iterator[Conversation], found: Preview) -> Iterator[Conversation]:
    for tree in trees:
        yield tree
        if time.monotonic() > end:
            found.whole = False
            return


def _left_out(account: Account) -> list[LeftOut]:
    rows: dict[str, LeftOut] = {}
    for reason, number in account.trees_left_out.items():
        rows.setdefault(reason, LeftOut(reason)).trees = number
    for reason, number in account.messages_left_out.items():
        rows.setdefault(reason, LeftOut(reason)).messages = number
    filled = [row for row in rows.values() if row.trees or row.messages]
    return sorted(filled, key=lambda row: (row.reason == BELOW, -row.trees, -row.messages, row.reason))
