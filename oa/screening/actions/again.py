"""Putting texts on the list of those that wait for scores: what the triggers of the database don't, because nothing
was written, but somebody asked or the model is another."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import F, Q, Value

from oa.core.verbs import verb
from oa.screening.actions.detoxify import languages_known
from oa.screening.models import Due, Machine
from oa.screening.rules import Again, Check
from oa.trees.models import Message, MessageQuerySet

_PUT = """
INSERT INTO screening_due (message_id, kind, version) {}
ON CONFLICT (message_id, kind) DO UPDATE
SET version = excluded.version, tries = 0, not_before = statement_timestamp(), error = '', set_aside = false
"""


@verb
def score_missing(*, archived: bool = False) -> int:
    """Put texts on the list that have no score and don't wait for one; returns how many.

    There are none, unless the model knows more languages than the last one. Archived trees only if asked for.
    """
    waiting = Due.objects.filter(kind=Check.TOXICITY).values("message_id")
    outdated = Q(toxicity_score=None) | ~Q(toxicity_score__version=F("version"))
    return _put(_texts(archived=archived).filter(outdated).exclude(pk__in=waiting))


@verb
def score_again(*, which: Again, langs: Collection[str] = (), archived: bool = False) -> int:
    """Put texts on the list that have scores; returns how many. Their scores stay until there are new ones.

    `other-model` are those that came from another model than the one that workers last said they have, imported
    ones not among them.
    """
    found = _texts(archived=archived, langs=langs).filter(toxicity_score__isnull=False)
    if which is Again.IMPORTED:
        found = found.filter(toxicity_score__imported=True)
    elif which is Again.OTHER_MODEL:
        machine = Machine.objects.filter(pk=1).first() or Machine()
        ours = Q(toxicity_score__model_name=machine.model_name, toxicity_score__model_checksum=machine.model_checksum)
        found = found.filter(~ours, toxicity_score__imported=False)
    return _put(found)


def _texts(*, archived: bool, langs: Collection[str] = ()) -> MessageQuerySet:
    """Texts in these languages, as far as the model knows them; of what was erased there are none."""
    known = Q(pk__in=[])
    for lang in sorted(languages_known()):
        known |= Q(lang=lang) | Q(lang__startswith=f"{lang}-")
    found = Message.objects.filter(known, erased=False)
    if langs:
        found = found.filter(lang__in=langs)
    return found if archived else found.filter(tree__archived=False)


def _put(messages: MessageQuerySet) -> int:
    kind = Value(Check.TOXICITY.value)
    rows = messages.order_by("pk").annotate(kind=kind).values_list("pk", "kind", "version")
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_PUT.format(sql), params)
        return int(cursor.rowcount)
