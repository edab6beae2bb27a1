"""What an answer tells the person who asked: how the question was read, and that nothing is certain where it is so."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from search.entries import EntryKind
from search.named_codes import code_shown
from search.spoken_names import CODE, CONSTITUTION, LAW, ORDINANCE
from search.understanding.called_laws import LawAsked
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
    said += [f"{number.kind} số {number.shown}" if number.kind else f"Số văn bản {number.shown}" for number in asked.numbers]
    said += [line for law in asked.laws for line in _law(law)]
    said += [code_shown(code) for code in asked.named_codes if code.startswith(("qcvn", "tcvn")) or not asked.readings]
    if asked.article:
        said.append(f"Điều {asked.article.removeprefix('dieu-')}")
    if asked.citing:
        said.append("Thủ tục có viện dẫn văn bản này")
    for label, value in (("Tỉnh", asked.province), ("Cấp", asked.level), ("Lĩnh vực", asked.field), ("Mức trực tuyến", asked.online)):
        if value:
            said.append(f"{label}: {value}")
    if asked.readings and asked.readings[0].expressions:
        said += [f"Hiểu “{expression}” theo cách gọi chính thức" for expression in asked.readings[0].expressions]
    return tuple(said)


_NAMED = 4  # laws of one name that are told with their numbers
_TYPES = {LAW: "Luật", CODE: "Bộ luật", ORDINANCE: "Pháp lệnh", CONSTITUTION: "Hiến pháp"}


def _law(law: LawAsked) -> Iterator[str]:
    """Which law was understood, which others bear its name, and that none is of the year asked for."""
    first, *others = law.names
    if law.whole:
        about = first.written
        name = f"{_TYPES[first.kind]} {about[:1].upper()}{about[1:]}".strip()
        same = ", ".join(one.number for one in (*others, *law.others)[:_NAMED])
        yield f"Hiểu là {name} ({first.number})" + (f"; cùng tên: {same}" if same else "")
    if law.year:
        yield f"Chưa có luật tên này của năm {law.year} trong dữ liệu"


def nothing_certain(kinds: Collection[EntryKind]) -> str:
    """What stands before results of which none is sure to be what was asked for."""
    what = "thủ tục" if EntryKind.PROCEDURE in kinds else "văn bản"
    return f"Không thấy {what} khớp chắc chắn; gần nhất là:"
