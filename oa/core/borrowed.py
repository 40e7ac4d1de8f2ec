"""Sentences of the REST framework that it does not say in every language of ours: translated with our own.

Nobody imports this; `make words` reads it, and our translations are looked up before the framework's.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = (
    _("Not a valid string."),
    _("Must be a valid UUID."),
    _("Must be a valid boolean."),
    _("Ensure this field has at least {min_length} elements."),
    _("Ensure this field has no more than {max_length} elements."),
    _("This dictionary may not be empty."),
    _('Invalid datetime for the timezone "{timezone}".'),
    _("Datetime value out of range."),
)
