"""The browser of the tests. `python -m tests.e2e.chromium` says where it is, and installs it first where it may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/usr/bin/chromium")
REMEDY = (
    "The browser tests need Chromium and there is none here. Install it (Debian: sudo apt-get install chromium), "
    "or say where it is: OA_CHROMIUM=/path/of/chromium"
)


class NoChromium(Exception):
    """There is none, and how to get one."""


def find() -> str:
    """The path of the Chromium to use: OA_CHROMIUM, else the machine's own."""
    wanted = os.environ.get("OA_CHROMIUM")
    if wanted and not shutil.which(wanted):
        raise NoChromium(f"OA_CHROMIUM={wanted}: there is no such program.")
    found = next((path for path in map(shutil.which, (wanted,) if wanted else NAMES) if path), None)
    if found is None:
        raise NoChromium(REMEDY)
    return found


def options() -> list[str]:
    """What it must be told: root may not have its sandbox, and containers have a small /dev/shm."""
    return ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def packages(*names: str) -> None:
    """Install these packages of Debian's; whether it worked is seen by looking for them."""
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL, "check": False}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
    subprocess.run(["apt-get", "install", "-qq", "--no-install-recommends", *names], **quiet)  # type: ignore[call-overload]


def install() -> None:
    """Debian's, where this user may install packages and there is none yet; else nothing."""
    if may_install():
        sys.stderr.write("Installing Chromium for the browser tests\n")
        packages("chromium")


def main() -> None:
    """For make: on standard output nothing but the path."""
    try:
        path = find()
    except NoChromium:
        install()
        try:
            path = find()
        except NoChromium as missing:
            sys.exit(str(missing))
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
