"""Rows of other data sets, each form by a pure function: row -> conversations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from oa.datasets.rules.fields import Broken
from oa.datasets.rules.foreign.names import Foreign
from oa.datasets.rules.foreign.talks import Talk, Turn, lang_of, model_of, talk_of, texts_in

Row = Mapping[str, Any]
# What seed tasks write where there is no input.
_NO_INPUT = frozenset({"", "<noinput>", "noinput", "<no input>", "n/a", "none", "无"})


def alpaca(row: Row, *, line: int) -> Iterator[Talk]:
    """Alpaca, Self-Instruct and BELLE: an instruction, and either one input and output or several instances."""
    instances = row.get("instances")
    if instances is None:
        instances = [row]
    if not isinstance(instances, list) or not instances:
        raise Broken("wrong_type", "instances is not a list with something in it")
    for instance in instances:
        if not isinstance(instance, dict):
            raise Broken("wrong_type", "an instance is not an object")
        turns: list[Turn] = [("human", _instruction(row.get("instruction"), instance.get("input")))]
        output = instance.get("output")
        if isinstance(output, str) and not output.strip():
            output = None
        if output is not None:
            turns.append(("assistant", output))
        yield talk_of(turns, line=line, lang=lang_of(row), model=model_of(row))


def _instruction(instruction: object, given: object) -> Any:
    if not isinstance(instruction, str):
        return instruction  # told in words where all texts are looked at
    if given is None or isinstance(given, str) and given.strip().lower() in _NO_INPUT:
        return instruction
    if not isinstance(given, str):
        raise Broken("wrong_type", f"input is {repr(given)[:60]}, not a text")
    return f"{instruction.rstrip()}\n\n{given.strip()}"


def sharegpt(row: Row, *, line: int) -> Iterator[Talk]:
    """ShareGPT and Vicuna: a list of turns, each with `from` and `value`."""
    listed = next((row[name] for name in ("conversations", "conversation", "items") if name in row), None)
    yield _listed(row, listed, who=("from", "role"), what=("value", "content", "text"), line=line)


def openai(row: Row, *, line: int) -> Iterator[Talk]:
    """OpenAI's chat form: `messages`, each with a role and content, a text or parts of one."""
    yield _listed(row, row.get("messages"), who=("role",), what=("content",), line=line)


def _listed(row: Row, listed: object, *, who: tuple[str, ...], what: tuple[str, ...], line: int) -> Talk:
    if not isinstance(listed, list):
        raise Broken("wrong_type", f"its turns are {repr(listed)[:60]}, not a list")
    turns = [_turn(turn, who, what) for turn in listed]
    return talk_of(turns, line=line, lang=lang_of(row), model=model_of(row))


def _turn(turn: object, who: tuple[str, ...], what: tuple[str, ...]) -> tuple[Any, Any]:
    if not isinstance(turn, dict):
        raise Broken("wrong_type", "a turn is not an object")
    said_by = next((turn[name] for name in who if name in turn), None)
    said = next((turn[name] for name in what if name in turn), None)
    return said_by, texts_in(said) if isinstance(said, list) else said


# Names under which lists of prompts have them, and answers beside them.
PROMPT_NAMES = ("prompt", "instruction", "text", "question", "query")
ANSWER_NAMES = ("completion", "response", "output", "answer")


def prompts(row: Row | str, *, line: int, column: str = "") -> Iterator[Talk]:
    """A prompt: a text, or a row with one under `column` or a usual name; with an answer beside it, if there is one."""
    if isinstance(row, str):
        yield talk_of([("human", row)], line=line)
        return
    name = column or next((name for name in PROMPT_NAMES if row.get(name) is not None), "")
    if not name or row.get(name) is None:
        wanted = column or " or ".join(PROMPT_NAMES[:3])
        raise Broken("missing_field", f"there is no {wanted} in it")
    turns: list[tuple[Any, Any]] = [("human", row[name])]
    answers = [row[answer] for answer in ANSWER_NAMES if isinstance(row.get(answer), str) and row[answer].strip()]
    turns += [("assistant", answer) for answer in answers[:1]]
    yield talk_of(turns, line=line, lang=lang_of(row), model=model_of(row))


READERS: dict[Foreign, Callable[..., Iterator[Talk]]] = {
    Foreign.ALPACA: alpaca,
    Foreign.SHAREGPT: sharegpt,
    Foreign.OPENAI: openai,
    Foreign.PROMPTS: prompts,
}


def form_of_row(row: object) -> Foreign:
    """Which form a row has, by what is in it; Broken where nobody knows."""
    if isinstance(row, str):
        return Foreign.PROMPTS
    if not isinstance(row, dict):
        raise Broken("not_an_object", "it is no JSON object; one object a line is expected, or an array of them")
    if "message_tree_id" in row or "message_id" in row or isinstance(row.get("prompt"), dict):
        return Foreign.OASST
    if isinstance(row.get("messages"), list):
        return Foreign.OPENAI
    if any(name in row for name in ("conversations", "conversation", "items")):
        return Foreign.SHAREGPT
    if "instruction" in row:
        return Foreign.ALPACA
    if any(name in row for name in PROMPT_NAMES):
        return Foreign.PROMPTS
    known = "a tree (prompt), a message (message_id), conversations, messages, an instruction or a prompt"
    raise Broken("unknown_form", f"it is none of the forms known: {known}")
