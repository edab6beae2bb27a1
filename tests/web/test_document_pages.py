"""A document's pages: its status on any day with the clause, over time as picture and table, who cites it, its articles and originals."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.slow


def test_an_ended_document_is_told_with_day_clause_and_successor(client: TestClient) -> None:
    page = client.get("/vb/42-2022-nd-cp").text
    assert '<span class="status expired">' in page
    assert "01/07/2026" in page
    assert "224/2026/NĐ-CP" in page
    assert "<blockquote" in page


def test_the_day_asked_about_decides(client: TestClient) -> None:
    def verdict(day: str) -> str:
        page = client.get("/vb/42-2022-nd-cp", params={"ngay": day}).text
        found = re.search(r'class="verdict"><span class="status (\w+)"', page.replace("\n", ""))
        assert found
        return found[1]

    assert verdict("30/06/2026") == "in_force"
    assert verdict("2026-07-01") == "expired"
    assert client.get("/vb/42-2022-nd-cp", params={"ngay": "31/02/2026"}).status_code == 400


def test_the_picture_says_the_same_as_the_table(client: TestClient) -> None:
    page = client.get("/vb/42-2022-nd-cp").text
    picture = ElementTree.fromstring(re.search(r"<svg class=\"timeline\".*?</svg>", page, re.S)[0])  # type: ignore[index]
    bars = [one.attrib["class"].removeprefix("bar-") for one in picture.iter() if one.attrib.get("class", "").startswith("bar-")]
    table = re.search(r"<caption>Hiệu lực theo thời gian</caption>.*?</table>", page, re.S)[0]  # type: ignore[index]
    assert bars == re.findall(r'class="status (\w+)"', table)


def test_what_ended_of_a_document_is_struck_and_labelled(client: TestClient) -> None:
    page = client.get("/vb/123-2015-nd-cp").text
    assert '<span class="status partly_in_force">' in page
    assert re.search(r'dieu-12/khoan-1" lang="vi"><span class="dead">', page)


def test_known_changes_are_told_before_they_come(client: TestClient) -> None:
    page = client.get("/vb/202-2026-nd-cp").text
    assert "Thay đổi đã biết, chưa có hiệu lực" in page
    assert "01/03/2027" in page


def test_a_provision_has_its_own_page_with_its_words(client: TestClient) -> None:
    page = client.get("/vb/123-2015-nd-cp/dieu-12/khoan-1").text
    assert "15/09/2020" in page
    assert "khoản 2 Điều 25" in page
    assert "Điều 12. " in page
    assert "1.000656" in page
    assert client.get("/vb/123-2015-nd-cp/khong/phai").status_code == 404


def test_who_cites_it_procedures_first(client: TestClient) -> None:
    page = client.get("/vb/123-2015-nd-cp/duoc-vien-dan").text
    assert page.index("Thủ tục viện dẫn") < page.index("Văn bản có điều khoản tác động")
    assert "xếp theo mã thủ tục" in page


def test_what_the_publisher_says_stands_beside_what_we_say(client: TestClient) -> None:
    pages = [client.get(f"/vb/{slug}").text for slug in ("42-2022-nd-cp", "123-2015-nd-cp", "01-2022-tt-btp", "23-2015-nd-cp")]
    assert any("Nguồn nói gì về hiệu lực" in page for page in pages)


def test_articles_and_originals_are_listed(client: TestClient) -> None:
    assert "Điều 12. " in client.get("/vb/123-2015-nd-cp/toan-van").text
    page = client.get("/vb/123-2015-nd-cp/goc").text
    assert re.search(r'href="/goc/[0-9a-f]{64}"', page)


def test_an_address_of_nobody_is_no_page(client: TestClient) -> None:
    for slug in ("999-1999-nd-cp", "khong-so", "..%2f..%2fetc", "123", "123-2015-nd-cp@khong-ai"):
        assert client.get(f"/vb/{slug}").status_code == 404
