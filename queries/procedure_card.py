"""One procedure as a person needs it: what it takes, how long, how much, where, and each legal basis with its status on the day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from urllib.parse import urljoin, urlsplit

from extractors.sources.registry import SOURCES
from queries.asked import unknown_procedure
from queries.cited_provisions import bases_of
from queries.contract import BasisOfProcedure, DurationLine, FeeLine, FormLine, LinkLine, ProcedureCard
from rasoat.identity import parse_number
from rasoat.records import Part, Procedure
from rasoat.store.extracted import Version, load_versions, sightings
from rasoat.trouble import Trouble
from rasoat.vietnamese import squeeze
from rasoat.workspace import Workspace
from validators.derivation.judged_versions import citations_by_code, judged_versions
from validators.knowledge import graph_now


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
    return _card(version.procedure, *bases_of(version.procedure.parts, cited, graph, as_of, known_at), as_of)


def _version(versions: dict[str, Version], code: str) -> Version:
    if code in versions:
        return versions[code]
    if parse_number(code):
        raise Trouble("procedure.is_document", code=code)
    raise unknown_procedure(code, versions)


def _card(one: Procedure, bases: list[BasisOfProcedure], elsewhere: list[BasisOfProcedure], as_of: date) -> ProcedureCard:
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
        cited_elsewhere=elsewhere,
    )


def _link(one: Procedure) -> LinkLine | None:
    """The publisher's page; an address that leaves the host out is on the publisher's own. Anything but the web is no link."""
    if not one.url:
        return None
    publisher = SOURCES.get(one.source)
    address = urljoin(publisher.base_url, one.url) if publisher else one.url
    parts = urlsplit(address)
    return LinkLine(url=address, host=parts.hostname) if parts.scheme in ("http", "https") and parts.hostname else None
