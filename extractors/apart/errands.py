"""What a process can be asked: a function of ours by its name, and the type its answer must have.

Modules are named, not imported: the asking process needs none of the libraries that read files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import orjson
from pydantic import TypeAdapter

from extractors.sources.source import Piece


@dataclass(frozen=True, slots=True)
class Errand:
    """`does` and `answer` are "module:name"; `pieces`: the function yields pieces, which are handed over one by one; `tells`: its last
    argument is told how far it is."""

    does: str
    answer: str
    pieces: bool = False
    tells: bool = False

    def function(self) -> Callable[..., Any]:
        """What does it; its module is imported."""
        function: Callable[..., Any] = _named(self.does)
        return function


def packed(answer: object) -> tuple[bytes, bytes]:
    """An answer as JSON and the bytes that JSON cannot hold."""
    if isinstance(answer, Piece):
        return orjson.dumps([answer.source, answer.kind, answer.place]), answer.body
    return orjson.dumps(answer, default=_plain, option=orjson.OPT_NON_STR_KEYS), b""


def unpacked(errand: Errand, told: bytes, body: bytes) -> Any:
    """The answer again.

    Raises:
        ValueError: it is not of the errand's type.
    """
    if errand.pieces:
        source, kind, place = _adapter(None).validate_json(told)
        return Piece(source, kind, place, body)
    return _adapter(errand.answer).validate_json(told)


@cache
def _adapter(kind: str | None) -> TypeAdapter[Any]:
    return TypeAdapter(_named(kind) if kind else tuple[str, str, str])


def _named(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def _plain(value: object) -> object:
    if isinstance(value, frozenset | set):
        return list(value)
    raise TypeError(type(value).__name__)
