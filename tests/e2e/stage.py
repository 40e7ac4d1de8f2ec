"""The site the browser tests play on: `make run` in a folder of its own, whose data this process writes too."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import override_settings

from oa.accounts.models import User
from oa.env import database_of
from tests.simulation.sites import LiveSite

# It only bounds a failure: a machine that has much else to do is waited for.
PATIENCE = 60.0


class Stage(LiveSite):
    """A site whose people may sign up by themselves, on a database that need not outlive a power cut."""

    @property
    def environ(self) -> dict[str, str]:
        return super().environ | {"OA_EMAIL_VERIFICATION": "optional", "OA_EMBEDDED_DURABLE": "off"}

    @contextlib.contextmanager
    def written_from_here(self) -> Iterator[None]:
        """The ORM of this process talks to the site's database, and makes sessions that the site believes."""
        mine = connection.settings_dict
        before = {name: mine[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
        theirs = database_of(self.site.addresses.database_url)
        secret = (self.site.folder / "secret_key").read_text()
        with override_settings(SECRET_KEY=secret), _beside_a_loop():
            connection.close()
            mine.update(theirs)
            try:
                yield
            finally:
                connection.close()
                mine.update(before)

    @property
    def mails(self) -> list[str]:
        """What the site has sent, oldest first."""
        return [path.read_text() for path in sorted((self.site.folder / "mails").glob("*.eml"))]


@contextlib.contextmanager
def _beside_a_loop() -> Iterator[None]:
    """Playwright runs a loop in this very thread, where Django would not touch a database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        yield
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def session_of(person: User) -> str:
    """The cookie of somebody who is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    assert session.session_key is not None
    return session.session_key


def until(happened: Callable[[], object], what: str, *, within: float = PATIENCE) -> None:
    """Look again and again: what a browser or a worker does takes its time."""
    deadline = time.monotonic() + within
    while not happened():
        assert time.monotonic() < deadline, f"it did not come to pass: {what}"
        time.sleep(0.05)


DIST = Path(settings.WEBAPP_DIR)
