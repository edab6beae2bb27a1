"""The demo's gateway of the national database of legal documents: list by window of issue dates, detail, provision tree.

What it claims (badge, expiry date, relations) is a claim; one badge is wrong on purpose (24/2015/NĐ-CP), and one attached text is another document's (10/2022/NĐ-CP).
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date
from typing import Any

from cli.demo.demo_content import DemoArticle, DemoDocument, load, stable_id
from rasoat.vietnamese import fold

_ENVELOPE = {"success": True, "statusCode": 200, "message": "OK", "messageCode": "ok", "debugMessage": ""}
_STATUS = {"CHL": "Còn hiệu lực", "HHL": "Hết hiệu lực toàn bộ", "HHL1P": "Hết hiệu lực một phần", "CCHL": "Chưa có hiệu lực"}
_TYPE_CODES = {"Luật": "L", "Bộ luật": "BL", "Nghị định": "NĐ", "Nghị quyết": "NQ", "Quyết định": "QĐ", "Thông tư": "TT"}
_LIST_FIELDS = (
    "id", "title", "docAbs", "docNum", "docType", "issueDate", "effFrom", "effTo", "publicDate", "updatedDate", "effStatus",
    "documentMajors", "isNew", "documentRelatedList", "sourceDocumentId", "isLw",
)  # fmt: skip
_LARGEST_PAGE = 500
_UPDATED = "2026-11-20T08:00:00"


def documents() -> dict[str, DemoDocument]:
    """Gateway id → document, for all that the gateway holds."""
    return {one.gateway_id: one for one in load().documents if one.gateway}


def refused(code: int, message: str) -> dict[str, Any]:
    """The gateway's envelope of a refusal; an unknown id is 400 `invalid.document.entity.not.found`."""
    return {**_ENVELOPE, "success": False, "statusCode": code, "message": "", "messageCode": message, "data": None}


def page(asked: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """The answer to `doc/all`: (HTTP status, body). `pageNumber` asked is 1-based, the answer's is 0-based."""
    try:
        number, size = int(asked.get("pageNumber") or 1), int(asked.get("pageSize") or 10)
    except (TypeError, ValueError):
        number = size = 0
    if number < 1 or not 1 <= size <= _LARGEST_PAGE:
        return 400, refused(400, "bad.request")
    order = str(asked.get("sortBy") or "issueDate")
    if order not in ("issueDate", "viewCount"):
        return 500, refused(500, "error")
    rows = [row for row in map(row_of, documents().values()) if _wanted(row, asked)]
    field = "id" if order == "viewCount" else "issueDate"
    rows.sort(key=lambda row: (row[field] or "", row["id"]), reverse=str(asked.get("sortDirection") or "desc").lower() != "asc")
    items = rows[(number - 1) * size : number * size]
    data = {"current": number, "total": len(rows), "pageNumber": number - 1, "pageSize": size, "items": items}
    return 200, {**_ENVELOPE, "data": data, "total": 1}


def _wanted(row: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    since, until = str(asked.get("issueDateFrom") or "")[:10], str(asked.get("issueDateTo") or "")[:10]
    day = (row["issueDate"] or "")[:10]
    if (since and day < since) or (until and not (day and day <= until)):
        return False
    words = fold(str(asked.get("keyword") or ""))
    text = fold(f"{row['docNum']} {row['title']}")
    sought = [words] if asked.get("matchMode") == "exact_phrase" else words.split()
    return all(word in text for word in sought)


def row_of(document: DemoDocument) -> dict[str, Any]:
    """One row of the list: the fields the list shares with the detail."""
    full = _fields(document)
    return {name: full[name] for name in _LIST_FIELDS}


def detail(document: DemoDocument) -> dict[str, Any]:
    """The answer to `doc/{id}`."""
    return {**_ENVELOPE, "data": _fields(document), "total": 1}


def tree(document: DemoDocument | None) -> dict[str, Any]:
    """The answer to `doc/provision/tree/{id}`: the articles in order; empty where no text is held or the id is unknown."""
    rows = [_provision(document, index, one) for index, one in enumerate(document.articles, start=1)] if document else []
    envelope = {**_ENVELOPE, "message": "Lấy cây phân cấp provision thành công", "messageCode": "provision_tree_v2_success"}
    return {**envelope, "data": rows, "total": len(rows)}


def _provision(document: DemoDocument, index: int, article: DemoArticle) -> dict[str, Any]:
    key = stable_id("provision", document.gateway_id, article.no)
    lines = _lines(article)
    content = {"title": f"Điều {article.no}", "content": "<br>".join(lines)}
    common = {"key": key, "id": key, "title": lines[0], "ptype": "5", "level": "Article"}
    return {**common, "orderIndex": index, "isLeaf": True, "content": content}


def _lines(article: DemoArticle) -> list[str]:
    """ "Điều 5. Hiệu lực thi hành" and its paragraphs; an article without a name begins with its first paragraph."""
    if article.name:
        return [f"Điều {article.no}. {article.name}", *article.text]
    return [f"Điều {article.no}. {article.text[0]}", *article.text[1:]]


def _whole(document: DemoDocument) -> bool:
    """Whether the gateway holds the text itself; of others it has only some articles, in the provision tree."""
    numbers = [one.no for one in document.articles]
    return bool(numbers) and numbers == [str(at) for at in range(1, len(numbers) + 1)]


def _fields(document: DemoDocument) -> dict[str, Any]:
    claim = document.gateway
    status = claim.status if claim else "CHL"
    kind = {"id": stable_id("type", document.type), "name": document.type, "code": _TYPE_CODES.get(document.type, document.type)}
    body = {"id": document.gateway_id, "title": None, "content": _html(document)} if _whole(document) else None
    issue = {"id": stable_id("issue", document.gateway_id), "agencyId": stable_id("agency", document.issuer), "agencyName": document.issuer,
             "agencyNameEn": None, "personId": None, "personName": None, "jobTitleId": None, "jobTitleCode": None, "jobTitleName": None,
             "orderIndex": 1}  # fmt: skip
    return {
        "id": document.gateway_id, "docType": kind, "docNum": document.number, "title": _title(document), "docAbs": None,
        "issueDate": _moment(document.issued), "effFrom": _moment(document.effective), "effTo": _moment(claim.until if claim else None),
        "publicDate": None, "effStatus": {"id": stable_id("status", status), "name": _STATUS[status], "code": status}, "status": "Publish",
        "lang": "vi", "defaultLanguage": "VN", "updatedBy": None, "updatedDate": _UPDATED, "agencyName": document.issuer,
        "organization": None, "isLw": document.type in ("Luật", "Bộ luật"), "isNew": False, "sourceDocumentId": None,
        "documentContent": body, "documentContentEn": None, "documentContentFileName": None, "documentContentFileDocName": None,
        "documentIssues": [issue], "documentMajors": [], "documentFields": [], "documentRelatedList": [], "provisionTree": None,
        "references": [_reference(document, kind_, number) for kind_, number in document.relations], "isEffectAllDocument": False,
        "isOld": document.item is not None, "reviewStatus": "RV_DONE", "reviewed": True, "isTranslationDoc": False,
        "isConsolidatedDocument": False, "isConstitutionDocument": False,
        "isAdministrativeDocument": document.number.count("/") == 1, "viewCount": 0, "hasContent": bool(document.articles),
        "hasOriginalPdf": None, "hasAIProcessed": False, "hasClauseRelation": None,
    }  # fmt: skip


def _reference(document: DemoDocument, kind: int, number: str) -> dict[str, Any]:
    target = next((one for one in load().documents if one.number == number), None)
    shown = {
        "id": target.gateway_id if target else stable_id("document", number), "docType": None, "docNum": number,
        "title": _title(target) if target else number, "docAbs": None, "issueDate": _moment(target.issued if target else None),
        "effFrom": _moment(target.effective if target else None), "effTo": None, "status": "Publish",
    }  # fmt: skip
    return {"id": stable_id("reference", document.gateway_id, str(kind), number), "isRootDocument": False, "isConsolidatedDocument": None,
            "targetDocument": shown, "referenceProvisions": None, "referenceType": str(kind)}  # fmt: skip


def _title(document: DemoDocument) -> str:
    if document.type in ("Luật", "Bộ luật"):
        return f"{document.type} {document.title} số {document.number}"
    return f"{document.type} số {document.number} {document.title}"


def _moment(day: date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00" if day else None


def _html(document: DemoDocument) -> str:
    """The body as editors leave it: head table (body, number | motto, place and date), type, title, articles."""
    printed = document.head or document.number
    number = f"{document.type} số: {printed}" if document.type in ("Luật", "Bộ luật") else f"Số: {printed}"
    day = document.issued
    dated = f"{_place(document.issuer)}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}" if day else ""
    head = (
        '<table border="0" style="width: 100%;"><tr>'
        f"<td><p><strong>{html.escape(_body_name(document.issuer))}</strong></p><p>{html.escape(number)}</p></td>"
        "<td><p><strong>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</strong></p><p><strong>Độc lập - Tự do - Hạnh phúc</strong></p>"
        f"<p><em>{html.escape(dated)}</em></p></td></tr></table>"
    )
    title = f'<p style="text-align: center;"><strong>{document.type.upper()}</strong></p><p style="text-align: center;"><strong>{html.escape(document.title)}</strong></p>'
    lines = "".join(f"<p>{html.escape(line, quote=False)}</p>\n" for article in document.articles for line in _lines(article))
    return f"<html>\n <head></head>\n <body>\n{head}\n{title}\n{lines} </body>\n</html>"


def _body_name(issuer: str) -> str:
    return issuer.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân").upper()


def _place(issuer: str) -> str:
    for kind in ("tỉnh ", "thành phố "):
        if kind in issuer:
            return issuer.split(kind, 1)[1]
    return "Hà Nội"
