"""Thousands of texts that wait, and real workers that score them: for proofs that need more than one process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from oa.embedded import binaries
from oa.embedded.places import PROJECT
from oa.trees.models import PolicyVersion

PATIENCE = 240.0

_TEXTS = """
WITH fresh AS (
    SELECT gen_random_uuid() AS id, number FROM generate_series(1, %(number)s) AS number
), planted AS (
    INSERT INTO trees_tree (id, state, lang, archived, origin, policy_id, goal_size, max_depth, max_children,
        moderated, created_at)
    SELECT id, 'initial_prompt_review', 'en', %(archived)s, '', %(policy)s, 15, 5, 3, false, now() FROM fresh
)
INSERT INTO trees_message (id, tree_id, role, depth, lang, text, version, created_date, deleted, synthetic,
    review_count, label_sums, ranking_count, children_count, foreign_id)
SELECT id, id, 'prompter', 0, 'en', number || ' ' || repeat('thank you friend ', 1 + number %% 12), 1, now(), false,
    false, 0, '{}', 0, 0, ''
FROM fresh
"""


def plant_texts(number: int, *, archived: bool = False) -> None:
    """So many prompts, in one statement: nothing of ours but the database's own triggers sees them."""
    policy = PolicyVersion.objects.in_force("").pk
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, {"number": number, "archived": archived, "policy": policy})


def until(happened: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline, f"it did not come to pass: {what}"
        time.sleep(0.05)


class Backstage:
    """A Valkey, a beat and toxicity workers of a test's own, on the database of the test."""

    def __init__(self, folder: Path, model: tuple[str, str]) -> None:
        self.folder, self.socket = folder, folder / "v.sock"
        self.checkpoint, self.config = model
        self.processes: list[subprocess.Popen[bytes]] = []

    def start_valkey(self) -> None:
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", str(self.folder)]
        self._start([str(binaries.valkey_binary()), *options], environ=dict(os.environ))
        until(self.socket.exists, "Valkey is up")

    def start_beat(self) -> None:
        self._start([*self._celery, "beat", "--pidfile=", "-l", "WARNING"], environ=self._environ)

    def start_workers(self, number: int) -> subprocess.Popen[bytes]:
        options = ["-Q", "toxicity", "-c", str(number), "--without-gossip", "--without-mingle", "-l", "WARNING"]
        return self._start([*self._celery, "worker", *options], environ=self._environ)

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @property
    def _celery(self) -> list[str]:
        return [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "oa"]

    @property
    def _environ(self) -> dict[str, str]:
        database = connection.settings_dict
        known = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}" if database["PASSWORD"] else database["USER"]
        return os.environ | {
            "DATABASE_URL": f"postgresql://{known}@/{database['NAME']}?host={database['HOST']}",
            "REDIS_URL": f"unix://{self.socket}",
            "DJANGO_SETTINGS_MODULE": "oa.settings",
            "OA_DEBUG": "on",
            "OA_DETOXIFY_CHECKPOINT": self.checkpoint,
            "OA_DETOXIFY_CONFIG": self.config,
        }

    def _start(self, command: list[str], *, environ: dict[str, str]) -> subprocess.Popen[bytes]:
        log = (self.folder / "log").open("ab")
        process = subprocess.Popen(
            command, cwd=PROJECT, env=environ, stdout=log, stderr=log, start_new_session=True
        )  # fmt: skip
        log.close()
        self.processes.append(process)
        return process
