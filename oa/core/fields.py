"""Fields that take what they say and nothing that merely looks like it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class TextField(serializers.CharField):
    """A string as it was sent: numbers are no strings, and white space is left to whoever keeps it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"trim_whitespace": False, "allow_blank": True, **kwargs})

    def to_internal_value(self, data: object) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class NumberField(serializers.FloatField):
    """A number; strings that look like one are refused."""

    default_error_messages = {"invalid": _("A number is expected.")}

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        return float(data)


@extend_schema_field(OpenApiTypes.STR)
class DayOrMomentField(serializers.Field[datetime, str, str, Any]):
    """A moment such as `2026-03-01T12:00Z`, or a day such as `2026-03-01`: its start, or (`ends`) its end, in UTC."""

    default_error_messages = {"invalid": _("A day (2026-03-01) or a moment (2026-03-01T12:00Z) is expected.")}

    def __init__(self, *, ends: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ends = ends

    def to_internal_value(self, data: object) -> datetime:
        try:
            return self._read(str(data))
        except (ValueError, OverflowError):
            self.fail("invalid")

    def _read(self, text: str) -> datetime:
        if day := parse_date(text):
            return datetime.combine(day, time.min, UTC) + timedelta(days=self.ends)
        moment = parse_datetime(text)
        if moment is None:
            raise ValueError(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

    def to_representation(self, value: datetime) -> str:
        return value.isoformat()
