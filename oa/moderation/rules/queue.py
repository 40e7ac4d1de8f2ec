"""What needs a person, and how badly. No database in here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Subject(TextChoices):
    """What a case is about."""

    MESSAGE = "message", _("a message")
    PERSON = "person", _("a person")
    APPEAL = "appeal", _("an appeal")
    PURGE = "purge", _("a wish to erase for good")


class Cause(TextChoices):
    """Why something needs a moderator. The worst first."""

    APPEAL = "appeal", _("its author asks for a second look")
    PURGE = "purge", _("a moderator wants it erased for good, which takes two")
    REPORT = "report", _("somebody reported it")
    WITHHELD = "withheld", _("it is kept back until somebody looks")
    PERSONAL_DATA = "personal_data", _("personal data was found in it")
    RED_FLAGS = "red_flags", _("people raised red flags")
    PEOPLE_HIGH = "people_high", _("reviewers find it bad")
    TOXIC = "toxic", _("the machine finds it toxic")
    SUSPICIOUS = "suspicious", _("much of what this account does goes wrong")
    SKIPS = "skips", _("too many people skip it")
    REJECTED_ANSWERED = "rejected_answered", _("it was rejected, and people have answered it")
    SPLIT = "split", _("reviewers are split")
