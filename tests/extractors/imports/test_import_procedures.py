from datetime import date

import orjson
import pytest

from extractors.formats.extracted_text import UnreadableError
from extractors.imports.procedure_lines import UNKNOWN_NAME
from extractors.imports.recognition import parse, pieces
from extractors.sources.source import Parsed
from rasoat.records import Origin, Part, Procedure, SourceRank
from tests.extractors.formats.sample_files import workbook

DAY = date(2099, 5, 1)
PAGE_END = "Chọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành-- Chọn Bộ ngành --Đơn vị-- Chọn Cơ sở --Nộp hồ sơ"
CAPTURE = {
    "code": " 1.000001",
    "name": "Cấp giấy\nthử nghiệm",
    "decision_number": "12/QĐ-BCA",
    "levels": "Cấp bộ, Cấp tỉnh",
    "field": "Thử nghiệm",
    "audience": "Doanh nghiệp, Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "steps": "Bước 1: nộp.\nBước 2: nhận.",
    "methods": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp3 Ngày làm việcKhông có thông tin",
    "dossier": "--",
    "legal_basis": "Tên văn bản pháp lýMã văn bảnQuy định thử1/2098/TT-BCA",
    "requirements": "Không có thông tin",
    "result": f"Giấy thửMã: KQ.G01.000001Từ khóaKhông có thông tinMô tảKhông có thông tin{PAGE_END}",
    "executing_agency": "Cục Thử nghiệm",
    "url": "https://portal.invalid/a",
    "publisher": "bo-cong-an",
    "captured_on": "2099-04-10",
}


def read(*rows: object) -> Parsed:
    data = b"\n".join(row if isinstance(row, bytes) else orjson.dumps(row) for row in rows)
    return together("captures.jsonl", data)


def together(name: str, data: bytes) -> Parsed:
    out = Parsed()
    for piece in pieces(name, data):
        parsed = parse(piece, Origin("sha256"), DAY)
        out.procedures += parsed.procedures
        out.refused += parsed.refused
    return out


def only(parsed: Parsed) -> Procedure:
    assert not parsed.refused
    (procedure,) = parsed.procedures
    return procedure


def test_captured_page() -> None:
    procedure = only(read(CAPTURE))
    assert (procedure.code, procedure.name, procedure.source_rank) == ("1.000001", "Cấp giấy thử nghiệm", SourceRank.PAGE_CAPTURE)
    assert procedure.observed_on == date(2099, 4, 10)
    assert procedure.publisher == "Bộ Công an"
    assert procedure.decision is not None
    assert procedure.decision.number == "12/QĐ-BCA"
    assert procedure.levels == ("Cấp bộ", "Cấp tỉnh")
    assert procedure.audience == ("Doanh nghiệp", "Tổ chức (không bao gồm doanh nghiệp, HTX)")
    assert procedure.origin == Origin("sha256", "line 1")


def test_text_as_published_without_what_the_page_puts_around_it() -> None:
    parts = only(read(CAPTURE)).parts
    assert parts[Part.LEGAL_BASIS] == CAPTURE["legal_basis"]
    assert parts[Part.METHODS] == CAPTURE["methods"]
    assert parts[Part.RESULT] == "Giấy thửMã: KQ.G01.000001"
    assert Part.DOSSIER not in parts
    assert Part.REQUIREMENTS not in parts


def test_a_description_that_says_something_is_kept() -> None:
    result = f"GiấyTừ khóaKhông có thông tinMô tảTheo Thông tư số 1/2098/TT-BCA{PAGE_END}"
    assert only(read({**CAPTURE, "result": result})).parts[Part.RESULT].endswith("Mô tảTheo Thông tư số 1/2098/TT-BCA")


def test_one_page_address_under_several_codes_is_nobodys() -> None:
    parsed = read(CAPTURE, {**CAPTURE, "code": "1.000002"}, {**CAPTURE, "code": "1.000003", "url": "https://portal.invalid/b"})
    assert [(procedure.code, procedure.missing) for procedure in parsed.procedures] == [
        ("1.000001", ("detail",)),
        ("1.000002", ("detail",)),
        ("1.000003", ()),
    ]
    assert not parsed.procedures[0].parts
    assert parsed.procedures[0].name == UNKNOWN_NAME
    assert [item.place for item in parsed.refused] == ["line 1", "line 2"]


def test_day_of_import_where_the_record_says_none() -> None:
    assert only(read({"code": "1.000001", "name": "Thử"})).observed_on == DAY


def test_bad_lines_are_named_and_the_others_read() -> None:
    parsed = read(
        CAPTURE,
        b"{broken",
        {"code": "1.000009"},
        {**CAPTURE, "code": "9.999999-Xoa", "url": ""},
        {**CAPTURE, "code": "1.014955-Xoa", "url": ""},
    )
    assert [procedure.code for procedure in parsed.procedures] == ["1.000001", "1.014955-Xoa"]
    assert [item.place for item in parsed.refused] == ["line 2", "line 3", "line 4"]
    assert "name" in parsed.refused[1].reason


@pytest.mark.parametrize("first", [b'{"code": "1.0000', b'{"name": "x"}', b"{}", b"[1]"])
def test_a_first_line_that_means_nothing_costs_itself_alone(first: bytes) -> None:
    parsed = read(first, CAPTURE)
    assert [procedure.code for procedure in parsed.procedures] == ["1.000001"]
    assert [item.place for item in parsed.refused] == ["line 1"]


@pytest.mark.parametrize("wrong", ['1.000002,"Không đóng', '1.000002,"Cấp giấy"x'])
def test_an_open_quote_swallows_no_line_below_it(wrong: str) -> None:
    """Several lines in one cell are those of a cell that is closed."""
    data = f'Mã TTHC,Tên thủ tục hành chính\n1.000001,"Cấp\ngiấy"\n{wrong}\n1.000003,Đổi giấy\n'.encode()
    found = iter(pieces("a.csv", data))
    assert next(found).place == "csv!2"
    with pytest.raises(UnreadableError, match="từ dòng 4, dấu ngoặc kép không đóng hoặc có chữ sau dấu đóng; các dòng từ đó không đọc"):
        next(found)


def test_an_unchanged_line_is_the_same_piece() -> None:
    one = orjson.dumps(CAPTURE)
    first = next(iter(pieces("a.jsonl", one)))
    again = next(iter(pieces("b.jsonl", one + b"\r\n")))
    assert (first.source, first.body) == (again.source, again.body)


def test_list_export_below_its_banner() -> None:
    rows = [
        ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"],
        ["1.000001", " Cấp giấy", "Bộ xây dựng (Giao thông vận tải cũ)", "Sở Xây dựng\nSở Tư pháp\n", "Nhà ở"],
        ["", "", "", "", ""],
        ["1.000002", "", "Bộ Xây dựng", "", ""],
    ]
    parsed = together("ds.xlsx", workbook(rows, banner="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nDANH SÁCH"))
    (procedure,) = parsed.procedures
    assert (procedure.name, procedure.source_rank, procedure.missing) == ("Cấp giấy", SourceRank.OFFICE_TABLE, ("detail",))
    assert procedure.executing == ("Sở Xây dựng", "Sở Tư pháp")
    assert procedure.origin.place == "sheet Danh sách TTHC!3"
    assert [item.place for item in parsed.refused] == ["sheet Danh sách TTHC!5"]


def test_csv_with_parts_is_a_detail() -> None:
    data = "Mã TTHC;Tên thủ tục hành chính;Căn cứ pháp lý\n1.000001;Cấp giấy;Thông tư số 1/2098/TT-BCA\n".encode("utf-8-sig")
    procedure = only(together("a.csv", data))
    assert procedure.parts[Part.LEGAL_BASIS] == "Thông tư số 1/2098/TT-BCA"
    assert procedure.missing == ()


@pytest.mark.parametrize(("name", "data"), [("a.jsonl", b'{"x": 1}\n{"y": 1}'), ("b.xlsx", workbook([["a", "b"]]))])
def test_files_of_no_known_form_are_unusable(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableError):
        list(pieces(name, data))
