"""A site of the simulation's own: web server, worker and beat on a free port, and gone with it."""

from __future__ import annotations

import contextlib
import shutil
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from oa.accounts.models import Terms
from oa.embedded import client
from oa.embedded.management.commands.run import STOP_ORDER, beat, empty_folder, is_up, web, worker
from oa.embedded.places import Site, data_dir
from oa.embedded.processes import Group
from oa.moderation.actions import publish_terms

HOST = "127.0.0.1"
TERMS = "This is a simulation. Nobody real takes part."
T = TypeVar("T")


def environment(address: str, *, figures: str) -> dict[str, str]:
    """What this site is told beside its surroundings: nobody is slowed down, mailed, or asked to prove an address."""
    return {
        "OA_PUBLIC_URL": address,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": address,
        "OA_RATE_LIMITS": "off",
        "OA_THROTTLES": "off",
        "OA_EMAIL_VERIFICATION": "none",
        "OA_LOG_LEVEL": "WARNING",
        "OA_LOG_FORMAT": "text",
        "PROMETHEUS_MULTIPROC_DIR": figures,
    }


def with_own_site(work: Callable[[str], T], *, stop: Event) -> T:
    """Start a site, do the work with its address in another thread, stop the site whatever happened.

    The processes are looked after from here meanwhile: they are tied to the thread that started them.
    Setting `stop` ends the work early; so does a process that keeps failing.
    """
    _furnish()
    site = Site(data_dir())
    site.logs.mkdir(parents=True, exist_ok=True)
    port, membership = _free_port(), client.users_fd()
    address = f"http://localhost:{port}"
    figures = empty_folder(site.folder / f"metrics-{port}")
    environ = environment(address, figures=str(figures))
    group = Group(site.logs, keep_open=[membership] if membership is not None else [])
    # What the processes say goes beside the figures, not among them.
    with contextlib.redirect_stdout(sys.stderr), ThreadPoolExecutor(1) as thread:
        try:
            for program in (web(HOST, port), worker("worker", "default", concurrency=2), beat()):
                program.environ = environ
                group.start(program)
            while not (is_up(HOST, port) or stop.is_set()):
                group.pump(0.2)
            done = thread.submit(work, address)
            while not done.done():
                group.pump(0.2)
            return done.result()
        finally:
            stop.set()  # the work would go on asking a site that is gone
            group.stop(STOP_ORDER)
            shutil.rmtree(figures, ignore_errors=True)


def _furnish() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    if Terms.objects.current() is None:
        publish_terms(text=TERMS, by=None, now=timezone.now())  # nobody gets a task without having agreed to something
    connections.close_all()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
