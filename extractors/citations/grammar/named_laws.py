"""Laws by name: "Luật Đất đai năm 2013", "Bộ luật Tố tụng hình sự", "LUẬT  HÀNG KHÔNG DÂN DỤNG VIỆT NAM", "Hiến pháp".

The type word needs a capital ("pháp luật về đất đai" and "luật" are no mentions). A name ends where the list of names
says so; an unknown name is followed along its own words up to the first word that no name holds.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from extractors.citations.grammar.law_names import LAW_NAMES, LAW_SHORT_FORMS
from extractors.citations.grammar.reading_copy import ReadingCopy
from rasoat.vietnamese import tone_placed

_ANCHOR = re.compile(r"(?:B[ộỘ]\s+[lL](?:uật|UẬT)|L(?:uật|UẬT)|P(?:háp|HÁP)\s+[lL](?:ệnh|ỆNH)|H(?:iến|IẾN)\s+[pP](?:háp|HÁP))(?!\w)")
_GLUED_BEFORE = re.compile(r"(?:pháp|kỷ|bộ|quy|dự|kỉ)\s*$")
# "Công ty Luật", "Đại học Luật", "Khoa Luật": places, not laws.
_PLACE_BEFORE = re.compile(
    r"(?:công ty|đại học|khoa|ngành|trường|cử nhân|văn phòng|hãng|hội|thạc sĩ|tiến sĩ|bậc|viện|học|bằng|tnhh|dự thảo|dự án|dự luật)\s+$"
)
_YEAR_GAP = re.compile(r"\s*(?:sửa đổi,?\s+(?:bổ sung\s+)?)?(?:năm\s+)?((?:19|20)\d\d)(?:(?!\d|\s*/|\s*-\s*\d)|(?=\d{1,4}/(?:19|20)\d\d/))")
_AMENDING = re.compile(
    r"\s+(?:về\s+)?(?:việc\s+)?s(?:ửa|ủa)\s+đổi(?:\s*,\s*|\s+và\s+|\s+)?(?:bổ\s+sung)?[^;.()\n]{0,60}?\s+(?:của|bộ|các|điều)\s+(?=(?:các\s+|\d+\s+)?(?:bộ\s+)?(?:luật|pháp lệnh)\s)"
)
_LIST_STEP = re.compile(r"(?:\s*,\s*|\s*;\s*|\s*,?\s+và\s+|\s+)(?=(?:B[ộỘ]\s+l|L)uật\s)")
_STOP_LIST = "và hoặc hay của về quy mà thì được có đã để trong theo này khi do là năm số ngày tại nếu phải không các ban hiện hết với cho bởi từ đến nhưng gồm như bao trừ trước sau cùng nêu đang sẽ cũng còn vào ra đối nhằm"
_STOP = frozenset(_STOP_LIST.split())
_NOT_A_NAME = frozenset(["sư", "gia", "quốc", "việt", "nước", "hợp", "tnhh", "hiện", "nêu", "trên", "số", "này", "sửa", "bên", "chương"])
_TREATY_CODES = re.compile(r"(?:quốc tế|[A-Z]{3,5}(?![\wĐ]))")
_ABOUT = re.compile(r"\s+về(?=\s)")
_WORD = re.compile(r"[^\W\d_]+")


class Name(NamedTuple):
    """A law's place in the reading copy; `name` without type and year."""

    start: int
    end: int
    type: str
    name: str
    year: int | None


def _letters() -> dict[str, str]:
    table: dict[str, str] = {}
    for code in [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250), *range(0x1EA0, 0x1EFA)]:
        base = unicodedata.normalize("NFD", chr(code).lower())[0]
        if base in "abcdefghijklmnopqrstuvwxyz":
            table[chr(code)] = base
    table["đ"] = table["Đ"] = "d"
    return table


_LETTER = _letters()


def compact(text: str) -> str:
    """Folded letters only: "Thi đua, khen thưởng" → "thiduakhenthuong"."""
    return "".join(_LETTER.get(letter, "") for letter in text)


_COMPACT = {ord(letter): base for letter, base in _LETTER.items()} | dict.fromkeys(map(ord, " ,-\n\t\r\u00a0"))
_STRETCH = re.compile(rf"(?:[{''.join(_LETTER)}]+|[ ,\t\r\u00a0-]+|\n(?!\s*\n))+")
_FULL = {compact(name): name for name in LAW_NAMES}
_FULL.update({compact(short): name for short, name in LAW_SHORT_FORMS.items()})
_LENGTHS = sorted({len(name) for name in _FULL}, reverse=True)
_LONGEST = _LENGTHS[0]
_SURE = 9  # letters: a shorter name must be spelt exactly ("Luật Giá" is a law, "Luật gia" is not)


def find_names(view: ReadingCopy) -> list[Name]:
    """All laws named in the text, in order, none overlapping."""
    found: list[Name] = []
    position = 0
    for anchor in _ANCHOR.finditer(view.text):
        if anchor.start() < position:
            continue
        if anchor[0][0] in "L" and _GLUED_BEFORE.search(view.low, max(0, anchor.start() - 6), anchor.start()):
            continue
        name = _name_at(view, anchor)
        if name:
            found.append(name)
            position = name.end
    return found


def _type(written: str) -> str:
    words = " ".join(written.lower().split())
    return words[0].upper() + words[1:]


def _name_at(view: ReadingCopy, anchor: re.Match[str]) -> Name | None:
    type_ = _type(anchor[0])
    start, end = anchor.span()
    if type_ == "Hiến pháp":
        return _constitution(view, start, end)
    if type_ == "Luật" and _PLACE_BEFORE.search(view.low, max(0, start - 12), start):
        return None
    after = view.low[end : end + 1]
    if not after.isspace():
        return None
    if amending := _AMENDING.match(view.low, end):
        return _amending(view, start, end, amending.end(), type_)
    read = read_name(view, end, type_)
    return _with_year(view, start, end, read, type_) if read else None


def _constitution(view: ReadingCopy, start: int, end: int) -> Name | None:
    before = view.low[max(0, start - 12) : start]
    if before.endswith(("vi phạm ", "hợp ")) and view.text[start].islower():
        return None
    country = re.compile(r"\s+nước cộng hòa xã hội chủ nghĩa việt nam").match(view.low, end)
    return _with_year(view, start, end, country.end() if country else end, "Hiến pháp")


def _with_year(view: ReadingCopy, start: int, name_start: int, end: int, type_: str) -> Name:
    year = _YEAR_GAP.match(view.low, end)
    name = " ".join(view.text[name_start:end].split())
    if year:
        return Name(start, year.end(1), type_, name, int(year[1]))
    return Name(start, end, type_, name, None)


def _amending(view: ReadingCopy, start: int, name_start: int, at: int, type_: str) -> Name | None:
    """ "Luật sửa đổi, bổ sung một số điều của Luật X, Luật Y và Luật Z" is one name."""
    end: int | None = None
    position = at
    while True:
        inner = re.compile(r"(?:các\s+|\d+\s+)?(?:bộ\s+luật|luật|pháp\s+lệnh)").match(view.low, position)
        if not inner:
            break
        read = read_name(view, inner.end(), "Luật")
        if read is None:
            break
        end = read
        step = _LIST_STEP.match(view.text, end)
        if not step or re.match(r"\s+$", step[0]):
            break
        position = step.end()
    return _with_year(view, start, name_start, end, type_) if end is not None else None


def read_name(view: ReadingCopy, at: int, type_: str) -> int | None:
    """Where the law's name that starts at `at` ends, or None where no name stands there."""
    about = _ABOUT.match(view.low, at)
    known = _known_end(view, about.end() if about else at)
    return known if known is not None else _unknown_end(view, at, type_)


def _known_end(view: ReadingCopy, at: int) -> int | None:
    stretch = _STRETCH.match(view.text, at, min(len(view.text), at + 2 * _LONGEST))
    if not stretch:
        return None
    squeezed = stretch[0].translate(_COMPACT)
    for length in _LENGTHS:
        if length <= len(squeezed) and squeezed[:length] in _FULL:
            end = at + _raw_length(stretch[0], length)
            if _fits(view, at, end, length, squeezed):
                return end
    return None


def _raw_length(stretch: str, letters: int) -> int:
    """How much of the stretch its first `letters` letters take."""
    for place, letter in enumerate(stretch):
        letters -= letter in _LETTER
        if letters == 0:
            return place + 1
    return len(stretch)


def _fits(view: ReadingCopy, at: int, end: int, length: int, squeezed: str) -> bool:
    written = view.text[at:end]
    follows = view.text[end : end + 1]
    if (
        follows.isalpha()
        and follows.islower()
        and not (length >= _SURE and squeezed[length:].startswith(("va", "nghidinh", "thongtu", "luat", "dieu")))
    ):
        return False
    if length >= _SURE:
        return True
    plain = tone_placed(" ".join(written.lower().split()))
    if plain != _FULL[squeezed[:length]] and not written.isupper():
        return False
    # "luật hội", "luật công ty" are laws only with a capital.
    return written.strip()[:1].isupper() or plain not in ("hội", "công ty")


def _unknown_end(view: ReadingCopy, at: int, type_: str) -> int | None:
    """The end of a name that is not in the list: a capital first word, then words up to one no name holds."""
    first = re.compile(r"\s+").match(view.text, at)
    if not first or "\n" in first[0]:
        return None
    place = first.end()
    if _TREATY_CODES.match(view.text, place) or (type_ == "Bộ luật" and view.text[place : place + 1].islower()):
        return None
    head = _WORD.match(view.text, place)
    if not head or not head[0][0].isupper() or head[0].lower() in _NOT_A_NAME or head[0].lower() in _STOP:
        return None
    end, words = head.end(), 1
    step = re.compile(r"(\s|,\s)(?=[^\W\d_])")
    while words < 12 and (gap := step.match(view.text, end)):
        word = _WORD.match(view.text, gap.end())
        if not word or word[0].lower() in _STOP or (gap[1] != " " and not gap[1].isspace()):
            break
        if word[0][0].isupper() and not word[0].isupper() and _TYPE_WORD.match(view.low, word.start()):
            break
        end, words = word.end(), words + 1
    return end if words >= 2 else None


_TYPE_WORD = re.compile(r"(?:luật|bộ luật|nghị định|thông tư|nghị quyết|quyết định|pháp lệnh)(?!\w)")
