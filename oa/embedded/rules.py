"""What the embedded servers are told, and when they are wanted. Pure: no process, file or clock is touched here."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PG_MAJOR = 18
DATABASE = ROLE = "oa"
SUPERUSER = "postgres"
# Made by the superuser in template1, so that every database of this cluster, the tests' included, has them.
EXTENSIONS = ("pg_trgm", "btree_gin", "unaccent", "pg_stat_statements")

NOBODY = 65534

COMMANDS_WITHOUT_SERVERS = frozenset({
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "spectacular",
    "startapp",
    "startproject",
    "version",
    "words",
})
HELP_OPTIONS = frozenset({"-h", "--help", "--version"})


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers of one data folder listen. Known before they run: they follow from the folder's path."""

    sockets: Path

    @property
    def database_url(self) -> str:
        return f"postgresql://{ROLE}@/{DATABASE}?host={self.sockets}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.valkey_socket}"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def postgres_socket(self) -> Path:
        return self.sockets / ".s.PGSQL.5432"


def addresses_of(data_dir: Path) -> Addresses:
    """A short folder for the sockets: a data folder may lie deeper than a socket's path may be long.

    Always under /tmp and never under TMPDIR, which may differ between two shells of one person.
    """
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Addresses(sockets=Path(f"/tmp/oa-{name}"))


def in_use(environ: Mapping[str, str]) -> bool:
    """Whether the servers are ours. A site that names its database names its Redis too, or is told to."""
    return not (environ.get("DATABASE_URL") or environ.get("DATABASE_URL_FILE"))


def needed_by(argv: Sequence[str]) -> bool:
    """Whether this command line of manage.py talks to a database."""
    if len(argv) < 2 or HELP_OPTIONS & set(argv[1:]):
        return False
    if argv[1] == "check":
        return any(word.startswith("--database") for word in argv[2:])
    if argv[1] == "simulate":  # with an address, it is somebody else's site
        return not any(word.startswith("--url") for word in argv[2:])
    return argv[1] not in COMMANDS_WITHOUT_SERVERS


def as_nobody(*, is_root: bool, has_user_namespaces: bool, has_setpriv: bool, death_signal: str) -> list[str]:
    """What to put before a server's command so that it dies with us, and PostgreSQL does not find itself root.

    In a namespace of its own the process is "nobody" while its files stay root's. Where namespaces are forbidden (most
    containers) it really becomes nobody, and keeps the one capability that lets it reach a folder inside /root.
    The death signal is set last: a change of user forgets it.
    """
    dies = ["setpriv", "--pdeathsig", death_signal, "--"] if has_setpriv else []
    if not is_root:
        return dies
    if has_user_namespaces:
        return ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--", *dies]
    caps = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return ["setpriv", "--reuid", f"{NOBODY}", "--regid", f"{NOBODY}", "--clear-groups", *caps, "--", *dies]


def initdb_command(bin_dir: Path, cluster: Path) -> list[str]:
    """A cluster whose sorting does not depend on the machine's locales, so it can move to another machine."""
    return [
        str(bin_dir / "initdb"),
        f"--pgdata={cluster}",
        f"--username={SUPERUSER}",
        "--auth=trust",  # the sockets' folder is 0700: who can reach it may come in
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
    ]


def postgres_command(bin_dir: Path, cluster: Path, sockets: Path, *, durable: bool) -> list[str]:
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": "256MB" if durable else "128MB",
        "work_mem": "16MB",  # two words of a search, each in one text of twenty: 4MB would be too little among millions
        "random_page_cost": "1.1",
        "shared_preload_libraries": "pg_stat_statements",
        "log_min_messages": "warning",
    }
    if not durable:  # tests throw their cluster away
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    return [str(bin_dir / "postgres"), "-D", str(cluster), *settings]


def valkey_command(binary: Path, folder: Path, socket: Path, *, durable: bool) -> list[str]:
    keep = ["--appendonly", "yes", "--save", "3600 1"] if durable else ["--appendonly", "no", "--save", ""]
    if not durable:  # each process of a test run has a database of its own
        keep += ["--databases", "1024"]
    where = ["--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--dir", str(folder)]
    return [str(binary), *where, *keep, "--daemonize", "no", "--loglevel", "warning"]
