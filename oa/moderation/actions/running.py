"""What is done to the site rather than to somebody or their words: terms, texts a machine failed on, the pages of
Django's administration, commands in a terminal. Each leaves its line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from oa.accounts import actions as accounts
from oa.accounts.models import Terms, User
from oa.core.admin import Written
from oa.core.errors import Forbidden
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, refuse_others
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.screening import actions as screening


@verb
def publish_terms(*, text: str, by: User | None, now: datetime) -> Terms:
    """Publish new terms of use. Only administrators do, and whoever has a terminal on the server (by None)."""
    if by is not None and not (by.is_active and by.is_admin):
        raise Forbidden("admins_only", _("Only administrators publish terms of use."))
    before = Terms.objects.current()
    made = accounts.publish_terms(text=text, now=now)
    decided(
        verb=Verb.TERMS, by=by, now=now,
        before={"terms": {"version": before.version if before else None}}, after={"terms": {"version": made.version}},
    )  # fmt: skip
    return made


@verb
def retry_set_aside(*, due_id: int, by: User, now: datetime) -> Decision | None:
    """Have a machine try a text again that it failed on; None if it was not set aside. Missing if it is not listed."""
    refuse_others(by)
    row = screening.try_again(due_id=due_id, by=by, now=now)
    if row is None:
        return None
    message = row.message
    return decided(
        verb=Verb.RETRY, by=by, now=now, message=message, tree_id=message.tree_id,
        details={"check": row.kind, "version": row.version},
    )  # fmt: skip


@verb
def note_admin_write(*, written: Written, by: User, now: datetime) -> Decision:
    """Write down what somebody added, changed or deleted in Django's administration. Names and numbers, no contents."""
    details = {"did": written.did, "model": written.model, "objects": written.objects, "fields": written.fields}
    return decided(verb=Verb.ADMIN, by=by, now=now, details=details, person=written.person)


@verb
def note_command(
    *, command: str, done: Mapping[str, object], now: datetime, person: User | None = None, verb: Verb = Verb.ADMIN
) -> Decision:
    """Write down what a command in a terminal changed. Nobody knows who typed it, so it is the system's."""
    return decided(verb=verb, by=None, now=now, person=person, details={"command": command, **done})
