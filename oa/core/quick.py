"""Rows as they are shown, without the way through every field of a serializer.

REST framework looks up, checks and converts each value of each row anew: 6 microseconds a value, 45 ms of a page with
300 messages, and makes the fields anew for each page, 5 ms more. What a field does is worked out once in a process
here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers

M = TypeVar("M", bound=Model)
Read = Callable[[Any], Any]

# What these show is the value itself, which JSON has a form for.
_AS_IT_IS = (serializers.BooleanField, serializers.CharField, serializers.ChoiceField, serializers.IntegerField)


class QuickSerializer(serializers.ModelSerializer[M]):
    """A serializer that only shows, of rows whose fields hold what the database keeps.

    Its fields are made once and serve all pages. So none of them may be a serializer, which would not know the context
    of the page: what a serializer shows is shown by a method.
    """

    def to_representation(self, instance: M) -> dict[str, Any]:
        return {name: read(instance) for name, read in self._readers}

    @cached_property
    def _readers(self) -> list[tuple[str, Read]]:
        known = _standing(type(self))
        return [(name, getattr(self, read) if isinstance(read, str) else read) for name, read in known]


@cache
def _standing(kind: type[QuickSerializer[Any]]) -> list[tuple[str, Read | str]]:
    """How each field of such a serializer is read, or the name of its method that does."""
    columns = {field.attname for field in kind.Meta.model._meta.concrete_fields}  # type: ignore[attr-defined]  # the stubs forget what a model is
    return [(str(field.field_name), _reader(field, columns)) for field in kind()._readable_fields]


def _reader(field: serializers.Field[Any, Any, Any, Any], columns: set[str]) -> Read | str:
    if isinstance(field, serializers.SerializerMethodField):
        return field.method_name or f"get_{field.field_name}"
    if isinstance(field, serializers.BaseSerializer):
        raise TypeError(f"{field.field_name}: a serializer in a quick one is shown by a method")
    if field.source not in columns:
        return lambda row: _shown(field, field.get_attribute(row))
    get = attrgetter(field.source)
    if type(field) in _AS_IT_IS:
        return get
    if type(field) is serializers.UUIDField:
        return lambda row: None if (value := get(row)) is None else str(value)
    if type(field) is serializers.DateTimeField:
        return lambda row: _moment(field, get(row))
    return lambda row: _shown(field, get(row))


def _shown(field: serializers.Field[Any, Any, Any, Any], value: Any) -> Any:
    return None if value is None else field.to_representation(value)


def _moment(field: serializers.Field[Any, Any, Any, Any], value: datetime | None) -> Any:
    """All our moments are shown in UTC, and those of the database are in it already."""
    if value is not None and value.tzinfo is UTC:
        return f"{value.replace(tzinfo=None).isoformat()}Z"
    return _shown(field, value)
