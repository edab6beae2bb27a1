"""Records to JSON and back, by their own types: one codec for every nested record the store keeps."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_json(kind: type[T], record: T) -> dict[str, Any]:
    """The record as plain JSON values; empty fields are left out so that stored rows stay small, and sets are put in order: every
    process walks a set of texts in another one, and the same record is the same row.

    Raises:
        pydantic_core.PydanticSerializationError: a field is of another type than the record says: it could not be read back.
    """
    value: dict[str, Any] = _adapter(kind).dump_python(record, mode="json", exclude_defaults=True, warnings="error")
    for name, held in value.items():
        if isinstance(getattr(record, name, None), frozenset):
            value[name] = sorted(held)
    return value


def from_json(kind: type[T], value: object) -> T:
    """The record a JSON value stands for.

    Raises:
        pydantic.ValidationError: the value is not of that record's shape.
    """
    record: T = _adapter(kind).validate_python(value, strict=False)
    return record
