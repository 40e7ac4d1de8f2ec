"""Many decisions at once. No database in here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BatchVerb(TextChoices):
    """What can be decided about many messages at once."""

    DELETE = "delete", _("delete")
    RESTORE = "restore", _("restore")
    SPAM = "spam", _("mark as spam")
    HALT = "halt", _("halt their trees")
    RESUME = "resume", _("resume their trees")
    MOVE = "move", _("move to another language")
    DISMISS = "dismiss", _("leave as they are")


class BatchState(TextChoices):
    """How far a batch is."""

    DRAFT = "draft", _("shown, not yet begun")
    RUNNING = "running", _("at work")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class ItemState(TextChoices):
    """What became of one message of a batch."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    UNDONE = "undone", _("undone")
    STANDS = "stands", _("could not be undone")
