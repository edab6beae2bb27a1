"""The stable shapes of every answer: what `--json` and `--jsonl` print, what pages and other programs read.

Each model is one answer or one line of it; dates are ISO days, absent values null. `docs/hop-dong.schema.json` holds their JSON
Schema, kept true by a test. A field may be added; none changes its meaning or goes without a new major version.
"""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict, Field

from queries.reading_lines import ClausesLine, FileSeen, MentionLine
from queries.search_lines import SearchAnswer
from queries.shape import Shape


class Span(Shape):
    """Days of force; `to` is the first day out of force."""

    from_: date | None = Field(alias="from")
    to: date | None


class WhereLine(Shape):
    """Where a quote stands: the part of the procedure (or channel of a posting) and the offsets in its text."""

    part: str
    start: int
    end: int


class ClauseLine(Shape):
    """The words that end or suspend a document, and where they stand, on one line without mark-up.

    Where the quote is an item of a list, `lead` are the words above the list that carry the verb; else "".
    """

    document: str
    provision: str
    quote: str
    tier: str
    lead: str


class ProcedureOfFinding(Shape):
    """The procedure that a finding is about, as the judged version shows it."""

    name: str
    field: str | None
    level: str | None
    decision: str | None
    decision_date: date | None
    publisher: str | None
    url: str | None


class DocumentOfFinding(Shape):
    """The document that a finding is about."""

    title: str | None
    issued_on: date | None


class JudgedCount(Shape):
    """Of the documents that procedures cite (each counted once a procedure): on how many a conclusion was reached."""

    done: int
    all: int


class DecisionLine(Shape):
    """What a unit decided on a finding: `state` is `needs_review` where the facts are others now or the finding had gone and is back;
    `reason` is told of a dismissal."""

    unit: str
    state: str
    on: date
    reason: str | None


class FindingLine(Shape):
    """One line of `rasoat findings --jsonl`; every field is defined in docs/hop-dong.md.

    `subject` is a procedure code, or a unit id for POST rules (then `subject_unit` too); `responsible_units` are the ids of the body
    that answers for it, empty where the register of units does not know the printed name. `matter` is the fingerprint without the rule;
    `holds` are the days asked about on which the finding stands as told here; `first_seen` and `last_seen` are the days of the
    publications that first and last told it, and `gone_on` that of the first which did not (null while it stands).
    """

    rule: str
    severity: str
    confidence: str
    subject: str
    subject_unit: str | None
    object: str | None
    provision: str | None
    as_of: date
    observed_on: date
    decision_number: str | None
    decision_date: date | None
    quote: str
    where: WhereLine | None
    status: str | None
    interval: Span | None
    ended_by: list[str]
    clause: ClauseLine | None
    successors: list[str]
    suggestion: str | None
    responsible: str
    responsible_units: list[str]
    action: str
    message: str
    role: str | None
    suppressed: list[str]
    state: str
    fingerprint: str
    matter: str
    holds: Span
    first_seen: date | None
    last_seen: date | None
    gone_on: date | None
    decisions: list[DecisionLine]
    judged: JudgedCount
    procedure: ProcedureOfFinding | None
    document: DocumentOfFinding | None


class FindingChange(FindingLine):
    """One line of `findings --since`: `change` is `came` or `went`, told against what was `compared` with: the publication that stood on
    the earlier day, or, where there was none yet, what is known now of that day."""

    change: str
    since: date
    compared: str
    why: str | None


class UnjudgedLine(Shape):
    """One line of `findings --unjudged`: a cited document on which there is no conclusion on the day, how many procedures cite it then,
    why there is none, and what would settle it."""

    document: str
    type: str
    title: str | None
    issued_on: date | None
    procedures: int
    reason: str
    why: str
    settles: str
    as_of: date


class EvidenceLine(Shape):
    """A clause that a status rests on; `part` is the provision it acts on, `on` since when, `lead` as in `ClauseLine`."""

    document: str
    provision: str
    lead: str
    quote: str
    tier: str
    effect: str
    on: date | None
    basis: str
    part: str | None


class StatusSpan(Span):
    """A stretch of force, and what its end (or its beginning) rests on."""

    basis: str


class StatusDoubt(Shape):
    """What speaks against the day on which a document is said to have ended."""

    kind: str
    document: str | None = None
    on: date
    end: date


class StatusAnswer(Shape):
    """One answer of `rasoat status`: the fields of the question come back beside it."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True, extra="allow")

    number: str
    as_of: date
    status: str
    reason: str
    basis: str
    confidence: str
    candidates: list[str]
    successors: list[str]
    intervals: list[StatusSpan]
    ended_by: list[str]
    survivors: list[str]
    ended_parts: list[str]
    evidence: list[EvidenceLine]
    doubts: list[StatusDoubt]
    held_back: str | None = None  # that later changes are not published, and why


class CoverageCell(Shape):
    """One line of `rasoat coverage --jsonl`: a cell of the matrix unit × procedure × channel."""

    unit: str
    procedure: str
    channel: str
    state: str
    observed_at: date | None
    source: str | None
    finding: str | None


class CoverageChange(Shape):
    """One cell that stands otherwise than on an earlier day (`coverage --since`): `before` and `state` are null where it was no cell."""

    unit: str
    procedure: str
    channel: str
    state: str | None
    observed_at: date | None
    source: str | None
    finding: str | None
    before: str | None


class BasisOfProcedure(Shape):
    """A legal basis of a procedure with its status on the day: the quote as printed, the clause that ended it, what follows it.

    `verdict` is one word for it: alive, partly, dead, not_yet, suspended, no_such_provision, other_heading (the heading printed beside
    an article is another's) or cannot_tell; `says` what there is to add, in Vietnamese: what is left of it, what there is, or why.
    `since` is the day from which it has been so, `until` the first day out of force where an end to come is known already.
    """

    part: str
    quote: str
    type: str | None
    document: str | None
    title: str | None
    provision: str | None
    status: str
    reason: str
    verdict: str
    says: list[str]
    since: date | None
    until: date | None
    ended_by: list[str]
    clause: ClauseLine | None
    successors: list[str]


class FeeLine(Shape):
    """A fee of one way to submit; `amount` in units of `currency`, null where only words are given."""

    method: str
    kind: str
    amount: float | None
    currency: str | None
    description: str


class DurationLine(Shape):
    """A time limit of one way to submit; `unit` as the publisher says it (WORKING_DAY, DAY, HOUR, MONTH …)."""

    method: str
    quantity: float | None
    unit: str
    description: str


class FormLine(Shape):
    """A form or paper of the dossier: how many originals and copies, and the publisher's file where there is one."""

    name: str
    file: str | None
    originals: int | None
    copies: int | None


class LinkLine(Shape):
    """A link out, with the host it leads to, so that nobody follows one blindly."""

    url: str
    host: str


class ProcedureCard(Shape):
    """One answer of `rasoat show`: a procedure as a person needs it (Nghị định 63/2010/NĐ-CP Điều 8 khoản 2)."""

    code: str
    name: str
    as_of: date
    observed_on: date
    source: str
    fields: list[str]
    levels: list[str]
    audience: list[str]
    publisher: str | None
    decision: str | None
    decision_date: date | None
    state: str | None
    place: list[str]
    link: LinkLine | None
    durations: list[DurationLine]
    fees: list[FeeLine]
    forms: list[FormLine]
    parts: dict[str, str]
    missing: list[str]
    legal_basis: list[BasisOfProcedure]
    cited_elsewhere: list[BasisOfProcedure]
    held_back: str | None = None  # that later changes are not published, and why


class BrokenRow(Shape):
    key: str
    value: str
    expected: str


class BrokenExpectation(Shape):
    """An expectation that the data do not keep: the first of `total` rows that break it."""

    check: str
    tier: str
    suite: str
    says: str
    table: str
    column: str
    total: int
    rows: list[BrokenRow]
    trouble: str
    fingerprint: str
    state: str


class QualityAnswer(Shape):
    """The gate's verdict on a day (`rasoat quality --json`)."""

    as_of: date
    blocks: bool
    expected: int
    evaluated: int
    reused: bool
    page: str | None
    broken: list[BrokenExpectation]


LINES: dict[str, type[Shape]] = {
    "cite": MentionLine,
    "coverage": CoverageCell,
    "coverage_changes": CoverageChange,
    "effects": ClausesLine,
    "findings": FindingLine,
    "findings_changes": FindingChange,
    "findings_unjudged": UnjudgedLine,
    "quality": QualityAnswer,
    "read": FileSeen,
    "search": SearchAnswer,
    "show": ProcedureCard,
    "status": StatusAnswer,
}
