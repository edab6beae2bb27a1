"""Survivors that another sentence of the article names: "… hết hiệu lực, trừ trường hợp quy định tại khoản 5 Điều này" and khoản 5 says
"Các quy định sau đây tiếp tục có hiệu lực đến hết ngày …: a) Điều 9 Nghị định số …"; or "Riêng Điều 9 Nghị định số … tiếp tục …".

Only a khoản that tells how provisions of the ended text go on spares them. One about cases ("Hồ sơ đã nộp trước ngày …") is the
source's own transition: nothing of the ended text survives by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.effects.clauses import ENDINGS, UNNAMED_SURVIVORS, ClauseEffect, SourceHead
from extractors.effects.clean_text import CleanText
from extractors.effects.effect_dates import first_day_out
from extractors.effects.phrases import Phrases
from extractors.effects.structure import Sentence
from extractors.effects.term_lengths import length_in
from rasoat.records import DateBasis, Mention, Verb

_POINTS = re.compile(
    r"\btrừ\s+(?:(?:các|những|một\s+số)\s+)?(?:trường\s+hợp|quy\s+định|nội\s+dung|văn\s+bản|điều\s+khoản)\s+(?:(?:được\s+)?(?:quy\s+định|nêu)\s+)?tại\s+"
    r"(?P<places>(?:(?:các\s+)?(?:khoản\s+)?\d{1,2}(?:\s*(?:,|và)\s*)?)+)\s*Điều\s+này",
    re.IGNORECASE,
)
_GO_ON = re.compile(
    r"\W*(?:(?:các|những|một\s+số)\s+)?(?:quy\s+định|nội\s+dung|điều\s+kiện|điểm|khoản|điều|chương|mục|phụ\s+lục|mẫu)\s[^.;]{0,800}?"
    r"\b(?:có\s+hiệu\s+lực|tiếp\s+tục\s+(?:được\s+)?(?:áp\s+dụng|thực\s+hiện|thi\s+hành)|được\s+(?:tiếp\s+tục\s+)?(?:áp\s+dụng|thực\s+hiện))\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\W*Riêng\s+(?:đối\s+với\s+)?(?:(?:các|những)\s+)?(?:quy\s+định|nội\s+dung|chế\s+độ|mức|điểm|khoản|điều|chương|mục|phụ\s+lục|mẫu)\s[^.;]{0,800}?"
    r"\b(?:tiếp\s+tục|có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:cho\s+)?đến)\b",
    re.IGNORECASE,
)
_LONG = 1000  # letters at either end of a quote in which its exceptions stand


@dataclass(frozen=True, slots=True)
class _Spared:
    """What one khoản lets go on: a text, the provisions named of it, and the first day on which they are over."""

    mention: Mention
    sentence: Sentence
    intro: Sentence | None
    until: date | None

    @property
    def paths(self) -> tuple[str, ...]:
        return (*self.mention.provisions, *self.mention.divisions) or UNNAMED_SURVIVORS


class SparedElsewhere:
    """The khoản of one article that say what goes on, read where an ending points at them."""

    def __init__(
        self, view: CleanText, sentences: Sequence[Sentence], phrases: Phrases, source: SourceHead, found: Iterable[ClauseEffect]
    ) -> None:
        self._view, self._sentences, self._phrases, self._source = view, sentences, phrases, source
        begins = (one.on for one in found if one.verb is Verb.ENTERS_INTO_FORCE and one.target is None and not one.provisions)
        self._begun = next((on for on in begins if on), source.effective_on)
        self._read: dict[str, list[_Spared]] = {}
        self._pointing: dict[tuple[str, int, int], list[str]] = {}
        apart = [one for one in sentences if _APART.match(phrases.text, one.start, one.end)]
        self._apart = [spared for sentence in apart for spared in self._named(sentence, None)]

    def told(self, ending: ClauseEffect) -> Iterator[ClauseEffect]:
        """The ending with the survivors that the khoản it points at names, and how long each lives where it is said."""
        number = ending.target.number if ending.target and ending.verb in ENDINGS and not ending.exceptions else None
        said = [one for place in self._pointed_at(ending) for one in self._of(place)] if number else []
        spared = [one for one in (*said, *self._apart) if number and one.mention.number == number]
        if not spared:
            yield ending
            return
        paths = tuple(dict.fromkeys(path for one in spared for path in one.paths if _inside(path, ending.provisions)))
        yield replace(ending, exceptions=paths)
        for one in spared:
            held = tuple(path for path in one.paths if path in paths)
            if one.until and held:
                yield self._outlasting(ending, one, held)

    def _pointed_at(self, ending: ClauseEffect) -> list[str]:
        """The khoản of the same article that an ending's words name as exceptions; the same words are searched once for all they end."""
        words = ending.lead, ending.start, ending.end
        if words not in self._pointing:
            quote = ending.quote if len(ending.quote) <= 2 * _LONG else f"{ending.quote[:_LONG]}\n{ending.quote[-_LONG:]}"
            points = _POINTS.search(f"{ending.lead}\n{quote}")
            self._pointing[words] = [f"khoan-{place}" for place in re.findall(r"\d+", points["places"])] if points else []
        return self._pointing[words]

    def _outlasting(self, ending: ClauseEffect, spared: _Spared, paths: tuple[str, ...]) -> ClauseEffect:
        """How long provisions of the ended text go on, in the words of the khoản that says so."""
        start, end = self._view.raw_span(spared.sentence.start, spared.sentence.end)
        led = self._view.raw_span(spared.intro.start, spared.intro.end) if spared.intro else (0, 0)
        return ClauseEffect(
            Verb.PROLONGS, self._view.raw[start:end], start, end, target=ending.target, provisions=paths, basis=DateBasis.UNSTATED,
            until=spared.until, source_provision=spared.sentence.place, lead=self._view.raw[slice(*led)],
        )  # fmt: skip

    def _of(self, place: str) -> list[_Spared]:
        if place not in self._read:
            inside = [one for one in self._sentences if one.place == place or one.place.startswith(f"{place}/")]
            self._read[place] = list(self._goes_on(inside)) if inside else []
        return self._read[place]

    def _goes_on(self, sentences: list[Sentence]) -> Iterator[_Spared]:
        text = self._phrases.text
        intro = sentences[0] if sentences[0].is_intro and _GO_ON.match(text, sentences[0].start, sentences[0].end) else None
        for sentence in sentences:
            if sentence is intro or not (intro or _GO_ON.match(text, sentence.start, sentence.end)):
                continue
            yield from self._named(sentence, intro)

    def _named(self, sentence: Sentence, intro: Sentence | None) -> Iterator[_Spared]:
        until = self._until(sentence) or (self._until(intro) if intro else None)
        yield from (_Spared(mention, sentence, intro, until) for mention in self._phrases.mentions(sentence.start, sentence.end))

    def _until(self, sentence: Sentence) -> date | None:
        text = self._phrases.text
        if stated := first_day_out(text, sentence.start, sentence.end):
            return stated[0]
        length = length_in(text, sentence.start, sentence.end)
        return length.first_day_out(self._source.issued_on if length.from_signing else self._begun) if length else None


def _inside(path: str, ended: tuple[str, ...]) -> bool:
    """Whether a survivor is a part of what ends."""
    return not ended or any(path == one or path.startswith(f"{one}/") for one in ended)
