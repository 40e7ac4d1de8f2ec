"""Reports: people make them, moderators close them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden, Gone, Missing
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, refuse_others
from oa.moderation.actions.facts import changes, facts_of
from oa.moderation.actions.messages import anywhere
from oa.moderation.models import Decision, Report
from oa.moderation.rules import ReportReason, Verb


@verb
def report(*, message_id: UUID, reason: ReportReason, note: str, by: User, now: datetime) -> tuple[Report, bool]:
    """Ask moderators to look at a message, and whether this is new: reporting again replaces what one said before."""
    # With the tree held, as for all that is decided: what goes at this moment keeps neither an open report nor a note.
    _tree, message = anywhere(message_id)
    if message.deleted:
        raise Gone("message_is_gone", _("This message was removed already."))
    if message.author_id == by.pk:
        raise Forbidden("own_message", _("This is your own message."), remedy=_("Ask a moderator to remove it."))
    said = {"reason": reason, "note": note, "at": now, "handled_at": None}
    return Report.objects.update_or_create(message=message, by=by, defaults=said)


@verb
def dismiss_report(*, report_id: UUID, why: str, reason: str = "", by: User, now: datetime) -> Decision:
    """Close a report: nothing needs to be done."""
    refuse_others(by)
    about = Report.objects.filter(pk=report_id).values_list("message_id", flat=True).first()
    if about is None:
        raise Missing("no_such_report", _("There is no such report."))
    tree, message = anywhere(about)
    found = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if found.handled_at is not None:
        raise Conflict("already_closed", _("This report is closed already."))
    was = facts_of(tree.pk)
    found.handled_at = now
    found.save(update_fields=["handled_at"])
    return decided(
        verb=Verb.DISMISS, by=by, why=why, reason=reason, now=now, message=message, tree=tree,
        details={"report": str(found.pk), "reason": found.reason}, **changes(was, tree),
    )  # fmt: skip
