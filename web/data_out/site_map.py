"""What a search engine is told: which addresses there are, in parts of at most 50,000, written while they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Annotated
from xml.sax.saxutils import escape

from fastapi import APIRouter, HTTPException, Path, Response
from fastapi.responses import PlainTextResponse, StreamingResponse

from rasoat.store.published_lists import codes_between, ids_between, number_of_codes, number_of_ids
from rasoat.store.published_timelines import PublishedRows
from web.asked_page import AskedPage, AskedPublication
from web.data_out.named_documents import document_path

router = APIRouter(include_in_schema=False)
PART = 50_000  # addresses; more than the protocol allows
_AT_ONCE = 1_000
_XML = "application/xml"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = ("/", "/cong-khai", "/sap-het-hieu-luc", "/so-lieu", "/nguon", "/tai-ve", "/api", "/ns")
_PartNumber = Annotated[int, Path(ge=1, le=10_000)]


@router.get("/sitemap.xml")
def index(asked: AskedPublication) -> Response:
    """The parts."""
    rows = asked.moment.rows
    parts = ["trang-1", *_parts("tt", number_of_codes(rows)), *_parts("vb", number_of_ids(rows))]
    told = "".join(f"<sitemap><loc>{escape(asked.absolute(f'/sitemap/{one}.xml'))}</loc></sitemap>\n" for one in parts)
    return Response(f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{told}</sitemapindex>\n', media_type=_XML, headers=_kept(asked))


def _parts(kind: str, number: int) -> list[str]:
    return [f"{kind}-{at + 1}" for at in range(-(-number // PART))]


@router.get("/sitemap/trang-1.xml")
def of_pages(asked: AskedPublication) -> Response:
    """The pages that are always there."""
    return _streamed(asked, lambda _: iter(_PAGES))


@router.get("/sitemap/tt-{part}.xml")
def of_procedures(asked: AskedPublication, part: _PartNumber) -> Response:
    """A part of the procedures."""
    begins = (part - 1) * PART
    if begins >= number_of_codes(asked.moment.rows):
        raise HTTPException(404)
    return _streamed(asked, lambda rows: (f"/tt/{code}" for code in codes_between(rows, begins, PART)))


@router.get("/sitemap/vb-{part}.xml")
def of_documents(asked: AskedPublication, part: _PartNumber) -> Response:
    """A part of the documents."""
    begins = (part - 1) * PART
    if begins >= number_of_ids(asked.moment.rows):
        raise HTTPException(404)
    return _streamed(asked, lambda rows: (document_path(one) for one in ids_between(rows, begins, PART)))


@router.get("/robots.txt")
def robots(asked: AskedPublication) -> Response:
    """Pages may be read by anybody; lists that questions make are endless, and programs have the API and the files."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/tim", "/api/", "/en/tim", "/phat-hien"))
    return PlainTextResponse(f"User-agent: *\n{closed}Sitemap: {asked.absolute('/sitemap.xml')}\n", headers=_kept(asked))


def _streamed(asked: AskedPage, paths: Callable[[PublishedRows], Iterator[str]]) -> Response:
    return StreamingResponse(_written(asked, paths), media_type=_XML, headers=_kept(asked))


def _written(asked: AskedPage, paths: Callable[[PublishedRows], Iterator[str]]) -> Iterator[str]:
    """Many lines at a time, of a moment of their own: that of the request is given back before the first is sent."""
    yield f'{_HEAD}<urlset xmlns="{_SPACE}">\n'
    with asked.store.moment() as moment:
        every = paths(moment.rows)
        while some := list(islice(every, _AT_ONCE)):
            yield "".join(f"<url><loc>{escape(asked.absolute(path))}</loc></url>\n" for path in some)
    yield "</urlset>\n"


def _kept(asked: AskedPage) -> dict[str, str]:
    return {"Cache-Control": "public, max-age=3600", **({"ETag": asked.etag} if asked.etag else {})}
