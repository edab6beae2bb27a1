"""Whether what is posted says the same as what was announced: parts compared by their words, not their layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rasoat.records import Part
from rasoat.vietnamese import fold, tone_placed

_SIGNS = re.compile(r"[^\w]+")
_TIME = re.compile(
    r"(?<!\d)(\d++(?:[.,]\d++)?|\bnua)\s*(?:\(\w+(?: \w+){0,4}\)\s*)?(ngay lam viec|ngay|gio lam viec|gio|phut|tuan|thang)\b"
)
_DAYS = {"ngay lam viec": 1.4, "ngay": 1.0, "gio lam viec": 1.4 / 8, "gio": 1 / 24, "phut": 1 / 1440, "tuan": 7.0, "thang": 30.0}
_UNIT = re.compile(r"\b(?:ngay|gio|phut|tuan|thang|quy|nam)\b")
_CITED = re.compile(r"\b(?:dieu|khoan|so)\s++\d++|(?<!\d)\d++/\d++|\([^()]*\)")
_SUM = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{4,}")
_FREE = re.compile(r"\b(?:mien|khong)\b")
_COUNCIL = re.compile(r"hoi dong nhan dan|\bhdnd\b|nq-hdnd")


@dataclass(frozen=True, slots=True)
class Difference:
    """A part whose posted words differ. `local`: the trap that explains it (a council's fee, a shorter time), or ""."""

    part: Part
    local: str = ""


def differences(posted: Mapping[Part, str], announced: Mapping[Part, str]) -> Iterator[Difference]:
    """The parts that both sides give and that differ in more than layout: case, marks, tone places, blanks and signs do not count."""
    for part, text in posted.items():
        official = announced.get(part, "")
        if text.strip() and official.strip() and words(text) != words(official) and not _untold(part, text, official):
            yield Difference(part, _lawful(part, text, official))


def words(text: str) -> str:
    """A text as its words alone."""
    return _SIGNS.sub(" ", fold(tone_placed(text))).strip()


def _untold(part: Part, posted: str, official: str) -> bool:
    """Whether nobody can say that one time or fee differs from the other: a side gives a time without its unit ("Trực tiếp: 3", "không quá
    15"), or both name the same ones and only the words around them differ ("5 ngày làm việc", "Trực tiếp: 5 Ngày làm việc")."""
    told = {Part.DURATION: _times, Part.FEES: _sums}.get(part)
    if told and told(posted) and told(posted) == told(official):
        return True
    return part is Part.DURATION and any(_bare(line) for text in (posted, official) for line in fold(text).split("\n"))


def _bare(line: str) -> bool:
    figures = _CITED.sub(" ", line)
    return any(map(str.isdigit, figures)) and not _UNIT.search(figures)


def _lawful(part: Part, posted: str, official: str) -> str:
    """A province may set a fee by its council's resolution and promise less time than the ministry allows."""
    if part is Part.FEES and _COUNCIL.search(fold(posted) + " " + fold(official)):
        return "fee"
    if part is Part.DURATION:
        ours, theirs = _longest(posted), _longest(official)
        if ours is not None and theirs is not None and ours < theirs:
            return "time"
    return ""


def _longest(text: str) -> float | None:
    """The longest time a text names, in days; a working day is taken for 1.4 days."""
    return max((number * _DAYS[unit] for number, unit in _times(text)), default=None)


def _sums(text: str) -> set[str]:
    """The sums of money that a text names; of one that asks for none, nothing but that."""
    folded = _CITED.sub(" ", fold(text))
    sums = {"".join(filter(str.isdigit, found)) for found in _SUM.findall(folded)}
    return sums or ({"0"} if _FREE.search(folded) and not any(map(str.isdigit, folded)) else set())


def _times(text: str) -> set[tuple[float, str]]:
    """The times a text names, each with its unit."""
    return {(0.5 if number == "nua" else float(number.replace(",", ".")), unit) for number, unit in _TIME.findall(fold(text))}
