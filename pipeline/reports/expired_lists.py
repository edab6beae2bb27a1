"""Lists of expired documents in the columns of Nghị định 79/2025/NĐ-CP, made from the findings on citations.

STT, type, number and date of issue, name, reason, date of expiry; the list of partly expired ones adds the expired content.
The day is the one in the law, never the day of the list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.reports.report_words import capital
from queries.contract import JudgedCount
from rasoat.records import Finding, LegalDocument
from rasoat.words import provision, quoted

EXPIRED_COLUMNS = ("STT", "Tên loại văn bản", "Số, ký hiệu; ngày, tháng, năm ban hành", "Tên gọi của văn bản / trích yếu nội dung", "Lý do hết hiệu lực", "Ngày hết hiệu lực")  # fmt: skip
PARTLY_COLUMNS = (*EXPIRED_COLUMNS[:4], "Nội dung, quy định hết hiệu lực", *EXPIRED_COLUMNS[4:])

LISTED_RULES = ("CITE-01", "CITE-02")  # whole documents, parts of them


@dataclass(frozen=True, slots=True)
class Cited:
    """The findings on citations of a day, the documents they name by id, and by procedure how many of its citations were judged."""

    findings: Sequence[Finding] = ()
    documents: Mapping[str, LegalDocument] = field(default_factory=dict)
    judged: Mapping[str, JudgedCount] = field(default_factory=dict)

    def judged_of(self, codes: Collection[str]) -> JudgedCount:
        """How many of the citations of some procedures were judged."""
        told = [one for code in codes if (one := self.judged.get(code))]
        return JudgedCount(done=sum(one.done for one in told), all=sum(one.all for one in told))


NOTHING_CITED = Cited()


def expired_rows(findings: Iterable[Finding], documents: Mapping[str, LegalDocument], *, partly: bool = False) -> list[tuple[str, ...]]:
    """One row for each document (with `partly`, each provision) that a finding names with its ending clause; by number."""
    rule = LISTED_RULES[partly]
    ended: dict[tuple[str, str], Finding] = {}
    for one in findings:
        if one.rule == rule and one.object and one.clause and one.interval and one.interval.end:
            ended.setdefault((one.object, one.provision or ""), one)
    rows: list[tuple[str, ...]] = []
    for number, ((name, part), one) in enumerate(sorted(ended.items()), 1):
        known = documents.get(name)
        head = (str(number), known.type if known else "", _numbered(name, known), capital((known.title or "") if known else ""))
        tail = (_reason(one, documents), _vi(one.interval.end if one.interval else None))
        rows.append((*head, provision(part), *tail) if partly else (*head, *tail))
    return rows


def _numbered(name: str, known: LegalDocument | None) -> str:
    return f"{known.number}; {_vi(known.issued_on)}" if known and known.issued_on else known.number if known else name


def _reason(one: Finding, documents: Mapping[str, LegalDocument]) -> str:
    """The ending clause: "Điều 90 Nghị định 224/2026/NĐ-CP: “…”"."""
    clause = one.clause
    if clause is None:
        return ""
    known = documents.get(clause.document)
    named = f"{known.type} {known.number}" if known else clause.document
    return capital(f"{provision(clause.provision)} {named}: “{quoted(clause.lead, clause.quote)}”".strip())


def _vi(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
