"""`/` and `/tim`: one box for procedures and documents; `/goi-y`: whole names while somebody types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from queries.document_address import document_slug
from queries.found_statuses import BasisCount, basis_counts, found_statuses
from queries.search_lines import MarkedText, SearchAnswer, SearchHit
from queries.searching import search_answer
from rasoat import words
from rasoat.identity import canonical_number, parse_number
from rasoat.trouble import Trouble
from rasoat.vietnamese import squeeze
from web.asked_page import AskedNow, AskedPage, AskedPublication
from web.shown_words import SHOWN_WORDS

router = APIRouter()
LONGEST = 400  # letters of a question
_A_PAGE = 10
_PAGES = 1_000
_SUGGESTED, _CHOICES = 8, 12
# What people come for most often, as they say it.
EVERYDAY = (
    "Đăng ký khai sinh", "Đăng ký kết hôn", "Đăng ký thường trú", "Chứng thực bản sao", "Cấp Giấy xác nhận tình trạng hôn nhân",
    "Đăng ký thành lập hộ kinh doanh", "Cấp giấy phép xây dựng", "Đăng ký khai tử",
)  # fmt: skip
_ADDRESSED = {"thu-tuc": "procedure", "van-ban": "document"}
# The name in the address, and the facet of the index.
_FACETS = (("loai", "kind"), ("linh-vuc", "field"), ("cap", "level"), ("tinh", "province"), ("tinh-trang", "status"))
_PROCEDURE_STATUS = {"published": "Đang công bố", "withdrawn": "Đã bãi bỏ"}


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One value to filter by: as the address has it, as people read it, and how many there are."""

    value: str
    shown: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetShown:
    """One facet with its values, and those chosen."""

    name: str
    chosen: list[str]
    choices: list[FacetChoice]


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One result as the page shows it."""

    address: str
    kind: str
    key: str
    title: str
    marked: MarkedText | None
    body: str
    level: str
    status: str | None
    basis: BasisCount | None
    why: list[str]


@router.get("/", include_in_schema=False)
def home(asked: AskedPublication) -> Response:
    """The search box and what people come for most."""
    return asked.page("home.html", everyday=EVERYDAY)


@router.get("/tim", include_in_schema=False)
def search(
    request: Request,
    asked: AskedNow,
    q: str = "",
    trang: Annotated[int, Query(ge=1, le=_PAGES)] = 1,
    literal: Annotated[bool, Query(alias="nguyen-van")] = False,
) -> Response:
    """The results of a question; a code or a number that says what it means leads straight to it."""
    text = squeeze(q)
    if len(text) > LONGEST:
        raise Trouble("search.long", longest=LONGEST)
    chosen = {name: [value[:200] for value in request.query_params.getlist(name)][:20] for name, _ in _FACETS}
    if trang == 1 and not any(chosen.values()) and (straight := _straight(asked, text)):
        return RedirectResponse(asked.to(straight), 303, {"Cache-Control": "no-store"})
    filters = {facet: tuple(_ADDRESSED.get(value, value) for value in chosen[name]) for name, facet in _FACETS if chosen[name]}
    answer = asked.store.search.page(text, "any", _A_PAGE, page=trang, filters=filters, facets=True, literal=literal)
    found = search_answer(answer)
    query = {name.replace("-", "_"): values for name, values in chosen.items() if values} | {
        "q": text,
        "nguyen_van": "1" if literal else "",
    }
    return asked.page(
        "search.html",
        asked_text=text,
        found=found,
        hits=_hits(asked, found.hits),
        facets=_facets(found, chosen),
        filtered=any(chosen.values()),
        literal=literal,
        page=trang,
        pages=min(-(-found.total // _A_PAGE), _PAGES),
        query=query,
    )


@router.get("/goi-y", include_in_schema=False)
def suggestions(asked: AskedNow, q: str = "") -> Response:
    """Whole names for what is being typed, as the choices of the box."""
    text = squeeze(q)[:LONGEST]
    found = asked.store.search.suggestions(text, _SUGGESTED) if text else []
    return asked.part("search.html", "suggestions", suggested=found)


def _straight(asked: AskedPage, text: str) -> str | None:
    """The address of what a question names by its code or its full number, and names nothing else beside."""
    if asked.moment.unpublished:
        return None
    if asked.moment.rows.has_procedure(text):
        return f"/tt/{text}"
    number = canonical_number(text) if text and parse_number(text) else ""
    if number and asked.moment.rows.documents(number):
        return f"/vb/{document_slug(number)}"
    return None


def _hits(asked: AskedPage, hits: Sequence[SearchHit]) -> list[ShownHit]:
    """Results with what is published of them for the day asked about."""
    documents = found_statuses(asked.moment, {hit.key for hit in hits if hit.kind != "procedure"}, asked.day)
    bases = basis_counts(asked.moment, {hit.key for hit in hits if hit.kind == "procedure"}, asked.day)
    return [_hit(asked, one, documents, bases) for one in hits]


def _hit(asked: AskedPage, one: SearchHit, documents: Mapping[str, str], bases: Mapping[str, BasisCount]) -> ShownHit:
    procedure = one.kind == "procedure"
    return ShownHit(
        address=asked.to(f"/tt/{one.key}" if procedure else document_address(one.key)),
        kind=one.kind,
        key=one.key.partition("#")[0],
        title=one.title,
        marked=one.highlights.get("title"),
        body=one.publisher or ", ".join(one.agencies),
        level=", ".join(one.levels),
        status=documents.get(one.key) if not procedure else None,
        basis=bases.get(one.key) if procedure else None,
        why=one.why,
    )


def document_address(key: str) -> str:
    """Where a document stands, or an article of it whose path is behind "#"."""
    printed, _, path = key.partition("#")
    return f"/vb/{document_slug(printed)}" + (f"/{path}" if path else "")


def _facets(found: SearchAnswer, chosen: Mapping[str, list[str]]) -> list[FacetShown]:
    shown = []
    for name, facet in _FACETS:
        choices = [
            FacetChoice(_address_of(one.value), _shown(facet, one.value), one.count) for one in found.facets.get(facet, [])[:_CHOICES]
        ]
        there = {one.value for one in choices}
        choices += [FacetChoice(value, _shown(facet, _ADDRESSED.get(value, value)), 0) for value in chosen[name] if value not in there]
        if choices:
            shown.append(FacetShown(name, chosen[name], choices))
    return shown


def _address_of(value: str) -> str:
    return next((address for address, code in _ADDRESSED.items() if code == value), value)


def _shown(facet: str, value: str) -> str:
    notes = {status.value: note for status, note in words.STATUS_NOTE.items()}
    return {"kind": SHOWN_WORDS["KIND_WORD"], "status": {**_PROCEDURE_STATUS, **notes}}.get(facet, {}).get(value, value)
