"""A total below a list is no procedure; a name, or the rest of a row that a page's turn cut, may begin with the same letters."""

from __future__ import annotations

import pytest

from extractors.postings.blocks import TableBlock
from extractors.postings.procedure_rows import procedure_rows

HEADER = ("Tên thủ tục hành chính", "Mã TTHC", "Căn cứ pháp lý")
FIRST = ("Đăng ký khai sinh", "1.001193", "Luật Hộ tịch")


@pytest.mark.parametrize(
    "total",
    [
        "Tổng", "Cộng", "CỘNG:", "Tổng cộng", "TỔNG SỐ", "Tổng số: 12", "Tổng cộng (A+B)", "Tổng số thủ tục", "Cộng 12 TTHC", "Tong cong",
        "TONG SO: 12", "Cong:", "Cộng = 12",
    ],
)  # fmt: skip
def test_a_total_is_no_row(total: str) -> None:
    found = procedure_rows([TableBlock(1, (HEADER, FIRST, (total, "12 ngày", "")))], None)
    assert [row.code for row in found.rows] == ["1.001193"]


@pytest.mark.parametrize(
    "name",
    ["Công nhận làng nghề truyền thống", "Cộng đồng dân cư nhận đất", "Tổng hợp báo cáo của hộ kinh doanh", "Cống hiến của nghệ nhân"],
)
def test_a_name_that_begins_like_a_total_is_a_row(name: str) -> None:
    found = procedure_rows([TableBlock(1, (HEADER, FIRST, (name, "1.001194", "")))], None)
    assert [(row.code, row.name) for row in found.rows][1:] == [("1.001194", name)]


@pytest.mark.parametrize("rest", ["công quốc gia", "cộng đồng dân cư", "tổng hợp của xã", "công ích"])
def test_the_rest_of_a_cut_row_that_begins_like_a_total_is_kept(rest: str) -> None:
    header = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Địa điểm", "Căn cứ pháp lý")
    before = TableBlock(1, (header, ("1", "1.001193", "Đăng ký khai sinh", "Cổng Dịch vụ", "Nghị định số 1/2026/NĐ-CP ngày 1 tháng 9")))
    after = TableBlock(2, (("", "", "", rest, "năm 2026"), ("2", "1.001194", "Đăng ký kết hôn", "Bưu điện", "Luật Hộ tịch")))
    first, second = procedure_rows([before, after], None, announced=True).rows
    assert first.announced is not None
    assert (first.announced.place, first.announced.legal_basis) == (
        f"Cổng Dịch vụ {rest}",
        "Nghị định số 1/2026/NĐ-CP ngày 1 tháng 9 năm 2026",
    )
    assert second.code == "1.001194"
