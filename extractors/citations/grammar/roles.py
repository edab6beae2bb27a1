"""What a citation does where it stands: base role by part, then the context that overrides it.

IN_TITLE: inside the title of another cited document. HISTORICAL and TRANSITIONAL: the text itself says that the
document is of the past (what FP4 and FP5 of the rules excuse). AMENDED_BY: the amending document of a chain.
"""

from __future__ import annotations

import re

from rasoat.records import Part, Role

BASE = {Part.LEGAL_BASIS: Role.LEGAL_BASIS, Part.DOSSIER: Role.DOSSIER, Part.FORMS: Role.FORM, Part.FEES: Role.FEE}
_SENTENCE = 220  # characters looked back for the context of a sentence

TITLE_START = re.compile(
    r"\s*+[,:]?\s*+[-:\"“]?\s*+(?:(?:v/v|về|quy\s++định|hướng\s++dẫn|ban\s++hành|sửa\s++đổi|chi\s++tiết|bổ\s++sung|công\s++bố|phê\s++duyệt|(?:nghị\s++định|thông\s++tư|quyết\s++định)(?!\s*+(?:số|\d)))(?!\w)"
    r"|(?:luật|nghị\s++quyết|pháp\s++lệnh)\s(?!số|\d))"
)
_TITLE_LINK = re.compile(
    r"(?:\scủa(?:\s+các)?|thi\s+hành|hướng\s+dẫn|kèm\s+theo|thực\s+hiện|chi\s+tiết|(?<!\w)điều|hợp\s+nhất|biện\s+pháp|bổ\s+sung|số\s+điều(?:\s+của)?)"
    r"(?:\s+(?:một\s+số\s+)?(?:(?:các\s+)?(?:điều|khoản|điểm)\s+[\w,\s]{1,60})?(?:của\s+)?)?\s*$"
)
_TITLE_BREAK = re.compile(r"[;\n]|\.\s|\)|được\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)|có\s+hiệu\s+lực")
_TITLE_LIMIT = re.compile(r";|\n\s*\n|\.\s*\n|\n\s*(?:\(|điều\s|[-+*•]|\d+\.|[a-zđ]\))")
_AMENDED = re.compile(
    r"(?:(?:được|đã|bị)\s+(?:\w+\s+){0,2}?|^[\s,(]*)(?:sửa\s+đổi|bổ\s+sung|đính\s+chính)[^.;\n]{0,60}?(?:bởi|tại|theo|bằng)(?!\w)(?:[^.;\n]{0,90})$"
)
_CHAIN = re.compile(
    r"[\s,;và&()]*(?:(?:các\s+)?(?:quy\s+định\s+)?(?:tại\s+|của\s+)?(?:(?:điều|khoản|điểm|và|,)\s*[\da-zđ,\s]*){0,6}(?:của\s+)?(?:các\s+)?)?(?:số\s*)?$"
)
_DEAD_AFTER = re.compile(
    r"\s*+[(\[,]?\s*+(?:nay\s++|hiện\s++)?(?:đã\s++)?(?:được\s++)?(?:hết\s++hiệu\s++lực(?!\s++(?:thi\s++hành\s++)?(?:kể\s++)?từ)|(?:bị\s++)?(?:thay\s++thế|bãi\s++bỏ)\s++(?:bởi|bằng)(?!\w))"
)
_GRANTED_BEFORE = re.compile(
    r"(?:được\s+cấp|đã\s+(?:được\s+)?(?:cấp|giao|cho\s+thuê|công\s+nhận|phê\s+duyệt|ban\s+hành))\s+(?:(?:lại|đổi|mới|trước\s+đây)\s+)?theo(?:\s+quy\s+định)?(?:\s+(?:của|tại))?(?:\s+các)?"
    r"(?:\s+(?:điều|khoản|điểm)[\w\s,]{0,40})?\s*$"
)
_PAST_DAY = re.compile(
    r"trước\s+(?:ngày|thời\s+điểm)\s+(?:$|(?:ngày\s+)?\d{1,2}\s*(?:[/.-]\s*\d{1,2}\s*[/.-]|tháng\s+\d{1,2}\s+năm\s+)\s*(?:19|20)\d\d|[^.;]{0,120}?(?:có\s+hiệu\s+lực|được\s+ban\s+hành))(?!.*\shoặc\s)"
)
_CONTINUES = re.compile(
    r"(?<!không\s)(?<!không\sđược\s)tiếp\s+tục\s+(?:được\s+)?(?:thực\s+hiện|áp\s+dụng|giải\s+quyết|sử\s+dụng|xử\s+lý|thi\s+hành|tính|hưởng)[^.;\n]{0,80}?theo(?!\w)"
)


def base_role(part: Part | None) -> Role:
    """The role a citation has by the part of the procedure it stands in."""
    return BASE.get(part, Role.BODY) if part else Role.BODY


def may_be_title(low: str, at: int) -> bool:
    """Whether words that can be a title stand at `at`, not the end of the sentence or a bracket."""
    head = low[at : at + 3]
    return bool(head.strip()) and head.lstrip()[0] not in ",();.]/" and not low.startswith(("và ", "hoặc "), at + 1)


def title_limit(low: str, at: int, most: int) -> int:
    """Where the title that starts at `at` ends at the latest."""
    found = _TITLE_LIMIT.search(low, at, most)
    return found.start() if found else most


def in_title(low: str, previous_end: int, start: int) -> bool:
    """Whether the mention at `start` belongs to the title that follows the citation ending at `previous_end`."""
    if start - previous_end > 400 or start <= previous_end:
        return False
    gap = low[previous_end:start]
    return bool(TITLE_START.match(gap)) and not _TITLE_BREAK.search(gap) and bool(_TITLE_LINK.search(gap))


def linked(low: str, start: int) -> bool:
    """Whether the words right before make the mention a part of a longer name ("… một số điều của")."""
    return bool(_TITLE_LINK.search(low, max(0, start - 70), start))


def listed(low: str, previous_end: int, start: int) -> bool:
    """Whether only a comma or "và" stands between two mentions."""
    return start - previous_end < 12 and not low[previous_end:start].strip(" ,\n\t").removeprefix("và").strip()


def amended_by(low: str, previous_end: int, start: int, previous: Role | None, as_high: bool = True) -> bool:
    """Whether the mention amends the one before it, or goes on the list of those that do; a lower text goes on no such list."""
    if start - previous_end > 220:
        return False
    gap = low[previous_end:start]
    if ("sửa" in gap or "bổ" in gap or "chính" in gap) and _AMENDED.search(gap):
        return True
    return previous is Role.AMENDED_BY and as_high and 0 < len(gap) < 80 and ";" not in gap and bool(_CHAIN.fullmatch(gap))


def past(low: str, start: int, end: int) -> Role | None:
    """HISTORICAL or TRANSITIONAL where the sentence says so."""
    if _DEAD_AFTER.match(low, end):
        return Role.HISTORICAL
    begin = max(0, start - _SENTENCE)
    begin = max(begin, low.rfind(";", begin, start) + 1, low.rfind("\n", begin, start) + 1, low.rfind(". ", begin, start) + 1)
    sentence = low[begin:start]
    if "theo" in sentence and _GRANTED_BEFORE.search(sentence[-70:]):
        return Role.HISTORICAL
    if ("tiếp" in sentence and _CONTINUES.search(sentence)) or ("trước" in sentence and _PAST_DAY.search(sentence)):
        return Role.TRANSITIONAL
    return None
