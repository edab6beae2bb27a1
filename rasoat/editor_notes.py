"""Notes in brackets that a private publisher writes into a legal text ("[Điều này được sửa đổi bởi …]"): not the law's words.

Offices hand over copies taken from such publishers. What a note says is a claim, never a clause.
"""

from __future__ import annotations

import re

_OPENS, _CLOSES = r"\\?\[", r"\\?\]"
# What an editor's note says: a unit of the text "này được …", or a matter that another text guides or changes ("… được hướng dẫn bởi Điều 2 …").
_OF_A_UNIT = r"(?:(?:các|những|một số|toàn bộ)\s+)?[A-ZĐÀ-Ỹ][^\[\]\n]{1,60}?\s(?:này|trên)\s+(?:được|bị|đã|hết|không|có|nay)\b"
_OF_A_MATTER = (
    r"[A-ZĐÀ-Ỹ][^\[\]]{5,600}?\s(?:được|bị)\s(?:hướng dẫn|sửa đổi|bổ sung|thay thế|thay đổi|bãi bỏ|đính chính|quy định|điều chỉnh|thực hiện)"
    r"[^\[\]]{0,60}?\s(?:bởi\s(?=[^\[\]]{0,300}?(?:\d/|\d{4}|hiệu lực))|(?:theo|tại)\s(?=[^\[\]]{0,300}?có hiệu lực (?:thi hành )?(?:kể )?từ))"
)
NOTE = re.compile(rf"{_OPENS}\s*(?:{_OF_A_UNIT}|{_OF_A_MATTER})[^\[\]]{{0,3000}}+{_CLOSES}")


def without_notes(text: str) -> str:
    """The text without a publisher's notes."""
    return NOTE.sub("", text) if "[" in text else text
