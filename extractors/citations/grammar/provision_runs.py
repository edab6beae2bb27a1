"""Runs of provision words ("điểm b khoản 1, khoản 2 Điều 12; Chương IV và Phụ lục III") as paths.

Vietnamese names the inner part first; a separator may stand between inner and outer ("Khoản 4, Điều 1"). A chapter,
section or part behind an article ("Điều 5, Chương II") says where the article stands and is no path of its own.
Paths are those of the records: "dieu-12/khoan-1/diem-b", "chuong-IV", "chuong-V/muc-2", "phu-luc-III", "mau-so-01".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from extractors.citations.grammar.lettered_units import between, joined_letter, spanned

_UNITS = {
    "tiết": "tiet", "điểm": "diem", "khoản": "khoan", "điều": "dieu", "tiểu mục": "tieu-muc", "mục": "muc", "chương": "chuong", "phần": "phan",
    "phụ lục": "phu-luc", "phụ lục số": "phu-luc", "mẫu số": "mau-so", "mẫu": "mau-so", "mẫu biểu số": "mau-so", "biểu mẫu số": "mau-so", "biểu số": "mau-so",
}  # fmt: skip
# Which unit may hold which. An article is never put under a chapter: its number is its own in the whole document. A "mục" stands in
# an article where that changes several texts ("Mục III Điều 1", "Mục 3 điểm d khoản 2 Điều 1"): only right before it, never over a comma.
_HOLDERS = {
    "tiet": frozenset({"diem"}),
    "diem": frozenset({"khoan", "dieu", "tieu-muc", "muc", "phan", "phu-luc"}),
    "khoan": frozenset({"dieu", "tieu-muc", "muc", "phan", "phu-luc"}),
    "tieu-muc": frozenset({"muc", "chuong"}),
    "muc": frozenset({"chuong", "phan", "phu-luc", "dieu", "khoan", "diem"}),
    "chuong": frozenset({"phan"}),
    "phan": frozenset({"phu-luc"}),
    "mau-so": frozenset({"phu-luc"}),
}
_HELD = {holder: [unit for unit, holders in _HOLDERS.items() if holder in holders] for holder in frozenset().union(*_HOLDERS.values())}
_WHOLE_ALONE = frozenset({"dieu", "tieu-muc", "muc", "chuong", "phan", "phu-luc", "mau-so"})
_INNER = frozenset({"tiet", "diem", "khoan"})  # nothing by themselves
_PLACES = frozenset({"tieu-muc", "muc", "chuong", "phan"})  # behind an article: where it stands
_ABOVE = frozenset({"chuong", "phan"})
_LETTERED = frozenset({"khoan", "dieu"})  # numbered with a letter where they were inserted: "Điều 4a"
_SHORT, _LONGEST = 240, 8000  # letters of most enumerations, and of the longest
_IN_STEP = 60  # letters after which tokens are the same wherever reading began: the longest token is shorter
_NO_NUMBER = re.compile(r"(?![ivx]+$)[a-zđ]+")
_TOKEN = re.compile(
    r"(?P<unit>tiết|điểm|khoản|điều|tiểu mục|(?<!danh )mục|chương|phần|phụ lục số|phụ lục|mẫu biểu số|mẫu số|biểu mẫu số|biểu số|mẫu(?=\s\d))(?![\w])"
    r"|(?P<sep>[,;]|\bvà\b|\bhoặc\b|\bcùng\b)|(?P<range>\bđến\b|(?<=\d )[-–](?= \d))"
    r"|(?P<glue>\b(?:các|những|toàn bộ|quy định tại|quy định|của|tại|trong|thuộc|từ|số|nội dung|"
    r"ban hành kèm theo|kèm theo|nêu tại|và các|bao gồm|gồm có|gồm|cả)\b|:)"
    r"|(?P<id>\b(?:[ivxlcdm]{1,7}|\d+(?:\.\d+)*[a-zđ]?(?:[-/]\w+)*|[a-zđ]{1,2}(?:\.?\d{1,2})?)\b)|(?P<other>\(|[^\s,;:(]+)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _NamedProvision:
    unit: str
    path: str
    separators: int  # how many separators, and semicolons, stood before it and what holds it
    semicolons: int
    unsure: bool = False  # a letter stands apart from a number here: which unit it names cannot be told


@dataclass(frozen=True, slots=True)
class Run:
    """A run of provision words: its span, its paths, and whether every part found the article that holds it.

    `hanging` are the parts that did not: "khoan-1/diem-i" of "điểm i khoản 1". `inside` are the articles of which only
    something is meant that cannot be named surely ("khoản 2 a Điều 4": khoản 2a, or điểm a of khoản 2).
    """

    start: int
    end: int
    paths: tuple[str, ...]
    whole: bool
    hanging: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()


def leading_run(text: str, start: int, end: int) -> Run | None:
    """The run that begins a stretch of text, or None where it does not begin with provision words."""
    tokens: list[re.Match[str]] = []
    named = False
    for token in _TOKEN.finditer(text, start, end):
        named = named or token.lastgroup == "unit"
        if token.lastgroup == "other" or (token.lastgroup == "id" and not named):
            break
        tokens.append(token)
    return _run(tokens)


def trailing_run(text: str, start: int, end: int) -> Run | None:
    """The run that ends a stretch of text ("… tại khoản 1 Điều 5" before a document), or None where there is none.

    The last letters are read first, and more of them only where the run has not begun in these. One that has not begun within
    `_LONGEST` letters is none that a law has: nothing is read in it.
    """
    for reach in (_SHORT, _LONGEST):
        begin = max(start, end - reach)
        tokens, broken = _closing_tokens(text, begin, end)
        if begin == start or broken > begin + _IN_STEP:
            return _run(tokens)
    return None


def _closing_tokens(text: str, begin: int, end: int) -> tuple[list[re.Match[str]], int]:
    """The tokens of provision words that end a stretch, and where the last other word before them stands."""
    tokens: list[re.Match[str]] = []
    named, broken = False, begin
    for token in _TOKEN.finditer(text, begin, end):
        named = named or token.lastgroup == "unit"
        if token.lastgroup == "other" or (token.lastgroup == "id" and not named):
            tokens, named, broken = [], False, token.start()
        else:
            tokens.append(token)
    return tokens, broken


def _run(tokens: list[re.Match[str]]) -> Run | None:
    if not any(token.lastgroup == "unit" for token in tokens):
        return None
    inner = [index for index, token in enumerate(tokens) if token.lastgroup not in ("sep", "range")]
    tokens = tokens[inner[0] : inner[-1] + 1]
    parts = _RunReader(tokens).read()
    sure = [part for part in parts if not part.unsure]
    return Run(
        tokens[0].start(),
        tokens[-1].end(),
        tuple(dict.fromkeys(part.path for part in sure if part.unit in _WHOLE_ALONE)),
        bool(parts) and all(part.unit in _WHOLE_ALONE and not part.unsure for part in parts),
        tuple(dict.fromkeys(part.path for part in sure if part.unit not in _WHOLE_ALONE)),
        tuple(dict.fromkeys(part.path for part in parts if part.unsure and part.unit in _WHOLE_ALONE)),
    )


class _RunReader:
    """Reads the tokens of one run from left to right."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.tokens = tokens
        self.parts: list[_NamedProvision] = []
        self.waiting: dict[str, list[_NamedProvision]] = defaultdict(list)  # by unit: those that a larger unit may still take in
        self.unit = ""
        self.ids = self.separators = self.semicolons = 0
        self.ranged = self.listed = self.places = False

    def read(self) -> list[_NamedProvision]:
        letter = False
        for index, token in enumerate(self.tokens):
            if letter:
                letter = False  # read with the number before it
            elif token.lastgroup == "unit":
                self._unit(_UNITS[token[0].lower()], index)
            elif token.lastgroup == "id" and self.unit:
                letter = self.unit in _LETTERED and self._is_letter(index + 1)
                self._id(token[0], index + 1 if letter else None)
            elif token.lastgroup == "range":
                self.ranged = True
            elif token.lastgroup == "sep":
                self._separator(token[0])
        self._unnumbered_annex()
        return self.parts

    def _is_letter(self, index: int) -> bool:
        """Whether the token is a letter that stands by itself: the "a" of "Điều 4 a"."""
        token = self.tokens[index] if index < len(self.tokens) else None
        return token is not None and token.lastgroup == "id" and len(token[0]) == 1 and token[0].isalpha()

    def _unit(self, unit: str, index: int) -> None:
        self._unnumbered_annex()
        if unit == "dieu" and self.parts and self.parts[-1].unit in _ABOVE and self.tokens[index - 1].lastgroup == "id":
            self.parts.pop()  # "Chương II Điều 5": where the article stands, said first
        named = self.ids > 0  # "các điều quy định tại Mục 6": all of them
        self.places = named and unit in _PLACES and self._behind_article() and (self.places or not self._begins_list(unit, index))
        self.unit, self.ids = unit, 0

    def _behind_article(self) -> bool:
        return bool(self.parts) and self.parts[-1].unit == "dieu" and not self.listed

    def _begins_list(self, unit: str, index: int) -> bool:
        """Whether units of one kind go on where a comma parts the first from the article: "Điều 4, Chương III, Chương IV"."""
        if self.parts[-1].separators == self.separators:
            return False
        following = (token for token in self.tokens[index + 1 : index + 6] if token.lastgroup in ("unit", "sep"))
        return next(following, self.tokens[index]).lastgroup == "sep" and _UNITS.get(next(following, self.tokens[index])[0].lower()) == unit

    def _id(self, printed: str, letter: int | None) -> None:
        name = _name(self.unit, printed)
        if self.places:
            self.ids += 1
        elif not (self.unit in _LETTERED and _NO_NUMBER.fullmatch(name)):
            self._named(name, letter)
        self.ranged = self.listed = False

    def _named(self, name: str, letter: int | None) -> None:
        names, sure = [name], letter is None or self._is_its_own(name, letter)
        if self.unit in _LETTERED:
            name = joined_letter(name + (self.tokens[letter][0].lower() if letter is not None and sure else ""))
            names = spanned(name)
        if self.ranged and self.parts:
            names = between(self.parts[-1].path.rsplit("-", 1)[-1], name)
        for one in names:
            for part in self._add(one):
                part.unsure = part.unsure or not sure

    def _is_its_own(self, number: str, letter: int) -> bool:
        """Whether the letter behind an article's number is the article's, and no điểm's ("Điều 4 a, b", "khoản 2 a")."""
        listed = letter + 1 < len(self.tokens) and self.tokens[letter + 1].lastgroup in ("sep", "range")
        return self.unit == "dieu" and number.isdigit() and not (listed and self._is_letter(letter + 2))

    def _separator(self, printed: str) -> None:
        self._unnumbered_annex()
        self.separators += 1
        self.semicolons += printed == ";"
        self.listed = self.listed or printed != ","

    def _unnumbered_annex(self) -> None:
        if self.unit == "phu-luc" and not self.ids:
            self._add("")

    def _add(self, name: str) -> list[_NamedProvision]:
        """A new part; the first of its group takes in the parts before it that still need a holder.

        "Mục 3 và Mục 4 Chương IV", "điểm 4.1 tiểu mục 04, mục II, Phần A thuộc Phụ lục 01": the larger unit holds what stands
        before it, over commas too; "Mẫu số 01 và Phụ lục II" (`listed`) names one more thing.
        """
        segment = f"{self.unit}-{name}" if name else self.unit
        held = [] if self.ids else self._held()
        self.ids += 1
        if not held:
            held = [_NamedProvision(self.unit, segment, self.separators, self.semicolons)]
            self.parts += held
        else:
            for part in held:
                part.unit, part.separators = self.unit, self.separators
                part.path = segment if part.unsure else f"{segment}/{part.path}"
        if self.unit in _HOLDERS:
            self.waiting[self.unit] += held
        return held

    def _held(self) -> list[_NamedProvision]:
        """Those that the unit takes in; what it passes over nothing takes in any more."""
        waiting = [part for unit in _HELD.get(self.unit, ()) for part in self.waiting.pop(unit, ())]
        return [part for part in waiting if self._reaches(part)]

    def _reaches(self, part: _NamedProvision) -> bool:
        joined, closed = part.separators == self.separators, part.semicolons < self.semicolons
        if self.unit in ("dieu", "khoan", "diem") and part.unit == "muc":
            return joined
        return joined or part.unit in _INNER or not (self.listed or closed)


def _name(unit: str, printed: str) -> str:
    if unit in ("chuong", "muc", "phan", "phu-luc", "tieu-muc"):
        return printed.upper().replace("/", "-")
    return printed.lower().replace("/", "-")
