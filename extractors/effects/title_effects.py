"""What a document's title says that it does: it amends, details, corrects or suspends other documents; never that it ends one.

"sửa đổi, bổ sung một số điều của …" in a title is an amendment of what it names, and "quy định chi tiết … Luật …" makes the
document that law's child (Luật 64/2025/QH15 Điều 57 khoản 2). An end needs a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.citations import find_mentions
from extractors.effects.clause_reading import read_clauses
from extractors.effects.clauses import ClauseEffect, SourceHead
from extractors.effects.effect_dates import TYPE_WORDS
from extractors.effects.rank import outranks
from rasoat.records import Confidence, DateBasis, MentionKind, Verb

_SAYS = frozenset({Verb.AMENDS, Verb.CORRECTS, Verb.SUSPENDS, Verb.POSTPONES})
_PART = re.compile(r"(?<!sửa đổi)(?:[;,]|\bvà)\s+(?=(?:sửa\s+đổi|bổ\s+sung|đính\s+chính|tạm\s+ngưng|ngưng|lùi)\b)", re.IGNORECASE)
_ACTS = re.compile(
    rf"(?:{TYPE_WORDS}\s+)?(?:về\s+)?(?:việc\s+)?(?:quy\s+định\s+)?(?:về\s+)?(?:việc\s+)?(?=(?:sửa\s+đổi|bổ\s+sung|đính\s+chính|(?:tạm\s+)?(?:ngưng|ngừng|dừng|đình\s+chỉ)\s+(?:áp\s+dụng\s+)?hiệu\s+lực|(?:lùi|hoãn)\s+(?:thời\s+(?:điểm|hạn)\s+)?(?:có\s+)?hiệu\s+lực)\b)",
    re.IGNORECASE,
)
_DETAILS = re.compile(rf"(?:{TYPE_WORDS}\s+)?(?:về\s+)?(?:việc\s+)?(?:quy\s+định\s+chi\s+tiết|hướng\s+dẫn)\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"(?:\s|,|\b(?:chi\s+tiết|thi\s+hành|thực\s+hiện|áp\s+dụng|hướng\s+dẫn|quy\s+định|biện\s+pháp|và|để|một\s+số|các|những|nội\s+dung|điều|khoản|điểm|của|tại|"
    r"\d+[a-zđ]?|tổ\s+chức)\b)*",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*(?:,|;|\bvà\b)\s*(?:các\s+)?", re.IGNORECASE)


def read_title(source: SourceHead) -> list[ClauseEffect]:
    """The effects that the source's title tells; each quotes the whole title and acts from the source's entry into force."""
    title = source.title or ""
    if not title:
        return []
    return [
        replace(effect, start=0, end=len(title), quote=title, source_provision="")
        for effect in (*_acting(title, source), *_detailing(title, source))
    ]


def _acting(title: str, source: SourceHead) -> Iterator[ClauseEffect]:
    for part in _PART.split(title):
        if (opening := _ACTS.match(part)) is None:
            continue
        said = part[opening.end() :]
        for effect in read_clauses(f"{source.type} này {said[:1].lower()}{said[1:]}", source):
            if effect.verb in _SAYS and effect.target is not None:
                # A title may leave out what its clauses say ("một số điều"): nothing of it is as sure as they are.
                yield replace(effect, confidence=Confidence.MEDIUM, exceptions=(), amended_through=())


def _detailing(title: str, source: SourceHead) -> Iterator[ClauseEffect]:
    opening = _DETAILS.match(title)
    if opening is None:
        return
    at, joint = opening.end(), _OBJECT
    for mention in find_mentions(title):
        if mention.start < at or mention.kind is MentionKind.SELF:
            continue
        if not joint.fullmatch(title, at, mention.start) or not outranks((mention.type, mention.number), (source.type, source.number)):
            return
        yield ClauseEffect(Verb.DETAILS, title, 0, len(title), target=mention, basis=DateBasis.OWN_ENTRY, confidence=Confidence.MEDIUM)
        at, joint = mention.end, _BESIDE
