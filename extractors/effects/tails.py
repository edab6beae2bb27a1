"""What stands behind a document said to end and makes the ending less than whole: a matter, a place, a term.

"Bãi bỏ Nghị định số … của Chính phủ đối với …" ends a part; "… thay thế Nghị định số … trong thời gian từ … đến …" puts it
aside; "Thay thế Nghị định số … nêu tại khoản 2 Điều 5 Nghị định số … bằng …" changes a reference. A title is no such
tail: only the document's date and body may stand before it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from extractors.effects.effect_dates import TYPE_WORDS


class Tail(StrEnum):
    MATTER = "matter"  # a part named by subject or territory
    REFERENCE = "reference"  # a place in another document where it is named
    MEANWHILE = "meanwhile"  # only for a time


_TITLE_OPENS = r"quy|về|hướng|ban|sửa|bổ|phê|bãi|thay|công bố|tổ chức|xử|thực|đính|điều chỉnh|kéo|thí|giao|cho|tiếp|chuyển|thành lập|phân|cấp|triển|đối|trên|trong|tại|nêu"
# The day and the body that may stand between a document's number and its title.
HEAD_WORDS = (
    r"(?:\s*,?\s*ngày\s+\d{1,2}\s*(?:tháng|[/.-])\s*\d{1,2}\s*(?:năm|[/.-])\s*\d{4})?"
    rf"(?:\s*,?\s*của\s+(?:(?!\b(?:{_TITLE_OPENS})\b)[^;.(:]){{2,140}}?)?\s*,?\s*"
)
_TAILS = (
    (Tail.MEANWHILE, re.compile(HEAD_WORDS + r"trong\s+(?:thời\s+(?:gian|hạn)|giai\s+đoạn)\b", re.IGNORECASE)),
    (
        Tail.MATTER,
        re.compile(
            HEAD_WORDS + r"(?:đối\s+với|trên\s+địa\s+bàn|trong\s+phạm\s+vi|(?:về|ở|trong|đối\s+với)\s+(?:các\s+|những\s+)?nội\s+dung)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Tail.REFERENCE,
        re.compile(
            HEAD_WORDS
            + r"(?:đã\s+|được\s+)*(?:(?:nêu|dẫn\s+chiếu|viện\s+dẫn|trích\s+dẫn|ghi|quy\s+định)\s+(?:tại|trong|ở)|(?:tại|trong)\s+(?=điểm|khoản|điều\s+\d))"
            rf"\s*(?:(?:các|những|phần)\s+)*(?:điểm|khoản|điều|chương|mục|phụ\s+lục|căn\s+cứ|{TYPE_WORDS})",
            re.IGNORECASE,
        ),
    ),
)


def tail_of(text: str, start: int, end: int) -> Tail | None:
    """What limits the ending of a document whose number ends at `start`; None where nothing does."""
    for kind, pattern in _TAILS:
        if pattern.match(text, start, end):
            return kind
    return None
