"""A conversation as other data sets have it: a list of turns that is brought into the order our trees are in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from oa.core.errors import Invalid
from oa.datasets.rules.conversations import DEEPEST
from oa.datasets.rules.fields import LONGEST_LANG, LONGEST_MODEL_NAME, Broken
from oa.trees.rules import clean_text

# No honest turn has more; PostgreSQL indexes the words of a text and gives up at a megabyte of them.
LONGEST_TURN = 250_000

PROMPTER, ASSISTANT, SYSTEM = "prompter", "assistant", "system"
_ROLES = {
    PROMPTER: "human user prompter customer person questioner instruction input prompt usuario 用户",
    ASSISTANT: "gpt assistant chatgpt bot model ai bard bing bingchat claude llama vicuna output response 助手 "
    "gpt-3.5-turbo gpt-4 gpt3.5 gpt4",
    SYSTEM: "system developer context system_prompt 系统",
}
ROLES = {name: role for role, names in _ROLES.items() for name in names.split()}
# Names of roles that say which machine spoke.
MACHINES = frozenset("chatgpt bard bing bingchat claude llama vicuna gpt-3.5-turbo gpt-4 gpt3.5 gpt4".split())


@dataclass(slots=True)
class Talk:
    """One conversation: its texts in turn, the prompter's first. `cuts`: what was left out of it, [code, words].

    `names` are those of the machines that wrote, text by text; empty where nobody says so.
    """

    texts: list[str]
    names: list[str] = field(default_factory=list)
    system: str = ""
    lang: str = ""
    line: int = 0
    cuts: list[tuple[str, str]] = field(default_factory=list)


Turn = tuple[str, str]
"""Who speaks, as the file calls them, and what they say."""


def talk_of(turns: Sequence[Turn], *, line: int, lang: str = "", model: str = "") -> Talk:
    """What the turns come to. Roles that don't alternate, and turns that can't be kept, end the conversation before
    them, which is told in `cuts`; Broken where not even a prompt is left."""
    made = Talk([], line=line, lang=lang)
    for number, (said_by, text) in enumerate(turns, start=1):
        role = role_of(said_by)
        if role == SYSTEM and not made.texts:
            made.system = "\n\n".join(filter(None, (made.system, _cleaned(text, empty_too=True))))
        elif role == ASSISTANT and not made.texts:
            made.cuts = [("begins_with_assistant", "it begins with the assistant; what it says there is left out")]
        elif (trouble := _trouble(made, role, text)) is not None:
            code, words = trouble
            if not made.texts:
                raise Broken(code, f"its first turn of the prompter: {words}")
            made.cuts.append((code, f"turn {number}: {words}; it is left out with all that follows"))
            break
        else:
            made.texts.append(_cleaned(text))
            made.names.append((model or _machine(said_by)) if role == ASSISTANT else "")
    if not made.texts:
        raise Broken("no_prompt", "nobody asks anything in it: there is no turn of the prompter")
    return made


def role_of(said_by: object) -> str:
    """prompter, assistant or system, whatever the file calls them."""
    found = ROLES.get(said_by.strip().lower()) if isinstance(said_by, str) else None
    if found is None:
        shown = repr(said_by)[:60]
        raise Broken("unknown_role", f"somebody speaks as {shown}; human, gpt and system are known, and the like")
    return found


def _machine(said_by: str) -> str:
    name = said_by.strip().lower()
    return name if name in MACHINES else ""


def _trouble(made: Talk, role: str, text: object) -> tuple[str, str] | None:
    """Why the conversation can't go on with this turn."""
    due = ASSISTANT if len(made.texts) % 2 else PROMPTER
    if role != due:
        return "roles_out_of_turn", f"the {role} speaks where it is the {due}'s turn"
    if len(made.texts) > DEEPEST:
        return "too_deep", f"{DEEPEST} replies one below the other are the most"
    try:
        _cleaned(text)
    except Broken as broken:
        return broken.code, broken.words
    return None


def _cleaned(text: object, *, empty_too: bool = False) -> str:
    if not isinstance(text, str):
        raise Broken("wrong_type", f"the text is {repr(text)[:60]}, not a text")
    if "\0" in text:
        raise Broken("nul_in_text", "the text holds a NUL character, which can't be stored")
    if empty_too and not text.strip():
        return ""
    try:
        return clean_text(text, limit=LONGEST_TURN)
    except Invalid as error:
        raise Broken(error.code, error.cause) from None


def clean_prompt(text: object) -> str:
    """A single text as it is kept; Broken says what is wrong with it."""
    return _cleaned(text)


_LANG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def lang_of(row: Mapping[str, Any]) -> str:
    """The language a row names, where it names one by its tag."""
    for name in ("lang", "language"):
        value = row.get(name)
        if isinstance(value, str) and len(value) <= LONGEST_LANG and _LANG.fullmatch(value):
            return value
    return ""


def model_of(row: Mapping[str, Any]) -> str:
    """The machine a row names."""
    for name in ("model", "model_name"):
        value = row.get(name)
        if isinstance(value, str) and "\0" not in value:
            return value.strip()[:LONGEST_MODEL_NAME]
    return ""


def texts_in(parts: Iterable[object]) -> str:
    """The texts of content in parts; Broken where a part is a picture or anything else."""
    found = []
    for part in parts:
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            found.append(part["text"])
        else:
            kind = part.get("type") if isinstance(part, dict) else part
            raise Broken("not_a_text", f"part of its content is no text: {repr(kind)[:60]}")
    return "\n\n".join(found)
