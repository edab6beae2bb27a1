"""Procedures and documents as linked data: schema.org, ELI and CPSV-AP, with terms of our own where these have none.

The context stands in every answer, so that nobody has to fetch one to read it; `/ns/context.jsonld` serves the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from queries.contract import BasisOfProcedure, ClauseLine, DurationLine, FeeLine, FormLine, ProcedureCard, Span
from queries.listed_lines import DocumentLine

Node = dict[str, Any]
Addressed = Callable[[str], str]  # an address of ours ("/tt/1.001193") as it is reached from outside

TERMS = {
    "announcedBy": "quyết định công bố thủ tục / the decision that announces a procedure",
    "assessedOn": "ngày xét: tình trạng là của ngày này / the day that a status is told of",
    "cannotTell": "vì sao chưa kết luận được / why there is no conclusion",
    "citedProvision": "điều khoản được viện dẫn / the provision that is cited",
    "endedBy": "văn bản chấm dứt hoặc làm ngưng hiệu lực / what ended or suspended a text",
    "endingClause": "điều khoản chấm dứt, nguyên văn / the clause that ended a text, verbatim",
    "processingWorkingDays": "thời hạn tính bằng ngày làm việc / time limit in working days",
    "quotedAs": "nguyên văn viện dẫn / a citation as it is printed",
    "statusWord": "tình trạng hiệu lực theo từ của chương trình / the status in this program's words",
    "suspended": "đang ngưng hiệu lực / out of force for a time",
    "tier": "điều khoản được đọc từ đâu: A văn bản gốc, B bản chép, C nhận dạng chữ / how near to the original a clause was read",
}
_PREFIXES = {
    "schema": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "adms": "http://www.w3.org/ns/adms#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_DAYS = (
    "schema:legislationDate", "schema:datePublished", "eli:date_document", "eli:first_date_entry_in_force", "eli:date_no_longer_in_force",
    "dct:modified", "vtx:assessedOn",
)  # fmt: skip
# What ELI and schema.org call a status; what is missing here has no word in either, and none is invented.
_IN_FORCE = {
    "in_force": ("eli:InForce-inForce", "schema:InForce"),
    "partly_in_force": ("eli:InForce-partiallyInForce", "schema:PartiallyInForce"),
    "not_yet": ("eli:InForce-notInForce", "schema:NotInForce"),
    "suspended": ("eli:InForce-notInForce", "schema:NotInForce"),
    "expired": ("eli:InForce-notInForce", "schema:NotInForce"),
}
_CURRENCY = "http://publications.europa.eu/resource/authority/currency/"
_ISO_DURATION = {"DAY": "P{}D", "MONTH": "P{}M", "HOUR": "PT{}H"}


def context(base: str) -> Node:
    """The prefixes, and which values are days; `vtx` are our own terms, below the address where we are reached."""
    days: Node = {name: {"@type": "xsd:date"} for name in _DAYS}
    return {**_PREFIXES, "vtx": f"{base}/ns#", **days}


def procedure_node(card: ProcedureCard, base: str, document_address: Addressed) -> Node:
    """A procedure as a public service whose legal bases carry their status on the day."""
    parts = card.parts
    return _without_nothing(
        {
            "@context": context(base),
            "@id": f"{base}/tt/{card.code}",
            "@type": ["cpsv:PublicService", "schema:GovernmentService"],
            "dct:identifier": card.code,
            "dct:title": _vi(card.name),
            "schema:name": _vi(card.name),
            "dct:description": _vi(parts.get("steps")),
            "cv:thematicArea": [_vi(one) for one in card.fields],
            "dct:audience": [_vi(one) for one in card.audience],
            "adms:status": card.state,
            "cv:hasCompetentAuthority": [_organisation(name) for name in card.place or filter(None, [card.publisher])],
            "schema:serviceOperator": [_organisation(name) for name in card.place],
            "cv:hasChannel": [{"@type": "cv:Channel", "dct:title": _vi(one)} for one in _methods(card)],
            "cpsv:hasInput": [_evidence(one) for one in card.forms],
            "cv:holdsRequirement": _described("cv:Requirement", parts.get("requirements")),
            "cpsv:produces": _described("cv:Output", parts.get("result")),
            "cv:processingTime": sorted({_iso(one) for one in card.durations if _iso(one)}),
            "vtx:processingWorkingDays": sorted(
                {_number(one.quantity) for one in card.durations if one.unit == "WORKING_DAY" and one.quantity}
            ),
            "cv:hasCost": [_cost(one) for one in card.fees],
            "cv:hasLegalResource": [_cited(one, base, card.as_of, document_address) for one in card.legal_basis],
            "schema:isBasedOn": [
                {"@id": address} for address in dict.fromkeys(document_address(one.document) for one in card.legal_basis if one.document)
            ],
            "vtx:announcedBy": _decision(card),
            "prov:wasDerivedFrom": {"@id": card.link.url} if card.link else None,
            "dct:modified": _day(card.observed_on),
            "vtx:assessedOn": _day(card.as_of),
        }
    )


def document_node(one: DocumentLine, intervals: Iterable[Span], base: str, document_address: Addressed) -> Node:
    """A document as legislation with its days of force, and the clause that ended it."""
    return _without_nothing(
        {
            "@context": context(base),
            "@id": document_address(one.document),
            "@type": ["eli:LegalResource", "schema:Legislation"],
            "eli:id_local": one.document,
            "eli:number": one.number,
            "schema:legislationIdentifier": one.number,
            "eli:type_document": one.type,
            "schema:legislationType": one.type,
            "eli:title": _vi(one.title),
            "schema:name": _vi(one.title),
            "eli:passed_by": one.issuer,
            "schema:legislationPassedBy": _organisation(one.issuer) if one.issuer else None,
            "eli:date_document": _day(one.issued_on),
            "schema:legislationDate": _day(one.issued_on),
            "eli:first_date_entry_in_force": _day(one.effective_on),
            **_force(one.status, list(intervals)),
            **_standing(one, base, document_address),
            "vtx:assessedOn": _day(one.as_of),
        }
    )


def _cited(one: BasisOfProcedure, base: str, day: date, document_address: Addressed) -> Node:
    """A legal basis: the document, or the provision of it, that is cited."""
    whole = document_address(one.document) if one.document and one.status not in ("unknown_document", "malformed") else None
    node: Node = {
        "@type": ["eli:LegalResourceSubdivision" if one.provision else "eli:LegalResource", "schema:Legislation"],
        "vtx:quotedAs": one.quote,
        "eli:id_local": one.document,
        "schema:legislationIdentifier": one.document,
        "schema:legislationType": one.type,
        "eli:title": _vi(one.title),
        "vtx:citedProvision": one.provision,
        "vtx:assessedOn": _day(day),
        **_force(
            one.status, [Span(from_=None, to=one.since)] if one.verdict == "dead" and one.since else [Span(from_=one.since, to=one.until)]
        ),
        **_standing(one, base, document_address),
    }
    if whole and one.provision:
        return {"@id": f"{whole}/{one.provision}", "eli:is_part_of": {"@id": whole}, **node}
    return {"@id": whole, **node}


def _force(status: str, intervals: list[Span]) -> Node:
    known = [one for one in intervals if one.from_ or one.to]
    ended = max((one.to for one in known if one.to), default=None)
    told = _IN_FORCE.get(status)
    return {
        "eli:in_force": {"@id": told[0]} if told else None,
        "schema:legislationLegalForce": {"@id": told[1]} if told else None,
        "schema:temporalCoverage": [f"{_day(one.from_) or '..'}/{_day(one.to) or '..'}" for one in known],
        "eli:date_no_longer_in_force": _day(ended),
        "vtx:suspended": True if status == "suspended" else None,
    }


def _standing(one: BasisOfProcedure | DocumentLine, base: str, document_address: Addressed) -> Node:
    ended = one.verdict == "dead"
    return {
        "vtx:statusWord": one.status,
        "vtx:cannotTell": one.reason if one.verdict == "cannot_tell" else None,
        "vtx:endedBy": [{"@id": document_address(name)} for name in one.ended_by],
        "eli:repealed_by": [{"@id": document_address(name)} for name in one.ended_by] if ended else [],
        "vtx:endingClause": _clause(one.clause, document_address) if one.clause else None,
    }


def _clause(one: ClauseLine, document_address: Addressed) -> Node:
    source = document_address(one.document)
    return {
        "@id": f"{source}/{one.provision}" if one.provision else None,
        "@type": "eli:LegalResourceSubdivision",
        "eli:is_part_of": {"@id": source},
        "schema:text": _vi(f"{one.lead} {one.quote}".strip()),
        "vtx:tier": one.tier,
    }


def _decision(card: ProcedureCard) -> Node | None:
    if card.decision is None:
        return None
    return {
        "@type": "schema:Legislation",
        "schema:legislationIdentifier": card.decision,
        "schema:legislationDate": _day(card.decision_date),
    }


def _methods(card: ProcedureCard) -> list[str]:
    told = [*(one.method for one in card.durations), *(one.method for one in card.fees)]
    return list(dict.fromkeys(filter(None, told)))


def _organisation(name: str) -> Node:
    return {"@type": ["cv:PublicOrganisation", "schema:GovernmentOrganization"], "dct:title": _vi(name), "schema:name": _vi(name)}


def _evidence(one: FormLine) -> Node:
    return {"@type": "cv:Evidence", "dct:title": _vi(one.name)}


def _cost(one: FeeLine) -> Node:
    return {
        "@type": "cv:Cost",
        "dct:title": _vi(one.kind),
        "cv:hasValue": _number(one.amount),
        "cv:currency": {"@id": f"{_CURRENCY}{one.currency}"} if one.currency and one.currency.isalpha() else None,
        "dct:description": _vi(one.description),
    }


def _described(kind: str, text: str | None) -> Node | None:
    return {"@type": kind, "dct:description": _vi(text)} if text else None


def _iso(one: DurationLine) -> str:
    quantity = _number(one.quantity)
    return _ISO_DURATION[one.unit].format(quantity) if quantity is not None and one.unit in _ISO_DURATION else ""


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and value == int(value) else value


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _vi(text: str | None) -> Node | None:
    return {"@value": text, "@language": "vi"} if text else None


def _without_nothing(value: Node) -> Node:
    """The same without what is not known: linked data says nothing by leaving it out."""
    return {name: kept for name, one in value.items() if not _is_nothing(kept := _kept(one))}


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_nothing(value)
    return [kept for one in value if not _is_nothing(kept := _kept(one))] if isinstance(value, list) else value


def _is_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})
