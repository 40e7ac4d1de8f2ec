"""The list of texts that wait for an opinion: claim some, then for each say that it is done or give it back.

Whoever is killed in between says nothing; what they had comes due again when the lease is over, one text at a time,
so that one that kills its worker doesn't take its neighbours with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection
from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Missing
from oa.core.verbs import verb
from oa.screening.models import Due
from oa.screening.rules import LEASE, MOST_TRIES, Check, Waiting, in_short, is_hopeless, wait_after

log = structlog.get_logger("oa.screening")

# Longer texts count as this long: no opinion reads further.
READ_AT_MOST = 2_500

# New texts, the newest first: their authors are still looking. Rows that others hold are passed by. The version is that
# of the text we read: an edit may commit between reading it and locking the row.
_CLAIM_NEW = """
WITH free AS (
    SELECT id, message_id FROM screening_due
    WHERE kind = %(kind)s AND tries = 0 AND NOT set_aside
    ORDER BY id DESC LIMIT %(most)s FOR UPDATE SKIP LOCKED
), measured AS (
    SELECT free.id, message.version, message.text, message.lang,
        sum(least(length(message.text), %(read)s)) OVER (ORDER BY free.id DESC) AS characters,
        row_number() OVER (ORDER BY free.id DESC) AS place
    FROM free JOIN trees_message message ON message.id = free.message_id
)
UPDATE screening_due due SET tries = 1, not_before = %(until)s
FROM measured WHERE due.id = measured.id AND (measured.characters <= %(characters)s OR measured.place = 1)
RETURNING due.message_id, measured.version, measured.text, measured.lang, due.id, due.tries
"""

# One text that was claimed before: it failed, or whoever had it was never heard of again.
_CLAIM_AGAIN = """
UPDATE screening_due due SET tries = due.tries + 1, not_before = %(until)s
FROM trees_message message
WHERE message.id = due.message_id AND due.id = (
    SELECT id FROM screening_due
    WHERE kind = %(kind)s AND tries > 0 AND NOT set_aside AND not_before <= %(now)s AND tries < %(most_tries)s
    ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING due.message_id, message.version, message.text, message.lang, due.id, due.tries
"""


@verb
def claim(
    *, kind: Check, most: int, now: datetime, characters: int = 1_000_000, lease: timedelta = LEASE
) -> list[Waiting]:
    """Texts that wait for this opinion and are nobody else's for the time of the lease, the newest first.

    At most so many, and together about so many characters, but at least one.
    """
    asked = {"kind": kind, "most": most, "read": READ_AT_MOST, "characters": characters, "until": now + lease}
    return _claimed(_CLAIM_NEW, asked)


@verb
def claim_again(*, kind: Check, now: datetime, lease: timedelta = LEASE) -> Waiting | None:
    """One text that was tried before and is due again, or None. It is to be read alone.

    Texts whose workers died over them time and again are set aside first.
    """
    lost = Due.objects.filter(kind=kind, set_aside=False, tries__gte=MOST_TRIES, not_before__lte=now)
    lost.update(set_aside=True, error="No answer: each worker that read it ended before it was done.")
    found = _claimed(_CLAIM_AGAIN, {"kind": kind, "now": now, "until": now + lease, "most_tries": MOST_TRIES})
    return found[0] if found else None


@verb
def done(items: Iterable[Waiting]) -> list[Waiting]:
    """Strike these texts off the list; returns those that were still on it, unchanged.

    Keep opinions of the returned ones only, in the same transaction: another text stands there now, or none, or
    another worker has been faster.
    """
    by_id = {item.due_id: item for item in items}
    held = Due.objects.select_for_update().filter(pk__in=by_id).order_by("pk").values_list("pk", "version")
    ours = [by_id[pk] for pk, version in held if by_id[pk].version == version]
    Due.objects.filter(pk__in=[item.due_id for item in ours]).delete()
    return ours


@verb
def give_back(item: Waiting, *, error: BaseException, now: datetime) -> bool:
    """Put a text back that failed: it rests, or it is set aside when it failed too often. Returns whether it is.

    Nothing happens if it was changed meanwhile, or another worker has it.
    """
    aside = is_hopeless(item.tries)
    Due.objects.filter(pk=item.due_id, version=item.version, tries=item.tries).update(
        error=in_short(error), not_before=now + wait_after(item.tries), set_aside=aside
    )
    return aside


@verb
def try_again(*, due_id: int, by: User, now: datetime) -> Due | None:
    """Put a text that was set aside back on the list, as if it had never been tried.

    Missing if it is not on the list at all; nothing happens, and None is returned, if it was not set aside.
    """
    row = Due.objects.filter(pk=due_id).select_related("message").first()
    if row is None:
        raise Missing("no_such_text", _("This text waits for nothing any more."))
    if not Due.objects.aside().filter(pk=due_id).update(set_aside=False, tries=0, error="", not_before=now):
        return None
    log.info("a text is tried again", message=str(row.message_id), kind=row.kind, by=str(by.pk))
    return row


@verb
def try_all_again(*, kind: Check, now: datetime) -> int:
    """Put everything that was set aside back on the list, as after a machine that failed on all texts; how many."""
    return Due.objects.aside().filter(kind=kind).update(set_aside=False, tries=0, error="", not_before=now)


def _claimed(statement: str, asked: dict[str, Any]) -> list[Waiting]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found = [Waiting(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda item: -item.due_id)
