"""Rows of other projects' files become conversations; what can't be kept ends them, in words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from oa.datasets.rules.fields import Broken
from oa.datasets.rules.foreign import READERS, Foreign, Talk, form_of_row
from tests.datasets.files import Row, real


def read(row: Any) -> list[Talk]:
    return list(READERS[form_of_row(row)](row, line=7))


def said(talk: Talk) -> tuple[list[str], list[str]]:
    return talk.texts, [code for code, _words in talk.cuts]


def turns(*pairs: tuple[str, object]) -> Row:
    return {"conversations": [{"from": who, "value": what} for who, what in pairs]}


def test_a_seed_task_is_its_instruction_with_each_input_and_the_output() -> None:
    row = {
        "instruction": "Name the opposite.",
        "instances": [{"input": "hot", "output": "cold"}, {"input": "", "output": "It depends."}],
    }

    assert [talk.texts for talk in read(row)] == [
        ["Name the opposite.\n\nhot", "cold"],
        ["Name the opposite.", "It depends."],
    ]


def test_a_row_of_alpaca_has_its_input_beside_the_instruction() -> None:
    row = {"instruction": "给出反义词", "input": "热", "output": "冷"}

    assert read(row)[0].texts == ["给出反义词\n\n热", "冷"]
    assert read({**row, "input": "<noinput>"})[0].texts == ["给出反义词", "冷"]
    assert read({**row, "output": " "})[0].texts == ["给出反义词\n\n热"]


@pytest.mark.parametrize("name", ["conversations", "conversation", "items"])
@pytest.mark.parametrize(("asks", "answers"), [("human", "gpt"), ("user", "chatgpt"), ("User", "bard")])
def test_turns_are_known_by_all_their_names(name: str, asks: str, answers: str) -> None:
    row = {name: [{"from": asks, "value": "Why?"}, {"from": answers, "value": "<div>Because.</div>"}]}

    assert said(read(row)[0]) == (["Why?", "<div>Because.</div>"], [])


def test_the_machine_that_answered_is_named_by_the_row_or_by_the_role() -> None:
    row = turns(("human", "Why?"), ("bard", "Because."))

    assert read(row)[0].names == ["", "bard"]
    assert read({**row, "model": "gpt-4"})[0].names == ["", "gpt-4"]


def test_messages_with_roles_have_a_text_or_parts_of_one() -> None:
    parts = [{"type": "text", "text": "Why?"}, {"type": "text", "text": "And how?"}]
    row = {
        "messages": [
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": parts},
            {"role": "assistant", "content": "Because."},
        ]
    }

    [talk] = read(row)

    assert (talk.system, talk.texts) == ("Be kind.", ["Why?\n\nAnd how?", "Because."])


def test_prompts_are_texts_or_rows_with_one() -> None:
    assert read("Why?")[0].texts == ["Why?"]
    assert read({"prompt": "Why?", "lang": "en", "completion": "Because."})[0].texts == ["Why?", "Because."]
    assert read({"text": "Why?", "lang": "pt-BR"})[0].lang == "pt-BR"


CUT = {
    "the same speaks twice": (turns(("human", "A"), ("gpt", "B"), ("gpt", "C")), ["A", "B"], ["roles_out_of_turn"]),
    "two questions": (turns(("human", "A"), ("human", "B"), ("gpt", "C")), ["A"], ["roles_out_of_turn"]),
    "the machine begins": (turns(("gpt", "0"), ("human", "A"), ("gpt", "B")), ["A", "B"], ["begins_with_assistant"]),
    "an empty turn": (turns(("human", "A"), ("gpt", " ")), ["A"], ["text_empty"]),
    "NUL in a later turn": (turns(("human", "A"), ("gpt", "B\0")), ["A"], ["nul_in_text"]),
    "a turn that is a number": (turns(("human", "A"), ("gpt", 5)), ["A"], ["wrong_type"]),
    "a system text in the middle": (
        turns(("human", "A"), ("gpt", "B"), ("system", "C"), ("human", "D")), ["A", "B"], ["roles_out_of_turn"],
    ),
    "without end": (turns(*[("human", "A"), ("gpt", "B")] * 150), ["A", "B"] * 100 + ["A"], ["too_deep"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", CUT)
def test_what_does_not_go_on_in_turn_is_cut_and_told(kind: str) -> None:
    row, texts, codes = CUT[kind]

    assert said(read(row)[0]) == (texts, codes)


REFUSED: dict[str, tuple[Any, str]] = {
    "an unknown role": (turns(("human", "A"), ("narrator", "B")), "unknown_role"),
    "no role": ({"conversations": [{"value": "A"}]}, "unknown_role"),
    "a turn that is no object": ({"conversations": ["A"]}, "wrong_type"),
    "turns that are no list": ({"conversations": {"a": 1}}, "wrong_type"),
    "nobody asks": (turns(("gpt", "B")), "no_prompt"),
    "no turns": (turns(), "no_prompt"),
    "an empty prompt": (turns(("human", "  ")), "text_empty"),
    "NUL in the prompt": (turns(("human", "A\0")), "nul_in_text"),
    "control characters": (turns(("human", "A\x08B")), "text_has_control_characters"),
    "a lone surrogate": (turns(("human", "A\ud800")), "text_has_control_characters"),
    "a prompt without end": (turns(("human", "A" * 300_000)), "text_too_long"),
    "a picture": ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "not_a_text"),
    "an instruction that is a number": ({"instruction": 5, "output": "A"}, "wrong_type"),
    "an input that is a list": ({"instruction": "A", "input": ["B"], "output": "C"}, "wrong_type"),
    "instances that are a text": ({"instruction": "A", "instances": "B"}, "wrong_type"),
    "no instances": ({"instruction": "A", "instances": []}, "wrong_type"),
    "an instance that is a text": ({"instruction": "A", "instances": ["B"]}, "wrong_type"),
    "nothing known": ({"colour": "red"}, "unknown_form"),
    "a number": (5, "not_an_object"),
    "a list": ([1], "not_an_object"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_holds_no_conversation_is_refused_in_words(kind: str) -> None:
    row, code = REFUSED[kind]

    with pytest.raises(Broken) as refusal:
        read(row)

    assert (refusal.value.code, bool(refusal.value.words)) == (code, True)


def test_the_real_files_are_read_whole() -> None:
    seeds = [json.loads(line) for line in real("alpaca_seed_tasks.jsonl").read_text().splitlines()]
    shared = json.loads(real("sharegpt_sample.json").read_text())

    assert {form_of_row(row) for row in seeds} == {Foreign.ALPACA}
    assert {form_of_row(row) for row in shared} == {Foreign.SHAREGPT}
    assert [talk.cuts for row in [*seeds, *shared] for talk in read(row) if talk.cuts] == []
    assert sum(len(read(row)) for row in seeds) == 175
