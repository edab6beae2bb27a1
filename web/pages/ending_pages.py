"""`/sap-het-hieu-luc`: which documents that procedures rely on end in the year to come, month by month; the same as a calendar to subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Response

from pipeline.reports.plain_tables import PlainTable, TableCell
from queries.ending_soon import EndingsAhead, EndingSoon, endings_ahead
from rasoat import words
from rasoat.records import Status
from rasoat.trouble import Trouble
from rasoat.units import country
from web.asked_page import AskedPage, AskedPublication
from web.asked_values import DayGiven, TableFile, UnitGiven
from web.day_in_address import day_asked
from web.downloads_sent import table_sent

router = APIRouter(include_in_schema=False)
# On this day many resolutions that the Government issued to cut procedures run out by their own term (66.x/2026/NQ-CP): it stands first.
GREAT_DAY = date(2027, 3, 1)
_LINE = 73  # octets of a line of a calendar file, the fold's blank not counted (RFC 5545, 3.1)


@dataclass(frozen=True, slots=True)
class EndingMonth:
    """What ends in a month, the soonest first."""

    first: date
    endings: list[EndingSoon]


@router.get("/sap-het-hieu-luc")
def endings(asked: AskedPublication, ngay: DayGiven = "", co_quan: UnitGiven = "") -> Response:
    """The year to come."""
    day = day_asked(ngay, asked.day)
    found = _kept(endings_ahead(asked.moment, day), co_quan)
    great = [one for one in found.endings if one.on == GREAT_DAY]
    months = [EndingMonth(first, list(its)) for first, its in groupby(found.endings, key=lambda one: one.on.replace(day=1))]
    return asked.page(
        "endings.html", found=found, months=months, great=great, great_day=GREAT_DAY, great_procedures=sum(one.procedures for one in great),
        as_of=day, ngay=ngay, co_quan=co_quan, name=country().name(co_quan) if co_quan else "", unit_name=country().name,
        feed=asked.absolute(asked.to("/sap-het-hieu-luc.ics", co_quan=co_quan)),
    )  # fmt: skip


@router.get("/sap-het-hieu-luc.ics")
def calendar(asked: AskedPublication, co_quan: UnitGiven = "") -> Response:
    """The same as a calendar (RFC 5545): a whole day for each document, always of today."""
    found = _kept(endings_ahead(asked.moment, asked.day), co_quan)
    stamp = asked.moment.publication.at
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ra Soat//vi", "X-WR-CALNAME:Văn bản sắp hết hiệu lực", "METHOD:PUBLISH"]
    for one in found.endings:
        lines += _event(asked, one, f"{stamp:%Y%m%dT%H%M%SZ}" if stamp else f"{asked.day:%Y%m%d}T000000Z")
    body = "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in _folded(line))
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/sap-het-hieu-luc.{kind}")
def endings_file(asked: AskedPublication, kind: TableFile, ngay: DayGiven = "", co_quan: UnitGiven = "") -> Response:
    """The same as a file."""
    day = day_asked(ngay, asked.day)

    def made(moment: Any) -> PlainTable:
        found = _kept(endings_ahead(moment, day), co_quan)
        title = f"Văn bản sắp hết hiệu lực, từ {words.day(day)} đến {words.day(found.until)}"
        headings = (
            "Hết hiệu lực từ", "Văn bản", "Tên văn bản", "Toàn bộ hay một phần", "Điều khoản hoặc thời hạn", "Nguyên văn", "Văn bản thay thế",
            "Số thủ tục dẫn", "Một số thủ tục", "Cơ quan công bố thủ tục",
        )  # fmt: skip
        return PlainTable(title, [], headings, (_row(one) for one in found.endings))

    return table_sent(asked, f"sap-het-hieu-luc-{day}", kind, made)


def _kept(found: EndingsAhead, unit: str) -> EndingsAhead:
    """Those of procedures that a unit publishes, where one is asked for.

    Raises:
        Trouble: there is no such unit.
    """
    if not unit:
        return found
    if unit not in country():
        raise Trouble("unit.unknown", name=unit)
    return found.model_copy(update={"endings": [one for one in found.endings if unit in one.publishers]})


def _row(one: EndingSoon) -> list[TableCell]:
    clause = one.clause
    return [
        one.on, one.document, one.title, "toàn bộ" if one.whole else "một phần",
        f"{words.provision(clause.provision)} {clause.document}".strip() if clause else "",
        words.quoted(clause.lead, clause.quote) if clause else "", "; ".join(one.successors), one.procedures,
        "; ".join(each.code for each in one.named), "; ".join(country().name(unit) for unit in one.publishers),
    ]  # fmt: skip


def _event(asked: AskedPage, one: EndingSoon, stamp: str) -> Iterator[str]:
    clause, what = one.clause, words.STATUS[Status.EXPIRED if one.whole else Status.PARTLY_IN_FORCE]
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(one.document)}-{one.on:%Y%m%d}-{int(one.whole)}@rasoat"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{one.document} {what}; {words.number(one.procedures)} thủ tục dẫn')}"
    if clause:
        yield f"DESCRIPTION:{_text(f'{words.provision(clause.provision)} {clause.document}: “{words.quoted(clause.lead, clause.quote)}”')}"
    yield f"URL:{asked.absolute(asked.to('/sap-het-hieu-luc'))}#m{one.on:%Y-%m}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """A text as a calendar holds it: on one line, what separates its parts escaped; no other control character."""
    plain = "".join(letter for letter in value.replace("\r\n", "\n") if letter == "\n" or ord(letter) >= 32)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of as many octets as one may have, no letter cut; those after the first begin with a blank."""
    piece, size, lead = "", 0, ""
    for letter in line:
        wide = len(letter.encode())
        if size + wide > _LINE:
            yield lead + piece
            piece, size, lead = "", 0, " "
        piece, size = piece + letter, size + wide
    yield lead + piece
