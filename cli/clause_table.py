"""The clauses of an article as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cli.frame import out
from cli.printing import TextTable
from queries.reading_lines import ClauseEffectLine, ClausesLine
from rasoat import words

_HEADINGS = ("Tác động", "Văn bản, điều khoản", "Từ ngày", "Đến trước ngày", "Trừ", "Nguyên văn")


def clause_table(found: ClausesLine) -> None:
    """Prints when the source enters into force and what each clause does; one line where there is nothing."""
    if not (found.entry or found.effects):
        out.print("Không thấy điều khoản nào chấm dứt, ngưng hay sửa văn bản khác / nothing ends here")
        return
    table = TextTable(*_HEADINGS, pad_edge=False)
    for entry in found.entry:
        place = _placed("self", [entry.provision] if entry.provision else [])
        table.add_row(words.EFFECT["enters"], place, _since(entry.on, entry.basis, entry.anchor), "", "", "")
    for one in found.effects:
        until = words.day(one.until) if one.until else ""
        quote = words.quoted(words.running(one.lead), words.running(one.quote))
        since = _since(one.on, one.basis, one.anchor)
        table.add_row(words.EFFECT[one.verb], _placed(one.target, one.provisions), since, until, _spared(one), quote)
    out.print(table)


def _placed(target: str, provisions: Sequence[str]) -> str:
    named = "văn bản này" if target == "self" else ", ".join(part for part in target.split("|") if part)
    parts = "; ".join(words.provision(path) for path in provisions)
    return f"{parts} {named}".strip()


def _since(on: date | None, basis: str, anchor: str | None) -> str:
    return words.day(on) if on else words.DAY_NOT_SAID.get(basis, words.DAY_NOT_SAID["undated"]).format(anchor=anchor or "văn bản khác")


def _spared(one: ClauseEffectLine) -> str:
    said = []
    for survivor in one.exceptions:
        named = "phần chỉ nêu nội dung" if survivor.provision == "?" else words.provision(survivor.provision)
        said.append(f"{named} (đến trước {words.day(survivor.until)})" if survivor.until else named)
    return "; ".join(said)
