"""Headings between and inside the tables of a publication decision: what is done to the procedures, at which level, in which field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.postings.records import DecisionPart
from rasoat.vietnamese import fold, squeeze

_PARTS = (
    (DecisionPart.ABOLISHED, re.compile(r"\bbai bo\b")),
    (DecisionPart.REPLACED, re.compile(r"\bthay the\b")),
    (DecisionPart.AMENDED, re.compile(r"\bsua doi\b|\bbo sung\b")),
    (DecisionPart.STANDARDISED, re.compile(r"\bchuan hoa\b")),
    (DecisionPart.NEW, re.compile(r"\bmoi\b|\bban hanh lan dau\b")),
)
_ABOUT = re.compile(r"\bthu tuc\b|\btthc\b|\bdanh muc\b")
_LEVEL = re.compile(r"(?i)(?:cấp\s+(?:trung\s+ương|bộ|tỉnh|huyện|xã)|dùng\s+chung)")
_LEVEL_HEADING = re.compile(r"\b(?:thu tuc|tthc|tham quyen|thuc hien|giai quyet)\b|^\W*+(?:[a-z]|[ivx]+|\d+)?\W*+(?:cap|dung chung)\b")
_FIELD = re.compile(r"(?i)^(?:[\W\d]|[IVXLC]+(?=\s*[.)\-:/])|[A-Za-z](?=\s*[.)]))*+(?:thuộc\s++)?lĩnh\s++vực\s*+:?\s*+(?P<field>\S.*)$")
_COUNT = re.compile(r"(?<!\s)(?<!\d(?=\d))\s*+[(\[]?\s*+\d++\s*+(?:TTHC|thủ tục(?: hành chính)?)\s*+[)\]]?\s*+$", re.IGNORECASE)
_ENUMERATED = re.compile(r"^\s*(?:[IVXLC]+|[A-ZĐ]|\d+(?:\.\d+)*)\s*[.)\-:/]\s*(?P<rest>\S.*)$")
_ARTICLE = re.compile(r"^\s*Điều\s+\d+")
_LONGEST = 300


class Headings:
    """What the headings read so far say. A new part forgets level and field, a new level the field."""

    def __init__(self) -> None:
        self.part: DecisionPart | None = None
        self.level = ""
        self.field = ""
        self._first_articles: list[DecisionPart | None] = []

    def read(self, line: str, spanning: bool = False) -> None:
        """One line outside a table, or (`spanning`) a row of a table that is one cell across."""
        text = squeeze(line)
        if not text or len(text) > _LONGEST:
            return
        words = fold(text)
        if field := _FIELD.match(text):
            self.field = _COUNT.sub("", field["field"]).strip(" .:;")
            return
        if _ARTICLE.match(text):
            self._first_article(words)
            return
        part = only_part(words) if _ABOUT.search(words) and (spanning or _is_heading(text, words)) else None
        if part is not None:
            self.part, self.level, self.field = part, "", ""
        level = _LEVEL.search(text)
        if level and _LEVEL_HEADING.search(words) and (spanning or _is_heading(text, words)):
            self.level = squeeze(level[0]).lower()
            self.field = ""
        elif spanning and part is None and (item := _ENUMERATED.match(text)):
            self.field = _COUNT.sub("", item["rest"]).strip(" .:;")

    def _first_article(self, words: str) -> None:
        """Điều 1 says what is done where the annex bears no heading of its own; not where it names several things."""
        if self.part is None and re.match(r"dieu 1\b", words) and "cong bo" in words:
            self.part = only_part(words)

    def header(self, row: Sequence[str]) -> None:
        """A table that names the text which abolishes holds abolished procedures."""
        if self.part is None and any("bai bo" in fold(cell) for cell in row):
            self.part = DecisionPart.ABOLISHED


def _is_heading(text: str, words: str) -> bool:
    return bool(_ENUMERATED.match(text)) or text == text.upper() or words.startswith(("danh muc", "phu luc", "phan "))


def only_part(words: str) -> DecisionPart | None:
    """The one thing that folded words say is done; None where they name none, or several."""
    found = [part for part, pattern in _PARTS if pattern.search(words)]
    return found[0] if len(found) == 1 else None
