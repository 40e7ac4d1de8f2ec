"""The figures that anybody may read."""

from __future__ import annotations

from random import Random

import pytest

from oa.stats.models import count_everything
from oa.trees import actions as trees
from tests.builders import NOW, person

pytestmark = pytest.mark.django_db


def test_messages_and_trees_are_counted_by_language() -> None:
    for lang in ("en", "en", "de"):
        trees.start_tree(text=f"A question in {lang}", lang=lang, by=person(), now=NOW, rng=Random(1))

    figures = count_everything()

    assert figures["messages"]["by_language"] == {  # type: ignore[index]
        "de": {"live": 1, "deleted": 0, "accepted": 0, "rejected": 0},
        "en": {"live": 2, "deleted": 0, "accepted": 0, "rejected": 0},
    }
    assert figures["trees"]["total"] == {"initial_prompt_review": 3}  # type: ignore[index]
