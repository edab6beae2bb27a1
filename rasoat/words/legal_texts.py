"""Legal documents and their provisions as people name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from rasoat.records import LegalDocument
from rasoat.vietnamese import slug
from rasoat.words.written import day

LEVEL = {
    "dieu": "Điều", "khoan": "khoản", "diem": "điểm", "chuong": "Chương", "muc": "Mục", "phan": "Phần", "phu-luc": "Phụ lục",
    "mau-so": "Mẫu số", "tieu-muc": "Tiểu mục",
}  # fmt: skip

_ORDER = {name: at for at, name in enumerate(("phan", "chuong", "muc", "tieu-muc", "dieu", "khoan", "diem", "phu-luc", "mau-so"))}
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def provision(path: str | None) -> str:
    """A path in words, inner first: "dieu-90/khoan-2" → "khoản 2 Điều 90"; "" for none."""
    words = []
    for piece in reversed((path or "").split("/")):
        name, _, number = piece.rpartition("-")
        words.append(f"{LEVEL.get(name, name)} {number}".strip())
    return " ".join(words).strip()


def in_order(path: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts paths as a text has them: Điều 9 before Điều 10, điểm d before điểm đ, điểm e.9 before e.10, annex 3A before 3B, articles
    before annexes. No two paths are alike, so that several are never said in the order in which a set happens to be walked."""
    key = []
    for piece in path.split("/"):
        name, _, number = piece.rpartition("-")
        digits = re.match(r"\d*", number)
        count = int(digits[0]) if digits and digits[0] else _roman(number)
        rest = re.findall(r"\d+|\w", number[len(digits[0]) if digits else 0 :].lower())
        letters = "".join(f"{int(one):04}" if one.isdigit() else f"{_LETTERS.find(one) + 1:02}" for one in rest)
        key.append((_ORDER.get(name, len(_ORDER)), count, f"{letters} {piece}"))
    return tuple(key)


def provisions(paths: Iterable[str]) -> str:
    """Several paths in words, in the order of the text: "khoản 1, 2 Điều 12, Điều 61–67"; "?" is left out."""
    said: list[str] = []
    ordered = sorted({path for path in paths if path and path != "?"}, key=in_order)
    for (outer, name), group in groupby(map(_named, ordered), key=lambda named: named[:2]):
        said.append(f"{LEVEL.get(name, name)} {', '.join(_runs([number for *_, number in group]))} {provision(outer)}".strip())
    return ", ".join(said)


def _named(path: str) -> tuple[str, str, str]:
    """What a path stands in, its own level and its number."""
    outer, _, own = path.rpartition("/")
    name, _, number = own.rpartition("-")
    return outer, name, number


def _runs(numbers: Sequence[str]) -> list[str]:
    """Three and more numbers one after another as "61–67"."""
    runs: list[list[str]] = []
    for number in numbers:
        follows = runs and number.isdigit() and runs[-1][-1].isdigit() and int(number) == int(runs[-1][-1]) + 1
        runs[-1].append(number) if follows else runs.append([number])
    return [one for run in runs for one in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run)]


def _roman(number: str) -> int:
    values = [_ROMAN.get(letter, 0) for letter in number]  # in capitals, as printed: "điểm c" is no hundred
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def what_there_is(parts: tuple[str, ...]) -> str:
    """What a text has, by the first and the last: "văn bản có Điều 1 đến Điều 45", "Điều 5 có khoản 1 đến khoản 4", or that a
    provision is undivided."""
    outer, _, _ = parts[0].rpartition("/")
    if len(parts) == 1:
        return f"{provision(parts[0])} không chia nhỏ"
    names = [provision(path.rpartition("/")[2]) for path in parts]
    return f"{provision(outer) or 'văn bản'} có {' đến '.join(dict.fromkeys(names))}"


def doubt(kind: str, document: str, on: date, end: date) -> str:
    """Why a computed end should be checked ("shown_after_end", "note_claims_end" or "entry_disputed" of `status`)."""
    if kind == "shown_after_end":
        return f"ngày {day(on)} nguồn chính thức vẫn xếp vào loại còn hiệu lực, sau ngày hết hiệu lực tính được ({day(end)})"
    if kind == "note_claims_end":
        return f"chú thích trong bản chép ghi đã bị {document} chấm dứt hoặc ngưng từ ngày {day(end)}; chưa có điều khoản làm chứng"
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
