"""From what somebody asks for to the messages, within a time that no pattern can exceed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DataError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.errors import InvalidRegularExpression, ProgramLimitExceeded, QueryCanceled

from oa.core.errors import Invalid
from oa.moderation.models.clusters import alike
from oa.moderation.rules import SEARCH_SECONDS, Selection
from oa.trees.models import Message, MessageQuerySet
from oa.trees.rules import parts_of

_COLUMNS = {"person": "author_id", "lang": "lang", "role": "role", "state": "tree__state", "deleted": "deleted"}
_RESULTS = {"true": Q(review_result=True), "false": Q(review_result=False), "null": Q(review_result=None)}


def chosen_by(selection: Selection, among: MessageQuerySet | None = None) -> MessageQuerySet:
    """The messages that a selection is about, of some or of all, never those of archived trees.

    Ask for them only inside `in_time`: a pattern may take for ever. `nothing_to_search_for` for a text without words,
    `no_such_message` for being like nothing.
    """
    found = (among if among is not None else Message.objects.all()).filter(_plainly(selection), tree__archived=False)
    if selection.text:
        found = found.saying(parts_of(selection.text))
    if selection.regex:
        how = "regex" if selection.match_case else "iregex"
        found = found.filter(**{f"text__{how}": selection.regex})
    if selection.like:
        found = found.filter(pk__in=alike(selection.like))
    return found.filter(pk__in=selection.ids) if selection.ids else found


def _plainly(selection: Selection) -> Q:
    asked = {column: getattr(selection, name) for name, column in _COLUMNS.items()}
    found = Q(**{column: value for column, value in asked.items() if value is not None})
    if selection.since is not None:
        found &= Q(created_date__gte=selection.since)
    if selection.until is not None:
        found &= Q(created_date__lt=selection.until)
    return found & _RESULTS[selection.review_result] if selection.review_result else found


@contextmanager
def in_time(selection: Selection, *, seconds: float | None = None) -> Iterator[None]:
    """Whatever is read here ends after some seconds: `regex_too_slow`, or `search_too_slow` where no pattern is.

    `bad_regex` with PostgreSQL's own words for what is no regular expression.
    """
    with _said_in_words(selection), transaction.atomic():
        before = _set_timeout(f"{(seconds or SEARCH_SECONDS) * 1000:.0f}ms")
        if selection.regex:
            _refuse_bad(selection.regex)
        yield
        _set_timeout(before)  # what follows in this transaction may take its time


@contextmanager
def _said_in_words(selection: Selection) -> Iterator[None]:
    try:
        yield
    except DataError as error:
        if not isinstance(error.__cause__, InvalidRegularExpression):
            raise
        raise _bad(error.__cause__.diag.message_primary) from None
    except OperationalError as error:
        if isinstance(error.__cause__, ProgramLimitExceeded):
            raise _bad(error.__cause__.diag.message_primary) from None
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise _too_slow(selection) from None


def _set_timeout(value: str) -> str:
    """Until the end of this transaction; gives what it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), set_config('statement_timeout', %s, true)", [value]
        )
        return str(cursor.fetchone()[0])


def _refuse_bad(pattern: str) -> None:
    """Even where no message would be compared with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT '' ~ %s", [pattern])


def _bad(words: str | None) -> Invalid:
    return Invalid(
        "bad_regex", _("The database can't read this regular expression: %s.") % (words or ""),
        remedy=_("Correct it. Signs that mean themselves have a backslash before them."),
    )  # fmt: skip


def _too_slow(selection: Selection) -> Invalid:
    if selection.regex:
        return Invalid(
            "regex_too_slow", _("This regular expression takes too long."),
            remedy=_("Say more besides: a person, a language, dates, or words that stand in the text."),
        )  # fmt: skip
    return Invalid(
        "search_too_slow", _("Looking for these messages takes too long."),
        remedy=_("Say more besides: a person, a language, or dates."),
    )  # fmt: skip


def ids_of(selection: Selection, *, most: int) -> list[UUID]:
    """The newest of the chosen messages, one more than `most` where there are more."""
    with in_time(selection):
        found = chosen_by(selection).order_by("-created_date", "id")
        return list(found.values_list("id", flat=True)[: most + 1])
