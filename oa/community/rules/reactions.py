"""Which reactions there are, and which exclude each other. No database in here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Emoji(TextChoices):
    """The reactions, under the codes that the original publishes. Codes that begin with `_` are counts of skips."""

    UP = "+1", _("thumbs up")
    DOWN = "-1", _("thumbs down")
    RED_FLAG = "red_flag", _("flag")
    HUNDRED = "100", _("a hundred points")
    ROFL = "rofl", _("rolling on the floor")
    CLAP = "clap", _("applause")
    DIAMOND = "diamond", _("a gem")
    HEART_EYES = "heart_eyes", _("love it")
    DISAPPOINTED = "disappointed", _("disappointed")
    POOP = "poop", _("rubbish")
    SKULL = "skull", _("dead")


VOTES = frozenset({Emoji.UP, Emoji.DOWN})
_OPPOSITE = {Emoji.UP: Emoji.DOWN, Emoji.DOWN: Emoji.UP}


def opposite(emoji: Emoji) -> Emoji | None:
    """What it takes the place of: one is for a message or against it."""
    return _OPPOSITE.get(emoji)
