"""A tree as the forms walk it: who replied to whom, siblings in order, the way down to a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from oa.datasets.rules.conversations import in_order
from oa.datasets.rules.fields import Entry
from oa.trees.rules import Role


@dataclass(frozen=True, slots=True)
class Branches:
    """The chosen messages by id, and the replies to each: by rank, then by date.

    The prompt stands below None, and so do messages (in list modes) whose parent is not chosen.
    """

    known: dict[str, Entry]
    below: dict[str | None, list[Entry]]

    @classmethod
    def of(cls, chosen: Iterable[Entry]) -> Branches:
        known = {entry.message_id: entry for entry in chosen}
        below: dict[str | None, list[Entry]] = {}
        for entry in known.values():
            below.setdefault(entry.parent_id if entry.parent_id in known else None, []).append(entry)
        for replies in below.values():
            if len(replies) > 1:
                replies.sort(key=in_order)
        return cls(known, below)

    def replies(self, entry: Entry) -> Sequence[Entry]:
        return self.below.get(entry.message_id, ())

    def depth_first(self) -> Iterator[Entry]:
        """The prompt, its first reply, all below that, the next reply; strays in their turn."""
        waiting = self.below.get(None, [])[::-1]
        while waiting:
            entry = waiting.pop()
            yield entry
            if entry.message_id in self.below:
                waiting += self.below[entry.message_id][::-1]

    def path(self, entry: Entry | None) -> list[Entry]:
        """The conversation from the prompt down to a message."""
        found: list[Entry] = []
        while entry is not None:
            found.append(entry)
            entry = self.known.get(entry.parent_id) if entry.parent_id is not None else None
        found.reverse()
        return found

    def groups(self) -> Iterator[tuple[Entry, list[Entry]]]:
        """Each message with the ranked replies that assistants gave to it, best first, where there are two or more."""
        for entry in self.depth_first():
            ranked = [reply for reply in self.replies(entry) if reply.rank is not None and is_answer(reply)]
            if len(ranked) > 1:
                yield entry, ranked


def is_answer(entry: Entry) -> bool:
    """Whether an assistant speaks: what models are trained to write."""
    return entry.role == Role.ASSISTANT
