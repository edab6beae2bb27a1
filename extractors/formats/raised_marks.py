"""Raised note marks: "Điều 12³" is article 12 and a note, never article 123.

A mark behind a number, a text's number, a day or a word says nothing and is left out; an exponent ("10⁶") is kept apart from the number
by its own sign; units ("km2", "90o") and raised words stay as they are.
"""

from __future__ import annotations

import re

CONTEXT = 80  # characters before a mark that tell what it stands behind
_NOTE = re.compile(r"\s*(?:[\[(]?\d{1,3}(?:\s?[,;]\s?\d{1,3})*[\])]?|\*{1,3}|[†‡§]|[\[(][a-zđ*][\])])\s*")
_BEHIND = re.compile(
    r"(?i:\b(?:điều|khoản|điểm|chương|phần|(?:tiểu )?mục|phụ lục|mẫu(?: số)?|số)\s+[\dIVXLC]*[a-zđ]?\.?)$"
    r"|\d[a-zđ]?/(?:\d{4}(?:/[A-ZĐ][\w-]*)?|[A-ZĐ][\w-]*)$|/[A-ZĐ]\w*(?:-[A-ZĐ]\w*)*$"
    r"|(?i:\b(?:năm\s+\d{4}|ngày\s+\d{1,2}|tháng\s+\d{1,2}))$|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$"
    r"|(?<![^\W_])(?!(?:[kcdmh]m|[A-Z][A-Z]?)$)[^\W\d_]{2,}$|[.,;:)\]”\"»]$"
)
_SIGNS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LEFT_OUT = "dấu chú thích viết nâng không đọc cùng số đứng trước"


def without_mark(before: str, raised: str) -> str:
    """What a raised stretch of text adds to the text before it: nothing where it is a note's mark."""
    line = before[-CONTEXT:].rpartition("\n")[2].rstrip()
    if not line or not _NOTE.fullmatch(raised):
        return raised
    if _BEHIND.search(line):
        return " " if raised[-1:].isspace() else ""
    return raised.translate(_SIGNS) if line[-1].isdigit() else raised


def marks_left_out(count: int) -> str:
    """What is said of a text whose note marks were left out."""
    return f"{count} {LEFT_OUT} / raised note marks left out"


def unseen_left_out(count: int) -> str:
    """What is said of a text of which something stands in the file and is shown to no reader."""
    return f"{count} đoạn chữ người xem không thấy (ẩn, trắng, gạch ngang) không đọc / text that no reader sees, left out"
