"""Whether the index holds what was asked for by number: what it does not hold is said, whatever else was found."""

from __future__ import annotations

from search.entries import EntryKind
from search.fetch_clauses import Both, OneOf, Prefix, Term
from search.index_contract import Engine, Fetch, ScoredRows
from search.ranking.asked_numbers import bears
from search.stored_rows import traits_of
from search.understanding.typed_numbers import NumberAsked
from search.understanding.understand import Understanding

_LOOKED_AT = 50  # documents of one serial and year


def not_held(engine: Engine, asked: Understanding, rows: ScoredRows) -> tuple[str, ...]:
    """What to say of the numbers and whole codes that no document and no procedure has."""
    lines = [
        f"Chưa có {number.kind or 'văn bản'} số {number.shown} trong dữ liệu"
        for number in asked.numbers
        if number.kind or number.typed
        if not _some_bear(number, rows) and not _some_bear(number, _bearing(engine, number))
    ]
    codes = {traits_of(stored).stored["key"] for _, stored in rows if traits_of(stored).kind is EntryKind.PROCEDURE}
    lines += [
        f"Chưa có thủ tục mã {code.code} trong dữ liệu"
        for code in asked.codes
        if code.complete and code.code not in codes and not _held(engine, code.code)
    ]
    return tuple(lines)


def _some_bear(number: NumberAsked, rows: ScoredRows) -> bool:
    return any(traits.kind is EntryKind.DOCUMENT and bears(number, traits) for traits in (traits_of(stored) for _, stored in rows))


def _bearing(engine: Engine, number: NumberAsked) -> ScoredRows:
    looked = Prefix("numbers", number.token) if number.prefix else Term("numbers", number.token)
    return engine.fetch(Fetch(Both(must=(looked,), keep=(OneOf("kind", (EntryKind.DOCUMENT.value,)),)), 0, _LOOKED_AT)).rows


def _held(engine: Engine, code: str) -> bool:
    looked = Both(must=(Term("numbers", code),), keep=(OneOf("kind", (EntryKind.PROCEDURE.value,)),))
    return bool(engine.fetch(Fetch(looked, 0, 1)).rows)
