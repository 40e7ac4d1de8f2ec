"""How a worker keeps a release in hand: a lease that a thread beside it renews, with how far the work is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Q

from oa.datasets.models import Release
from oa.datasets.rules.states import RELEASES_AT_WORK, ReleaseState

# So long after a worker was last heard of, another goes on.
LEASE = timedelta(seconds=30)
BEAT_SECONDS = 1.0


class Stopped(Exception):
    """Somebody has cancelled what we are at, or another worker has it in hand."""


class Keeper:
    """Says that a worker is alive, what it does and how far it is; and hears that it is not wanted any more.

    In a thread with a connection of its own: the worker may be in one long statement, or read of a moment that is past.
    """

    def __init__(self, release: Release, clock: Callable[[], datetime]) -> None:
        assert release.claimed_until is not None
        self._pk: UUID = release.pk
        self._until = release.claimed_until
        self._clock = clock
        self._said = (release.phase, release.done, release.total)
        self._lock = threading.Lock()
        self._lost = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="keeps-a-release", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def say(self, phase: str, done: int = 0, total: int = 0) -> None:
        """What is done now. Kept with the next beat; Stopped as `check` does."""
        self._said = (phase, done, total)
        self.check()

    def check(self) -> None:
        """Stopped, if nobody wants this any more."""
        if self._lost.is_set():
            raise Stopped

    @contextmanager
    def holding(self) -> Iterator[Release]:
        """A transaction in which the release is ours for certain; Stopped if it is not any more."""
        with transaction.atomic():
            with self._lock:  # a beat that is just renewing it knows another end of the lease than we do
                held = Release.objects.select_for_update(of=("self",), no_key=True).filter(pk=self._pk)
                found = held.filter(claimed_until=self._until, state__in=RELEASES_AT_WORK).first()
            if found is None:
                self._lost.set()
                raise Stopped
            yield found

    def _beat(self) -> None:
        try:
            while not self._over.wait(BEAT_SECONDS):
                with self._lock:
                    self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        phase, done, total = self._said
        until = self._clock() + LEASE
        ours = Release.objects.filter(pk=self._pk, claimed_until=self._until, state__in=RELEASES_AT_WORK)
        try:
            kept = ours.update(claimed_until=until, phase=phase, done=done, total=total)
        except OperationalError:
            connection.close()  # the next beat tries again; the lease is longer than a short fault
            return
        if kept:
            self._until = until
        else:
            self._lost.set()


def claim(*, now: datetime) -> Release | None:
    """The first release at work that no worker has in hand, now in ours; None if there is none."""
    with transaction.atomic():
        free = Release.objects.at_work().filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
        release = free.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
        if release is None:
            return None
        release.claimed_until = now + LEASE
        release.save(update_fields=["claimed_until"])
        return release


def let_go(release: Release) -> None:
    """Another worker may go on at once."""
    Release.objects.filter(pk=release.pk, state__in=RELEASES_AT_WORK).update(claimed_until=None)


def was_cancelled(release: Release) -> bool:
    return Release.objects.filter(pk=release.pk, state=ReleaseState.CANCELLED).exists()
