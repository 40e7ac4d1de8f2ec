"""Imports as rows: ordered by administrators, worked on by workers, watched and stopped from the panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.accounts.rules import Role, at_least
from oa.core.errors import Conflict, Forbidden, Missing
from oa.core.verbs import verb
from oa.datasets.actions.importing import Report, Tell, import_file
from oa.datasets.actions.planting import Refused, Repaired
from oa.datasets.models import ImportProblem, ImportRun
from oa.datasets.rules.foreign import Foreign
from oa.datasets.rules.states import ImportState, Into
from oa.datasets.rules.told import told_of
from oa.datasets.rules.wishes import Wish
from oa.moderation.actions.deciding import decided
from oa.moderation.rules import Verb

# Renewed with every batch. Whoever is silent for longer is taken for dead, and another worker goes on.
LEASE = timedelta(seconds=60)
# How often, at most, it is written down how far an import is.
PULSE = timedelta(seconds=1)
# Files nobody needs any more: those of imports that ended, and what is left of uploads that broke off.
KEPT = timedelta(days=7)
# What is kept of an error: enough to see what it is.
MOST_WORDS = 2000
Clock = Callable[[], datetime]


class Interrupted(Exception):
    """An import that somebody stopped, or that another worker has taken."""


# --- ordering ---------------------------------------------------------------------------------------------------------


@verb
def order_import(*, upload: Path, name: str, sha256: str, wish: Wish, by: User, now: datetime) -> ImportRun:
    """Write an import down for the workers. The file is moved to where they find it."""
    refuse_others(by)
    run = _row(wish, name=name, by=by, now=now)
    run.path, run.sha256, run.bytes = str(run.pk), sha256, upload.stat().st_size
    run.save()
    _note_order(run, by=by, now=now)
    upload.replace(file_of(run))
    return run


@verb
def run_import(*, run_id: UUID, by: User, now: datetime) -> ImportRun:
    """Do for real what was only tried, or go on with what was stopped or failed: what is here is left as it is."""
    refuse_others(by)
    run = _held(run_id)
    if run.state in (ImportState.WAITING, ImportState.RUNNING):
        raise Conflict("import_at_work", _("This import is under way."), remedy=_("Stop it, or wait for its end."))
    if run.state == ImportState.DONE and not run.dry_run:
        raise Conflict("import_done", _("This import is done."))
    if not run.path or not file_of(run).exists():
        raise Conflict("file_gone", _("The file is not here any more."), remedy=_("Upload it again."))
    run.dry_run, run.report, run.error, run.done_bytes = False, {}, "", 0
    run.state, run.began_at, run.ended_at, run.claimed_until = ImportState.WAITING, None, None, None
    run.save()
    run.problems.all().delete()
    _note_order(run, by=by, now=now)
    return run


@verb
def stop_import(*, run_id: UUID, by: User, now: datetime) -> ImportRun:
    """End an import before its end. What it has brought so far stays."""
    refuse_others(by)
    run = _held(run_id)
    if run.state not in (ImportState.WAITING, ImportState.RUNNING):
        raise Conflict("import_ended", _("This import has ended already."))
    run.state, run.ended_at, run.claimed_until = ImportState.STOPPED, now, None
    run.save(update_fields=["state", "ended_at", "claimed_until"])
    return run


def refuse_others(by: User) -> None:
    """Only enabled administrators import."""
    if not (by.is_active and at_least(by.role, Role.ADMIN)):
        raise Forbidden("admins_only", _("Only administrators may do this."))


def file_of(run: ImportRun) -> Path:
    """Where the file of an uploaded import lies."""
    return Path(settings.OA_UPLOADS_DIR) / run.path


def _row(wish: Wish, *, name: str, by: User | None, now: datetime) -> ImportRun:
    return ImportRun(
        name=name[:200], form=wish.form, into=wish.into, origin=wish.origin, licence=wish.licence,
        model_name=wish.model_name, lang=wish.lang, dry_run=wish.dry_run, options=wish.options, by=by, at=now,
    )  # fmt: skip


def _held(run_id: UUID) -> ImportRun:
    found = ImportRun.objects.filter(pk=run_id).select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise Missing("no_such_import", _("There is no such import."))
    return found


def _note_order(run: ImportRun, *, by: User, now: datetime) -> None:
    if not run.dry_run:
        asked = {"import": str(run.pk), "file": run.name, "sha256": run.sha256, "into": run.into}
        decided(verb=Verb.IMPORT, by=by, now=now, details={**asked, "origin": run.origin, "licence": run.licence})


def wish_of(run: ImportRun) -> Wish:
    """What was asked for when it was ordered."""
    return Wish(
        into=Into(run.into), origin=run.origin, licence=run.licence, model_name=run.model_name, lang=run.lang,
        dry_run=run.dry_run, form=Foreign(run.form), **run.options,
    )  # fmt: skip


# --- working ----------------------------------------------------------------------------------------------------------


def import_here(path: Path, wish: Wish, *, clock: Clock, tell: Tell | None = None, by: User | None = None) -> Report:
    """Import a file that lies on this machine, as a command does; which trees it brought is written down.

    OSError when it can't be opened: then nothing is.
    """
    now = clock()
    if wish.dry_run:
        return import_file(path, wish, now=now, tell=tell, by=by)
    run = _row(wish, name=path.name, by=by, now=now)
    run.state, run.began_at, run.claimed_until = ImportState.RUNNING, now, now + LEASE
    run.bytes = path.stat().st_size
    run.save(force_insert=True)
    report = None
    with _heart(run, clock, tell=tell) as heart:
        try:
            report = import_file(path, wish, now=now, tell=heart.beat, by=by, run=run)
        finally:
            if report is None:
                heart.end(ImportState.FAILED, error="It broke off.")
        heart.end(ImportState.DONE, report)
    return report


def work_on_imports(*, clock: Clock) -> int:
    """Do what waits, one import after the other; returns how many were worked on."""
    _bury_the_dead(now=clock())
    number = 0
    while (run := claim_import(now=clock())) is not None:
        number += 1
        _work_on(run, clock=clock)
    return number


@verb
def claim_import(*, now: datetime) -> ImportRun | None:
    """An import that waits, or whose worker is dead; it is ours for the time of the lease."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    run = ImportRun.objects.at_work().filter(free).select_for_update(skip_locked=True, no_key=True).first()
    if run is None:
        return None
    run.state, run.claimed_until = ImportState.RUNNING, now + LEASE
    run.began_at = run.began_at or now
    run.save(update_fields=["state", "claimed_until", "began_at"])
    return run


def _bury_the_dead(*, now: datetime) -> None:
    """A terminal's imports are nobody else's: one that is silent has ended."""
    silent = ImportRun.objects.filter(path="", state=ImportState.RUNNING, claimed_until__lt=now)
    silent.update(state=ImportState.FAILED, ended_at=now, error="It broke off. Import the file again to go on.")


def _work_on(run: ImportRun, *, clock: Clock) -> None:
    with _heart(run, clock) as heart:
        try:
            report = import_file(file_of(run), wish_of(run), now=clock(), tell=heart.beat, by=run.by, run=run)
        except Interrupted:
            return
        except OSError as error:
            heart.end(ImportState.FAILED, error=str(error.strerror or error))
            return
        except OperationalError:
            raise  # the database was away: the lease runs out, and another worker goes on
        except Exception as error:  # it would come again with every worker
            heart.end(ImportState.FAILED, error=f"{type(error).__name__}: {error}"[:MOST_WORDS])
            raise
        ended = heart.end(ImportState.DONE, report)
    if ended and not run.dry_run and report.messages:
        done = {"import": str(run.pk), "file": run.name, "trees": sum(report.trees.values())}
        decided(verb=Verb.IMPORT, by=None, now=clock(), details={**done, "messages": report.messages})


@contextmanager
def _heart(run: ImportRun, clock: Clock, *, tell: Tell | None = None) -> Iterator[_Heart]:
    """A dry run is one transaction, of which nobody sees anything: its heart beats through a connection of its own."""
    with other_connection() if run.dry_run else nullcontext(connection) as where:
        yield _Heart(run, where, clock, tell)


@contextmanager
def other_connection() -> Iterator[Any]:
    """One that is in no transaction of ours."""
    with closing(connections.create_connection(DEFAULT_DB_ALIAS)) as other:
        yield other


_BEAT = """
    UPDATE datasets_importrun SET done_bytes = %s, report = %s, claimed_until = %s
    WHERE id = %s AND state = 'running' AND claimed_until = %s
"""


class _Heart:
    """Writes down how far an import is, and hears when it is to stop."""

    def __init__(self, run: ImportRun, where: Any, clock: Clock, tell: Tell | None) -> None:
        self._run, self._where, self._clock, self._tell = run, where, clock, tell
        self._last = clock()
        self._problems: set[int] = set()

    def beat(self, report: Report) -> None:
        """Interrupted when the import was stopped, or is somebody else's."""
        if self._tell is not None:
            self._tell(report)
        now = self._clock()
        if now - self._last < PULSE:
            return
        self._last = now
        with self._where.cursor() as cursor:
            told = orjson.dumps(told_of(report)).decode()
            asked = (report.done_bytes, told, now + LEASE, self._run.pk, self._run.claimed_until)
            cursor.execute(_BEAT, asked)
            if cursor.rowcount == 0:
                raise Interrupted
        self._run.claimed_until = now + LEASE

    def end(self, state: ImportState, report: Report | None = None, *, error: str = "") -> bool:
        """Write the end down, if it is still ours to end."""
        now = self._clock()
        with transaction.atomic():
            ours = ImportRun.objects.filter(
                pk=self._run.pk, state=ImportState.RUNNING, claimed_until=self._run.claimed_until
            )
            told = {"report": told_of(report), "done_bytes": report.done_bytes} if report else {}
            if not ours.update(state=state, ended_at=now, claimed_until=None, error=error, **told):
                return False
            if report is not None:
                found: list[Refused | Repaired] = [*report.refused, *report.repaired]
                found.sort(key=lambda one: one.line)
                ImportProblem.objects.bulk_create(
                    (ImportProblem(run=self._run, line=one.line, code=one.code, words=one.words) for one in found),
                    batch_size=1000,
                )
        return True


def drop_old_uploads(*, now: datetime) -> int:
    """Delete files that nobody needs any more; returns how many."""
    folder = Path(settings.OA_UPLOADS_DIR)
    if not folder.exists():
        return 0
    open_ones = ImportRun.objects.filter(Q(ended_at=None) | Q(ended_at__gt=now - KEPT)).exclude(path="")
    needed = set(open_ones.values_list("path", flat=True))
    old = (now - KEPT).timestamp()
    dropped = [
        path for path in folder.iterdir() if path.is_file() and path.name not in needed and path.stat().st_mtime < old
    ]
    for path in dropped:
        path.unlink(missing_ok=True)
    return len(dropped)
