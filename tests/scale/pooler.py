"""A PgBouncer of the test's own, pooling by transaction. `python -m tests.scale.pooler` installs it where it may."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from oa.embedded import rules
from oa.embedded.places import Site
from oa.embedded.servers import Launcher
from tests.e2e.chromium import may_install, packages

REMEDY = "There is no PgBouncer here. Install the package pgbouncer (Debian: sudo apt-get install pgbouncer)"
UP_WITHIN = 20.0
PORT = 6432  # of a Unix socket in a folder of its own: nobody else's
# So few, that hardly two transactions of anybody meet the same connection to PostgreSQL.
SERVERS = 3
INI = """
[databases]
* = host={sockets} user={user}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {servers}
max_client_conn = 200
log_connections = 0
log_disconnections = 0
"""


def find() -> str | None:
    """The path of the program. Debian's lies where only root looks."""
    return shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")


@dataclass(frozen=True)
class Pooler:
    folder: Path

    def address(self, database: str) -> str:
        return f"postgresql://{rules.ROLE}@:{PORT}/{database}?host={self.folder}"

    def transactions(self, database: str) -> int:
        """How many it has passed on."""
        where = {"host": str(self.folder), "port": PORT, "dbname": "pgbouncer", "user": "pgbouncer"}
        # Its console understands no statement whose values travel apart, nor BEGIN.
        with psycopg.connect(**where, autocommit=True, cursor_factory=psycopg.ClientCursor) as console:  # type: ignore[arg-type]
            told = console.execute("SHOW STATS")
            names = [column.name for column in told.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in told.fetchall()]
        return sum(int(str(row["total_xact_count"])) for row in rows if row["database"] == database)


@contextmanager
def pooling(sockets: Path) -> Iterator[Pooler]:
    """A PgBouncer before the PostgreSQL whose socket lies there."""
    program = find()
    assert program, REMEDY
    # Not in a folder of pytest's: the path of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="oa-pooler-"))
    folder.chmod(0o777)
    ini, log = folder / "pgbouncer.ini", folder / "log"
    ini.write_text(INI.format(sockets=sockets, user=rules.ROLE, folder=folder, port=PORT, servers=SERVERS))
    ini.chmod(0o644)
    with log.open("wb") as out:
        process = subprocess.Popen([*_as_nobody(), program, "-q", str(ini)], stdout=out, stderr=out)
    try:
        _wait(process, folder, log)
        yield Pooler(folder)
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _as_nobody() -> list[str]:
    """Like PostgreSQL it refuses to be root."""
    launcher = Launcher(Site(Path("/nowhere")))
    return rules.as_nobody(
        is_root=launcher.is_root, has_user_namespaces=launcher.has_user_namespaces,
        has_setpriv=launcher.has_setpriv, death_signal="TERM",
    )  # fmt: skip


def _wait(process: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    deadline = time.monotonic() + UP_WITHIN
    while not (folder / f".s.PGSQL.{PORT}").exists():
        assert process.poll() is None and time.monotonic() < deadline, log.read_text()
        time.sleep(0.02)


def main() -> None:
    """For make: installs it where there is none and this user may. Without it one test is skipped: that is no error."""
    if find() is None and may_install():
        sys.stderr.write("Installing PgBouncer for a test\n")
        packages("pgbouncer")
    sys.stdout.write(f"{find() or REMEDY}\n")


if __name__ == "__main__":
    main()
