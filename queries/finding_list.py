"""The findings of a day: filtered as people ask, with the procedure, document and units each is about. Only what is published is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from queries.answers_known import published_rows
from queries.contract import ClauseLine, DocumentOfFinding, FindingLine, JudgedCount, ProcedureOfFinding, Span, WhereLine
from queries.judged_citations import judged_on
from queries.nearest import unknown_procedure
from rasoat import words
from rasoat.records import Finding, LegalDocument, Procedure, Severity
from rasoat.store.derived import load_documents
from rasoat.store.extracted import load_versions, sightings
from rasoat.store.publications import StandingPublication
from rasoat.store.published_findings import GRAVITY, ListedFinding, basis_of, decided, in_state, load_listed, on_day, within_unit
from rasoat.store.published_schema import findings
from rasoat.store.schema import documents, procedures
from rasoat.trouble import Trouble
from rasoat.units import country, lies_in
from rasoat.vietnamese import fold, squeeze
from rasoat.workspace import Workspace
from validators.asked_day import EVER, NEVER
from validators.derivation.judged_versions import judged_versions

ORDER = list(Severity)  # the gravest first


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What is asked for; an empty field asks for everything. `unit` is a unit's id: those below it go with it.

    `subject` and `document` are taken as people write them and refused where the store knows nothing of the name.
    """

    rules: tuple[str, ...] = ()
    subject: str | None = None
    unit: str | None = None
    document: str | None = None
    severity: Severity | None = None  # at least this grave
    state: str | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """The filter as the table of findings is asked."""
        asked: list[ColumnElement[bool]] = []
        if self.rules:
            asked.append(findings.c.rule.in_(self.rules))
        if self.subject:
            asked.append(findings.c.subject == self.subject)
        if self.document:
            asked.append(or_(findings.c.object == self.document, findings.c.subject == self.document))
        if self.severity:
            asked.append(findings.c.gravity <= GRAVITY[self.severity])
        if self.state:
            asked.append(in_state(self.state))
        if self.unit:
            asked.append(within_unit(self.unit))
        return asked


@dataclass(frozen=True)
class FindingList:
    """The findings of a day that a filter keeps, the suppressed among them; `looked_at` is how many there were before it."""

    as_of: date
    listed: list[ListedFinding]
    looked_at: int
    judged: JudgedCount
    about: About = field(repr=False)

    @cached_property
    def kept(self) -> list[Finding]:
        """The findings themselves."""
        return [one.finding for one in self.listed]

    @cached_property
    def visible(self) -> list[Finding]:
        """Those that no known way to accuse wrongly has suppressed."""
        return [one for one in self.kept if not one.suppressed]

    @property
    def judged_told(self) -> str:
        """How many citations were judged, as people read it beside the list."""
        return words.judged(self.judged.done, self.judged.all)

    def lines(self) -> Iterable[FindingLine]:
        """Each finding by its public names."""
        return (self.about.line(one, self.judged) for one in self.listed)

    @cached_property
    def _by_fingerprint(self) -> Mapping[str, ListedFinding]:
        return {one.finding.fingerprint: one for one in self.listed}

    def as_json(self, one: Finding) -> dict[str, Any]:
        """One of the findings as a line for other programs."""
        return self.about.line(self._by_fingerprint[one.fingerprint], self.judged).as_json()


class About:
    """What stands behind the codes and ids of some findings; read once, when first asked for, and no more than these findings name."""

    def __init__(self, work: Workspace, as_of: date, known_at: date | None, listed: Sequence[ListedFinding]) -> None:
        self._work, self._as_of, self._known_at, self._listed = work, as_of, known_at, listed

    @cached_property
    def procedures(self) -> Mapping[str, Procedure]:
        """The judged version of each procedure that the findings name, by code."""
        named = {code for one in self._listed for code in (one.finding.subject, one.finding.object) if code}
        with self._work.engine.connect() as connection:
            versions = judged_versions(load_versions(connection, sightings(connection, codes=named), named), self._as_of, self._known_at)
        return {code: version.procedure for code, version in versions.items()}

    @cached_property
    def documents(self) -> Mapping[str, LegalDocument]:
        """Each document that the findings name, by its printed id."""
        named = {name for one in self._listed for name in (one.finding.subject, one.finding.object) if name}
        with self._work.engine.connect() as connection:
            return {one.id: one for one in load_documents(connection, named)}

    def line(self, listed: ListedFinding, judged: JudgedCount) -> FindingLine:
        """A finding by its public names, with what its codes and ids stand for."""
        one = listed.finding
        posted = one.subject in country()
        document = self.documents.get(one.object or "") or self.documents.get(one.subject)
        return FindingLine(
            rule=one.rule, severity=one.severity.value, confidence=one.confidence.value, subject=one.subject,
            subject_unit=one.subject if posted else None, object=one.object, provision=one.provision, as_of=one.as_of,
            observed_on=one.observed_on, decision_number=one.decision_number, decision_date=one.decision_date, quote=one.quote,
            where=WhereLine(part=one.where.part, start=one.where.start, end=one.where.end) if one.where else None,
            status=one.status.value if one.status else None,
            interval=Span(from_=one.interval.start, to=one.interval.end) if one.interval else None, ended_by=list(one.ended_by),
            clause=clause_line(one), successors=list(one.successors), suggestion=one.suggestion, responsible=one.responsible,
            responsible_units=[listed.responsible_unit] if listed.responsible_unit else [], action=one.action, message=one.message,
            role=one.role.value if one.role else None, suppressed=list(one.suppressed), state=one.state, fingerprint=one.fingerprint,
            matter=listed.matter, holds=Span(from_=None if listed.since == EVER else listed.since, to=None if listed.until == NEVER else listed.until),
            first_seen=listed.first_seen, last_seen=listed.last_seen, gone_on=listed.gone_on, judged=judged,
            procedure=_procedure(self.procedures.get((one.object if posted else one.subject) or "")),
            document=DocumentOfFinding(title=document.title, issued_on=document.issued_on) if document else None,
        )  # fmt: skip


def clause_line(one: Finding) -> ClauseLine | None:
    """The ending clause of a finding by its public names."""
    clause = one.clause
    if clause is None:
        return None
    return ClauseLine(document=clause.document, provision=clause.provision, quote=clause.quote, tier=clause.tier.value, lead=clause.lead)


def _procedure(one: Procedure | None) -> ProcedureOfFinding | None:
    if one is None:
        return None
    return ProcedureOfFinding(
        name=one.name,
        field=one.fields[0] if one.fields else None,
        level=", ".join(one.levels) or None,
        decision=one.decision.number if one.decision else None,
        decision_date=one.decision.issued_on if one.decision else None,
        publisher=one.publisher,
        url=one.url,
    )


def findings_on(work: Workspace, as_of: date, known_at: date | None = None, wanted: FindingFilter | None = None) -> FindingList:
    """The findings of a day: a look-up of what is published. With `known_at` the day is judged in memory, and nothing is stored.

    Raises:
        Trouble: the store knows nothing of the procedure, unit or document asked for.
    """
    with published_rows(work) as rows:
        connection, stands = rows.connection, rows.publication
        asked = as_known(connection, wanted or FindingFilter())
        if known_at is not None:
            return _judged_now(work, as_of, known_at, asked)
        kept = load_listed(connection, stands, as_of, asked.where())
        judged, about = judged_on(connection, stands, as_of), About(work, as_of, None, kept)
        return FindingList(as_of, kept, _count(connection, stands, as_of), judged, about)


def _judged_now(work: Workspace, as_of: date, known_at: date, asked: FindingFilter) -> FindingList:
    """What would have been found with what was known on a day."""
    from validators.checked_days import found_known  # loads the rules: not for a look-up
    from validators.concerned_units import concerned

    with work.bars("Rà soát") as progress:
        found = found_known(work.engine, work.settings, as_of, known_at, progress)
    with work.engine.connect() as connection:
        states = decided(connection, [one.fingerprint for one in found.findings])
    everything = []
    for one in found.findings:
        whom = concerned(one, found.procedures.get(one.object or "") or found.procedures.get(one.subject))
        one = replace(one, state=states.get(one.fingerprint, one.state))
        until = as_of + timedelta(days=1)
        everything.append(ListedFinding(one, as_of, until, one.matter, basis_of(one), whom.units, whom.responsible, None))
    kept = [one for one in everything if _keeps(asked, one)]
    judged = JudgedCount(done=found.judged, all=found.cited)
    return FindingList(as_of, kept, len(everything), judged, About(work, as_of, known_at, kept))


def _count(connection: Connection, stands: StandingPublication, as_of: date) -> int:
    return connection.scalar(select(func.count()).select_from(findings).where(on_day(stands, as_of))) or 0


def _keeps(wanted: FindingFilter, listed: ListedFinding) -> bool:
    one = listed.finding
    return (
        (not wanted.rules or one.rule in wanted.rules)
        and (not wanted.subject or one.subject == wanted.subject)
        and (not wanted.document or wanted.document in (one.object, one.subject))
        and (not wanted.severity or GRAVITY[one.severity] <= GRAVITY[wanted.severity])
        and (not wanted.state or one.state == wanted.state)
        and (not wanted.unit or any(lies_in(unit, wanted.unit) for unit in listed.units))
    )


def as_known(connection: Connection, asked: FindingFilter) -> FindingFilter:
    """What is asked for by the names that findings have."""
    if asked.subject is not None:
        asked = replace(asked, subject=subject_asked(asked.subject, connection))
    if asked.document is not None:
        asked = replace(asked, document=object_asked(asked.document, connection))
    return asked


def object_asked(name: str, connection: Connection) -> str:
    """The object of findings as people write it: a document's number whatever its case, dashes or marks, or a procedure's code.

    Raises:
        Trouble: the store knows no such document or procedure; that is said rather than "none".
    """
    if _is_document(name, connection) or _is_procedure(name, connection):
        return name
    key = _number_key(name)
    found: list[str] = sorted(one for one in connection.scalars(select(documents.c.id)) if _number_key(one) == key)
    if len(found) == 1:
        return found[0]
    if found:
        raise Trouble("document.same_number", number=name, found=", ".join(found[:5]))
    raise Trouble("document.unknown", number=name)


def subject_asked(name: str, connection: Connection) -> str:
    """The subject of findings: a procedure's code, a unit or a document.

    Raises:
        Trouble: the store knows no such procedure, unit or document; the nearest codes are named.
    """
    code = squeeze(name)
    if code in country() or _is_procedure(code, connection) or _is_document(code, connection):
        return code
    raise unknown_procedure(name, set(connection.scalars(select(procedures.c.code).distinct())))


def _is_document(name: str, connection: Connection) -> bool:
    return connection.scalar(select(documents.c.id).where(documents.c.id == name)) is not None


def _is_procedure(name: str, connection: Connection) -> bool:
    return connection.scalar(select(procedures.c.code).where(procedures.c.code == name).limit(1)) is not None


def _number_key(text: str) -> str:
    return "".join(fold(text).replace("–", "-").replace("—", "-").split())


def finding_with(found: Sequence[Finding], fingerprint: str) -> Finding:
    """The one finding whose fingerprint begins so.

    Raises:
        Trouble: there is none, or there are several.
    """
    matching = [one for one in found if one.fingerprint.startswith(fingerprint.strip().lower())]
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise Trouble("finding.several", fingerprint=fingerprint, count=len(matching))
    raise Trouble("finding.unknown", fingerprint=fingerprint)


def grouped(found: Iterable[Finding]) -> list[list[Finding]]:
    """One document in several parts of one procedure is one line to read."""
    groups: dict[tuple[str, str, str | None], list[Finding]] = {}
    for one in found:
        groups.setdefault((one.rule, one.subject, one.object), []).append(one)
    return list(groups.values())
