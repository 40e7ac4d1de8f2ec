"""The servers live as long as somebody uses them, and survive whatever ends them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import psycopg
import pytest

from oa.embedded import locks
from oa.embedded.places import Site
from tests.embedded.conftest import Person, connect, kill_everything, processes_of, valkey

pytestmark = pytest.mark.slow
Join = Callable[..., Person]


def wait_for(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def answers(site: Site) -> bool:
    try:
        connect(site).close()
    except psycopg.OperationalError:
        return False
    return True


def test_they_start_once_however_many_come_at_once_and_stop_with_the_last(site: Site, join: Join) -> None:
    people = [join(site) for _ in range(3)]
    assert all(person.is_in() for person in people)
    assert set(processes_of(site)) == {"supervisor", "postgres", "valkey"}

    people[0].leave()
    people[1].process.kill()  # who is killed has left
    assert answers(site)

    people[2].leave()
    assert processes_of(site) == {}
    assert not (site.cluster / "postmaster.pid").exists(), "PostgreSQL was not stopped in an orderly way"
    assert not site.addresses.sockets.exists()


def test_who_comes_while_they_stop_gets_them_anew(site: Site, join: Join) -> None:
    for _ in range(3):
        person = join(site)
        assert person.is_in()
        assert answers(site)
        person.process.kill()
        time.sleep(0.5)


def test_the_role_of_the_site_rules_its_database_and_nothing_else(site: Site, join: Join) -> None:
    assert join(site).is_in()

    with connect(site) as connection:
        row = connection.execute("SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user").fetchone()
        extensions = connection.execute("SELECT extname FROM pg_extension").fetchall()
        assert row == (False, False)
        assert {("pg_trgm",), ("btree_gin",), ("unaccent",), ("pg_stat_statements",)} <= set(extensions)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("COPY (SELECT 1) TO PROGRAM 'cat'")


def test_only_their_owner_can_reach_them(site: Site, join: Join) -> None:
    assert join(site).is_in()

    for folder in (site.folder, site.addresses.sockets):
        assert folder.stat().st_mode & 0o077 == 0


def test_killing_everything_loses_nothing(site: Site, join: Join) -> None:
    first = join(site)
    assert first.is_in()
    with connect(site) as connection:
        connection.execute("CREATE TABLE words AS SELECT generate_series(1, 1000) AS n")
    valkey(site).rpush("queue", *range(50))
    time.sleep(1.1)  # Valkey writes its log to disk every second; the process being killed loses not even that

    kill_everything(site)
    first.process.kill()

    assert join(site).is_in()
    with connect(site) as connection:
        assert connection.execute("SELECT count(*) FROM words").fetchone() == (1000,)
    assert valkey(site).llen("queue") == 50


@pytest.mark.parametrize("name", ["postgres", "valkey"])
def test_a_killed_server_comes_back_while_people_work(site: Site, join: Join, name: str) -> None:
    assert join(site).is_in()
    killed = processes_of(site)[name]

    os.kill(killed, signal.SIGKILL)

    assert wait_for(lambda: processes_of(site).get(name, killed) != killed and site.ready.exists())
    assert answers(site)
    assert valkey(site).ping()


def test_without_their_supervisor_they_stop_and_the_next_one_starts_them(site: Site, join: Join) -> None:
    assert join(site).is_in()

    os.kill(processes_of(site)["supervisor"], signal.SIGKILL)

    assert wait_for(lambda: not processes_of(site))
    assert join(site).is_in()
    assert answers(site)


def test_two_folders_do_not_meet(new_site: Callable[[], Site], join: Join) -> None:
    one, other = new_site(), new_site()
    assert join(one).is_in()
    assert join(other).is_in()

    with connect(one) as connection:
        connection.execute("CREATE TABLE mine (n int)")
    valkey(one).set("mine", 1)

    with connect(other) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT * FROM mine")
    assert valkey(other).get("mine") is None


def test_a_pid_that_belongs_to_a_stranger_now_is_no_obstacle(site: Site, join: Join) -> None:
    join(site).leave()
    (site.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{site.cluster}\n")

    assert join(site).is_in()
    assert answers(site)


def test_a_folder_of_another_version_is_refused_with_a_way_out(site: Site, join: Join) -> None:
    join(site).leave()
    (site.cluster / "PG_VERSION").write_text("17\n")

    complaint = join(site).complaint()

    assert "was made by PostgreSQL 17, this is 18" in complaint
    assert "OA_DATA_DIR" in complaint
    assert not locks.is_taken(site.supervisor_lock)


def test_a_half_made_database_is_made_again(site: Site, join: Join) -> None:
    site.prepare()
    half = site.cluster.with_name("postgres.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    assert join(site).is_in()
    assert not half.exists()
