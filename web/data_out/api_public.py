"""`/api/v1`: what stands behind the answers, what is public of findings, and what units show."""

from __future__ import annotations

from datetime import UTC

from fastapi import Request, Response

from queries.coverage_counts import CoverageBelow, coverage_below, coverage_overview, is_head
from queries.finding_filter import FindingFilter
from queries.judged_citations import judged_on
from queries.source_states import SourcesState, sources_state
from queries.told_findings import findings_told
from queries.unit_postings import UnitPostings, unit_postings
from rasoat.trouble import Trouble
from rasoat.units import country
from web.asked_page import AskedNow, AskedPublication, base_address
from web.data_out.api_asked import ROOT, SEVERAL, api_router, asked_of, leads_to
from web.data_out.api_inputs import (
    After,
    AsOf,
    Limit,
    Named,
    Ngay,
    PageGiven,
    UnitId,
)
from web.data_out.api_shapes import (
    CoverageAnswer,
    FindingFactPage,
    ServiceAnswer,
    SourceAge,
    UnitLine,
    UnitPage,
)
from web.data_out.named_documents import document_named

router = api_router()


@router.get("", summary="Điều đứng sau mọi câu trả lời / what stands behind every answer")
def service(request: Request, asked: AskedPublication, response: Response) -> ServiceAnswer:
    told = asked_of(asked, response, None, None)
    stands, base = asked.moment.publication, base_address(request)
    return ServiceAnswer(
        publication=stands.number,
        published_at=stands.at.replace(tzinfo=UTC) if stands.at else None,
        as_of=told.day,
        held_back=told.held_back,
        sources=[SourceAge(source=name, observed_on=day) for name, day in asked.frame.sources],
        public_findings=asked.settings.web_public_findings,
        begin_at=[f"{base}{ROOT}/{name}" for name in ("search", "procedures", "documents", "legal-bases", "findings", "unjudged", "ended", "expiring", "units", "coverage", "sources")],
    )  # fmt: skip


@router.get("/findings", summary="Điều công khai của phát hiện / what is public of findings", responses=SEVERAL)
def findings(
    asked: AskedNow,
    response: Response,
    as_of: AsOf = None,
    ngay: Ngay = None,
    procedure: Named = None,
    document: Named = None,
    page: PageGiven = 1,
    limit: Limit = 50,
) -> FindingFactPage:
    """Facts that a clause proves; `finding` (severity, responsible body, action) only where the office lets it be read."""
    told = asked_of(asked, response, as_of, ngay)
    rows = asked.moment.rows
    wanted = FindingFilter(subject=procedure or None, document=document_named(asked.moment, document).id if document else None)
    found = findings_told(rows, told.day, asked.settings.web_public_findings, wanted, page, limit)
    more = found.more and page < 100
    return FindingFactPage(
        as_of=told.day,
        held_back=told.held_back,
        judged=judged_on(rows.connection, rows.publication, told.day, FindingFilter()),
        items=found.lines,
        next=told.next(page=page + 1) if more else None,
    )


@router.get("/units", summary="Đơn vị / units of the State", responses=leads_to(postings="unit=unit"))
def units(asked: AskedPublication, response: Response, after: After = "", limit: Limit = 100) -> UnitPage:
    told = asked_of(asked, response, None, None)
    known = sorted((one for one in country() if one.id > after), key=lambda one: one.id)[: limit + 1]
    items = [UnitLine(unit=one.id, name=country().name(one.id), kind=one.kind.value, parent=one.parent) for one in known[:limit]]
    return UnitPage(
        as_of=told.day, held_back=told.held_back, items=items, next=told.next(after=items[-1].unit) if len(known) > limit else None
    )


@router.get("/units/{unit:path}/postings", summary="Một đơn vị phải công khai gì, đã thấy gì / what a unit must post and what was seen")
def postings(
    asked: AskedPublication,
    response: Response,
    unit: UnitId,
    as_of: AsOf = None,
    ngay: Ngay = None,
    page: PageGiven = 1,
    limit: Limit = 50,
) -> UnitPostings:
    day = asked_of(asked, response, as_of, ngay).day
    _known_unit(unit)
    found = unit_postings(asked.moment, day, unit, limit=limit, offset=(page - 1) * limit)
    if found is None:
        raise Trouble("coverage.unpublished", day=day.isoformat())
    return found if asked.settings.web_public_findings == "all" else _without_findings(found)


@router.get("/coverage", summary="Công khai thủ tục: toàn quốc, tỉnh, bộ / how much is public: country, provinces, ministries")
def coverage(asked: AskedPublication, response: Response, as_of: AsOf = None, ngay: Ngay = None, unit: Named = None) -> CoverageAnswer:
    """With `unit`, a province or ministry: that one and the units below it."""
    day = asked_of(asked, response, as_of, ngay).day
    if not unit:
        found = coverage_overview(asked.moment, day)
        if found is None:
            raise Trouble("coverage.unpublished", day=day.isoformat())
        return CoverageAnswer(as_of=day, head=found.country, below=[*found.provinces, *found.ministries])
    _known_unit(unit)
    below: CoverageBelow | None = coverage_below(asked.moment, day, unit) if is_head(unit) else None
    if below is None:
        raise Trouble("coverage.unpublished", day=day.isoformat())
    return CoverageAnswer(as_of=day, head=below.head, below=below.below)


@router.get("/sources", summary="Nguồn dữ liệu và cổng chất lượng / the sources and the quality gate")
def sources(asked: AskedNow, response: Response) -> SourcesState:
    asked_of(asked, response, None, None)
    return sources_state(asked.moment)


def _known_unit(unit: str) -> None:
    if unit not in country():
        raise Trouble("unit.unknown", name=unit)


def _without_findings(found: UnitPostings) -> UnitPostings:
    """What was seen, without the rule that makes something of it."""
    hidden = {"finding": None, "rule": None}
    told = [
        one.model_copy(update={"postings": [posting.model_copy(update=hidden) for posting in one.postings]}) for one in found.procedures
    ]
    return found.model_copy(update={"procedures": told})
