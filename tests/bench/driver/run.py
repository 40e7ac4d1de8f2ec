"""What one run of the bench knows: the site and its size, what was asked for, and where to tell how it goes."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import Any

from oa.embedded.rules import DATABASE
from tests.bench.driver.site import BenchSite

# A line of our log at this level, one of Celery's, the beginning of a stack, and what PostgreSQL calls serious.
SERIOUS = re.compile(rb'"level": "(?:error|critical)"|Traceback \(most recent|deadlock detected|PANIC|FATAL')
OASST = 66_000


@dataclass(frozen=True)
class Run:
    """One size of a site, with the crowds it is asked to stand."""

    site: BenchSite
    trees: int
    volunteers: tuple[int, ...] = (1, 4, 16, 64)
    seconds: float = 20.0
    web: int = 1
    growing: int | None = None
    database: str = DATABASE
    # What is too long for a table: the heaviest statements of each crowd, the settings of the database.
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> str:
        """In words."""
        return f"{self.trees:,} trees" + (f", {self.growing:,} growing" if self.growing else "")

    @property
    def is_oasst(self) -> bool:
        """The size that the goals are about."""
        return self.trees == OASST

    @property
    def judged(self) -> int:
        """The number of volunteers that is held against limits and goals: 16, or the nearest to it."""
        return min(self.volunteers, key=lambda number: abs(number - 16))

    @property
    def limit_seconds(self) -> float:
        return min(self.seconds, 10.0)

    def tell(self, what: str) -> None:
        sys.stderr.write(f"{self.size}: {what}\n")
        sys.stderr.flush()

    def log_size(self) -> int:
        log = self.site.site.logs / "house.log"
        return log.stat().st_size if log.exists() else 0

    def errors_since(self, mark: int) -> int:
        """Serious lines in what the site's programs have said since the log was so long."""
        with (self.site.site.logs / "house.log").open("rb") as log:
            log.seek(mark)
            return sum(bool(SERIOUS.search(line)) for line in log)
