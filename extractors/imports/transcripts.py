"""Whether a text somebody typed or converted is the document's own words, a shortened copy, or somebody's summary of it.

A summary's sentence "… thay thế Nghị định …" is not a clause of the document. General signs only: the State's texts enact
("… ban hành Nghị định …"), are signed and sent to recipients, and count their articles; they set no bullets, never write
"TT 16/2014/…" for a circular, and no section of theirs is called "Nội dung chính".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from extractors.formats.articles import DocumentPart, split_text
from extractors.formats.head import DocumentHead
from rasoat.vietnamese import fold

_ENACTS = re.compile(
    r"ban hành (?:kèm theo )?(?:Nghị (?:định|quyết)|Thông tư|Quyết định|Luật|Bộ luật|Pháp lệnh|Chỉ thị)|QUYẾT (?:NGHỊ|ĐỊNH)\s*:",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[ \t]*[-*•] ")
_ABBREVIATED = re.compile(r"\b(?:NĐ|TT|TTLT|QĐ|NQ)[ \t]+(?:số[ \t]+)?\d+/(?:19|20)\d\d")
_ADMITS = re.compile(
    r"(?i)văn bản chưa hoàn thiện|\*\*chưa hoàn thiện\*\*|tổng hợp từ (?:các )?(?:báo(?! cáo)|nguồn|bài|trích yếu)|nội dung (?:được )?tóm (?:tắt|lược) (?:từ|theo)"
)
_DIGEST_SECTION = re.compile(r"tom tat|noi dung chinh|dieu khoan chinh|diem moi|diem noi bat|noi dung cot loi|noi dung dang chu y")
_BULLETS = 0.25  # share of lines; of 70 signed texts measured none reaches it but those with lists of formula symbols


class Copy(StrEnum):
    """How close a text is to the document's own words."""

    OWN = "own"
    ABRIDGED = "abridged"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind of copy, and why where it is not the document's own text."""

    copy: Copy
    reason: str = ""


def judge(text: str, head: DocumentHead) -> Judgement:
    """What kind of copy a text is. `text` in NFC; pure, and the same for every document."""
    pieces = split_text(text)
    own = [piece for piece in pieces if piece.kind == "article" and "/" not in piece.path]
    if not own:
        return Judgement(
            Copy.SUMMARY, "không thấy điều nào của văn bản, chỉ có phần tóm tắt hoặc giới thiệu / no article of the document's own text"
        )
    before = text[: own[0].start]
    if _admitted(text, pieces):
        return Judgement(Copy.SUMMARY, "người chép nói đây không phải toàn văn / the transcriber says it is no full text")
    enacts = bool(_ENACTS.search(before))
    closes = any(piece.kind == "ending" for piece in pieces)
    signs = _rewritten(text, own, before)
    if signs and not (enacts and enacts + closes + head.own >= min(len(signs) + 1, 3)):
        reason = f"văn bản đã được viết lại ({signs[0]}), không phải lời của chính văn bản / rewritten, not the document's own words"
        return Judgement(Copy.SUMMARY, reason)
    if not (enacts or closes):
        reason = (
            "bản chép không có phần ban hành và nơi nhận, chữ ký: có thể đã rút gọn / no enacting words and no signature: perhaps shortened"
        )
        return Judgement(Copy.ABRIDGED, reason)
    return Judgement(Copy.OWN)


def _admitted(text: str, pieces: list[DocumentPart]) -> bool:
    """Whether a transcriber says, before the text, after it or in a quoted note, that it is put together from reports."""
    for found in _ADMITS.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()].lstrip()
        around = any(piece.kind in ("preamble", "note") and piece.start <= found.start() < piece.end for piece in pieces)
        if around or line.startswith(">"):
            return True
    return False


def _rewritten(text: str, own: list[DocumentPart], before: str) -> list[str]:
    """The signs of rewriting, in words."""
    lines = [line for piece in own for line in text[piece.body : piece.end].split("\n") if line.strip()]
    bullets = sum(bool(_BULLET.match(line)) for line in lines)
    abbreviated = sum(len(_ABBREVIATED.findall(line)) for line in lines)
    sections = re.findall(r"^#{1,6}[ \t]+(.+)$", before, re.MULTILINE)
    signs: list[str] = []
    if bullets > _BULLETS * max(len(lines), 1):
        signs.append("hơn một phần tư số dòng là gạch đầu dòng")
    if abbreviated >= 2:
        signs.append("viết tắt tên văn bản: TT 16/2014/…")
    if sections and _DIGEST_SECTION.search(fold(sections[-1])):
        signs.append("nằm dưới một mục tóm tắt")
    return signs
