"""What a document says of itself: when it (or a part) begins and ends, how it treats what it refers to, what it overrides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from extractors.citations.grammar.provision_runs import trailing_run
from extractors.effects.clauses import SourceHead
from extractors.effects.effect_dates import SELF, When, end_of_another, first_day_out, time_behind
from extractors.effects.staggered import ADOPTED, BEGINNING, beginnings, begins, since_behind
from extractors.effects.structure import Sentence
from extractors.effects.term_lengths import length_in
from rasoat.records import DateBasis, Verb


@dataclass(frozen=True, slots=True)
class OwnEffect:
    """An effect of the source on itself; `until` is set where a term is stated, `provisions` where only parts are meant."""

    verb: Verb
    when: When | None = None
    provisions: tuple[str, ...] = ()
    on: date | None = None


_MAY_BEGIN = re.compile(r"hiệu|được\s+(?:thực|áp|thi)", re.IGNORECASE)
_BEGINS = re.compile(rf"{SELF}\s*,?\s+(?:này\s+)?{ADOPTED}{BEGINNING}", re.IGNORECASE)
_ENDS = re.compile(rf"{SELF}\s+(?:sẽ\s+)?hết\s+hiệu\s+lực(?:\s+thi\s+hành)?", re.IGNORECASE)
_PREFACE = re.compile(
    r"(?:\s|[,.:]|\b(?:hiệu\s+lực\s+thi\s+hành|điều\s+khoản\s+thi\s+hành|riêng|các|những|quy\s+định\s+tại|quy\s+định|nội\s+dung|tại|của|trong)\b)*",
    re.IGNORECASE,
)
_REFERRED = re.compile(r"(?:dẫn\s+chiếu|viện\s+dẫn|trích\s+dẫn|quy\s+định\s+tham\s+chiếu|tham\s+chiếu)", re.IGNORECASE)
_CHANGED = re.compile(
    r"(?:được\s+|có\s+|bị\s+)?(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)[^.]{0,400}?(?:áp\s+dụng|thực\s+hiện|điều\s+chỉnh|thay\s+đổi)[^.]{0,40}?\s+theo",
    re.IGNORECASE,
)
_OVERRIDES = re.compile(
    rf"(?:(?:khác|trái)\s+với|chưa\s+(?:được\s+)?quy\s+định|quy\s+định[^.;]{{0,160}}?(?:khác\s+nhau|không\s+thống\s+nhất))[^.]{{0,200}}?(?:thực\s+hiện|áp\s+dụng)\s+(?:theo\s+)?(?:các\s+)?(?:quy\s+định\s+(?:tại|của)\s+)?{SELF}",
    re.IGNORECASE,
)


_CONTRACTS = re.compile(r"thỏa\s+thuận|thoả\s+thuận|hợp\s+đồng", re.IGNORECASE)


def own_effects(text: str, sentence: Sentence, source: SourceHead) -> Iterator[OwnEffect]:
    """The effects of a sentence on the source itself."""
    start, end = sentence.start, sentence.end
    said = text[start:end]
    if "này" in said:
        yield from _terms(text, start, end, source)
    if _MAY_BEGIN.search(said) or sentence.intros:
        for paths, when in beginnings(text, sentence):
            yield OwnEffect(Verb.ENTERS_INTO_FORCE, _signed(when, source), paths)
    if _REFERRED.search(said) and _CHANGED.search(said):
        yield OwnEffect(Verb.DYNAMIC_REFERENCE)
    elif _OVERRIDES.search(said) and not _CONTRACTS.search(said):
        yield OwnEffect(Verb.OVERRIDES)


def _terms(text: str, start: int, end: int, source: SourceHead) -> Iterator[OwnEffect]:
    for found in _BEGINS.finditer(text, start, end):
        part = _part(text, start, found.start())
        if part is None:
            continue
        when = since_behind(text, found.end(), end)
        if when and begins(when, found[0], known=bool(part)):
            yield OwnEffect(Verb.ENTERS_INTO_FORCE, _signed(when, source), part)
        yield from _ending_with(text, found.end(), end, when, part, source)
        return
    for found in _ENDS.finditer(text, start, end):
        part = _part(text, start, found.start())
        when = time_behind(text, found.end(), end)
        if part is not None and when and when.on:
            yield OwnEffect(Verb.EXPIRES, None, part, when.on)
        elif part is not None:
            yield from _lasting(text, found.end(), end, None, part, source)


def _ending_with(text: str, start: int, end: int, when: When | None, part: tuple[str, ...], source: SourceHead) -> Iterator[OwnEffect]:
    """The end of a term that is stated with the beginning: a day, the end of another text, or a length."""
    begun = when.end if when and when.basis is not DateBasis.UNSTATED else start
    term, another = first_day_out(text, start, end), end_of_another(text, start, end)
    if term and (len(text[begun : term[1]].strip()) < _NEAR or _JOINS_TERM.fullmatch(text, begun, term[1])):
        yield OwnEffect(Verb.EXPIRES, None, part, term[0])
    elif another and (len(text[begun : another.start].strip()) < _NEAR or _JOINS_TERM.fullmatch(text, begun, another.start)):
        yield OwnEffect(Verb.EXPIRES, another, part)
    elif term is None:
        yield from _lasting(text, start, end, when, part, source)


_PREFACE_ROOM = 2000  # letters before "… này": the longest list of a law's own provisions is under half of it
_NEAR = 12  # letters that may stand between a beginning and its term
_JOINS_TERM = re.compile(
    r"[\s,.]*(?:(?:và|được|tổ\s+chức|thực\s+hiện|áp\s+dụng|thi\s+hành|thí\s+điểm|kéo\s+dài|có\s+hiệu\s+lực)\b[\s,]*)*", re.IGNORECASE
)


def _lasting(text: str, start: int, end: int, when: When | None, part: tuple[str, ...], source: SourceHead) -> Iterator[OwnEffect]:
    """The end of a term given as a length ("trong thời hạn 03 năm"), where the day it runs from is known."""
    begin = when.end if when and when.basis is not DateBasis.UNSTATED else start
    length = length_in(text, start, end)
    if length is None or length.start < begin or not _JOINS_TERM.fullmatch(text, begin, length.start):
        return
    entry = (when.on if when else None) or source.effective_on
    if when and when.basis is DateBasis.SIGN_DATE:
        entry = source.issued_on
    if out := length.first_day_out(source.issued_on if length.from_signing else entry):
        yield OwnEffect(Verb.EXPIRES, None, part, out)


def _part(text: str, start: int, end: int) -> tuple[str, ...] | None:
    """The provisions named before "… này", () for the whole, None where the words before say something else."""
    if end - start > _PREFACE_ROOM:
        return None
    run = trailing_run(text, start, end)
    if not _PREFACE.fullmatch(text, start, run.start if run else end):
        return None
    if run and not (run.paths and run.whole):
        return None
    return run.paths if run else ()


def _signed(when: When, source: SourceHead) -> When:
    if when.basis is DateBasis.SIGN_DATE and source.issued_on:
        return replace(when, on=source.issued_on)
    return when
