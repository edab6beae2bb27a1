"""POST-12, POST-13, POST-14: what a place shows of itself: its reception list, its address for feedback, whom it names as manager."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from rasoat.records import Confidence, Finding
from rasoat.records.postings import Look, Reception
from rasoat.vietnamese import nfc
from validators.coverage.audit import Audit
from validators.rules.postings import posting_rules as traps
from validators.rules.postings.posting_finding import FindingWords, make, place, vi

One = TypeVar("One", Look, Reception)

MANAGER_CHANGED = date(2026, 1, 10)  # 09/2026/NĐ-CP in force
LISTS_SINCE = date(2026, 8, 5)  # 309/2026/NĐ-CP in force

# The former manager named as one who receives or manages; a number like "02/2017/TT-VPCP" or a past clause is no such naming.
_FORMER = re.compile(r"(?i)Văn\s+phòng\s+Chính\s+phủ|(?<![/\w-])VPCP\b")
_DUTY = re.compile(r"(?i)phản\s+ánh|kiến\s+nghị|quản\s+lý|kiểm\s+soát|vận\s+hành|tiếp\s+nhận|liên\s+hệ")
_PAST = re.compile(r"(?i)trước\s+(?:đây|ngày)|nay\s+là\s+Bộ\s+Tư\s+pháp|chuyển\s+(?:về|sang)\s+Bộ\s+Tư\s+pháp|cũ\b")
_CITED = re.compile(
    r"(?i)(?:Thông\s+tư|Công\s+văn|Quyết\s+định|Nghị\s+định)\b[^.;\n]{0,120}?(?:của\s+)?(?:Bộ\s+trưởng,?\s+Chủ\s+nhiệm\s+)?$"
)


def check_places(audit: Audit, looks: Iterable[Look], receptions: Iterable[Reception]) -> Iterator[Finding]:
    """The findings on the last look at each channel of each unit, and on the last reception seen of each centre."""
    for look in _last((one.unit, one.channel, one) for one in looks if one.reachable and one.observed_on <= audit.as_of):
        yield from no_contact(look, audit)
        yield from former_manager(look, audit)
    seen = [(one.unit, "", one) for one in receptions if one.observed_on <= audit.as_of]
    for reception in _last(seen):
        yield from outside_list(reception, audit)


def no_contact(look: Look, audit: Audit) -> Iterator[Finding]:
    """POST-13: looked for, and not there. The footer of a whole site counts."""
    if look.contact is not False:
        return
    message = f"Ngày {vi(look.observed_on)} chưa thấy địa chỉ tiếp nhận phản ánh, kiến nghị tại {place(look.channel)}."
    yield _at(look, "POST-13", audit, FindingWords(message, look.text[:300], suppressed=[traps.SITE_FOOTER] if look.site_contact else []))


def former_manager(look: Look, audit: Audit) -> Iterator[Finding]:
    """POST-14: since 10/01/2026 the Ministry of Justice manages; a text that still names the Government Office as the one to turn to."""
    if look.observed_on < MANAGER_CHANGED:
        return
    quote = former_manager_quote(look.text)
    if quote:
        message = f"Nội dung tại {place(look.channel)} ngày {vi(look.observed_on)} còn ghi Văn phòng Chính phủ."
        yield _at(look, "POST-14", audit, FindingWords(message, quote))


def former_manager_quote(text: str) -> str:
    """The sentence that names the Government Office as manager or receiver; "" where none does."""
    for sentence in re.split(r"(?<=[.;!?])\s+|\n", nfc(text)):
        named = _FORMER.search(sentence)
        if named and _DUTY.search(sentence) and not _PAST.search(sentence) and not _CITED.search(sentence[: named.start()]):
            return sentence.strip()
    return ""


def outside_list(reception: Reception, audit: Audit) -> Iterator[Finding]:
    """POST-12: receives what its published list does not name, or has published none. Not known is not accused."""
    if reception.observed_on < LISTS_SINCE or not reception.received:
        return
    suppressed = [traps.PILOT] if reception.pilot else []
    if reception.published is False:
        message = f"Ngày {vi(reception.observed_on)} chưa thấy danh mục tiếp nhận không phụ thuộc địa giới; đang tiếp nhận {len(reception.received)} thủ tục."
        yield _received(reception, None, audit, FindingWords(message, suppressed=suppressed))
    elif reception.listed is not None:
        for code in sorted(reception.received - reception.listed):
            message = f"Thủ tục {code} được tiếp nhận không phụ thuộc địa giới nhưng không có trong danh mục đã công bố."
            yield _received(reception, code, audit, FindingWords(message, code, suppressed=suppressed))


def _received(reception: Reception, code: str | None, audit: Audit, words: FindingWords) -> Finding:
    return make(
        "POST-12", audit, words, unit=reception.unit, procedure=code, part="reception", observed_on=reception.observed_on,
        responsible=audit.units.body(reception.unit), proofs=(reception.origin,),
    )  # fmt: skip


def _at(look: Look, rule: str, audit: Audit, words: FindingWords) -> Finding:
    confident = FindingWords(words.message, words.quote, confidence=Confidence.MEDIUM, suppressed=words.suppressed)
    return make(
        rule, audit, confident, unit=look.unit, procedure=None, part=look.channel.value, observed_on=look.observed_on,
        responsible=audit.units.body(look.unit), proofs=(look.origin,),
    )  # fmt: skip


def _last(keyed: Iterable[tuple[str, str, One]]) -> list[One]:
    """The last of each unit and channel."""
    last: dict[tuple[str, str], One] = {}
    for unit, channel, one in keyed:
        known = last.get((unit, channel))
        if known is None or one.observed_on >= known.observed_on:
            last[unit, channel] = one
    return list(last.values())
