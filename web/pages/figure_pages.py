"""`/so-lieu`: the figures of a day and their twelve months; each leads to its list and its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Response

from pipeline.reports.plain_tables import PlainTable, TableCell
from queries.coverage_counts import is_head
from queries.ended_bases import PAGE, EndedBasis, all_ended_bases, ended_bases
from queries.figures import Figures, TrendPoint, figures
from rasoat import words
from rasoat.trouble import Trouble
from rasoat.units import country
from web.asked_page import AskedPublication
from web.asked_values import DayGiven, FieldGiven, ListPage, TableFile, UnitGiven
from web.day_in_address import day_asked
from web.downloads_sent import table_sent

router = APIRouter(include_in_schema=False)
_LIST = "/so-lieu/can-cu-het-hieu-luc"


@dataclass(frozen=True, slots=True)
class TrendBar:
    """One month of the picture: where its bar stands, how high, and what is written below it."""

    x: int
    y: int
    height: int
    label: str
    n: int


WIDTH, HEIGHT, _BASE, _TOP = 600, 176, 146, 28


def trend_bars(points: list[TrendPoint]) -> list[TrendBar]:
    """A trend as bars of one picture, from nothing to the largest number."""
    most, wide = max((one.n for one in points), default=0) or 1, WIDTH // max(len(points), 1)
    bars = []
    for at, one in enumerate(points):
        height = round((_BASE - _TOP) * one.n / most)
        bars.append(TrendBar(at * wide + 4, _BASE - height, height, f"{one.on:%m/%y}", one.n))
    return bars


@router.get("/so-lieu")
def overview(asked: AskedPublication, ngay: DayGiven = "", co_quan: UnitGiven = "") -> Response:
    """The figures of the country, or of one ministry or province."""
    day, unit = day_asked(ngay, asked.day), _unit(co_quan)
    found = figures(asked.moment, day, unit)
    shown = asked.settings.web_public_findings
    return asked.page(
        "figures.html", found=found, as_of=day, ngay=ngay, unit=unit, name=country().name(unit) if unit else "", bars=trend_bars(found.trend),
        width=WIDTH, height=HEIGHT, base=_BASE, findings=_findings(found, shown), shown=shown, list_at=_LIST,
    )  # fmt: skip


@router.get("/so-lieu.{kind}")
def overview_file(asked: AskedPublication, kind: TableFile, ngay: DayGiven = "", co_quan: UnitGiven = "") -> Response:
    """The same numbers as a file."""
    day, unit, shown = day_asked(ngay, asked.day), _unit(co_quan), asked.settings.web_public_findings

    def made(moment: Any) -> PlainTable:
        found = figures(moment, day, unit)
        title = f"Số liệu ngày {words.day(day)}{': ' + country().name(unit) if unit else ''}"
        return PlainTable(title, [words.judged(found.judged.done, found.judged.all)], ("Về", "Của", "Số", "Trên"), _rows(found, shown))

    return table_sent(asked, f"so-lieu-{day}", kind, made)


@router.get(_LIST)
def ended(
    asked: AskedPublication, ngay: DayGiven = "", co_quan: UnitGiven = "", linh_vuc: FieldGiven = None, trang: ListPage = 1
) -> Response:
    """Every legal basis that has ended, with its clause: the list behind the numbers."""
    day, unit = day_asked(ngay, asked.day), _unit(co_quan)
    found = ended_bases(asked.moment, day, unit=unit, field=linh_vuc, offset=(trang - 1) * PAGE)
    last = max(1, -(-found.total // PAGE))
    if trang > last:
        raise HTTPException(404)
    return asked.page(
        "ended_bases.html", found=found, as_of=day, ngay=ngay, unit=unit, name=country().name(unit) if unit else "", linh_vuc=linh_vuc,
        page=trang, last=last, list_at=_LIST,
    )  # fmt: skip


@router.get(_LIST + ".{kind}")
def ended_file(
    asked: AskedPublication, kind: TableFile, ngay: DayGiven = "", co_quan: UnitGiven = "", linh_vuc: FieldGiven = None
) -> Response:
    """That list, whole, as a file."""
    day, unit = day_asked(ngay, asked.day), _unit(co_quan)

    def made(moment: Any) -> PlainTable:
        title = f"Căn cứ pháp lý đã hết hiệu lực mà thủ tục còn dẫn, xét ngày {words.day(day)}"
        rows = (_line(one) for one in all_ended_bases(moment, day, unit=unit, field=linh_vuc))
        return PlainTable(title, ["Chưa được cơ quan nào kết luận; điều khoản chấm dứt trích nguyên văn."], _HEADINGS, rows)

    return table_sent(asked, f"can-cu-het-hieu-luc-{day}", kind, made)


_HEADINGS = (
    "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Cơ quan công bố", "Văn bản được dẫn", "Tên văn bản", "Ở phần", "Trích nguyên văn",
    "Hết hiệu lực từ", "Do văn bản", "Điều khoản chấm dứt", "Nguyên văn điều khoản", "Văn bản thay thế", "Thủ tục ghi nhận ngày", "Xét ngày",
)  # fmt: skip


def _line(one: EndedBasis) -> list[TableCell]:
    clause = one.clause
    return [
        one.procedure, one.name, one.field, one.publisher, one.document, one.title, words.part(one.part) if one.part else "", one.quote,
        one.ended_on, "; ".join(one.ended_by), f"{words.provision(clause.provision)} {clause.document}".strip() if clause else "",
        words.quoted(clause.lead, clause.quote) if clause else "", "; ".join(one.successors), one.observed_on, one.as_of,
    ]  # fmt: skip


def _unit(given: str) -> str | None:
    """The id of a ministry or province.

    Raises:
        Trouble: it is none.
    """
    if given and not is_head(given):
        raise Trouble("unit.unknown", name=given)
    return given or None


@dataclass(frozen=True, slots=True)
class FindingFigures:
    """Findings by rule and by state, where they may be shown."""

    rules: list[tuple[str, int]]
    states: list[tuple[str, int]]


def _findings(found: Figures, shown: str) -> FindingFigures | None:
    """All of them, those that somebody confirmed, or none, as the setting says."""
    if shown == "all":
        return FindingFigures([(one.of, one.n) for one in found.rules], [(one.of, one.n) for one in found.states])
    if shown == "confirmed":
        return FindingFigures([(one.of, one.n) for one in found.confirmed], [])
    return None


def _rows(found: Figures, shown: str) -> Iterator[Sequence[TableCell]]:
    yield ["căn cứ đã hết hiệu lực", "tất cả", found.ended, None]
    yield ["viện dẫn đã kết luận", "tất cả", found.judged.done, found.judged.all]
    for point in found.trend:
        yield ["căn cứ đã hết hiệu lực, theo ngày", point.on, point.n, None]
    for one in (*found.ministries, *found.provinces):
        yield ["căn cứ đã hết hiệu lực, theo cơ quan", one.name, one.ended, None]
        yield ["viện dẫn đã kết luận, theo cơ quan", one.name, one.judged.done, one.judged.all]
    for field in found.fields:
        yield ["căn cứ đã hết hiệu lực, theo lĩnh vực", field.of, field.n, None]
    if told := _findings(found, shown):
        yield from (["phát hiện, theo quy tắc", rule, n, None] for rule, n in told.rules)
        yield from (["phát hiện, theo trạng thái", words.STATE.get(state, state), n, None] for state, n in told.states)
