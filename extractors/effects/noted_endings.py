"""What a publisher's note in brackets claims to have ended in the very text it stands in: a claim without a clause (tier D).

"[Khoản này bị bãi bỏ bởi Điều 3 Nghị định số … có hiệu lực từ ngày …]" behind a khoản says that the decree ended that khoản. The
note is not the law's word and accuses nobody; it is kept so that what it speaks of is not called alive without a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.citations import find_mentions
from extractors.effects.clauses import ClauseEffect
from extractors.effects.effect_dates import TYPE_WORDS, first_when
from extractors.effects.structure import Sentence, sentences_of
from rasoat.editor_notes import NOTE
from rasoat.records import Confidence, DateBasis, MentionKind, Verb

_CLAIM = re.compile(
    rf"\W*(?P<what>Điều|Khoản|Điểm|{TYPE_WORDS}|Văn\s+bản)\s+này\s+(?:đã\s+|được\s+|bị\s+)*"
    r"(?:(?P<ended>hết\s+hiệu\s+lực|bãi\s+bỏ|h[ủu][yỷ]\s+bỏ|thay\s+thế)|(?P<suspended>(?:tạm\s+)?(?:ngưng|ngừng|đình\s+chỉ))\b[^\]]{0,30}?)\s*(?:thi\s+hành\s+)?(?:bởi|theo)\s",
    re.IGNORECASE,
)
_LEVELS = {"khoản": "khoan-", "điểm": "diem-"}


def noted_endings(text: str) -> Iterator[ClauseEffect]:
    """The endings and suspensions that notes in an article's text claim, each `claimed_by` the text said to have done it.

    `source_provision` is the place inside the article that the note speaks of; with `claims_whole` it speaks of the whole document.
    Notes on phrases, forms and contents claim nothing that has a path.
    """
    sentences: list[Sentence] | None = None
    for note in NOTE.finditer(text):
        claim = _CLAIM.match(note[0])
        by = next((one for one in find_mentions(note[0]) if one.kind is not MentionKind.SELF), None) if claim else None
        if claim is None or by is None:
            continue
        what = " ".join(claim["what"].lower().split())
        if what in _LEVELS:
            sentences = sentences_of(NOTE.sub(lambda m: " " * len(m[0]), text)) if sentences is None else sentences
        place = _place(sentences or [], note.start(), what)
        if place is None:
            continue
        when = first_when(note[0], claim.end())
        yield ClauseEffect(
            verb=Verb.SUSPENDS if claim["suspended"] else Verb.REPEALS,
            quote=note[0],
            start=note.start(),
            end=note.end(),
            on=when.on if when else None,
            basis=DateBasis.STATED if when and when.on else DateBasis.UNSTATED,
            source_provision=place,
            confidence=Confidence.LOW,
            claimed_by=by,
            claims_whole=what not in {"điều", *_LEVELS},
        )


def _place(sentences: list[Sentence], at: int, what: str) -> str | None:
    """Where in the article the note speaks of: "" for the article itself, None where the unit it names is not found."""
    level = _LEVELS.get(what)
    if level is None:
        return ""
    before = next((one for one in reversed(sentences) if one.start <= at), None)
    parts = before.place.split("/") if before else []
    end = next((index for index, part in enumerate(parts) if part.startswith(level)), None)
    return None if end is None else "/".join(parts[: end + 1])
