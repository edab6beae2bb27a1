"""Counts over days as they are published: by how much a number grows on a day. Added up until a day, they are the number of that day.

So the count of a day is a few rows, whatever it counts, and a publication writes only the days on which its changes make a difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, and_

from rasoat.store.publications import PublicationWriter, PublishedRow

_TOGETHER = 2000  # rows that are looked up and written in one go
GrowthKey = tuple[Any, ...]  # whose count, of what, and last the day


class CountGrowth:
    """By how much the counts of a table grow on which day, gathered before it is written. The first column of the table's key says
    whose count a row is part of; a cut is told by the others but `day`, in their order."""

    def __init__(self, table: Table) -> None:
        lasting = [column.name for column in table.c if column.name not in ("born", "died")]
        self._table = table
        self._key = [*(name for name in lasting if table.c[name].primary_key and name != "day"), "day"]
        self._numbers = [name for name in lasting if name not in self._key]
        self._grown: dict[GrowthKey, list[int]] = {}

    def add(self, cut: GrowthKey, since: date, until: date, *numbers: int) -> None:
        """Something counts as so many from a day to the day before another; `date.max` is after all days."""
        for day, sign in ((since, 1), (until, -1)):
            if day < date.max:
                held = self._grown.setdefault((*cut, day), [0] * len(numbers))
                for at, number in enumerate(numbers):
                    held[at] += sign * number

    def write(self, writer: PublicationWriter) -> None:
        """Add it to what the publication has; what has come to nothing has no row."""
        of_scope: dict[Any, list[GrowthKey]] = defaultdict(list)
        for key, numbers in self._grown.items():
            if any(numbers):
                of_scope[key[0]].append(key)
        together: list[GrowthKey] = []
        for scope in sorted(of_scope):
            if together and len(together) + len(of_scope[scope]) > _TOGETHER:
                self._write(writer, together)
                together = []
            together += of_scope[scope]
        if together:
            self._write(writer, together)

    def _write(self, writer: PublicationWriter, keys: Sequence[GrowthKey]) -> None:
        scope = self._table.c[self._key[0]]
        where = and_(scope.in_(sorted({key[0] for key in keys})), self._table.c.day.in_(sorted({key[-1] for key in keys})))
        held = writer.rows_of(self._table, where)
        found = {self._identity(row): [row[name] for name in self._numbers] for row in held}
        for key in keys:
            before = found.get(key, [0] * len(self._numbers))
            found[key] = [one + other for one, other in zip(before, self._grown[key], strict=True)]
        writer.replace(self._table, where, (self._row(key, numbers) for key, numbers in found.items() if any(numbers)), held=held)

    def _identity(self, row: Mapping[str, Any]) -> GrowthKey:
        return tuple(row[name] for name in self._key)

    def _row(self, key: GrowthKey, numbers: Sequence[int]) -> PublishedRow:
        return {**dict(zip(self._key, key, strict=True)), **dict(zip(self._numbers, numbers, strict=True))}
