"""Looking at the rows of a finished release as somebody who does not know how they were made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from oa.datasets.rules.forms import Form, Row
from oa.datasets.rules.releases.checks import Check, Finding
from oa.trees.rules import Role

UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
PSEUDONYM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# Fields that name messages (a tree is called like its prompt), and those that name people and what they did.
OF_MESSAGES = frozenset({
    "message_id", "parent_id", "message_tree_id", "thread_id", "message_ids", "chosen_message_id",
    "rejected_message_id", "shown", "tiers", "unacceptable",
})  # fmt: skip
OF_OTHERS = frozenset({"user_id", "judgement_id"})
# What would tell who somebody is. No form has such a column: this holds if somebody adds one.
TELL_WHO = re.compile(r"(^|_)(e?mail|display_name|user_?name|first_name|last_name|full_name|phone|address|ip)($|_)")
# Forms that hold every message of a release.
WHOLE = frozenset({Form.TREES, Form.MESSAGES, Form.HF})


@dataclass(frozen=True, slots=True)
class Flat:
    """What is checked of a message, wherever it is from."""

    message_id: str
    parent_id: str | None
    user_id: str | None
    role: str
    lang: str
    rank: int | None


@dataclass(slots=True)
class Tally:
    """What trees come to when they are counted one by one."""

    trees: int = 0
    messages: int = 0
    people: set[str] = field(default_factory=set)
    by_lang: Counter[str] = field(default_factory=Counter)
    by_role: Counter[str] = field(default_factory=Counter)
    by_split: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, messages: Sequence[Flat], split: str) -> None:
        self.trees += 1
        self.messages += len(messages)
        self.people.update(one.user_id for one in messages if one.user_id is not None)
        self.by_lang.update(one.lang for one in messages)
        self.by_role.update(one.role for one in messages)
        self.by_split.update({(split, "trees"): 1, (split, "messages"): len(messages)})

    def compare(self, numbers: Mapping[str, Any], finding: Finding, path: str) -> None:
        """With what the database has counted."""
        told: dict[str, object] = {
            "trees": self.trees, "messages": self.messages, "people": len(self.people),
            "by_lang": dict(self.by_lang), "by_role": dict(self.by_role), "by_split": dict(self.by_split),
        }  # fmt: skip
        expected: dict[str, object] = {
            **{name: numbers[name] for name in ("trees", "messages", "people")},
            "by_lang": {row["lang"]: row["messages"] for row in numbers["by_lang"]},
            "by_role": {row["role"]: row["messages"] for row in numbers["by_role"]},
            "by_split": {
                (row["split"], what): row[what] for row in numbers["splits"] for what in ("trees", "messages")
            },
        }
        for name, value in told.items():
            if value != expected[name]:
                finding.wrong(f"{name}: {value} instead of {expected[name]}", path=path)


@dataclass(frozen=True, slots=True)
class Shape:
    """The findings about the shape of trees."""

    parents: Finding = field(default_factory=lambda: Finding(Check.PARENTS))
    roles: Finding = field(default_factory=lambda: Finding(Check.ROLES))
    ranks: Finding = field(default_factory=lambda: Finding(Check.RANKS))

    def look_at(self, messages: Sequence[Flat], tree_id: str, **where: Any) -> None:
        """One tree: everything hangs together, roles take turns, ranks have no gaps."""
        known = {one.message_id: one for one in messages}
        if len(known) < len(messages):
            self.parents.wrong("a message stands in it twice", tree_id=tree_id, **where)
        prompts = [one for one in messages if one.parent_id is None]
        if [one.message_id for one in prompts] != [tree_id]:
            self.parents.wrong("it has not one prompt of its own name", tree_id=tree_id, **where)
        for one in messages:
            above = known.get(one.parent_id) if one.parent_id is not None else None
            if one.parent_id is not None and above is None:
                self.parents.wrong("its parent is missing", message_id=one.message_id, tree_id=tree_id, **where)
            if one.role != (_other(above.role) if above else Role.PROMPTER):
                self.roles.wrong(f"it speaks as {one.role}", message_id=one.message_id, tree_id=tree_id, **where)
        self._look_at_ranks(messages, tree_id, **where)

    def _look_at_ranks(self, messages: Sequence[Flat], tree_id: str, **where: Any) -> None:
        groups: dict[str | None, set[int]] = {}
        for one in messages:
            if one.rank is not None:
                groups.setdefault(one.parent_id, set()).add(one.rank)
        for parent, ranks in groups.items():
            if ranks != set(range(len(ranks))):
                told = ", ".join(map(str, sorted(ranks)))
                self.ranks.wrong(f"replies to it have the ranks {told}", message_id=parent, tree_id=tree_id, **where)


def _other(role: str) -> str:
    return Role.ASSISTANT if role == Role.PROMPTER else Role.PROMPTER


def flat_of(row: Mapping[str, Any]) -> Flat:
    return Flat(*(row.get(name) for name in Flat.__slots__))  # type: ignore[arg-type]  # a file says what it likes


def trees_in(form: Form, rows: Iterable[Row]) -> Iterator[tuple[str, list[Flat]]]:
    """The trees of a file of one of the whole forms, by name."""
    if form is Form.TREES:
        for row in rows:
            yield str(row["message_tree_id"]), [flat_of(node) for node in _nodes(row["prompt"])]
        return
    name, found = None, list[Flat]()
    for row in rows:
        if row["message_tree_id"] != name and found:
            yield str(name), found
            found = []
        name = row["message_tree_id"]
        found.append(flat_of(row))
    if found:
        yield str(name), found


def _nodes(prompt: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    waiting = [prompt]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.get("replies") or []


def names_in(row: object, told: Callable[[str, str], object]) -> None:
    """Calls `told` with each field that names somebody or something, and the name; and with "" and each other field."""
    waiting: list[object] = [row]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            for key, value in here.items():
                waiting += _told(key, value, told)


def _told(key: str, value: object, told: Callable[[str, str], object]) -> Iterator[object]:
    """Tells of one field; gives what is still to be looked into."""
    if key in OF_MESSAGES or key in OF_OTHERS:
        for name in _texts(value):
            told(key, name)
        return
    told("", key)
    if isinstance(value, list | dict):
        yield value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
