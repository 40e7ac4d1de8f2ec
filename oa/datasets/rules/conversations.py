"""From rows to whole trees: what hangs together, and what makes a tree impossible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from oa.core.ids import id_of
from oa.datasets.rules.fields import Broken, Entry, entry_of, state_of, unknown_fields
from oa.trees.rules import Role, role_at

LONGEST_ORIGIN = 200
# Deeper ones are mistakes, and Python's JSON writer stops at a thousand brackets.
DEEPEST = 200
NO_DATE = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Conversation:
    """One tree as a file says it: its messages, every parent before its replies.

    `grown`: its ids follow from its texts, so what is new in it belongs to the tree that is here already; then so many
    conversations of the file were `joined` in it, and so many were `repeated` word for word.
    """

    state: str
    entries: list[Entry]
    origin: str = ""
    line: int = 0
    notes: Counter[str] = field(default_factory=Counter)
    grown: bool = False
    joined: int = 0
    repeated: int = 0

    @property
    def id(self) -> UUID:
        return pk_of(self.entries[0].message_id)

    @property
    def lang(self) -> str:
        """The language of a tree is that of its prompt."""
        return self.entries[0].lang


# Each id is asked for a dozen times while its tree is stored.
pk_of = lru_cache(maxsize=20_000)(id_of)


def of_tree_row(row: Mapping[str, Any], *, line: int, odd: Counter[str]) -> Conversation:
    """The tree of a tree row. `odd` counts the fields nobody knows."""
    odd.update(f"(tree) {name}" for name in row.keys() - TREE_FIELDS if row[name] is not None)
    made = Conversation(state_of(row.get("tree_state")), [], _origin(row.get("origin")), line)
    _gather(row["prompt"], made, row.get("message_tree_id"), odd)
    _check_whole(made.entries)
    _check_name(row.get("message_tree_id"), made)
    return made


TREE_FIELDS = frozenset({"message_tree_id", "tree_state", "prompt", "origin"})


def _origin(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_ORIGIN or "\0" in value:
        raise Broken("wrong_type", f"origin is not a text of at most {LONGEST_ORIGIN} characters")
    return value


def _gather(prompt: object, made: Conversation, tree_id: object, odd: Counter[str]) -> None:
    """All nodes of a tree row, level by level: no recursion, so that no depth is too great for us."""
    level: list[tuple[object, str | None, int]] = [(prompt, None, 0)]
    while level:
        below: list[tuple[object, str | None, int]] = []
        for node, above, depth in level:
            entry, replies = _node(node, above, made.line, tree_id)
            entry.depth = depth
            odd.update(unknown_fields(cast(Mapping[str, object], node)))
            made.entries.append(entry)
            below += [(reply, entry.message_id, depth + 1) for reply in replies]
        level = below


def _node(node: object, above: str | None, line: int, tree_id: object) -> tuple[Entry, Sequence[object]]:
    if not isinstance(node, dict):
        raise Broken("wrong_type", "a message in the tree is not an object")
    entry = entry_of(node, line=line)
    if above is None and entry.parent_id is not None:
        raise Broken("parent_differs", f"the prompt {entry.message_id} names a parent")
    if entry.parent_id is None:
        entry.parent_id = above
    elif entry.parent_id != above:
        raise Broken("parent_differs", f"{entry.message_id} stands below {above} and names {entry.parent_id}")
    if node.get("message_tree_id") not in (None, tree_id):
        raise Broken("tree_differs", f"{entry.message_id} names another tree")
    replies = node.get("replies") or []
    if not isinstance(replies, list):
        raise Broken("wrong_type", f"the replies of {entry.message_id} are not a list")
    return entry, replies


def of_flat_rows(rows: Iterable[tuple[int, Mapping[str, Any]]], *, odd: Counter[str]) -> Conversation:
    """The tree of flat rows that name the same tree, in any order. Broken names the first bad line."""
    entries, states, name = [], set(), None
    line = 0
    for line, row in rows:
        try:
            entries.append(entry_of(row, line=line))
            states.add(state_of(row.get("tree_state")))
        except Broken as broken:
            raise Broken(broken.code, broken.words, line=line) from None
        odd.update(unknown_fields(row))
        name = row.get("message_tree_id")
    if len(states) > 1:
        raise Broken("state_differs", f"its rows name the states {', '.join(sorted(states))}")
    made = Conversation(states.pop(), _parents_first(entries), line=min(entry.line for entry in entries))
    _check_whole(made.entries)
    _check_name(name, made)
    return made


def _parents_first(entries: Sequence[Entry]) -> list[Entry]:
    """The entries from the prompt down, siblings in the order they came in."""
    known = {entry.message_id for entry in entries}
    below: dict[str | None, list[Entry]] = {}
    for entry in entries:
        below.setdefault(entry.parent_id, []).append(entry)
    _check_ends(below, known, len(entries))
    found = list(below[None])
    for entry in found:  # it grows while we walk it
        for reply in below.get(entry.message_id, ()):
            reply.depth = entry.depth + 1
            found.append(reply)
    if len(found) < len(entries):
        raise Broken("cycle", "some of its messages answer each other in a circle")
    return found


def _check_ends(below: Mapping[str | None, list[Entry]], known: set[str], number: int) -> None:
    if len(known) < number:
        raise Broken("duplicate_id", "two of its rows have the same message_id")
    lost = [above for above in below if above is not None and above not in known]
    strays = [entry for above in lost for entry in below[above]]
    if strays:
        raise Broken("parent_missing", f"the parent {strays[0].parent_id} is not in the file", line=strays[0].line)
    roots = below.get(None, [])
    if not roots:
        raise Broken("cycle", "it has no prompt: its messages answer each other in a circle")
    if len(roots) > 1:
        raise Broken("two_prompts", f"lines {roots[0].line} and {roots[1].line} both are its prompt")


def _check_whole(entries: Sequence[Entry]) -> None:
    """What is true of every tree, whatever the form it came in."""
    if len({entry.message_id for entry in entries}) < len(entries):
        twice = Counter(entry.message_id for entry in entries).most_common(1)[0][0]
        raise Broken("duplicate_id", f"{twice} stands in the tree twice")
    if entries[-1].depth > DEEPEST:
        raise Broken("too_deep", f"its replies go {entries[-1].depth} levels deep; {DEEPEST} are the most")
    for entry in entries:
        if Role(entry.role) is not role_at(entry.depth):
            what = "the prompt" if entry.depth == 0 else f"{entry.message_id} (line {entry.line})"
            raise Broken("roles_out_of_turn", f"{what} speaks as {entry.role}, at depth {entry.depth}")
    note_places(entries)


def _check_name(name: object, made: Conversation) -> None:
    """The tree is called after its prompt.

    One kind of file does otherwise: the original's own anonymiser replaces the id of the prompt by
    64 hexadecimal digits and leaves that of the tree. Then the prompt's id is taken, and told.
    """
    prompt = made.entries[0].message_id
    if name is None or name == prompt:
        return
    if not isinstance(name, str) or len(prompt) != 64 or len(name) == 64:
        raise Broken("tree_differs", f"message_tree_id is {str(name)[:60]}, the prompt's id {prompt}")
    made.notes["trees renamed after their anonymised prompt"] += 1


def in_order(entry: Entry) -> tuple[bool, int, bool, int, bool, datetime, str]:
    """The order of siblings in an export: by rank, then as they were imported, then by date and id."""
    date = entry.created_date
    return (
        entry.rank is None, entry.rank or 0, entry.place is None, entry.place or 0,
        date is None, date or NO_DATE, entry.message_id,
    )  # fmt: skip


def note_places(entries: Sequence[Entry]) -> None:
    """Where siblings stand in another order than we would give them, each keeps its place."""
    groups: dict[str | None, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.parent_id, []).append(entry)
    for replies in groups.values():
        if len(replies) > 1 and replies != sorted(replies, key=in_order):
            for place, entry in enumerate(replies):
                entry.place = place


def differences(ours: Conversation, theirs: Conversation, *, worked_on: bool) -> list[str]:
    """In which fields two versions of one tree differ; nothing if they are the same.

    A tree that is `worked_on` here has reviews, ranks and replies of its own meanwhile: then only
    what people wrote is compared, and only of the messages that came with the file.
    """
    mine = {entry.message_id: entry for entry in ours.entries}
    fields = WRITTEN if worked_on else CONTENT
    found = {name for entry in theirs.entries for name in (_changed(mine.get(entry.message_id), entry, fields))}
    if not worked_on:
        found |= {"replies"} if len(ours.entries) != len(theirs.entries) else set()
        found |= {"tree_state"} if ours.state != theirs.state else set()
    return sorted(found)


WRITTEN = ("parent_id", "user_id", "created_date", "text", "role", "lang", "synthetic", "model_name")
CONTENT = (*WRITTEN, "review_count", "review_result", "deleted", "rank", "emojis", "labels", "detoxify")


def _changed(mine: Entry | None, other: Entry, fields: Sequence[str]) -> list[str]:
    if mine is None:
        return ["replies"]
    return [name for name in fields if getattr(mine, name) != getattr(other, name)]
