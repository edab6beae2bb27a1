"""The verbs by which a document acts on another, and where in a sentence each one is really said.

Two orders occur. The target follows the verb ("Nghị định này thay thế Nghị định số …", "Bãi bỏ khoản 2 Điều 5 …"), or
precedes it ("Nghị định số … hết hiệu lực kể từ ngày …"). A verb inside a cited title ("… về việc bãi bỏ …"), inside a
condition ("Trường hợp … hết hiệu lực thì …") or about papers ("Giấy phép hết hiệu lực") acts on no document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import TypeVar

from extractors.effects.effect_dates import SELF, TYPE_WORDS
from rasoat.records import Verb

T = TypeVar("T")


class Order(StrEnum):
    VERB_FIRST = "verb_first"
    TARGET_FIRST = "target_first"


@dataclass(frozen=True, slots=True)
class Action:
    """A verb as said: its span, and whether its target follows or precedes it. `reach` is where its part of the sentence ends."""

    verb: Verb
    order: Order
    start: int
    end: int
    reach: int
    phrase: bool = False  # it acts on a phrase ("cụm từ …") inside the provisions it names
    word: Verb | None = None  # the verb by its word alone, where a phrase makes less of it


_STOP = r"(?:tạm\s+)?(?:ngưng|ngừng|dừng|đình\s+chỉ)"
_APPLIED = r"(?:áp\s+dụng|thực\s+hiện|thi\s+hành)"
_FORCE = r"hiệu\s+lực(?:\s+(?:thi\s+hành|áp\s+dụng))?"
_OF = r"(?:\s+(?:của|đối\s+với))?"
_STOPPING = rf"{_STOP}\s+(?:việc\s+)?(?:toàn\s+bộ\s+)?(?:(?:{_APPLIED}\s+)?{_FORCE}|{_APPLIED}){_OF}"
_PUT_OFF = r"(?:lùi|dời|(?:tạm\s+)?hoãn)\s+(?:lại\s+)?"
_ENTRY = rf"(?:bắt\s+đầu\s+)?(?:có\s+)?{_FORCE}"
_DAY_OF = r"(?:thời\s+(?:điểm|hạn|gian)|ngày)\s+"
_VERB_FIRST_WORDS = {
    # "Bãi bỏ việc tạm ngưng hiệu lực của …" stands before "bãi bỏ": what it ends is no text.
    Verb.REVIVES: rf"(?:bãi\s+bỏ|h[ủu][yỷ]\s+bỏ|chấm\s+dứt|kết\s+thúc)\s+(?:việc\s+)?{_STOPPING}|khôi\s+phục\s+(?:lại\s+)?{_FORCE}{_OF}",
    Verb.POSTPONES: rf"{_PUT_OFF}(?:việc\s+)?(?:{_DAY_OF})?(?:{_ENTRY}|(?:bắt\s+đầu\s+)?{_APPLIED}){_OF}|"
    rf"(?:điều\s+chỉnh|thay\s+đổi)\s+(?:lại\s+)?{_DAY_OF}{_ENTRY}{_OF}|"
    rf"kéo\s+dài\s+(?:thêm\s+)?{_DAY_OF}chưa\s+(?:{_APPLIED}|{_ENTRY}){_OF}",
    # "Bãi bỏ, sửa đổi, bổ sung một số điều của …": each item of its list says which of them it does.
    Verb.AMENDS: r"(?:(?:bãi\s+bỏ|thay\s+thế)\s*(?:,|,?\s*và)\s*){0,2}(?:sửa\s+đổi|bổ\s+sung)"
    r"(?:\s*(?:,|,?\s*và)\s*(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ))*",
    Verb.REPLACES: rf"thay\s+thế(?:\s+cho)?|thay\s+cho(?=\s+(?:các\s+)?{TYPE_WORDS}\s+(?:số|liên))",
    Verb.REPEALS: r"bãi\s+bỏ|h[ủu][yỷ]\s+bỏ|bỏ(?=\s+(?:cụm\s+từ|từ|điểm|khoản|điều|các))|chấm\s+dứt\s+hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+của|\s+đối\s+với)?",
    Verb.SUSPENDS: rf"{_STOPPING}|(?:chưa|không)\s+{_APPLIED}{_OF}",
    Verb.CORRECTS: r"đính\s+chính",
    Verb.PROLONGS: r"(?:kéo\s+dài|gia\s+hạn)\s+(?:thêm\s+)?(?:thời\s+(?:hạn|gian)\s+)?(?:áp\s+dụng|thực\s+hiện|thi\s+hành|có\s+hiệu\s+lực|hiệu\s+lực)"
    r"(?:\s+thi\s+hành)?(?:\s+(?:của|đối\s+với))?",
}
# Syllables of which one stands in whatever a pattern matches: a pattern none of whose stands in a sentence is not tried on it.
_TELLING = {
    Verb.REVIVES: ("ngưng", "ngừng", "dừng", "đình", "khôi"), Verb.POSTPONES: ("lùi", "dời", "hoãn", "chỉnh", "đổi", "kéo"),
    Verb.AMENDS: ("sửa", "bổ"), Verb.REPLACES: ("thay",), Verb.REPEALS: ("bỏ", "chấm"),
    Verb.SUSPENDS: ("ngưng", "ngừng", "dừng", "đình", "chưa", "không"), Verb.CORRECTS: ("đính",), Verb.PROLONGS: ("kéo", "gia"),
}  # fmt: skip
# What follows a verb that closes its clause; "được bãi bỏ bởi Nghị định số …" tells of a third document's act.
_FOLLOWED = r"(?=\s*(?:(?:kể|kề|kế|bắt|tính|đồng\s+thời|từ|ngày|năm\s+\d|tháng\s+\d|trước|chậm\s+nhất|hết|khi|vào|sau|cùng|theo\s+(?:quy\s+định|lộ\s+trình)|trừ|ngoại|ngay|cho|đến|trong|và|do|riêng)\b|[,;.:/)|]|$))"
_TARGET_FIRST_WORDS = {
    "ENDED": r"(?<!đã )(?<!khi )(?:hết|chấm\s+dứt|không\s+còn)\s+hiệu\s+lực(?:\s+hiệu\s+lực)?(?:\s+(?:thi\s+(?:hành|thành|hàng)|pháp\s+luật))?(?:\s+toàn\s+bộ)?"
    + _FOLLOWED,
    "REPEALED": r"(?<!khi )(?<!ngày )(?<!chưa )(?:được|bị)\s+(?:bãi\s+bỏ|h[ủu][yỷ]\s+bỏ|thay\s+thế\s+b(?:ằng|ởi)\s+"
    + SELF
    + r"|thay\s+thế)(?:\s+toàn\s+bộ)?"
    + _FOLLOWED,
    "SUSPENDED": rf"(?:được|bị)?\s*{_STOP}\s+(?:việc\s+)?(?:(?:có|{_APPLIED})\s+)?(?:{_FORCE}|{_APPLIED})(?:\s+toàn\s+bộ)?"
    + _FOLLOWED
    + rf"|(?:chưa|không)\s+(?:được\s+)?{_APPLIED}(?=\s+(?:kể\s+)?(?:từ|đến|cho\s+đến)\b)",
    "MOVED": rf"(?:được\s+|bị\s+)?{_PUT_OFF}(?:{_DAY_OF})?(?:{_ENTRY}\s+)?(?=(?:từ|đến|sang|tới|thêm|cho\s+đến)\s)"
    rf"|chưa\s+có\s+{_FORCE}(?=\s+(?:cho\s+)?(?:đến|tới)\s)|có\s+{_FORCE}(?=[^;.]{{4,100}}?\s,?thay\s+(?:cho|vì|thế)\s+(?:cho\s+)?(?:ngày|thời\s+điểm)\s)",
    "REVIVED": rf"(?:tiếp\s+tục\s+)?(?:được\s+)?(?:có\s+{_FORCE}|{_APPLIED})\s+trở\s+lại|được\s+khôi\s+phục\s+(?:lại\s+)?{_FORCE}",
    "GOES_ON": r"(?:được\s+)?(?:kéo\s+dài|gia\s+hạn)(?:\s+(?:thêm\s+)?(?:thời\s+(?:hạn|gian)\s+)?(?:(?:có\s+)?hiệu\s+lực|áp\s+dụng|thực\s+hiện)(?:\s+thi\s+hành)?)?(?=\s+(?:cho\s+)?đến\s)|(?<!này )(?:vẫn\s+)?có\s+hiệu\s+lực(?:\s+thi\s+hành)?(?=\s+(?:cho\s+)?đến\s)|(?:được\s+)?tiếp\s+tục\s+(?:có\s+|được\s+)?(?:hiệu\s+lực(?:\s+thi\s+hành)?|áp\s+dụng|thực\s+hiện)",
}
_TELLING_BEHIND = {
    "ENDED": ("hiệu",), "REPEALED": ("bỏ", "thay"), "SUSPENDED": _TELLING[Verb.SUSPENDS], "MOVED": ("lùi", "dời", "hoãn", "chưa", "thay"),
    "REVIVED": ("trở", "khôi"), "GOES_ON": ("kéo", "gia", "hiệu", "tiếp"),
}  # fmt: skip
_TARGET_FIRST_VERBS = {
    "ENDED": Verb.REPLACES, "REPEALED": Verb.REPEALS, "SUSPENDED": Verb.SUSPENDS, "MOVED": Verb.POSTPONES, "REVIVED": Verb.REVIVES,
    "GOES_ON": Verb.PROLONGS,
}  # fmt: skip
# What may stand before a verb whose target follows: nothing, a date, the source itself, its entry into force, another such verb.
_DATE_PREFACE = r"(?:(?:(?:kể\s+)?từ|(?:ngay\s+)?sau|khi|trong\s+thời\s+(?:gian|hạn))\s[^,;]{4,120},\s*)?"
_OWN_SUBJECT = re.compile(
    rf"^\W*(?:(?:Hiệu\s+lực|Điều\s+khoản)(?:\s+và\s+trách\s+nhiệm)?\s+thi\s+hành[\s.:]+)?{_DATE_PREFACE}(?:(?:{SELF}|{TYPE_WORDS}(?=\s+có\s+hiệu\s+lực))(?:\s+(?:có\s+hiệu(?:\s+lực)?|được\s+thi\s+hành)[^;]{{0,160}}?)?)?\s*(?:,|;|\.|và|để|đồng\s+thời|sẽ|được|này)*\s*(?:(?:đồng\s+thời|cho\s+phép|đồng\s+ý|thống\s+nhất)\s+)?$",
    re.IGNORECASE,
)
_MEANWHILE_TOO = re.compile(r"\s*(?:và\s+)?đồng\s+thời\s*", re.IGNORECASE)
_JOINED = re.compile(r"(?:[;,.]|\bvà|\bđồng\s+thời)\s*(?:(?:và|đồng\s+thời)\s*)*$", re.IGNORECASE)
_NAMES_A_TARGET = re.compile(
    rf"\s*(?:cho\s+)?(?:toàn\s+bộ\s+|các\s+|những\s+|nội\s+dung\s+|quy\s+định\s+tại\s+)*(?:{TYPE_WORDS}\s+(?:số|liên|\d|[A-ZĐ])|điểm\s|khoản\s|điều\s+\d|chương\s|mục\s|phụ\s+lục|"
    r"văn\s+bản(?:\s+quy\s+phạm\s+pháp\s+luật)?(?:\s+sau|\s*:)|quy\s+định\s+sau|cụm\s+từ)",
    re.IGNORECASE,
)
# "…; thay thế các nội dung liên quan của các Thông tư: …": behind a semicolon a verb may act on a matter only.
_NAMES_A_MATTER = re.compile(
    r"\s*(?:các\s+|những\s+|một\s+số\s+)*(?:quy\s+định|nội\s+dung)\s+(?:về|có\s+liên\s+quan|liên\s+quan|đối\s+với)\b", re.IGNORECASE
)
_PHRASE = re.compile(r"\s*(?:một số\s+|các\s+)?(?:cụm\s+từ|từ\s+[“\"~]|từ,\s*cụm|chữ|đoạn|câu|dấu)", re.IGNORECASE)
_SELF = re.compile(SELF, re.IGNORECASE)
# "… được thực hiện khi quy định tại Điều 18 Nghị định số … được bãi bỏ": what must happen first, not what happens. The text stands
# behind "khi": before it stands one whose title says "khi …".
_CONDITION = re.compile(
    r"(?<!từ )(?<!sau )\b(?:khi|nếu|trong\s+trường\s+hợp)\s(?:(?!\bthì\b)[^,;:])*?\d/\d{4}/(?:(?!\bthì\b)[^,;:])*$", re.IGNORECASE
)
_MOST = 60  # verbs of one sentence that are read; no law says as many
_NEAR, _WITHIN = 60, 1000  # letters before a verb that are looked at for what joins it on, and for its own document


def actions_in(text: str, start: int, end: int) -> list[Action]:
    """The verbs that really act in a sentence, in order; each reaches to the next one or the sentence's end."""
    said: list[Action] = []
    words = text[start:end].lower()
    first, behind = _first(_told(words, _TELLING)), _behind(_told(words, _TELLING_BEHIND))
    for found in first.finditer(text, start, end) if first else ():
        if len(said) < _MOST and _acts(text, start, found, said):
            verb = Verb[found.lastgroup or ""]
            phrase = bool(_PHRASE.match(text, found.end(), end))
            acts = Verb.AMENDS if phrase and verb is not Verb.CORRECTS else verb
            said.append(Action(acts, Order.VERB_FIRST, found.start(), found.end(), end, phrase, verb))
    for found in islice(behind.finditer(text, start, end) if behind else (), _MOST):
        if _CONDITION.search(text, max(start, found.start() - _WITHIN), found.start()):
            continue
        said.append(Action(_TARGET_FIRST_VERBS[found.lastgroup or ""], Order.TARGET_FIRST, found.start(), found.end(), end))
    said = sorted(said, key=lambda action: action.start)[:_MOST]
    return [_limited(text, action, said[index + 1 :]) for index, action in enumerate(said)]


def _told(words: str, telling: Mapping[T, tuple[str, ...]]) -> tuple[T, ...]:
    return tuple(name for name, syllables in telling.items() if any(one in words for one in syllables))


@cache
def _first(verbs: tuple[Verb, ...]) -> re.Pattern[str] | None:
    """The pattern of these verbs before their targets, None for none of them."""
    return re.compile("|".join(f"(?P<{verb.name}>{_VERB_FIRST_WORDS[verb]})" for verb in verbs), re.IGNORECASE) if verbs else None


@cache
def _behind(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """The pattern of these verbs behind their targets, None for none of them."""
    return re.compile("|".join(f"(?P<{name}>{_TARGET_FIRST_WORDS[name]})" for name in names), re.IGNORECASE) if names else None


def _limited(text: str, action: Action, later: list[Action]) -> Action:
    """The action, reaching no further than where the next one's part of the sentence begins."""
    reach = action.reach
    for other in later:
        begins = other.start if other.order is Order.VERB_FIRST else text.rfind(";", action.end, other.start)
        if begins >= 0:
            reach = min(reach, begins)
    return replace(action, reach=reach)


def _acts(text: str, start: int, found: re.Match[str], said: list[Action]) -> bool:
    begun = max(start, found.start() - _WITHIN)
    before = text[begun : found.start()]
    clause = before.rpartition(";")[2]
    if len(before) < 420 and (_OWN_SUBJECT.match(before) or (_SELF.search(clause) and _OWN_SUBJECT.match(clause))):
        return True
    if _MEANWHILE_TOO.fullmatch(clause) and _SELF.search(before) and _NAMES_A_TARGET.match(text, found.end()):
        return True  # "… theo quy định tại Nghị định này; đồng thời bãi bỏ Điều …"
    matter = not clause.strip() and _NAMES_A_MATTER.match(text, found.end())
    return bool(said and _JOINED.search(before[-_NEAR:]) and (matter or _NAMES_A_TARGET.match(text, found.end())))
