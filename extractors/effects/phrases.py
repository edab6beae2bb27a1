"""The parts of a sentence around a verb: where its targets stand, when it takes effect, which documents are named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from extractors.citations import find_mentions
from extractors.effects.effect_dates import SELF, When, first_day_out, first_when
from extractors.effects.structure import Sentence
from extractors.effects.targets import Target
from extractors.effects.verbs import Action, Order, actions_in
from rasoat.records import Mention

_OWN_ENTRY_CLAUSE = re.compile(rf"^\s*{SELF}[^;]{{0,30}}có\s+hiệu\s+lực", re.IGNORECASE)
_DATE_PREFACE = re.compile(r"^\W*(?:bắt\s+đầu\s+)?(?:kể\s+)?từ\s+(?:ngày|thời\s+điểm|khi)", re.IGNORECASE)
_MEANWHILE_PREFACE = re.compile(r"^\W*trong\s+thời\s+gian\s[^,;]{3,160},", re.IGNORECASE)
# "Giấy phép cấp theo các nghị định sau hết hiệu lực": the papers end, the texts they were issued under do not.
_PAPERS = re.compile(
    r"\W*(?:(?:các|những|mọi|toàn\s+bộ)\s+)?(?:loại\s+)?(?:giấy\s|giấy\s*,|chứng\s+(?:chỉ|nhận|thư)|thẻ\s|hồ\s+sơ|hợp\s+đồng|văn\s+bằng|phiếu\s|kết\s+quả|thông\s+báo)",
    re.IGNORECASE,
)
_PREFACE_TAIL = re.compile(r"(?:\s+thi\s+hành)?\s*(?:,|\bthì\b)*")


@dataclass(frozen=True, slots=True)
class Timing:
    """Since when an effect holds, and the first day after it where a term is stated."""

    when: When | None
    until: date | None = None


class Phrases:
    """One article's clean text, its sentences' verbs found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._actions: dict[int, list[Action]] = {}

    def actions(self, sentence: Sentence) -> list[Action]:
        if sentence.start not in self._actions:
            self._actions[sentence.start] = actions_in(self.text, sentence.start, sentence.end)
        return self._actions[sentence.start]

    def mentions(self, start: int, end: int) -> list[Mention]:
        """The documents named in a stretch, with offsets into the clean text."""
        return [replace(m, start=m.start + start, end=m.end + start) for m in find_mentions(self.text[start:end])]

    def region(self, sentence: Sentence, action: Action) -> tuple[int, int]:
        """Where the targets of a verb stand: after it, or between the start of its clause and it."""
        if action.order is Order.VERB_FIRST:
            return action.end, action.reach
        start = sentence.start
        earlier = [other.end for other in self.actions(sentence) if other.start < action.start]
        if earlier and (cut := self.text.rfind(";", max(earlier), action.start)) >= 0:
            start = cut + 1
        if _OWN_ENTRY_CLAUSE.match(self.text[start : action.start]):
            when = first_when(self.text, start, action.start)
            start = when.end if when else start
        elif _DATE_PREFACE.match(self.text[start : action.start]):
            when = first_when(self.text, start, action.start)
            tail = _PREFACE_TAIL.match(self.text, when.end, action.start) if when else None
            start = tail.end() if tail else start
        elif preface := _MEANWHILE_PREFACE.match(self.text[start : action.start]):
            start += preface.end()
        return start, action.start

    def ends_papers(self, sentence: Sentence, action: Action) -> bool:
        """Whether what precedes the verb are papers or files, not texts."""
        start, end = self.region(sentence, action)
        return action.order is Order.TARGET_FIRST and bool(_PAPERS.match(self.text, start, end))

    def timing(self, sentence: Sentence, action: Action) -> Timing:
        until = first_day_out(self.text, action.end, sentence.end)
        if action.order is Order.TARGET_FIRST:
            when = first_when(self.text, action.end, sentence.end)
            if when and when.start - action.end < 60:
                return Timing(when, until[0] if until else None)
        if _DATE_PREFACE.match(self.text[sentence.start : action.start]):
            return Timing(first_when(self.text, sentence.start, action.start), until[0] if until else None)
        return Timing(None, until[0] if until else None)

    def trailing(self, target: Target, end: int) -> When | None:
        """The date at the very end of a verb-first clause ("… kể từ ngày 01/01/2020."); dates inside titles are not it."""
        at, found = target.mention.end, None
        while (when := first_when(self.text, at, end)) is not None:
            found, at = when, when.end
        closes = found and re.fullmatch(r"(?:\s+thi\s+hành)?[\s.;,/]*", self.text[found.end : end])
        return found if closes else None
