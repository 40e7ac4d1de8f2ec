"""The labels over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oa.reviews.rules import Label


def labels(language: str = "en") -> Any:
    return Client(headers={"Accept-Language": language}).get("/api/v1/labels").json()


def test_all_fifteen_are_there_in_the_order_of_the_exports() -> None:
    found = labels()["labels"]

    assert [label["name"] for label in found] == [label.value for label in Label]
    assert len(found) == 15
    assert all(label["title"] and label["help"] for label in found)


def test_scales_name_their_two_ends_and_nothing_else_does() -> None:
    for label in labels()["labels"]:
        assert (label["poles"] is not None) == (label["widget"] == "likert")
        assert label["poles"] is None or len(label["poles"]) == 2


@pytest.mark.parametrize(
    ("kind", "mode", "number"),
    [
        ("initial_prompt", "full", 11), ("prompter_reply", "full", 11), ("assistant_reply", "full", 13),
        ("initial_prompt", "simple", 2), ("prompter_reply", "simple", 3), ("assistant_reply", "simple", 3),
    ],
)  # fmt: skip
def test_each_kind_of_message_has_its_form(kind: str, mode: str, number: int) -> None:
    (form,) = [form for form in labels()["forms"] if (form["kind"], form["mode"]) == (kind, mode)]

    assert len(form["labels"]) == number
    assert form["mandatory"] == ["spam"]
    assert ("fails_task" in form["labels"]) == (kind == "assistant_reply" and mode == "full")
