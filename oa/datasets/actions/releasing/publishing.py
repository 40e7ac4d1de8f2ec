"""Publishing what is ready, and recalling what should never have been published."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Invalid
from oa.core.verbs import verb
from oa.datasets.actions.releasing.asking import asked_anew
from oa.datasets.actions.releasing.folders import drop_files, drop_stage
from oa.datasets.actions.releasing.moving import held, move, refuse_all_but_admins
from oa.datasets.models import Release
from oa.datasets.rules.releases import all_passed, with_new
from oa.datasets.rules.states import ReleaseState
from oa.moderation.actions.deciding import decided
from oa.moderation.rules import Verb

# How long a publication waits for people who are about to change what is in it.
PATIENCE_SECONDS = 3.0
PAUSE_SECONDS = 0.02


@verb
def publish(*, name: str, by: User | None, now: datetime) -> Release:
    """Let everybody have a release; from then on it is never changed.

    Who withdrew something in the meantime is heard: then it comes back `refused`, with what was found, and has to be
    made anew. Conflict `not_ready`, `checks_failed`, `site_is_busy`.
    """
    refuse_all_but_admins(by)
    release = held(name)
    if release.state != ReleaseState.READY:
        raise Conflict(
            "not_ready", _("Only what is built and checked can be published."), state=release.state
        )  # fmt: skip
    if not all_passed(release.checks):
        raise Conflict("checks_failed", _("Not all checks have passed."))
    _hold_all(release)
    findings = asked_anew(release, now=now)
    release.checks = with_new(release.checks, findings)
    if not all_passed(release.checks):
        move(release, ReleaseState.REFUSED, checks=release.checks)
        return release
    move(release, ReleaseState.PUBLISHED, published_by=by, published_at=now, phase="")
    decided(verb=Verb.RELEASE, by=by, now=now, details={"release": release.name, "numbers": release.numbers})
    transaction.on_commit(lambda: drop_stage(release))
    return release


@verb
def recall(*, name: str, why: str, by: User | None, now: datetime) -> Release:
    """Take a published release away: its files are gone, its page says why. Invalid `why_missing`."""
    refuse_all_but_admins(by)
    if not why.strip():
        raise Invalid("why_missing", _("Say why: it stands on its page for good."), field="why")
    release = held(name)
    if release.state != ReleaseState.PUBLISHED:
        raise Conflict("not_published", _("Only what is published can be recalled."), state=release.state)
    move(release, ReleaseState.RECALLED, recalled_at=now, recalled_why=why.strip())
    decided(verb=Verb.RECALL, by=by, now=now, why=why.strip(), details={"release": release.name})
    transaction.on_commit(lambda: drop_files(release))
    return release


# Whoever withdraws, deletes or keeps back a message holds its tree, and whoever withdraws everything their own row:
# while we have all of these nobody can. People first: who holds their own row may wait for a tree.
_PEOPLE = """
SELECT u.id FROM accounts_user u
WHERE u.id = ANY(%s) ORDER BY u.id FOR SHARE OF u SKIP LOCKED
"""
_TREES = """
SELECT t.id FROM trees_tree t
WHERE t.id = ANY(%s) ORDER BY t.id FOR NO KEY UPDATE OF t SKIP LOCKED
"""
_WHOSE = """
SELECT array_agg(DISTINCT m.author_id) FILTER (WHERE m.author_id IS NOT NULL), array_agg(DISTINCT m.tree_id)
FROM datasets_releasemember r JOIN trees_message m ON m.id = r.message_id WHERE r.release_id = %s
"""


def _hold_all(release: Release) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WHOSE, [release.pk])
        people, trees = cursor.fetchone()
    end = time.monotonic() + PATIENCE_SECONDS
    for statement, ids in ((_PEOPLE, people), (_TREES, trees)):
        _hold(statement, ids or [], end=end)


def _hold(statement: str, ids: Sequence[object], *, end: float) -> None:
    """All rows, without ever standing in a queue for one: two who wait for each other would both be lost."""
    missing = set(ids)
    while missing:
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(missing)])
            missing -= {row[0] for row in cursor.fetchall()}
        if missing and time.monotonic() > end:
            raise Conflict(
                "site_is_busy", _("People are just changing what is in it."), remedy=_("Try again in a moment.")
            )
        if missing:
            time.sleep(PAUSE_SECONDS)
