"""A citation written as official texts write it; what `find_mentions` reads back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_WORDS = {"dieu": "Điều", "khoan": "khoản", "diem": "điểm"}


def render(type: str | None, number: str, issued_on: date | None = None, issuer: str | None = None, provisions: Sequence[str] = ()) -> str:
    """ "khoản 2 Điều 5 Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ".

    `provisions` are paths rooted at an Điều ("dieu-5/khoan-2/diem-a"); ValueError for any other.
    """
    parts = [f"{type} số {number}" if type else number]
    if issued_on:
        parts.append(f"ngày {issued_on.day:02d} tháng {issued_on.month:02d} năm {issued_on.year}")
    if issuer:
        parts.append(f"của {issuer}")
    cited = "; ".join(_provision(path) for path in provisions)
    return f"{cited} {' '.join(parts)}" if cited else " ".join(parts)


def _provision(path: str) -> str:
    words = []
    for step in reversed(path.split("/")):
        kind, _, value = step.partition("-")
        if kind not in _WORDS or not value:
            raise ValueError(f"{path!r} is not a path rooted at an Điều")
        words.append(f"{_WORDS[kind]} {value}")
    if not path.startswith("dieu-"):
        raise ValueError(f"{path!r} is not a path rooted at an Điều")
    return " ".join(words)
