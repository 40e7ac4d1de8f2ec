"""How the rules of growth are changed: by a new version, never in place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.accounts.rules import clean_language
from oa.core.errors import Conflict, Forbidden, Invalid
from oa.core.verbs import verb
from oa.trees.models import PolicyVersion
from oa.trees.rules import Policy


@verb
def change_policy(*, lang: str, values: Mapping[str, object], note: str, by: User, now: datetime) -> PolicyVersion:
    """Put a new version of the policy in force for a language (empty: all without one of their own).

    `values` names what changes; everything else stays as it is in force for that language now. Trees
    under way keep the version they started with. Invalid for unknown fields, values of the wrong kind or
    out of range, a missing note; Forbidden to all but administrators; Conflict when nothing would change.
    """
    if not (by.is_active and by.is_admin):
        raise Forbidden("admins_only", _("Only administrators change the policy."))
    if not note.strip():
        raise Invalid("note_missing", _("Please say why the policy is changed."))
    lang = clean_language(lang) if lang else ""
    before = _held(lang)
    after = Policy.of({**before.policy.as_values(), **values})
    if before.lang == lang and after == before.policy:
        raise Conflict("nothing_changed", _("This is the policy in force already."))
    return PolicyVersion.objects.create(lang=lang, values=after.as_values(), note=note.strip(), by=by, at=now)


def _held(lang: str) -> PolicyVersion:
    """The version in force. Two administrators at once take turns, or the second would undo the first."""
    PolicyVersion.objects.in_force("")
    PolicyVersion.objects.order_by("id").select_for_update(no_key=True).first()
    return PolicyVersion.objects.in_force(lang)
