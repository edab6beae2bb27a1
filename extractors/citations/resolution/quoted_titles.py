"""Titles as citations quote them, compared with titles as the register holds them; and laws found by name."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from rapidfuzz import fuzz, process

from extractors.citations.grammar.law_names import LAW_NAMES, LAW_SHORT_FORMS
from extractors.citations.grammar.named_laws import compact
from rasoat.identity import parse_number
from rasoat.records import KnownFrom, LegalDocument
from rasoat.vietnamese import fold, squeeze, tone_placed

NAMED_TYPES = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
_DIFFERENT = 0.25  # share of common words below which two titles are of two documents; quoted titles are often cut
_ENOUGH_WORDS = 3
_SAME = 85  # above it they are one title with small slips
_NEAR_NAME = 93  # a law's name with one slip of the pen
_TITLE_WORD_LIST = """
    quy định về của và các một số điều hướng dẫn chi tiết thi hành sửa đổi bổ sung việc ban hành luật nghị thông tư quyết pháp lệnh thực hiện thay thế bãi bỏ trong lĩnh vực
    theo cho đối với tại do bộ chính phủ biện năm ngày tháng kèm có khoản nội dung được bởi
"""
_TITLE_WORDS = frozenset(_TITLE_WORD_LIST.split())
_SYLLABLE = re.compile(r"[^\W\d_]+")
_TITLE_HEAD = re.compile(
    r"(?i)^\s*(?:(?:bộ\s+luật|luật|pháp\s+lệnh|hiến\s+pháp)\s+)?(?:số\s*:?\s*)?(?:\d[\w.]*/\S+\s*)?(?:ngày\s+[\d/.-]+\s*)?(?:của\s+(?:ủy\s+ban\s+thường\s+vụ\s+)?quốc\s+hội\s*)?[:,-]?\s*(?:về\s+)?(?:(?:bộ\s+luật|luật|pháp\s+lệnh)\s+(?!sư\b))?"
)
_SHORT = {compact(short): compact(name) for short, name in LAW_SHORT_FORMS.items()}
_OFFICIAL = frozenset(compact(name) for name in LAW_NAMES)
_YEAR_TAIL = re.compile(r"\s*(?:năm\s+)?(?:19|20)\d\d\s*$")


def law_name(title: str) -> str:
    """The bare name as letters only: "Luật số 31/2024/QH15 Đất đai" → "datdai"."""
    bare = compact(_YEAR_TAIL.sub("", _TITLE_HEAD.sub("", squeeze(title), count=1)))
    return _SHORT.get(bare, bare)


def title_differs(quoted: str, registered: str) -> bool:
    """Whether two titles cannot be of one document: what is left without the words of every title hardly overlaps."""
    left, right = _content(quoted), _content(registered)
    shorter = min(len(left), len(right))
    return shorter >= _ENOUGH_WORDS and len(left & right) < _DIFFERENT * shorter


def _content(title: str) -> set[str]:
    return set(_SYLLABLE.findall(tone_placed(title).lower())) - _TITLE_WORDS


def title_same(quoted: str, registered: str) -> bool:
    """Whether two titles are one, small slips allowed."""
    return fuzz.token_set_ratio(fold(quoted), fold(registered)) >= _SAME


def year_of(document: LegalDocument) -> int | None:
    """The year of issue: of the date, else of the number."""
    if document.issued_on:
        return document.issued_on.year
    parts = parse_number(document.number)
    return parts.year if parts else None


class LawNames:
    """Laws, codes, ordinances and the Constitution of a register, by name."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, str], list[LegalDocument]] = {}
        self._cited: dict[tuple[str, str, int | None], list[LegalDocument]] = {}
        self._choices: dict[str, list[str]] = defaultdict(list)

    def add(self, document: LegalDocument) -> None:
        """Take a document; of other types nothing is remembered."""
        if document.type not in NAMED_TYPES:
            return
        kind, name = _class(document.type), _bare(document)
        if document.known_from is KnownFrom.CITED:
            self._cited.setdefault((kind, name, year_of(document)), []).append(document)
        elif name or document.type == "Hiến pháp":
            if (kind, name) not in self._by_name:
                self._choices[kind].append(name)
            self._by_name.setdefault((kind, name), []).append(document)

    def remove(self, document: LegalDocument) -> None:
        """Forget a document that was taken."""
        if document.type not in NAMED_TYPES:
            return
        kind, name = _class(document.type), _bare(document)
        if document.known_from is KnownFrom.CITED:
            self._cited[kind, name, year_of(document)].remove(document)
        elif held := self._by_name.get((kind, name)):
            held.remove(document)
            if not held:
                del self._by_name[kind, name]
                self._choices[kind].remove(name)

    def named(self, type_: str, name: str) -> tuple[list[LegalDocument], bool]:
        """The documents of that name, and whether the name is exactly theirs."""
        kind = _class(type_)
        wanted = "" if kind == "Hiến pháp" else law_name(name)
        if found := self._by_name.get((kind, wanted)):
            return found, True
        if len(wanted) < 8 or wanted in _OFFICIAL:  # another law's own name is no slip of the pen
            return [], False
        near = process.extract(wanted, self._choices[kind], scorer=fuzz.ratio, score_cutoff=_NEAR_NAME, limit=2)
        if len(near) == 1 or (len(near) == 2 and near[0][1] > near[1][1]):
            return self._by_name[kind, near[0][0]], False
        return [], False

    def cited(self, type_: str, name: str, year: int) -> LegalDocument | None:
        """The one law of that very name and year among those known only from citations; a name alone never reaches them."""
        found = self._cited.get((_class(type_), law_name(name), year), []) if law_name(name) else []
        return found[0] if len(found) == 1 else None


def _bare(document: LegalDocument) -> str:
    return "" if document.type == "Hiến pháp" else law_name(document.title or "")


def begun(documents: list[LegalDocument], on: date) -> list[LegalDocument]:
    """Those known to bind, or at least to be issued, on the day: latest first."""

    def start(document: LegalDocument) -> date | None:
        year = year_of(document)
        return document.effective_on or document.issued_on or (date(year, 12, 31) if year else None)

    dated = [(day, document.key, document) for document in documents if (day := start(document)) is not None and day <= on]
    return [document for _, _, document in sorted(dated, key=lambda entry: (entry[0], entry[1]), reverse=True)]


def _class(type_: str | None) -> str:
    return "Luật" if type_ == "Bộ luật" else (type_ or "")
