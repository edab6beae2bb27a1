"""A procedure's detail on the national portal → the record with all parts of Nghị định 63/2010/NĐ-CP Điều 8 khoản 2.

The parts hold the portal's own texts, one statement a line, because quotes are cut from them. Labels between them
(ways to submit, units of time) are those the portal's pages print. A text stands in one part only, so that one
citation is not counted twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from extractors.sources.source import Json
from rasoat.records import Duration, Fee, Form, Origin, Part, Procedure, PublicationDecision, SourceRank
from rasoat.vietnamese import nfc, squeeze
from rasoat.words import DURATION_UNIT

_METHODS = {"DIRECT": "Trực tiếp", "ONLINE": "Trực tuyến", "POSTAL": "Dịch vụ bưu chính"}
_FEES = {"FEE": "Phí", "SERVICE_FEE": "Lệ phí", "PRICE_LEVEL": "Giá"}
_LEVELS = {"isMinistry": "Cấp bộ", "isProvince": "Cấp tỉnh", "isWard": "Cấp xã", "isVertical": "Ngành dọc", "isOtherAgency": "Cơ quan khác"}
_PAGE = "/thu-tuc-hanh-chinh/"
_A_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?")
_VIETNAM = timedelta(hours=7)


def procedure_of_row(item: Json, source: str, origin: Origin, observed_on: date) -> Procedure:
    """What a row of the list says; its detail is named as missing."""
    audience, executing = _texts(item.get("formalityTargetType")), _texts(item.get("departments"))
    parts = {Part.NAME: nfc(item["name"]).strip(), Part.AUDIENCE: "\n".join(audience), Part.AUTHORITY: "\n".join(executing)}
    return Procedure(
        code=item["code"].strip(),
        name=squeeze(item["name"]),
        source=source,
        source_rank=SourceRank.LIST_ROW,
        observed_on=observed_on,
        origin=origin,
        parts={part: text for part, text in parts.items() if text},
        fields=_texts(item.get("categories")),
        publisher=squeeze(item.get("departmentPromulgate") or "") or None,
        executing=executing,
        audience=audience,
        state=item.get("state"),
        url=_PAGE + item["id"] if item.get("id") else None,
        missing=("detail",),
    )


def procedure_of_detail(data: Json, source: str, origin: Origin, observed_on: date) -> Procedure:
    """Everything a detail says. Executing bodies are kept as names: their ids point at other provinces' bodies."""
    methods, cases = _list(data, "executionMethods"), _list(data, "executionCases")
    return Procedure(
        code=data["code"].strip(),
        name=squeeze(data["name"]),
        source=source,
        source_rank=SourceRank.NATIONAL_API,
        observed_on=observed_on,
        origin=origin,
        parts={part: nfc(text) for part, text in _parts(data, methods, cases).items() if text},
        decision=_decision(data.get("procedureProposal") or {}, data),
        levels=tuple(name for field, name in _LEVELS.items() if data.get(field)),
        fields=_names(data, "categoriesDetails"),
        publisher=squeeze(data.get("departmentPromulgateName") or "") or None,
        publisher_code=(data.get("departmentPromulgateCode") or "").strip() or None,
        executing=_executing(data),
        audience=_names(data, "subjectTypesDetails"),
        kind=data.get("formalityType") or None,
        state=data.get("state"),
        url=_PAGE + data["id"] if data.get("id") else None,
        fees=tuple(_fee(method, fee) for method in methods for fee in _list(method, "fees")),
        durations=tuple(_duration(method) for method in methods),
        forms=tuple(_forms(cases)),
        legal_basis=tuple((nfc(row.get("name") or ""), nfc(row.get("code") or "")) for row in _list(data, "legalBasisesDetails")),
    )


def _parts(data: Json, methods: list[Json], cases: list[Json]) -> dict[Part, str]:
    return {
        Part.NAME: data["name"].strip(),
        Part.STEPS: _lines(_titled(step.get("name"), step.get("description")) for step in _list(data, "executionSteps")),
        Part.METHODS: _lines(_titled(_method(method), method.get("description")) for method in methods),
        Part.DOSSIER: _lines(_case(case) for case in cases),
        Part.DURATION: _lines(f"{_method(method)}: {_time(method)}" for method in methods if _time(method)),
        Part.AUDIENCE: _lines(_names(data, "subjectTypesDetails")),
        Part.AUTHORITY: _authority(data),
        Part.FORMS: _lines(_form_line(component) for case in cases for component in _list(case, "profileComponents")),
        Part.RESULT: _lines(_names(data, "resultsDetails")),
        Part.REQUIREMENTS: (data.get("requirementsAndConditions") or "").strip(),
        Part.FEES: _lines(_fee_line(method, fee) for method in methods for fee in _list(method, "fees")),
        Part.LEGAL_BASIS: _lines(_basis_line(row) for row in _list(data, "legalBasisesDetails")),
    }


def _decision(proposal: Json, data: Json) -> PublicationDecision | None:
    number = nfc(proposal.get("proposalNumber") or data.get("decisionNo") or "").strip()
    if not number:
        return None
    issuer = squeeze((proposal.get("issuingAgency") or {}).get("name") or "") or None
    return PublicationDecision(number, _day(proposal.get("decisionDate")), issuer, _day(proposal.get("publicationDate")))


def _day(milliseconds: object) -> date | None:
    """A moment in milliseconds as a day in Vietnam (+07:00)."""
    if not isinstance(milliseconds, int | float) or not milliseconds:
        return None
    return (datetime.fromtimestamp(milliseconds / 1000, UTC) + _VIETNAM).date()


def _method(method: Json) -> str:
    value = method.get("submissionMethod") or ""
    return _METHODS.get(value, value)


def _time(method: Json) -> str:
    amount, unit = method.get("processingTime"), method.get("processingTimeUnit") or ""
    if amount is None or amount == "":
        return ""
    quantity = _quantity(amount)
    if quantity is None:
        return squeeze(str(amount))
    shown = amount.strip() if isinstance(amount, str) else f"{quantity:g}"
    return squeeze(f"{shown} {DURATION_UNIT.get(unit, unit)}")


def _duration(method: Json) -> Duration:
    amount = method.get("processingTime")
    quantity = _quantity(amount)
    words = amount if isinstance(amount, str) and quantity is None else method.get("description") or ""
    return Duration(_method(method), quantity, method.get("processingTimeUnit") or "", nfc(words).strip())


def _quantity(amount: object) -> float | None:
    """A time as a number, though it be typed as words ("1", "0,5"): its unit stands in a field of its own."""
    if isinstance(amount, str):
        return float(amount.strip().replace(",", ".")) if _A_NUMBER.fullmatch(amount.strip()) else None
    return float(amount) if isinstance(amount, int | float) and not isinstance(amount, bool) else None


def _fee(method: Json, fee: Json) -> Fee:
    value = fee.get("value")
    amount = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    kind = _FEES.get(fee.get("type") or "", fee.get("type") or "")
    return Fee(_method(method), kind, amount, fee.get("currencyName") or None, nfc(fee.get("description") or "").strip())


def _fee_line(method: Json, fee: Json) -> str:
    read = _fee(method, fee)
    amount = "" if read.amount is None else f"{read.amount:g}" if read.amount < 1000 else f"{read.amount:.0f}"
    return _titled(
        _titled(read.method, read.kind), squeeze(f"{amount} {read.currency or ''}") + (f" {read.description}" if read.description else "")
    )


def _case(case: Json) -> str:
    return _lines([(case.get("name") or "").strip(), *(_paper(component) for component in _list(case, "profileComponents"))])


def _paper(component: Json) -> str:
    name = (component.get("name") or "").strip()
    copies = f"{component.get('originalQty') or 0} bản chính, {component.get('copyQty') or 0} bản sao"
    return f"- {name} ({copies})" if name else ""


def _forms(cases: list[Json]) -> Iterable[Form]:
    for case in cases:
        for component in _list(case, "profileComponents"):
            name = squeeze(component.get("name") or "")
            originals, copies = component.get("originalQty"), component.get("copyQty")
            for file in _list(component, "attachments") or [{}]:
                yield Form(name, file.get("id") or None, originals, copies)


def _form_line(component: Json) -> str:
    return _lines((file.get("fileName") or "").strip() for file in _list(component, "attachments"))


def _basis_line(row: Json) -> str:
    """One row of the legal basis on one line: its name, a tab, its number."""
    name, number = squeeze(row.get("name") or ""), squeeze(row.get("code") or "")
    return f"{name}\t{number}" if name or number else ""


def _authority(data: Json) -> str:
    labelled = [
        ("Cơ quan thực hiện", _executing(data)),
        ("Cơ quan có thẩm quyền", _bodies(data, "Authority")),
        ("Cơ quan được ủy quyền", _bodies(data, "Authorized")),
        ("Cơ quan phối hợp", _bodies(data, "Coordinating")),
        ("Địa chỉ tiếp nhận hồ sơ", (nfc(data.get("dossierReceivingAddresses") or "").strip(),)),
    ]
    return _lines(_titled(label, ", ".join(names)) for label, names in labelled if any(names))


def _executing(data: Json) -> tuple[str, ...]:
    named = _bodies(data, "Executing")
    return named or tuple(one for one in [squeeze(data.get("executingAgencies") or "")] if one)


def _bodies(data: Json, which: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_names(data, f"departments{which}") + _names(data, f"unitGroups{which}")))


def _titled(title: str | None, text: str | None) -> str:
    title, text = (title or "").strip(), (text or "").strip()
    return f"{title.rstrip(':')}: {text}" if title and text else title or text


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _list(value: Json, name: str) -> list[Json]:
    found = value.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _names(data: Json, field: str) -> tuple[str, ...]:
    return tuple(name for one in _list(data, field) if (name := squeeze(one.get("name") or "")))


def _texts(values: object) -> tuple[str, ...]:
    return tuple(squeeze(str(one)) for one in values if one) if isinstance(values, list) else ()
