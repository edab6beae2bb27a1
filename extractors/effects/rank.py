"""Which document can end which: never a lower one a higher one (Luật 64/2025/QH15 Điều 4; Điều 57 khoản 1: the same body or person)."""

from __future__ import annotations

import re

from rasoat.identity import parse_number, type_of

_RANKS = {"Hiến pháp": 0, "Bộ luật": 1, "Luật": 1, "Pháp lệnh": 2, "Nghị quyết liên tịch": 2, "Lệnh": 3, "Nghị định": 4}
_BELOW_DECREE = frozenset({"Quyết định", "Chỉ thị", "Thông tư", "Thông tư liên tịch"})
_ASSEMBLY = re.compile(r"QH|UBTVQH")


def rank(type_: str | None, number: str | None) -> int | None:
    """The rank of a document, 0 the highest, or None where type and number do not tell."""
    known = type_of(number, type_) or type_
    parts = parse_number(number) if number else None
    if known == "Nghị quyết":
        agencies = "-".join(parts.agencies) if parts else ""
        return 1 if _ASSEMBLY.match(agencies) else 4 if agencies == "CP" else None
    if known in _BELOW_DECREE:
        return 5
    return _RANKS.get(known or "")


def outranks(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Whether one document, as (type, number), stands above another: then the other cannot end it."""
    first, second = rank(*one), rank(*other)
    return first is not None and second is not None and first < second
