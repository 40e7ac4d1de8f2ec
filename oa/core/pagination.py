"""Pages by key: the next one starts where the last one ended, however much was added in front meanwhile."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from oa.core.errors import Invalid

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which reads the default pagination while it is being imported

USUAL, MOST = 20, 100


class KeysetPagination(BasePagination):
    """`?limit=&cursor=` -> `{results, next_cursor}`.

    The view names its order in `keyset`, e.g. `("-created_at", "id")`; the last field must be unique.
    A page costs the same wherever it is, given an index in that order.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        self.keyset: Sequence[str] = getattr(view, "keyset", ("id",))
        limit = _limit(request.query_params.get("limit", ""))
        if cursor := request.query_params.get("cursor", ""):
            queryset = queryset.filter(_after(queryset.model, self.keyset, _read(cursor, queryset.model, self.keyset)))
        rows = list(queryset.order_by(*self.keyset)[: limit + 1])
        self.next_cursor = _write(rows[limit - 1], self.keyset) if len(rows) > limit else None
        return rows[:limit]

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next_cursor": self.next_cursor})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next_cursor"],
            "properties": {
                "results": schema,
                "next_cursor": {
                    "type": ["string", "null"],
                    "description": "Send it as `cursor` for the next page; null on the last one.",
                },
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "`next_cursor` of the page before; without it, the first page.",
                "schema": {"type": "string"},
            },
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "description": "How many a page has.",
                "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
            },
        ]


def _limit(given: str) -> int:
    if not given:
        return USUAL
    if not (given.isascii() and given.isdigit() and len(given) <= 4 and 1 <= int(given) <= MOST):
        raise Invalid("bad_limit", _("“limit” is a whole number between 1 and %d.") % MOST)
    return int(given)


def _write(row: Model, keyset: Sequence[str]) -> str:
    values = [_field(type(row), name).value_to_string(row) if _value(row, name) is not None else None
              for name in keyset]  # fmt: skip
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def _value(row: Model, name: str) -> object:
    return getattr(row, name.lstrip("-"))


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name.lstrip("-"))
    if not isinstance(field, Field):
        raise FieldDoesNotExist(f"{model.__name__}.{name} is no column")
    return field


def _read(cursor: str, model: type[Model], keyset: Sequence[str]) -> list[Any]:
    """The values at which the page before ended; Invalid for anything we can't have written."""
    try:
        values = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(values, list) or len(values) != len(keyset):
            raise ValueError("not a list of the key's values")
        return [_one(model, name, value) for name, value in zip(keyset, values, strict=True)]
    except (binascii.Error, ValueError, ValidationError, OverflowError):
        raise Invalid(
            "bad_cursor",
            _("This cursor is not one of ours."),
            remedy=_("Take “next_cursor” of the page before as it is, or start without one."),
        ) from None


def _one(model: type[Model], name: str, value: object) -> object:
    field = _field(model, name)
    if value is None:
        if not field.null:
            raise ValueError(name)
        return None
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(name)
    return _within_reach(field.to_python(value))


def _within_reach(found: object) -> object:
    """A moment in UTC, where the calendar ends for the database as for us; ValueError or OverflowError beyond."""
    if not isinstance(found, datetime):
        return found
    if found.tzinfo is None:
        raise ValueError(found)
    return found.astimezone(UTC)


def _after(model: type[Model], keyset: Sequence[str], values: Sequence[Any]) -> Q:
    """Whatever stands behind these values. The first condition repeats the leading field, so that an index range
    is read rather than filtered."""
    behind = Q(pk__in=[])
    same = Q()
    for name, value in zip(keyset, values, strict=True):
        behind |= same & _beyond(model, name, value)
        same &= Q(**{name.lstrip("-"): value})
    leading, first = keyset[0], values[0]
    if first is None or (not leading.startswith("-") and _field(model, leading).null):
        return behind
    bound = "lte" if leading.startswith("-") else "gte"
    return Q(**{f"{leading.lstrip('-')}__{bound}": first}) & behind


def _beyond(model: type[Model], name: str, value: Any) -> Q:
    """PostgreSQL puts NULL last going up and first going down."""
    plain, down = name.lstrip("-"), name.startswith("-")
    if value is None:
        return Q(**{f"{plain}__isnull": False}) if down else Q(pk__in=[])
    beyond = Q(**{f"{plain}__{'lt' if down else 'gt'}": value})
    if _field(model, name).null and not down:
        beyond |= Q(**{f"{plain}__isnull": True})
    return beyond
