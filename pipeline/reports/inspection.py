"""What an inspection report says, in the order inspections use (63/2010 Điều 35a): how many, what, on which basis, who, what to do.

The counts are those that the periodic reports on the control of procedures ask for: announced, public in the national database, on
the portal, at the premises, late, not yet, by field and level.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.reports.expired_lists import NOTHING_CITED, Cited, expired_rows
from pipeline.reports.report_words import capital
from queries.contract import JudgedCount
from rasoat import words
from rasoat.records import Finding, Severity
from rasoat.records.postings import Channel, PostingState
from rasoat.units import kind_of
from rasoat.vietnamese import fold
from validators.coverage.cell_rows import CellRow
from validators.coverage.cells import SHOWN
from validators.coverage.counted import Counts
from validators.coverage.matrix import NO_FIELD, Matrix
from validators.rules.postings.posting_rules import POSTING_RULES, TRAP_WORDS

ALL = "Tổng số"
AT_UNITS = (Channel.PREMISES, Channel.PORTAL)  # shown by a unit itself; the national database is one for all
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
    undecided: str = ""  # why nothing is concluded from it, for what is only noted


@dataclass(frozen=True, slots=True)
class RowToReread:
    """What stands somewhere and could not be read surely: a person has to read it again before anything is said of it."""

    number: int
    unit: str
    procedure: str
    seen: str
    note: str


@dataclass(slots=True)
class Public:
    """How many procedures, as periodic reports count them (63/2010 Điều 35): each once, however many units must show it."""

    announced: set[str] = field(default_factory=set)
    shown: dict[Channel, set[str]] = field(default_factory=lambda: {channel: set() for channel in Channel})
    late: set[str] = field(default_factory=set)
    amiss: set[str] = field(default_factory=set)
    asked: set[Channel] = field(default_factory=set)  # the channels that anybody in scope answers for, or that were seen whole

    def numbers(self) -> tuple[int | None, ...]:
        """In the order of `PUBLIC_COLUMNS`; None on a channel outside the scope. The last are those missing somewhere and seen nowhere."""
        never = self.amiss - set().union(*self.shown.values())
        shown = (len(self.shown[channel]) if channel in self.asked else None for channel in Channel)
        late = len(self.late) if Channel.NATIONAL_DATABASE in self.asked else None
        return (len(self.announced), *shown, late, len(never))

    def add(self, other: Public) -> None:
        """Count what another counted as well, each procedure once."""
        self.announced |= other.announced
        self.late |= other.late
        self.amiss |= other.amiss
        self.asked |= other.asked
        for channel, codes in other.shown.items():
            self.shown[channel] |= codes


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
    public_by_field: dict[str, Public]
    undecided: int  # procedures of which only the catalogue's level speaks, seen at no unit
    late: int
    groups: list[tuple[str, list[Line]]]
    noted: list[Line]
    doubtful: list[RowToReread]
    expired: list[tuple[str, ...]]
    partly: list[tuple[str, ...]]
    judged: JudgedCount  # of the citations of the procedures that the units answer for

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
    public, by_field = _public(matrix, units, late)
    answered = frozenset().union(*(matrix.decided(unit) for unit in units), *(public[ALL].shown[one] for one in AT_UNITS))
    theirs = [one for one in cited.findings if one.subject in answered and not one.suppressed]
    expired, partly = expired_rows(theirs, cited.documents), expired_rows(theirs, cited.documents, partly=True)
    held = [names.name(unit) for unit in units]
    return InspectionReport(
        title, matrix.as_of, since, held, channel, level, fields, public, by_field, len(public[ALL].announced - answered), len(late),
        groups, noted, _doubts(matrix, units, since), expired, partly, cited.judged_of(answered),
    )  # fmt: skip


def _public(matrix: Matrix, units: Sequence[str], late: set[str]) -> tuple[dict[str, Public], dict[str, Public]]:
    """The procedures of the units' cells: (all, then by level; by field)."""
    whole, level, fields = Public(), defaultdict[str, Public](Public), defaultdict[str, Public](Public)
    entered, seen_whole = matrix.audit.entered, matrix.audit.national_on is not None
    for row in matrix.rows(units):
        for one in (whole, level[words.UNIT_LEVEL[kind_of(row.unit)]], fields[matrix.field_of(row.procedure)]):
            one.asked.add(row.channel)
            if row.state is not PostingState.ABOLISHED_STILL_POSTED and matrix.known(row.procedure):
                one.announced.add(row.procedure)
                if seen_whole:  # whoever's duty it is to enter it: the database is one for all
                    one.asked.add(Channel.NATIONAL_DATABASE)
                    if row.procedure in entered:
                        one.shown[Channel.NATIONAL_DATABASE].add(row.procedure)
            if row.state in SHOWN:
                one.shown[row.channel].add(row.procedure)
            if row.state is PostingState.MISSING:
                one.amiss.add(row.procedure)
            if row.procedure in late:
                one.late.add(row.procedure)
    levels = {name: level[name] for name in words.UNIT_LEVEL.values() if name in level}
    return {ALL: whole, **levels}, dict(sorted(fields.items(), key=lambda item: fold(item[0])))


def _doubts(matrix: Matrix, units: Sequence[str], since: date | None) -> list[RowToReread]:
    rows = [row for row in matrix.rows(units) if row.state is PostingState.UNKNOWN and row.wanting]
    rows = [row for row in rows if since is None or (row.observed_on and row.observed_on >= since)]
    return [
        RowToReread(number, matrix.audit.units.name(row.unit), f"{row.procedure} – {matrix.name_of(row.procedure)}", _seen(row), row.note)
        for number, row in enumerate(sorted(rows, key=lambda row: (row.unit, row.source, row.procedure)), 1)
    ]


def _seen(row: CellRow) -> str:
    day = f"ngày {row.observed_on:%d/%m/%Y}" if row.observed_on else ""
    return ", ".join(piece for piece in (words.CHANNEL[row.channel], day, row.source) if piece)


def _counts(matrix: Matrix, units: Sequence[str]) -> tuple[dict[str, Counts], dict[str, Counts], dict[str, Counts]]:
    channel: dict[str, Counts] = defaultdict(Counter)
    level: dict[str, Counts] = defaultdict(Counter)
    fields: dict[str, Counts] = defaultdict(Counter)
    for row in matrix.rows(units):
        for counts, name in (
            (channel, capital(words.CHANNEL[row.channel])),
            (level, words.UNIT_LEVEL[kind_of(row.unit)]),
            (fields, matrix.field_of(row.procedure)),
        ):
            counts[name][row.state] += 1
    return dict(channel), dict(level), dict(sorted(fields.items(), key=lambda item: fold(item[0])))


def _lines(matrix: Matrix, found: list[Finding]) -> list[Line]:
    ordered = sorted(found, key=lambda one: (one.subject, one.object or "", one.fingerprint))
    return [_line(matrix, number, one) for number, one in enumerate(ordered, 1)]


def _line(matrix: Matrix, number: int, one: Finding) -> Line:
    name = matrix.name_of(one.object) if one.object else ""
    rule = POSTING_RULES.get(one.rule)
    why = ", ".join(TRAP_WORDS.get(trap, trap) for trap in one.suppressed) or ("" if rule else "cần đối chiếu với quyết định công bố")
    origin = one.proofs[0] if one.proofs else None
    where = (
        words.CHANNEL[Channel(one.where.part)] if one.where and one.where.part in set(Channel) else (one.where.part if one.where else "")
    )
    seen = ", ".join(piece for piece in (where, f"ngày {one.observed_on:%d/%m/%Y}", origin.place if origin else "") if piece)
    procedure = f"{one.object} – {name}\nLĩnh vực: {matrix.field_of(one.object)}" if one.object else ""
    return Line(number, one, matrix.audit.units.name(one.subject), procedure, seen, rule.basis if rule else "", _deadline(one), why)


def _deadline(one: Finding) -> str:
    """The decree gives days for the national database alone; elsewhere it says "kịp thời", and no number is made up."""
    if one.rule == "POST-01":
        return "đã quá hạn của khoản 2 Điều 24; thực hiện ngay"
    return "kịp thời; pháp luật không quy định số ngày" if one.rule in POSTING_RULES else ""


STATE_ORDER = tuple(PostingState)


def field_title(name: str) -> str:
    """A field as a line of a table: "Lĩnh vực Đất đai"; what has none is said as it is."""
    return f"Lĩnh vực {name}" if name != NO_FIELD else "Chưa rõ lĩnh vực"
