"""The provision that a question names, in any order and spelling: "khoản 2 Điều 5", "điều 5 khoản 2", "điểm a k2 đ5"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_POINT, _CLAUSE, _LARGE = r"diem\s+[a-z]{1,2}\d?", r"(?:khoan\s*|k\.?)\d{1,3}[a-z]?", r"(?:chuong|muc|phan)\s+(?:\d{1,2}|[ivxlc]{1,6})"
_WRITTEN_ARTICLE, _SHORT_ARTICLE = r"dieu\s*\.?\s*\d{1,3}[a-z]{0,2}", r"d\.?\d{1,3}[a-z]{0,2}"
_UNIT = rf"(?<![\w./-])(?:{_POINT}|{_CLAUSE}|{_LARGE}|{_WRITTEN_ARTICLE}|{_SHORT_ARTICLE})(?![\w/.-])"
_BETWEEN = r"\s*[,;(]?\s*(?:(?:cua|thuoc|va|tai|theo)\s+)?"
_OF = r"(?:\s+(?:cua|thuoc|trong|theo)(?!\w))?"
_RUN = re.compile(rf"{_UNIT}(?:{_BETWEEN}{_UNIT})*{_OF}")
_WRITTEN = re.compile(r"(?<!\w)dieu\s*\.?\s*(\d{1,3}[a-z]{0,2})(?!\w)")
_SHORT = re.compile(r"(?<!\w)d\.?(\d{1,3}[a-z]{0,2})(?!\w)")
_DOCUMENT = r"(?:luat|bo luat|bl[a-z]{2,}|phap lenh|hien phap|nghi dinh|thong tu|nghi quyet|quyet dinh|nd|tt|nq|qd)(?!\w)"
_BEFORE_DOCUMENT = re.compile(rf"\s*(?:so\s+)?{_DOCUMENT}")
_AFTER_LAW = re.compile(r"(?<!\w)(?:luat|bl[a-z]{2,}|phap lenh)\s.*$|(?<!\w)bl[a-z]{2,}\s*$")


@dataclass(frozen=True, slots=True)
class ProvisionAsked:
    """The article ("dieu-5", "" where only parts of one are named) and the folded text without the provision.

    `certain`: the word "điều" stands there; "đ5" is an article only beside a law.
    """

    article: str
    certain: bool
    rest: str


def provision_in(folded: str) -> ProvisionAsked | None:
    """The first article that a folded question names, with all provisions taken out; None where it names none, or nothing else."""
    runs = [found for found in _RUN.finditer(folded) if _tells(found)]
    if not runs:
        return None
    rest = folded
    for run in reversed(runs):
        rest = f"{rest[: run.start()]} {rest[run.end() :]}"
    if not rest.split():
        return None
    written = next((at[1] for run in runs if (at := _WRITTEN.search(run[0]))), "")
    short = next((at[1] for run in runs if (at := _SHORT.search(run[0]))), "")
    article = written or short
    return ProvisionAsked(f"dieu-{article}" if article else "", bool(written), " ".join(rest.split()))


def _tells(run: re.Match[str]) -> bool:
    """Whether a stretch names a part of a law: "d2" may be a licence's class, "khoản 2" and "mục 3" anything, but not beside a document."""
    if _SHORT.search(run[0]) and re.match(r"(?:khoan|diem|k)\b|k\.?\d", run[0]):
        return True
    return bool(_WRITTEN.search(run[0]) or _BEFORE_DOCUMENT.match(run.string, run.end()) or _AFTER_LAW.search(run.string[: run.start()]))
