"""What must be true of a release before it is published: the checks by name, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# So many examples of what is wrong are kept of each check.
MOST_EXAMPLES = 10


class Check(TextChoices):
    """Each blocks the publication."""

    NOT_EMPTY = "not_empty", _("There is something in it.")
    PARENTS = "parents", _("Every reply stands in its tree with the message it replies to.")
    ROLES = "roles", _("Every conversation begins with a prompter, and roles alternate.")
    RANKS = "ranks", _("The ranks of replies to a message count from 0 on without gaps.")
    RELEASABLE = "releasable", _("Nothing is withdrawn, withheld, embargoed, or by somebody who has not agreed.")
    ALIVE = "alive", _("Nothing is deleted or erased, and no tree was stopped since.")
    UNCHANGED = "unchanged", _("Nobody has changed a text since.")
    COUNTS = "counts", _("The files hold exactly what the database says was chosen.")
    PSEUDONYMS = "pseudonyms", _("No id of this site stands in a file, and every id is a pseudonym.")
    SAME_IDS = "same_ids", _("All files tell of the same messages and trees.")
    NO_PEOPLE = "no_people", _("No field tells names or addresses of people.")
    PERSONAL_DATA = "personal_data", _("A scan for personal data found nothing that no moderator has looked at.")
    SUMS = "sums", _("Every file is as it was written: size, checksum, number of rows.")
    LOADS = "loads", _("Every file is read by “datasets” with the columns of the card.")
    MANIFEST = "manifest", _("The manifest names every file, and every file is there.")


# Asked of the database again in the moment of the publication.
AGAIN = (Check.RELEASABLE, Check.ALIVE, Check.UNCHANGED)


@dataclass(slots=True)
class Finding:
    """What a check has found: how often something is wrong, and the first of it."""

    code: Check
    found: int = 0
    examples: list[dict[str, str]] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.found

    def wrong(self, words: object, *, times: int = 1, **where: Any) -> None:
        """Something is wrong; `where` is a message_id, a tree_id or a path."""
        self.found += times
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append({**{name: str(value) for name, value in where.items()}, "words": str(words)})

    def as_values(self) -> dict[str, Any]:
        return {"code": self.code.value, "passed": self.passed, "found": self.found, "examples": self.examples}


def all_passed(kept: Iterable[Mapping[str, Any]]) -> bool:
    """Whether every check there is was made and passed."""
    rows = list(kept)
    return {row["code"] for row in rows} == set(Check.values) and all(row["passed"] for row in rows)


def with_new(kept: Iterable[Mapping[str, Any]], findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The checks as they were, with what was found out anew in the place of what is old."""
    rows = {row["code"]: dict(row) for row in kept} | {one.code.value: one.as_values() for one in findings}
    return [rows[code] for code in Check.values if code in rows]
