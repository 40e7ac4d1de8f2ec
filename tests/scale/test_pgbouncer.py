"""A site behind a PgBouncer that pools by transaction: volunteers, rounds of workers, commands and a release."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from oa.tasks.models import LanguageDesk, Task
from tests import builders as b
from tests.scale import pooler, work

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("a whole site"),
    pytest.mark.skipif(pooler.find() is None, reason=pooler.REMEDY),
]

VOLUNTEERS, CYCLES, SECONDS = 8, 100, 15.0


def test_a_site_works_with_fewer_connections_than_it_has_threads(tmp_path: Path) -> None:
    work.populated(trees=60, growing=20)
    database, before = connection.settings_dict["NAME"], Task.objects.filter(status="done").count()

    with pooler.pooling(Path(connection.settings_dict["HOST"])) as pool:
        address = pool.address(database)
        with work.at_work(tmp_path, webs=2, workers=2, database=address, OA_PGBOUNCER="on") as site:
            told = work.told_by(site.crowd(volunteers=VOLUNTEERS, cycles=CYCLES, seconds=SECONDS))
            _desks_are_run()
            work.until_booked()
            said = site.said()
        passed_on = pool.transactions(database)
        assert b.broken_promises() == []
        _commands_work(site)

    assert told["cycles"] > VOLUNTEERS
    assert set(told["statuses"]) <= {"200", "409", "410", "429"}, told["statuses"]
    assert "Traceback" not in said, said[-3000:]
    assert passed_on > told["cycles"]
    assert Task.objects.filter(status="done").count() - before >= told["cycles"]


def _desks_are_run() -> None:
    """A round that a worker does: it asks which languages are due, and sends a job for each."""
    LanguageDesk.objects.update(filled_at=None)
    since, deadline = timezone.now(), time.monotonic() + work.DONE_WITHIN
    while not LanguageDesk.objects.filter(filled_at__gte=since).exists():
        assert time.monotonic() < deadline, "no desk was run"
        work.send_rounds(["oa.tasks.jobs.fill_languages"])
        time.sleep(0.5)


def _commands_work(site: work.Work) -> None:
    """What reads much at one moment, with cursors on the server and a table of its own."""
    promises = json.loads(site.manage("check_integrity", "--json"))["promises"]
    assert promises and not any(report["breaches"] for report in promises)
    out = site.folder / "trees.jsonl"
    site.manage("export_dataset", "--format", "trees", "--state", "all", "--out", str(out))
    assert len(out.read_text().splitlines()) > VOLUNTEERS
    site.manage("release", "make", "pooled", "--forms", "trees", "--packings", "jsonl", "--quiet")
