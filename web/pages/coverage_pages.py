"""`/cong-khai`: how much of what must be public is public. The country as a map and as a table, then a province's or ministry's units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter, Response

from pipeline.reports.plain_tables import PlainTable, TableCell
from queries.coverage_counts import ChannelCount, UnitCount, coverage_below, coverage_overview, is_head
from rasoat import words
from rasoat.records.postings import Channel
from rasoat.vietnamese import fold
from web.asked_page import AskedPublication
from web.asked_values import ChannelGiven, DayGiven, OrderGiven, OtherAddress, TableFile, asked_unit, moved
from web.country_map import country_map
from web.day_in_address import day_asked
from web.downloads_sent import table_sent

router = APIRouter(include_in_schema=False)
# From this share of what could be concluded on a step begins; the last is the best.
STEPS = (0.0, 0.5, 0.7, 0.85, 0.95)
ORDERS = ("dat", "chua-ro", "ten", "so-o")


def count_of(one: UnitCount, channel: str) -> ChannelCount:
    """The count of a channel, of all together where none is asked for."""
    return (one.of(channel) or _NONE) if channel else one.whole


_NONE = ChannelCount(channel="", posted=0, concluded=0, unknown=0, unreachable=0, states={})


def step_of(count: ChannelCount) -> int:
    """The step of a share, 1 to 5; 0 where nothing can be said."""
    return 0 if count.share is None else sum(count.share >= step for step in STEPS)


def veiled(count: ChannelCount) -> bool:
    """Whether nobody can say anything of more than something was concluded of: a colour alone would promise too much."""
    return count.unknown > count.concluded or not count.concluded


def in_order(units: Iterable[UnitCount], order: str, channel: str) -> list[UnitCount]:
    """Units as a table shows them: those with the least in order first where nothing else is asked for; what nobody knows comes last."""
    keys: dict[str, Callable[[UnitCount], Any]] = {
        "ten": lambda one: fold(one.name),
        "chua-ro": lambda one: (-count_of(one, channel).unknown, one.unit),
        "so-o": lambda one: (-count_of(one, channel).all, one.unit),
    }
    return sorted(units, key=keys.get(order, lambda one: _worst(one, channel)))


def _worst(one: UnitCount, channel: str) -> tuple[Any, ...]:
    count = count_of(one, channel)
    return (count.share is None, count.share or 0.0, -count.concluded, -count.unknown, one.unit)


@router.get("/cong-khai")
def overview(asked: AskedPublication, ngay: DayGiven = "", xep: OrderGiven = "", kenh: ChannelGiven = "") -> Response:
    """The map, and the provinces and ministries as tables."""
    day = day_asked(ngay, asked.day)
    found = coverage_overview(asked.moment, day)
    shown = _context(day, ngay, xep, kenh)
    if found is None:
        return asked.page("coverage.html", found=None, **shown)
    counts = {one.unit: count_of(one, kenh) for one in found.provinces}
    return asked.page(
        "coverage.html", found=found, whole=count_of(found.country, kenh), provinces=in_order(found.provinces, xep, kenh),
        ministries=in_order(found.ministries, xep, kenh), picture=country_map(), counts=counts,
        names={one.unit: one.name for one in found.provinces}, **shown,
    )  # fmt: skip


@router.get("/cong-khai.{kind}")
def overview_file(asked: AskedPublication, kind: TableFile, ngay: DayGiven = "", xep: OrderGiven = "") -> Response:
    """The tables of that page as a file."""
    day = day_asked(ngay, asked.day)

    def made(moment: Any) -> PlainTable:
        found = coverage_overview(moment, day)
        units = [*in_order(found.provinces, xep, ""), *in_order(found.ministries, xep, "")] if found else []
        return _table(f"Công khai thủ tục hành chính đến ngày {words.day(day)}", units)

    return table_sent(asked, f"cong-khai-{day}", kind, made)


@router.get("/cong-khai/{head}.{kind}")
def below_file(asked: AskedPublication, head: str, kind: TableFile, ngay: DayGiven = "", xep: OrderGiven = "") -> Response:
    """A province's or ministry's table as a file."""
    try:
        unit = asked_unit(asked, head, "/cong-khai")
    except OtherAddress as error:
        return moved(error)
    day = day_asked(ngay, asked.day)

    def made(moment: Any) -> PlainTable:
        found = coverage_below(moment, day, unit)
        units = in_order(found.below, xep, "") if found else []
        return _table(f"Công khai thủ tục hành chính đến ngày {words.day(day)}: {unit}", units)

    return table_sent(asked, f"cong-khai-{unit.replace('/', '-')}-{day}", kind, made)


@router.get("/cong-khai/{head}")
def below(asked: AskedPublication, head: str, ngay: DayGiven = "", xep: OrderGiven = "", kenh: ChannelGiven = "") -> Response:
    """The units of a province or ministry, each with its channels."""
    try:
        unit = asked_unit(asked, head, "/cong-khai")
    except OtherAddress as error:
        return moved(error)
    day = day_asked(ngay, asked.day)
    if not is_head(unit):
        return moved(OtherAddress(asked.to(f"/don-vi/{unit}")))
    found = coverage_below(asked.moment, day, unit)
    units = in_order(found.below, xep, kenh) if found else []
    return asked.page("coverage_below.html", unit=unit, found=found, units=units, **_context(day, ngay, xep, kenh))


def _context(day: date, given: str, order: str, channel: str) -> dict[str, Any]:
    order = order if order in ORDERS else "dat"
    return {
        "as_of": day, "ngay": given, "xep": order, "kenh": channel, "channels": [one.value for one in Channel],
        "count_of": count_of, "step_of": step_of, "veiled": veiled, "steps": STEPS,
    }  # fmt: skip


def _table(title: str, units: Sequence[UnitCount]) -> PlainTable:
    channels = tuple(Channel)
    headings = ["Đơn vị", "Mã đơn vị", "Số đơn vị có ô"]
    for channel in channels:
        name = words.CHANNEL[channel]
        headings += [f"{name}: đạt", f"{name}: đã kết luận", f"{name}: chưa rõ", f"{name}: không truy cập được"]
    return PlainTable(
        title,
        ["Đạt: đã công khai, trong số đã quan sát và kết luận được. Chưa rõ không tính vào tỷ lệ nào."],
        headings,
        (_row(one, channels) for one in units),
    )


def _row(one: UnitCount, channels: Sequence[Channel]) -> list[TableCell]:
    row: list[TableCell] = [one.name, one.unit, one.units]
    for channel in channels:
        count = one.of(channel.value) or _NONE
        row += [count.posted, count.concluded, count.unknown, count.unreachable]
    return row
