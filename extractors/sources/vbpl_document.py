"""What the gateway says of one document → an observation, and its articles where it holds the text.

A text whose head names another number or date than its record, or no number at all, is quarantined: no article is taken
from it, because a clause read there would be laid at the wrong document's door.
"""

from __future__ import annotations

import re
from datetime import date

import orjson

from extractors.formats.articles import split_articles
from extractors.formats.extracted_text import UnreadableError
from extractors.formats.html import html_text
from extractors.sources.publisher_fields import DOCUMENT, PROVISION, fitted, left_out
from extractors.sources.source import Json, Parsed, Refused
from rasoat.identity import canonical_number, document_key, type_of
from rasoat.records import Article, KnownFrom, Observation, Origin, Tier
from rasoat.vietnamese import nfc, squeeze

# referenceType: the type of the target, compared with the site by one public project; only 3 is confirmed by a recorded answer.
_RELATIONS = {
    1: "Văn bản bị bãi bỏ", 2: "Văn bản được công bố", 3: "Căn cứ ban hành", 4: "Văn bản được dẫn chiếu", 5: "Văn bản bị đình chỉ thi hành",
    6: "Văn bản được đính chính", 7: "Văn bản được hợp nhất", 8: "Văn bản được hướng dẫn áp dụng", 9: "Văn bản được quy định chi tiết",
    10: "Văn bản được sửa đổi bổ sung", 11: "Văn bản bị tạm ngưng hiệu lực", 12: "Văn bản được thay thế", 14: "Văn bản được giải thích",
}  # fmt: skip
_CONFIRMED = 3
_HEAD = 2500  # characters within which a text's own number and date stand
_OWN_NUMBER = re.compile(r"(?im)^[^\n]{0,60}?\bSố\s*:?\s*(\d[^\s;,]*(?: ?[-–/] ?[A-ZĐ][^\s;,]*)*)|\bLuật số\s*:\s*(\S+)")
_OWN_DATE = re.compile(r"(?i)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")


def key_of(data: Json) -> str | None:
    """The document's key by a row or detail, or None where it names no single document."""
    number = canonical_number(data.get("docNum") or "")
    return document_key(_type(data, number), number, _issuer(data), _day(data.get("issueDate"))) if number else None


_TREE_ARTICLE = re.compile(r"Điều\s+(?P<number>\d+[a-zđ]?)\s*[.:]?\s*")


def parse_row(body: bytes, source: str, origin: Origin, observed_on: date) -> Parsed:
    """A row of the list. It does not say whose a local act is: only its detail can be loaded."""
    parsed = Parsed()
    data = _fields(orjson.loads(body), parsed, origin)
    _observe(parsed, data, source, origin, observed_on, KnownFrom.OFFICIAL)
    return parsed


def parse_detail(body: bytes, source: str, origin: Origin, observed_on: date) -> Parsed:
    """A detail: the observation with its claims, and the articles of its text."""
    parsed = Parsed()
    data = _fields(orjson.loads(body)["data"], parsed, origin)
    markup = (data.get("documentContent") or {}).get("content") or ""
    key = _observe(parsed, data, source, origin, observed_on, KnownFrom.TEXT if markup else KnownFrom.OFFICIAL)
    if not key or not markup.strip():
        return parsed
    try:
        text = nfc(html_text(markup))
    except UnreadableError as error:
        parsed.refused.append(Refused(origin.place, f"{error}"))
        return parsed
    wrong = _head_trouble(text, data)
    if wrong:
        parsed.refused.append(Refused(origin.place, wrong))
        return parsed
    _articles(parsed, text, key, source, origin, observed_on)
    if not parsed.articles:
        parsed.refused.append(Refused(origin.place, "toàn văn không có điều nào / a text without articles of its own"))
    return parsed


def parse_tree(body: bytes, source: str, origin: Origin, observed_on: date) -> Parsed:
    """A provision tree; the first line of `body` is the key of the document it was asked for."""
    key, answer = body.split(b"\n", 1)
    parsed, rows = Parsed(), orjson.loads(answer)["data"]
    if not rows:
        parsed.declared_empty.append(origin.place)
        return parsed
    for order, row in enumerate(rows, 1):
        text = _provision(row, f"{origin.place}[{order - 1}]", parsed)
        if found := _TREE_ARTICLE.match(text):
            path = f"dieu-{found['number'].lower()}"
            first, _, rest = text[found.end() :].partition("\n")
            place = Origin(origin.capture, f"{origin.place} {path}")
            # A one-line article has no heading: its sentence is its text.
            heading, said = (first.strip(), rest.strip()) if rest.strip() else ("", first.strip())
            parsed.articles.append(Article(key.decode(), path, heading, said, source, observed_on, Tier.A, place, order=order))
    if not parsed.articles:
        parsed.refused.append(Refused(origin.place, "cây điều khoản không có điều nào / a tree without articles"))
    return parsed


def _provision(row: object, place: str, parsed: Parsed) -> str:
    """The text of a provision; one that cannot be read says so and gives none."""
    told, wrong = fitted(row, PROVISION)
    parsed.refused.extend(left_out(wrong, place, "điều khoản / provision"))
    markup = (told or {}).get("content", {}).get("content") or (told or {}).get("title") or ""
    try:
        return nfc(html_text(markup)).strip() if markup.strip() else ""
    except UnreadableError as error:
        parsed.refused.append(Refused(place, str(error)))
        return ""


def _fields(value: object, parsed: Parsed, origin: Origin) -> Json:
    """What a row or detail says, each field of its own type; what is left out is named as odd."""
    told, wrong = fitted(value, DOCUMENT)
    data: Json = told or {}
    parsed.odd.extend(left_out(wrong, origin.place, canonical_number(data.get("docNum", "")) or "?"))
    return data


def _observe(parsed: Parsed, data: Json, source: str, origin: Origin, observed_on: date, known: KnownFrom) -> str | None:
    number, key = canonical_number(data.get("docNum") or ""), key_of(data)
    kind = _type(data, number)
    if not key or not kind:
        whose = (
            "dòng danh sách không nêu văn bản địa phương của cơ quan nào / a local act whose row does not say whose it is"
            if number and kind
            else "không có số hoặc loại văn bản / no number or type"
        )
        parsed.refused.append(Refused(origin.place, whose))
        return None
    parsed.observations.append(
        Observation(
            key=key,
            number=number,
            type=kind,
            source=source,
            observed_on=observed_on,
            origin=origin,
            known_from=known,
            issuer=_issuer(data),
            title=squeeze(data.get("title") or "") or None,
            issued_on=_day(data.get("issueDate")),
            effective_on=_day(data.get("effFrom")),
            claimed_status=(data.get("effStatus") or {}).get("name") or None,
            claimed_expiry=_day(data.get("effTo")),
            publisher_id=data.get("id"),
            relations=tuple(_relations(data, parsed, origin)),
        )
    )
    return key


def _relations(data: Json, parsed: Parsed, origin: Origin) -> list[tuple[str, str]]:
    found = [("consolidated", key_of(data) or "")] if data.get("isConsolidatedDocument") else []
    for row in data.get("references") or []:
        target, code = row.get("targetDocument") or {}, row.get("referenceType")
        key = _target_key(target)
        if key is None:
            parsed.odd.append(
                Refused(origin.place, f"quan hệ {code} tới {target.get('docNum')!r} không chỉ rõ một văn bản / names no single document")
            )
            continue
        doubt = "" if code == _CONFIRMED else ", unverified"
        found.append((f"{code} {_RELATIONS.get(code, '?')}{doubt}", key))
    return found


def _target_key(target: Json) -> str | None:
    number = canonical_number(target.get("docNum") or "")
    kind = type_of(number, _first_type(target.get("title") or "")) if number else None
    return document_key(kind, number, None, _day(target.get("issueDate"))) if kind else None


def _first_type(title: str) -> str | None:
    words = squeeze(title).split()
    return next((kind for size in (4, 3, 2, 1) if (kind := type_of(None, " ".join(words[:size])))), None)


def _head_trouble(text: str, data: Json) -> str | None:
    """Why a text may not be laid at its record's door, or None."""
    head = text[:_HEAD]
    number, issued = canonical_number(data["docNum"]), _day(data.get("issueDate"))
    printed = [canonical_number(one or two) for one, two in _OWN_NUMBER.findall(head)]
    if not printed:
        return "phần đầu toàn văn không nêu số / a text whose head names no number"
    if number not in printed[:2]:
        return f"phần đầu toàn văn nêu {printed[0]}, không phải {number} / the text is another document's"
    dated = _OWN_DATE.search(head)
    if dated and issued and (int(dated[3]), int(dated[2]), int(dated[1])) != (issued.year, issued.month, issued.day):
        return f"toàn văn ghi ngày {int(dated[1]):02}/{int(dated[2]):02}/{dated[3]}, bản ghi nêu {issued:%d/%m/%Y} / the dates differ"
    return None


def _articles(parsed: Parsed, text: str, key: str, source: str, origin: Origin, observed_on: date) -> None:
    for one in split_articles(text):
        place = Origin(origin.capture, f"{origin.place} {one.path}")
        parsed.articles.append(
            Article(key, one.path, one.heading, one.text, source, observed_on, Tier.A, place, container=one.container, order=one.order)
        )


def _type(data: Json, number: str) -> str | None:
    return type_of(number, (data.get("docType") or {}).get("name"))


def _issuer(data: Json) -> str | None:
    issuers = [squeeze(issue.get("agencyName") or "") for issue in data.get("documentIssues") or []]
    named = squeeze(data.get("agencyName") or "")
    return named or ", ".join(dict.fromkeys(issuer for issuer in issuers if issuer)) or None


def _day(moment: object) -> date | None:
    try:
        return date.fromisoformat(str(moment)[:10]) if moment else None
    except ValueError:
        return None
