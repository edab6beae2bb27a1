"""Atom feeds: what becomes of a document, what ended lately, and what of it a ministry or province has procedures on."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Response

from queries.contract import ClauseLine
from queries.listed_lines import EndingLine, TimelineStretch
from queries.new_endings import endings, endings_for
from queries.open_lists import document_timeline
from rasoat import words
from rasoat.odd_characters import fit_for_xml, one_line
from rasoat.trouble import Trouble
from rasoat.units import country
from web.asked_page import AskedPage, AskedPublication
from web.data_out.api_inputs import LONGEST_NAME
from web.data_out.named_documents import document_named, document_path
from web.rendering import rendered

router = APIRouter(prefix="/atom", include_in_schema=False)
_DAYS, _ENTRIES = 180, 100
_SPACE = uuid.uuid5(
    uuid.NAMESPACE_URL, "rasoat:atom"
)  # of what an entry is about, and not of where it is served: its id outlives an address
_FeedName = Annotated[str, Path(max_length=LONGEST_NAME)]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Something that happened on a day. The texts are fit for XML."""

    id: str
    title: str
    updated: str
    page: str
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a reader subscribes to."""

    id: str
    title: str
    updated: str
    address: str
    page: str
    entries: list[FeedEntry]


@router.get("/moi-het-hieu-luc")
def newly_ended_feed(asked: AskedPublication) -> Response:
    """Documents and provisions that ended lately."""
    told = endings(asked.moment.rows, asked.day, _DAYS, _ENTRIES)
    return _sent(asked, "ended", "Văn bản, điều khoản vừa hết hoặc ngưng hiệu lực", "/tai-ve", _ending_entries(asked, told))


@router.get("/don-vi/{unit:path}")
def unit_feed(asked: AskedPublication, unit: _FeedName) -> Response:
    """What ended lately of that which procedures of a ministry, province or office rely on."""
    if unit not in country():
        raise Trouble("unit.unknown", name=unit)
    told = endings_for(asked.moment.rows, asked.day, _DAYS, _ENTRIES, unit)
    title = f"{country().name(unit)}: căn cứ của thủ tục vừa hết hoặc ngưng hiệu lực"
    return _sent(asked, f"unit:{unit}", title, f"/don-vi/{unit}", _ending_entries(asked, told))


@router.get("/vb/{name:path}")
def document_feed(asked: AskedPublication, name: _FeedName) -> Response:
    """Each day on which the status of a document becomes another, until today."""
    document = document_named(asked.moment, name)
    line = document_timeline(asked.moment.answers, document.key, None)
    begun = [one for one in line.stretches if one.from_ and one.from_ <= asked.day]
    entries = [_stretch_entry(asked, document.id, document.key, one) for one in reversed(begun)]
    return _sent(asked, f"document:{document.key}", f"{document.id}: tình trạng hiệu lực", document_path(document.id), entries)


def _ending_entries(asked: AskedPage, told: Iterable[EndingLine]) -> list[FeedEntry]:
    return [_ending_entry(asked, one) for one in told]


def _ending_entry(asked: AskedPage, one: EndingLine) -> FeedEntry:
    named = f"{words.provision(one.provision)} {one.document}".strip()
    follows = f"Văn bản thay thế: {', '.join(one.successors)}." if one.successors else ""
    return FeedEntry(
        id=_id(f"ending:{one.document}:{one.provision or ''}:{one.on}:{one.status}"),
        title=_fit(f"{named} {words.of_cited(one.status, '')} từ {words.day(one.on)}"),
        updated=_moment(one.on),
        page=_page(asked, one.document, one.provision),
        text=_fit(" ".join(filter(None, (one.title and f"{one.title}.", _quoted(one.clause), follows)))),
    )


def _stretch_entry(asked: AskedPage, document: str, key: str, one: TimelineStretch) -> FeedEntry:
    on = one.from_ or date.min
    return FeedEntry(
        id=_id(f"stretch:{key}:{on}:{one.status}:{one.reason}"),
        title=_fit(f"{document}: {words.of_cited(one.status, '')} từ {words.day(on)}"),
        updated=_moment(on),
        page=f"{_page(asked, document, None)}?ngay={on}",
        text=_fit(" ".join(filter(None, (f"{words.REASON.get(one.reason, one.reason)}.", _quoted(one.clause))))),
    )


def _quoted(clause: ClauseLine | None) -> str:
    return f"{words.provision(clause.provision)} {clause.document}: “{words.quoted(clause.lead, clause.quote)}”." if clause else ""


def _page(asked: AskedPage, document: str, provision: str | None) -> str:
    return asked.absolute(document_path(document) + (f"/{provision}" if provision else ""))


def _sent(asked: AskedPage, about: str, title: str, page: str, entries: list[FeedEntry]) -> Response:
    changed = max((one.updated for one in entries), default=_moment(asked.day))
    address = asked.absolute(asked.request.scope["path"])
    feed = Feed(_id(about), _fit(title), changed, address, asked.absolute(page), entries)
    headers = {"Cache-Control": "public, max-age=3600", **({"ETag": asked.etag} if asked.etag else {})}
    return Response(rendered("vi", "feed.xml", {"feed": feed}), media_type="application/atom+xml", headers=headers)


def _id(about: str) -> str:
    return uuid.uuid5(_SPACE, about).urn


def _moment(on: date) -> str:
    """The beginning of a day in Vietnam."""
    return f"{on.isoformat()}T00:00:00+07:00"


def _fit(text: str) -> str:
    return one_line(fit_for_xml(text))
