"""Types of columns in plain words, from which Arrow schemas, `datasets` features and documents are made.

A type is a `Kind`, a list of one type (`[Kind.TEXT]`), or an object of named types (`{"role": Kind.TEXT}`).
Everything may be null. A `Kind.JSON` column holds an object of no fixed shape: in JSON Lines the object itself, in
Parquet its JSON text under the logical type JSON, which `datasets` turns into the object again.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """A column of single values. The values are Arrow's names of the types."""

    TEXT = "string"
    INTEGER = "int64"
    NUMBER = "float64"
    FLAG = "bool"
    JSON = "json"


Type: TypeAlias = Kind | list["Type"] | Mapping[str, "Type"]
Schema: TypeAlias = Mapping[str, Type]


def features_of(schema: Schema) -> dict[str, object]:
    """What `datasets.Features.from_dict` makes its features of."""
    return {name: _feature(column) for name, column in schema.items()}


def _feature(column: Type) -> object:
    if isinstance(column, Kind):
        return {"_type": "Json"} if column is Kind.JSON else {"dtype": column.value, "_type": "Value"}
    if isinstance(column, list):
        return {"feature": _feature(column[0]), "_type": "List"}
    return features_of(column)


def feature_list_of(schema: Schema) -> list[dict[str, object]]:
    """The features as the head of a data set card names them (YAML, `dataset_info: features:`)."""
    return [{"name": name} | _item(column) for name, column in schema.items()]


def _item(column: Type) -> dict[str, object]:
    if isinstance(column, Kind):
        return {"dtype": column.value}
    if isinstance(column, list):
        (inner,) = column
        return {"list": _listed(inner)}
    return {"struct": feature_list_of(column)}


def _listed(inner: Type) -> object:
    """What a list holds: of single values and of objects the bare type, of lists another list."""
    item = _item(inner)
    return item.get("dtype") or item.get("struct") or item
