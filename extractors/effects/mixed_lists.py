"""Lists of provisions among which phrases stand: "Điều 7; cụm từ “…” tại khoản 1 Điều 17; Điều 31; khoản 4 Điều 33".

A provision named by itself is meant whole. Behind a phrase, or a matter ("các quy định về …"), only something in it is
meant, up to the next semicolon. A list that begins with its only phrase may name places of that phrase to its very end:
there all of it counts as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.citations.grammar.provision_runs import leading_run, trailing_run

_INSIDE = re.compile(
    r"(?:(?P<joint>[;,]|\bvà\b)\s*)?(?:(?:và|bãi\s+bỏ|bỏ|thay\s+thế)\s+){0,2}(?:(?:các|những|một\s+số)\s+){0,2}"
    r"(?:cụm\s+từ|từ\s*[“\"«]|từ,\s*cụm|chữ|đoạn|câu|dấu|số\s+thứ\s+tự|dòng|gạch\s+đầu\s+dòng|ý\s+(?:thứ|\d)|"
    r"(?:quy\s+định|nội\s+dung|hướng\s+dẫn)\s*(?::?\s*[“\"«]|(?:về|liên\s+quan|có\s+liên\s+quan)))(?!\w)",
    re.IGNORECASE,
)
_PLURAL = r"các|những|cả|toàn\s+bộ|từ"
_UNITS = r"(?:điểm|khoản|điều|chương|mục|phụ\s+lục|mẫu|phần)\b"
_UNIT = re.compile(rf"(?:(?:{_PLURAL})\s+)*{_UNITS}", re.IGNORECASE)
_SAID_AT_UNIT = re.compile(rf"(?:(?:{_PLURAL}|quy\s+định\s+tại|nội\s+dung)\s+)*{_UNITS}", re.IGNORECASE)
# "Điều 24 về …": named, then told what it says.
_SAYS_WHAT = re.compile(
    r"[\s,;]*(?:(?:quy\s+định\s+)?(?:về|việc)\s|hướng\s+dẫn\s|(?:và\s+)?(?:các\s+|những\s+|một\s+số\s+)?(?:nội\s+dung|quy\s+định)|(?:và\s+)?liên\s+quan\s)",
    re.IGNORECASE,
)
# "Điều 7 Điều lệ … ban hành kèm theo Thông tư số …": an article of what is attached, not of the document itself.
ATTACHED = re.compile(r"ban\s+hành\s+(?:kèm\s+)?theo\s*$", re.IGNORECASE)
_ROOM = 40  # characters in which "ban hành kèm theo" stands before the document
_LINKS = re.compile(r"(?:[\s,;:.]|\b(?:của|tại|trong|thuộc|và|ban\s+hành\s+kèm\s+theo|kèm\s+theo)\b)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MixedList:
    """The provisions named by themselves, those of which only something inside is meant, and whether nothing
    else stands there; whether phrases do, and where the list ends."""

    whole: tuple[str, ...]
    inside: tuple[str, ...]
    complete: bool
    phrases: bool
    end: int


def mixed_list(text: str, start: int, end: int) -> MixedList | None:
    """The list that fills a stretch of text, or begins it; None where it begins with something else."""
    if not begins_list(text, start, end):
        return None
    reader = _MixedReader(text, start, end)
    reader.read()
    if not reader.whole and not reader.inside:
        return None
    whole, inside = reader.whole, reader.inside
    if reader.phrases == 1 and reader.phrase_first:
        whole, inside = [], inside + whole
    return MixedList(tuple(dict.fromkeys(whole)), tuple(dict.fromkeys(inside)), reader.complete, reader.phrases > 0, reader.at)


def begins_list(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins with a provision or with a phrase, as lists do."""
    begins = _LINKS.match(text, start, end)
    at = begins.end() if begins else start
    return bool(_SAID_AT_UNIT.match(text, at, end) or _INSIDE.match(text, at, end) or _INSIDE.match(text, start, end))


def provisions_alone(text: str, start: int, end: int) -> MixedList | None:
    """The provisions that a stretch begins with where their document is named elsewhere; None where it begins with something else."""
    listed = mixed_list(text, start, end)
    if listed is not None and listed.phrases:
        return listed
    run = leading_run(text, start, end)
    if run is None or not (run.paths or run.inside):
        return None
    whole, inside = ((), run.paths) if run.hanging else (run.paths, run.inside)
    return MixedList(whole, inside, run.end == end, False, run.end)


class _MixedReader:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.at, self.end = text, start, end
        self.whole: list[str] = []
        self.inside: list[str] = []
        self.phrases = 0
        self.phrase_first = self.complete = False
        self.ahead = [found.start() for found in _INSIDE.finditer(text, start, end) if found["joint"]][::-1]

    def read(self) -> None:
        while self.at < self.end and (self._phrase() or self._provisions()):
            pass

    def _phrase(self) -> bool:
        """Reads a phrase and its places, to the next semicolon."""
        begins = _INSIDE.match(self.text, self._past_blanks(), self.end)
        if begins is None:
            return False
        stop = self._to_semicolon(begins.end(), self.end)
        places = trailing_run(self.text, begins.end(), stop)
        if places:
            self.inside += (*places.paths, *places.inside)
        self.phrases += 1
        self.phrase_first = self.phrase_first or not self.whole
        self.complete = places is not None and stop == self.end and bool(_LINKS.fullmatch(self.text, places.end, stop))
        self.at = stop
        return True

    def _provisions(self) -> bool:
        """Reads provisions up to the next phrase, or to the semicolon behind what they are said to be about."""
        while self.ahead and self.ahead[-1] <= self.at:
            self.ahead.pop()
        stop = self.ahead[-1] if self.ahead else self.end
        run = leading_run(self.text, self.at, stop)
        if run is None or not run.paths or run.hanging or not _SAID_AT_UNIT.match(self.text, run.start):
            return False
        links = _LINKS.match(self.text, run.end, stop)
        reaches = links is not None and links.end() == stop
        self.complete = reaches and stop == self.end
        if not reaches:
            if (
                not _UNIT.match(self.text, run.start)
                or not _SAYS_WHAT.match(self.text, run.end, stop)
                or ATTACHED.search(self.text, max(run.end, self.end - _ROOM), self.end)
            ):
                return False
            stop = self._to_semicolon(run.end, stop)
        self.whole += run.paths
        self.inside += run.inside
        self.at = stop
        return True

    def _past_blanks(self) -> int:
        at = self.at
        while at < self.end and self.text[at].isspace():
            at += 1
        return at

    def _to_semicolon(self, start: int, stop: int) -> int:
        cut = self.text.find(";", start, stop)
        return cut if cut >= 0 else stop
