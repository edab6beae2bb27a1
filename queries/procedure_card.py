"""One procedure as a person needs it: what it takes, how long, how much, where, and each legal basis with its status on the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from urllib.parse import urljoin, urlsplit

from extractors.sources.registry import SOURCES
from queries.asked import unknown_procedure
from queries.contract import BasisOfProcedure, ClauseLine, DurationLine, FeeLine, FormLine, LinkLine, ProcedureCard
from queries.document_status import ids
from rasoat import words
from rasoat.identity import parse_number
from rasoat.records import Citation, Evidence, Part, Procedure, Status, Verdict
from rasoat.store.extracted import Version, load_versions, sightings
from rasoat.trouble import Trouble
from rasoat.vietnamese import squeeze
from rasoat.workspace import Workspace
from validators.derivation.judged_versions import citations_by_code, judged_versions
from validators.knowledge import graph_now
from validators.validity.graph import ValidityGraph


def procedure_card(work: Workspace, code: str, as_of: date, known_at: date | None = None) -> ProcedureCard:
    """A procedure in the version judged on a day.

    Raises:
        Trouble: the store knows no procedure of this code; a document's number is told to be one, else the nearest codes are named.
    """
    graph = graph_now(work.engine, work.settings)
    with work.engine.connect() as connection:
        versions = judged_versions(load_versions(connection, sightings(connection)), as_of, known_at)
        version = _version(versions, squeeze(code))
        cited = citations_by_code(connection, {version.procedure.code: version}).get(version.procedure.code, [])
    return _card(version.procedure, list(_bases(cited, graph, as_of, known_at)), as_of)


def _version(versions: dict[str, Version], code: str) -> Version:
    if code in versions:
        return versions[code]
    if parse_number(code):
        raise Trouble("procedure.is_document", code=code)
    raise unknown_procedure(code, versions)


def _card(one: Procedure, bases: list[BasisOfProcedure], as_of: date) -> ProcedureCard:
    return ProcedureCard(
        code=one.code,
        name=one.name,
        as_of=as_of,
        observed_on=one.observed_on,
        source=one.source,
        fields=list(one.fields),
        levels=list(one.levels),
        audience=list(one.audience),
        publisher=one.publisher,
        decision=one.decision.number if one.decision else None,
        decision_date=one.decision.issued_on if one.decision else None,
        state=one.state,
        place=list(one.executing),
        link=_link(one),
        durations=[DurationLine(**asdict(each)) for each in one.durations],
        fees=[FeeLine(**asdict(each)) for each in one.fees],
        forms=[FormLine(**asdict(each)) for each in one.forms],
        parts={part.value: text for part in Part if (text := one.parts.get(part))},
        missing=list(one.missing),
        legal_basis=bases,
    )


def _link(one: Procedure) -> LinkLine | None:
    """The publisher's page; an address that leaves the host out is on the publisher's own. Anything but the web is no link."""
    if not one.url:
        return None
    publisher = SOURCES.get(one.source)
    address = urljoin(publisher.base_url, one.url) if publisher else one.url
    parts = urlsplit(address)
    return LinkLine(url=address, host=parts.hostname) if parts.scheme in ("http", "https") and parts.hostname else None


def _bases(cited: Sequence[Citation], graph: ValidityGraph, as_of: date, known_at: date | None) -> Iterator[BasisOfProcedure]:
    """Each text of the legal basis once, with each article it is cited by; in the order of the text."""
    told: set[tuple[str, str | None]] = set()
    for one in cited:
        if one.part is not Part.LEGAL_BASIS:
            continue
        for provision in one.mention.provisions or (None,):
            identity = (one.resolution.key or one.mention.quote, provision)
            if identity not in told:
                told.add(identity)
                yield _basis(one, provision, graph, as_of, known_at)


def _basis(one: Citation, provision: str | None, graph: ValidityGraph, as_of: date, known_at: date | None) -> BasisOfProcedure:
    key = one.resolution.key
    if key is None:
        answer = one.resolution.non_answer
        said = answer.value if answer else Status.UNKNOWN_DOCUMENT.value
        return BasisOfProcedure(
            part=one.part.value, quote=one.mention.quote, type=one.mention.type, document=one.mention.number, title=None, provision=provision,
            status=said, reason=said, since=None, until=None, ended_by=[], clause=None, successors=[],
        )  # fmt: skip
    document, verdict = graph.document(key), graph.status(key, provision, as_of, known_at)
    return BasisOfProcedure(
        part=one.part.value,
        quote=one.mention.quote,
        type=document.type if document else None,
        document=document.id if document else key,
        title=document.title if document else None,
        provision=provision,
        status=verdict.status.value,
        reason=verdict.reason,
        since=_since(verdict, as_of),
        until=min((span.end for span in verdict.intervals if span.end and span.end > as_of), default=None),
        ended_by=ids(graph, verdict.ended_by),
        clause=_clause(graph, verdict),
        successors=ids(graph, verdict.successors),
    )


def _since(verdict: Verdict, as_of: date) -> date | None:
    """Since when the text has been as it is: the last day before `as_of` on which its force began or ended."""
    days = [day for span in verdict.intervals for day in (span.start, span.end) if day and day <= as_of]
    return max(days, default=None)


def _clause(graph: ValidityGraph, verdict: Verdict) -> ClauseLine | None:
    """The clause that ended or suspended the text; what is in force needs none."""
    if verdict.status not in (Status.EXPIRED, Status.SUSPENDED) or not verdict.evidence:
        return None
    one: Evidence = verdict.evidence[0]
    return ClauseLine(
        document=ids(graph, (one.document,))[0],
        provision=one.provision,
        quote=words.running(one.quote),
        tier=one.tier.value,
        lead=words.running(one.lead),
    )
