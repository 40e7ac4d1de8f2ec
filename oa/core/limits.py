"""How often something may be done. Pure; the counting is in `throttles`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in any stretch of `seconds`. `name` is its name in OA_THROTTLES."""

    name: str
    most: int
    seconds: int
