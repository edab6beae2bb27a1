"""A list of findings that somebody filled in: which finding each row is, what was decided, and of what he knew when the list was written.

The columns are named here for whoever writes the list too. Columns may be moved and rows sorted, filtered or taken out: a row is known by its own
fingerprint and mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.apart import Errand
from extractors.formats.extracted_text import FileFormat, UnreadableError
from extractors.formats.sniff import sniff
from extractors.formats.xlsx import sheets
from rasoat.vietnamese import fold, squeeze

REVIEW_LIST = Errand("extractors.imports.review_list:read_review_list", "extractors.imports.review_list:ReviewList")
FINGERPRINT, CONCLUSION, REASON = "Dấu vân tay", "Kết luận của người rà soát", "Lý do"
WORDS, PERSON, MARK = "Lời ghi", "Người", "Mã lần xem"
_NAMED = (FINGERPRINT, CONCLUSION, REASON, WORDS, PERSON, MARK)
UNTOLD = "-"  # in a mark: the facts of an older version have no digest
_HEADED_WITHIN = 20  # rows above which a list may have a title
_MARK_PARTS = 3


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """What whoever fills a list in has before him: for which unit, how many events of it he knows, and the digest of the facts."""

    unit: str
    version: int
    basis: str

    def __str__(self) -> str:
        return f"{self.unit} {self.version} {self.basis}"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row on which something was decided, as written."""

    line: int
    fingerprint: str
    conclusion: str
    reason: str
    words: str
    person: str
    mark: ReviewMark | None


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The rows of a list on which something was decided. `is_one`: whether the file is such a list at all."""

    is_one: bool = False
    rows: list[ReviewRow] = field(default_factory=list)


def read_review_list(data: bytes) -> ReviewList:
    """The decisions of a filled list. Never raises on what a file holds: what is no such list is none."""
    if sniff(data) is not FileFormat.XLSX:
        return ReviewList()
    try:
        for table in sheets(data):
            for at, row in enumerate(table.rows[:_HEADED_WITHIN]):
                if columns := _columns(row):
                    return ReviewList(
                        True, [one for line, cells in enumerate(table.rows[at + 1 :], at + 2) if (one := _row(line, cells, columns))]
                    )
    except UnreadableError:
        pass
    return ReviewList()


def _columns(row: tuple[str, ...]) -> dict[str, int] | None:
    """Where the columns stand, by name; None where the row is not the head of such a list."""
    headed = {fold(squeeze(cell)): at for at, cell in enumerate(row)}
    found = {name: headed[fold(name)] for name in _NAMED if fold(name) in headed}
    return found if {FINGERPRINT, CONCLUSION} <= found.keys() else None


def _row(line: int, cells: tuple[str, ...], columns: Mapping[str, int]) -> ReviewRow | None:
    said = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
    if not said[CONCLUSION]:
        return None
    mark = _mark(said.get(MARK, ""))
    return ReviewRow(
        line, said[FINGERPRINT].lower(), said[CONCLUSION], said.get(REASON, ""), said.get(WORDS, ""), said.get(PERSON, ""), mark
    )


def _mark(text: str) -> ReviewMark | None:
    parts = text.split()
    if len(parts) != _MARK_PARTS or not parts[1].isdecimal():
        return None
    return ReviewMark(parts[0], int(parts[1]), "" if parts[2] == UNTOLD else parts[2])
