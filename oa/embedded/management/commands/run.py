"""`make run`: the whole site in one terminal."""

from __future__ import annotations

import argparse
import http.client
import importlib.metadata
import os
import shutil
import signal
import socket
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections

from oa.embedded import client
from oa.embedded.places import PROJECT, Site, data_dir
from oa.embedded.processes import Group, KeepsFailing, Program, python, tell

# Whoever makes work goes first, whoever answers people goes last.
STOP_ORDER = ("packages", "beat", "toxicity", "datasets", "worker", "web")
TOXICITY_LIST = PROJECT / "requirements" / "toxicity.txt"
PORTS_TRIED = 50


class Stop(Exception):
    """Ctrl-C, or somebody asked this process to end."""


class Command(BaseCommand):
    help = "Database, demo data (OA_DEMO), web server, worker and beat in one terminal, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--data", metavar="FILE", help="real trees instead of the demo corpus")

    def handle(self, *_args: Any, data: str | None, **_options: Any) -> None:
        if data and not Path(data).is_file():
            raise CommandError(f"DATA={data}: there is no such file.")
        _end_with_stop()
        site = Site(data_dir())
        site.logs.mkdir(parents=True, exist_ok=True)
        membership = client.users_fd()
        group = Group(site.logs, keep_open=[membership] if membership is not None else [])
        try:
            self._furnish(data)
            self._serve(group, site)
        except Stop:
            tell("site", "stopping")
        except KeepsFailing as error:
            raise CommandError(str(error)) from error
        finally:
            self._stop(group, site, membership)

    def _furnish(self, data: str | None) -> None:
        tell("site", "bringing the database up to date")
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMO:
            call_command("seed_demo", *([data] if data else []))
        connections.close_all()

    def _serve(self, group: Group, site: Site) -> None:
        host = os.environ.get("OA_HOST", "127.0.0.1")
        port = free_port(host, int(os.environ.get("OA_PORT") or 8000))
        address = f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0'} else host}:{port}"
        # Children are counted as users through the lock they inherit, and are told what a terminal would tell them.
        os.environ.setdefault("OA_PUBLIC_URL", address)
        os.environ.setdefault("OA_LOG_FORMAT", "text")
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(empty_folder(site.folder / "metrics"))
        workers = worker("worker", "default", concurrency=2), patient_worker()
        for program in (web(host, port), *workers, beat()):
            group.start(program)
        while not is_up(host, port):
            group.pump(0.2)
        tell("site", f"is up: {address}  (admin: {address}/admin/)")
        if os.environ.get("OA_TOXICITY", "on") != "off":
            self._add_toxicity(group)
        while True:
            group.pump(60.0)

    def _add_toxicity(self, group: Group) -> None:
        """The packages are large: people work meanwhile, and messages wait for their scores."""
        if is_installed(TOXICITY_LIST):
            group.start(toxicity_worker())
            return

        def then(code: int) -> None:
            if code == 0:
                tell("site", "toxicity models' libraries are installed")
                group.start(toxicity_worker())
            else:
                tell("site", "could not install the toxicity libraries; all else works. `make run` will try again")

        tell("site", "installing the toxicity models' libraries meanwhile (about 1 GB; OA_TOXICITY=off leaves it out)")
        pip = python("-m", "pip", "--disable-pip-version-check", "install", "--no-input", "--progress-bar=off")
        group.start(Program("packages", [*pip, "-r", str(TOXICITY_LIST)], then=then))

    def _stop(self, group: Group, site: Site, membership: int | None) -> None:
        try:
            group.stop(STOP_ORDER)
        except Stop:
            tell("site", "asked twice: stopping at once")
            group.kill()
        connections.close_all()
        if membership is not None:
            client.leave(site, membership)
        tell("site", "stopped")


def web(host: str, port: int) -> Program:
    workers = os.environ.get("OA_WEB_PROCESSES") or "1"
    where = ["--host", host, "--port", str(port), "--workers", workers, "--interface", "asginl", "--no-ws"]
    stop = ["--workers-kill-timeout", "5", "--respawn-failed-workers"]
    command = python("-m", "granian", *where, *stop, "--log-level", "warning", "oa.asgi:application")
    return Program("web", command, environ={"OA_SUPERVISED": "1"})


def worker(name: str, queue: str, *, concurrency: int) -> Program:
    options = ["-Q", queue, "-n", f"{name}@%h", "-c", str(concurrency), "-l", "WARNING"]
    quiet = ["--without-gossip", "--without-mingle"]
    # Celery warns whoever is root, for the sake of pickled jobs; ours are JSON only.
    start = python("-W", "ignore::UserWarning:celery.platforms", "-m", "celery", "-q", "-A", "oa", "worker")
    return Program(name, [*start, *options, *quiet])


def patient_worker() -> Program:
    """It works for minutes at a time, on two things at most; while others want to compute it gets a third."""
    program = worker("datasets", "datasets", concurrency=2)
    return replace(program, command=["nice", "-n", "5", *program.command])


def toxicity_worker() -> Program:
    # Each process has a model and one thread: two on two cores do nearly twice as much, and take twice the memory.
    processes = int(os.environ.get("OA_TOXICITY_WORKERS") or 1)
    program = worker("toxicity", "toxicity", concurrency=processes)
    program.environ = {"OMP_NUM_THREADS": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    return program


def beat() -> Program:
    return Program("beat", python("-m", "celery", "-q", "-A", "oa", "beat", "-l", "WARNING", "--pidfile="))


def free_port(host: str, wanted: int) -> int:
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
        if port != wanted:
            tell("site", f"port {wanted} is taken; using {port} (OA_PORT chooses another)")
        return port
    raise CommandError(f"No free port from {wanted} to {wanted + PORTS_TRIED - 1}. Type: make run OA_PORT=…")


def empty_folder(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def is_up(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def is_installed(requirements: Path) -> bool:
    lines = [line.split("#")[0].strip() for line in requirements.read_text().splitlines()]
    for line in filter(None, lines):
        name, _, version = line.partition("==")
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return False
        if found.partition("+")[0] != version:
            return False
    return True


def _end_with_stop() -> None:
    def on_signal(_number: int, _frame: FrameType | None) -> None:
        raise Stop

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
