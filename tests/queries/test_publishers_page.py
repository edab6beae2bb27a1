"""Where a publisher shows a procedure."""

from __future__ import annotations

import pytest

from queries.publishers_page import page_address


@pytest.mark.parametrize(
    ("source", "url", "address"),
    [
        ("dichvucong", "/thu-tuc-hanh-chinh/12", "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/12"),
        ("import", "https://example.org/12", "https://example.org/12"),
        ("import", "/12", ""),
        ("import", "javascript:alert(1)", ""),
        ("dichvucong", None, ""),
    ],
)
def test_a_link_has_its_host_or_is_none(source: str, url: str | None, address: str) -> None:
    assert page_address(source, url) == address
