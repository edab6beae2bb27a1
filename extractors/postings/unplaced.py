"""What stands in a published file and in no row that was read: a reading that leaves something over is not the whole list.

Two checks that need no understanding of a layout: every code that the text shows must stand in some row, and the printed numbers
of the rows must follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.postings.code_catalogue import national
from extractors.postings.codes import INSIDE, digits_of, is_amount
from rasoat.vietnamese import fold

# Cells of narrow columns break a code over two lines.
_BROKEN = re.compile(r"(?<![\d./,])\d\.\n?(?:\d\n?){6}(?![\d/])(?!\.\d)")
_TOLD = re.compile(
    r"(?:\btong (?:so|cong)(?: co)?\s*:?\s*|\bhien thi\s+\d+\s*(?:-|–|den)\s*\d+\s*(?:/|tren|trong|cua)\s*(?:tong so\s*)?)(\d{1,5})\s*"
    r"(?:thu tuc|tthc|ket qua|ban ghi|dong)\b"
)
_CLOSE = 3  # rows back among which a number must have its predecessor: a scan garbles some of them
_LISTED = 8  # codes that one line names


def shown_codes(text: str) -> dict[str, str]:
    """The codes in a text: their figures, and how they are printed. An amount of money with two dots is none."""
    found: dict[str, str] = {}
    for match in (*INSIDE.finditer(text), *_BROKEN.finditer(text)):
        printed = "".join(match[0].split())
        figures = digits_of(printed)
        if len(figures) == 7 and not is_amount(printed, text[match.end() : match.end() + 8]):
            found.setdefault(figures, printed)
    return found


def unplaced_codes(text: str, placed: frozenset[str]) -> list[str]:
    """The codes of a text that stand in no row, in their national form."""
    return [code for figures in shown_codes(text) if figures not in placed and (code := national(figures)) is not None]


def left_over(pages: Iterable[tuple[int | None, str]], placed: frozenset[str]) -> Iterator[str]:
    """A line for each page that shows codes which stand in no row; `placed`: the figures of those that do."""
    for page, text in pages:
        lost = [printed for figures, printed in shown_codes(text).items() if figures not in placed]
        if lost:
            where = f"trang {page}: " if page else ""
            yield f"{where}mã {_listed(lost)} có trong chữ của tệp nhưng không thuộc dòng nào đọc được / codes outside the rows that were read"


def hidden_codes(text: str, placed: frozenset[str]) -> Iterator[str]:
    """A line where codes stand in what no reader of the file sees: a tab of a page, or letters that somebody hid."""
    hidden = [printed for figures, printed in shown_codes(text).items() if figures not in placed]
    if hidden:
        yield f"Mã {_listed(hidden)} chỉ có trong phần người xem không thấy, không đọc / codes in what no reader sees"


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_LISTED]) + ("…" if len(codes) > _LISTED else "")


def fewer_than_told(text: str, rows: int) -> Iterator[str]:
    """A line where the file itself counts more procedures than rows were read ("Tổng số: 12 thủ tục", "Hiển thị 1-20 trong 351")."""
    words = fold(text)
    told = max((int(found[1]) for found in _TOLD.finditer(words)), default=0)
    if told > rows:
        yield f"Tệp ghi có {told} thủ tục, đọc được {rows} dòng / the file counts more procedures than were read"


def jumps(orders: Sequence[tuple[int | None, int | None]], scanned: bool) -> Iterator[str]:
    """A line for each place where the printed numbers of rows jump ahead; `orders`: page and number of each row, None where it has none."""
    for at, (page, number) in enumerate(orders):
        before = [(at - back, orders[at - back][1]) for back in range(1, _CLOSE + 1) if at >= back]
        known = [(place, earlier) for place, earlier in before if earlier is not None]
        if number is None or any(number - earlier == at - place for place, earlier in known):
            continue
        last = known[0][1] if known else None
        if last is None or number <= last:
            lost = number - 1 if not scanned and (at == 0 or last is not None) and number > 1 else 0
        else:
            lost = number - last - 1
        if lost > 0 and number != last:
            where = f"trang {page}: " if page else ""
            told = f"từ {last} sang {number}" if last is not None and number > last else f"bắt đầu từ {number}"
            yield f"{where}số thứ tự {told}, có thể còn dòng chưa đọc / the numbers of the rows jump"
