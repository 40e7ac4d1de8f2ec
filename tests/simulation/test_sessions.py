"""How patient a simulated volunteer's browser is: a small server of our own answers by a script."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from oa.simulation.actions.sessions import Reply, Session
from oa.simulation.rules import Tally, population

SOMEBODY = population(1, langs=["en"], seed=1, trolls=0)[0]
HANG_UP = 0


class Server(ThreadingHTTPServer):
    """Answers one status after the other, and remembers the keys it was sent."""

    script: list[tuple[int, dict[str, str]]]
    keys: list[str | None]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.keys.append(self.headers["Idempotency-Key"])
        status, headers = self.server.script.pop(0)
        if status == HANG_UP:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        body = b'{"code": "some_code"}'
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Not into the test's output."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.script, server.keys = [], []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def post(server: Server, tally: Tally) -> Reply:
    async def run() -> Reply:
        async with httpx.AsyncHTTPTransport() as transport:
            session = Session(SOMEBODY, f"http://127.0.0.1:{server.server_port}", transport, tally)
            return await session.call("POST", "/submit", {"text": "words"}, key="one key", what="submit")

    return asyncio.run(run())


def test_an_answer_that_got_lost_is_sent_again_under_the_same_key(server: Server) -> None:
    server.script, tally = [(HANG_UP, {}), (HANG_UP, {}), (200, {})], Tally()

    assert post(server, tally).ok
    assert server.keys == ["one key"] * 3
    assert tally.retries == 2


def test_a_broken_site_is_counted_and_asked_again(server: Server) -> None:
    server.script, tally = [(500, {}), (503, {}), (200, {})], Tally()

    assert post(server, tally).ok
    assert tally.errors == {"some_code": 2}
    assert len(tally.seconds["submit"]) == 1


def test_who_is_too_fast_waits_as_long_as_they_are_told(server: Server) -> None:
    server.script, tally = [(429, {"Retry-After": "0"}), (200, {})], Tally()

    assert post(server, tally).ok
    assert tally.throttled == 1


def test_a_limit_that_waiting_does_not_lift_is_an_answer(server: Server) -> None:
    server.script = [(429, {})]

    assert post(server, Tally()) == Reply(429, {"code": "some_code"})


def test_a_refusal_is_an_answer(server: Server) -> None:
    server.script, tally = [(409, {})], Tally()

    assert post(server, tally).code == "some_code"
    assert len(server.keys) == 1
