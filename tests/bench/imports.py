"""Everything that the site has, exported and taken in by an empty site, beside a plain COPY of its messages' rows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from psycopg import sql

from tests.bench import datasets
from tests.bench.driver.run import Run
from tests.bench.exports import export, file_of_all
from tests.bench.figures import Figure, Goal

MOST_TREES = 200_000  # beyond that it takes the better part of an hour, and says the same
OASST_SECONDS = 60
# Those that an import writes; the others PostgreSQL makes of them.
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'trees_message' AND is_generated = 'NEVER' ORDER BY ordinal_position
"""


def measure(run: Run) -> Iterator[Figure]:
    if run.trees > MOST_TREES:
        run.tell(f"import left out: more than {MOST_TREES:,} trees")
        return
    file = file_of_all(run)
    if not file.exists():
        export(run, "trees", "all", file)
    yield Figure("file", file.stat().st_size / 1e6, "MB", f"{run.trees:,} trees with labels")
    rows, plain = _copied(run)
    yield Figure("limit: COPY of the messages", plain, "s", f"{rows:,} rows into a table without keys")
    with tempfile.TemporaryDirectory(prefix="oa-bench-") as folder, datasets.Site(Path(folder)) as site:
        run.tell("importing into an empty site")
        seconds = site.run("import_dataset", "--quiet", str(file))
    file.unlink()
    goal = Goal(f"{run.size}: import of all", most=OASST_SECONDS) if run.is_oasst else None
    yield Figure("import", seconds, "s", goal=goal)
    yield Figure("import / COPY", seconds / plain, "x")


def _copied(run: Run) -> tuple[int, float]:
    """How many rows of messages there are, and how long it takes to write them down once more."""
    with run.site.connect() as one, run.site.connect() as other, other.transaction(force_rollback=True):
        columns = sql.SQL(", ").join(sql.Identifier(name) for (name,) in one.execute(COLUMNS))
        other.execute(sql.SQL("CREATE TABLE copied AS SELECT {} FROM trees_message WITH NO DATA").format(columns))
        out = sql.SQL("COPY trees_message ({}) TO STDOUT (FORMAT binary)").format(columns)
        began = time.perf_counter()
        with one.cursor().copy(out) as lines, other.cursor().copy("COPY copied FROM STDIN (FORMAT binary)") as into:
            for piece in lines:
                into.write(piece)
        seconds = time.perf_counter() - began
        row = other.execute("SELECT count(*) FROM copied").fetchone()
    assert row
    return row[0], seconds
