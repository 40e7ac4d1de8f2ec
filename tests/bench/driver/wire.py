"""One browser's connection, written for little work: raw HTTP/1.1, kept alive, one request at a time.

The load generator shares its processors with what it measures, so every tenth of a millisecond here is missing there.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CSRF = "0123456789abcdefghijklmnopqrstuv"  # a browser's own secret: what counts is that cookie and header agree
STATUS_AT = slice(9, 12)  # of “HTTP/1.1 200 OK”
HEAD = -1  # instead of how many bytes are missing, while the head has not come as a whole

# Told the status and the body of an answer; status 0 when the connection ended before there was one.
Heard = Callable[[int, bytes], None]


class Unreadable(Exception):
    """An answer that this reader of HTTP does not understand."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where the site is."""

    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Door:
        parts = urlsplit(url)
        return cls(parts.hostname or "127.0.0.1", parts.port or 80)

    def head(self, session: str) -> bytes:
        """What this browser's requests have in common, as Firefox sends it; the path and the length are missing."""
        site = f"{self.host}:{self.port}"
        return (
            f" HTTP/1.1\r\nHost: {site}\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0\r\n"
            f"Accept: application/json\r\nAccept-Language: en\r\nOrigin: http://{site}\r\nReferer: http://{site}/work\r\n"
            f"Cookie: sessionid={session}; csrftoken={CSRF}\r\nX-CSRFToken: {CSRF}\r\n"
            "Content-Type: application/json\r\n"
        ).encode()


class Wire(asyncio.Protocol):
    """A browser that is signed in. `send` one request, and `heard` is called with its answer."""

    def __init__(self, door: Door, session: str, heard: Heard) -> None:
        self._door, self._head, self._heard = door, door.head(session), heard
        self._transport: asyncio.Transport | None = None
        self._parts: list[bytes] = []
        self._missing = HEAD

    async def connect(self) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, self._door.host, self._door.port)

    def send(self, method: bytes, path: bytes, body: object = None, *, key: bytes = b"") -> None:
        """Ask. A key makes it harmless to send the same again."""
        sent = b"" if body is None else orjson.dumps(body)
        named = b"Idempotency-Key: %b\r\n" % key if key else b""
        assert self._transport, "connected, and not left by the site since"
        self._transport.write(
            b"%b %b%b%bContent-Length: %d\r\n\r\n%b" % (method, path, self._head, named, len(sent), sent)
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._parts, self._missing = transport, [], HEAD

    def connection_lost(self, _why: Exception | None) -> None:
        self._transport = None
        self._heard(0, b"")

    def close(self) -> None:
        if self._transport:
            self._heard = _nobody
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._parts.append(data)
        if self._missing == HEAD:
            self._read_head()
        else:
            self._missing -= len(data)
        if not self._missing:
            whole = b"".join(self._parts)
            self._parts, self._missing = [], HEAD
            self._heard(int(whole[STATUS_AT]), whole[whole.index(b"\r\n\r\n") + 4 :])

    def _read_head(self) -> None:
        so_far = b"".join(self._parts)
        ends = so_far.find(b"\r\n\r\n")
        if ends < 0:
            return
        found = LENGTH.search(so_far, 0, ends)
        if found is None:
            raise Unreadable(so_far[:ends].decode("latin-1"))
        self._missing = ends + 4 + int(found[1]) - len(so_far)


def _nobody(_status: int, _body: bytes) -> None:
    """For whoever has left."""
