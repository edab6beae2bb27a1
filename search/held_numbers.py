"""Whether the index holds what was asked for by number: what it does not hold is said, whatever else was found."""

from __future__ import annotations

from collections.abc import Sequence

from search.entries import EntryKind
from search.fetch_clauses import Both, OneOf, Prefix, Term
from search.index_contract import Fetch, OpenIndex
from search.ranking.asked_numbers import bears
from search.stored_rows import traits_of
from search.traits import Traits
from search.understanding.typed_numbers import NumberAsked
from search.understanding.understand import Understanding

_LOOKED_AT = 50  # documents of one serial and year


def not_held(index: OpenIndex, asked: Understanding, rows: Sequence[Traits]) -> tuple[str, ...]:
    """What to say of the numbers and whole codes that no document and no procedure has."""
    lines = [
        f"Chưa có {number.kind or 'văn bản'} số {number.shown} trong dữ liệu"
        for number in asked.numbers
        if number.kind or number.typed
        if not _some_bear(number, rows) and not _some_bear(number, _bearing(index, number))
    ]
    codes = {one.key for one in rows if one.kind is EntryKind.PROCEDURE}
    lines += [
        f"Chưa có thủ tục mã {code.code} trong dữ liệu"
        for code in asked.codes
        if code.complete and code.code not in codes and not _held(index, code.code)
    ]
    return tuple(lines)


def _some_bear(number: NumberAsked, rows: Sequence[Traits]) -> bool:
    return any(one.kind is EntryKind.DOCUMENT and bears(number, one) for one in rows)


def _bearing(index: OpenIndex, number: NumberAsked) -> Sequence[Traits]:
    looked = Prefix("numbers", number.token) if number.prefix else Term("numbers", number.token)
    wanted = Both(must=(looked,), keep=(OneOf("kind", (EntryKind.DOCUMENT.value,)),))
    return [traits_of(stored) for _, stored in index.fetch(Fetch(wanted, 0, _LOOKED_AT)).rows]


def _held(index: OpenIndex, code: str) -> bool:
    looked = Both(must=(Term("numbers", code),), keep=(OneOf("kind", (EntryKind.PROCEDURE.value,)),))
    return bool(index.fetch(Fetch(looked, 0, 1)).rows)
