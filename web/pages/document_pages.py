"""`/vb/SLUG`: a document or a provision of it on any day, its articles, and who cites it. One address of several namesakes lets choose."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from queries.citing_procedures import CitingPage, citing_procedures
from queries.document_address import documents_at
from queries.document_card import NamedDocument, document_card, named
from queries.document_surroundings import article_text, document_surroundings, held_articles
from rasoat.records import LegalDocument
from rasoat.trouble import Trouble
from web.asked_page import AskedPage, AskedPublication
from web.day_in_address import day_asked
from web.timeline_picture import timeline_picture

router = APIRouter()
Slug = Annotated[str, Path(max_length=300)]
PageNumber = Annotated[int, Query(ge=1, le=1_000)]
_CITING, _FEW = 50, 10  # lines of a page, and of a list beside something else
_PROVISION = re.compile(r"[a-z-]{3,12}-[\w.]{1,12}(?:/[a-z-]{3,12}-[\w.]{1,12}){0,5}")


@router.get("/vb/{slug}", include_in_schema=False)
def document(asked: AskedPublication, slug: Slug, ngay: str = "") -> Response:
    """A document on a day, today where none is asked for."""
    one = _document(asked, slug)
    if isinstance(one, Response):
        return one
    day = day_asked(ngay, asked.day)
    card = document_card(asked.moment, one, None, day)
    return asked.page(
        "document.html",
        card=card,
        shown_day=day,
        picture=timeline_picture(card.stretches, day),
        around=document_surroundings(asked.moment, one, card.status.status, day),
        citing=_citing(asked, one, None, day, 1, _FEW),
    )


@router.get("/vb/{slug}/duoc-vien-dan", include_in_schema=False)
def cited_by(asked: AskedPublication, slug: Slug, trang: PageNumber = 1) -> Response:
    """Who cites a document: procedures first, then documents that its clauses or theirs bind to it."""
    one = _document(asked, slug)
    if isinstance(one, Response):
        return one
    citing = _citing(asked, one, None, asked.day, trang, _CITING)
    around = document_surroundings(asked.moment, one, "", asked.day)
    return asked.page(
        "document_cited.html",
        document=named(one),
        citing=citing,
        changed_by=around.changed_by,
        page=trang,
        pages=-(-citing.total // _CITING),
    )


@router.get("/vb/{slug}/toan-van", include_in_schema=False)
def articles(asked: AskedPublication, slug: Slug) -> Response:
    """The articles that are held, those that have ended marked."""
    one = _document(asked, slug)
    if isinstance(one, Response):
        return one
    card = document_card(asked.moment, one, None, asked.day)
    ended = {part.provision: part for part in card.ended_parts}
    return asked.page("document_articles.html", document=card.document, card=card, articles=held_articles(asked.moment, one), ended=ended)


@router.get("/vb/{slug}/goc", include_in_schema=False)
def originals(asked: AskedPublication, slug: Slug) -> Response:
    """The publishers' answers that the document was read from."""
    one = _document(asked, slug)
    if isinstance(one, Response):
        return one
    around = document_surroundings(asked.moment, one, "", asked.day)
    return asked.page("document_originals.html", document=named(one), originals=around.originals)


@router.get("/vb/{slug}/{provision:path}", include_in_schema=False)
def provision(asked: AskedPublication, slug: Slug, provision: str, ngay: str = "") -> Response:
    """A provision on a day: what it is by its own facts or by those of what contains it, its words, and who cites it."""
    one = _document(asked, slug)
    if isinstance(one, Response):
        return one
    if not _PROVISION.fullmatch(provision):
        raise Trouble("document.no_address")
    day = day_asked(ngay, asked.day)
    card = document_card(asked.moment, one, provision, day)
    return asked.page(
        "provision.html",
        card=card,
        shown_day=day,
        picture=timeline_picture(card.stretches, day),
        article=article_text(asked.moment, one, provision),
        citing=_citing(asked, one, provision, day, 1, _CITING),
    )


def _document(asked: AskedPage, slug: str) -> LegalDocument | Response:
    """The one document of an address, or the page on which to choose among namesakes.

    Raises:
        Trouble: no document has this address, or nothing is published.
    """
    if asked.moment.unpublished:
        raise Trouble("publication.none")
    found = documents_at(asked.moment.rows, slug)
    if not found:
        raise Trouble("document.no_address")
    if len(found) == 1:
        return found[0]
    choices: list[NamedDocument] = [named(one) for one in found]
    asked.moment.answers.look_ahead([(one.key, None) for one in found], asked.day)
    statuses = [asked.moment.answers.answer(one.key, None, asked.day).verdict.status.value for one in found]
    return asked.page("document_choice.html", 300, choices=list(zip(choices, statuses, strict=True)))


def _citing(asked: AskedPage, one: LegalDocument, provision: str | None, day: date, page: int, size: int) -> CitingPage:
    return citing_procedures(asked.moment.rows, one.key, provision, day, (page - 1) * size, size)
