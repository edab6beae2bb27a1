"""The findings of a day: filtered as people ask, with the procedure, document and units each is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from queries.asked import unknown_procedure
from queries.contract import ClauseLine, DocumentOfFinding, FindingLine, ProcedureOfFinding, Span, WhereLine
from rasoat.records import Finding, LegalDocument, Procedure, Severity
from rasoat.store.derived import load_documents
from rasoat.store.extracted import load_versions, sightings
from rasoat.trouble import Trouble
from rasoat.units import country, lies_in
from rasoat.vietnamese import fold, squeeze
from rasoat.workspace import Workspace
from validators.checked_days import findings_of
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


@dataclass(frozen=True)
class FindingList:
    """The findings of a day that a filter keeps, the suppressed among them; `looked_at` is how many there were before it."""

    as_of: date
    kept: list[Finding]
    looked_at: int
    about: About = field(repr=False)

    @property
    def visible(self) -> list[Finding]:
        """Those that no known way to accuse wrongly has suppressed."""
        return [one for one in self.kept if not one.suppressed]

    def lines(self) -> Iterable[FindingLine]:
        """Each finding by its public names."""
        return (self.about.line(one) for one in self.kept)

    def as_json(self, one: Finding) -> dict[str, Any]:
        """One of the findings as a line for other programs."""
        return self.about.line(one).as_json()


class About:
    """What stands behind the codes and ids of a day's findings; each table is read once, when first asked for."""

    def __init__(self, work: Workspace, as_of: date, known_at: date | None) -> None:
        self._work, self._as_of, self._known_at = work, as_of, known_at
        self._ids: dict[str, str | None] = {}

    @cached_property
    def procedures(self) -> Mapping[str, Procedure]:
        """The judged version of every procedure, by code."""
        with self._work.engine.connect() as connection:
            versions = judged_versions(load_versions(connection, sightings(connection)), self._as_of, self._known_at)
        return {code: version.procedure for code, version in versions.items()}

    @cached_property
    def documents(self) -> Mapping[str, LegalDocument]:
        """Every document by its printed id."""
        with self._work.engine.connect() as connection:
            return {one.id: one for one in load_documents(connection)}

    def unit_of(self, body: str | None) -> str | None:
        """The id of the unit that answers today for a body as printed, None where the register does not know the name."""
        if not body:
            return None
        if body not in self._ids:
            self._ids[body] = country().id_of(body)
        return self._ids[body]

    def bodies(self, one: Finding) -> list[str]:
        """The ids of the units that a finding concerns: its subject, the body responsible, and the body that published the procedure."""
        procedure = self.procedures.get(one.subject)
        told = (one.subject if one.subject in country() else None, self.unit_of(one.responsible), self._publisher(procedure))
        return [unit for unit in told if unit]

    def _publisher(self, procedure: Procedure | None) -> str | None:
        if procedure is None:
            return None
        issuer = procedure.decision.issuer if procedure.decision else None
        return self.unit_of(procedure.publisher) or self.unit_of(issuer)

    def line(self, one: Finding) -> FindingLine:
        """A finding by its public names, with what its codes and ids stand for."""
        code = one.object if one.subject in country() else one.subject
        document = self.documents.get(one.object or "") or self.documents.get(one.subject)
        responsible = self.unit_of(one.responsible)
        return FindingLine(
            rule=one.rule, severity=one.severity.value, confidence=one.confidence.value, subject=one.subject,
            subject_unit=one.subject if one.subject in country() else None, object=one.object, provision=one.provision, as_of=one.as_of,
            observed_on=one.observed_on, decision_number=one.decision_number, decision_date=one.decision_date, quote=one.quote,
            where=WhereLine(part=one.where.part, start=one.where.start, end=one.where.end) if one.where else None,
            status=one.status.value if one.status else None,
            interval=Span(from_=one.interval.start, to=one.interval.end) if one.interval else None, ended_by=list(one.ended_by),
            clause=clause_line(one), successors=list(one.successors), suggestion=one.suggestion, responsible=one.responsible,
            responsible_units=[responsible] if responsible else [], action=one.action, message=one.message,
            role=one.role.value if one.role else None, suppressed=list(one.suppressed), state=one.state, fingerprint=one.fingerprint,
            procedure=_procedure(self.procedures.get(code or "")),
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
    """The findings of a day, which is checked first where that is due."""
    with work.bars("Rà soát") as progress:
        found = findings_of(work.engine, work.settings, as_of, known_at, progress)
    about = About(work, as_of, known_at)
    asked = wanted or FindingFilter()
    if asked.subject is not None:
        asked = replace(asked, subject=subject_asked(asked.subject, about))
    if asked.document is not None:
        asked = replace(asked, document=object_asked(asked.document, about))
    return FindingList(as_of, [one for one in found if _keeps(asked, one, about)], len(found), about)


def _keeps(wanted: FindingFilter, one: Finding, about: About) -> bool:
    return (
        (not wanted.rules or one.rule in wanted.rules)
        and (not wanted.subject or one.subject == wanted.subject)
        and (not wanted.document or wanted.document in (one.object, one.subject))
        and (not wanted.severity or ORDER.index(one.severity) <= ORDER.index(wanted.severity))
        and (not wanted.state or one.state == wanted.state)
        and (not wanted.unit or any(lies_in(unit, wanted.unit) for unit in about.bodies(one)))
    )


def object_asked(name: str, about: About) -> str:
    """The object of findings as people write it: a document's number whatever its case, dashes or marks, or a procedure's code.

    Raises:
        Trouble: the store knows no such document or procedure; that is said rather than "none".
    """
    if name in about.documents or name in about.procedures:
        return name
    key = _number_key(name)
    found = [one for one in about.documents if _number_key(one) == key]
    if len(found) == 1:
        return found[0]
    if found:
        raise Trouble("document.same_number", number=name, found=", ".join(found[:5]))
    raise Trouble("document.unknown", number=name)


def subject_asked(name: str, about: About) -> str:
    """The subject of findings: a procedure's code, a unit or a document.

    Raises:
        Trouble: the store knows no such procedure, unit or document; the nearest codes are named.
    """
    code = squeeze(name)
    if code in about.procedures or code in country() or code in about.documents:
        return code
    raise unknown_procedure(name, about.procedures)


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
