"""The parts of a sentence around a verb: where its targets stand, when it takes effect, which documents are named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from extractors.citations import find_mentions
from extractors.effects.effect_dates import SELF, UNDATED, When, first_day_out, first_when, moved_to, time_at, time_behind, times_in
from extractors.effects.structure import Sentence
from extractors.effects.tails import HEAD_WORDS
from extractors.effects.targets import Target
from extractors.effects.verbs import Action, Order, actions_in
from rasoat.identity import parse_number
from rasoat.records import DateBasis, Mention, Verb

_OWN_ENTRY_CLAUSE = re.compile(rf"^\s*{SELF}[^;]{{0,30}}có\s+hiệu\s+lực", re.IGNORECASE)
_MEANWHILE_PREFACE = re.compile(r"^\W*trong\s+(?:thời\s+(?:gian|hạn))\s[^,;]{3,160},", re.IGNORECASE)
# "Giấy phép cấp theo các nghị định sau hết hiệu lực": the papers end, the texts they were issued under do not.
_PAPERS = re.compile(
    r"\W*(?:(?:các|những|mọi|toàn\s+bộ)\s+)?(?:loại\s+)?(?:giấy\s|giấy\s*,|chứng\s+(?:chỉ|nhận|thư)|thẻ\s|hồ\s+sơ|hợp\s+đồng|văn\s+bằng|phiếu\s|kết\s+quả|thông\s+báo)",
    re.IGNORECASE,
)
_PREFACE_TAIL = re.compile(r"(?:\s+thi\s+hành)?\s*(?:,|\bthì\b)*")
_PREFACE_ENDS = re.compile(r"[^;,]{0,200}?(?:,|\bthì\b)")
_MARKS = re.compile(r"\W*")
_CLOSES = re.compile(r"(?:\s+thi\s+hành)?(?:\s+(?:sẽ|thì|bị|được))?[\s.;,:/)]*(?:\bvà\b\s*(?:bãi\s+bỏ\s*)?)?", re.IGNORECASE)
# "hết hiệu lực toàn bộ theo Nghị định này kể từ ngày …": some words may part a verb from its day, another matter may not.
_NOT_FAR = re.compile(r"[^;.:]{0,60}?(?=(?:kể\s+từ|\btừ\s+(?:ngày|khi|thời\s+điểm))\s)", re.IGNORECASE)
_ANOTHER_MATTER = re.compile(r"\btrừ\b(?![^;]*,\s*(?:bắt\s+đầu\s+)?$)", re.IGNORECASE)
_ONLY_LASTS = re.compile(r"(?:cho\s+)?(?:đến|tới)\b|trong\b|trước\b|(?:chậm|muộn)\b", re.IGNORECASE)
_UP_TO_A_DAY = re.compile(r"\s*,?\s*(?:cho\s+)?(?:đến|tới)\b[^;]*$", re.IGNORECASE)
_SINCE = re.compile(r"kể\s+từ\s|bắt\s+đầu\s+từ\s", re.IGNORECASE)
_NO_TITLE_OPENS = re.compile(
    r"(?:kể\s+)?từ\b|(?:ngay\s+)?sau\b|(?:cho\s+)?đến\s+khi\b|trước\s+ngày\b|theo\s+lộ\s+trình|(?:chậm|muộn)\b|khi\b", re.IGNORECASE
)
_UP_TO = re.compile(r"\b(?:đến|tới)\s+(?!khi\b)", re.IGNORECASE)
_BEHIND_HEAD = re.compile(rf"{HEAD_WORDS}(?={_NO_TITLE_OPENS.pattern})", re.IGNORECASE)
_COMES_TO_PASS = re.compile(
    r"(?:ban\s+hành|có\s+hiệu\s+lực(?:\s+thi\s+hành)?|thay\s+thế|vận\s+hành|hoạt\s+động|quy\s+định\s+(?:mới|khác)|văn\s+bản\s+mới|hoàn\s+thành\s[^,;]{0,80}|lộ\s+trình[^,;]{0,40})[\s.;,:]*$",
    re.IGNORECASE,
)
_PRINTED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ENTRY_OF_WHAT = re.compile(
    r"\W*(?:thời\s+(?:điểm|hạn)|ngày)\s+(?:bắt\s+đầu\s+)?(?:có\s+)?hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:của|đối\s+với)\s+", re.IGNORECASE
)
_OF_WHAT = re.compile(r"[^;.]{0,60}?\b(?:đối\s+với|của)\s+", re.IGNORECASE)  # "tạm ngưng … từ ngày A đến hết ngày B đối với Nghị định số …"
_INSTEAD = re.compile(r"có\s", re.IGNORECASE)  # "có hiệu lực kể từ ngày … thay cho ngày …"
_LONGEST_WAIT = 200
_LONGEST_TAIL = 400  # letters at the end of a stretch in which the time that closes it begins
_LONGEST_CLAUSE = 6000  # letters behind a verb in which its term stands
_ENDINGS = frozenset({Verb.REPLACES, Verb.REPEALS, Verb.EXPIRES})


@dataclass(frozen=True, slots=True)
class Timing:
    """Since when an effect holds (None: no time is named), and the first day after it where a term is stated."""

    when: When | None
    until: date | None = None


class Phrases:
    """One article's clean text, its sentences' verbs found once. `signed` is the day its document was issued."""

    def __init__(self, text: str, signed: date | None) -> None:
        self.text = text
        self._signed = signed
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
            return self._region_behind(action)
        start = sentence.start
        earlier = [other.end for other in self.actions(sentence) if other.start < action.start]
        if earlier and (cut := self.text.rfind(";", max(earlier), action.start)) >= 0:
            start = cut + 1
        if _OWN_ENTRY_CLAUSE.match(self.text[start : action.start]):
            when = first_when(self.text, start, action.start)
            start = when.end if when else start
        elif preface := self._preface(start, action.start):
            start = preface[1]
        named = _ENTRY_OF_WHAT.match(self.text, start, action.start) if action.verb is Verb.POSTPONES else None
        return named.end() if named else start, action.start

    def _region_behind(self, action: Action) -> tuple[int, int]:
        if action.verb is Verb.POSTPONES:
            moved = moved_to(self.text, action.end, action.reach)
            return action.end, moved.start if moved else action.reach
        when = time_behind(self.text, action.end, action.reach) if action.verb is Verb.SUSPENDS else None
        named = _OF_WHAT.match(self.text, when.end, action.reach) if when else None
        return named.end() if named else action.end, action.reach

    def _preface(self, start: int, end: int) -> tuple[When, int] | None:
        """The time that opens a clause ("Sau ngày …, Nghị định số … hết hiệu lực"), and where the words behind it begin."""
        marks = _MARKS.match(self.text, start, end)
        at = marks.end() if marks else start
        when = time_at(self.text, at, end)
        if when is None or when.basis is DateBasis.UNSTATED:
            meanwhile = _MEANWHILE_PREFACE.match(self.text[start:end])
            ends = _PREFACE_ENDS.match(self.text, at, end) if when else None
            stop = start + meanwhile.end() if meanwhile else ends.end() if ends else None
            return (when, stop) if when and stop else None
        tail = _PREFACE_TAIL.match(self.text, when.end, end)
        return when, tail.end() if tail else when.end

    def said_from(self, sentence: Sentence, action: Action) -> int:
        """Where a verb's part of the sentence begins: with the sentence for the first, behind the verbs before it for the others."""
        if action == self.actions(sentence)[0]:
            return sentence.start
        if action.order is Order.VERB_FIRST:
            return action.start
        start, end = self.region(sentence, action)
        return end - len(self.text[start:end].lstrip(" ,;"))

    def ends_papers(self, sentence: Sentence, action: Action) -> bool:
        """Whether what precedes the verb are papers or files, not texts."""
        start, end = self.region(sentence, action)
        return action.order is Order.TARGET_FIRST and bool(_PAPERS.match(self.text, start, end))

    def timing(self, sentence: Sentence, action: Action) -> Timing:
        """When a verb acts by the words around it; the time behind a target is for `trailing` to find."""
        until = first_day_out(self.text, action.end, min(sentence.end, action.end + _LONGEST_CLAUSE))
        return Timing(self._when(sentence, action), until[0] if until else None)

    def _when(self, sentence: Sentence, action: Action) -> When | None:
        if action.verb is Verb.POSTPONES:
            said = time_behind(self.text, action.end, sentence.end) if _INSTEAD.match(self.text, action.start, action.end) else None
            return said or moved_to(self.text, action.end, action.reach) or UNDATED
        if (when := self._behind(sentence, action)) is not None:
            return when
        if (preface := self._preface(sentence.start, action.start)) is not None:
            return None if self._only_lasts(action, preface[0]) else preface[0]
        if action.order is Order.TARGET_FIRST:
            return self._closing(action, self.region(sentence, action)[0], action.start, None)
        return self._closing(action, action.end, sentence.end, None) if sentence.is_intro else None

    def _behind(self, sentence: Sentence, action: Action) -> When | None:
        """The time right behind a verb, or not far behind it."""
        when = time_behind(self.text, action.end, sentence.end)
        if when is None and action.order is Order.TARGET_FIRST and (between := _NOT_FAR.match(self.text, action.end, sentence.end)):
            when = None if _ANOTHER_MATTER.search(between[0]) else time_at(self.text, between.end(), sentence.end)
        return None if when is None or self._only_lasts(action, when) else when

    def _only_lasts(self, action: Action, when: When) -> bool:
        """ "tạm ngưng … cho đến khi": how long, of what is no ending, and not since when."""
        return action.verb not in _ENDINGS and bool(_ONLY_LASTS.match(self.text, when.start))

    def trailing(self, action: Action, target: Target, end: int) -> When | None:
        """The time behind a target: right behind its number, day and body, or at the very end of its clause.

        A title that speaks of a time is no time of the clause.
        """
        if action.verb is Verb.POSTPONES:
            return None  # the new day stands behind the verb and all its targets
        number = parse_number(target.mention.number or "")
        made = target.mention.issued_on or (date(number.year, 1, 1) if number and number.year else None)
        head = _BEHIND_HEAD.match(self.text, target.mention.end, end)
        when = time_at(self.text, head.end(), end) if head else None
        if when and self._may_be(when, made) and not self._only_lasts(action, when):
            return when
        return self._closing(action, target.mention.end, end, made)

    def _closing(self, action: Action, start: int, end: int, made: date | None) -> When | None:
        """The time that closes a stretch, where it is no part of a title."""
        waiting = None
        for when in times_in(self.text, max(start, end - _LONGEST_TAIL), end):
            if self._only_lasts(action, when) or _UP_TO.match(self.text, when.start):
                continue
            if when.basis is DateBasis.UNSTATED:
                waiting = waiting or (when if self._waits(when.start, end) else None)
            elif self._closes(action, when, end) and self._may_be(when, made):
                return when
        return waiting

    def _closes(self, action: Action, when: When, end: int) -> bool:
        lasts = action.verb not in _ENDINGS and _UP_TO_A_DAY.match(self.text, when.end, end)
        return bool(lasts or _CLOSES.fullmatch(self.text, when.end, end))

    def _may_be(self, when: When, made: date | None) -> bool:
        """Whether a day can be that of an ending: no text ends before it was made; a title's "sau ngày 30/4/1975" lies before the clause."""
        if when.on is None:
            return True
        return (made is None or when.on >= made) and (when.plain or self._signed is None or when.on >= self._signed)

    def _waits(self, start: int, end: int) -> bool:
        """Whether what cannot be read at the end of a stretch is a time all the same, and no part of a title."""
        said = self.text[start:end]
        if len(said) > _LONGEST_WAIT or not _NO_TITLE_OPENS.match(said) or ";" in said[:-1].rstrip(" ;"):
            return False
        if _SINCE.match(said):
            return True
        years = [int(year) for year in _PRINTED_YEAR.findall(said)]
        ahead = self._signed is None or any(year >= self._signed.year for year in years)
        dated = bool(years) and ahead and "," not in said.rstrip(" .,;") and not _UP_TO.search(said)
        return dated or bool(_COMES_TO_PASS.search(said))
