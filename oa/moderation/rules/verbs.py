"""What moderators may decide, and for which reasons. No database in here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from oa.core.limits import Limit

# How often somebody may give a wrong password before they close their account.
PASSWORD_GUESSES = Limit("password_guesses", 5, 900)


# For so many days a decision can be undone and appealed against.
UNDO_DAYS = 30


class Verb(TextChoices):
    """What was decided."""

    DELETE = "delete", _("delete a message with its replies")
    RESTORE = "restore", _("restore a message")
    EDIT = "edit", _("change a text")
    SPAM = "spam", _("mark a message as spam")
    MOVE = "move", _("move a tree to another language")
    HALT = "halt", _("halt a tree")
    RESUME = "resume", _("resume a tree")
    STOP = "stop", _("stop a tree by an automatic rule")
    TAKE_OVER = "take_over", _("take over an archived tree")
    DISMISS = "dismiss", _("leave a message as it is")
    LOOK = "look", _("look at a message and leave it as it is")
    UNLOOK = "unlook", _("take a look back")
    WITHHOLD = "withhold", _("keep a message from people until a moderator has looked")
    WARN = "warn", _("warn a person")
    MUTE = "mute", _("mute a person")
    UNMUTE = "unmute", _("let a muted person write again")
    BAN = "ban", _("shut a person out")
    UNBAN = "unban", _("let a person in again")
    WATCH = "watch", _("have a person's work checked twice")
    UNWATCH = "unwatch", _("stop checking a person's work twice")
    SET_ROLE = "set_role", _("change a role")
    NOTE = "note", _("write a note about a person")
    UNNOTE = "unnote", _("take a note about a person away")
    CLEAR = "clear", _("find nothing wrong with a person")
    ASK_PURGE = "ask_purge", _("ask to erase something for good")
    CALL_OFF_PURGE = "call_off_purge", _("call off an erasure")
    PURGE = "purge", _("erase something for good")
    UPHOLD = "uphold", _("uphold a decision after an appeal")
    GRANT = "grant", _("grant an appeal")
    BATCH = "batch", _("decide about many messages at once")
    UNDO_BATCH = "undo_batch", _("undo a decision about many messages")
    UNDO = "undo", _("undo a decision")
    POLICY = "policy", _("change the policy")
    TERMS = "terms", _("publish terms of use")
    RETRY = "retry", _("have a machine try a text again")
    ADMIN = "admin", _("change something in the administration pages")
    EXPORT = "export", _("download the log")
    RELEASE = "release", _("publish a data set")
    RECALL = "recall", _("recall a data set")
    IMPORT = "import", _("import a file")
    EXPORT_DATA = "export_data", _("download data")


# What changed something that can be given back as it was.
UNDOABLE_VERBS = frozenset({
    Verb.DELETE, Verb.RESTORE, Verb.EDIT, Verb.SPAM, Verb.MOVE, Verb.HALT, Verb.RESUME, Verb.STOP, Verb.DISMISS,
    Verb.LOOK, Verb.UNLOOK, Verb.WITHHOLD, Verb.WARN, Verb.MUTE, Verb.UNMUTE, Verb.BAN, Verb.UNBAN, Verb.WATCH,
    Verb.UNWATCH, Verb.SET_ROLE,
})  # fmt: skip


class Reason(TextChoices):
    """Why something was decided, as the person it is about is told in their language."""

    SPAM = "spam", _("advertising or nonsense")
    HATE = "hate", _("hatred of people")
    HARASSMENT = "harassment", _("attacks on a person")
    PERSONAL_DATA = "personal_data", _("somebody's personal data")
    SEXUAL = "sexual", _("sexual content")
    VIOLENCE = "violence", _("violence")
    ILLEGAL = "illegal", _("something illegal")
    WRONG_LANGUAGE = "wrong_language", _("wrong language")
    DUPLICATE = "duplicate", _("the same as another message")
    MACHINE_WRITTEN = "machine_written", _("written by a machine")
    LOW_QUALITY = "low_quality", _("not a serious attempt")
    CARELESS = "careless", _("judging without reading")
    EVASION = "evasion", _("getting around an earlier decision")
    HARMLESS = "harmless", _("nothing wrong with it")
    MISTAKE = "mistake", _("an earlier decision was a mistake")
    OTHER = "other", _("another reason")


class AppealOutcome(TextChoices):
    """What became of an appeal."""

    UPHELD = "upheld", _("the decision stands")
    GRANTED = "granted", _("the decision is undone")


class ReportReason(TextChoices):
    """Why somebody thinks that a moderator should look at a message."""

    SPAM = "spam", _("spam")
    HATE = "hate", _("hatred of people")
    PERSONAL_DATA = "personal_data", _("somebody's personal data")
    SEXUAL = "sexual", _("sexual content")
    VIOLENCE = "violence", _("violence")
    WRONG_LANGUAGE = "wrong_language", _("wrong language")
    OTHER = "other", _("something else")
