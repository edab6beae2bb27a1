"""Procedures that a resolution takes away, moves or makes simpler while it lasts: the lines of its annexes that name one.

"III. Không thực hiện thủ tục hành chính cấp, cấp lại Quyết định công nhận …" ends no document, so no effect can tell it;
the text it overrides stays in force and every citation of it stays right (Nghị quyết 66.18/2026/NQ-CP Điều 2, 5, 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rasoat.vietnamese import fold, squeeze


class OverrideAction(StrEnum):
    """What an overriding text does to a procedure."""

    DROPPED = "dropped"  # không thực hiện, bãi bỏ, cắt giảm
    DELEGATED = "delegated"  # phân quyền, phân cấp
    SIMPLIFIED = "simplified"  # đơn giản hóa


@dataclass(frozen=True, slots=True)
class OverriddenProcedure:
    """One line that acts on procedures: by their national codes, or by names as `procedure_names` gives them.

    `text[start:end] == quote`.
    """

    action: OverrideAction
    names: frozenset[str]
    codes: frozenset[str]
    quote: str
    start: int
    end: int


_PROCEDURE = r"(?:các\s+|những\s+)?(?:thủ\s+tục\s+hành\s+chính|thủ\s+tục|TTHC)\b"
_ACTS = re.compile(
    rf"(?:(?P<dropped>không\s+(?:tiếp\s+tục\s+)?thực\s+hiện|bãi\s+bỏ|cắt\s+giảm)|(?P<delegated>phân\s+(?:quyền|cấp)(?:[^.;:\n]{{0,120}}?\b(?:thực\s+hiện|giải\s+quyết))?)"
    rf"|(?P<simplified>đơn\s+gi[ảa]n\s+h[óo]a))\s+{_PROCEDURE}\s*(?P<name>[^\n]*)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\d.])\d\.\d{6}(?!\d)")
_NAME_ENDS = re.compile(r"[;:(|\"“”]|\.\s|\.$|\*\*|\s(?:theo\s+quy\s+định|quy\s+định\s+tại|đã\s+được|kể\s+từ|mã\s+(?:số|thủ\s+tục|TTHC))\b")
_SEVERAL = re.compile(r"\s*(?:,|\bvà\b|\bhoặc\b|/)\s*")
# What offices do with a paper, longest first; "cấp, cấp lại Quyết định …" are two procedures on one paper.
_VERBS = "cấp lại|cấp đổi|cấp mới|cấp|gia hạn|điều chỉnh|sửa đổi|bổ sung|thu hồi|thay đổi|công nhận lại|công nhận|phê duyệt|thẩm định|đăng ký|chấp thuận|xác nhận|thông báo|chỉ định"
_LEADING = re.compile(rf"^(?:(?:{_VERBS})(?:\s*(?:,|\bvà\b|\bhoặc\b|/)\s*))*(?:{_VERBS})\b\s+", re.IGNORECASE)
_LEAST = 12  # letters of a name below which it says nothing of its own


def overridden_procedures(text: str) -> Iterator[OverriddenProcedure]:
    """The procedures that a text drops, delegates or simplifies, line by line; nothing where a line names none."""
    for found in _ACTS.finditer(text):
        action = next(one for one in OverrideAction if found[one.value])
        codes = frozenset(_CODE.findall(found["name"]))
        name = _NAME_ENDS.split(found["name"], maxsplit=1)[0].strip(" ,.*")
        names = procedure_names(name) if len(name) >= _LEAST else frozenset()
        if codes or names:
            quote = found[0].rstrip(" *|")
            yield OverriddenProcedure(action, names, codes, quote, found.start(), found.start() + len(quote))


def procedure_names(name: str) -> frozenset[str]:
    """Every single procedure that a name stands for, folded: "Cấp, cấp lại giấy A" → {"cap giay a", "cap lai giay a"}."""
    plain = squeeze(re.sub(rf"^\s*{_PROCEDURE}\s*", "", name, flags=re.IGNORECASE))
    leading = _LEADING.match(plain)
    if not leading:
        return frozenset({_folded(plain)} - {""})
    paper = plain[leading.end() :]
    return frozenset(_folded(f"{verb} {paper}") for verb in _SEVERAL.split(leading[0].strip()) if verb)


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", fold(name)).split())
