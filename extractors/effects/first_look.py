"""One cheap look at an article before any grammar: most articles act on nothing."""

from __future__ import annotations

import re
import unicodedata

_MAY_ACT = re.compile(
    r"hiệu\s+lực|bãi\s+bỏ|thay\s+thế|h[ủu][yỷ]\s+bỏ|đính\s+chính|sửa\s+đổi|bổ\s+sung|viện\s+dẫn|dẫn\s+chiếu|cụm\s+từ|kéo\s+dài|"
    r"tiếp\s+tục\s+(?:được\s+)?áp\s+dụng|(?:ngưng|ngừng|dừng|đình\s+chỉ|lùi|dời|hoãn|chưa|không)\s+(?:việc\s+|thời\s+(?:điểm|hạn|gian)\s+)?(?:thi\s+hành|thực\s+hiện|áp\s+dụng)|này\s+được\s+(?:thực\s+hiện|áp\s+dụng)|"
    r"khác\s+nhau\s+về\s+cùng|(?:khác|trái)\s+với",
    re.IGNORECASE,
)


def may_act(text: str) -> bool:
    """Whether an article can hold an effect at all: one cheap look before any grammar."""
    return bool(_MAY_ACT.search(text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)))
