"""Numbers, named laws and self references, found apart and joined into drafts that never overlap."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors.citations.grammar.draft import Draft
from extractors.citations.grammar.named_laws import Name, find_names
from extractors.citations.grammar.number_forms import Number, find_numbers
from extractors.citations.grammar.reading_copy import ReadingCopy
from extractors.citations.grammar.types import SELF_TYPES, is_field_label, is_no_document, party_type_before, type_before
from rasoat.records import MentionKind

_THIS = re.compile(r"này(?!\w)")
_BEFORE_THIS = re.compile(rf"(?P<type>{SELF_TYPES})\s+$")
# In small letters these are documents too; "quyết định này" or "luật này" may be anything.
_ALWAYS_SELF = ("nghị định", "thông tư", "pháp lệnh", "bộ luật")
_UNSIGNED_TAIL = re.compile(r"/((?:19|20)\d\d)(?![\w/]|\s*/|-\w|\s+[A-ZĐ]{2})")
_UNSIGNED_HEAD = re.compile(r"(?<![\w/.,-])\d{1,4}$")
_UNSIGNED_TYPES = frozenset({"nghị định", "thông tư", "nghị quyết", "quyết định", "thông tư liên tịch"})
_NAME_TO_NUMBER = re.compile(r"\s*+,?\s*+(?:(?:bộ\s++)?luật\s++)?số\s*+:?\s*+|[ \u00a0]+")
_REST_OF_NAME = re.compile(r"\s+(?P<words>[^\W\d_]+(?:\s[^\W\d_]+){0,2})\s+số\s*:?\s*")
_PARTY = ("/TW", "/TƯ")  # the Central Committee and its bodies
_NAME_GAP = 28  # characters between a law's name and its number: "Luật số : ", "Hà Nội số "
_FORM_GOES_ON = re.compile(r"-[A-ZĐ]?[a-z]")


def assemble(view: ReadingCopy) -> list[Draft]:
    """All mentions of the text by their cores (type word to number, name or "này"), sorted, none overlapping."""
    drafts = _join(view, _numbered(view), find_names(view))
    drafts.extend(_self(view))
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    kept: list[Draft] = []
    for draft in drafts:
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
        elif draft.kind is MentionKind.NUMBERED and kept[-1].kind is not MentionKind.NUMBERED:
            kept[-1] = draft
    return kept


def _numbered(view: ReadingCopy) -> list[Draft]:
    drafts: list[Draft] = []
    for number in find_numbers(view):
        draft = _from_number(view, number, drafts[-1].end if drafts else 0)
        if draft:
            drafts.append(draft)
    return _with_unsigned(view, drafts)


def _from_number(view: ReadingCopy, number: Number, floor: int) -> Draft | None:
    low, at = view.low, number.start
    if is_field_label(low, floor, at):
        return None
    word = type_before(view.text, low, floor, at, short=number.year is not None)
    if word is None and number.canonical.endswith(_PARTY):
        word = party_type_before(view.text, low, floor, at)
    if word is None and not _stands_alone(view, number, floor):
        return None
    start, type_, issuer = (word.start, word.type, word.issuer) if word else (at, None, None)
    return Draft(start, number.end, MentionKind.NUMBERED, type_, number.canonical, issuer=issuer, bare=word is None, head=number.head)


def _stands_alone(view: ReadingCopy, number: Number, floor: int) -> bool:
    """Whether a number without a type word is a document's code, and not a form's or a letter's."""
    if not number.strong or number.year is not None:
        return number.strong
    # Codes such as "02/QĐ-UBND-DatDai" go on in small letters: forms, not documents.
    return not is_no_document(view.low, floor, number.start) and not _FORM_GOES_ON.match(view.text, number.end)


def _with_unsigned(view: ReadingCopy, drafts: list[Draft]) -> list[Draft]:
    """ "Nghị định 118/2025": a number cut before its symbol still is a citation where a type word leads to it."""
    starts = [draft.start for draft in drafts]
    extra: list[Draft] = []
    for found in _UNSIGNED_TAIL.finditer(view.text):
        head = _UNSIGNED_HEAD.search(view.text, max(0, found.start() - 5), found.start())
        if not head:
            continue
        at = bisect_left(starts, found.end())
        if at and drafts[at - 1].end > head.start():
            continue
        word = type_before(view.text, view.low, max(0, head.start() - 40), head.start(), short=False)
        if word and word.type.lower() in _UNSIGNED_TYPES:
            extra.append(Draft(word.start, found.end(), MentionKind.NUMBERED, word.type, head[0] + found[0]))
    return sorted(drafts + extra, key=lambda draft: draft.start) if extra else drafts


def _join(view: ReadingCopy, numbered: list[Draft], names: list[Name]) -> list[Draft]:
    """A law with name and number is one mention; the others stand apart."""
    by_end = {name.end: name for name in names}
    joined: set[int] = set()
    for draft in numbered if names else ():
        name = _name_before(view, draft, by_end)
        if name:
            draft.start, draft.type, draft.name, draft.year, draft.bare = name.start, name.type, name.name, name.year, False
            joined.add(name.start)
    apart = [
        Draft(name.start, name.end, MentionKind.NAMED, name.type, name=name.name, year=name.year)
        for name in names
        if name.start not in joined
    ]
    return numbered + apart


def _name_before(view: ReadingCopy, draft: Draft, by_end: dict[int, Name]) -> Name | None:
    if draft.head not in ("QH", "PL", "L", "LCT", "SL") or not (draft.bare or draft.type in ("Luật", "Bộ luật")):
        return None
    for back in range(_NAME_GAP):
        name = by_end.get(draft.start - back)
        if name and (_NAME_TO_NUMBER.fullmatch(view.low, name.end, draft.start) or _goes_on(view, name.end, draft.start)):
            return name
    return None


def _goes_on(view: ReadingCopy, start: int, end: int) -> bool:
    """Whether only the rest of a name stands before its number: "Pháp lệnh Thủ đô" + "Hà Nội" + "số"."""
    words = _REST_OF_NAME.fullmatch(view.text, start, end)
    return words is not None and all(word[0].isupper() for word in words["words"].split())


def _self(view: ReadingCopy) -> list[Draft]:
    drafts = []
    for this in _THIS.finditer(view.low):
        found = _BEFORE_THIS.search(view.low, max(0, this.start() - 28), this.start())
        if not found:
            continue
        plain = " ".join(found["type"].split())
        if not view.text[found.start()].isupper() and (
            not plain.startswith(_ALWAYS_SELF) or view.text[found.start() - 1 : found.start()].isalnum()
        ):
            continue
        drafts.append(Draft(found.start(), this.end(), MentionKind.SELF, plain[0].upper() + plain[1:]))
    return drafts
