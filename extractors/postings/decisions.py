"""The head of a publication decision: number, day, issuer, title, and from when it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from extractors.formats.head import read_head
from extractors.formats.head_lines import DATE_WORDS
from extractors.postings.kinds import title_lines
from extractors.postings.records import DecisionHead
from rasoat.identity import canonical_number
from rasoat.vietnamese import squeeze

# Numbers that offices really give such decisions: "2267./QĐ-BXD", "885/QĐ-BCA-C06", "QĐ/0001-BCA", "2171/QĐ-UBND-DatDai", "01/QĐCB".
_NUMBER = r"(?:\d+[a-zđ]?\s*\.?\s*/\s*(?:\d{4}\s*/\s*)?Q\s*[ĐD][\wĐđ\s–-]{0,60}?|QĐ\s*/?\s*\d+\s*-\s*[A-ZĐ]+\d*)"
_OWN_NUMBER = re.compile(rf"(?i)^\W*số\s*+:?\s*+(?P<number>{_NUMBER})\s*(?:$|\t|,|ngày\b|\s{{2}}|(?<=\s)(?-i:[A-ZĐÀ-Ỹ][a-zà-ỹ]))")
_PLACED_DATE = re.compile(rf"(?i)^.{{0,60}}?,\s*{DATE_WORDS}\W*$")
_CHAIRMAN = re.compile(
    r"^\W*CHỦ TỊCH (?:(?:ỦY|UỶ) BAN NHÂN DÂN|UBND) (?P<unit>TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ) (?P<place>[A-ZĐÀ-Ỹ][^\d,;:.]{1,40}?)\W*$"
)
_ATTACHED = re.compile(
    rf"(?i)kèm\s++theo\s++quyết\s++định\s++số\s*+:?\s*+(?P<number>{_NUMBER})\s*+,?\s*+{DATE_WORDS}\s*+(?:của\s++(?P<issuer>[^)\n.;]{{4,120}}))?"
)
_EFFECT = re.compile(
    rf"(?i)quyết\s+định\s+này\s+có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?(?:từ\s+)?(?:(?P<signing>ngày\s+ký)|{DATE_WORDS})"
)


def decision_head(lines: Sequence[str]) -> DecisionHead:
    """What the lines of a decision, or of its annex alone ("kèm theo Quyết định số …"), say of it; None for what they do not."""
    text = "\n".join(lines)
    head = read_head(text)
    own = next((found for line in lines[:40] if (found := _OWN_NUMBER.match(line))), None)
    attached = _ATTACHED.search(squeeze(text[:20_000]))
    decides = head.type == "Quyết định" and head.own
    number = (
        (head.number if decides else None)
        or (_canonical(own["number"]) if own else None)
        or (_canonical(attached["number"]) if attached else None)
    )
    issued_on = head.issued_on if decides or (own and head.issued_on) else None
    if issued_on is None and own is not None:
        # A narrow column breaks the date in two.
        broken = (f"{line} {after}" for line, after in pairwise(lines[:40]))
        issued_on = next((_day(found) for line in (*lines[:40], *broken) if (found := _PLACED_DATE.match(line))), None)
    if issued_on is None and attached is not None and number == _canonical(attached["number"]):
        issued_on = _day(attached)
    issuer = _issuer(lines, head.issuer)
    if own is None and not decides and attached is not None:
        issued_on, issuer = _day(attached), squeeze(attached["issuer"] or "") or issuer
    title = squeeze(" ".join(title_lines(lines))).strip(" -–*_") or head.title
    return DecisionHead(number, issued_on, issuer, title, _effective(text, issued_on))


def _issuer(lines: Sequence[str], read: str | None) -> str | None:
    """The head's issuer; where two columns of the head ran together, whom the line under the title names."""
    for line in lines[:40]:
        if found := _CHAIRMAN.match(line):
            return f"Ủy ban nhân dân {found['unit'].lower()} {squeeze(found['place']).title()}"
    return squeeze(re.split(r"(?i)\b(?:độc\s+lập|cộng\s+h[oò][aà])\b", read)[0]) or None if read else None


def _canonical(printed: str) -> str:
    return canonical_number("".join(printed.split()).replace("./", "/"))


def _effective(text: str, issued_on: date | None) -> date | None:
    found = _EFFECT.search(text)
    if found is None:
        return None
    if found["signing"]:
        return issued_on
    return _day(found)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
