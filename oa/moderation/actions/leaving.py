"""Closing one's own account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts import actions as accounts
from oa.accounts import rules as who
from oa.accounts.models import User
from oa.community import actions as community
from oa.core.errors import Conflict, Forbidden
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, place
from oa.moderation.models import Report
from oa.moderation.rules import Verb
from oa.tasks import actions as tasks
from oa.trees import actions as trees


@verb
def leave(*, password: str, erases_texts: bool, by: User, now: datetime) -> None:
    """Close one's own account for good. Texts that are to go are deleted by a job: there may be thousands.

    Forbidden for the wrong password; Conflict for the only administrator.
    """
    if not by.check_password(password):
        raise Forbidden("wrong_password", _("This is not your password."))
    tasks.release_all(person=by, now=now)
    tasks.forget_drafts(person=by)
    if by.is_admin:
        _refuse_the_last_administrator(by)
    accounts.close_account(person=User.objects.hold(by.pk), erases_texts=erases_texts, now=now)
    community.forget(person=by)


def _refuse_the_last_administrator(by: User) -> None:
    """Held while one is counted, two who leave at the same moment don't count on each other."""
    administrators = User.objects.enabled().filter(role=who.Role.ADMIN).order_by("id")
    held = administrators.select_for_update(of=("self",), no_key=True).values_list("id", flat=True)
    if set(held) <= {by.pk}:
        raise Conflict(
            "only_administrator",
            _("You are the only administrator."),
            remedy=_("Make somebody else one first."),
        )


@verb
def erase_text(*, message_id: UUID, now: datetime) -> bool:
    """Delete a message whose author has left and wanted it gone, unless somebody has replied to it."""
    tree, message = place(message_id)
    author = message.author
    if author is None or not author.erases_texts or message.deleted or message.children_count:
        return False
    gone = trees.delete_message(tree=tree, message=message)
    tasks.settle(tree, now=now)
    Report.objects.filter(message__in=gone, handled_at=None).update(handled_at=now)
    decided(
        verb=Verb.DELETE, by=None, why=_("Its author has left and took it along."), now=now, message=message, tree=tree,
        details={"messages": [str(pk) for pk in gone]},
    )  # fmt: skip
    return True
