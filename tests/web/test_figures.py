"""Maps, figures, endings to come and sources: what they show is what the files and the calendar say, and both archipelagos are on the map."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from starlette.testclient import TestClient

from cli.demo_command import DEMO_DAY
from rasoat.units import UnitKind, country
from rasoat.vietnamese import fold
from web.country_map import country_map
from web.pages.coverage_pages import step_of, veiled

pytestmark = pytest.mark.slow
ENDED = "/so-lieu/can-cu-het-hieu-luc"


def rows_of(client: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text.removeprefix("\ufeff"))))


def test_the_map_has_every_province_and_both_archipelagos(client: TestClient) -> None:
    shapes = {shape.unit: shape for shape in country_map().provinces}
    assert set(shapes) == {one.id for one in country().of_kind(UnitKind.PROVINCE)}
    isles = {unit: shape.islands.count("M") for unit, shape in shapes.items() if shape.islands}
    assert isles.keys() == {"da-nang", "khanh-hoa"}  # Hoàng Sa, Trường Sa
    assert isles["da-nang"] >= 8
    assert isles["khanh-hoa"] >= 40
    page = client.get("/cong-khai").text
    assert "Quần đảo Hoàng Sa" in page
    assert "Quần đảo Trường Sa" in page
    assert page.count('<path class="isles') == 2
    assert "CC BY 4.0" in page
    assert "style=" not in page  # the policy refuses it


@pytest.mark.parametrize(("posted", "concluded", "step"), [(0, 0, 0), (0, 9, 1), (5, 10, 2), (7, 10, 3), (17, 20, 4), (19, 20, 5)])
def test_a_share_has_a_step_and_what_nobody_knows_has_none(posted: int, concluded: int, step: int) -> None:
    from queries.coverage_counts import ChannelCount

    count = ChannelCount(channel="", posted=posted, concluded=concluded, unknown=10, unreachable=0, states={})
    assert step_of(count) == step
    assert veiled(count) == (concluded < 10)


@pytest.mark.parametrize("order", ["dat", "chua-ro", "so-o", "ten"])
def test_the_table_is_sorted_by_a_link(client: TestClient, order: str) -> None:
    found = re.findall(r'<th scope="row"><a href="/cong-khai/([a-z-]+)', client.get(f"/cong-khai?xep={order}").text)
    assert len(found) == 34 + 17
    if order == "ten":
        assert found[:34] == sorted(found[:34], key=lambda unit: fold(country().name(unit)))


def test_files_of_the_map_say_what_it_shows(client: TestClient) -> None:
    rows = rows_of(client, "/cong-khai.csv")
    assert len(rows) == 34 + 17
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/cong-khai.xlsx").content)).active
    assert sheet is not None
    assert [row["Mã đơn vị"] for row in rows] == [sheet.cell(line, 2).value for line in range(5, 5 + len(rows))]


def test_the_number_of_ended_bases_is_that_of_its_list_and_its_file(client: TestClient) -> None:
    (said,) = re.findall(r'can-cu-het-hieu-luc"><b>(\d+)</b>', client.get("/so-lieu").text)
    rows = rows_of(client, f"{ENDED}.csv")
    assert len(rows) == int(said)
    assert client.get(ENDED).text.count("<li><h2>") == len(rows)
    assert all(row["Nguyên văn điều khoản"] and row["Hết hiệu lực từ"] <= str(DEMO_DAY) for row in rows)
    by_field = {row["Lĩnh vực"] for row in rows}
    assert sum(len(rows_of(client, f"{ENDED}.csv?linh-vuc={field}")) for field in by_field) == len(rows)


def test_the_trend_ends_with_today_s_number(client: TestClient) -> None:
    rows = [row for row in rows_of(client, "/so-lieu.csv") if row["Về"] == "căn cứ đã hết hiệu lực, theo ngày"]
    assert len(rows) == 13
    assert rows[-1]["Của"] == str(DEMO_DAY)
    days = [date.fromisoformat(row["Của"]) for row in rows]
    for day, number in zip(days, (int(row["Số"]) for row in rows), strict=True):
        assert len(rows_of(client, f"{ENDED}.csv?ngay={day}")) == number


def test_a_guest_is_told_no_number_of_findings_that_nobody_confirmed(client: TestClient) -> None:
    page = client.get("/so-lieu").text
    assert "Chưa có phát hiện nào được xác nhận" in page
    assert "CITE-0" not in page


def test_what_ends_next_year_stands_in_its_month_and_the_great_day_first(client: TestClient) -> None:
    page = client.get("/sap-het-hieu-luc").text
    months = re.findall(r'<section class="month" id="m(\d{4}-\d{2})"', page)
    assert months == sorted(months)
    assert "2027-03" in months
    assert page.index("Ngày 01/03/2027") < page.index('class="month"')


def test_the_calendar_is_read_back(client: TestClient) -> None:
    """By the rules of RFC 5545: lines of at most 75 octets, unfolded, one event a document and day."""
    found = client.get("/sap-het-hieu-luc.ics")
    assert found.headers["content-type"].startswith("text/calendar")
    raw = found.content.split(b"\r\n")
    assert raw[-1] == b""
    assert max(map(len, raw)) <= 75
    lines = found.content.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    events = [block.split("\n") for block in "\n".join(lines).split("BEGIN:VEVENT\n")[1:]]
    told = [dict(line.partition(":")[::2] for line in event if ":" in line) for event in events]
    rows = rows_of(client, "/sap-het-hieu-luc.csv")
    assert [(event["DTSTART;VALUE=DATE"]) for event in told] == [row["Hết hiệu lực từ"].replace("-", "") for row in rows]
    assert len({event["UID"] for event in told}) == len(told)
    for event in told:
        first, after = (date.fromisoformat(event[f"{name};VALUE=DATE"]) for name in ("DTSTART", "DTEND"))
        assert after - first == timedelta(days=1)
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert event["SUMMARY"]


def test_the_sources_tell_what_came_and_what_was_refused(client: TestClient) -> None:
    page = client.get("/nguon").text
    for said in (
        "Bộ pháp điển",
        "Cơ sở dữ liệu quốc gia về pháp luật",
        "Cổng Dịch vụ công quốc gia",
        "Cho phép công bố",
        "hứa 40, nhận 40",
    ):
        assert said in page, said
    assert "/home/" not in page
    assert "rasoat.db" not in page
    assert client.get("/nguon/bao-cao/2026-11-22/chat-luong.html").headers["content-disposition"].startswith("attachment")
