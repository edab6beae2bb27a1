"""Which column of a published table holds what, by its header, or by what stands in it where a page continues without one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from extractors.postings.codes import INSIDE, OLD_NUMBER, looks_like_code
from rasoat.vietnamese import fold


class Column(StrEnum):
    ORDER = "order"
    CODE = "code"
    NAME = "name"
    TIME_LIMIT = "time_limit"
    PLACE = "place"
    FEE = "fee"
    LEGAL_BASIS = "legal_basis"
    EARLIER_DECISION = "earlier_decision"
    FIELD = "field"


_NAMES = re.compile(r"\bten\b|^(?:thu tuc|thu tuc hanh chinh|tthc)$|^noi dung$|^danh muc\b")
# Without a column of codes a table lists procedures only where its header says so: a dossier's papers have names too.
_PROCEDURE_NAMES = re.compile(r"\bten\b.*(?:thu tuc|tthc|hanh chinh)|^(?:thu tuc|thu tuc hanh chinh|tthc)$|^danh muc (?:thu tuc|tthc)")

# Folded header words, tried in this order: "mã số TTHC" is a code though "TTHC" stands in it, "tên VBQPPL quy định việc
# bãi bỏ" is a basis and no name, "quyết định công bố" beside a record number is the decision that came before.
_HEADERS = (
    (Column.ORDER, re.compile(r"^(?:s\s?t\s?t|sst|tt|so tt|so thu tu|stt\b.*)$")),
    (Column.CODE, re.compile(r"\bma (?:so|tthc|thu tuc|ho so|dinh danh|qg|quoc gia)\b|\bma\b$|^ma\b|\bso ho so\b|\bso, ky hieu ho so\b")),
    (Column.LEGAL_BASIS, re.compile(r"can cu phap ly|\bvbqppl\b|van ban (?:qppl|quy pham)|can cu|co so phap ly")),
    (Column.EARLIER_DECISION, re.compile(r"quyet dinh (?:da )?(?:cong bo|phe duyet)|\bqd cong bo\b|so quyet dinh")),
    (Column.TIME_LIMIT, re.compile(r"^(?!.*(?:dia diem|cach thuc)).*thoi (?:han|gian)")),
    (Column.PLACE, re.compile(r"dia diem|noi (?:tiep nhan|thuc hien|nop)|cach thuc|co quan (?:thuc hien|giai quyet|tiep nhan)")),
    (Column.FEE, re.compile(r"\bphi\b|\ble phi\b")),
    (Column.NAME, _NAMES),
    (Column.FIELD, re.compile(r"linh vuc")),
)  # fmt: skip


GARBLED = re.compile(r"^\W{0,3}\d\W?\d{3}\W?\d{2,4}\W*$")
_ORDER = re.compile(r"^\W*\d{1,4}\W*$")
_NAME_MEAN = 8  # letters: shorter texts are no names of procedures


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the known columns; several columns may share a meaning (a time limit before and after its cut)."""

    at: Mapping[Column, tuple[int, ...]] = field(default_factory=dict)

    def first(self, column: Column) -> int | None:
        places = self.at.get(column)
        return places[0] if places else None

    def text(self, row: Sequence[str], column: Column) -> str:
        """The cells of a column in a row, several joined by " / "."""
        return " / ".join(dict.fromkeys(row[place] for place in self.at.get(column, ()) if place < len(row) and row[place]))


def meaning(header: str) -> Column | None:
    """What a header cell announces."""
    words = fold(header).strip(" .:*")
    return next((column for column, pattern in _HEADERS if pattern.search(words)), None) if 0 < len(words) < 160 else None


def by_header(row: Sequence[str]) -> Columns | None:
    """The columns a header row announces; None where the row is none (names and at least one other column must be there)."""
    if any(looks_like_code(cell) or INSIDE.search(cell) for cell in row):
        return None
    at: dict[Column, tuple[int, ...]] = {}
    for place, cell in enumerate(row):
        column = meaning(cell)
        if column is not None:
            at[column] = (*at.get(column, ()), place)
    if Column.NAME not in at or len(at) < 2 or len(set(row)) < 2:
        return None
    if Column.CODE not in at and not any(_PROCEDURE_NAMES.search(fold(row[place])) for place in at[Column.NAME]):
        return None
    if Column.ORDER not in at and all(0 not in places for places in at.values()):
        at[Column.ORDER] = (0,)  # OCR garbles "STT"; what is no number there counts for nothing
    return Columns(at)


def by_content(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of rows without a header: codes are known by their shape, the name is the longest text beside them.

    Half the cells must be like a code as a scan may garble one ("2001218", "2:001214"), a third of the rows hold a true one.
    """
    width = max((len(row) for row in rows), default=0)
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(width)]
    garbled = [sum(1 for cell in cells if _coded(cell) or GARBLED.match(cell)) for cells in columns]
    if not garbled or max(garbled) < max(1, 0.5 * len(rows)):
        return None
    code = garbled.index(max(garbled))
    if sum(map(_coded, columns[code])) < 0.3 * len(rows):
        return None
    lengths = {place: sum(map(len, cells)) for place, cells in enumerate(columns) if place != code}
    long = {place: length for place, length in lengths.items() if length >= _NAME_MEAN * len(rows)}
    if not long:
        return None
    name = min((place for place in long if place > code), default=max(long, key=lambda place: long[place]))
    at = {Column.CODE: (code,), Column.NAME: (name,)}
    numbered = [place for place in range(code) if sum(1 for cell in columns[place] if _ORDER.match(cell)) >= 0.5 * len(rows)]
    return Columns(at | ({Column.ORDER: (numbered[0],)} if numbered else {}))


def _coded(text: str) -> bool:
    return looks_like_code(text) or bool(OLD_NUMBER.search(text) and len(text) < 40)
