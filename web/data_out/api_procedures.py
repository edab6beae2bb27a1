"""`/api/v1`: procedures, their legal bases, and search. Each address asks one query and shapes nothing anew."""

from __future__ import annotations

from fastapi import Response

from queries.contract import ProcedureCard
from queries.legal_facts import facts_after
from queries.open_lists import procedure_lines
from queries.procedure_card import procedure_card
from queries.searching import search_answer, sort_of
from web.asked_page import AskedNow, AskedPublication
from web.data_out.api_asked import api_router, asked_of, leads_to
from web.data_out.api_inputs import (
    After,
    AsOf,
    CodeGiven,
    Limit,
    Named,
    Ngay,
    PageGiven,
    SearchKind,
    SearchOrder,
    Text,
)
from web.data_out.api_shapes import (
    FactPages,
    ProcedurePage,
    SearchPage,
)

router = api_router()


@router.get("/search", summary="Tìm như người dân gõ / search as people type")
def search(
    asked: AskedNow,
    response: Response,
    q: Text,
    kind: SearchKind = "any",
    sort: SearchOrder = "relevance",
    page: PageGiven = 1,
    limit: Limit = 20,
) -> SearchPage:
    told = asked_of(asked, response, None, None)
    found = asked.store.search.page(q, kind, limit, page=page, sort=sort_of(sort))
    answer = search_answer(found)
    more = page * limit < answer.total and page < 100 and answer.hits
    return SearchPage(**dict(answer), next=told.next(page=page + 1) if more else None)


@router.get("/procedures", summary="Thủ tục theo mã / procedures by code", responses=leads_to(procedure="code=code"))
def procedures(
    asked: AskedPublication, response: Response, as_of: AsOf = None, ngay: Ngay = None, after: After = "", limit: Limit = 50
) -> ProcedurePage:
    told = asked_of(asked, response, as_of, ngay)
    found = procedure_lines(asked.moment.rows, told.day, after, limit)
    last = told.next(after=found[-1].code) if len(found) == limit else None
    return ProcedurePage(as_of=told.day, held_back=told.held_back, items=found, next=last)


@router.get("/procedures/{code}", summary="Một thủ tục, từng căn cứ với tình trạng / a procedure with the status of each legal basis")
def procedure(asked: AskedPublication, response: Response, code: CodeGiven, as_of: AsOf = None, ngay: Ngay = None) -> ProcedureCard:
    return procedure_card(asked.moment, code, asked_of(asked, response, as_of, ngay).day)


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
    told = asked_of(asked, response, as_of, ngay)
    found, last = facts_after(asked.moment.rows, told.day, after, procedures)
    kept = [one for one in found if verdict is None or one.verdict == verdict]
    return FactPages(as_of=told.day, held_back=told.held_back, items=kept, next=told.next(after=last) if last else None)
