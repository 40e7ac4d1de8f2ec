"""A population from nothing: an empty database becomes a site that people have worked on for months."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
from psycopg.types.json import Jsonb

from oa.tasks.rules import Kind, LanguageCounts, prompts_wanted
from oa.trees.rules import Policy, State
from tests.bench.population import people as persons
from tests.bench.population import stock
from tests.bench.population.bare import Connection, Tell, bare, copied
from tests.bench.population.chunks import Plan, made
from tests.bench.population.forms import EPOCH, HEADER, TRAILER, Table
from tests.bench.population.people import TAGS, People
from tests.bench.population.sums import ACTIVE_DAY, TALLY, TOTAL, Sums
from tests.bench.population.tables import MESSAGE, TABLES, TREE

# Months of work, however many trees came of it.
DAYS = 120
TREES_AT_ONCE = 6000
OTHERS = (
    "accounts_user", "accounts_terms", "accounts_consent", "account_emailaddress", "django_session",
    "trees_policyversion", "tasks_languagedesk", "community_total", "community_tally", "community_member",
    "community_activeday", "community_award",
)  # fmt: skip


@dataclass
class Account:
    """What was written: rows by table, how long it took, and how much memory."""

    trees: int
    growing: int
    people: int
    rows: Counter[str] = field(default_factory=Counter)
    states: dict[str, int] = field(default_factory=dict)
    copying: dict[str, float] = field(default_factory=dict)
    """Seconds that rows of a table took to be copied."""
    seconds: float = 0.0
    megabytes: float = 0.0

    @property
    def messages_a_tree(self) -> float:
        return self.rows[MESSAGE.name] / self.trees

    def as_values(self) -> dict[str, object]:
        rounded = {name: round(seconds, 1) for name, seconds in self.copying.items()}
        return {**vars(self), "copying": rounded, "messages_a_tree": round(self.messages_a_tree, 3)}


def populate(
    connection: Connection,
    *,
    trees: int,
    seed: int = 1,
    growing: int | None = None,
    now: datetime | None = None,
    tell: Tell = lambda _line: None,
) -> Account:
    """Fill a migrated database with so many trees, and with everybody and everything that they need.

    What the tables held before is lost. `growing` trees grow at once, by policies raised to fit; without it, as many
    as in the published data. All in the transaction of the connection, which the caller commits.
    """
    began = time.perf_counter()
    dice = np.random.default_rng(seed)
    ended = round((now or datetime.now(UTC)).timestamp() * 1e6) - EPOCH
    crowd = People.for_trees(trees, dice, began=ended - DAYS * 86_400_000_000, ended=ended)
    plan = Plan.drawn(trees, growing, crowd, rng=Random(seed))
    tell(f"{len(plan.moulds)} stories: {time.perf_counter() - began:.1f} s")
    account = Account(trees, plan.growing, crowd.volunteers)
    for setting in ("maintenance_work_mem = '512MB'", "work_mem = '256MB'", "synchronous_commit = off"):
        connection.execute(f"SET LOCAL {setting}")
    names = [table.name for table in (TREE, MESSAGE, *TABLES[1:])]
    with bare(connection, [*names, *OTHERS], tell=tell):
        _everybody(connection, crowd)
        tell(f"{crowd.volunteers:,} people: {time.perf_counter() - began:.1f} s")
        policies = _policies(connection, plan)
        sums = _trees(connection, plan, policies, account, tell=tell)
        at = time.perf_counter()
        _counted(connection, crowd, sums, at=persons.moment(ended))
        tell(f"sums: {time.perf_counter() - at:.1f} s")
        _desks(connection, plan, at=persons.moment(ended))
    account.seconds = time.perf_counter() - began
    account.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return account


def _everybody(connection: Connection, crowd: People) -> None:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.hashers import make_password
    from django.contrib.sessions.backends.db import SessionStore

    from oa.accounts.models import User

    password = make_password("bench")
    persons.write(connection, crowd, password=password)
    signed = User(password=password).get_session_auth_hash()
    store, ends = SessionStore(), datetime.now(UTC) + timedelta(days=30)
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    sessions = (
        (
            persons.session_of(number),
            store.encode({SESSION_KEY: crowd.names[number], BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: signed}),
            ends,
        )
        for number in range(crowd.volunteers)
    )
    copied(connection, "django_session", "session_key session_data expire_date", sessions)


def _policies(connection: Connection, plan: Plan) -> list[int]:
    """A policy for everybody, and one for each language: as many trees may grow there as do. Gives their numbers."""
    rows: list[tuple[str, dict[str, object]]] = [("", {})]
    rows += [(tag, plan.policy_of(lang)) for lang, tag in enumerate(TAGS)]
    insert = 'INSERT INTO trees_policyversion (lang, "values", note, at) VALUES (%s, %s, %s, %s) RETURNING id'
    found = []
    for tag, values in rows:
        at = persons.moment(plan.people.began)
        row = connection.execute(insert, [tag, Jsonb(values), "As many trees as the bench has.", at]).fetchone()
        assert row
        found.append(int(str(row[0])))
    return found[1:]


def _trees(
    connection: Connection, plan: Plan, policies: Sequence[int], account: Account, *, tell: Tell
) -> Sums:  # fmt: skip
    """Every tree with all that belongs to it. The next ones are made while the database takes these."""
    sums, open_tasks, began, done = Sums(), [], time.perf_counter(), 0
    with ThreadPoolExecutor(1) as ahead:
        chunks = made(plan, policies, sums, at_once=TREES_AT_ONCE)
        coming = ahead.submit(next, chunks, None)
        while (chunk := coming.result()) is not None:
            coming = ahead.submit(next, chunks, None)
            for table, parts, rows in chunk.parts:
                account.rows[table.name] += rows
                before = account.copying.get(table.name, 0.0)
                account.copying[table.name] = before + _copied(connection, table, parts)
            open_tasks += chunk.stock
            done += chunk.trees
            tell(f"{done:,} trees: {time.perf_counter() - began:.1f} s")
    Random(5).shuffle(open_tasks)
    stock.write(connection, open_tasks)
    account.rows["open tasks"] = len(open_tasks)
    account.states = {state.value: number for state, number in plan.states().items()}
    return sums


def _copied(connection: Connection, table: Table, parts: Iterable[bytes]) -> float:
    """Send rows; gives how long that took. Frozen: nobody else sees these tables before all of this is committed."""
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(table.copy) as copy:
        for part in (HEADER, *parts, TRAILER):
            copy.write(part)
    return time.perf_counter() - began


def _counted(connection: Connection, crowd: People, sums: Sums, *, at: datetime) -> None:
    _copied(connection, TOTAL, sums.totals(crowd))
    _copied(connection, TALLY, sums.tallies(crowd))
    _copied(connection, ACTIVE_DAY, sums.active_days(crowd))
    copied(connection, "community_award", "person_id code at", sums.awards(crowd, at))


def _desks(connection: Connection, plan: Plan, *, at: datetime) -> None:
    """Every language is looked after, has thrown its dice, and has the prompts to write that it wants."""
    wishes = []
    for lang, tag in enumerate(TAGS):
        counts = plan.states(lang)
        wish = prompts_wanted(
            LanguageCounts(
                counts[State.GROWING], counts[State.INITIAL_PROMPT_REVIEW], counts[State.PROMPT_LOTTERY_WAITING],
                counts[State.RANKING],
            ),
            Policy.of(plan.policy_of(lang)),
        )  # fmt: skip
        wishes += [stock.Open(Kind.INITIAL_PROMPT, tag, at) for _ in range(wish)]
        connection.execute(
            "INSERT INTO tasks_languagedesk SELECT %s, coalesce(max(id), 0), %s FROM trees_treeevent", [tag, at]
        )
    stock.write(connection, wishes)
