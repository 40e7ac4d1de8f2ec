"""The demo: terms, people whose passwords everybody knows, and trees to work on. Never for the public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from allauth.account.models import EmailAddress

from oa.accounts import actions as accounts
from oa.accounts.models import Terms, User
from oa.accounts.rules import Role
from oa.core.verbs import verb
from oa.moderation import actions as moderation

DEMO = Path(__file__).resolve().parent.parent / "demo"
CORPUS = DEMO / "corpus.trees.jsonl"
PASSWORD = "try-it-out-2026"


@dataclass(frozen=True, slots=True)
class Person:
    """One demo account."""

    name: str
    languages: tuple[str, ...]
    role: Role = Role.VOLUNTEER

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.org"


PEOPLE = (
    Person("Ada", ("en", "ja", "ar")),
    Person("Benno", ("de", "en")),
    Person("Carmen", ("es", "fr", "zh")),
    Person("Mo", ("en", "de", "es", "fr"), Role.MODERATOR),
    Person("Moni", ("en", "de"), Role.MODERATOR),
    Person("Root", ("en",), Role.ADMIN),
)
# Who decided things before whoever tries the demo.
SECOND_MODERATOR = "moni@example.org"


@verb
def seed_people(*, now: datetime) -> list[Person]:
    """Make the demo accounts that are missing; all of them have accepted the terms. Returns the new ones.

    Accounts that are there keep whatever they have changed meanwhile.
    """
    terms = Terms.objects.current()
    if terms is None:
        text = (DEMO / "terms.txt").read_text(encoding="utf-8")
        terms = moderation.publish_terms(text=text, by=None, now=now)
    known = set(User.objects.filter(email__in=[person.email for person in PEOPLE]).values_list("email", flat=True))
    new = [person for person in PEOPLE if person.email not in known]
    for person in new:
        made = _make(person, now=now)
        accounts.accept_terms(version=terms.version, by=made, now=now)
    return new


def _make(person: Person, *, now: datetime) -> User:
    languages = list(person.languages)
    made = User.objects.create_user(
        person.email, PASSWORD, display_name=person.name, role=person.role, languages=languages,
        writing_languages=languages, is_superuser=person.role is Role.ADMIN, created_at=now,
    )  # fmt: skip
    EmailAddress.objects.create(user=made, email=person.email, verified=True, primary=True)
    return made
