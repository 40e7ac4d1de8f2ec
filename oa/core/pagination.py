"""Pages by key: the next one starts where the last one ended, however much was added in front meanwhile."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import orjson
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, GeneratedField, Model, Q, QuerySet
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

    The view names its order in `keyset`, e.g. `("-created_at", "id")`: columns, or what the queryset is annotated
    with; the last must be unique.
    A page costs the same wherever it is, given an index in that order.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        self.keyset: Sequence[str] = getattr(view, "keyset", ("id",))
        limit = _limit(request.query_params.get("limit", ""))
        rows = list(following(queryset, request, self.keyset)[: limit + 1])
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


def following(queryset: Any, request: Request, keyset: Sequence[str]) -> Any:
    """What stands behind the cursor of a request, in the order of a keyset; without a cursor, all."""
    if cursor := request.query_params.get("cursor", ""):
        columns = [_column(queryset, name) for name in keyset]
        queryset = queryset.filter(_after(columns, keyset, _read(cursor, columns)))
    return queryset.order_by(*keyset)


def _limit(given: str) -> int:
    if not given:
        return USUAL
    if not (given.isascii() and given.isdigit() and len(given) <= 4 and 1 <= int(given) <= MOST):
        raise Invalid("bad_limit", _("“limit” is a whole number between 1 and %d.") % MOST)
    return int(given)


def _write(row: Model, keyset: Sequence[str]) -> str:
    values = [_text(getattr(row, name.lstrip("-"))) for name in keyset]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def _text(value: object) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def _column(queryset: QuerySet[Any], name: str) -> Field[Any, Any]:
    """What the values of a key are: those of a column, or of an annotation."""
    plain = name.lstrip("-")
    field: Any
    if plain in queryset.query.annotations:
        field = queryset.query.annotations[plain].output_field
    else:
        field = queryset.model._meta.get_field(plain)
    if isinstance(field, GeneratedField):
        field = field.output_field
    if not isinstance(field, Field):
        raise FieldDoesNotExist(f"{queryset.model.__name__}.{name} is no column")
    return field


def _read(cursor: str, columns: Sequence[Field[Any, Any]]) -> list[Any]:
    """The values at which the page before ended; Invalid for anything we can't have written."""
    try:
        values = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(values, list) or len(values) != len(columns):
            raise ValueError("not a list of the key's values")
        return [_one(column, value) for column, value in zip(columns, values, strict=True)]
    except (binascii.Error, ValueError, ValidationError, OverflowError):
        raise Invalid(
            "bad_cursor",
            _("This cursor is not one of ours."),
            remedy=_("Take “next_cursor” of the page before as it is, or start without one."),
        ) from None


def _one(field: Field[Any, Any], value: object) -> object:
    if value is None:
        if not field.null:
            raise ValueError(field)
        return None
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(field)
    return _within_reach(field.to_python(value))


def _within_reach(found: object) -> object:
    """A moment in UTC, where the calendar ends for the database as for us; ValueError or OverflowError beyond."""
    if not isinstance(found, datetime):
        return found
    if found.tzinfo is None:
        raise ValueError(found)
    return found.astimezone(UTC)


def _after(columns: Sequence[Field[Any, Any]], keyset: Sequence[str], values: Sequence[Any]) -> Q:
    """Whatever stands behind these values. The first condition repeats the leading field, so that an index range
    is read rather than filtered."""
    behind = Q(pk__in=[])
    same = Q()
    for column, name, value in zip(columns, keyset, values, strict=True):
        behind |= same & _beyond(column, name, value)
        same &= Q(**{name.lstrip("-"): value})
    leading, first = keyset[0], values[0]
    if first is None or (not leading.startswith("-") and columns[0].null):
        return behind
    bound = "lte" if leading.startswith("-") else "gte"
    return Q(**{f"{leading.lstrip('-')}__{bound}": first}) & behind


def _beyond(column: Field[Any, Any], name: str, value: Any) -> Q:
    """PostgreSQL puts NULL last going up and first going down."""
    plain, down = name.lstrip("-"), name.startswith("-")
    if value is None:
        return Q(**{f"{plain}__isnull": False}) if down else Q(pk__in=[])
    beyond = Q(**{f"{plain}__{'lt' if down else 'gt'}": value})
    if column.null and not down:
        beyond |= Q(**{f"{plain}__isnull": True})
    return beyond
