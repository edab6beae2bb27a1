"""What belongs to a mention around its core: date and issuer, the type of its list, the title, provisions, the role."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from extractors.citations.grammar import issue_dates, roles
from extractors.citations.grammar.divisions import divisions_after, divisions_before
from extractors.citations.grammar.draft import Draft
from extractors.citations.grammar.issuers import issuer_after
from extractors.citations.grammar.number_forms import unit_end
from extractors.citations.grammar.provisions import provisions_after, provisions_before
from extractors.citations.grammar.reading_copy import ReadingCopy
from rasoat.records import MentionKind, Part, Role

_LISTED = re.compile(r"(?:[,;]|và|hoặc)\s*(?:số\s*:?\s*)?$|số\s*:?\s*$")
_LIST_STEP = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_LIST_REACH = 400
_TITLE_MOST = 300
_TITLE_REACH = 900
_NEXT_ACT = re.compile(r"\s(?:và|đồng thời)\s(?:bãi bỏ|thay thế|h[ủu][yỷ] bỏ)\s", re.IGNORECASE)
_TITLE_END = re.compile(r"[;\n\t(]|\.\s|\.$|\.(?=[A-ZĐ])")
# "sửa đổi, bổ sung điểm a khoản 2 Điều 5 Nghị định …" tells what the document did at one place; it is no title.
_NO_TITLE = re.compile(
    r"(?i)(?:sửa\s+đổi|bổ\s+sung)(?:\s*,?\s*(?:và\s+)?bổ\s+sung)?\s+(?:các\s+)?(?:điểm|khoản|điều|mục|chương|phụ\s+lục)\s"
)
_TYPE_FIRST = re.compile(r"(?i)(luật|nghị\s+quyết|pháp\s+lệnh|nghị\s+định|thông\s+tư|quyết\s+định)\s")
_NUMBER_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_RANK = {"QH": 0, "PL": 1, "NĐ": 2, "NQ": 2, "QĐ": 3, "TT": 4, "TTLT": 4}
_RANK_OF_NAMED = {"Luật": 0, "Bộ luật": 0, "Hiến pháp": 0, "Pháp lệnh": 1}
_TITLE_OPENS = re.compile(
    r"\W*(?:quy\s+định|hướng\s+dẫn|ban\s+hành|về|sửa\s+đổi|bổ\s+sung|công\s+bố|phê\s+duyệt|[uủ][ỷy]\s+quyền|phân\s+(?:cấp|quyền|công))(?!\w)"
)
_TITLE_NAMES = 6  # texts that one title names
_CODES_HEADING = "mã văn bản"
_CELL_BREAK = re.compile(r"[;\n]|\.[ \n]")
# Who can have issued what: a date of somebody else belongs to the document whose title this one stands in.
_OWN_ISSUERS = {"": ("quốc hội", "nhà nước", "chủ tịch nước"), "NĐ": ("chính phủ", "bộ trưởng"), "TTG": ("thủ tướng",)}


class _Completion(NamedTuple):
    end: int
    issued_on: date | None
    issuer: str | None


def complete(view: ReadingCopy, drafts: list[Draft], index: int, part: Part | None) -> None:
    """Fills the draft at `index`; the drafts before it are already filled."""
    draft = drafts[index]
    stop = drafts[index + 1].start if index + 1 < len(drafts) else len(view.text)
    floor = drafts[index - 1].end if index else 0
    if draft.kind is not MentionKind.SELF:
        tail = _tail(view, draft, stop)
        if draft.kind is MentionKind.NAMED and tail.issued_on and _date_of_outer(view, drafts, index, tail):
            tail = _Completion(draft.end, None, None)
        draft.year = draft.year or _year_of_code(view, drafts, index)
        draft.end, draft.issued_on, draft.issuer = tail.end, tail.issued_on, tail.issuer or draft.issuer
    if draft.kind is MentionKind.NUMBERED:
        _inherit(view, drafts, index)
        _detached(view, drafts, index)
        _title(view, drafts, index)
    draft.provisions = provisions_before(view.low, floor, draft.start) or provisions_after(view.low, draft.end, stop)
    draft.divisions = divisions_before(view.text, view.low, floor, draft.start) or divisions_after(view.text, view.low, draft.end, stop)
    draft.role = _role(view, drafts, index, part)


def _tail(view: ReadingCopy, draft: Draft, stop: int) -> _Completion:
    """Date and issuer that touch the number or name, in either order."""
    joint = bool(draft.number and ("LT" in draft.number or "LB" in draft.number)) or (draft.type or "").startswith("Thông tư liên")
    at = unit_end(view, draft.end) if draft.number else draft.end
    end, day, issuer = draft.end, None, None
    for _ in range(2):
        if day is None and (dated := issue_dates.attached(view.low, at)) and dated.end <= stop:
            day, at, end = dated.day, dated.end, dated.end
        if issuer is None and draft.issuer is None and (who := issuer_after(view.text, view.low, at, joint)) and who[1] <= stop:
            issuer, at, end = " ".join(view.text[who[0] : who[1]].split()), who[1], who[1]
    if issuer and not _can_issue(draft, issuer.lower()):
        return _Completion(draft.end, None, None)
    return _Completion(end, day, issuer)


def _names_the_code(view: ReadingCopy, name: Draft, code: Draft) -> bool:
    """Whether a law's name fills the cell before the code, or ends the title of a law that amends it."""
    if view.text[name.end : code.start].strip(" \t.;:-\u00a0"):
        return False
    return not roles.linked(view.low, name.start) or "sửa đổi" in view.low[max(0, name.start - 60) : name.start]


def _year_of_code(view: ReadingCopy, drafts: list[Draft], index: int) -> int | None:
    """The year of a law whose code stands in the next cell ("Luật Đất đai" | "31/2024/QH15"): it says which one is meant."""
    draft = drafts[index]
    code = drafts[index + 1] if index + 1 < len(drafts) else None
    if draft.kind is not MentionKind.NAMED or code is None or code.head not in ("QH", "PL", "L"):
        return None
    if not code.bare and view.text[draft.end : code.start] not in ("", "\t"):
        return None  # "Luật Thử" | "Luật số 5/2099/QH40" are two cells of one row; anywhere else a number with its type is another text
    year = _NUMBER_YEAR.search(code.number or "")
    apart = view.text[draft.end : code.start].strip(" \t.;:-\u00a0")
    return int(year[1]) if year and not apart and not roles.linked(view.low, draft.start) else None


def _date_of_outer(view: ReadingCopy, drafts: list[Draft], index: int, tail: _Completion) -> bool:
    """Whether the date after a law's name was already taken by the document whose title names the law."""
    return any(
        outer.kind is MentionKind.NUMBERED and outer.issued_on == tail.issued_on and outer.end < drafts[index].start - 1 and not tail.issuer
        for outer in drafts[max(0, index - 4) : index]
    )


def _can_issue(draft: Draft, issuer: str) -> bool:
    named = draft.kind is MentionKind.NAMED
    kind = "" if named or draft.head == "QH" else ("TTG" if draft.number and draft.number.endswith("TTG") else draft.head)
    own = _OWN_ISSUERS.get(kind)
    return own is None or any(name in issuer for name in own)


def _inherit(view: ReadingCopy, drafts: list[Draft], index: int) -> None:
    """In a list the type stands once: "các Quyết định số A, số B"."""
    draft = drafts[index]
    if (
        index
        and draft.bare
        and draft.head == "QH"
        and drafts[index - 1].kind is MentionKind.NAMED
        and _names_the_code(view, drafts[index - 1], draft)
    ):
        draft.type = drafts[index - 1].type
        return
    if not draft.bare or index == 0 or not _LISTED.search(view.low, max(0, draft.start - 16), draft.start):
        return
    for earlier in reversed(drafts[max(0, index - 4) : index]):
        if earlier.number and earlier.head == draft.head and earlier.type:
            if draft.start - earlier.end < _LIST_REACH:
                draft.type = earlier.type
            return


def _detached(view: ReadingCopy, drafts: list[Draft], index: int) -> None:
    """Date and issuer after the title, over the documents that the title names."""
    draft = drafts[index]
    low, at = view.low, draft.end
    if draft.bare and _in_cell_of_its_own(view, draft):
        return  # a code closes its row: what follows is the next one's
    if draft.issued_on or draft.issuer or view.text[at : at + 1].isalnum() or not roles.may_be_title(low, at):
        return
    limit = roles.title_limit(low, at, min(len(low), at + _TITLE_REACH))
    for later in drafts[index + 1 : index + 5]:
        if later.start >= limit:
            break
        if dated := issue_dates.detached(low, at, later.start):
            return _take_detached(view, draft, dated)
        own_name = later.kind is MentionKind.NAMED and at == draft.end and low[at : later.start].strip(" :-") == ""
        if later.bare or not (own_name or roles.linked(low, later.start) or roles.listed(low, at, later.start)):
            return
        # A law's name in the title takes no date with it, unless the Assembly is named.
        tail = _tail(view, later, len(low))
        at = later.end if later.kind is MentionKind.NAMED and not tail.issuer else tail.end
    stop = drafts[index + 1].start if index + 1 < len(drafts) else len(low)
    if dated := issue_dates.detached(low, at, limit) or issue_dates.promulgated(low, at, min(stop, at + _TITLE_REACH)):
        _take_detached(view, draft, dated)


def _take_detached(view: ReadingCopy, draft: Draft, dated: issue_dates.Dated) -> None:
    year = _NUMBER_YEAR.search(draft.number or "")
    if year and dated.day and dated.day.year != int(year[1]):
        return
    draft.issued_on = dated.day
    if who := issuer_after(view.text, view.low, dated.end):
        draft.issuer = " ".join(view.text[who[0] : who[1]].split())


def _title(view: ReadingCopy, drafts: list[Draft], index: int) -> None:
    """The cited title where one follows, to compare with the register (CITE-04)."""
    draft = drafts[index]
    if draft.name or draft.bare or view.text[draft.end : draft.end + 1].isalnum():
        return  # in a table the title stands before its code; what follows is the next row's
    reach = min(draft.end + _TITLE_MOST, len(view.text))
    for following in drafts[index + 1 : index + 4]:
        if _in_cell_of_its_own(view, following):
            reach = min(reach, following.start)
    if not roles.TITLE_START.match(view.low, draft.end, reach):
        return
    title = " ".join(_TITLE_END.split(view.text[draft.end : reach], maxsplit=1)[0].split())
    if (act := _NEXT_ACT.search(title)) and "sửa đổi" not in title[: act.start()].lower():
        title = title[: act.start()]  # "…về an ninh cửa khẩu và bãi bỏ Bản khai …": what the sentence does next
    title = title.strip(' ,:.-"“')
    if title and not _NO_TITLE.match(title) and not _of_another_type(title, draft.type):
        draft.name = title


def _of_another_type(title: str, type_: str | None) -> bool:
    """Whether the words begin with the type of another document: then they name the next entry of a glued list."""
    named = _TYPE_FIRST.match(title)
    said = (type_ or "").lower().removeprefix("bộ ")
    return bool(named and said and " ".join(named[1].lower().split()) != said)


def _role(view: ReadingCopy, drafts: list[Draft], index: int, part: Part | None) -> Role:
    draft = drafts[index]
    if draft.kind is MentionKind.SELF:
        return Role.SELF
    previous = drafts[index - 1] if index else None
    if _is_in_title(view, drafts, index, part):
        return Role.IN_TITLE
    if role := roles.past(view.low, draft.start, draft.end):
        return role
    if previous is None or _in_cell_of_its_own(view, draft):
        return roles.base_role(part)
    if roles.amended_by(view.low, previous.end, draft.start, previous.role, _as_high(draft, previous)):
        return Role.AMENDED_BY
    return roles.base_role(part)


def _as_high(draft: Draft, previous: Draft) -> bool:
    """Whether it can amend what the text before it amends: a decree amends no law ("… tại Luật số 21/2012/QH13, Điều 29 Nghị định
    số 83/2013/NĐ-CP" cites the decree for itself)."""
    ranks = [_RANK_OF_NAMED.get(one.type or "") if one.kind is MentionKind.NAMED else _RANK.get(one.head) for one in (draft, previous)]
    return ranks[0] is None or ranks[1] is None or ranks[0] <= ranks[1]


def _is_in_title(view: ReadingCopy, drafts: list[Draft], index: int, part: Part | None) -> bool:
    draft = drafts[index]
    previous = drafts[index - 1] if index else None
    if draft.bare or _in_cell_of_its_own(view, draft):
        return False
    if previous and previous.kind is MentionKind.NUMBERED and roles.in_title(view.low, previous.end, draft.start):
        return True
    if previous and previous.role is Role.IN_TITLE and previous.kind is MentionKind.NAMED:
        listed = _LIST_STEP.fullmatch(view.low, previous.end, draft.start)
        if listed and (draft.kind is MentionKind.NAMED or _detailed_by_outer(drafts, index)):
            return True
    return _in_named_cell(view, drafts, index, part)


def _detailed_by_outer(drafts: list[Draft], index: int) -> bool:
    """Whether a document in the list of a title stands above the one whose title it is: a circular details a law and a decree,
    a decree beside a circular is cited for itself."""
    for outer in reversed(drafts[max(0, index - 5) : index]):
        if outer.kind is MentionKind.NUMBERED and outer.role is not Role.IN_TITLE:
            return _RANK.get(drafts[index].head, 9) < _RANK.get(outer.head, 0)
    return False


def _in_named_cell(view: ReadingCopy, drafts: list[Draft], index: int, part: Part | None) -> bool:
    """A title without a number, its code in the next cell or nowhere: what the title names is no citation of its own."""
    draft = drafts[index]
    code = drafts[index + 1] if index + 1 < len(drafts) else None
    coded = code is not None and _in_cell_of_its_own(view, code) and code.start - draft.end <= _TITLE_MOST
    if part is Part.LEGAL_BASIS and _names_another(view, drafts, index):
        return True
    if not (coded or part is Part.LEGAL_BASIS) or not roles.linked(view.low, draft.start):
        return False
    if code is not None and coded and not _CELL_BREAK.search(view.text, draft.end, code.start):
        return True
    return part is Part.LEGAL_BASIS and _opens_line(view, drafts, index)


def _names_another(view: ReadingCopy, drafts: list[Draft], index: int) -> bool:
    """Whether the cell is the title of the text whose code fills the next one: "Sửa đổi Nghị định số A … và Nghị định số B" | number C."""
    draft = drafts[index]
    if not draft.number or not view.text[draft.start - 1 : draft.start].isspace():
        return False  # "…và Môi trườngNghị định số 131/2025/NĐ-CP": glued to a title it is that title's own code
    code = next((one for one in drafts[index + 1 : index + 1 + _TITLE_NAMES] if _in_cell_of_its_own(view, one)), None)
    if code is None or code.number == draft.number or _CELL_BREAK.search(view.text, draft.end, code.start):
        return False
    before = drafts[max(0, index - _TITLE_NAMES) : index]
    cell = _cell_begins(view, before, draft.start)
    named = (one for one in before if one.number and one.start >= cell)
    return bool(_TITLE_OPENS.match(view.low, cell)) and all(one.role is Role.IN_TITLE for one in named)


def _cell_begins(view: ReadingCopy, before: list[Draft], at: int) -> int:
    """Where the cell of a table begins that holds `at`: behind a tab, a line's end, a code that fills a cell, or the heading of the codes
    (pages print tables with their cells glued: "…Mã văn bảnSửa đổi Nghị định số …15/2024/NĐ-CPQuy định …")."""
    codes = (one.end for one in before if _in_cell_of_its_own(view, one))
    heading = view.low.rfind(_CODES_HEADING, 0, at)
    breaks = (view.low.rfind(mark, 0, at) + 1 for mark in "\n\t")
    return max(*breaks, heading + len(_CODES_HEADING) if heading >= 0 else 0, *codes)


def _opens_line(view: ReadingCopy, drafts: list[Draft], index: int) -> bool:
    """Whether no numbered document stands before the draft on its line."""
    line = view.low.rfind("\n", 0, drafts[index].start)
    return not any(one.number and one.start > line for one in drafts[max(0, index - 8) : index])


def _in_cell_of_its_own(view: ReadingCopy, draft: Draft) -> bool:
    """Whether the cell before ends right where the draft starts: a tab between, or a bare code glued on."""
    before = view.text[draft.start - 1 : draft.start]
    return before == "\t" or (draft.bare and (before.isalnum() or (bool(before) and before in '.,)"”')))
