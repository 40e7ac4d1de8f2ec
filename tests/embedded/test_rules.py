"""When the embedded servers are wanted, and how they are called. No server is started here."""

from __future__ import annotations

from pathlib import Path

import pytest

from oa.embedded import rules


@pytest.mark.parametrize("words", ["migrate", "runserver 8001", "dbshell", "check --database default", "simulate"])
def test_a_command_that_reads_or_writes_wants_them(words: str) -> None:
    assert rules.needed_by(["manage.py", *words.split()])


@pytest.mark.parametrize(
    "words", ["", "help", "check", "makemessages -l de", "migrate --help", "--version", "simulate --url http://there"]
)
def test_a_command_that_only_talks_does_not(words: str) -> None:
    assert not rules.needed_by(["manage.py", *words.split()])


def test_a_given_database_is_used_instead() -> None:
    assert rules.in_use({})
    assert rules.in_use({"DATABASE_URL": ""})
    assert not rules.in_use({"DATABASE_URL": "postgresql://somewhere/oa"})
    assert not rules.in_use({"DATABASE_URL_FILE": "/run/secrets/database"})


def test_two_folders_have_two_addresses() -> None:
    one, other = rules.addresses_of(Path("/srv/one/.data")), rules.addresses_of(Path("/srv/other/.data"))

    assert one.database_url != other.database_url
    assert one.redis_url != other.redis_url


def test_however_deep_a_folder_lies_its_sockets_have_short_names() -> None:
    addresses = rules.addresses_of(Path("/srv") / "/".join(["very-deep"] * 40))

    assert len(str(addresses.postgres_socket)) < 104  # macOS allows the least


def test_root_becomes_nobody_before_it_asks_to_die_with_us() -> None:
    prefix = rules.as_nobody(is_root=True, has_user_namespaces=True, has_setpriv=True, death_signal="INT")

    assert prefix.index("unshare") < prefix.index("--pdeathsig")


def test_root_without_namespaces_changes_its_user_before_it_asks_to_die_with_us() -> None:
    prefix = rules.as_nobody(is_root=True, has_user_namespaces=False, has_setpriv=True, death_signal="INT")

    assert prefix.index("--reuid") < prefix.index("--pdeathsig")
    assert "unshare" not in prefix


def test_where_setpriv_is_missing_a_server_is_started_plainly() -> None:
    assert rules.as_nobody(is_root=False, has_user_namespaces=False, has_setpriv=False, death_signal="INT") == []
