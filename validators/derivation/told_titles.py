"""Titles of documents that no source gives: as those who cite a document quote it, or as its own first article says what it provides.

A title is one that most of its quotes agree on, cut where the quoting sentence goes on; where there is none, none is made up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from rasoat.identity import key_parts
from rasoat.records import Mention
from rasoat.vietnamese import fold, squeeze

Teller = TypeVar("Teller", bound=Hashable)
_LONGEST = 300
_LONGEST_OF_A_LAW = 160
_SHORTEST, _SHORTEST_OF_A_LAW = 12, 2
_LAWS = frozenset(["Luật", "Pháp lệnh", "Hiến pháp"])
# Where a quoted title ends and the sentence around it goes on, or the next document of a list begins.
_ENDS = r"[;:]| như sau| (?:hết|có|bị) hiệu lực| (?:kể )?từ ngày| trừ | \(sau đây| đã được"
_NEXT = (
    r"(?<=[a-zà-ỹđ])(?=(?:Luật|Nghị định|Thông tư|Quyết định|Pháp lệnh|Nghị quyết) )|(?<=\w)(?:[Ll]uật|[Nn]ghị định|[Tt]hông tư) số "
    r"| được (?:sửa đổi|thay thế|bãi bỏ)| và các văn bản| hiện hành| ngày \d{1,2}[/ ]| (?:số )?\d[\w.]*/(?:\d{4}/)?[A-ZĐ]"
)
_GOES_ON = re.compile(rf"(?:{_ENDS}|{_NEXT}).*$", re.DOTALL)
_ENDED = re.compile(rf"(?:{_ENDS}).*$", re.DOTALL)
_ISSUED_BY = re.compile(r" do (?:Bộ trưởng|Bộ|Chính phủ|Thủ tướng|Thống đốc|Chánh án|Viện trưởng|Tổng)[^,;]{0,80} ban hành$")
_AMENDING = re.compile(r"(?i)^(?:về (?:việc )?)?(?:sửa đổi|bãi bỏ|bổ sung|đính chính|thay thế|hướng dẫn|quy định|ban hành)")
_LAW_BEFORE = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh)\s+(?P<name>\D+?)\s+số\s*:?\s*(?=\d)")
_NO_TITLE = re.compile(r"(?i)^(?:này|nêu|trên|và|hoặc|có|được|là|tại|theo|thì|số|ngày|năm|của|cũ|mới)\b")
_OWN = re.compile(
    r"^(?:\d+\.\s*)?(?:Nghị định|Thông tư|Thông tư liên tịch|Quyết định|Nghị quyết|Nghị quyết liên tịch|Chỉ thị) này\s+"
    r"(?P<title>(?:quy định|hướng dẫn|ban hành|sửa đổi)\b[^.;:\n]{12,280})[.;:\n]"
)


def quoted_title(name: str, key: str) -> str | None:
    """What a quote says a document is titled, without what follows; None where that is no title."""
    type_, number = key_parts(key)
    law = type_ in _LAWS
    text = squeeze(name).split(number)[0]
    # The title of a document that amends others names them with their numbers and days.
    text = (_ENDED if not law and _AMENDING.match(text) else _GOES_ON).sub("", text)
    text = _ISSUED_BY.sub("", text).strip(" .,;:–-")
    text = re.sub(r"\s+số$", "", text)
    for opening, closing in ("()", "“”"):
        if text.count(opening) != text.count(closing):
            text = text.rsplit(opening, 1)[0] if text.count(opening) > text.count(closing) else text.rstrip(closing + " .")
    text = text.strip(" .,;:–-")
    long_enough = len(text) >= _SHORTEST_OF_A_LAW if law else len(text) >= _SHORTEST
    if not long_enough or len(text) > (_LONGEST_OF_A_LAW if law else _LONGEST) or _NO_TITLE.match(text):
        return None
    return text if any(letter.isalpha() for letter in text) else None


def quote_of(mention: Mention) -> str | None:
    """The title that a mention with a number quotes: what follows the number, or a law's name before it ("Luật Kế toán số …")."""
    if mention.number is None or mention.name:
        return mention.name if mention.number else None
    found = _LAW_BEFORE.match(squeeze(mention.quote))
    return found["name"] if found else None


def own_title(text: str) -> str | None:
    """What a document's first article says that it provides ("Thông tư này quy định …"); of a law that is no title."""
    found = _OWN.match(squeeze(text.split("\n")[0]) + "\n")
    return found["title"].strip(" ,") if found else None


class ToldTitles(Generic[Teller]):
    """By document the titles that givers tell of it."""

    def __init__(self) -> None:
        self._told: dict[str, Counter[str]] = defaultdict(Counter)
        self._of: dict[Teller, list[tuple[str, str]]] = {}

    def put(self, giver: Teller, told: Iterable[tuple[str, str]]) -> set[str]:
        """Put what a giver tells, (key, quote) each, in place of what it told before; the keys of the documents of both."""
        touched: set[str] = set()
        for key, title in self._of.pop(giver, ()):
            touched.add(key)
            self._told[key][title] -= 1
        given = [(key, cut) for key, quote in told if (cut := quoted_title(quote, key))]
        for key, cut in given:
            self._told[key][cut] += 1
        if given:
            self._of[giver] = given
        return touched.union(key for key, _ in given)

    def title(self, key: str, given: str | None = None) -> str | None:
        """The title most quotes agree on whatever their marks and capitals, spelt as most of them spell it; of equals the one `given`, else
        the shorter."""
        votes = {title: times for title, times in self._told.get(key, {}).items() if times > 0}
        if not votes:
            return None
        first, alike = fold(quoted_title(given or "", key) or ""), Counter[str]()
        for title, times in votes.items():
            alike[fold(title)] += times
        best = min(alike, key=lambda one: (-alike[one], one != first, len(one), one))
        return min((one for one in votes if fold(one) == best), key=lambda one: (-votes[one], one))
