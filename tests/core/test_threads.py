"""The web server of a site, as `manage.py run` starts it: requests in threads that stay, streams from the loop."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from oa import embedded
from oa.embedded.management.commands import run
from oa.embedded.places import PROJECT
from tests.bench.driver.site import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THREADS = 4


class Server:
    """granian on the database of this test run."""

    def __init__(self, folder: Path) -> None:
        self.uploads = folder
        self.port = free_port()  # any: two servers of two runs may share one that both have found free
        about = connection.settings_dict
        database = f"postgresql://{about['USER']}@/{about['NAME']}?host={quote(str(about['HOST']), safe='')}"
        environ = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.core.served", "DATABASE_URL": database, "OA_DEBUG": "on",
            "REDIS_URL": embedded.addresses().redis_url, "OA_WEB_THREADS": str(THREADS), "OA_UPLOADS_DIR": str(folder),
            "OA_DB_LOCK_SECONDS": "2",
        }  # fmt: skip
        program = run.web("127.0.0.1", self.port)
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(program.command, cwd=PROJECT, env=environ, stdout=log, stderr=log)
        while not run.is_up("127.0.0.1", self.port):
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)

    def ask(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> tuple[Any, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, named, encode_chunked="Transfer-Encoding" in named)
        answer = line.getresponse()
        found = answer, answer.read()
        line.close()
        return found

    def json(self, path: str, **more: Any) -> Any:
        return json.loads(self.ask(path, **more)[1])

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@pytest.fixture(scope="module")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("served"))
    yield running
    running.stop()


def connections_of(server: Server) -> int:
    """How many its process has with the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0]) - 1


def until_wait(server: Server, number: int) -> None:
    """Until so many wait at the gate of `served_urls`. Somebody has to answer this, too."""
    deadline = time.monotonic() + 60
    while server.ask("/served/waiting")[1] != str(number).encode():
        assert time.monotonic() < deadline, "they never came to wait"
        time.sleep(0.02)


def test_threads_stay_and_each_keeps_its_connection(server: Server) -> None:
    asked = [server.json("/served/who") for _ in range(20)]

    assert len({(one["thread"], one["connection"]) for one in asked}) <= THREADS
    with ThreadPoolExecutor(32) as crowd:
        list(crowd.map(lambda _: server.ask("/served/slow?seconds=0.05"), range(64)))
        list(crowd.map(lambda _: server.ask("/served/who"), range(64)))
    assert 1 <= connections_of(server) <= THREADS


def test_who_is_slow_keeps_nobody_waiting(server: Server) -> None:
    with ThreadPoolExecutor(THREADS - 1) as slow:
        waiting = [slow.submit(server.ask, "/served/waits") for _ in range(THREADS - 1)]
        until_wait(server, THREADS - 1)
        assert server.ask("/healthz")[0].status == 200
        assert not any(one.done() for one in waiting)
        server.ask("/served/goes")
        assert {one.result()[1] for one in waiting} == {b"let go"}


def test_who_waits_too_long_for_a_row_is_told_to_come_again_and_the_others_are_answered(server: Server) -> None:
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(77)")
        with ThreadPoolExecutor(THREADS) as crowd:
            answers = list(crowd.map(lambda _: server.ask("/served/locked"), range(THREADS)))

    assert {answer.status for answer, _told in answers} == {503}
    assert {json.loads(told)["code"] for _answer, told in answers} == {"try_again"}
    assert server.ask("/served/locked")[0].status == 200


def test_what_one_request_has_set_is_nothing_to_the_next_of_its_thread(server: Server) -> None:
    german = {server.json("/served/who", Accept_Language="de")["language"] for _ in range(6)}
    plain = {server.json("/served/who")["language"] for _ in range(6)}

    assert (german, plain) == ({"de"}, {"en"})


def test_a_stream_is_sent_while_it_is_written_in_the_language_and_with_the_id_of_its_request(server: Server) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    asked = {"X-Request-ID": "stream-17", "Accept-Language": "de"}
    line.request("GET", "/served/pieces?until=goes", headers=asked)
    with contextlib.closing(line), line.getresponse() as answer:
        assert answer.readline() == b"stream-17 de\n", "the first piece does not wait for the last"
        until_wait(server, 1)
        server.ask("/served/goes")
        assert answer.read().count(b"stream-17 de\n") == 19


def test_any_number_of_streams_holds_no_thread(server: Server) -> None:
    lines = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=30) for _ in range(3 * THREADS)]
    for line in lines:
        line.request("GET", "/served/pieces")
    answers = [line.getresponse() for line in lines]
    for answer in answers:
        answer.readline()
    assert server.ask("/healthz")[0].status == 200
    for answer, line in zip(answers, lines, strict=True):
        answer.close()
        line.close()


def test_a_stream_nobody_reads_any_more_ends(server: Server) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("GET", "/served/pieces")
    answer = line.getresponse()
    answer.readline()
    assert line.sock is not None
    line.sock.shutdown(socket.SHUT_RDWR)
    answer.close()
    line.close()

    deadline = time.monotonic() + 60
    while not (server.uploads / "left").exists():
        assert time.monotonic() < deadline, "it was written for nobody"
        time.sleep(0.05)
    assert server.ask("/healthz")[0].status == 200


@pytest.mark.parametrize("size", [0, 10, 300_000, 6_000_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_arrives_whole_however_large_and_however_sent(server: Server, size: int, chunked: bool) -> None:
    sent = os.urandom(size)
    more = {"Transfer_Encoding": "chunked"} if chunked else {}
    pieces = iter([sent[at : at + 50_000] for at in range(0, size, 50_000)]) if chunked else sent

    assert server.json("/served/body", method="POST", body=pieces, **more) == {
        "bytes": size, "sha256": hashlib.sha256(sent).hexdigest(),
    }  # fmt: skip


def test_a_body_that_is_too_large_is_refused_with_the_id_of_the_request(server: Server) -> None:
    answer, told = server.ask("/served/held", "POST", b"x" * 1_100_000, X_Request_ID="too-large-1")

    assert (answer.status, json.loads(told)["code"]) == (413, "body_too_large")
    assert (json.loads(told)["instance"], answer.headers["X-Request-ID"]) == ("too-large-1", "too-large-1")


def test_head_is_answered_without_a_body(server: Server) -> None:
    answer, told = server.ask("/healthz", "HEAD")

    assert (answer.status, told, answer.headers["Content-Length"]) == (200, b"", "16")


def test_what_is_not_there_and_what_is_broken_are_said_as_problems(server: Server) -> None:
    missing, told = server.ask("/api/v1/nothing")
    assert (missing.status, json.loads(told)["code"]) == (404, "no_such_path")
    broken, _ = server.ask("/served/broken")
    assert (broken.status, len(broken.headers["X-Request-ID"])) == (500, 32)
    assert server.ask("/healthz")[0].status == 200


def test_a_connection_that_the_database_has_closed_costs_nobody_an_answer(server: Server) -> None:
    before = [server.json("/served/who")["connection"] for _ in range(2 * THREADS)]
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}, autocommit=True) as other:
        for pid in set(before):
            other.execute("SELECT pg_terminate_backend(%s, 30000)", [pid])  # milliseconds, until it is gone

    after = [server.json("/served/who")["connection"] for _ in range(2 * THREADS)]

    assert not set(after) & set(before)


def test_who_is_being_answered_when_the_server_stops_gets_the_answer(tmp_path: Path) -> None:
    its_own = Server(tmp_path)
    with ThreadPoolExecutor(1) as slow:
        waiting = slow.submit(its_own.ask, "/served/slow?seconds=4")
        until_wait(its_own, 1)
        assert its_own.stop() == 0
        assert waiting.result()[1] == b"done"
