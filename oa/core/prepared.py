"""Queries that are compiled once in a process and planned once in a connection.

Where a request is asked for a thousand times a minute, Django spends more on writing its SQL than PostgreSQL on
answering: compiling takes 0.3 to 1.5 ms a statement at 2 GHz, planning up to 1 ms more. A query that is always the same
but for some values is written down once, with a `Slot` for each value:

    of_task = Prepared(lambda: Tree.objects.filter(tasks__pk=Slot("task", UUIDField())))
    of_task.first(task=task_id)

A value that is not a slot is written into the text, so that the planner sees the conditions of partial indexes.
`insert` and `update` do the same for the rows of a model. No signals are sent; nobody here listens to any.
Behind PgBouncer (OA_PGBOUNCER) statements are compiled once all the same, but planned each time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress, cycle
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models.base import ModelState
from django.db.models.expressions import DatabaseDefault, Expression
from django.db.models.query import ModelIterable, get_related_populators
from psycopg import sql

M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]


class Slot(Expression):
    """A value that is told when the query is run."""

    def __init__(self, name: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, list[Slot]]:  # type: ignore[override]  # it is no constant yet
        return "%s", [self]


def run(text: str, values: Sequence[object] | dict[str, object]) -> Any:
    """Run one statement whose values travel beside its text, so that the connection keeps its plan; returns the cursor.

    Half of what a short statement costs here is Django's cursor around psycopg's (50 of 90 microseconds): only those
    who log statements, and want to read the values in them, or who watch them, get that one.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged or database.execute_wrappers:
        cursor = database.cursor()
        cursor.execute(text, values)
        return cursor
    database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        try:
            return psycopg.Cursor(database.connection).execute(text, values)
        except psycopg.errors.FeatureNotSupported:
            # A migration has given a column another type: plans made before it are useless, and would be used again and
            # again. Inside a transaction nothing can be saved: its end forgets the plans, and `verb` begins anew.
            if database.in_atomic_block:
                raise
            psycopg.Cursor(database.connection).execute("DEALLOCATE ALL")
            return psycopg.Cursor(database.connection).execute(text, values)


@dataclass(frozen=True)
class _Plan:
    """What is known of a query before it is run."""

    text: str
    slots: tuple[str, ...]
    locks: bool
    build: Callable[[Row], Any]


class Prepared(Generic[M]):
    """A query for rows of a model, or for values (`values_list`); `describe` is called once, when it is first run."""

    def __init__(self, describe: Callable[[], models.QuerySet[M, Any]]) -> None:
        self._describe = describe

    def __call__(self, **values: object) -> list[Any]:
        """All rows, for these values of the slots."""
        plan = self._plan
        if plan.locks and not connection.in_atomic_block:
            raise transaction.TransactionManagementError("A row is held in a transaction only.")
        rows = run(plan.text, [values[name] for name in plan.slots]).fetchall()
        return [plan.build(row) for row in rows]

    def first(self, **values: object) -> Any:
        """The first row, or None."""
        return next(iter(self(**values)), None)

    @cached_property
    def _plan(self) -> _Plan:
        found = self._describe()
        connection.ensure_connection()
        query = found.query
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        text, params = compiler.as_sql()
        slots = tuple(param.name for param in params if isinstance(param, Slot))
        pieces = ["%s" if isinstance(param, Slot) else _literal(param) for param in params]
        of_models = found._iterable_class is ModelIterable
        build = _model_builder(compiler) if of_models else _tuple_builder(compiler)
        return _Plan(_fill(text, pieces), slots, query.select_for_update, build)


def _fill(text: str, pieces: Sequence[str]) -> str:
    """Put the pieces at the placeholders of a text; percent signs that stand for themselves stay doubled."""
    doubled = text.replace("%%", "\0")
    return (doubled % tuple(piece.replace("%%", "\0") for piece in pieces)).replace("\0", "%%")


def _literal(value: object) -> str:
    return sql.Literal(value).as_string(connection.connection).replace("%", "%%")


def _converters(compiler: Any) -> list[tuple[int, list[Callable[..., Any]], Any]]:
    fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
    return [(place, convs, expression) for place, (convs, expression) in compiler.get_converters(fields).items()]


def _tuple_builder(compiler: Any) -> Callable[[Row], Row]:
    converters = _converters(compiler)
    return lambda row: _converted(row, converters) if converters else row


def _converted(row: Row, converters: Sequence[tuple[int, list[Callable[..., Any]], Any]]) -> Row:
    cells = list(row)
    for place, convs, expression in converters:
        for convert in convs:
            cells[place] = convert(cells[place], expression, connection)
    return tuple(cells)


def _model_builder(compiler: Any) -> Callable[[Row], models.Model]:
    """What Django's ModelIterable does for each row, with all that does not change from run to run worked out."""
    converters, info, select = _converters(compiler), compiler.klass_info, compiler.select
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [selected[0].target.attname for selected in select[start:end]]
    populators = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # Django 6 takes one more
    extra = list((compiler.annotation_col_map or {}).items())
    model: type[models.Model] = info["model"]

    def build(row: Row) -> models.Model:
        cells = _converted(row, converters)
        # What `model.from_db` comes to for values from the database, at a tenth of its 20 µs: they are put where the
        # fields look for them, with no related row to be forgotten.
        made = model.__new__(model)
        state = made._state = ModelState()
        state.db, state.adding = DEFAULT_DB_ALIAS, False
        made.__dict__.update(zip(names, cells[start:end], strict=True))
        for populator in populators:
            populator.populate(cells, made)
        for name, place in extra:
            setattr(made, name, cells[place])
        return made

    return build


# --- writing ----------------------------------------------------------------------------------------------------------


def insert(*rows: models.Model, unless_there: bool = False) -> int:
    """Insert rows of one model, in one statement; returns how many.

    With `unless_there`, a row that a unique constraint refuses is left out instead of an IntegrityError.
    """
    if not rows:
        return 0
    fields = _insertable(type(rows[0]))
    database = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(field.pre_save(row, True), database) for row in rows for field in fields]
    # A key that counts up is not known yet.
    given = tuple(
        not (isinstance(value, DatabaseDefault) or (value is None and isinstance(field, models.AutoField)))
        for field, value in zip(cycle(fields), values, strict=False)
    )
    text = _insert_text(type(rows[0]), given, unless_there)
    inserted: int = run(text, list(compress(values, given))).rowcount
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return inserted


def update(row: models.Model, *names: str) -> None:
    """Write these fields of a row, as `save(update_fields=…)` does."""
    text, fields = _update_text(type(row), names)
    database = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(getattr(row, field.attname), database) for field in fields]
    run(text, [*values, row.pk])


@lru_cache(maxsize=64)
def _insertable(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.generated]


@lru_cache(maxsize=512)
def _insert_text(model: type[models.Model], given: tuple[bool, ...], unless_there: bool) -> str:
    fields, comma = _insertable(model), sql.SQL(", ")
    cells = [sql.Placeholder() if there else sql.SQL("DEFAULT") for there in given]
    rows = [comma.join(cells[at : at + len(fields)]) for at in range(0, len(cells), len(fields))]
    parts = {
        "table": sql.Identifier(model._meta.db_table),
        "columns": comma.join(sql.Identifier(field.column) for field in fields),
        "rows": comma.join(sql.SQL("({})").format(row) for row in rows),
        "conflict": sql.SQL("ON CONFLICT DO NOTHING" if unless_there else ""),
    }
    return sql.SQL("INSERT INTO {table} ({columns}) VALUES {rows} {conflict}").format(**parts).as_string(None)


@lru_cache(maxsize=256)
def _update_text(model: type[models.Model], names: Sequence[str]) -> tuple[str, list[Any]]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    parts = {
        "table": sql.Identifier(model._meta.db_table),
        "columns": sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(field.column)) for field in fields),
        "key": sql.Identifier(str(model._meta.pk.column)),
    }
    return sql.SQL("UPDATE {table} SET {columns} WHERE {key} = %s").format(**parts).as_string(None), fields
