"""A document's title as people read it: without the publisher's notes around it and not all in capitals."""

from __future__ import annotations

import re
from dataclasses import replace

from rasoat.records import KnownFrom, LegalDocument
from rasoat.vietnamese import fold, squeeze

_NOTE = re.compile(r"^\s*\[[^\[\]]{12,}\]\s*|\s*\[[^\[\]]{12,}\]\s*$")
_WORD = re.compile(r"\S+")
_SHOUTED = 0.9  # the share of capitals among a title's letters from which it is written in capitals
# What keeps a capital inside a sentence, as the State writes it.
_PROPER = (
    "Việt Nam", "Quốc hội", "Chính phủ", "Thủ tướng", "Chủ tịch nước", "Bộ trưởng", "Ủy ban nhân dân", "Uỷ ban nhân dân",
    "Hội đồng nhân dân", "Ủy ban Thường vụ Quốc hội", "Ủy ban thường vụ Quốc hội", "Mặt trận Tổ quốc", "Quân đội nhân dân",
    "Ngân hàng Nhà nước", "Hà Nội", "Tòa án", "Viện kiểm sát", "HIV", "AIDS", "Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Nghị quyết",
    "Thông tư", "Quyết định số", "Điều",
)  # fmt: skip
_PROPERS = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, map(str.lower, _PROPER)), key=len, reverse=True)) + r")(?!\w)")
_WRITTEN = {name.lower(): name for name in _PROPER}


def titled(document: LegalDocument, told: str | None, own: str | None) -> LegalDocument:
    """The document with its title: a source's own, else the one that quotes tell, else what it says of itself."""
    given = _without_notes(document.title or "") or None
    if document.known_from in (KnownFrom.EFFECT, KnownFrom.CITED):
        given = told or given  # it is a quote, too: one of many
    title = given or told or own
    if title and _shouted(title):
        title = told if told and fold(told) == fold(title) and not _shouted(told) else calmed(title)
    return document if title == document.title else replace(document, title=title)


def _without_notes(title: str) -> str:
    """A title without what a publisher of annotated copies notes before and after it ("[Nghị định này được bổ sung bởi …]")."""
    while (bare := _NOTE.sub("", title)) != title:
        title = bare
    return squeeze(title)


def _shouted(title: str) -> bool:
    letters = [letter for letter in title if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= _SHOUTED * len(letters)


def calmed(title: str) -> str:
    """A title in capitals as a sentence writes it: "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM" → "Ngân hàng Nhà nước Việt Nam"."""
    lowered = _WORD.sub(lambda word: word[0] if any(letter.isdigit() for letter in word[0]) else word[0].lower(), title)
    proper = _PROPERS.sub(lambda name: _WRITTEN[name[0]], lowered)
    return proper[:1].upper() + proper[1:]
