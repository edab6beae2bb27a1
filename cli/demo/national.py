"""The demo's national procedure portal: list with a cursor, detail, provinces, in the portal's own envelopes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from cli.demo.demo_content import load, stable_id

_LARGEST_PAGE = 200
_VIETNAM = timedelta(hours=7)  # the portal's dates are milliseconds at 00:00 of Việt Nam
_RECORDED = date(2026, 11, 20)
_NOTE = "Dữ liệu minh họa, không phải nội dung đang công bố"


def found(data: Any) -> dict[str, Any]:
    """The portal's envelope of an answer; its HTTP status is 201."""
    return {"code": "OK", "data": data, "message": "OK"}


def refused(code: str, message: str) -> dict[str, Any]:
    """The portal's envelope of a refusal."""
    return {"code": code, "data": None, "message": message}


def list_page(asked: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """One page of the list, newest id first: (HTTP status, body). `lastId` "" asks for the first page."""
    try:
        limit = int(asked.get("limit") or 50)
    except (TypeError, ValueError):
        limit = 0
    if not 1 <= limit <= _LARGEST_PAGE:
        return 400, refused("BAD_REQUEST", "limit")
    words, last = str(asked.get("q") or "").casefold(), str(asked.get("lastId") or "")
    items = [one for one in _items() if not words or words in one["name"].casefold() or words in one["code"].casefold()]
    rest = [one for one in items if not last or one["id"] < last]
    page = rest[:limit]
    return 201, found({"items": page, "lastId": page[-1]["id"] if len(rest) > len(page) else "", "total": len(items)})


def detail(asked: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """One procedure in full, or 404 for an id whose page is missing."""
    data = _details().get(str(asked.get("id")))
    return (201, found(data)) if data else (404, refused("NOT_FOUND", "formality not found"))


def provinces() -> dict[str, Any]:
    """The 34 provinces with their statistical codes."""
    rows = [{"id": stable_id("province", code), "name": name, "code": code, "state": "ACTIVE"} for code, name in load().provinces.items()]
    return found({"rows": rows})


@cache
def _items() -> list[dict[str, Any]]:
    rows = [_item(index, one) for index, one in enumerate(load().procedures)]
    return sorted(rows, key=lambda row: str(row["id"]), reverse=True)


@cache
def _details() -> dict[str, dict[str, Any]]:
    return {
        str(row["id"]): _detail(str(row["id"]), one)
        for row, one in ((_item(index, one), one) for index, one in enumerate(load().procedures))
        if one.get("detail", True)
    }


def _id(index: int, code: str) -> str:
    """Ids that grow with the file's order, as the portal's time-ordered UUIDs do."""
    return f"019f6f00-{index:04x}-7000-8000-{stable_id('procedure', code)[-12:]}"


def _item(index: int, one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": _id(index, one["code"]), "name": one["name"], "code": one["code"], "codeNotation": one["code"],
        "categories": [one["field"]], "categoryIds": [stable_id("category", one["field"])], "departments": list(one["executing"]),
        "departmentPromulgate": one["publisher"], "departmentPromulgateId": stable_id("department", one["publisher"]),
        "formalityTargetType": list(one["audience"]), "state": "UPDATED", "type": _kind(one),
    }  # fmt: skip


def _kind(one: Mapping[str, Any]) -> str:
    return "SPECIFIC" if one["publisher"].startswith("UBND") else "STANDARD"


def _detail(id_: str, one: Mapping[str, Any]) -> dict[str, Any]:
    levels, bodies = one["levels"], _departments(one["executing"])
    category = {"id": stable_id("category", one["field"]), "name": one["field"], "code": ""}
    basis = [{"id": stable_id("basis", number, name), "name": name, "code": number} for number, name in one.get("basis", ())]
    case = {"name": "", "profileComponents": [_component(paper) for paper in one.get("dossier", ())]}
    steps = [{"name": f"Bước {number}", "description": text} for number, text in enumerate(one.get("steps", ()), start=1)]
    return {
        "id": id_, "code": one["code"], "codeNotation": one["code"], "name": one["name"], "decisionNo": "", "description": "",
        "executionSteps": steps, "executionMethods": [_method(way) for way in one.get("methods", ())], "executionCases": [case],
        "formalityTargetType": list(one["audience"]), "formalityType": "ASSIGNED_REGULATION", "state": "UPDATED", "type": _kind(one),
        "isInternal": False, "isWard": "ward" in levels, "isProvince": "province" in levels, "isMinistry": "ministry" in levels,
        "isOtherAgency": False, "isVertical": False, "note": _NOTE, "keywords": "",
        "categoriesDetails": [category], "legalBasisesDetails": basis,
        "resultsDetails": [{"id": stable_id("result", name), "name": name, "code": ""} for name in one.get("results", ())],
        "subjectTypesDetails": [{"id": stable_id("subject", name), "name": name, "code": ""} for name in one["audience"]],
        "departmentsExecuting": bodies, "departmentsAuthority": bodies, "departmentsAuthorized": [], "departmentsCoordinating": [],
        "unitGroupsExecuting": [], "unitGroupsAuthority": [], "unitGroupsAuthorized": [], "unitGroupsCoordinating": [],
        "executingAgencies": ", ".join(one["executing"]), "dossierReceivingAddresses": "", "authorizedAgencies": "",
        "coordinatingAgencies": "", "requirementsAndConditions": "",
        "departmentPromulgateId": stable_id("department", one["publisher"]),
        "departmentPromulgateCode": load().publishers[one["publisher"]], "departmentPromulgateName": one["publisher"],
        "cases": [], "fees": [], "profileComponents": [], "createdAt": _milliseconds(_RECORDED), "updatedAt": _milliseconds(_RECORDED),
        "procedureProposal": _proposal(one),
    }  # fmt: skip


def _proposal(one: Mapping[str, Any]) -> dict[str, Any] | None:
    decision = one.get("decision")
    if not decision:
        return None
    day = decision.get("date")
    return {
        "id": stable_id("proposal", decision["number"], one["publisher"]), "proposalNumber": decision["number"],
        "decisionDate": _milliseconds(day) if day else None, "decisionNumber": None, "publicationDate": None,
        "issuingAgency": {"id": stable_id("department", one["publisher"]), "name": one["publisher"]}, "proposalType": "STANDARD",
    }  # fmt: skip


def _method(way: Mapping[str, Any]) -> dict[str, Any]:
    priced, note = "fee" in way, way.get("note", "")
    fees = [{"type": "FEE", "value": str(way["fee"]), "currencyId": stable_id("currency", "VND"), "currencyName": "Việt Nam Đồng",
             "attachment": None, "description": note}] if priced else []  # fmt: skip
    return {
        "submissionMethod": way["how"], "processingTime": str(way["time"]), "processingTimeUnit": way["unit"],
        "description": "" if priced else note, "fees": fees,
    }  # fmt: skip


def _component(paper: Mapping[str, Any]) -> dict[str, Any]:
    file = paper.get("form")
    attachments = [{"id": stable_id("file", file), "fileName": file, "bucketName": "public", "filePath": f"forms/{file}"}] if file else []
    return {
        "profileComponentId": stable_id("paper", paper["name"]), "name": paper["name"], "code": "",
        "originalQty": paper.get("originals", 1), "copyQty": paper.get("copies", 0), "required": True,
        "hasElectronicForm": bool(file), "isProcessingResult": False, "attachments": attachments,
    }  # fmt: skip


def _departments(names: list[str]) -> list[dict[str, str]]:
    return [{"id": stable_id("department", name), "name": name, "code": ""} for name in names]


def _milliseconds(day: date) -> int:
    return int((datetime(day.year, day.month, day.day, tzinfo=UTC) - _VIETNAM).timestamp() * 1000)
