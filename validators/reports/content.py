"""What an inspection report says, in the order inspections use (63/2010 Điều 35a): how many, what, on which basis, who, what to do.

The counts are those that the periodic reports on the control of procedures ask for: announced, public in the national database, on
the portal, at the premises, late, not yet, by field and level.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rasoat.postings import Channel, PostingState
from rasoat.records import Finding, Severity
from validators.coverage.cells import SHOWN
from validators.coverage.matrix import Matrix
from validators.coverage.totals import LEVEL_NAMES, Counts
from validators.reports.expired import NOTHING_CITED, Cited, expired_rows
from validators.rules.postings_catalogue import CHANNEL_NAMES, POSTING_RULES
from validators.units import kind_of

ALL = "Tổng số"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as a report prints it. `deadline` only where the law gives one that can be counted."""

    number: int
    finding: Finding
    unit: str
    procedure: str
    seen: str
    basis: str
    deadline: str


@dataclass(slots=True)
class Public:
    """How many procedures, as periodic reports count them (63/2010 Điều 35): each once, however many units must show it."""

    announced: set[str] = field(default_factory=set)
    shown: dict[Channel, set[str]] = field(default_factory=lambda: {channel: set() for channel in Channel})
    late: set[str] = field(default_factory=set)
    amiss: set[str] = field(default_factory=set)

    def numbers(self) -> tuple[int, ...]:
        """In the order of `PUBLIC_COLUMNS`: the last are those missing somewhere and seen nowhere."""
        never = self.amiss - set().union(*self.shown.values())
        return (len(self.announced), *(len(self.shown[channel]) for channel in Channel), len(self.late), len(never))


PUBLIC_COLUMNS = ("Đã công bố", "Có trên CSDLQG", "Có tại trụ sở", "Có trên cổng", "Nhập CSDLQG muộn", "Chưa thấy ở đâu")


@dataclass(frozen=True, slots=True)
class InspectionReport:
    """A report on some units on a day. `findings` are grouped by rule, the gravest rules first; noted ones stand apart."""

    title: str
    as_of: date
    since: date | None
    units: list[str]
    by_channel: dict[str, Counts]
    by_level: dict[str, Counts]
    by_field: dict[str, Counts]
    public: dict[str, Public]
    late: int
    groups: list[tuple[str, list[Line]]]
    noted: list[Line]
    expired: list[tuple[str, ...]]
    partly: list[tuple[str, ...]]

    @property
    def total(self) -> int:
        return sum(len(lines) for _, lines in self.groups)


def inspection_report(
    matrix: Matrix, units: Sequence[str], others: Iterable[Finding] = (), since: date | None = None, cited: Cited = NOTHING_CITED
) -> InspectionReport:
    """The report on `units`; with `since`, findings on what was observed from that day on (a period).

    `cited` are the findings on citations of that day, and the documents: of those on procedures of these units, the expired ones are listed.
    """
    found = [one for unit in units for one in matrix.findings.get(unit, ())] + list(others)
    found = [one for one in found if since is None or one.observed_on >= since]
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for one in found:
        if not one.suppressed and one.rule in POSTING_RULES:
            by_rule[one.rule].append(one)
    order = sorted(by_rule, key=lambda rule: (list(Severity).index(POSTING_RULES[rule].severity), rule))
    groups = [(rule, _lines(matrix, by_rule[rule])) for rule in order]
    noted = _lines(matrix, [one for one in found if one.suppressed or one.rule not in POSTING_RULES])
    channel, level, fields = _counts(matrix, units)
    names = matrix.audit.units
    title = f"kiểm tra việc công khai thủ tục hành chính{' tại ' + names.name(units[0]) if len(units) == 1 else ''}"
    late = {one.object for one in by_rule.get("POST-02", ()) if one.object}
    public = _public(matrix, units, late)
    theirs = [one for one in cited.findings if one.subject in public[ALL].announced and not one.suppressed]
    expired, partly = expired_rows(theirs, cited.documents), expired_rows(theirs, cited.documents, partly=True)
    held = [names.name(unit) for unit in units]
    return InspectionReport(
        title, matrix.as_of, since, held, channel, level, fields, public, len(late), groups, noted, expired, partly
    )  # fmt: skip


def _public(matrix: Matrix, units: Sequence[str], late: set[str]) -> dict[str, Public]:
    """The procedures of the units' cells: all, by level, by field."""
    found: dict[str, Public] = defaultdict(Public)
    found[ALL] = Public()
    for row in matrix.rows(units):
        for name in (ALL, LEVEL_NAMES[kind_of(row.unit)], f"Lĩnh vực {matrix.field_of(row.procedure)}"):
            one = found[name]
            if row.state is not PostingState.ABOLISHED_STILL_POSTED:
                one.announced.add(row.procedure)
            if row.state in SHOWN:
                one.shown[row.channel].add(row.procedure)
            if row.state is PostingState.MISSING:
                one.amiss.add(row.procedure)
            if row.procedure in late:
                one.late.add(row.procedure)
    return dict(found)


def _counts(matrix: Matrix, units: Sequence[str]) -> tuple[dict[str, Counts], dict[str, Counts], dict[str, Counts]]:
    channel: dict[str, Counts] = defaultdict(Counter)
    level: dict[str, Counts] = defaultdict(Counter)
    field: dict[str, Counts] = defaultdict(Counter)
    for row in matrix.rows(units):
        for counts, name in (
            (channel, _capital(CHANNEL_NAMES[row.channel])),
            (level, LEVEL_NAMES[kind_of(row.unit)]),
            (field, matrix.field_of(row.procedure)),
        ):
            counts[name][row.state] += 1
    return dict(channel), dict(level), dict(sorted(field.items()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lines(matrix: Matrix, found: list[Finding]) -> list[Line]:
    ordered = sorted(found, key=lambda one: (one.subject, one.object or "", one.fingerprint))
    return [_line(matrix, number, one) for number, one in enumerate(ordered, 1)]


def _line(matrix: Matrix, number: int, one: Finding) -> Line:
    name = matrix.name_of(one.object) if one.object else ""
    rule = POSTING_RULES.get(one.rule)
    origin = one.proofs[0] if one.proofs else None
    where = (
        CHANNEL_NAMES[Channel(one.where.part)] if one.where and one.where.part in set(Channel) else (one.where.part if one.where else "")
    )
    seen = ", ".join(piece for piece in (where, f"ngày {one.observed_on:%d/%m/%Y}", origin.place if origin else "") if piece)
    procedure = f"{one.object} – {name}\nLĩnh vực: {matrix.field_of(one.object)}" if one.object else ""
    return Line(number, one, matrix.audit.units.name(one.subject), procedure, seen, rule.basis if rule else "", _deadline(one))


def _deadline(one: Finding) -> str:
    """The decree gives days for the national database alone; elsewhere it says "kịp thời", and no number is made up."""
    if one.rule == "POST-01":
        return "đã quá hạn của khoản 2 Điều 24; thực hiện ngay"
    return "kịp thời; pháp luật không quy định số ngày" if one.rule in POSTING_RULES else ""


STATE_ORDER = tuple(PostingState)
