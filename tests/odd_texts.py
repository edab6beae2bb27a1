"""Texts that no publisher should send, for tests of every door they leave by."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

# One of each kind: markup, orders to a terminal (C0, C1, DEL), marks of direction, what is not seen, what is no character, half a
# character, breaks that are no line feed, marks heaped on a letter, letters past the first plane, formulas and what hides them.
KINDS = (
    "[/x]", "\\[bold]", "[link=file:///etc/passwd]", ":skull:", "\x1b[31m", "\x1b]0;tên\x07", "\x9b2J", "\x7f", "\x00", "\x0b\x0c", "\r",
    "\r\n", "\n", "\t", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\u061c", "\u200b", "\u200d", "\ufeff", "\u00ad", "\U000e0041",
    "\ufffe", "\uffff", "\ufdd0", "\U0001ffff", "\ud800", "\udcff", "e" + "\u0301" * 9, "🙂", "=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", " =1",
    ";=1", "\t=1", '"=1', ';"=1"', "</w:t>", "]]>", "&#0;", "<script>alert(1)</script>", "_x000D_", "Cấp giấy phép",
)  # fmt: skip
odd = st.lists(st.sampled_from(KINDS) | st.text(st.characters(exclude_categories=()), max_size=8), max_size=6).map("".join)


def acts_or_hides(letter: str) -> bool:
    """Whether a terminal would act upon it or not show it, by Unicode's own categories instead of a list of ours: controls, formats
    (but those that are seen), halves, separators of lines, code points that are no characters."""
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return not unicodedata.name(letter, "").startswith(("ARABIC NUMBER", "ARABIC SIGN", "ARABIC FOOTNOTE", "ARABIC END", "ARABIC DISPUTED", "ARABIC POUND", "ARABIC PIASTRE", "KAITHI", "SYRIAC", "EGYPTIAN"))  # fmt: skip
    return kind in ("Cc", "Cs", "Zl", "Zp") or ord(letter) & 0xFFFE == 0xFFFE
