"""What reading a published file gives: its kind, where its text came from, and the rows of its tables.

The JSON shape of `FileReading.as_json` is that of `rasoat read --jsonl`; other programs read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from extractors.formats.extracted_text import TextFrom


class FileKind(StrEnum):
    """What an office published: a list on its board, the decision behind it, another legal text, or none of these."""

    POSTED_LIST = "posted_list"
    PUBLICATION_DECISION = "publication_decision"
    LEGAL_DOCUMENT = "legal_document"
    OTHER = "other"


class TakenFor(StrEnum):
    """What a file was taken for before anything of it was understood."""

    TEXT = "text"
    SCAN = "scan"
    STAMP_ONLY = "stamp_only"  # a scan whose only letters are a digital signature's stamp
    MISNAMED = "misnamed"  # not what its name says
    UNREADABLE = "unreadable"


class DecisionPart(StrEnum):
    """What a publication decision does to the procedures of one table (Nghị định 63/2010/NĐ-CP Điều 15)."""

    NEW = "new"  # mới ban hành
    AMENDED = "amended"  # được sửa đổi, bổ sung
    REPLACED = "replaced"  # được thay thế
    ABOLISHED = "abolished"  # bị bãi bỏ
    STANDARDISED = "standardised"  # được chuẩn hóa


@dataclass(frozen=True, slots=True)
class Announced:
    """What a publication decision's table says of one procedure beside its name, as printed; "" where it has no such column."""

    part: DecisionPart | None = None
    level: str = ""  # "cấp tỉnh", "cấp xã", "dùng chung"
    field: str = ""  # lĩnh vực
    time_limit: str = ""
    place: str = ""
    fee: str = ""
    legal_basis: str = ""
    earlier_decision: str = ""  # the decision that had announced it, where the table names one


@dataclass(frozen=True, slots=True)
class PostedRow:
    """One row of a published table.

    `code` is the national form "N.NNNNNN" of the printed digits alone, None where they are not seven, or where no reading of a
    scan agrees with the name; `code_meant` is a proposal for a person, never a correction. `page` counts from 1, None where
    the format has no pages. `confidence` is 0 to 1. `in_catalogue` is None where no catalogue was given.
    """

    page: int | None
    code: str | None
    code_printed: str
    name: str
    confidence: float
    in_catalogue: bool | None
    code_meant: str | None = None
    announced: Announced | None = None

    def as_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {
            "page": self.page,
            "code": self.code,
            "code_printed": self.code_printed,
            "name": self.name,
            "confidence": round(self.confidence, 3),
            "in_catalogue": self.in_catalogue,
        }
        if self.code_meant is not None:
            row["code_meant"] = self.code_meant
        if self.announced is not None:
            row |= {key: value for key, value in _plain(self.announced).items() if value}
        return row


@dataclass(frozen=True, slots=True)
class DecisionHead:
    """The head of a publication decision; `effective_on` only where its closing article gives a day or says "kể từ ngày ký"."""

    number: str | None
    issued_on: date | None
    issuer: str | None
    title: str | None
    effective_on: date | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "issuer": self.issuer,
            "title": self.title,
            "effective_on": self.effective_on.isoformat() if self.effective_on else None,
        }


@dataclass(frozen=True, slots=True)
class FileReading:
    """A published file as read. `problems` are single lines for people, Vietnamese first, then " / " and English; those of them that
    name a part of the file which stands in no row are in `unread` too: where there is one, the rows are not the whole list."""

    file: str
    kind: FileKind
    text_from: TextFrom
    rows: tuple[PostedRow, ...] = ()
    problems: tuple[str, ...] = ()
    decision: DecisionHead | None = None
    taken_for: TakenFor = TakenFor.TEXT
    pages: int = 0  # 0 where the format has none
    unread: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()  # codes that the file shows outside its rows, in their national form
    text: str = ""  # what was read of it: of a scanned law its first pages only, as `problems` say

    @property
    def characters(self) -> int:
        """How many signs were read, blanks left out."""
        return len("".join(self.text.split()))

    def as_json(self) -> dict[str, Any]:
        """One line of `rasoat read --jsonl`; `decision` stands only where the file is a publication decision."""
        out: dict[str, Any] = {
            "file": self.file,
            "kind": self.kind.value,
            "taken_for": self.taken_for.value,
            "text_from": self.text_from.value,
            "pages": self.pages,
            "characters": self.characters,
            "rows": [row.as_json() for row in self.rows],
            "problems": list(self.problems),
        }
        if self.decision is not None:
            out["decision"] = self.decision.as_json()
        return out


def _plain(announced: Announced) -> dict[str, str]:
    return {
        "part": announced.part.value if announced.part else "",
        "level": announced.level,
        "field": announced.field,
        "time_limit": announced.time_limit,
        "place": announced.place,
        "fee": announced.fee,
        "legal_basis": announced.legal_basis,
        "earlier_decision": announced.earlier_decision,
    }
