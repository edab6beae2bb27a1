"""Text → mentions: numbers, named laws and self references are found apart, then joined, completed and given roles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.citations import dates, roles
from extractors.citations.issuers import issuer_after
from extractors.citations.names import Name, find_names
from extractors.citations.numbers import Number, find_numbers, unit_end
from extractors.citations.provisions import provisions_before
from extractors.citations.types import is_field_label, is_form, is_no_document, type_before
from extractors.citations.view import View
from rasoat.records import Mention, MentionKind, Part, Role

_SELF = re.compile(
    r"(?P<type>nghị\s+quyết\s+liên\s+tịch|thông\s+tư\s+liên\s+(?:tịch|bộ)|nghị\s+quyết|nghị\s+định|quyết\s+định|thông\s+tư|chỉ\s+thị|hiến\s+pháp|bộ\s+luật|luật|pháp\s+lệnh|sắc\s+lệnh|văn\s+bản\s+hợp\s+nhất)\s+này(?!\w)"
)
_ALWAYS_SELF = ("nghị định", "thông tư", "pháp lệnh", "bộ luật")
_UNSIGNED = re.compile(r"(?<![\w/.,-])\d{1,4}/(?:19|20)\d\d(?![\w/]|\s*/|-\w|\s+[A-ZĐ]{2})")
_NAME_TO_NUMBER = re.compile(r"\s*,?\s*(?:(?:bộ\s+)?luật\s+)?số\s*:?\s*|\s+")
_LISTED = re.compile(r"(?:[,;]|và|hoặc)\s*(?:số\s*:?\s*)?$|số\s*:?\s*$")
_LIST_STEP = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_LIST_REACH = 400
_TITLE_MOST = 300


@dataclass(slots=True)
class _Draft:
    """A mention in the making, in offsets of the reading copy."""

    start: int
    end: int
    kind: MentionKind
    type: str | None
    number: str | None = None
    name: str | None = None
    year: int | None = None
    issued_on: date | None = None
    issuer: str | None = None
    bare: bool = False
    head: str = ""
    core: int = 0  # end of number or name, before date and issuer
    provisions: tuple[str, ...] = ()
    role: Role = Role.BODY


def find_mentions(text: str, part: Part | None = None) -> list[Mention]:
    """All references to legal documents in `text`, sorted, never overlapping; offsets and quotes are of `text` as given.

    `part` is the part of the procedure the text comes from; it decides the base role. Never raises.
    """
    view = View(text)
    drafts = _drafts(view)
    for index, draft in enumerate(drafts):
        _complete(view, drafts, index, part)
        del draft
    return [_mention(view, draft) for draft in drafts]


def _drafts(view: View) -> list[_Draft]:
    numbered = _numbered(view)
    names = find_names(view)
    drafts = _join(view, numbered, names)
    drafts.extend(_self(view))
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    kept: list[_Draft] = []
    for draft in drafts:
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
        elif draft.kind is MentionKind.NUMBERED and kept[-1].kind is not MentionKind.NUMBERED:
            kept[-1] = draft
    return kept


def _numbered(view: View) -> list[_Draft]:
    drafts: list[_Draft] = []
    for number in find_numbers(view):
        floor = drafts[-1].end if drafts else 0
        draft = _from_number(view, number, floor)
        if draft:
            drafts.append(draft)
    return _with_unsigned(view, drafts)


def _from_number(view: View, number: Number, floor: int) -> _Draft | None:
    low, at = view.low, number.start
    if is_field_label(low, floor, at):
        return None
    word = type_before(view.text, low, floor, at)
    if (
        word is None
        and (not number.strong or is_no_document(low, floor, at))
        and (number.year is None or not number.strong or is_form(low, floor, at) or is_no_document(low, floor, at))
    ):
        return None
    if word is None and number.year is None and _glued_form(view, number):
        return None
    start = word.start if word else at
    return _Draft(
        start,
        number.end,
        MentionKind.NUMBERED,
        word.type if word else None,
        number.canonical,
        bare=word is None,
        head=number.head,
        core=number.end,
    )


def _glued_form(view: View, number: Number) -> bool:
    """Codes such as "02/QĐ-UBND-DatDai" go on in small letters: forms, not documents."""
    return bool(re.match(r"-[A-ZĐ]?[a-z]", view.text[number.end : number.end + 3]))


def _with_unsigned(view: View, drafts: list[_Draft]) -> list[_Draft]:
    """ "Nghị định 118/2025": a number cut before its symbol still is a citation where a type word leads to it."""
    taken = [(draft.start, draft.end) for draft in drafts]
    extra: list[_Draft] = []
    for found in _UNSIGNED.finditer(view.text):
        if any(start < found.end() and found.start() < end for start, end in taken[-400:]):
            continue
        word = type_before(view.text, view.low, max(0, found.start() - 40), found.start())
        if word and word.type.lower() in ("nghị định", "thông tư", "nghị quyết", "quyết định", "thông tư liên tịch"):
            extra.append(_Draft(word.start, found.end(), MentionKind.NUMBERED, word.type, found[0], core=found.end()))
    return sorted(drafts + extra, key=lambda draft: draft.start) if extra else drafts


def _join(view: View, numbered: list[_Draft], names: list[Name]) -> list[_Draft]:
    """A law with name and number is one mention; the others stand apart."""
    by_end = {name.end: name for name in names}
    joined: set[int] = set()
    for draft in numbered:
        if draft.head not in ("QH", "PL", "L", "LCT", "SL") or (draft.bare is False and draft.type not in ("Luật", "Bộ luật")):
            continue
        for back in range(0, 14):
            name = by_end.get(draft.start - back)
            if name and _NAME_TO_NUMBER.fullmatch(view.low, name.end, draft.start):
                draft.start, draft.type, draft.name, draft.year = name.start, name.type, name.name, name.year
                joined.add(name.start)
                break
    drafts = list(numbered)
    drafts.extend(
        _Draft(name.start, name.end, MentionKind.NAMED, name.type, name=name.name, year=name.year, core=name.end)
        for name in names
        if name.start not in joined
    )
    return drafts


def _self(view: View) -> list[_Draft]:
    drafts = []
    for found in _SELF.finditer(view.low):
        written = view.text[found.start("type") : found.end("type")]
        before = view.text[found.start() - 1 : found.start()]
        plain = " ".join(found["type"].split())
        if before.isalnum() and not written[0].isupper():
            continue
        if not written[0].isupper() and not plain.startswith(_ALWAYS_SELF):
            continue
        type_ = plain[0].upper() + plain[1:]
        drafts.append(_Draft(found.start(), found.end(), MentionKind.SELF, type_, core=found.end()))
    return drafts


def _complete(view: View, drafts: list[_Draft], index: int, part: Part | None) -> None:
    draft = drafts[index]
    stop = drafts[index + 1].start if index + 1 < len(drafts) else len(view.text)
    previous = drafts[index - 1] if index else None
    floor = previous.end if previous else 0
    if draft.kind is not MentionKind.SELF:
        _tail(view, draft, stop)
        _inherit(view, drafts, index)
    if draft.kind is MentionKind.NUMBERED:
        _detached(view, drafts, index)
        _title(view, draft, stop)
    draft.provisions = provisions_before(view.low, floor, draft.start)
    draft.role = _role(view, drafts, index, part)


def _tail(view: View, draft: _Draft, stop: int) -> None:
    """Date and issuer that touch the number or name, in either order."""
    joint = bool(draft.number and ("LT" in draft.number or "LB" in draft.number)) or (draft.type or "").startswith("Thông tư liên")
    end = unit_end(view, draft.end) if draft.number else draft.end
    for _ in range(2):
        if draft.issued_on is None and (dated := dates.attached(view.low, end)) and dated.end <= stop:
            draft.issued_on, end = dated.day, dated.end
            draft.end = end
        if draft.issuer is None and (who := issuer_after(view.text, view.low, end, joint)) and who[1] <= stop:
            draft.issuer, end = " ".join(view.text[who[0] : who[1]].split()), who[1]
            draft.end = end


def _inherit(view: View, drafts: list[_Draft], index: int) -> None:
    """In a list the type stands once: "các Quyết định số A, số B"."""
    draft = drafts[index]
    if not draft.bare or index == 0 or not _LISTED.search(view.low, max(0, draft.start - 16), draft.start):
        return
    for earlier in reversed(drafts[max(0, index - 4) : index]):
        if earlier.number and earlier.head == draft.head and earlier.type:
            if draft.start - earlier.end < _LIST_REACH:
                draft.type = earlier.type
            return


def _detached(view: View, drafts: list[_Draft], index: int) -> None:
    """Date and issuer after the title, over the documents that the title names."""
    draft = drafts[index]
    if draft.issued_on or draft.issuer:
        return
    low = view.low
    at = draft.end
    limit = min(len(low), at + 900)
    for mark in (";", "\n\n"):
        found = low.find(mark, at, limit)
        limit = found if found >= 0 else limit
    if not low[at : at + 3].strip() or low[at : at + 1] in ",);.]" or low[at : at + 3].lstrip()[:1] in (",", "(", ")"):
        return
    for later in drafts[index + 1 : index + 5]:
        if later.start >= limit:
            break
        if dated := dates.detached(low, at, later.start):
            _take_detached(view, draft, dated)
            return
        if later.bare or not roles.linked(low, later.start):
            return
        at = max(later.end, _peek_tail(view, later))
    if dated := dates.detached(low, at, limit):
        _take_detached(view, draft, dated)


def _peek_tail(view: View, draft: _Draft) -> int:
    dated = dates.attached(view.low, draft.end)
    return dated.end if dated else draft.end


def _take_detached(view: View, draft: _Draft, dated: dates.Dated) -> None:
    draft.issued_on = dated.day
    if who := issuer_after(view.text, view.low, dated.end):
        draft.issuer = " ".join(view.text[who[0] : who[1]].split())


def _title(view: View, draft: _Draft, stop: int) -> None:
    """The cited title where one follows, to compare with the register (CITE-04)."""
    if draft.name:
        return
    found = roles.TITLE_START.match(view.low, draft.end)
    if not found or found.end() > stop:
        return
    title = re.split(r"[;\n(]|\.\s|\.$", view.text[draft.end : min(draft.end + _TITLE_MOST, len(view.text))], maxsplit=1)[0]
    draft.name = " ".join(title.split()).strip(' ,:.-"“') or None


def _role(view: View, drafts: list[_Draft], index: int, part: Part | None) -> Role:
    draft = drafts[index]
    if draft.kind is MentionKind.SELF:
        return Role.SELF
    previous = drafts[index - 1] if index else None
    if _is_in_title(view, drafts, index):
        return Role.IN_TITLE
    if role := roles.past(view.low, draft.start, draft.end):
        return role
    if previous and roles.amended_by(view.low, previous.end, draft.start, previous.role):
        return Role.AMENDED_BY
    return roles.base_role(part)


def _is_in_title(view: View, drafts: list[_Draft], index: int) -> bool:
    draft = drafts[index]
    previous = drafts[index - 1] if index else None
    if draft.bare:
        return False
    if previous and previous.kind is MentionKind.NUMBERED and roles.in_title(view.low, previous.end, draft.start):
        return True
    listed = previous and previous.role is Role.IN_TITLE and previous.kind is draft.kind is MentionKind.NAMED
    if previous and listed and _LIST_STEP.fullmatch(view.low, previous.end, draft.start):
        return True
    return _in_named_cell(view, drafts, index)


def _in_named_cell(view: View, drafts: list[_Draft], index: int) -> bool:
    """A title cell without a number, its code glued behind it: what the title names is no citation of its own."""
    draft = drafts[index]
    if index + 1 >= len(drafts) or not roles.linked(view.low, draft.start):
        return False
    code = drafts[index + 1]
    if not code.bare or code.start - draft.end > 300:
        return False
    between = view.text[draft.end : code.start]
    glued = view.text[code.start - 1]
    return not re.search(r"[;\n]|\.\s", between) and (glued.isalnum() or glued in '.,)"”')


def _mention(view: View, draft: _Draft) -> Mention:
    start, end = view.span(draft.start, draft.end)
    return Mention(
        start,
        end,
        view.raw[start:end],
        draft.kind,
        draft.type,
        draft.number,
        draft.issued_on,
        draft.issuer,
        draft.provisions,
        draft.role,
        draft.name,
        draft.year,
    )
