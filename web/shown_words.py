"""The tables of words that templates show, as they read them: by code, each word translated where it is shown."""

from __future__ import annotations

from collections.abc import Mapping

from rasoat import words

# A status is told by word, shape, colour and day: here are shape and colour (a class of the style sheet).
STATUS_SHAPE = {
    "in_force": "●", "partly_in_force": "◐", "not_yet": "○", "suspended": "‖", "expired": "✕", "unknown": "?",
    "unknown_document": "?", "ambiguous": "?", "not_normative": "–", "malformed": "?",
}  # fmt: skip

# What a clause does to another document, by the verbs that records have.
EFFECT_WORD = {
    "replaces": "thay thế", "repeals": "bãi bỏ", "amends": "sửa đổi, bổ sung", "corrects": "đính chính", "suspends": "ngưng hiệu lực",
    "revives": "cho có hiệu lực trở lại", "prolongs": "kéo dài hiệu lực", "postpones": "lùi ngày có hiệu lực",
}  # fmt: skip


def _by_code(table: Mapping[object, str]) -> dict[str, str]:
    return {str(getattr(code, "value", code)): word for code, word in table.items()}


SHOWN_WORDS: dict[str, Mapping[str, str]] = {
    "STATUS_WORD": {**_by_code(words.NON_ANSWER), **_by_code(words.STATUS)},  # type: ignore[arg-type]
    "STATUS_SHAPE": STATUS_SHAPE,
    "REASON_WORD": words.REASON,
    "PART_WORD": _by_code(words.PART),  # type: ignore[arg-type]
    "CHANNEL_WORD": _by_code(words.CHANNEL),  # type: ignore[arg-type]
    "POSTING_WORD": _by_code(words.POSTING_STATE),  # type: ignore[arg-type]
    "SEEN_WORD": _by_code(words.SEEN),  # type: ignore[arg-type]
    "LEVEL_WORD": words.UNIT_LEVEL,
    "SEVERITY_WORD": _by_code(words.SEVERITY),  # type: ignore[arg-type]
    "CONFIDENCE_WORD": _by_code(words.CONFIDENCE),  # type: ignore[arg-type]
    "STATE_WORD": words.STATE,
    "EFFECT_WORD": EFFECT_WORD,
    "KIND_WORD": {"procedure": "Thủ tục", "document": "Văn bản", "article": "Điều"},
    "FACET_WORD": {
        "loai": "Loại",
        "linh-vuc": "Lĩnh vực",
        "cap": "Cấp thực hiện",
        "tinh": words.UNIT_LEVEL["province"],
        "tinh-trang": "Tình trạng",
    },
    "UNIT_WORD": {code: word.lower() for code, word in words.DURATION_UNIT.items()},
}
"""By the name that templates know; all but the shapes stand in the catalogues too (tests/web/test_language.py)."""
