"""A mention in the making."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rasoat.records import MentionKind, Role


@dataclass(slots=True)
class Draft:
    """A mention in the making, in offsets of the reading copy."""

    start: int
    end: int
    kind: MentionKind
    type: str | None
    number: str | None = None
    name: str | None = None
    year: int | None = None
    issued_on: date | None = None
    issuer: str | None = None
    bare: bool = False  # a number without a type word of its own
    head: str = ""  # the type's symbol in the number, "QH" for the Assembly
    provisions: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    role: Role = Role.BODY
