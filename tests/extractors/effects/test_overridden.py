"""Lines of resolutions that drop, delegate or simplify procedures (sentences of our own)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.effects.overridden import OverrideAction, overridden_procedures, procedure_names


@pytest.mark.parametrize(
    ("line", "action", "names", "codes"),
    [
        (
            "### III. Không thực hiện TTHC cấp, cấp lại Quyết định công nhận vườn giống cây ăn quả",
            OverrideAction.DROPPED,
            {"cap quyet dinh cong nhan vuon giong cay an qua", "cap lai quyet dinh cong nhan vuon giong cay an qua"},
            set(),
        ),
        (
            "- Bãi bỏ thủ tục hành chính “x”",
            None,
            set(),
            set(),
        ),
        (
            "2. Bãi bỏ thủ tục cấp lại giấy phép nuôi ong theo quy định tại Điều 9 Nghị định số 10/2016/NĐ-CP;",
            OverrideAction.DROPPED,
            {"cap lai giay phep nuoi ong"},
            set(),
        ),
        (
            "| 4 | Đơn giản hóa thủ tục đăng ký bến bãi chở khách (mã số 1.004321) | Phụ lục |",
            OverrideAction.SIMPLIFIED,
            {"dang ky ben bai cho khach"},
            {"1.004321"},
        ),
        (
            "Phân quyền cho Chủ tịch Ủy ban nhân dân cấp tỉnh thực hiện thủ tục hành chính thẩm định phương án đóng bến",
            OverrideAction.DELEGATED,
            {"tham dinh phuong an dong ben"},
            set(),
        ),
    ],
)
def test_what_a_line_says(line: str, action: OverrideAction | None, names: set[str], codes: set[str]) -> None:
    found = list(overridden_procedures(f"Phụ lục I\n{line}\nHết."))
    assert [(one.action, set(one.names), set(one.codes)) for one in found] == ([(action, names, codes)] if action else [])


@pytest.mark.parametrize(
    "line",
    [
        "Bãi bỏ quy định tại khoản 2 Điều 5 Nghị định số 10/2016/NĐ-CP.",
        "Tổ chức, cá nhân thực hiện thủ tục cấp giấy phép nuôi ong tại xã.",
        "Cắt giảm, đơn giản hóa TTHC.",
        "Thủ tục cấp giấy phép nuôi ong được thực hiện theo Điều 4.",
    ],
)
def test_lines_that_act_on_no_procedure(line: str) -> None:
    assert list(overridden_procedures(line)) == []


def test_one_name_for_several_acts() -> None:
    assert procedure_names("Thủ tục Cấp mới, gia hạn và cấp lại Giấy phép nuôi ong") == {
        "cap moi giay phep nuoi ong",
        "gia han giay phep nuoi ong",
        "cap lai giay phep nuoi ong",
    }
    assert procedure_names("Khai báo tạm vắng") == {"khai bao tam vang"}
    assert procedure_names("  ") == frozenset()


@given(st.text(max_size=200), st.text(alphabet=" ,.;:|(*\n\tcấpvàTTHC1.0042", max_size=60))
def test_any_text_is_read_and_quoted_exactly(before: str, after: str) -> None:
    text = f"{before} Không thực hiện thủ tục cấp giấy phép nuôi ong {after}"
    for one in overridden_procedures(text):
        assert text[one.start : one.end] == one.quote
        assert one.names or one.codes
