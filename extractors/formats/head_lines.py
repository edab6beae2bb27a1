"""What the lines of a legal text's head look like, for those who read its parts."""

from __future__ import annotations

import re

from rasoat.identity import NORMATIVE_TYPES, TYPES

KINDS = sorted({*NORMATIVE_TYPES, *TYPES.values()}, key=len, reverse=True)
KIND_LINE = re.compile(rf"(?i)^(?P<type>{'|'.join(KINDS)})\b[ .:]*(?P<rest>.*)$")
SERIAL = r"\d[\d.]*[a-zđA-ZĐ]?(?:bis)?"
NUMBER_TEXT = rf"{SERIAL}\s*(?:/\s*(?:19|20)\d\d\s*)?[/-]\s*[A-ZĐÐ][A-Za-zĐÐđ]*(?:\s?[-–/]\s?[A-ZĐÐ][A-Za-zĐÐđ]*)*(?:\s?\d{{1,2}}(?!\d))?"
DATE_WORDS = r"(?:ngày\s*)?(?<!\d)(?P<day>\d{1,2})\s*(?:tháng|[-/.])\s*(?P<month>\d{1,2})\s*(?:năm|[-/.])\s*(?P<year>\d{4})"
PLACED_DATE = re.compile(rf"(?:^|[\s|])(?P<place>[A-ZĐÀ-Ỹ][^\d|:;,.]{{1,28}}),\s*(?i:{DATE_WORDS})\W{{0,6}}\w?\W*$")
STATE = re.compile(r"(?i)cộng\s+ho(?:à|òa)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam")
ISSUERS = re.compile(
    r"^(?P<issuer>QUỐC HỘI|ỦY BAN THƯỜNG VỤ QUỐC HỘI|UỶ BAN THƯỜNG VỤ QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|CHỦ TỊCH NƯỚC|NGÂN HÀNG NHÀ NƯỚC(?: VIỆT NAM)?"
    r"|TÒA ÁN NHÂN DÂN TỐI CAO|VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO|KIỂM TOÁN NHÀ NƯỚC|THANH TRA CHÍNH PHỦ|VĂN PHÒNG CHÍNH PHỦ|(?:BỘ(?! LUẬT)|(?:ỦY|UỶ) BAN|HỘI ĐỒNG) [^\d|]{2,70}?)"
    r"(?=\s*(?:[-*_]{2,}|CỘNG\s|$))"
)


def kind_line(line: str) -> str | None:
    """The type that stands in capitals on a line of its own, as it is written in a sentence."""
    found = KIND_LINE.match(line)
    return proper(found["type"]) if found and found["type"].isupper() and not found["rest"][:1].islower() else None


def proper(kind: str) -> str:
    """A type in capitals as it is written: THÔNG TƯ → Thông tư."""
    return kind[:1].upper() + kind[1:].lower()
