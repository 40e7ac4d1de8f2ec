"""An import that is killed leaves whole trees only; a second run brings the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from oa.trees.models import Message, Tree
from tests.datasets.files import PROJECT, answer, message, take, tree, write

TREES, SIZE = 6000, 4


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_a_killed_import_leaves_is_whole_and_a_second_run_brings_the_rest(tmp_path: Path) -> None:
    path = write(tmp_path / "trees", [tree(answer(replies=[message()]), answer()) for _ in range(TREES)])
    start = (
        "import django; django.setup()\n"
        "from django.db import connections\n"
        f"connections['default'].settings_dict['NAME'] = {connection.settings_dict['NAME']!r}\n"
        "from django.core.management import call_command\n"
        f"call_command('import_dataset', {str(path)!r}, quiet=True)\n"
    )
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "oa.settings"}

    process = subprocess.Popen([sys.executable, "-c", start], cwd=PROJECT, env=environ)
    while not Tree.objects.exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)

    assert process.wait() == -signal.SIGKILL, "it was still at work"
    _wait_until_the_server_has_noticed()
    left = Counter(Message.objects.values_list("tree_id", flat=True))
    assert 0 < len(left) < TREES
    assert set(left.values()) == {SIZE}, "whole trees only"
    assert len(left) == Tree.objects.count()

    take(path)

    assert (Tree.objects.count(), Message.objects.count()) == (TREES, TREES * SIZE)


def _wait_until_the_server_has_noticed() -> None:
    """The killed client's transaction is taken back when the server next hears nothing from it."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("the killed import's connection is still open")
