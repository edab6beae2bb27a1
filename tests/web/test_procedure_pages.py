"""A procedure's pages: what one needs first, the parts in the decree's order, what its legal basis is worth, its versions."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from rasoat import words
from tests.web.conftest import app_of
from web.pages.procedure_pages import IN_ORDER

pytestmark = pytest.mark.slow


def test_what_one_needs_stands_first_then_the_parts_of_the_decree_in_its_order(client: TestClient) -> None:
    page = client.get("/tt/1.001193").text
    headings = [" ".join(one.split()) for one in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.S)]
    assert headings[:4] == ["Bao lâu", "Bao nhiêu tiền", "Nộp ở đâu", "Cần gì"]
    parts = [words.PART[part].capitalize() for part in IN_ORDER]
    assert [one for one in headings if one in parts] == parts
    assert headings.index("Căn cứ pháp lý") > headings.index(parts[-1])


def test_a_part_that_the_portal_does_not_give_is_said_to_be_missing(client: TestClient) -> None:
    assert "cổng không nêu" in client.get("/tt/1.001699").text


def test_a_dead_legal_basis_is_told_with_its_clause_and_without_fright(client: TestClient) -> None:
    page = client.get("/tt/1.000894").text
    assert "15/2015/TT-BTP" in page
    assert "16/07/2020" in page
    assert 'href="/vb/04-2020-tt-btp"' in page
    assert "<blockquote" in page
    assert "Thủ tục vẫn có thể được tiếp nhận" in page
    assert "chưa được cơ quan nào kết luận" in page
    assert "trái luật" not in page


def test_a_cited_provision_has_a_status_of_its_own(client: TestClient) -> None:
    page = client.get("/tt/1.000656").text
    assert 'href="/vb/123-2015-nd-cp/dieu-12/khoan-1"' in page
    assert "khoản 1 Điều 12" in page


@pytest.mark.parametrize(("setting", "told"), [("none", False), ("confirmed", False), ("all", True)])
def test_facts_are_public_and_accusations_obey_the_setting(web_home, setting: str, told: bool) -> None:  # type: ignore[no-untyped-def]
    with TestClient(app_of(web_home, web_public_findings=setting)) as opened:
        page = opened.get("/tt/1.000894").text
    assert ("Phát hiện rà soát" in page) is told
    assert "16/07/2020" in page  # the fact, whoever may see the finding


def test_the_sheet_leads_back_by_a_code(client: TestClient) -> None:
    page = client.get("/tt/1.001193/phieu").text
    assert "http://rasoat.test/tt/1.001193" in page
    assert 'class="qr"' in page


def test_an_unknown_code_is_told_with_the_nearest(client: TestClient) -> None:
    found = client.get("/tt/1.001192")
    assert found.status_code == 404
    assert "1.001193" in found.text


def test_the_versions_and_what_differs(client: TestClient) -> None:
    assert "bản đầu tiên" in client.get("/tt/1.001193/lich-su").text
    assert "Hai bản không khác nhau" in client.get("/tt/1.001193/so-sanh").text
    assert client.get("/tt/1.001193/so-sanh", params={"tu": "hôm qua"}).status_code == 400


def test_a_place_that_is_none_is_told_beside_the_field(client: TestClient) -> None:
    page = client.get("/tt/1.001193", params={"noi": "xã Không Có Đâu"}).text
    assert 'id="noi-sai"' in page
    page = client.get("/tt/1.001193", params={"noi": "tỉnh Lai Châu"}).text
    assert "chưa có ghi nhận nào" in page or "trụ sở" in page


def test_a_browser_that_holds_the_page_is_told_so(client: TestClient) -> None:
    first = client.get("/tt/1.001193")
    again = client.get("/tt/1.001193", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    english = client.get("/en/tt/1.001193", headers={"If-None-Match": first.headers["etag"]})
    assert english.status_code == 200
