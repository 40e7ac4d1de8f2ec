"""Parts of queries that only search has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

# A page of 20 in so many messages: a word that stands in fewer than one of 200 is left to the index of words. Among 2.4
# million messages these are the two ways that cost alike.
NEAR = 4000


class Says(Func):
    """Whether a query is true of the words of a text: a column that only search reads (migration 0004).

    `read`: of texts that are read one by one. For several words PostgreSQL would else go through the index of words,
    and find everything in which one of them stands.
    """

    output_field = models.BooleanField()

    def __init__(self, *expressions: Any, read: bool = False, **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.read = read

    def as_sql(  # type: ignore[override]  # nobody gives it a template
        self, compiler: SQLCompiler, connection: Any, **_: Any
    ) -> tuple[str, tuple[Any, ...]]:
        text, query = self.get_source_expressions()
        sql, params = compiler.compile(query)
        words = f"{compiler.quote_name_unless_alias(text.alias)}.words"
        said = f"coalesce({words}, ''::tsvector)" if self.read else words  # no index has the former
        return f"{said} @@ {sql}", tuple(params)


def written_within_reach(newest: models.QuerySet[Any]) -> Q:
    """Among the first `NEAR` of these messages, the newest first."""
    last = Subquery(newest.values("created_date")[NEAR : NEAR + 1])
    return Q(created_date__gte=Coalesce(last, Value("-infinity"), output_field=models.DateTimeField()))


def written() -> ExpressionWrapper[Any]:
    """When a message was written, as an expression: whoever sorts by it reads no index in order."""
    return ExpressionWrapper(F("created_date") + Value(timedelta()), models.DateTimeField(null=True))
