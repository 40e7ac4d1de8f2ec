"""What moderators may decide. No database in here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.core.limits import Limit

# How often somebody may give a wrong password before they close their account.
PASSWORD_GUESSES = Limit("password_guesses", 5, 900)


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
    DISMISS = "dismiss", _("close a report without doing anything")


class ReportReason(TextChoices):
    """Why somebody thinks that a moderator should look at a message."""

    SPAM = "spam", _("spam")
    HATE = "hate", _("hatred of people")
    PERSONAL_DATA = "personal_data", _("somebody's personal data")
    SEXUAL = "sexual", _("sexual content")
    VIOLENCE = "violence", _("violence")
    WRONG_LANGUAGE = "wrong_language", _("wrong language")
    OTHER = "other", _("something else")
