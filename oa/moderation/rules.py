"""What moderators may decide. No database in here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verb(TextChoices):
    """What was decided."""

    DELETE = "delete", _("delete a message with its replies")
    RESTORE = "restore", _("restore a message")
    EDIT = "edit", _("change a text")
    HALT = "halt", _("halt a tree")
    RESUME = "resume", _("resume a tree")
    DISABLE = "disable", _("disable a person")
    ENABLE = "enable", _("enable a person")
    SET_ROLE = "set_role", _("change a role")
    TAKE_OVER = "take_over", _("take over an archived tree")
