from hypothesis import given
from hypothesis import strategies as st

from extractors.postings.code_catalogue import AGREES, Catalogue, agreement, national
from extractors.postings.codes import decide, looks_like_code, national_code, printed_code

NAMES = Catalogue(
    {
        "1.003951": "Đăng ký gia hạn chỉ định cơ sở kiểm nghiệm",
        "1.003950": "Đăng ký chỉ định cơ sở kiểm nghiệm lần đầu",
        "2.001660": "Đăng ký thay đổi phạm vi chỉ định cơ sở kiểm nghiệm",
        " 9.999999": "Thủ tục thử",
    }
)
RENEWAL, CHANGE = "Đăng ký gia hạn chỉ định cơ sở kiểm nghiệm", "Đăng ký thay đổi phạm vi chỉ định cơ sở kiểm nghiệm"


def test_the_national_form_is_made_of_printed_digits_alone() -> None:
    printed = {
        "1.013.978": "1.013978", "/6.002095": "6.002095", "2.00166": None, "1.0133611": None, "": None, "1,013978": "1.013978",
        "2.002307.000.00.00.H35": "2.002307", "1.014028.H35": "1.014028", "T-BLI-144505-TT": None,
    }  # fmt: skip
    assert {text: national_code(text) for text in printed} == printed


def test_cells_that_hold_a_code() -> None:
    assert all(map(looks_like_code, ["1.013978", "1.013.978", "/6.002095", "2.00166", "1.014028.H35", "T-BLI-144505-TT", "1. 013978"]))
    assert not any(map(looks_like_code, ["1", "34", "05 ngày", "1.5", "30.000 đồng", "2026", "Không", "12/2019/QĐ-UBND"]))


def test_names_of_one_procedure_agree_and_neighbours_do_not() -> None:
    assert agreement("Thủ tục ĐĂNG KÝ gia hạn (cấp xã)", "đăng ký gia hạn") == 1.0
    assert agreement("Cấp đổi, cấp lại giấy xác nhận khuyết tật", "Đổi, cấp lại giấy xác nhận khuyết tật") >= AGREES
    assert agreement("Cấp lại giấy phép", "Thu hồi giấy chứng nhận kết hôn") < AGREES
    assert agreement("", "Đăng ký gia hạn") == 0.0
    assert "9.999999" in NAMES


def test_the_name_decides_among_what_was_read() -> None:
    read = decide(["1.003950", "1.003950", "1.003951", "1.003951", "1.0039"], RENEWAL, NAMES)
    assert (read.code, read.printed) == ("1.003951", "1.003951")


def test_the_name_does_not_overrule_what_nearly_all_passes_read() -> None:
    read = decide(["1.003959"] * 6 + ["1.003951"], RENEWAL, NAMES)
    assert read.code == "1.003959"
    assert read.meant == "1.003951"


def test_a_code_that_no_pass_read_is_never_answered() -> None:
    read = decide(["1.003957", "1.003958", "1.003954"], RENEWAL, NAMES)
    assert (read.code, read.meant) == (None, "1.003951")
    assert "không khớp" in read.doubt


def test_one_reading_alone_is_believed_only_with_its_name() -> None:
    assert decide(["1.003951"], RENEWAL, NAMES).code == "1.003951"
    assert decide(["1.555555"], RENEWAL, NAMES).code is None


def test_a_lost_zero_is_proposed_not_supplied() -> None:
    read = decide(["2.00166"] * 4 + ["2.001660"] * 2, CHANGE, NAMES)
    assert (read.code, read.printed, read.meant) == (None, "2.00166", "2.001660")


def test_a_read_code_of_another_name_is_not_answered() -> None:
    read = decide(["2.001660"] * 7, "Đăng ký kết hôn có yếu tố nước ngoài", NAMES)
    assert (read.code, read.printed) == (None, "2.001660")
    assert "khác tên" in read.doubt


def test_a_printed_text_is_certain_and_the_name_only_proposes() -> None:
    wrong = printed_code("1.003950", RENEWAL, NAMES)
    assert (wrong.code, wrong.meant) == ("1.003950", "1.003951")
    assert printed_code("2.00166", CHANGE, NAMES).meant == "2.001660"
    assert printed_code("T-BLI-144505-TT", CHANGE, NAMES).code is None
    assert printed_code("1.003951", RENEWAL, None).code == "1.003951"


@given(st.lists(st.text("0123456789./ ", max_size=12), max_size=9), st.text(max_size=40))
def test_an_answer_is_always_what_some_pass_read(readings: list[str], name: str) -> None:
    for catalogue in (NAMES, None):
        read = decide(readings, name, catalogue)
        assert read.code is None or read.code in {national_code(reading) for reading in readings}
        assert read.printed == "" or read.printed in readings
        assert 0 <= read.confidence <= 1


@given(st.text(max_size=12))
def test_any_text_has_a_national_form_or_none(text: str) -> None:
    code = national_code(text)
    assert code is None or national(code.replace(".", "")) == code
