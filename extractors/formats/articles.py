"""A whole legal text → its articles, with exact offsets: the pieces laid end to end are the text, nothing is lost.

Articles are told from look-alikes by their sequence (a text counts 1, 2, 3 …): a line "Điều 12. Luật Khiếu nại …" in the
middle of a sentence, an article quoted by an amending text, a table of contents and a form's own articles do not count on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractors.formats import marks
from extractors.formats.marks import Mark

_LEVELS = ("phan", "chuong", "muc", "tieu-muc")
_FIRST = 3  # a scan may lose the first heading or two
_JUMP = 150  # headings a bad conversion may lose in a row before the count is taken for another text's
_HEADING_LIMIT = 300
_CONTINUED = re.compile(r"\(\s*Tiếp theo Công báo", re.IGNORECASE)  # the gazette prints a long law over several issues
_ENUMERATOR = re.compile(r"(?<![ \t>*_])[ \t>*_]*(?:\d+[a-z]?[.)]|[a-zđ]{1,2}[.)]|[-+•“\"])")


_CLAUSE = re.compile(r"^[^\S\n]*\**\d{1,2}\.\s+\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article. `path` like "dieu-5" ("kem-theo/dieu-5" in an attached regulation, "phu-luc-I" for a whole annex),
    `container` like "phan-II/chuong-V/muc-2". `text` is the body, `text == whole[start:end]`; `heading` its name, on one line.
    A one-sentence article has no heading: its words are the text."""

    path: str
    heading: str
    text: str
    container: str
    order: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A part of the text: "preamble", "heading" (of chapters), "article", "ending", "annex" or "note" (a transcriber's)."""

    kind: str
    start: int
    end: int
    path: str = ""
    container: str = ""
    body: int = 0
    heading: str = ""


def split_articles(text: str) -> list[ArticleText]:
    """The articles of a text in order, then its annexes; [] where it has no article of its own. `text` in NFC."""
    found = [piece for piece in split_text(text) if piece.kind in ("article", "annex")]
    if not any(piece.kind == "article" for piece in found):
        return []
    return [
        ArticleText(
            piece.path, piece.heading, text[piece.body : piece.end].rstrip(), piece.container, order, piece.body, _trimmed(text, piece)
        )
        for order, piece in enumerate(found, 1)
    ]


def _trimmed(text: str, piece: DocumentPart) -> int:
    return piece.body + len(text[piece.body : piece.end].rstrip())


def split_text(text: str) -> list[DocumentPart]:
    """The whole text as pieces that lie end to end from 0 to its length."""
    own = _own_articles(text)
    opened = _without_running_heads(text, _placed(text, own))
    pieces = []
    first = opened[0][0].start if opened else len(text)
    if first:
        pieces.append(DocumentPart("preamble", 0, first))
    ends = [*(mark.start for mark, _, _ in opened[1:]), len(text)][: len(opened)]
    for (mark, path, container), end in zip(opened, ends, strict=True):
        if end > mark.start:
            pieces.append(_piece(text, mark, path, container, end))
    return pieces


def _without_running_heads(text: str, opened: list[tuple[Mark, str, str]]) -> list[tuple[Mark, str, str]]:
    """Without chapter headings that stand amid an article: a scan repeats them at the head of a page, and the clauses go on."""
    ends = [*(mark.start for mark, _, _ in opened[1:]), len(text)]
    return [one for one, end in zip(opened, ends, strict=False) if one[0].level not in _LEVELS or not _CLAUSE.search(text, one[0].end, end)]


def _piece(text: str, mark: Mark, path: str, container: str, end: int) -> DocumentPart:
    if mark.level == "dieu":
        body, heading = _heading(text, mark, end)
        return DocumentPart("article", mark.start, end, path, container, body, heading)
    if mark.level in _LEVELS:
        return DocumentPart("heading", mark.start, end, container=container)
    if mark.level in ("phu-luc", "mau-so", "kem-theo"):
        return DocumentPart("annex", mark.start, end, path, container, mark.start, _plain(text[mark.start : mark.end]))
    return DocumentPart(mark.level, mark.start, end)


def _own_articles(text: str) -> list[Mark]:
    """The text's own articles: the first run counted from 1, or the run after a table of contents."""
    candidates = [mark for mark in marks.articles(text) if not mark.opens_quote]
    plain = [(index, mark) for index, mark in enumerate(candidates) if not mark.quoted]
    starts = [index for index, mark in plain if int(mark.number) == 1 and not mark.letter]
    if not starts:
        starts = [index for index, mark in plain[:1] if int(mark.number) <= _FIRST or _CONTINUED.search(text[:3000])]
    runs = [_run(candidates[start:]) for start in starts[:8]]
    if not runs:
        return []
    if len(runs) > 1 and _is_contents(text, runs[0]) and len(runs[1]) >= len(runs[0]) // 2:
        return runs[1]
    return runs[0]


def _run(candidates: list[Mark]) -> list[Mark]:
    """The articles counted on from the first. A made heading wins over a plain line of the same number; a gap is crossed only
    where the missing numbers turn up nowhere; a quoted line counts only where its number is found nowhere else, which is how a
    quotation mark lost in a scan shows."""
    strong = {mark.name for mark in candidates if mark.strong}
    unquoted = {mark.name for mark in candidates if not mark.quoted}
    run = [candidates[0]]
    for index, mark in enumerate(candidates[1:], 1):
        wanted = int(run[-1].number) + 1
        if int(mark.number) == 1 and wanted > 2 and not mark.letter and not mark.quoted and (mark.strong or str(wanted) not in strong):
            break
        if (not mark.strong and mark.name in strong) or (mark.quoted and (mark.name in unquoted or mark.letter)):
            continue
        if _counts_on(run[-1], mark) or (not mark.quoted and not mark.bare and _crosses_gap(candidates, index, wanted)):
            run.append(mark)
    return run


def _counts_on(last: Mark, mark: Mark) -> bool:
    if mark.letter:
        return mark.number == last.number and mark.letter > last.letter
    return int(mark.number) == int(last.number) + 1


def _crosses_gap(candidates: list[Mark], index: int, wanted: int) -> bool:
    """Whether the numbers between are missing from the text, and what follows goes on from here."""
    mark = candidates[index]
    here = int(mark.number)
    if mark.letter or not wanted < here <= wanted + _JUMP or marks.runs_on(mark.rest):
        return False
    later = [int(other.number) for other in candidates[index + 1 :] if not other.letter]
    if any(wanted <= number < here for number in later):
        return False
    return mark.strong or any(here < number <= here + _FIRST for number in later[:3])


def _is_contents(text: str, run: list[Mark]) -> bool:
    """A table of contents: headings with next to nothing between them."""
    gaps = [len(text[one.end : two.start].strip()) for one, two in pairwise(run)]
    return len(gaps) >= 3 and sum(gaps) < 60 * len(gaps)


def _placed(text: str, own: list[Mark]) -> list[tuple[Mark, str, str]]:
    """Every mark of the text in order with its path and container."""
    if not own:
        return [(mark, "", "") for mark in _after(text, 0) if mark.level == "note"]
    tail = _after(text, own[-1].end)
    body = [mark for mark in _headings(text, own) if mark.start < (tail[0].start if tail else len(text))]
    out: list[tuple[Mark, str, str]] = []
    levels: dict[str, str] = {}
    for mark in sorted([*own, *body, *_notes_between(text, own)], key=lambda mark: mark.start):
        if mark.level in _LEVELS:
            levels = {level: number for level, number in levels.items() if _LEVELS.index(level) < _LEVELS.index(mark.level)}
            levels[mark.level] = f"{mark.level}-{mark.number}"
        container = "/".join(levels[level] for level in _LEVELS if level in levels)
        out.append((mark, f"dieu-{int(mark.number)}{mark.letter}" if mark.level == "dieu" else "", container))
    return [*out, *_tail(text, tail)]


def _headings(text: str, own: list[Mark]) -> list[Mark]:
    """Chapters among the articles, and those right before the first: a table of contents names chapters too."""
    found = [mark for mark in marks.containers(text) if mark.start < own[-1].start]
    before = [mark for mark in found if mark.end <= own[0].start]
    opening: list[Mark] = []
    for mark in reversed(before):
        if len(text[mark.end : (opening[-1].start if opening else own[0].start)].strip()) > _HEADING_LIMIT or mark.level in {
            one.level for one in opening
        }:
            break
        opening.append(mark)
    inside = [mark for mark in found if mark.start > own[0].end]
    return [*reversed(opening), *inside]


def _notes_between(text: str, own: list[Mark]) -> list[Mark]:
    return [mark for mark in marks.notes(text) if own[0].end < mark.start < own[-1].start]


def _after(text: str, start: int) -> list[Mark]:
    """What follows the last article: the signing block, annexes, a transcriber's notes. The first of them ends the article."""
    closing = next(marks.closings(text, start), None)
    later = [mark for mark in marks.notes(text) if mark.start >= start]
    found = [*([closing] if closing else []), *later, *marks.annexes(text, closing.start if closing else start)]
    return sorted(found, key=lambda mark: mark.start)


def _tail(text: str, tail: list[Mark]) -> list[tuple[Mark, str, str]]:
    """The marks behind the enacting part; the articles of an attached regulation are its own: "kem-theo/dieu-5"."""
    out: list[tuple[Mark, str, str]] = []
    seen: set[str] = set()
    for index, mark in enumerate(tail):
        if mark.level in ("ending", "note"):
            out.append((mark, "", ""))
            continue
        path = f"{mark.level}-{mark.number}" if mark.number else mark.level
        if path in seen:
            continue
        seen.add(path)
        out.append((mark, path, ""))
        if mark.level == "kem-theo":
            end = next((other.start for other in tail[index + 1 :] if other.level in ("phu-luc", "mau-so", "note")), len(text))
            out.extend(_attached(text, mark.end, end))
    return out


def _attached(text: str, start: int, end: int) -> list[tuple[Mark, str, str]]:
    inner = text[start:end]
    own = _own_articles(inner)
    if len(own) < 2:
        return []
    moved = [Mark("dieu", mark.start + start, mark.end + start, mark.number, mark.letter, mark.rest, mark.rest_at + start) for mark in own]
    return [(mark, f"kem-theo/dieu-{int(mark.number)}{mark.letter}", "kem-theo") for mark in moved]


def _heading(text: str, mark: Mark, end: int) -> tuple[int, str]:
    """Where the article's body starts, and its heading. A line that is a sentence, or has nothing after it, is body."""
    line = _plain(mark.rest)
    stop = mark.end
    following = text[stop:end]
    if line and not _is_sentence(line):
        # A printed line's end may cut a heading in two: it goes on where the next line begins in lower case.
        for _ in range(3):
            next_line = re.match(r"\n([^\n]+)", text[stop:end])
            if not next_line or not next_line[1].strip()[:1].islower() or _ENUMERATOR.match(next_line[1]) or len(line) > _HEADING_LIMIT:
                break
            if not text[stop + next_line.end() : end].strip():
                break
            line, stop = f"{line} {_plain(next_line[1])}", stop + next_line.end()
        following = text[stop:end]
    if not line:
        return stop + len(following) - len(following.lstrip()), ""
    if not following.strip(" \t\n*_#|->") or _is_sentence(line):
        return mark.rest_at + len(mark.rest) - len(mark.rest.lstrip(" \t*_")), ""
    return stop + len(following) - len(following.lstrip()), line


def _is_sentence(line: str) -> bool:
    return line.endswith((":", ";", "./.")) or len(line) > _HEADING_LIMIT or (line.endswith(".") and len(line) > 120)


def _plain(line: str) -> str:
    return " ".join(re.sub(r"[*_#|`]+", " ", line).split()).strip(" -–")
