"""`/api/v1`: documents and provisions on a day, who cites them, what ended and what will, and what nothing can be concluded of."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Response

from queries.contract import StatusAnswer
from queries.document_status import document_status
from queries.ending_soon import endings_ahead
from queries.judged_citations import unjudged_on
from queries.listed_lines import DocumentTimeline
from queries.new_endings import endings
from queries.open_lists import citing_lines, document_line, document_lines, document_timeline
from rasoat.store.published_lists import citing_number
from rasoat.trouble import Trouble
from web.asked_page import AskedPublication
from web.data_out.api_asked import SEVERAL, api_router, asked_of, leads_to
from web.data_out.api_inputs import (
    After,
    AsOf,
    Days,
    DocumentName,
    DocumentNumber,
    Limit,
    Named,
    Ngay,
    PageGiven,
    ProvisionGiven,
    ProvisionPath,
)
from web.data_out.api_shapes import (
    CitedByPage,
    DocumentAnswer,
    DocumentPage,
    EndedPage,
    EndingPage,
    UnjudgedPage,
)
from web.data_out.named_documents import document_named

router = api_router()


@router.get(
    "/documents",
    summary="Văn bản theo số, với tình trạng / documents with their status",
    responses=leads_to(document="name=document", timeline="name=document", cited_by="name=document"),
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
    told = asked_of(asked, response, as_of, ngay)
    found = document_lines(asked.moment.rows, told.day, after, limit, type)
    last = told.next(after=found[-1].document) if len(found) == limit else None
    return DocumentPage(as_of=told.day, held_back=told.held_back, items=found, next=last)


@router.get("/status", summary="Tình trạng theo số, kể cả “không trả lời được” / a status by number; every non-answer has a name")
def status(
    asked: AskedPublication,
    response: Response,
    number: DocumentNumber,
    provision: ProvisionGiven = None,
    issuer: Named = None,
    type: Named = None,
    as_of: AsOf = None,
    ngay: Ngay = None,
) -> StatusAnswer:
    told = asked_of(asked, response, as_of, ngay)
    question = {"number": number, "provision": provision, "issuer": issuer, "type": type}
    given = {name: value for name, value in question.items() if value}
    return document_status(lambda _: asked.moment.answers, {**given, "as_of": told.day.isoformat()}).line


@router.get(
    "/documents/{name:path}/provisions/{provision:path}", summary="Một điều khoản vào một ngày / a provision on a day", responses=SEVERAL
)
def provision(
    asked: AskedPublication, response: Response, name: DocumentName, provision: ProvisionPath, as_of: AsOf = None, ngay: Ngay = None
) -> StatusAnswer:
    day, found = asked_of(asked, response, as_of, ngay).day, document_named(asked.moment, name)
    return document_status(lambda _: asked.moment.answers, {"number": found.id, "provision": provision, "as_of": day.isoformat()}).line


@router.get("/documents/{name:path}/timeline", summary="Mọi quãng hiệu lực / every stretch of force", responses=SEVERAL)
def timeline(asked: AskedPublication, response: Response, name: DocumentName, provision: ProvisionGiven = None) -> DocumentTimeline:
    asked_of(asked, response, None, None)
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
) -> CitedByPage:
    """`after` is procedure, provision and part of the last line, with "|" between: as `next` gives it."""
    told, document = asked_of(asked, response, as_of, ngay), document_named(asked.moment, name)
    code, _, rest = after.partition("|")
    path, _, part = rest.partition("|")
    found = citing_lines(asked.moment.rows, document.key, told.day, (code, path, part) if after else None, limit)
    last = found[-1] if len(found) == limit else None
    return CitedByPage(
        as_of=told.day,
        held_back=told.held_back,
        document=document.id,
        procedures=citing_number(asked.moment.rows, document.key, told.day),
        items=found,
        next=told.next(after=f"{last.procedure}|{last.provision or ''}|{last.part}") if last else None,
    )


@router.get("/documents/{name:path}", summary="Một văn bản vào một ngày / a document on a day", responses=SEVERAL)
def document(asked: AskedPublication, response: Response, name: DocumentName, as_of: AsOf = None, ngay: Ngay = None) -> DocumentAnswer:
    day, found = asked_of(asked, response, as_of, ngay).day, document_named(asked.moment, name)
    line = document_line(asked.moment.answers, found.key, day)
    if line is None:
        raise Trouble("document.unknown", number=name)
    answer = document_status(lambda _: asked.moment.answers, {"number": found.id, "as_of": day.isoformat()}).line
    return DocumentAnswer(document=line, answer=answer, cited_by=citing_number(asked.moment.rows, found.key, day))


@router.get("/unjudged", summary="Văn bản được viện dẫn mà chưa đủ căn cứ kết luận / cited documents without a conclusion")
def unjudged(
    asked: AskedPublication, response: Response, as_of: AsOf = None, ngay: Ngay = None, page: PageGiven = 1, limit: Limit = 50
) -> UnjudgedPage:
    told = asked_of(asked, response, as_of, ngay)
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
    told = asked_of(asked, response, as_of, ngay)
    return EndedPage(as_of=told.day, held_back=told.held_back, days=days, items=endings(asked.moment.rows, told.day, days, limit))


@router.get("/expiring", summary="Sắp hết hiệu lực / what will end")
def expiring(
    asked: AskedPublication,
    response: Response,
    as_of: AsOf = None,
    ngay: Ngay = None,
    days: Days = 365,
    page: PageGiven = 1,
    limit: Limit = 50,
) -> EndingPage:
    told = asked_of(asked, response, as_of, ngay)
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
