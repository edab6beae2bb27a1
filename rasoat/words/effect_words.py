"""What clauses do to documents, as people say it."""

from __future__ import annotations

# By the public names of `rasoat effects`.
EFFECT = {
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "ends": "hết hiệu lực",
    "suspends": "ngưng hiệu lực",
    "revives": "có hiệu lực trở lại",
    "prolongs": "tiếp tục có hiệu lực",
    "postpones": "lùi ngày có hiệu lực",
    "enters": "có hiệu lực",
    "amends": "sửa đổi",
    "corrects": "đính chính",
}
DAY_NOT_SAID = {
    "own_entry": "ngày văn bản này có hiệu lực",
    "entry_plus": "sau ngày văn bản này có hiệu lực",
    "anchored": "ngày {anchor} có hiệu lực",
    "anchored_end": "ngày {anchor} hết hiệu lực",
    "gazette": "sau ngày đăng Công báo",
    "sign_date": "ngày ký",
    "sign_plus": "sau ngày ký",
    "undated": "chưa đọc được ngày",
}
