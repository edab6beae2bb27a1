"""An article's text as units to read: the sentences of its khoản, điểm and dashes, each under the intros of its lists.

An intro is a sentence that ends with a colon (or with "sau", "sau đây", "gồm"): "Các nghị định sau hết hiệu lực …:".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

_LABEL = re.compile(
    r"[ \t|>#]*(?:(?P<dash>[-–—•+])[ \t]*)?"
    r"(?:(?P<diem>[a-zđ](?:\.?\d{1,2}|[a-z])?(?:\)|\.(?!\w))|\d{1,2}\))|(?P<khoan>\d{1,3}(?:\.\d{1,2})*[a-zđ]?)\.(?![\d/])|(?P<article>Điều\s+\d+\w*\s*[.:]))?[ \t]*"
)
# Also glued to the end of the sentence before: "… ngày 01 tháng 7 năm 2027.3. Các điều 66, 67 …".
_INLINE_ITEM = re.compile(
    r"(?<=[:;.,] )(?=[a-zđ]\d?\)\s*[A-ZĐ“\"])|(?<=[:;.] )(?=\d{1,2}\. [A-ZĐ“\"])|(?:(?<=\d{4}\.)|(?<=[a-zà-ỹ)]\.))(?=\d{1,2}\. ?[A-ZĐ“\"])"
)
_SENTENCE_END = re.compile(r"(?<=[\w\]”\")~])[.](?=\s+[A-ZĐÀ-Ỹ“\"(])")
_INTRO_END = re.compile(r"(?:[:]|\b(?:sau|sau đây|như sau|gồm|bao gồm|gồm có))\s*[.:]?\s*$", re.IGNORECASE)
_INTRO_SAYS = re.compile(
    r"\b(?:các|những)\s[^.;:]{2,80}\bsau(?:\s+đây)?\s+(?:sẽ\s+)?(?:hết|chấm dứt|được|bị|không còn)\s[^;:]{0,600}$", re.IGNORECASE
)
_OPEN_LINE = re.compile(r"[^.:;!?]\s*$")
# "… ngày 15 tháng 5 năm 2018 của", a blank line, "Chính phủ …": a page ended in the middle of the sentence.
_HANGS = re.compile(r"(?:,|\b(?:của|về|và|tại|theo|các|những|số|cho|bởi|trong|được|là|do|với|hoặc))\s*$", re.IGNORECASE)
# "Các văn bản sau đây", line's end, "hết hiệu lực …:": the intro of a list goes on.
_SPLIT_INTRO = re.compile(r"\b(?:các|những)\s[^.;:]{2,70}\bsau(?:\s+đây)?\s*$", re.IGNORECASE)
_DEEPEST = 12  # lists inside lists; no law has as many
_TAIL = 80  # letters at the end of a line that tell whether it is a whole sentence
_TRAILING_VERB = re.compile(r"(?:hết|chấm dứt|không còn) hiệu lực|(?:được|bị) (?:bãi bỏ|thay thế)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of the clean text and its place: "khoan-2/diem-b". `intros` are the sentences it is listed under, outermost first."""

    start: int
    end: int
    place: str
    intros: tuple[Sentence, ...] = ()
    is_intro: bool = False
    leads: bool = True  # the first sentence of its khoản, điểm or dash


@dataclass(slots=True)
class _ClauseBlock:
    start: int
    end: int
    body: int
    level: float
    label: str


@dataclass(slots=True)
class _OpenList:
    intro: Sentence
    level: float
    item_level: float | None = None
    ended: bool = field(default=False)


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of an article in order; `text` has its quotations blanked out, so nothing inside them is split."""
    found: list[Sentence] = []
    open_lists: list[_OpenList] = []
    labels: dict[float, str] = {}
    for block in _blocks(text):
        if block.level == 0.5:
            labels.clear()
        elif block.label:
            labels = {level: label for level, label in labels.items() if level < block.level} | {block.level: block.label}
        _close_lists(open_lists, block, text)
        intros = tuple(entry.intro for entry in open_lists[-_DEEPEST:])
        place = "/".join(labels[level] for level in sorted(labels))
        sentences = _split(text, block, place, intros)
        found += sentences
        if sentences and sentences[-1].is_intro:
            level = block.level or (open_lists[-1].level + 0.25 if open_lists else 0)
            open_lists.append(_OpenList(sentences[-1], level))
    return found


def _close_lists(open_lists: list[_OpenList], block: _ClauseBlock, text: str) -> None:
    """Drops the lists that this block does not belong to, and notes the level of a list's first item."""
    while open_lists:
        last = open_lists[-1]
        if not block.label and block.level == 0:
            belongs = not last.ended and last.item_level in (None, 0)
        else:
            belongs = block.level > last.level and (last.item_level is None or block.level >= last.item_level)
        if belongs:
            break
        open_lists.pop()
    if open_lists:
        last = open_lists[-1]
        last.item_level = block.level if last.item_level is None else last.item_level
        last.ended = text[block.start : block.end].rstrip().endswith(".")


def _blocks(text: str) -> list[_ClauseBlock]:
    blocks: list[_ClauseBlock] = []
    for start, end in _lines(text):
        label = _LABEL.match(text, start, end)
        assert label is not None
        level, name = _level(label)
        plain = not name and level == 0
        if plain and blocks and _continues(text, blocks[-1], start, end):
            blocks[-1].end = end
        elif text[start:end].strip(" |-~"):
            blocks.append(_ClauseBlock(start, end, label.end() if not plain else start, level, name))
    return blocks


def _lines(text: str) -> list[tuple[int, int]]:
    lines = []
    for line in re.finditer(r"[^\n]+", text):
        cuts = [line.start(), *(m.start() for m in _INLINE_ITEM.finditer(text, line.start(), line.end())), line.end()]
        lines += [(a, b) for a, b in pairwise(cuts) if b > a]
    return lines


def _continues(text: str, previous: _ClauseBlock, start: int, end: int) -> bool:
    """Whether an unlabelled line only goes on with the sentence before it (a line broken in the middle)."""
    before, first = _last_words(text, previous), text[start:end].lstrip()
    if text[previous.end : start].count("\n") > 1 and not (first[:1].islower() or _HANGS.search(before)):
        return False
    if _SPLIT_INTRO.search(before) and _TRAILING_VERB.match(first):
        return True
    open_sentence = bool(_OPEN_LINE.search(before)) and not _INTRO_END.search(before)
    return open_sentence or (first[:1].islower() and not _TRAILING_VERB.match(first))


def _last_words(text: str, block: _ClauseBlock) -> str:
    end = block.end
    while end > block.start and text[end - 1].isspace():
        end -= 1
    return text[max(block.start, end - _TAIL) : end]


def _level(label: re.Match[str]) -> tuple[float, str]:
    if label["article"]:
        return 0.5, ""
    if label["khoan"]:
        return 1 + label["khoan"].count(".") / 10, f"khoan-{label['khoan']}"
    if label["diem"]:
        letter = re.sub(r"[.)]", "", label["diem"])
        return (2 if len(letter) == 1 or letter.isdigit() else 3), f"diem-{letter}"
    if label["dash"]:
        return (5 if label["dash"] == "+" else 4), ""
    return 0, ""


def _split(text: str, block: _ClauseBlock, place: str, intros: tuple[Sentence, ...]) -> list[Sentence]:
    cuts = [block.body, *(m.end() for m in _SENTENCE_END.finditer(text, block.body, block.end)), block.end]
    sentences: list[Sentence] = []
    closes = block.end
    while closes > block.body and text[closes - 1].isspace():
        closes -= 1
    for start, end in pairwise(cuts):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            is_intro = end >= closes and bool(_INTRO_END.search(text, start, end) or _INTRO_SAYS.search(text, start, end))
            sentences.append(Sentence(start, end, place, intros, is_intro, not sentences))
    return sentences
