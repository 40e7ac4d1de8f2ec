"""Ten thousand texts wait; their workers are killed over them, and the queue is emptied: each is scored once."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.db import connection
from django.db.models import F
from django.utils import timezone

from oa.screening.models import Due, Machine, ToxicityScore
from oa.screening.rules import LEASE, Check
from oa.trees.models import Message
from tests.screening.crowd import Backstage, plant_texts, until

TEXTS = 10_000

# Whatever is ever written to the scores, by whoever, is written down here too.
_WATCH = """
CREATE TABLE scored_log (message_id uuid);
CREATE FUNCTION log_score() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN INSERT INTO scored_log VALUES (new.message_id); RETURN NULL; END';
CREATE TRIGGER log_scores AFTER INSERT OR UPDATE ON screening_toxicityscore
    FOR EACH ROW EXECUTE FUNCTION log_score();
"""
_UNWATCH = "DROP TRIGGER log_scores ON screening_toxicityscore; DROP FUNCTION log_score(); DROP TABLE scored_log"


@pytest.fixture
def watched(transactional_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(_WATCH)
    yield
    with connection.cursor() as cursor:
        cursor.execute(_UNWATCH)


@pytest.fixture
def backstage(tmp_path: Path, tiny_bert: tuple[str, str], transactional_db: None) -> Iterator[Backstage]:
    found = Backstage(tmp_path, tiny_bert)
    yield found
    found.stop()


def times_written() -> list[tuple[int, int]]:
    """How many texts were scored how often."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT times, count(*) FROM (SELECT count(*) AS times FROM scored_log GROUP BY message_id) each GROUP BY 1"
        )
        return list(cursor.fetchall())


def claimed() -> int:
    return Due.objects.waiting(Check.TOXICITY).filter(tries__gt=0).count()


def kill_in_mid_batch(workers: subprocess.Popen[bytes]) -> None:
    """With SIGKILL, all at once, and while they have texts in hand."""
    while True:
        os.killpg(workers.pid, signal.SIGSTOP)
        if claimed():
            break
        os.killpg(workers.pid, signal.SIGCONT)
        time.sleep(0.01)
    os.killpg(workers.pid, signal.SIGKILL)
    assert workers.wait() == -signal.SIGKILL, "they were still at work"


@pytest.mark.slow
@pytest.mark.xdist_group("a whole site")
def test_all_are_scored_once_and_none_is_lost(watched: None, backstage: Backstage) -> None:
    plant_texts(TEXTS)
    assert Due.objects.waiting(Check.TOXICITY).count() == TEXTS
    backstage.start_valkey()
    backstage.start_beat()
    workers = backstage.start_workers(2)
    until(lambda: ToxicityScore.objects.count() > TEXTS / 10, "the workers are at work")

    kill_in_mid_batch(workers)
    redis.Redis(unix_socket_path=str(backstage.socket)).flushall()
    scored, in_hand = ToxicityScore.objects.count(), claimed()
    assert scored < TEXTS
    assert in_hand > 0

    # Two minutes later: what the killed ones had in hand is nobody's again.
    Due.objects.filter(tries__gt=0).update(not_before=F("not_before") - LEASE)
    Machine.objects.update(at=timezone.now() - timedelta(hours=1))
    backstage.start_workers(2)
    until(lambda: not Due.objects.filter(kind=Check.TOXICITY).exists(), "nothing waits any more")

    assert times_written() == [(1, TEXTS)]
    assert ToxicityScore.objects.filter(version=F("message__version"), peak__gt=0).count() == TEXTS
    assert Message.objects.filter(toxicity_score=None).count() == 0
    assert Machine.objects.get().at > timezone.now() - timedelta(minutes=3)
