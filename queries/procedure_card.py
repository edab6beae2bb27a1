"""One procedure as a person needs it: what it takes, how long, how much, where, and each legal basis with its status on the day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from urllib.parse import urlsplit

from queries.answers_known import answers_known
from queries.cited_provisions import bases_of
from queries.contract import BasisOfProcedure, DurationLine, FeeLine, FormLine, LinkLine, ProcedureCard
from queries.nearest import unknown_procedure
from queries.publishers_page import page_address
from rasoat.identity import parse_number
from rasoat.records import Citation, Part, Procedure
from rasoat.store.extracted import Version, load_version, load_versions, sightings
from rasoat.store.published_timelines import PublishedRows, citations_of
from rasoat.trouble import Trouble
from rasoat.vietnamese import squeeze
from rasoat.workspace import Workspace
from validators.derivation.judged_versions import citations_by_code, dated, judged_versions


def procedure_card(work: Workspace, code: str, as_of: date, known_at: date | None = None) -> ProcedureCard:
    """A procedure in the version judged on a day.

    Raises:
        Trouble: the store knows no procedure of this code; a document's number is told to be one, else the nearest codes are named.
    """
    wanted = squeeze(code)
    with answers_known(work) as (rows, answers):
        version, cited = _published(rows, wanted, as_of) if known_at is None else _as_known(rows, wanted, as_of, known_at)
        known = answers(known_at)
        card = _card(version.procedure, *bases_of(version.procedure.parts, cited, known, as_of), as_of)
        return card.model_copy(update={"held_back": known.held_back}) if known.held_back else card


def _published(rows: PublishedRows, code: str, as_of: date) -> tuple[Version, list[Citation]]:
    """The version judged on a day as it is published, and what it cites."""
    judged = rows.procedure(code, as_of)
    version = load_version(rows.connection, judged.piece, judged.position) if judged else None
    if judged is None or version is None:
        raise _unknown(code, rows.codes())
    return dated(version, as_of), citations_of(judged)


def _as_known(rows: PublishedRows, code: str, as_of: date, known_at: date) -> tuple[Version, list[Citation]]:
    """The same as known on an earlier day, from all that is stored."""
    versions = judged_versions(load_versions(rows.connection, sightings(rows.connection)), as_of, known_at)
    if code not in versions:
        raise _unknown(code, versions)
    return versions[code], citations_by_code(rows.connection, {code: versions[code]}).get(code, [])


def _unknown(code: str, known: Collection[str]) -> Trouble:
    return Trouble("procedure.is_document", code=code) if parse_number(code) else unknown_procedure(code, known)


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
    """The publisher's page."""
    address = page_address(one.source, one.url)
    return LinkLine(url=address, host=urlsplit(address).hostname or "") if address else None
