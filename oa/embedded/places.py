"""Where things lie inside a data folder."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from oa.embedded.rules import Addresses, addresses_of

PROJECT = Path(__file__).resolve().parents[2]


class NotOurs(Exception):
    """A folder that another user of this machine made."""


def data_dir() -> Path:
    return Path(os.environ.get("OA_DATA_DIR") or PROJECT / ".data").resolve()


@dataclass(frozen=True, slots=True)
class Site:
    """One data folder: one site. Two of them never meet."""

    folder: Path

    @property
    def addresses(self) -> Addresses:
        return addresses_of(self.folder)

    @property
    def cluster(self) -> Path:
        return self.folder / "postgres"

    @property
    def valkey(self) -> Path:
        return self.folder / "valkey"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def log(self) -> Path:
        return self.logs / "embedded.log"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the one process that owns the servers."""
        return self.folder / "supervisor.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the servers."""
        return self.folder / "users.lock"

    @property
    def ready(self) -> Path:
        """There while both servers answer."""
        return self.folder / "ready"

    def prepare(self) -> None:
        for folder in (self.folder, self.logs, self.valkey, self.addresses.sockets):
            _make_private(folder)


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise NotOurs(
            f"{folder} belongs to another user of this machine. Run this as that user, or set OA_DATA_DIR to a folder "
            "of your own."
        )
    if stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)
