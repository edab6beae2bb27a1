"""Notes in brackets that a private publisher writes into a legal text ("[Điều này được sửa đổi bởi …]"): not the law's words.

Offices hand over copies taken from such publishers. What a note says is a claim, never a clause.
"""

from __future__ import annotations

import re

_OPENS, _CLOSES = r"\\?\[", r"\\?\]"
NOTE = re.compile(
    rf"{_OPENS}\s*(?:(?:các|những|một số|toàn bộ)\s+)?[A-ZĐÀ-Ỹ][^\[\]\n]{{1,60}}?\s(?:này|trên)\s+(?:được|bị|đã|hết|không|có|nay)\b[^\[\]]{{0,800}}?{_CLOSES}",
)


def without_notes(text: str) -> str:
    """The text without a publisher's notes."""
    return NOTE.sub("", text) if "[" in text else text
