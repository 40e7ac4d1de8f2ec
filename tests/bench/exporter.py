"""One export in a process of its own: `python -m tests.bench.exporter FORM|copy all|ready OUT`; says a line of JSON."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

# The columns that an export is made of, as they are kept.
COLUMNS = """
    m.id, m.tree_id, m.parent_id, m.author_id, m.created_date, m.text, m.role, m.lang, m.review_count, m.review_result,
    m.deleted, m.rank, m.synthetic, m.model_name, m.emojis, m.label_sums, m.baseline, t.state, s.toxicity,
    s.severe_toxicity, s.obscene, s.identity_attack, s.insult, s.threat, s.sexual_explicit
"""
JOINED = """
    FROM trees_message m
    JOIN trees_tree t ON t.id = m.tree_id
    LEFT JOIN screening_toxicityscore s ON s.message_id = m.id
"""


def main(what: str, which: str, out: str) -> None:
    from oa import embedded

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
    embedded.join()
    import django

    django.setup()
    from django.db import connection

    from oa.datasets import actions

    assert actions, "everything an export needs is loaded"
    connection.ensure_connection()
    connection.force_debug_cursor = True  # it counts the statements
    server = connection.connection.info.backend_pid
    loaded, began = _peak(), (time.perf_counter(), time.process_time(), _cpu(server))
    done = _copy(Path(out)) if what == "copy" else _export(what, which, out)
    ended = time.perf_counter(), time.process_time(), _cpu(server)
    seconds, cpu, work = (after - before for after, before in zip(ended, began, strict=True))
    found = {
        **done, "seconds": seconds, "cpu": cpu, "server": work, "loaded": loaded, "memory": _peak(),
        "statements": len(connection.queries), "bytes": Path(out).stat().st_size,
    }  # fmt: skip
    sys.stdout.write(json.dumps(found) + "\n")


def _copy(out: Path) -> dict[str, Any]:
    from django.db import connection
    from psycopg import sql

    statement = sql.SQL("COPY (SELECT {} {}) TO STDOUT").format(sql.SQL(COLUMNS), sql.SQL(JOINED))
    with connection.cursor() as cursor, cursor.copy(statement) as copy, out.open("wb") as stream:
        for piece in copy:
            stream.write(piece)
    return {}


def _export(form: str, which: str, out: str) -> dict[str, Any]:
    from oa.datasets.actions import Order, export_file
    from oa.datasets.rules.forms import Form
    from oa.datasets.rules.selecting import Keep, Selection

    everything = Selection(state="all", deleted=Keep.TOO, spam=Keep.TOO, synthetic=Keep.TOO)
    account = export_file(out, Order(form=Form(form), selection=everything if which == "all" else Selection()))
    return {"rows": account.rows, "trees": account.trees, "messages": account.messages}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _cpu(pid: int) -> float:
    """What a process has computed so far, in seconds. Its helpers in parallel plans are not in it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(*sys.argv[1:])
