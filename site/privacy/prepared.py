"""Questions to the database that are put together once in each process.

Django writes the SQL of a queryset anew every time, which takes longer than PostgreSQL's answer.
Where two hundred people press the same button, that is most of the work. Everywhere else an
ordinary queryset is the plain way.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models


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
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, [values[name] if name else value for value, name in blanks])
            found = cursor.fetchall()
        if turned:
            found = [tuple(row) for row in self._compiler().apply_converters(found, turned)]
        return list(found)

    def first(self, **values: Any) -> Any:
        """The first one as its model has it, when every column was asked for; else None."""
        found = self.rows(**values)
        return self._as_model(found[0]) if found else None

    def all(self, **values: Any) -> list[Any]:
        return [self._as_model(row) for row in self.rows(**values)]

    def _as_model(self, row: tuple[Any, ...]) -> models.Model:
        model = self._query.model
        names = [field.attname for field in model._meta.concrete_fields]
        return model.from_db(DEFAULT_DB_ALIAS, names, row)
