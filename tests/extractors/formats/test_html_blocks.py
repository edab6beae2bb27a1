import pytest

from extractors.formats.extracted_text import UnreadableError
from extractors.formats.html import html_text, read_html


def test_inline_text_is_joined_with_nothing_between() -> None:
    assert (
        html_text("<p>Quyết định số 12<b>09</b>/<i>Q</i>Đ-<span>U</span>BND của t<b>ỉ</b>nh</p>") == "Quyết định số 1209/QĐ-UBND của tỉnh"
    )


def test_blocks_and_breaks_end_lines() -> None:
    assert html_text("<h1>Điều 1</h1><div>a<br>b<p>c</p>d</div>") == "Điều 1\na\nb\nc\nd"


def test_rows_are_lines_and_cells_are_parted_by_tabs() -> None:
    page = "<table><tr><th>Mã</th><th>Tên</th></tr><tr><td><p>1.000001</p></td><td><p>Cấp</p><p>giấy</p></td></tr></table>"
    assert html_text(page) == "Mã\tTên\n1.000001\tCấp giấy"
    assert read_html(page.encode()).tables[0].rows[1] == ("1.000001", "Cấp giấy")


def test_nested_table_is_text_of_its_cell() -> None:
    page = "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>"
    assert read_html(page.encode()).tables[0].rows == (("a b c", "d"),)
    assert html_text(page) == "a b c\td"


def test_scripts_and_styles_are_no_text() -> None:
    assert html_text("<style>p{}</style><p>a<script>alert(1)</script> b</p><noscript>c</noscript>d") == "a b\nd"


def test_deep_and_broken_markup() -> None:
    assert html_text("<div>" * 1000 + "x") == "x"
    with pytest.raises(UnreadableError, match="quá sâu"):
        html_text("<p>a</p>" + "<div>" * 5000 + "x")
    assert html_text("<p>a</i></table><b>b") == "ab"
    with pytest.raises(UnreadableError):
        html_text("")
