"""File locks. The kernel lets go of them whenever their process ends, however it ends; a pid file does not."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path


def open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def take(fd: int, *, within: float = 0.0) -> bool:
    """Have it alone, or know soon that somebody else has it."""
    deadline = time.monotonic() + within
    while not _try(fd, fcntl.LOCK_EX):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.01)
    return True


def share(fd: int) -> None:
    """Have it together with others; waits while somebody has it alone."""
    fcntl.flock(fd, fcntl.LOCK_SH)


def release(fd: int) -> None:
    fcntl.flock(fd, fcntl.LOCK_UN)


def is_taken(path: Path) -> bool:
    """Whether somebody has it alone. Looking shares it for a moment: whoever takes it must try more than once."""
    fd = open_lock(path)
    try:
        return not _try(fd, fcntl.LOCK_SH)
    finally:
        os.close(fd)


def is_shared(path: Path) -> bool:
    """Whether somebody has it together with others."""
    fd = open_lock(path)
    try:
        return not _try(fd, fcntl.LOCK_EX) and _try(fd, fcntl.LOCK_SH)
    finally:
        os.close(fd)


def _try(fd: int, kind: int) -> bool:
    try:
        fcntl.flock(fd, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
