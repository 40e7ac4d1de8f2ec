"""The report on toxicity as a file: one JSON object, or one row for each label, score and group of messages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_FIGURES = (
    "n", "n_reviews", "n_imported", "pearson", "pearson_low", "pearson_high", "spearman", "spearman_low",
    "spearman_high",
)  # fmt: skip
_CURVES = ("positives", "negatives", "auc", "auc_low", "auc_high")
COLUMNS = ("lang", "role", "label", "score", "status", *_FIGURES, *_CURVES)

_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
OK, TOO_FEW, NOT_SUPPORTED = "", "too few", "not supported"


def as_object(head: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The whole report: the figures of the first group at the top, those of all others under `groups`.

    The first group is all messages, unless only some were asked for.
    """
    first, *others = groups
    return {
        "lang": first["lang"],
        "role": first["role"],
        "n_scored": first["n_scored"],
        "cells": first["cells"],
        "roc": first["roc"],
        "kept_deleted": first["kept_deleted"],
        "groups": others,
        **{name: value for name, value in head.items() if name != "groups"},
    }


def as_csv(head: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> str:
    """The correlations and areas of all groups as rows. What can't be told is empty, and `status` says why.

    A language the model doesn't know has one row, whose `status` says so.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for group in groups:
        writer.writerows(_rows(group))
    for unsupported in head["unsupported"]:
        writer.writerow({"lang": _no_formula(unsupported["lang"]), "status": NOT_SUPPORTED})
    return out.getvalue()


def _no_formula(text: str) -> str:
    """A language as it stands in the table: an import may call one =1+1, and spreadsheets work such cells out."""
    return f"'{text}" if text.startswith(_BEGIN_FORMULAS) else text


def _rows(group: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    curves = {(line["label"], line["score"]): line for line in group["roc"]}
    for cell in group["cells"]:
        line = curves.get((cell["label"], cell["score"]), {})
        yield {
            "lang": _no_formula(group["lang"] or ""),
            "role": group["role"] or "",
            "label": cell["label"],
            "score": cell["score"],
            "status": TOO_FEW if cell["too_few"] else OK,
            **{name: cell[name] for name in _FIGURES},
            **{name: line[name] for name in _CURVES if name in line},
        }
