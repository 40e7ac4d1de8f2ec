"""Labels that our own reviews gave are read the quick way, and say what the slow one says."""

from __future__ import annotations

import json

import orjson
import pytest

from oa.datasets.actions.stored import _labels
from oa.datasets.rules.forms import merged_labels

SUMS: list[dict[str, tuple[float, int]]] = [
    {"spam": (0.0, 3)},
    {"pii": (1.0, 3), "spam": (0.0, 3), "humor": (0.25, 1), "quality": (2.75, 3), "not_appropriate": (0, 2)},
    {"quality": (1.0, 3), 'a "quoted" name': (1.0, 2)},
    {"ends like one], \\": (0.5, 1), "spam": (1.0, 1)},
]


@pytest.mark.parametrize("sums", SUMS)
@pytest.mark.parametrize("brought", [None, {}, {"spam": {"value": 0.5, "count": 2}}])
def test_means_are_those_of_the_slow_way(
    sums: dict[str, tuple[float, int]], brought: dict[str, dict[str, float]] | None
) -> None:
    written = json_of(sums)

    found = _labels(None if brought is None else json_of(brought), written)

    expected = merged_labels(brought, sums)
    assert orjson.dumps(found) == orjson.dumps(expected)


def json_of(value: object) -> str:
    """As PostgreSQL writes it: with a blank after each colon and comma."""
    return json.dumps(value, ensure_ascii=False)
