"""The addresses of linked data: a procedure and a document beside their pages, the context, and what our own terms mean."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from fastapi.responses import RedirectResponse

from queries.contract import Span
from queries.document_status import document_status
from queries.open_lists import document_line
from queries.procedure_card import procedure_card
from rasoat.odd_characters import json_line
from rasoat.trouble import Trouble
from web.asked_page import AskedPage, AskedPublication, link
from web.data_out.api_inputs import LONGEST_NAME, AsOf, Ngay
from web.data_out.linked_data import TERMS, context, document_node, procedure_node
from web.data_out.named_documents import document_named, document_path

router = APIRouter(include_in_schema=False)
JSON_LD = "application/ld+json"
_LinkedName = Annotated[str, Path(max_length=LONGEST_NAME)]


@router.get("/tt/{code}.jsonld")
def procedure_linked(asked: AskedPublication, code: _LinkedName, as_of: AsOf = None, ngay: Ngay = None) -> Response:
    """A procedure with the status of each legal basis."""
    card = procedure_card(asked.moment, code, as_of or ngay or asked.day)
    return _sent(asked, procedure_node(card, _base(asked), partial(_document_address, asked)))


@router.get("/tt/{code}.json")
def procedure_plain(code: _LinkedName) -> Response:
    """The same as the API tells it."""
    return RedirectResponse(link("vi", f"/api/v1/procedures/{code}"), 307)


@router.get("/vb/{name:path}.jsonld")
def document_linked(asked: AskedPublication, name: _LinkedName, as_of: AsOf = None, ngay: Ngay = None) -> Response:
    """A document with its days of force."""
    day, found = as_of or ngay or asked.day, document_named(asked.moment, name)
    line = document_line(asked.moment.answers, found.key, day)
    if line is None:
        raise Trouble("document.unknown", number=name)
    answer = document_status(lambda _: asked.moment.answers, {"number": found.id, "as_of": day.isoformat()}).line
    intervals = [Span(from_=one.from_, to=one.to) for one in answer.intervals]
    return _sent(asked, document_node(line, intervals, _base(asked), partial(_document_address, asked)))


@router.get("/ns/context.jsonld")
def served_context(asked: AskedPublication) -> Response:
    """The context that stands in every answer."""
    return _sent(asked, {"@context": context(_base(asked))})


@router.get("/ns")
def own_terms(asked: AskedPublication) -> Response:
    """What our own terms mean."""
    return asked.page("own_terms.html", terms=TERMS, base=_base(asked))


def _sent(asked: AskedPage, node: dict[str, Any]) -> Response:
    headers = {"Cache-Control": "public, max-age=0, must-revalidate", "Access-Control-Allow-Origin": "*"}
    return Response(json_line(node), media_type=JSON_LD, headers={**headers, **({"ETag": asked.etag} if asked.etag else {})})


def _base(asked: AskedPage) -> str:
    return asked.absolute("").rstrip("/")


def _document_address(asked: AskedPage, document: str) -> str:
    return asked.absolute(document_path(document))
