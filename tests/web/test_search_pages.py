"""Searching as people do: without marks, with facets, by code or number, and when nothing is found."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.slow


def test_a_question_without_marks_finds_the_procedure_first(client: TestClient) -> None:
    page = client.get("/tim", params={"q": "dang ky khai sinh"}).text
    hits = re.findall(r'<h2><a href="(/[^"]+)"', page)
    assert hits[0] == "/tt/1.001193"
    assert 'role="status"' in page
    assert "<details" in page
    assert 'name="linh-vuc"' in page


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [("1.001193", "/tt/1.001193"), (" 42/2022/NĐ-CP ", "/vb/42-2022-nd-cp"), ("42/2022/nd-cp", "/vb/42-2022-nd-cp")],
)
def test_a_code_or_a_number_leads_straight_to_its_page(client: TestClient, typed: str, leads_to: str) -> None:
    found = client.get("/tim", params={"q": typed})
    assert (found.status_code, found.headers["location"]) == (303, leads_to)
    assert client.get("/en/tim", params={"q": typed}).headers["location"] == f"/en{leads_to}"


def test_a_filter_narrows_and_can_be_taken_back(client: TestClient) -> None:
    page = client.get("/tim", params={"q": "dang ky", "linh-vuc": "Hộ tịch", "loai": "thu-tuc"}).text
    assert 'value="Hộ tịch" checked' in page
    assert 'href="/tim?q=dang+ky"' in page
    assert "/vb/" not in re.search(r'<ol class="plain hits">.*?</ol>', page, re.S)[0]  # type: ignore[index]


def test_what_was_corrected_is_said_with_a_way_back_to_the_words_typed(client: TestClient) -> None:
    page = client.get("/tim", params={"q": "đăng ký khai sihn"}).text
    assert "Đã tìm theo:" in page
    assert "nguyen-van=1" in page
    literal = client.get("/tim", params={"q": "đăng ký khai sihn", "nguyen-van": "1"}).text
    assert "Đã tìm theo:" not in literal


def test_where_nothing_is_certain_the_page_says_so(client: TestClient) -> None:
    page = client.get("/tim", params={"q": "cấp phép bay cho khinh khí cầu"}).text
    assert "Không thấy" in page or "Không có kết quả nào" in page


def test_where_nothing_is_found_the_page_helps(client: TestClient) -> None:
    page = client.get("/tim", params={"q": "zzzzqqq xxwwyy"}).text
    assert "Không có kết quả nào" in page
    assert "Thử cách khác" in page


def test_names_are_suggested_while_somebody_types(client: TestClient) -> None:
    found = client.get("/goi-y", params={"q": "khai si"}).text
    assert "<option" in found
    assert "<html" not in found
    assert client.get("/goi-y", params={"q": ""}).text == ""


def test_the_first_page_works_without_a_script(client: TestClient) -> None:
    page = client.get("/").text
    assert 'action="/tim"' in page
    assert "<button>Tìm</button>" in page
    assert "/tim?q=%C4%90%C4%83ng+k%C3%BD+khai+sinh" in page


def test_an_article_that_is_named_leads_to_its_own_page(client: TestClient) -> None:
    page = client.get("/tim", params={"q": "khoản 1 Điều 12 Nghị định 123/2015/NĐ-CP"}).text
    assert 'href="/vb/123-2015-nd-cp/dieu-12"' in page
    assert client.get("/vb/123-2015-nd-cp/dieu-12").status_code == 200
