"""Parts of a document that enter into force on days of their own (Luật 64/2025/QH15 Điều 53; Luật 58/2014/QH13 Điều 124).

"… từ ngày 01/01/2016, trừ khoản 2 Điều 2 … có hiệu lực từ ngày 01/01/2018", "…; riêng Điều 5 có hiệu lực từ ngày …", or the
items of a list under "trừ các quy định sau đây có hiệu lực từ ngày …:". What is named only by its matter is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.citations import find_mentions
from extractors.citations.grammar.provision_runs import leading_run
from extractors.effects.effect_dates import SELF, TYPE_WORDS, When, time_behind
from extractors.effects.structure import Sentence
from rasoat.records import DateBasis, MentionKind

BEGINNING = r"(?:sẽ\s+)?(?:bắt\s+đầu\s+|chính\s+thức\s+)?(?:có\s+hiệu(?:\s+lực)?(?:\s*(?:thi|thí|thị|thì)\s+hành)?|được\s+(?:thực\s+hiện|áp\s+dụng|thi\s+hành))"
# "Nghị quyết này đã được … thông qua ngày 11 tháng 01 năm 2019 và có hiệu lực từ ngày …": the day it was adopted is no day of entry.
ADOPTED = (
    r"(?:(?:đã\s+)?được\s+[^.;:]{0,160}?thông\s+qua\s+(?:tại\s+[^.;:]{0,80}?)?(?:vào\s+)?ngày\s+\d{1,2}(?:\s+tháng\s+|[/.-])\d{1,2}(?:\s+năm\s+|[/.-])\d{4}"
    r"\s*(?:,\s*và\b|,|và\b)\s*)?"
)
_BEGINNING = re.compile(BEGINNING, re.IGNORECASE)
_OWN_ENTRY = re.compile(rf"{SELF}\s*,?\s+{ADOPTED}{BEGINNING}", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:\s|[,;.:(]|\b(?:và|riêng|còn|trừ|ngoại|trong\s+đó|nhưng|đối\s+với|các|những|quy\s+định\s+tại|quy\s+định|nội\s+dung|tại|việc|thi\s+hành)\b)*",
    re.IGNORECASE,
)
_OWN_TAIL = re.compile(
    rf"\s*(?:(?:của|tại|trong)\s+)?(?:{SELF}|{TYPE_WORDS}(?=\s*(?:,|thì|$|có\s+hiệu)))?[\s,]*(?:thì\b)?\s*", re.IGNORECASE
)
_SOMETHING_MORE = re.compile(rf"\s*(?:(?:của|tại|trong)\s+)?(?:{SELF})?\s*(?:,|;|\bvà)\s*[^;]{{2,200}}$", re.IGNORECASE)
_FOLLOWING = re.compile(r"\b(?:các|những)\s+[^;.:]{2,60}?\bsau(?:\s+đây)?\b", re.IGNORECASE)
_NAMES_PARTS = re.compile(r"\b(?:điểm\s+\w{1,2}|khoản\s+\d|điều\s+\d|chương\s+[IVX]|mục\s+[IVX\d]|phụ\s+lục\s)", re.IGNORECASE)
_ITEM_ENDS = re.compile(rf"\s*(?:(?:của|tại)\s+{SELF})?[\s;.,]*(?:và)?\s*", re.IGNORECASE)
_LASTS = re.compile(r"(?:cho\s+)?(?:đến|tới)\b|trong\b|trước\b|(?:chậm|muộn)\b", re.IGNORECASE)

Beginning = tuple[tuple[str, ...], When]


def since_behind(text: str, start: int, end: int) -> When | None:
    """Since when something holds, by the words right behind its verb; how long it lasts is no such time."""
    when = time_behind(text, start, end)
    return None if when is None or _LASTS.match(text, when.start) else when


def begins(when: When, verb: str, *, known: bool) -> bool:
    """Whether a part begins on a day of its own: "from the day this decree enters into force" is none.

    A day that cannot be read counts where the words speak of entry into force: what is "applied from the tax year 2021" is
    in force before that. `known`: the words name their own document.
    """
    if when.basis is DateBasis.UNSTATED:
        return known and "hiệu" in verb.lower()
    return when.basis is not DateBasis.OWN_ENTRY


def beginnings(text: str, sentence: Sentence) -> Iterator[Beginning]:
    """The provisions of its own document that a sentence says to begin on another day, and when."""
    if sentence.intros:
        yield from _listed(text, sentence)
    own = _OWN_ENTRY.search(text, sentence.start, sentence.end)
    if own is None and not _of_this_text(text, sentence):
        return
    whole = own is not None and not _NAMES_PARTS.search(text, sentence.start, own.start())
    at = _behind(text, own.end(), sentence.end) if own and whole else sentence.start
    for found in _BEGINNING.finditer(text, at, sentence.end):
        paths = _named(text, at, found.start())
        when = since_behind(text, found.end(), sentence.end)
        if paths and when and begins(when, found[0], known=own is not None):
            yield paths, when
        at = _behind(text, found.end(), sentence.end)


def _of_this_text(text: str, sentence: Sentence) -> bool:
    """Whether provisions named without a document are the source's own: nothing above them speaks of another text."""
    return all(_OWN_ENTRY.search(text, intro.start, intro.end) for intro in sentence.intros)


def _behind(text: str, verb_end: int, end: int) -> int:
    when = time_behind(text, verb_end, end)
    return when.end if when else verb_end


def _named(text: str, start: int, end: int) -> tuple[str, ...]:
    """The provisions that stand before a verb and nothing else; a last one that is no provision ("thứ tự số 28 …") is passed over."""
    leads = _LEADS.match(text, start, end)
    run = leading_run(text, leads.end() if leads else start, end)
    if run is None or not run.whole or not run.paths:
        return ()
    if _OWN_TAIL.fullmatch(text, run.end, end):
        return run.paths
    more = _SOMETHING_MORE.match(text[run.end : end])
    other = any(mention.kind is not MentionKind.SELF for mention in find_mentions(text[run.end : end]))
    return run.paths if more and not other else ()


def _listed(text: str, sentence: Sentence) -> Iterator[Beginning]:
    intro = sentence.intros[-1]
    own = _OWN_ENTRY.search(text, intro.start, intro.end)
    following = _FOLLOWING.search(text, own.end(), intro.end) if own else None
    verb = _BEGINNING.search(text, following.end(), intro.end) if following else None
    when = since_behind(text, verb.end(), intro.end) if verb else None
    run = leading_run(text, sentence.start, sentence.end)
    if when and run and run.whole and run.paths and _ITEM_ENDS.fullmatch(text, run.end, sentence.end):
        yield run.paths, when
