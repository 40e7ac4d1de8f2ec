"""What the forms of imported files are called."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Foreign(TextChoices):
    """A form, or that the content tells it."""

    AUTO = "auto", _("told by the content")
    OASST = "oasst", _("trees or messages of oasst")
    ALPACA = "alpaca", _("instructions (Alpaca, Self-Instruct, BELLE)")
    SHAREGPT = "sharegpt", _("conversations (ShareGPT, Vicuna)")
    OPENAI = "openai", _("messages with roles (OpenAI)")
    PROMPTS = "prompts", _("prompts in JSON")
    LINES = "lines", _("prompts, one a line")
    BLOCKS = "blocks", _("prompts with blank lines between them")
    CSV = "csv", _("prompts in a table (CSV)")


# Forms that are read as plain text, not as JSON.
PLAIN = frozenset({Foreign.LINES, Foreign.BLOCKS, Foreign.CSV})
