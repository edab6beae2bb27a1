"""`/api/v1`: the questions of the pages with their answers as JSON. Each address asks one query and shapes nothing anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from queries.contract import ProcedureCard, StatusAnswer
from queries.coverage_counts import CoverageBelow, coverage_below, coverage_overview, is_head
from queries.document_status import document_status
from queries.ending_soon import endings_ahead
from queries.finding_filter import FindingFilter
from queries.judged_citations import judged_on, unjudged_on
from queries.legal_facts import facts_after
from queries.listed_lines import DocumentTimeline
from queries.new_endings import endings
from queries.open_lists import citing_lines, document_line, document_lines, document_timeline, procedure_lines
from queries.procedure_card import procedure_card
from queries.searching import search_answer, sort_of
from queries.source_states import SourcesState, sources_state
from queries.told_findings import findings_told
from queries.unit_postings import UnitPostings, unit_postings
from rasoat.store.published_lists import citing_number
from rasoat.trouble import Trouble
from rasoat.units import country
from web.asked_page import AskedNow, AskedPage, AskedPublication, base_address
from web.data_out.api_inputs import (
    After,
    AsOf,
    Code,
    Days,
    DocumentName,
    DocumentNumber,
    Limit,
    Named,
    Ngay,
    PageNumber,
    ProvisionAsked,
    ProvisionPath,
    SearchKind,
    SearchOrder,
    Text,
    UnitId,
)
from web.data_out.api_shapes import (
    CitingPage,
    CoverageAnswer,
    DocumentAnswer,
    DocumentChoices,
    DocumentPage,
    EndedPage,
    EndingPage,
    FactPages,
    FindingFactPage,
    ProcedurePage,
    Refusal,
    SearchPage,
    ServiceAnswer,
    SourceAge,
    UnitLine,
    UnitPage,
    UnjudgedPage,
)
from web.data_out.named_documents import document_named

ROOT = "/api/v1"
REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "Câu hỏi không trả lời được như đã hỏi / not a question as it stands"},
    404: {"model": Refusal, "description": "Không có điều được hỏi / nothing of this name is published"},
    422: {"model": Refusal, "description": "Câu hỏi không đọc được / the question cannot be read"},
    429: {"model": Refusal, "description": "Hỏi quá nhiều, xem Retry-After / too many requests"},
    503: {"model": Refusal, "description": "Chưa có gì để trả lời / nothing is published yet, or a service does not answer"},
}
SEVERAL: dict[int | str, dict[str, Any]] = {
    300: {"model": DocumentChoices, "description": "Nhiều văn bản cùng số / several documents bear this number"},
}


def _leads_to(**operations: str) -> dict[int | str, dict[str, Any]]:
    """Where a line of a list leads: operation → which field of the line names the thing it asks about, as "parameter=field"."""
    links = {}
    for operation, told in operations.items():
        parameter, _, field = told.partition("=")
        links[operation] = {"operationId": operation, "parameters": {parameter: f"$response.body#/items/0/{field}"}}
    return {200: {"links": links}}


def _named_so(route: APIRoute) -> str:
    return route.name


router = APIRouter(prefix=ROOT, responses=REFUSALS, generate_unique_id_function=_named_so)


@dataclass(frozen=True, slots=True)
class ApiAsked:
    """One question: the request's moment, the day it is about, and how the page after this one is addressed."""

    asked: AskedPage
    day: date

    @property
    def held_back(self) -> str | None:
        return self.asked.moment.publication.held_back

    def next(self, **changed: object) -> str:
        """The same question with what makes it the next page: a whole address."""
        request = self.asked.request
        kept = {name: value for name, value in request.query_params.multi_items() if name not in changed and name != "ngay"}
        query = {"as_of": self.day.isoformat(), **kept, **{name: str(value) for name, value in changed.items()}}
        return f"{base_address(request)}{quote(request.scope['path'])}?{urlencode(query)}"


def _of(asked: AskedPage, response: Response, as_of: date | None, ngay: date | None) -> ApiAsked:
    """The day asked about; a program that holds the answer already is told so before it is made."""
    if asked.etag:
        response.headers["ETag"] = asked.etag
        response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    else:
        response.headers["Cache-Control"] = "no-store"
    return ApiAsked(asked, as_of or ngay or asked.day)


@router.get("", summary="Điều đứng sau mọi câu trả lời / what stands behind every answer")
def service(request: Request, asked: AskedPublication, response: Response) -> ServiceAnswer:
    told = _of(asked, response, None, None)
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


@router.get("/search", summary="Tìm như người dân gõ / search as people type")
def search(
    asked: AskedNow,
    response: Response,
    q: Text,
    kind: SearchKind = "any",
    sort: SearchOrder = "relevance",
    page: PageNumber = 1,
    limit: Limit = 20,
) -> SearchPage:
    told = _of(asked, response, None, None)
    found = asked.store.search.page(q, kind, limit, page=page, sort=sort_of(sort))
    answer = search_answer(found)
    more = page * limit < answer.total and page < 100 and answer.hits
    return SearchPage(**dict(answer), next=told.next(page=page + 1) if more else None)


@router.get("/procedures", summary="Thủ tục theo mã / procedures by code", responses=_leads_to(procedure="code=code"))
def procedures(
    asked: AskedPublication, response: Response, as_of: AsOf = None, ngay: Ngay = None, after: After = "", limit: Limit = 50
) -> ProcedurePage:
    told = _of(asked, response, as_of, ngay)
    found = procedure_lines(asked.moment.rows, told.day, after, limit)
    last = told.next(after=found[-1].code) if len(found) == limit else None
    return ProcedurePage(as_of=told.day, held_back=told.held_back, items=found, next=last)


@router.get("/procedures/{code}", summary="Một thủ tục, từng căn cứ với tình trạng / a procedure with the status of each legal basis")
def procedure(asked: AskedPublication, response: Response, code: Code, as_of: AsOf = None, ngay: Ngay = None) -> ProcedureCard:
    return procedure_card(asked.moment, code, _of(asked, response, as_of, ngay).day)


@router.get("/legal-bases", summary="Căn cứ của từng thủ tục, với điều khoản chấm dứt / each legal basis with the clause that ended it")
def legal_bases(
    asked: AskedPublication,
    response: Response,
    as_of: AsOf = None,
    ngay: Ngay = None,
    verdict: Named = None,
    after: After = "",
    procedures: Limit = 20,
) -> FactPages:
    """`verdict` keeps the lines of one conclusion: alive, partly, dead, not_yet, suspended, no_such_provision, other_heading, cannot_tell."""
    told = _of(asked, response, as_of, ngay)
    found, last = facts_after(asked.moment.rows, told.day, after, procedures)
    kept = [one for one in found if verdict is None or one.verdict == verdict]
    return FactPages(as_of=told.day, held_back=told.held_back, items=kept, next=told.next(after=last) if last else None)


@router.get(
    "/documents",
    summary="Văn bản theo số, với tình trạng / documents with their status",
    responses=_leads_to(document="name=document", timeline="name=document", cited_by="name=document"),
)
def documents(
    asked: AskedPublication,
    response: Response,
    as_of: AsOf = None,
    ngay: Ngay = None,
    type: Named = None,
    after: After = "",
    limit: Limit = 50,
) -> DocumentPage:
    told = _of(asked, response, as_of, ngay)
    found = document_lines(asked.moment.rows, told.day, after, limit, type)
    last = told.next(after=found[-1].document) if len(found) == limit else None
    return DocumentPage(as_of=told.day, held_back=told.held_back, items=found, next=last)


@router.get("/status", summary="Tình trạng theo số, kể cả “không trả lời được” / a status by number; every non-answer has a name")
def status(
    asked: AskedPublication,
    response: Response,
    number: DocumentNumber,
    provision: ProvisionAsked = None,
    issuer: Named = None,
    type: Named = None,
    as_of: AsOf = None,
    ngay: Ngay = None,
) -> StatusAnswer:
    told = _of(asked, response, as_of, ngay)
    question = {"number": number, "provision": provision, "issuer": issuer, "type": type}
    given = {name: value for name, value in question.items() if value}
    return document_status(lambda _: asked.moment.answers, {**given, "as_of": told.day.isoformat()}).line


@router.get(
    "/documents/{name:path}/provisions/{provision:path}", summary="Một điều khoản vào một ngày / a provision on a day", responses=SEVERAL
)
def provision(
    asked: AskedPublication, response: Response, name: DocumentName, provision: ProvisionPath, as_of: AsOf = None, ngay: Ngay = None
) -> StatusAnswer:
    day, found = _of(asked, response, as_of, ngay).day, document_named(asked.moment, name)
    return document_status(lambda _: asked.moment.answers, {"number": found.id, "provision": provision, "as_of": day.isoformat()}).line


@router.get("/documents/{name:path}/timeline", summary="Mọi quãng hiệu lực / every stretch of force", responses=SEVERAL)
def timeline(asked: AskedPublication, response: Response, name: DocumentName, provision: ProvisionAsked = None) -> DocumentTimeline:
    _of(asked, response, None, None)
    return document_timeline(asked.moment.answers, document_named(asked.moment, name).key, provision or None)


@router.get("/documents/{name:path}/cited-by", summary="Thủ tục nào viện dẫn / which procedures cite it", responses=SEVERAL)
def cited_by(
    asked: AskedPublication,
    response: Response,
    name: DocumentName,
    as_of: AsOf = None,
    ngay: Ngay = None,
    after: After = "",
    limit: Limit = 50,
) -> CitingPage:
    """`after` is procedure, provision and part of the last line, with "|" between: as `next` gives it."""
    told, document = _of(asked, response, as_of, ngay), document_named(asked.moment, name)
    code, _, rest = after.partition("|")
    path, _, part = rest.partition("|")
    found = citing_lines(asked.moment.rows, document.key, told.day, (code, path, part) if after else None, limit)
    last = found[-1] if len(found) == limit else None
    return CitingPage(
        as_of=told.day,
        held_back=told.held_back,
        document=document.id,
        procedures=citing_number(asked.moment.rows, document.key, told.day),
        items=found,
        next=told.next(after=f"{last.procedure}|{last.provision or ''}|{last.part}") if last else None,
    )


@router.get("/documents/{name:path}", summary="Một văn bản vào một ngày / a document on a day", responses=SEVERAL)
def document(asked: AskedPublication, response: Response, name: DocumentName, as_of: AsOf = None, ngay: Ngay = None) -> DocumentAnswer:
    day, found = _of(asked, response, as_of, ngay).day, document_named(asked.moment, name)
    line = document_line(asked.moment.answers, found.key, day)
    if line is None:
        raise Trouble("document.unknown", number=name)
    answer = document_status(lambda _: asked.moment.answers, {"number": found.id, "as_of": day.isoformat()}).line
    return DocumentAnswer(document=line, answer=answer, cited_by=citing_number(asked.moment.rows, found.key, day))


@router.get("/findings", summary="Điều công khai của phát hiện / what is public of findings", responses=SEVERAL)
def findings(
    asked: AskedNow,
    response: Response,
    as_of: AsOf = None,
    ngay: Ngay = None,
    procedure: Named = None,
    document: Named = None,
    page: PageNumber = 1,
    limit: Limit = 50,
) -> FindingFactPage:
    """Facts that a clause proves; `finding` (severity, responsible body, action) only where the office lets it be read."""
    told = _of(asked, response, as_of, ngay)
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


@router.get("/unjudged", summary="Văn bản được viện dẫn mà chưa đủ căn cứ kết luận / cited documents without a conclusion")
def unjudged(
    asked: AskedPublication, response: Response, as_of: AsOf = None, ngay: Ngay = None, page: PageNumber = 1, limit: Limit = 50
) -> UnjudgedPage:
    told = _of(asked, response, as_of, ngay)
    found = unjudged_on(asked.moment, told.day)
    items, more = found.lines[(page - 1) * limit :][:limit], len(found.lines) > page * limit and page < 100
    return UnjudgedPage(
        as_of=told.day,
        held_back=told.held_back,
        judged=found.judged,
        total=len(found.lines),
        items=items,
        next=told.next(page=page + 1) if more else None,
    )


@router.get("/ended", summary="Vừa hết hiệu lực / what ended lately")
def ended(
    asked: AskedPublication, response: Response, as_of: AsOf = None, ngay: Ngay = None, days: Days = 90, limit: Limit = 50
) -> EndedPage:
    told = _of(asked, response, as_of, ngay)
    return EndedPage(as_of=told.day, held_back=told.held_back, days=days, items=endings(asked.moment.rows, told.day, days, limit))


@router.get("/expiring", summary="Sắp hết hiệu lực / what will end")
def expiring(
    asked: AskedPublication,
    response: Response,
    as_of: AsOf = None,
    ngay: Ngay = None,
    days: Days = 365,
    page: PageNumber = 1,
    limit: Limit = 50,
) -> EndingPage:
    told = _of(asked, response, as_of, ngay)
    found = endings_ahead(asked.moment, told.day, timedelta(days=days))
    items, more = found.endings[(page - 1) * limit :][:limit], len(found.endings) > page * limit and page < 100
    return EndingPage(
        as_of=told.day,
        held_back=told.held_back,
        until=found.until,
        total=len(found.endings),
        items=items,
        next=told.next(page=page + 1) if more else None,
    )


@router.get("/units", summary="Đơn vị / units of the State", responses=_leads_to(postings="unit=unit"))
def units(asked: AskedPublication, response: Response, after: After = "", limit: Limit = 100) -> UnitPage:
    told = _of(asked, response, None, None)
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
    page: PageNumber = 1,
    limit: Limit = 50,
) -> UnitPostings:
    day = _of(asked, response, as_of, ngay).day
    _known_unit(unit)
    found = unit_postings(asked.moment, day, unit, limit=limit, offset=(page - 1) * limit)
    if found is None:
        raise Trouble("coverage.unpublished", day=day.isoformat())
    return found if asked.settings.web_public_findings == "all" else _without_findings(found)


@router.get("/coverage", summary="Công khai thủ tục: toàn quốc, tỉnh, bộ / how much is public: country, provinces, ministries")
def coverage(asked: AskedPublication, response: Response, as_of: AsOf = None, ngay: Ngay = None, unit: Named = None) -> CoverageAnswer:
    """With `unit`, a province or ministry: that one and the units below it."""
    day = _of(asked, response, as_of, ngay).day
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
    _of(asked, response, None, None)
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
