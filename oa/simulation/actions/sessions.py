"""One volunteer's browser: own cookies, and patience with a site that is away for a while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx

from oa.simulation.rules import Person, Tally

ACCOUNTS = "/_allauth/browser/v1"
API = "/api/v1"
# How long somebody goes on trying when the site does not answer, or answers that something is broken.
PATIENCE_SECONDS = 180.0
PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)
LONGEST_PAUSE = 60.0


class SiteGone(Exception):
    """The site did not answer for longer than anybody waits."""


class NotLetIn(Exception):
    """The site would not take a volunteer; the message has its answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the site that is final: what was done, or why it was refused."""

    status: int
    body: Any

    @property
    def ok(self) -> bool:
        return self.status < HTTPStatus.BAD_REQUEST

    @property
    def code(self) -> str:
        named = self.body.get("code") if isinstance(self.body, dict) else None
        return str(named or f"http_{self.status}")


@dataclass(slots=True)
class Session:
    """Asks the site in one person's name. What it meets is counted in the tally."""

    person: Person
    base_url: str
    transport: httpx.AsyncHTTPTransport
    tally: Tally
    client: httpx.AsyncClient = field(init=False)
    signed_in: bool = False

    def __post_init__(self) -> None:
        self.client = httpx.AsyncClient(transport=self.transport, base_url=self.base_url, timeout=30.0)

    async def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = "", what: str = ""
    ) -> Reply:  # what: the name under which its time is kept
        """Send, and send again while the site is away, broken or busy; the key makes the second time harmless."""
        gives_up, attempt = time.monotonic() + PATIENCE_SECONDS, 0
        while True:
            response = await self._try(method, path, body, key=key, what=what)
            if response is not None and response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                return Reply(response.status_code, _json(response))
            if time.monotonic() > gives_up:
                raise SiteGone(f"{method} {path}: no answer for {PATIENCE_SECONDS:.0f} seconds")
            pause = PAUSES[min(attempt, len(PAUSES) - 1)]
            if response is not None:
                reply = Reply(response.status_code, _json(response))
                if not response.headers.get("Retry-After"):
                    return reply  # not too fast but too much: waiting would not help
                self.tally.throttled += 1
                pause = min(float(response.headers["Retry-After"]) + pause, LONGEST_PAUSE)
            attempt += 1
            await asyncio.sleep(pause)

    async def _try(
        self, method: str, path: str, body: Mapping[str, Any] | None, *, key: str, what: str
    ) -> httpx.Response | None:  # None when it should be sent again
        headers = {"Idempotency-Key": key} if key else {}
        if token := self.client.cookies.get("csrftoken"):
            headers |= {"X-CSRFToken": token, "Referer": self.base_url}
        started = time.monotonic()
        try:
            response = await self.client.request(method, path, json=body, headers=headers)
        except httpx.TransportError:
            self.tally.retries += 1
            return None
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.tally.errors[Reply(response.status_code, _json(response)).code] += 1
            return None
        if what:
            self.tally.seconds[what].append(time.monotonic() - started)
        return response

    async def sign_in(self) -> None:
        """Sign up, or in where this person has been before; then languages, name and terms. NotLetIn if refused."""
        await self.call("GET", f"{ACCOUNTS}/config")
        account = {"email": self.person.email, "password": self.person.password}
        made = await self.call("POST", f"{ACCOUNTS}/auth/signup", account)
        if not made.ok:
            known = await self.call("POST", f"{ACCOUNTS}/auth/login", account)
            if not known.ok:
                raise NotLetIn(f"{self.person.email} can neither sign up ({made.body}) nor in ({known.body})")
        languages = list(self.person.languages)
        profile = {"display_name": self.person.name, "languages": languages, "writing_languages": languages}
        self._insist(await self.call("PATCH", f"{API}/me", profile))
        terms = self._insist(await self.call("GET", f"{API}/terms"))
        self._insist(await self.call("POST", f"{API}/me/consents", {"version": terms["version"], "given": True}))
        self.signed_in = True
        self.tally.people += 1

    def _insist(self, reply: Reply) -> Any:
        if not reply.ok:
            raise NotLetIn(f"{self.person.email} was refused: {reply.status} {reply.body}")
        return reply.body


def _json(response: httpx.Response) -> Any:
    """The body of an answer; what is no JSON is kept as a piece of text."""
    try:
        return response.json() if response.content else {}
    except ValueError:
        return response.text[:200]
