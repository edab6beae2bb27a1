"""Legal documents and their provisions as people name them."""

from __future__ import annotations

from datetime import date

from rasoat.records import LegalDocument
from rasoat.vietnamese import slug
from rasoat.words.written import day

LEVEL = {
    "dieu": "Điều", "khoan": "khoản", "diem": "điểm", "chuong": "Chương", "muc": "Mục", "phan": "Phần", "phu-luc": "Phụ lục",
    "mau-so": "Mẫu số", "tieu-muc": "Tiểu mục",
}  # fmt: skip


def provision(path: str | None) -> str:
    """A path in words, inner first: "dieu-90/khoan-2" → "khoản 2 Điều 90"; "" for none."""
    words = []
    for piece in reversed((path or "").split("/")):
        name, _, number = piece.rpartition("-")
        words.append(f"{LEVEL.get(name, name)} {number}".strip())
    return " ".join(words).strip()


def what_there_is(parts: tuple[str, ...]) -> str:
    """What a text has, by the first and the last: "văn bản có Điều 1 đến Điều 45", "Điều 5 có khoản 1 đến khoản 4", or that a
    provision is undivided."""
    outer, _, _ = parts[0].rpartition("/")
    if len(parts) == 1:
        return f"{provision(parts[0])} không chia nhỏ"
    names = [provision(path.rpartition("/")[2]) for path in parts]
    return f"{provision(outer) or 'văn bản'} có {' đến '.join(dict.fromkeys(names))}"


def doubt(kind: str, document: str, on: date, end: date) -> str:
    """Why a computed end should be checked ("shown_after_end" or "entry_disputed" of `status`)."""
    if kind == "shown_after_end":
        return f"ngày {day(on)} nguồn chính thức vẫn xếp vào loại còn hiệu lực, sau ngày hết hiệu lực tính được ({day(end)})"
    return f"điều khoản của {document} cho ngày có hiệu lực {day(end)}, hồ sơ văn bản ghi {day(on)}"


def called(document: LegalDocument) -> str:
    """A document by its number; where others share the number, by type, number, day and issuer, as far as needed and known."""
    if document.id == document.number:
        return document.number
    named = f"{document.type} {document.number}"
    if document.id == f"{document.number}@{slug(document.type)}":
        return named
    issued = f" ngày {day(document.issued_on)}" if document.issued_on else ""
    return named + issued + (f" của {document.issuer}" if document.issuer else "")
