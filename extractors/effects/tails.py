"""What stands behind a document said to end and makes the ending less than whole: a matter, a place, a term, an event.

"Bãi bỏ Nghị định số … của Chính phủ đối với …" ends a part; "… thay thế Nghị định số … trong thời gian từ … đến …" puts it
aside; "Thay thế Nghị định số … nêu tại khoản 2 Điều 5 Nghị định số … bằng …" changes a reference; "… sau khi hoàn thành …"
waits for an event that no text dates. A title is no such tail: only the document's date and body may stand before it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from extractors.effects.effect_dates import TYPE_WORDS, first_when


class Tail(StrEnum):
    MATTER = "matter"  # a part named by subject or territory
    REFERENCE = "reference"  # a place in another document where it is named
    MEANWHILE = "meanwhile"  # only for a time


_TITLE_OPENS = r"quy|về|hướng|ban|sửa|bổ|phê|bãi|thay|công bố|tổ chức|xử|thực|đính|điều chỉnh|kéo|thí|giao|cho|tiếp|chuyển|thành lập|phân|cấp|triển|đối|trên|trong|tại|nêu"
_HEAD = (
    r"(?:\s*,?\s*ngày\s+\d{1,2}\s*(?:tháng|[/.-])\s*\d{1,2}\s*(?:năm|[/.-])\s*\d{4})?"
    rf"(?:\s*,?\s*của\s+(?:(?!\b(?:{_TITLE_OPENS})\b)[^;.(:]){{2,140}}?)?\s*,?\s*"
)
_TAILS = (
    (Tail.MEANWHILE, re.compile(_HEAD + r"trong\s+(?:thời\s+(?:gian|hạn)|giai\s+đoạn)\b", re.IGNORECASE)),
    (
        Tail.MATTER,
        re.compile(
            _HEAD + r"(?:đối\s+với|trên\s+địa\s+bàn|trong\s+phạm\s+vi|(?:về|ở|trong|đối\s+với)\s+(?:các\s+|những\s+)?nội\s+dung)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Tail.REFERENCE,
        re.compile(
            _HEAD
            + r"(?:đã\s+|được\s+)*(?:(?:nêu|dẫn\s+chiếu|viện\s+dẫn|trích\s+dẫn|ghi|quy\s+định)\s+(?:tại|trong|ở)|(?:tại|trong)\s+(?=điểm|khoản|điều\s+\d))"
            rf"\s*(?:(?:các|những|phần)\s+)*(?:điểm|khoản|điều|chương|mục|phụ\s+lục|căn\s+cứ|{TYPE_WORDS})",
            re.IGNORECASE,
        ),
    ),
)
# "kể từ ngày …", "sau khi …": an event, unless the words after it are of a text's own making or a calendar day.
_EVENT = re.compile(r"(?:kể\s+từ|bắt\s+đầu\s+từ|\btừ)\s+(?:ngày|khi|thời\s+điểm)|\bsau\s+khi|\bkhi\b|\btheo\s+lộ\s+trình\b", re.IGNORECASE)
_EVENT_BEHIND_HEAD = re.compile(_HEAD + rf"(?P<event>{_EVENT.pattern})", re.IGNORECASE)
_SINCE_AT_THE_END = re.compile(r"kể\s+từ\s+(?:ngày|khi|thời\s+điểm)(?:(?!kể\s+từ)[^;.])*[\s;.,]*$", re.IGNORECASE)
_OF_A_TEXT = re.compile(r"hi[ệê]u\s+l[ựư]c|thi\s+hành|\bký\b|\bkí\b|ban\s+hành|thông\s+qua|công\s+báo|\d{4}", re.IGNORECASE)


def tail_of(text: str, start: int, end: int) -> Tail | None:
    """What limits the ending of a document whose number ends at `start`; None where nothing does."""
    for kind, pattern in _TAILS:
        if pattern.match(text, start, end):
            return kind
    return None


def waits_for_an_event(text: str, start: int, end: int, *, behind_target: bool) -> bool:
    """Whether an ending waits for something that gives no day ("kể từ ngày Hệ thống … được đưa vào vận hành").

    `behind_target`: the stretch begins at the end of the document's number; else at the end of the verb.
    """
    if behind_target:
        direct = _EVENT_BEHIND_HEAD.match(text, start, end)
        at = direct.start("event") if direct else None
        if at is None and (last := _SINCE_AT_THE_END.search(text, start, end)):
            at = last.start()
    else:
        said = re.compile(r"\s*,?\s*").match(text, start, end)
        at = said.end() if said and _EVENT.match(text, said.end(), end) else None
    if at is None:
        return False
    stop = next((m.start() for m in re.compile(r"[;,]|\.(?!\d)").finditer(text, at, end)), end)
    return not _OF_A_TEXT.search(text, at, stop) and first_when(text, at, end) is None
