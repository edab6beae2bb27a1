"""The lines of a legal text that carry its structure, and the stretches that are quoted and carry somebody else's.

Amending texts quote whole articles (“Điều 5a. …”): a line inside quotation marks is never a mark of the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_DECOR = r"[ \t\u00a0#*_|\-–~`]*+"
_ARTICLE = re.compile(
    rf"^(?P<decor>{_DECOR})(?P<quote>[>“\"‘«]*+)[ \t]*+\**+(?:[ĐÐ]i[êềếểễ]u|ĐI[ÊỀẾỂỄ]U)[ \t\u00a0]+(?P<number>\d+)(?P<letter>[a-zđ]{{0,2}})\b\**"
    r"[ \t]*(?P<mark>[.:]?)\**(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_ROMAN = r"[IVXLC]+[a-zA-Z]?|\d+[a-zđ]?"
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_CONTAINER = re.compile(
    rf"^(?P<decor>{_DECOR})(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC)[ \t\u00a0]+(?P<number>(?:(?:thứ|THỨ)[ \t]+)?"
    rf"(?:{_ROMAN}|{'|'.join(_ORDINALS)}|{'|'.join(_ORDINALS).upper()}))\**[ \t]*(?P<mark>[.:–\-]?)\**[ \t]*(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_ANNEX = re.compile(
    rf"^(?P<decor>{_DECOR})(?P<word>PHỤ LỤC|Phụ lục|MẪU SỐ|Mẫu số)[ \t]*+(?:số|SỐ)?[ \t:]*+(?P<number>{_ROMAN})?\b(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_ATTACHED = re.compile(rf"^{_DECOR}(?P<word>QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY TRÌNH|CHUẨN|QUY CHUẨN)\b(?P<rest>[^\n]*)$", re.MULTILINE)
_CLOSING = re.compile(
    rf"^{_DECOR}(?:(?:Nơi nhận|NƠI NHẬN)\b|(?:TM|T/M|KT|TL|TUQ|Q)\.[ \t]*[A-ZĐÁ-Ỵ]|(?:CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|"
    r"TỔNG KIỂM TOÁN|TỔNG THANH TRA|PHÓ THỦ TƯỚNG|THỨ TRƯỞNG)\b(?P<office>[^\n]*)$|(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Hiến pháp)[ \t]+này[ \t]+(?:đã[ \t]+)?được"
    r"[ \t]+(?:Quốc[ \t]+hội|Ủy|Uỷ|Hội đồng)[^\n]*thông[ \t]+qua)",
    re.MULTILINE,
)
# Sections that a transcriber adds around a text; the State's own texts use none of these as a heading.
_NOTE = re.compile(
    r"(?i)^[ \t]*(?:#{1,6}[ \t]*\**|>[ \t]*\**|\*\*)(?:\d+\.[ \t]*)?(?:tóm tắt|ghi chú|nguồn|tham khảo|điểm mới|điểm nổi bật|nội dung (?:chính|cốt lõi|đáng chú ý|nổi bật)"
    r"|văn bản (?:liên quan|thay thế|bị thay thế|dẫn chiếu|chưa hoàn thiện)|thông tin (?:văn bản|chung)|phương pháp|tổng hợp|tác động|liên hệ pháp lý"
    r"|cấu trúc|ví dụ|trích yếu|căn cứ pháp l)[^\n]*$",
    re.MULTILINE,
)
_RUNS_ON = re.compile(
    r"[ \t]*(?:của|và|hoặc|thì|này|trên|đến|tại|thuộc|Luật|Bộ luật|Nghị định|Thông tư|Chương|Mục|Phần|khoản|Điều[ \t]+\d+)\b", re.IGNORECASE
)
_QUOTE_SPAN = 60_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that opens a part of the text. `level` is "dieu", "phan", "chuong", "muc", "tieu-muc", "phu-luc", "mau-so",
    "kem-theo", "ending" or "note"; `strong` where a transcriber made it a heading; `quoted` where it stands in quotation marks; `bare` where no stop or line end follows the number; `opens_quote` where the line itself begins with a quotation mark."""

    level: str
    start: int
    end: int
    number: str = ""
    letter: str = ""
    rest: str = ""
    rest_at: int = 0
    strong: bool = False
    quoted: bool = False
    bare: bool = False
    opens_quote: bool = False

    @property
    def name(self) -> str:
        """Number and letter as one: "5a"."""
        return f"{int(self.number)}{self.letter}" if self.level == "dieu" else self.number


def articles(text: str) -> list[Mark]:
    """Every line that reads like an article's heading, quoted ones too."""
    quoted = _Quotes(text)
    found = []
    for match in _ARTICLE.finditer(text):
        bare = not match["mark"] and bool(match["rest"].strip())
        if bare and (_RUNS_ON.match(match["rest"]) or not match["rest"].strip(" \t*")[:1].isupper()):
            continue
        strong = "#" in match["decor"]
        opens = bool(match["quote"])
        inside = opens or (quoted.holds(match.start("number")) and not strong)
        place = (match.start(), match.end(), match["number"], match["letter"], match["rest"], match.start("rest"))
        found.append(Mark("dieu", *place, strong, inside, bare, opens))
    return found


def containers(text: str) -> list[Mark]:
    """Lines that open a Phần, Chương, Mục or Tiểu mục of the text itself."""
    quoted = _Quotes(text)
    found = []
    for match in _CONTAINER.finditer(text):
        rest = match["rest"]
        if _RUNS_ON.match(rest) or quoted.holds(match.start("number")) or (rest and not match["mark"] and rest.lstrip("*# ")[:1].islower()):
            continue
        level = {"phần": "phan", "chương": "chuong", "mục": "muc", "tiểu mục": "tieu-muc"}[match["word"].lower()]
        found.append(Mark(level, match.start(), match.end(), _numeral(match["number"], level), strong="#" in match["decor"]))
    return found


def _numeral(printed: str, level: str) -> str:
    word = printed.lower().removeprefix("thứ").strip()
    if word in _ORDINALS:
        return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[_ORDINALS.index(word)]
    return printed if level in ("muc", "tieu-muc") else printed.upper()


def runs_on(rest: str) -> bool:
    """Whether the words after a number go on with a sentence ("Điều 12. của Luật …") instead of naming an article."""
    return bool(_RUNS_ON.match(rest))


def closings(text: str, start: int) -> Iterator[Mark]:
    """Where the enacting text is over: the signing block, the list of recipients, the formula of adoption."""
    found = (match for match in _CLOSING.finditer(text, start) if not any(map(str.islower, match["office"] or "")))
    return (Mark("ending", match.start(), match.end()) for match in found)


def annexes(text: str, start: int) -> Iterator[Mark]:
    """Lines that open an annex, a form or an attached regulation. Short lines in capitals or made headings only."""
    for match in _ANNEX.finditer(text, start):
        upper = match["word"].isupper() or "#" in match["decor"] or "**" in match["decor"]
        if (
            upper
            and len(match["rest"]) < 200
            and not _RUNS_ON.match(match["rest"])
            and not match["rest"].lstrip().startswith((",", ";", "kèm"))
        ):
            level = "phu-luc" if match["word"].lower() == "phụ lục" else "mau-so"
            yield Mark(level, match.start(), match.end(), (match["number"] or "").strip())
    for match in _ATTACHED.finditer(text, start):
        if not any(map(str.islower, match["rest"])) and "kèm theo" in text[match.end() : match.end() + 900].lower():
            yield Mark("kem-theo", match.start(), match.end())


def notes(text: str) -> list[Mark]:
    """Headings of a transcriber's own sections."""
    return [Mark("note", match.start(), match.end()) for match in _NOTE.finditer(text)]


class _Quotes:
    """Stretches of a text in quotation marks that reach over a line's end. A mark that is never closed quotes nothing."""

    def __init__(self, text: str) -> None:
        spans = sorted([*_directed(text), *_straight(text)])
        self._starts = [start for start, _ in spans]
        self._ends: list[int] = []
        furthest = 0
        for _, end in spans:
            furthest = max(furthest, end)
            self._ends.append(furthest)

    def holds(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]


def _directed(text: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for match in re.finditer("[“”]", text):
        position = match.start()
        opened = [start for start in opened if position - start < _QUOTE_SPAN]
        if match[0] == "“":
            opened.append(position)
        elif opened:
            start = opened.pop()
            if "\n" in text[start:position]:
                yield start, position


def _straight(text: str) -> Iterator[tuple[int, int]]:
    """Typed quotes: opened by a line that begins with one, closed at the end of a line."""
    start = None
    for line in re.finditer(r"^[^\n]*\"[^\n]*$", text, re.MULTILINE):
        odd = line[0].count('"') % 2
        if start is None:
            if odd and re.match(r"[ \t>*]*\"", line[0]):
                start = line.start()
        elif odd:
            if line.end() - start < _QUOTE_SPAN and re.search(r"\"[\s.;,*)]*$", line[0]):
                yield start, line.end()
            start = None
