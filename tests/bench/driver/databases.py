"""A site's database as it is before a measurement: people, trees and the work there is, always the same."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.bench.driver.run import Run
from tests.bench.exports import file_of_all
from tests.bench.figures import Figure, Goal
from tests.bench.population.templates import ready

COUNTED = {
    "trees": "SELECT count(*) FROM trees_tree",
    "messages": "SELECT count(*) FROM trees_message",
    "people": "SELECT count(*) FROM accounts_user",
    "tasks": "SELECT count(*) FROM tasks_task",
    "tasks that are open": "SELECT count(*) FROM tasks_task WHERE status = 'open'",
    "trees that grow": "SELECT count(*) FROM trees_tree WHERE state = 'growing'",
}
# By which one sees whether a run was measured as people would run it.
SETTINGS = ("server_version", "fsync", "synchronous_commit", "shared_buffers", "max_connections", "random_page_cost")
AT_MOST = {66_000: 90, 1_000_000: 900}
# Reports are made once in hours. A site without one begins with it, and that is not what is measured.
REPORTED = b"""INSERT INTO stats_report (kind, begun_at, made_at, seconds, data)
               VALUES ('toxicity', now(), now(), 600, '{"head": {}, "groups": {}}')"""


def fresh(run: Run) -> Iterator[Figure]:
    """Make the population this site's, from a template if there is one, and forget what Redis kept of the last."""
    began, made = time.perf_counter(), []

    def tell(what: str) -> None:
        made.append(what)
        run.tell(what)

    ready(run.site.site, trees=run.trees, growing=run.growing, tell=tell)
    run.site.forget_what_redis_keeps()
    file_of_all(run).unlink(missing_ok=True)
    seconds = time.perf_counter() - began
    anew = len(made) > 1  # it says more than that it copied
    most = AT_MOST.get(run.trees)
    goal = Goal(f"{run.size}: population written", most=most) if anew and most else None
    yield Figure("written" if anew else "from its template", seconds, "s", goal=goal)
    with run.site.connect() as inside:
        inside.execute(REPORTED)
        shown = {name: inside.execute(f"SHOW {name}".encode()).fetchone() for name in SETTINGS}
        run.notes["database"] = {name: row and row[0] for name, row in shown.items()}
        for what, query in COUNTED.items():
            row = inside.execute(query.encode()).fetchone()
            assert row
            yield Figure(what, row[0], "")
        row = inside.execute("SELECT pg_database_size(current_database()) / 1e6").fetchone()
        assert row
        yield Figure("on disk", float(row[0]), "MB")
