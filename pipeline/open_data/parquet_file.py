"""A public table as columns (Apache Parquet), where the extra `parquet` is installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from pipeline.open_data.open_tables import OpenTable
from queries.shape import Shape

_GROUP = 5_000  # rows in memory


def parquet_there() -> bool:
    """Whether this installation can write columns."""
    return find_spec("pyarrow") is not None


class _ParquetFile:
    def __init__(self, writer: Any, schema: Any) -> None:
        self._writer, self._schema = writer, schema
        self._rows: list[dict[str, Any]] = []

    def write(self, row: Shape) -> None:
        self._rows.append(row.model_dump(by_alias=True))
        if len(self._rows) == _GROUP:
            self.flush()

    def flush(self) -> None:
        import pyarrow

        if self._rows:
            self._writer.write_table(pyarrow.Table.from_pylist(self._rows, self._schema))
            self._rows.clear()


@contextmanager
def parquet_file(table: OpenTable, path: Path) -> Iterator[_ParquetFile]:
    """A file of a table; it is whole when the block ends."""
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema(_fields(table.shape))
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        file = _ParquetFile(writer, schema)
        yield file
        file.flush()


def _fields(shape: type[Shape]) -> list[Any]:
    import pyarrow

    return [pyarrow.field(field.alias or name, _type_of(field.annotation)) for name, field in shape.model_fields.items()]


def _type_of(annotation: Any) -> Any:
    """The column's type for the type of a field."""
    import pyarrow

    plain = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_(), date: pyarrow.date32()}
    if annotation in plain:
        return plain[annotation]
    if get_origin(annotation) is list:
        return pyarrow.list_(_type_of(get_args(annotation)[0]))
    if get_origin(annotation) is UnionType:
        [known] = [one for one in get_args(annotation) if one is not NoneType]
        return _type_of(known)
    return pyarrow.struct(_fields(annotation))
