"""Enforcement articles that a consolidated text quotes in its footnotes: each is an article of the law it names.

"[13] Điều 74 và Điều 75 của Luật … số 1/2099/QH40, có hiệu lực kể từ ngày … quy định như sau:" and the articles in quotation marks.
A quotation is taken only where it names one text by its number, holds the articles it announces and ends where a line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.citations import find_mentions
from rasoat.records import Mention

_KINDS = "Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Quyết định"
_INTRO = re.compile(
    rf"^[^\w\n]{{0,20}}(?:\d{{1,3}}\][^\w\n]{{0,5}}\s*)?(?P<units>Điều\s+\d{{1,3}}[a-zđ]?(?:\s*(?:,|và)\s+(?:Điều\s+)?\d{{1,3}}[a-zđ]?){{0,6}})\s+(?:của\s+)?"
    rf"(?P<named>(?:{_KINDS})\b[^\n“”\"]{{3,600}}?)(?:,?\s+có\s+hiệu\s[^\n“”\"]{{3,80}}?)?,?\s+quy\s+định\s+như\s+sau\s*:?\s*(?P<mark>[“\"])",
    re.MULTILINE,
)
_NOTE = re.compile(r"^[ \t]*\[\d{1,3}\]", re.MULTILINE)
_UNIT = re.compile(r"(\d{1,3}[a-zđ]?)(?=\s*(?:,|và\b|$))")
_ENDS_A_LINE = re.compile(r"[ \t.;]*(?:\n|$)")
_ARTICLE = re.compile(r"(?:^|(?<=[“\"]))[^\w\n]{0,5}Điều\s+(?P<number>\d{1,3}[a-zđ]?)(?P<rest>[.:][^\n]*|[ \t]*(?=\n))", re.MULTILINE)
_WRAPPED = re.compile(r"\n(?![a-zđ]\d?\))([a-zđà-ỹ][^\n]{0,100})(?=\n)")
_HEADING_LIMIT = 200
_SENTENCE_END = (".", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class QuotedArticle:
    """One quoted article: `path` like "dieu-74" in the document that `of` names; `whole[start:end]` is the article from its "Điều" on, and
    `text` its body (the whole quotation where it begins without "Điều")."""

    of: Mention
    path: str
    heading: str
    text: str
    start: int
    end: int


def quoted_articles(whole: str) -> Iterator[QuotedArticle]:
    """The enforcement articles quoted in a text, in order. `whole` in NFC."""
    intros = list(_INTRO.finditer(whole))
    if not intros:
        return
    notes = [note.start() for note in _NOTE.finditer(whole)]
    following = [*(intro.start() for intro in intros[1:]), len(whole)]
    at = 0
    for intro, limit in zip(intros, following, strict=True):
        while at < len(notes) and notes[at] <= intro.start():
            at += 1
        stop = min(limit, notes[at] if at < len(notes) else limit)
        mention = next(iter(find_mentions(intro["named"])), None)
        closed = _closing(whole, intro, stop)
        if mention is None or mention.start > 0 or not mention.number or closed is None:
            continue
        yield from _articles(whole, intro, mention, closed)


def opening_quotation(text: str) -> QuotedArticle | None:
    """The quotation that a text begins with, all its articles as one; None where it begins otherwise."""
    intro = _INTRO.match(text)
    articles = list(quoted_articles(text)) if intro else []
    first = next(iter(articles), None)
    if intro is None or first is None or first.start > intro.end() + 1:
        return None
    last = max(one.end for one in articles if one.of == first.of)
    return replace(first, end=last)


def _closing(whole: str, intro: re.Match[str], stop: int) -> int | None:
    """Where a quotation ends: at the mark that closes it, which ends its line; None where that cannot be told."""
    if intro["mark"] == '"':
        last = whole.rfind('"', intro.end(), stop)
        return last if last > 0 and _ENDS_A_LINE.match(whole, last + 1) else None
    depth = 1
    for mark in re.compile("[“”]").finditer(whole, intro.end(), stop):
        depth += 1 if mark[0] == "“" else -1
        if depth == 0:
            return mark.start() if _ENDS_A_LINE.match(whole, mark.end()) else None
    return None


def _articles(whole: str, intro: re.Match[str], mention: Mention, closed: int) -> Iterator[QuotedArticle]:
    """The announced articles of one quotation, each from its own line to the next announced one's."""
    announced = _UNIT.findall(intro["units"])
    heads: list[re.Match[str]] = []
    for line in _ARTICLE.finditer(whole, intro.end(), closed):
        if len(heads) < len(announced) and line["number"] == announced[len(heads)]:
            heads.append(line)
    begins = bool(heads) and not whole[intro.end() : heads[0].start()].strip()
    if not begins and len(announced) == 1:
        text = whole[intro.end() : closed].strip()
        if not re.match(r"\W{0,5}(?:\d{1,2}\.|[a-zđ]\)|Khoản|Điểm)", text):  # a lone khoản of it: what the others say is not quoted
            yield QuotedArticle(mention, f"dieu-{announced[0]}", "", text, intro.end(), closed)
        return
    if not begins or len(heads) < len(announced):
        return
    ends = [*(head.start() for head in heads[1:]), closed]
    for head, end in zip(heads, ends, strict=True):
        heading, begins_at = _heading(whole, head, end)
        yield QuotedArticle(mention, f"dieu-{head['number']}", heading, whole[begins_at:end].strip(), head.start(), end)


def _heading(whole: str, head: re.Match[str], end: int) -> tuple[str, int]:
    """The heading on an article's line, with the line it runs on to, and where the body begins; "" where the line is a sentence."""
    heading, at = head["rest"].strip(".: \t"), head.end()
    if wrapped := _WRAPPED.match(whole, at, end):
        heading, at = f"{heading} {wrapped[1].strip()}", wrapped.end()
    if not heading or len(heading) > _HEADING_LIMIT or heading.endswith(_SENTENCE_END) or not whole[at:end].strip():
        return "", head.start("rest") + len(head["rest"]) - len(head["rest"].lstrip(".: \t"))
    return heading, at
