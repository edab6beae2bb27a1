"""What an answer tells the person who asked: how the question was read, and that nothing is certain where it is so."""

from __future__ import annotations

from collections.abc import Collection

from search.entries import EntryKind
from search.understanding.understand import Understanding


def read_as(asked: Understanding) -> tuple[str, ...]:
    """Which words were searched, where they differ from those typed."""
    return (f"Đã tìm theo: {asked.corrected}",) if asked.corrected else ()


def understood(asked: Understanding) -> tuple[str, ...]:
    """How the question was read."""
    said = []
    if asked.shortened:
        said.append("Câu hỏi quá dài, chỉ đọc phần đầu")
    said += [f"Mã thủ tục {code.code}" + ("" if code.complete else "…") for code in asked.codes]
    said += [f"Số văn bản {number.token.lstrip('#')}" for number in asked.numbers]
    if asked.citing:
        said.append("Thủ tục có viện dẫn văn bản này")
    for label, value in (("Tỉnh", asked.province), ("Cấp", asked.level), ("Lĩnh vực", asked.field), ("Mức trực tuyến", asked.online)):
        if value:
            said.append(f"{label}: {value}")
    if asked.readings and asked.readings[0].expressions:
        said += [f"Hiểu “{expression}” theo cách gọi chính thức" for expression in asked.readings[0].expressions]
    return tuple(said)


def nothing_certain(kinds: Collection[EntryKind]) -> str:
    """What stands before results of which none is sure to be what was asked for."""
    what = "thủ tục" if EntryKind.PROCEDURE in kinds else "văn bản"
    return f"Không thấy {what} khớp chắc chắn; gần nhất là:"
