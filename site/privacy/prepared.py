"""Questions to the database that are put together once: by us, and by PostgreSQL.

Django writes the SQL of a queryset anew every time, and PostgreSQL reads and plans it anew, which
takes longer than the answer. Where two hundred people press the same button, that is most of the
work. Everywhere else an ordinary queryset is the plain way.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache, cached_property
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.utils import CursorWrapper

from privacy import edition

# A connection prepares what asks for it here, and nothing by itself.
NEVER_BY_ITSELF = 2**31


class _Cursor(psycopg.Cursor[Any]):
    """Has the question read and planned once in each connection."""

    def execute(self, *args: Any, **kwargs: Any) -> "_Cursor":
        return super().execute(*args, prepare=True, **kwargs)

    def _send_query_prepared(self, name: bytes, pgq: Any, **more: Any) -> None:
        self._query = pgq  # for Django's log, as of any other question
        super()._send_query_prepared(name, pgq, **more)


def _cursor() -> AbstractContextManager[CursorWrapper]:
    """As `connection.cursor()`: in the same transaction, counted and logged as all others."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    line: Any = connection.connection
    line.prepare_threshold = NEVER_BY_ITSELF
    wrapped: CursorWrapper = connection._prepare_cursor(_Cursor(line))  # type: ignore[attr-defined]
    return wrapped


class Prepared:
    """A queryset with blanks. `blanks`: what stands in it for each value until it is asked.

    A stand-in has the type of the value, and is nothing that the queryset holds for other reasons.
    """

    def __init__(self, make: Callable[[], Any], **blanks: Any) -> None:
        self._make = make
        self._names = {stand_in: name for name, stand_in in blanks.items()}

    @cached_property
    def _query(self) -> Any:
        return self._make().query

    @cached_property
    def _written(self) -> tuple[str, list[tuple[Any, str | None]], dict[int, Any]]:
        """Also what turns columns that are something else in Python than in the database."""
        compiler = self._compiler()
        sql, values = compiler.as_sql()
        turned = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return sql, [(value, self._names.get(value)) for value in values], dict(turned)

    def _compiler(self) -> Any:
        """Made anew: it holds the connection of its thread, which is not for others to keep."""
        return self._query.get_compiler(DEFAULT_DB_ALIAS)

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        sql, blanks, turned = self._written
        with _cursor() as cursor:
            cursor.execute(sql, [values[name] if name else value for value, name in blanks])
            found = cursor.fetchall()
        if turned:
            found = [tuple(row) for row in self._compiler().apply_converters(found, turned)]
        return list(found)

    def kept(self, words: str | None, **values: Any) -> list[tuple[Any, ...]]:
        """Rows that only editors change, read once in each edition of theirs (privacy.edition)."""
        name = f"{id(self)}:{sorted(values.items())}"
        return edition.kept(words, name, lambda: self.rows(**values) or None) or []

    def first(self, **values: Any) -> Any:
        """The first one as its model has it, when every column was asked for; else None."""
        found = self.made_of(self.rows(**values)[:1])
        return found[0] if found else None

    def made_of(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        """New objects, whoever else has the same rows."""
        return [self._as_model(row) for row in rows]

    def _as_model(self, row: tuple[Any, ...]) -> models.Model:
        model = self._query.model
        names = [field.attname for field in model._meta.concrete_fields]
        return model.from_db(DEFAULT_DB_ALIAS, names, row)


class PreparedInsert(models.Model):
    """Rows that many people write at the same moment: their INSERT is put together once."""

    class Meta:
        abstract = True

    def _do_insert(
        self, manager: Any, using: str, fields: Any, returning_fields: Any, raw: bool
    ) -> list[Any]:
        """Instead of Django's; all that `save` does around it stays as it is."""
        connection = connections[using]
        values = []
        for field in fields:
            value = getattr(self, field.attname) if raw else field.pre_save(self, True)
            value = field.get_db_prep_save(value, connection)
            if hasattr(value, "resolve_expression"):
                rest = (manager, using, fields, returning_fields, raw)
                return list(super()._do_insert(*rest))  # type: ignore[misc]
            values.append(value)
        columns = tuple(field.column for field in fields)
        back = tuple(field.column for field in returning_fields)
        with _cursor() as cursor:
            cursor.execute(_insert(self._meta.db_table, columns, back), values)
            return cursor.fetchall() if back else []


@cache
def _insert(table: str, columns: tuple[str, ...], back: tuple[str, ...]) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    wanted = f" RETURNING {', '.join(map(quote, back))}" if back else ""
    return f"INSERT INTO {quote(table)} ({names}) VALUES ({marks}){wanted}"  # noqa: S608 -- our own names
