"""A unit's page end to end: the form is taken from it, filled in, handed back, and what was seen is told; accusations as the setting says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from cli.demo_command import DEMO_DAY
from extractors.imports import inspection_form as layout
from queries.unit_postings import PostingOfUnit
from rasoat.settings import Settings
from tests.web.conftest import ADDRESS, app_of
from tests.web.inspected_home import COMMUNE, HOSTILE, inspected
from web.pages.unit_pages import told

pytestmark = pytest.mark.slow
PAGE = f"/don-vi/{COMMUNE}"
KEPT_BACK = ("thiếu bộ phận", "nội dung cũ")


@pytest.fixture(scope="module")
def form(client: TestClient) -> bytes:
    found = client.get(f"{PAGE}/phieu-kiem-tra.xlsx")
    assert found.status_code == 200
    assert f"phieu-{COMMUNE.replace('/', '-')}" in found.headers["content-disposition"]
    return found.content


@pytest.fixture(scope="module")
def looked_at(web_home: Path, form: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return inspected(web_home, form, tmp_path_factory.mktemp("units"))


@pytest.fixture(scope="module")
def guest(looked_at: Path) -> Iterator[TestClient]:
    with TestClient(app_of(looked_at), base_url=ADDRESS, follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def office(looked_at: Path) -> Iterator[TestClient]:
    """An office that shows every finding."""
    with TestClient(app_of(looked_at, web_public_findings="all"), base_url=ADDRESS, follow_redirects=False) as opened:
        yield opened


def test_the_form_asks_for_what_the_unit_owes(form: bytes, client: TestClient) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form))[layout.SHEET]
    codes = {str(sheet.cell(row, layout.CODE + 1).value) for row in range(layout.ROWS_FROM + 1, sheet.max_row + 1)} - {"None", ""}
    page = client.get(PAGE).text
    assert len(codes) > 5
    assert all(code in page for code in codes)


def test_a_guest_is_told_what_was_seen_and_no_accusation(guest: TestClient) -> None:
    page = guest.get(PAGE).text
    assert re.search(r"Đạt 1/3 \(33 %\), chưa rõ \d+", page)
    assert "đã công khai" in page
    assert re.search(r"đã công khai</span>\s*ngày 20/11/2026", page)
    assert page.count("thấy công khai, nội dung đang được đối chiếu") == 2
    assert not [word for word in (*KEPT_BACK, "POST-0", "incomplete", "outdated") if word in page]
    assert guest.get(f"{PAGE}?tinh-trang=incomplete").status_code == 404
    assert guest.get(f"{PAGE}/bao-cao-kiem-tra.docx").status_code == 404


def test_an_office_that_shows_findings_shows_them(office: TestClient) -> None:
    page = office.get(PAGE).text
    assert all(word in page for word in KEPT_BACK)
    assert office.get(f"{PAGE}?tinh-trang=incomplete").text.count('href="/tt/') == 1
    report = office.get(f"{PAGE}/bao-cao-kiem-tra.docx")
    assert report.status_code == 200
    assert report.content.startswith(b"PK")


@pytest.mark.parametrize("shown", ["none", "confirmed", "all"])
def test_what_was_not_seen_is_said_to_be_no_more_than_that(shown: str) -> None:
    cell = PostingOfUnit(
        channel="premises",
        state="missing",
        observed_at=DEMO_DAY,
        source=None,
        note="",
        finding="f" * 24,
        rule="POST-03",
        decided="confirmed",
    )
    assert told(cell, Settings(web_public_findings=shown)) == ("chưa thấy khi xem", "missing")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "decided", "word"), [("none", "confirmed", 0), ("confirmed", "open", 0), ("confirmed", "confirmed", 1), ("all", None, 1)]
)
def test_what_is_wrong_is_told_as_the_office_has_chosen(shown: str, decided: str | None, word: int) -> None:
    cell = PostingOfUnit(
        channel="premises",
        state="incomplete",
        observed_at=DEMO_DAY,
        source=None,
        note="",
        finding="f" * 24,
        rule="POST-07",
        decided=decided,
    )
    said = told(cell, Settings(web_public_findings=shown))  # type: ignore[arg-type]
    assert said == (("thấy công khai, nội dung đang được đối chiếu", "unknown"), ("thiếu bộ phận", "incomplete"))[word]


@pytest.mark.parametrize("page", [PAGE, "/cong-khai/lai-chau", "/cong-khai", "/nguon"])
def test_what_an_inspector_wrote_is_text(office: TestClient, page: str) -> None:
    text = office.get(page).text
    assert "<script>alert" not in text
    assert (HOSTILE in text) is False


def test_the_file_of_a_unit_says_what_its_page_says(guest: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(guest.get(f"{PAGE}/danh-muc.csv").text.removeprefix("\ufeff"))))
    assert [row["Đã thấy gì"] for row in rows].count("thấy công khai, nội dung đang được đối chiếu") == 2
    assert {row["Xem ngày"] for row in rows} == {"", "2026-11-20"}


def test_counts_climb_from_the_unit_to_its_province_and_the_country(guest: TestClient, client: TestClient) -> None:
    said = re.compile(r"Đạt (\d+)/(\d+)")
    for address in ("/cong-khai/lai-chau", "/cong-khai"):
        before, after = (said.search(one.get(address + "?kenh=premises").text) for one in (client, guest))
        assert before is None or before.groups() == ("0", "0")
        assert after is not None
        assert after.groups() == ("1", "3")


def test_a_page_of_a_unit_keeps_one_field(guest: TestClient) -> None:
    whole = guest.get(PAGE).text
    field = re.findall(r'<option value="([^"*]+)">', whole)[0]
    part = guest.get(PAGE, params={"linh-vuc": field}).text
    assert 0 < part.count('href="/tt/') < whole.count('href="/tt/')


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/don-vi/Tỉnh Yên Bái", "/don-vi/lao-cai"), ("/cong-khai/ha-giang", "/cong-khai/tuyen-quang"), (f"/cong-khai/{COMMUNE}", None)],
)
def test_a_name_of_any_time_leads_to_today_s_unit(client: TestClient, asked: str, leads_to: str | None) -> None:
    found = client.get(asked)
    assert (found.headers.get("location") if leads_to else found.status_code) == (leads_to or 404)


@pytest.mark.parametrize(
    "asked",
    [
        "/don-vi/khong/co", "/don-vi/..%2f..%2fetc%2fpasswd", "/don-vi/%00/x", "/don-vi/lai-chau/" + "x" * 1500, "/cong-khai/' or 1=1 --",
        f"{PAGE}?trang=0", f"{PAGE}?trang=99", f"{PAGE}?trang=99999999999999999999", f"{PAGE}?tinh-trang=x", f"{PAGE}?kenh=x", f"{PAGE}?ngay=2026-02-30",
        f"{PAGE}?ngay=0001-01-01", "/cong-khai?ngay=%00", "/cong-khai.exe", "/nguon/bao-cao/2026-11-22/..%2f..%2frasoat.db",
        "/nguon/bao-cao/2026-11-22/phat-hien.xlsx", "/nguon/bao-cao/..%2f..%2f/chat-luong.html", "/nguon/lan-chay/0.json", "/nguon/lan-chay/99999999999.json",
        "/so-lieu?co-quan=khong-co", "/so-lieu/can-cu-het-hieu-luc?trang=10001", "/so-lieu/can-cu-het-hieu-luc?trang=10000", "/sap-het-hieu-luc.ics?co-quan=%0d%0aX:y",
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(client: TestClient, asked: str) -> None:
    found = client.get(asked)
    assert found.status_code in (400, 404, 422)
    assert "Traceback" not in found.text
    assert "sqlite" not in found.text.lower()
