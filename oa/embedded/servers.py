"""Start and stop one PostgreSQL and one Valkey, whatever an earlier end of theirs left behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from oa.embedded import binaries, rules
from oa.embedded.places import Site

START_SECONDS = 60.0
STOP_SECONDS = 30.0


class ServerFailed(Exception):
    """A server would not start; the message says what to do where we know."""


def say(text: str) -> None:
    """Into the supervisor's log, which is where its standard error goes."""
    os.write(2, f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}\n".encode())


@dataclass(slots=True)
class Server:
    """One running server."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        if not self.is_alive:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not stop in {STOP_SECONDS:.0f} s: killed; the next start recovers")
            self.process.kill()
            self.process.wait()


@dataclass(slots=True)
class Launcher:
    """Knows the machine: where the programs are and how to run them here."""

    site: Site
    durable: bool = True
    is_root: bool = field(default_factory=lambda: os.geteuid() == 0)
    has_user_namespaces: bool = field(default_factory=lambda: _can_make_user_namespace())
    has_setpriv: bool = field(default_factory=lambda: shutil.which("setpriv") is not None)

    def postgres(self) -> Server:
        bin_dir = binaries.postgres_bin_dir()
        self._check_major()
        if not self.site.cluster.exists():
            self._make_cluster(bin_dir)
        self._give(self.site.cluster)
        clear_stale_pid_file(self.site.cluster / "postmaster.pid", program="postgres")
        clear_stale_pid_file(self.site.addresses.postgres_socket.with_name(".s.PGSQL.5432.lock"), program="postgres")
        command = rules.postgres_command(bin_dir, self.site.cluster, self.site.addresses.sockets, durable=self.durable)
        process = start_until_ready(
            [*self._prefix("INT"), *command], log=self.site.logs / "postgres.log", is_ready=self._postgres_answers
        )
        self._furnish()
        return Server("PostgreSQL", process, signal.SIGINT)

    def valkey(self) -> Server:
        command = rules.valkey_command(
            binaries.valkey_binary(), self.site.valkey, self.site.addresses.valkey_socket, durable=self.durable
        )
        prefix = rules.as_nobody(
            is_root=False, has_user_namespaces=False, has_setpriv=self.has_setpriv, death_signal="TERM"
        )
        process = start_until_ready(
            [*prefix, *command], log=self.site.logs / "valkey.log", is_ready=self._valkey_answers
        )
        return Server("Valkey", process, signal.SIGTERM)

    def _prefix(self, death_signal: str) -> list[str]:
        return rules.as_nobody(
            is_root=self.is_root,
            has_user_namespaces=self.has_user_namespaces,
            has_setpriv=self.has_setpriv,
            death_signal=death_signal,
        )

    def _check_major(self) -> None:
        version = self.site.cluster / "PG_VERSION"
        if version.exists() and (found := version.read_text().strip()) != str(rules.PG_MAJOR):
            raise ServerFailed(
                f"{self.site.cluster} was made by PostgreSQL {found}, this is {rules.PG_MAJOR}. Dump it with the "
                "version of this project that made it (pg_dump) and load the dump into a new folder, or set "
                "OA_DATA_DIR to another folder to start afresh."
            )

    def _make_cluster(self, bin_dir: Path) -> None:
        """Built beside and renamed when whole: a killed initdb leaves nothing that looks like a database."""
        half = self.site.cluster.with_name("postgres.new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        self._give(half)
        command = [*self._prefix("KILL"), *rules.initdb_command(bin_dir, half)]
        made = subprocess.run(command, capture_output=True, check=False)
        if made.returncode:
            raise ServerFailed(f"initdb failed:\n{(made.stdout + made.stderr).decode(errors='replace')}")
        half.rename(self.site.cluster)

    def _give(self, folder: Path) -> None:
        """PostgreSQL insists on owning its files. Who that is depends on what this machine allows."""
        owner = rules.NOBODY if self.is_root and not self.has_user_namespaces else os.geteuid()
        if folder.stat().st_uid == owner:
            return
        group = rules.NOBODY if owner == rules.NOBODY else os.getegid()
        for parent, _folders, files in os.walk(folder):
            for path in (Path(parent), *(Path(parent, name) for name in files)):
                os.chown(path, owner, group, follow_symlinks=False)

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        host = str(self.site.addresses.sockets)
        return psycopg.connect(host=host, user=rules.SUPERUSER, dbname=database, autocommit=True, connect_timeout=5)

    def _postgres_answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _valkey_answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1.0)
            try:
                client.connect(str(self.site.addresses.valkey_socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")
            except OSError:  # not there yet, or still loading what it kept
                return False

    def _furnish(self) -> None:
        """Our role and database. The role is no superuser: one could run programs of this machine from SQL."""
        with self._connect("template1") as template:
            for extension in rules.EXTENSIONS:
                template.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        with self._connect("postgres") as postgres:
            role, database = sql.Identifier(rules.ROLE), sql.Identifier(rules.DATABASE)
            if not postgres.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [rules.ROLE]).fetchone():
                # CREATEDB is for the tests' own databases.
                postgres.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB NOSUPERUSER").format(role))
            if not postgres.execute("SELECT 1 FROM pg_database WHERE datname = %s", [rules.DATABASE]).fetchone():
                postgres.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


def start_until_ready(command: list[str], *, log: Path, is_ready: Callable[[], bool]) -> subprocess.Popen[bytes]:
    """Start, and start again while it ends at once: shared memory of a killed server lives on for a moment."""
    deadline = time.monotonic() + START_SECONDS
    process = _spawn(command, log)
    while time.monotonic() < deadline:
        if process.poll() is not None:
            time.sleep(0.3)
            process = _spawn(command, log)
        elif is_ready():
            return process
        time.sleep(0.01)
    process.kill()
    process.wait()
    lines = log.read_text(errors="replace").splitlines()[-10:]
    raise ServerFailed(f"{' '.join(command)} did not come up. {log} ends with:\n" + "\n".join(lines))


def _spawn(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)


def clear_stale_pid_file(path: Path, *, program: str) -> None:
    """Make way for a new server: wait for the old one if it still stops, forget it if its pid is somebody else's now.

    PostgreSQL itself only asks whether a process of that number lives, and refuses to start beside a stranger, which
    happens after a restart of a machine or a container. We hold the lock of this folder, so we may decide.
    """
    deadline = time.monotonic() + STOP_SECONDS
    while (pid := _pid_in(path)) and program in _command_of(pid):
        if time.monotonic() > deadline:
            raise ServerFailed(f"An old {program} (process {pid}) of this folder does not end. Stop it: kill {pid}")
        os.kill(pid, signal.SIGINT)
        time.sleep(0.2)
    path.unlink(missing_ok=True)


def _pid_in(path: Path) -> int | None:
    try:
        first = path.read_text().split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdigit() else None


def _command_of(pid: int) -> str:
    """The command line of a process, or nothing if there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    # No /proc (macOS).
    found = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, check=False)
    return found.stdout.decode(errors="replace")


def _can_make_user_namespace() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "--user", f"--map-user={rules.NOBODY}", f"--map-group={rules.NOBODY}", "--", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
