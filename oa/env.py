"""Reading the environment: typed, with `NAME_FILE` for secrets, and refusals that say what to type."""

from __future__ import annotations

import os
from pathlib import Path
from typing import overload
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = frozenset({"1", "true", "on", "yes"}), frozenset({"0", "false", "off", "no"})


def env_bool(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in TRUE | FALSE:
        return value in TRUE
    if value:
        raise ImproperlyConfigured(f"{name}={value} is neither on nor off. Type: {name}=on or {name}=off")
    return default


def env_int(name: str, default: int, *, least: int = 0) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value} is not a whole number. Type e.g.: {name}={default}") from None
    if number < least:
        raise ImproperlyConfigured(f"{name}={value} is less than {least}. Type e.g.: {name}={default}")
    return number


def env_list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    value = os.environ.get(name, "")
    return [word.strip() for word in value.split(",") if word.strip()] or list(default)


@overload
def env_str(name: str, default: str, *, example: str = "") -> str: ...
@overload
def env_str(name: str, default: None = None, *, example: str) -> str: ...
def env_str(name: str, default: str | None = None, *, example: str = "") -> str:
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Type: export {name}={example}")
    return value


def env_secret(name: str, default: str | None = None, *, hint: str = "…") -> str:
    """The value itself, or the content of the file that NAME_FILE names (secrets of Docker, systemd, Kubernetes)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={path} can't be read: {error.strerror}") from error
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Type: export {name}={hint} (or {name}_FILE=/path/of/a/file)")
    return value


def database_of(url: str) -> dict[str, object]:
    """Django's way to say it: `postgresql://user:password@host:port/name?sslmode=require`, or `?host=/a/folder`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host:5432/name")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def broker_of(url: str) -> str:
    """Celery has its own spelling of a Redis behind a Unix socket, and of the number of the database there."""
    if not url.startswith("unix://"):
        return url
    address, _, options = url.removeprefix("unix://").partition("?")
    spelled = {("virtual_host" if name == "db" else name): value for name, value in parse_qsl(options)}
    return f"redis+socket://{address}" + (f"?{urlencode(spelled)}" if spelled else "")
