"""The findings of a day: pages of those that are asked for, with the procedure, document and units each is about. Only what is published is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from queries.contract import ClauseLine, DecisionLine, DocumentOfFinding, FindingLine, JudgedCount, ProcedureOfFinding, Span, WhereLine
from queries.finding_counts import FindingCounts, counted, counted_in_memory
from queries.finding_filter import FindingFilter, as_known
from queries.judged_citations import judged_in, judged_on
from queries.published_moment import published_rows
from rasoat import words
from rasoat.records import Finding, LegalDocument
from rasoat.store.derived import load_documents
from rasoat.store.extracted import load_versions, sightings
from rasoat.store.published_findings import WHOLE_LIST, FindingPage, ListedFinding, basis_of, beginning_so, load_listed, with_decisions
from rasoat.store.published_timelines import ProcedureHead, PublishedRows, head_of
from rasoat.trouble import Trouble
from rasoat.units import country
from rasoat.workspace import Workspace
from validators.asked_day import EVER, NEVER
from validators.derivation.judged_versions import judged_versions


@dataclass(frozen=True)
class FindingList:
    """A page of the findings of a day that a filter keeps; `counts` are of all that it keeps. `looked_at`: where it keeps none, how many
    there were to look at."""

    as_of: date
    listed: list[ListedFinding]
    counts: FindingCounts
    looked_at: int | None
    judged: JudgedCount
    about: About = field(repr=False)
    page: FindingPage = WHOLE_LIST
    judged_each: Mapping[str, JudgedCount] = field(default_factory=dict, repr=False)  # by procedure, of a day judged in memory

    @cached_property
    def kept(self) -> list[Finding]:
        """The findings themselves."""
        return [one.finding for one in self.listed]

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


@dataclass(frozen=True, slots=True)
class About:
    """What stands behind the codes and ids of some findings: the version of each procedure that is judged on the day, by code, and each
    document by its printed id."""

    procedures: Mapping[str, ProcedureOfFinding]
    documents: Mapping[str, LegalDocument]

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
            decisions=[DecisionLine(unit=said.unit, state=said.state, on=said.on, reason=said.reason) for said in listed.decisions],
            procedure=self.procedures.get((one.object if posted else one.subject) or ""),
            document=DocumentOfFinding(title=document.title, issued_on=document.issued_on) if document else None,
        )  # fmt: skip


def about(rows: PublishedRows, as_of: date, listed: Sequence[ListedFinding]) -> About:
    """What is published of the procedures and documents that some findings name."""
    named = _named(listed)
    return About(_told_of(rows.heads(named, as_of)), rows.documents_by_id(named))


def _told_of(heads: Mapping[str, ProcedureHead]) -> dict[str, ProcedureOfFinding]:
    return {code: ProcedureOfFinding(**asdict(head)) for code, head in heads.items()}


def _named(listed: Sequence[ListedFinding]) -> set[str]:
    return {name for one in listed for name in (one.finding.subject, one.finding.object) if name}


def clause_line(one: Finding) -> ClauseLine | None:
    """The ending clause of a finding by its public names."""
    clause = one.clause
    if clause is None:
        return None
    return ClauseLine(document=clause.document, provision=clause.provision, quote=clause.quote, tier=clause.tier.value, lead=clause.lead)


def findings_on(
    work: Workspace, as_of: date, known_at: date | None = None, wanted: FindingFilter | None = None, page: FindingPage = WHOLE_LIST
) -> FindingList:
    """A page of the findings of a day: a look-up of what is published. With `known_at` the day is judged in memory, and nothing is stored.

    Raises:
        Trouble: nothing is published of the procedure, unit or document asked for.
    """
    with published_rows(work) as rows:
        asked = as_known(rows, wanted or FindingFilter())
        if known_at is not None:
            return _judged_now(work, as_of, known_at, asked, page)
        connection, stands = rows.connection, rows.publication
        listed = load_listed(connection, stands, as_of, asked.where(stands, as_of), page, asked.viewer)
        counts = counted(rows, as_of, asked)
        looked_at = None if counts.all else counted(rows, as_of, FindingFilter()).all
        return FindingList(as_of, listed, counts, looked_at, judged_on(connection, stands, as_of, asked), about(rows, as_of, listed), page)


def _judged_now(work: Workspace, as_of: date, known_at: date, asked: FindingFilter, page: FindingPage) -> FindingList:
    """What would have been found with what was known on a day."""
    from validators.checked_days import found_known  # loads the rules: not for a look-up
    from validators.concerned_units import concerned

    with work.bars("Rà soát") as progress:
        found = found_known(work.engine, work.settings, as_of, known_at, progress)
    everything = []
    for one in found.findings:
        whom = concerned(one, found.procedures.get(one.object or "") or found.procedures.get(one.subject))
        until = as_of + timedelta(days=1)
        everything.append(ListedFinding(one, as_of, until, one.matter, basis_of(one), whom.units, whom.responsible, None))
    with work.engine.connect() as connection:
        everything = with_decisions(connection, everything, asked.viewer)
    kept = [one for one in everything if asked.keeps(one)]
    listed = page.of(kept)
    names = {name for name in (asked.subject, asked.document) if name}
    with work.engine.connect() as connection:
        keys = {one.id: one.key for one in load_documents(connection, names)}
    judged = judged_in(found, asked, keys)
    each = {code: JudgedCount(done=sum(told.values()), all=len(told)) for code, told in found.cited.items()}
    counts, told_of = counted_in_memory(kept), _as_known(work, as_of, known_at, listed)
    return FindingList(as_of, listed, counts, None if kept else len(everything), judged, told_of, page, each)


def _as_known(work: Workspace, as_of: date, known_at: date, listed: Sequence[ListedFinding]) -> About:
    """What was known on a day of the procedures that some findings name, from all that is stored."""
    named = _named(listed)
    with work.engine.connect() as connection:
        versions = judged_versions(load_versions(connection, sightings(connection, codes=named), named), as_of, known_at)
        documents = {one.id: one for one in load_documents(connection, named)}
    return About(_told_of({code: head_of(version.procedure) for code, version in versions.items()}), documents)


def finding_with(work: Workspace, as_of: date, known_at: date | None, fingerprint: str, viewer: str | None = None) -> Finding:
    """The one finding of a day whose fingerprint begins so.

    Raises:
        Trouble: there is none, or there are several.
    """
    letters = fingerprint.strip().lower()
    if known_at is None:
        with published_rows(work) as rows:
            number, found = beginning_so(rows.connection, rows.publication, as_of, letters, viewer)
    else:
        matching = [
            one
            for one in findings_on(work, as_of, known_at, FindingFilter(viewer=viewer)).listed
            if one.finding.fingerprint.startswith(letters)
        ]
        number, found = len(matching), matching[0] if len(matching) == 1 else None
    if found:
        return found.finding
    if number:
        raise Trouble("finding.several", fingerprint=fingerprint, count=number)
    raise Trouble("finding.unknown", fingerprint=fingerprint)


def grouped(found: Iterable[Finding]) -> list[list[Finding]]:
    """One document in several parts of one procedure is one line to read."""
    groups: dict[tuple[str, str, str | None], list[Finding]] = {}
    for one in found:
        groups.setdefault((one.rule, one.subject, one.object), []).append(one)
    return list(groups.values())
