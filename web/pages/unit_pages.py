"""`/don-vi/…`: one unit, what it must make public and what was seen of it; and the files to take along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, HTTPException, Query, Response

from pipeline.reports.plain_tables import PlainTable, TableCell
from pipeline.reports.unit_files import form_file, report_file
from queries.unit_postings import PAGE, PostingOfUnit, UnitFilter, UnitPostings, unit_head, unit_postings
from rasoat import words
from rasoat.records.postings import Channel, PostingState
from rasoat.settings import Settings
from rasoat.units import Unit, country
from web.asked_page import AskedNow, AskedPage, AskedPublication
from web.asked_values import ChannelGiven, DayGiven, FieldGiven, ListPage, OtherAddress, TableFile, asked_unit, moved
from web.day_in_address import day_asked
from web.downloads_sent import XLSX, saved_as, table_sent

router = APIRouter(include_in_schema=False)
StateGiven = Annotated[PostingState | Literal[""], Query(alias="tinh-trang")]
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KEPT_BACK = frozenset(words.SEEN) - {PostingState.MISSING}
_ALL = "*"  # of the fields: every one, also those that nobody named


class CellWord(NamedTuple):
    """What is said of a cell: the word, and the state by which it is coloured ("unknown" where the state is not told)."""

    word: str
    state: str


def told(one: PostingOfUnit, settings: Settings) -> CellWord:
    """What is said of a cell to anybody. What is wrong with it is a finding, which the setting shows or keeps back; what was not seen once may
    have been put up since, and is said so to everybody."""
    state, shown = PostingState(one.state), settings.web_public_findings
    if state is PostingState.MISSING:
        return CellWord(words.SEEN[state], one.state)
    if state not in _KEPT_BACK or shown == "all" or (shown == "confirmed" and one.decided == "confirmed"):
        return CellWord(words.POSTING_STATE[state], one.state)
    return CellWord(words.SEEN[state], PostingState.UNKNOWN.value)


@router.get("/don-vi/{head}/danh-muc.{kind}")
def head_file(asked: AskedPublication, head: str, kind: TableFile, ngay: DayGiven = "") -> Response:
    """All cells of a ministry or province itself, as a file."""
    return _cells_file(asked, head, kind, ngay)


@router.get("/don-vi/{head}/{own}/danh-muc.{kind}")
def unit_file(asked: AskedPublication, head: str, own: str, kind: TableFile, ngay: DayGiven = "") -> Response:
    """All cells of a unit as a file."""
    return _cells_file(asked, f"{head}/{own}", kind, ngay)


@router.get("/don-vi/{head}/phieu-kiem-tra.xlsx")
def head_form(asked: AskedNow, head: str) -> Response:
    """The inspector's form of a ministry or province."""
    return _form_sent(asked, head)


@router.get("/don-vi/{head}/{own}/phieu-kiem-tra.xlsx")
def unit_form(asked: AskedNow, head: str, own: str) -> Response:
    """The inspector's form of a unit."""
    return _form_sent(asked, f"{head}/{own}")


@router.get("/don-vi/{head}/bao-cao-kiem-tra.docx")
def head_report(asked: AskedNow, head: str) -> Response:
    """What was found of a ministry or province and those below it."""
    return _report_sent(asked, head)


@router.get("/don-vi/{head}/{own}/bao-cao-kiem-tra.docx")
def unit_report(asked: AskedNow, head: str, own: str) -> Response:
    """What was found of a unit."""
    return _report_sent(asked, f"{head}/{own}")


@router.get("/don-vi/{head}")
def head_page(
    asked: AskedPublication, head: str, ngay: DayGiven = "", linh_vuc: FieldGiven = None, kenh: ChannelGiven = "",
    tinh_trang: StateGiven = "", trang: ListPage = 1,
) -> Response:  # fmt: skip
    """A ministry or a province itself."""
    return _unit(asked, head, ngay, linh_vuc, kenh, tinh_trang, trang)


@router.get("/don-vi/{head}/{own}")
def unit_page(
    asked: AskedPublication, head: str, own: str, ngay: DayGiven = "", linh_vuc: FieldGiven = None, kenh: ChannelGiven = "",
    tinh_trang: StateGiven = "", trang: ListPage = 1,
) -> Response:  # fmt: skip
    """A commune, a department, a centre, a body at place."""
    return _unit(asked, f"{head}/{own}", ngay, linh_vuc, kenh, tinh_trang, trang)


def _unit(
    asked: AskedPage, given: str, ngay: str, field: str | None, channel: str, state: PostingState | Literal[""], page: int
) -> Response:
    try:
        unit = asked_unit(asked, given, "/don-vi")
    except OtherAddress as error:
        return moved(error)
    day = day_asked(ngay, asked.day)
    field = None if field == _ALL else field
    if asked.settings.web_public_findings != "all" and state in _KEPT_BACK:  # nor is it told by what a filter keeps
        raise HTTPException(404)
    wanted = UnitFilter(field, Channel(channel) if channel else None, state or None)
    found = unit_postings(asked.moment, day, unit, wanted, offset=(page - 1) * PAGE)
    last = max(1, -(-found.total // PAGE)) if found else 1
    if page > last:
        raise HTTPException(404)
    return asked.page(
        "unit.html", head=unit_head(unit), found=found, as_of=day, ngay=ngay, linh_vuc=field, kenh=channel, tinh_trang=state, page=page,
        last=last, channels=[one.value for one in Channel], states=[one.value for one in PostingState],
        told=lambda one: told(one, asked.settings), CELL_WORD=lambda one: told(one, asked.settings).word, reports=asked.settings.web_public_findings == "all", every=_ALL,
        parent=_parent(unit),
    )  # fmt: skip


def _parent(unit: str) -> Unit:
    """The province or ministry, itself for one: where the table of all below it is."""
    return country()[unit.partition("/")[0]]


def _cells_file(asked: AskedPage, given: str, kind: TableFile, ngay: str) -> Response:
    try:
        unit = asked_unit(asked, given, "/don-vi")
    except OtherAddress as error:
        return moved(error)
    day = day_asked(ngay, asked.day)

    def made(moment: Any) -> PlainTable:
        found = unit_postings(moment, day, unit, limit=None)
        title = f"Thủ tục phải công khai: {country().name(unit)}, đến ngày {words.day(day)}"
        headings = ("Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Kênh", "Đã thấy gì", "Xem ngày", "Nguồn")
        return PlainTable(title, [], headings, _rows(found, asked.settings) if found else [])

    return table_sent(asked, f"danh-muc-{unit.replace('/', '-')}-{day}", kind, made)


def _rows(found: UnitPostings, settings: Settings) -> Iterator[list[TableCell]]:
    for one in found.procedures:
        for cell in one.postings:
            channel = words.CHANNEL[Channel(cell.channel)]
            yield [one.procedure, one.name, one.field, channel, told(cell, settings).word, cell.observed_at, cell.source]


def _form_sent(asked: AskedPage, given: str) -> Response:
    try:
        unit = asked_unit(asked, given, "/don-vi")
    except OtherAddress as error:
        return moved(error)
    return Response(form_file(asked.settings, asked.day, unit), media_type=XLSX, headers=_named("phieu", unit, asked.day, "xlsx"))


def _report_sent(asked: AskedPage, given: str) -> Response:
    if asked.settings.web_public_findings != "all":  # it accuses: whoever may not see findings is not told that there is one
        raise HTTPException(404)
    try:
        unit = asked_unit(asked, given, "/don-vi")
    except OtherAddress as error:
        return moved(error)
    return Response(report_file(asked.settings, asked.day, unit), media_type=_DOCX, headers=_named("kiem-tra", unit, asked.day, "docx"))


def _named(what: str, unit: str, day: date, ending: str) -> dict[str, str]:
    return saved_as(f"{what}-{unit.replace('/', '-')}-{day}.{ending}")
