"""Who is there: people with their languages, few of whom do most of the work, and the casts of trees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np

from tests.bench.population.bare import Connection, copied
from tests.bench.population.forms import EPOCH, Bytes, Numbers, in_words, new_ids

# How many of a hundred trees are in each language, as in oasst1 roughly.
LANGUAGES = {
    "en": 43.0, "es": 31.0, "ru": 7.0, "de": 4.0, "zh": 3.0, "fr": 2.5, "th": 2.0, "pt": 1.7, "ca": 1.3, "ko": 1.1,
    "uk": 1.0, "it": 0.9, "ja": 0.8, "pl": 0.7,
}  # fmt: skip
TAGS = tuple(LANGUAGES)
SHARES = np.array(list(LANGUAGES.values())) / sum(LANGUAGES.values())
FEWEST, PEOPLE, OF_TREES = 200, 13_500, 66_000
MODERATORS = 5
# A cast has up to 25 people, all of them different.
SMALLEST_POOL = 60
SECONDS = 1_000_000


@dataclass(frozen=True)
class People:
    """Everybody, by number: volunteers first, then the moderators, then an administrator."""

    volunteers: int
    dice: np.random.Generator
    began: int
    """When the first of them came, in microseconds as PostgreSQL counts."""
    ended: int

    @classmethod
    def for_trees(cls, trees: int, dice: np.random.Generator, *, began: int, ended: int) -> People:
        return cls(max(FEWEST, round(PEOPLE * trees / OF_TREES)), dice, began, ended)

    @cached_property
    def number(self) -> int:
        return self.volunteers + MODERATORS + 1

    @cached_property
    def joined(self) -> Numbers:
        """When each came: most of those who do much were there early."""
        last = self.began + (self.ended - self.began) // 2
        return np.sort(self.dice.integers(self.began - 86_400 * SECONDS, last, self.number)).astype(np.int64)

    @cached_property
    def ids(self) -> Bytes:
        return new_ids(self.joined, self.dice)

    @cached_property
    def names(self) -> list[str]:
        return [text.tobytes().decode() for text in in_words(self.ids)]

    @cached_property
    def pools(self) -> list[Numbers]:
        """Who knows each language. Small ones are made up by people who know another one as well."""
        native = self.dice.choice(len(TAGS), self.volunteers, p=SHARES)
        found = []
        for lang in range(len(TAGS)):
            own = np.flatnonzero(native == lang)
            if (missing := SMALLEST_POOL - len(own)) > 0:
                others = np.flatnonzero(native != lang)
                own = np.concatenate([own, self.dice.choice(others, missing, replace=False)])
            found.append(own)
        return found

    @cached_property
    def languages(self) -> list[list[str]]:
        """What each reads and writes."""
        known: list[list[str]] = [[] for _ in range(self.volunteers)]
        for tag, pool in zip(TAGS, self.pools, strict=True):
            for person in pool:
                known[person].append(tag)
        return [*known, *([list(TAGS)] * (self.number - self.volunteers))]

    @cached_property
    def _chances(self) -> list[Numbers]:
        """Of each pool: up to where the dice fall for each of its people. Zipf's law, a little flattened."""
        return [np.cumsum(shares / shares.sum()) for shares in (1 / (np.arange(len(p)) + 8.0) for p in self.pools)]

    def casts(self, lang: int, trees: int, places: int) -> Numbers:
        """For each tree a moderator and then people of this language, no two the same."""
        pool, chances = self.pools[lang], self._chances[lang]
        found = np.searchsorted(chances, self.dice.random((trees, places - 1)), side="right")
        while len(rows := np.flatnonzero(_has_twins(found))):
            part = found[rows]
            part[_is_twin(part)] = self.dice.integers(0, len(pool), int(_is_twin(part).sum()))
            found[rows] = part
        moderators = self.dice.integers(self.volunteers, self.volunteers + MODERATORS, (trees, 1))
        return np.concatenate([moderators, pool[found]], axis=1)


def _is_twin(casts: Numbers) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which places hold somebody who has an earlier place too."""
    order = np.argsort(casts, axis=1, kind="stable")
    sorted_ = np.take_along_axis(casts, order, axis=1)
    twin = np.zeros(casts.shape, bool)
    np.put_along_axis(twin, order[:, 1:], sorted_[:, 1:] == sorted_[:, :-1], axis=1)
    return twin


def _has_twins(casts: Numbers) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    ordered = np.sort(casts, axis=1)
    found: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
    return found


# --- written down -----------------------------------------------------------------------------------------------------


def moment(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros) + EPOCH)


def email_of(number: int) -> str:
    return f"person{number}@bench.example.org"


def session_of(number: int) -> str:
    """The key of this person's session: what their browser sends as cookie."""
    return f"bench{number:027d}"


def write(connection: Connection, people: People, *, password: str) -> None:
    """Their accounts, what they agreed to, their addresses, their choices. All have the same password."""
    connection.execute(
        "INSERT INTO accounts_terms (version, text, published_at) VALUES (1, 'Be kind.', %s)",
        [moment(people.began - 86_400 * SECONDS * 2)],
    )
    copied(connection, "accounts_user", _USER, _users(people, password))
    copied(connection, "accounts_consent", "person_id terms_id given at", _consents(people))
    copied(connection, "account_emailaddress", "user_id email verified primary", _addresses(people))
    copied(connection, "community_member", "person_id show_on_boards digest muted", _members(people))


_USER = (
    "id email password display_name role is_active is_superuser languages writing_languages topics time_zone"
    " ui_language onboarded_at terms_version erases_texts imported foreign_id created_at"
)


def _users(people: People, password: str) -> Iterator[tuple[object, ...]]:
    for number, (pk, joined) in enumerate(zip(people.names, people.joined, strict=True)):
        role = _role(people, number)
        langs, at = people.languages[number], moment(joined)
        name = f"{role.capitalize()} {number}"
        yield (
            pk, email_of(number), password, name, role, True, role == "admin", langs, langs, [], "UTC", "", at, 1,
            False, False, "", at,
        )  # fmt: skip


def _role(people: People, number: int) -> str:
    if number < people.volunteers:
        return "volunteer"
    return "moderator" if number < people.volunteers + MODERATORS else "admin"


def _consents(people: People) -> Iterator[tuple[object, ...]]:
    for pk, joined in zip(people.names, people.joined, strict=True):
        yield pk, 1, True, moment(joined)


def _addresses(people: People) -> Iterator[tuple[object, ...]]:
    for number, pk in enumerate(people.names):
        yield pk, email_of(number), True, True


def _members(people: People) -> Iterator[tuple[object, ...]]:
    for pk in people.names:
        yield pk, True, "off", []
