"""Publication decisions in every format say the same, and papers that look like them are told apart."""

import io
from datetime import date

import pytest

from extractors.formats.pdf import opened
from extractors.postings import DecisionPart, FileKind, FileReading, read_file
from tests.extractors.formats.sample_files import converted, need, workbook
from tests.extractors.postings.decision_samples import BODY, COLUMNS, NEW, TITLE, html_decision, word_decision


def said(reading: FileReading) -> list[tuple[str | None, DecisionPart | None, str, str, str]]:
    told = [(row.code, row.announced) for row in reading.rows]
    return [(code, a.part, a.level, a.field, a.legal_basis) if a else (code, None, "", "", "") for code, a in told]


def test_a_decision_in_html_with_spans_and_split_words() -> None:
    reading = read_file("qd.html", html_decision())
    assert (reading.kind, reading.text_from, reading.problems) == (FileKind.PUBLICATION_DECISION, "text_layer", ())
    head = reading.decision
    assert head is not None
    assert (head.number, head.issued_on, head.effective_on) == ("1207/QĐ-UBND", date(2026, 5, 14), date(2026, 5, 14))
    assert (head.issuer, head.title) == ("Ủy ban nhân dân tỉnh Sơn Hà", TITLE)
    assert said(reading) == [
        ("1.920001", DecisionPart.NEW, "cấp tỉnh", "Việc làm", "Nghị định số 11/2026/NĐ-CP"),
        ("1.920002", DecisionPart.AMENDED, "cấp xã", "Bảo trợ xã hội", "Thông tư số 4/2026/TT-BNV"),
        ("2.920003", DecisionPart.ABOLISHED, "", "", "Nghị định số 11/2026/NĐ-CP"),
        ("2.920004", DecisionPart.ABOLISHED, "", "", "Nghị định số 11/2026/NĐ-CP"),
    ]
    first = reading.rows[0].announced
    assert first is not None
    assert (first.time_limit, first.place, first.fee) == ("05 ngày / 04 ngày", "Trung tâm phục vụ hành chính công", "Không")


def test_the_json_line_has_the_shape_other_programs_read() -> None:
    line = read_file("qd.html", html_decision()).as_json()
    assert list(line) == ["file", "kind", "taken_for", "text_from", "pages", "characters", "rows", "problems", "decision"]
    assert list(line["rows"][2])[:6] == ["page", "code", "code_printed", "name", "confidence", "in_catalogue"]
    assert line["decision"]["issued_on"] == "2026-05-14"


@pytest.mark.slow  # LibreOffice writes the files
@pytest.mark.parametrize("target", ["docx", "pdf", "doc"])
def test_a_long_annex_in_word_and_pdf(target: str, tmp_path) -> None:
    document = word_decision(rows=14)
    data = document if target == "docx" else converted(document, ".docx", target, tmp_path)
    reading = read_file(f"qd.{target}", data)
    assert reading.kind is FileKind.PUBLICATION_DECISION
    assert reading.decision is not None
    assert (reading.decision.number, reading.decision.issuer) == ("1207/QĐ-UBND", "Ủy ban nhân dân tỉnh Sơn Hà")
    new = [(f"1.92{n:04d}", DecisionPart.NEW, "cấp xã", "Việc làm", "Nghị định số 11/2026/NĐ-CP") for n in range(1, 15)]
    assert said(reading) == [*new, ("2.920003", DecisionPart.ABOLISHED, "", "", "Nghị định số 11/2026/NĐ-CP")]
    assert [row.name for row in reading.rows[:14]] == [f"{NEW[2]} loại {n}" for n in range(1, 15)]


DECOYS = {
    "Về việc phê duyệt quy trình nội bộ trong giải quyết thủ tục hành chính": "Điều 1. Phê duyệt kèm theo Quyết định này quy trình nội bộ.",
    "Về việc ủy quyền giải quyết thủ tục hành chính cho Giám đốc Sở Nội vụ": "Điều 1. Ủy quyền cho Giám đốc Sở Nội vụ giải quyết thủ tục hành chính.",
    "Về việc công bố Danh mục thủ tục hành chính nội bộ giữa các cơ quan": "Điều 1. Công bố kèm theo Quyết định này thủ tục hành chính nội bộ.",
    "Ban hành Kế hoạch rà soát thủ tục hành chính năm 2026": "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch rà soát.",
    "Phê duyệt quy trình nội bộ giải quyết thủ tục hành chính đã được công bố": "Điều 1. Phê duyệt quy trình nội bộ.",
}


@pytest.mark.parametrize("title", DECOYS)
def test_decisions_that_look_alike_give_no_rows(title: str) -> None:
    body = [line if not line.startswith("Điều 1") else DECOYS[title] for line in BODY]
    reading = read_file("qd.docx", word_decision(title, body=body))
    assert (reading.kind, reading.rows, reading.decision) == (FileKind.LEGAL_DOCUMENT, (), None)


def test_a_decision_may_also_approve_processes() -> None:
    title = "Công bố Danh mục thủ tục hành chính và phê duyệt quy trình nội bộ trong lĩnh vực Việc làm"
    assert read_file("qd.docx", word_decision(title)).kind is FileKind.PUBLICATION_DECISION


@pytest.mark.parametrize(("kind", "title"), [("KẾ HOẠCH", "Rà soát thủ tục hành chính năm 2026"), ("BÁO CÁO", "Kết quả kiểm soát thủ tục")])
def test_plans_and_reports_post_nothing(kind: str, title: str) -> None:
    reading = read_file("kh.docx", word_decision(title, kind=kind, body=["I. MỤC ĐÍCH, YÊU CẦU"]))
    assert (reading.kind, reading.rows) == (FileKind.OTHER, ())


def test_a_notice_that_posts_a_list_is_one() -> None:
    reading = read_file(
        "tb.docx", word_decision("Niêm yết công khai thủ tục hành chính tại Ủy ban nhân dân xã", kind="THÔNG BÁO", body=["Kính gửi:"])
    )
    assert (reading.kind, len(reading.rows)) == (FileKind.POSTED_LIST, 2)


def test_an_annex_alone_names_its_decision() -> None:
    annex = (
        "<p>DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ</p>"
        "<p>(Kèm theo Quyết định số 88/QĐ-UBND ngày 03 tháng 4 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh Sơn Hà)</p>"
        "<table><tr><td>SST</td><td>Số hồ sơ TTHC</td><td>Tên thủ tục hành chính</td></tr>"
        "<tr><td colspan=3>I. Lĩnh vực: Việc làm (01 TTHC)</td></tr>"
        "<tr><td>1</td><td>T-BLI-144505-TT</td><td>Đăng ký hợp đồng học nghề</td></tr></table>"
    )
    reading = read_file("phu-luc.html", f"<html><body>{annex}</body></html>".encode())
    assert reading.kind is FileKind.PUBLICATION_DECISION
    assert reading.decision is not None
    assert (reading.decision.number, reading.decision.issued_on) == ("88/QĐ-UBND", date(2026, 4, 3))
    assert said(reading) == [(None, DecisionPart.ABOLISHED, "", "Việc làm", "")]
    assert reading.rows[0].code_printed == "T-BLI-144505-TT"


def test_a_workbook_and_a_code_inside_the_name() -> None:
    rows: list[list[object]] = [
        ["Mã số", "Tên", "Lĩnh vực"],
        ["1.920001", "Cấp giấy xác nhận", "Việc làm"],
        ["1.920002", "Hỗ trợ nghề", "Việc làm"],
    ]
    assert [row.code for row in read_file("ds.xlsx", workbook(rows, "DANH SÁCH THỦ TỤC HÀNH CHÍNH")).rows] == ["1.920001", "1.920002"]
    table = [[COLUMNS[0], COLUMNS[2]], ["1", "Cấp giấy xác nhận việc làm tại nhà (Mã TTHC: 1.920001.000.00.00.H35)"]]
    reading = read_file("ds.xlsx", workbook(table, "DANH MỤC THỦ TỤC HÀNH CHÍNH"))
    assert [(row.code, row.code_printed, row.name) for row in reading.rows] == [
        ("1.920001", "1.920001.000.00.00.H35", "Cấp giấy xác nhận việc làm tại nhà")
    ]


@pytest.mark.slow
def test_a_scanned_decision_is_read_like_its_original(tmp_path) -> None:
    need("tesseract")
    original = converted(word_decision(rows=3), ".docx", "pdf", tmp_path)
    with opened(original) as document:
        pictures = [document[number].render(scale=200 / 72).to_pil() for number in range(len(document))]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=200, save_all=True, append_images=pictures[1:])
    written, scanned = read_file("qd.pdf", original), read_file("qd.pdf", out.getvalue())
    assert (scanned.kind, scanned.text_from) == (FileKind.PUBLICATION_DECISION, "ocr")
    assert scanned.decision is not None
    assert written.decision is not None
    assert (scanned.decision.number, scanned.decision.issued_on) == (written.decision.number, written.decision.issued_on)
    assert [(row.page, row.code) for row in scanned.rows] == [(row.page, row.code) for row in written.rows]
    assert [row.announced.part for row in scanned.rows if row.announced] == [*[DecisionPart.NEW] * 3, DecisionPart.ABOLISHED]


def test_an_old_table_without_codes_and_the_decision_that_spans_rows() -> None:
    markup = """<p>QUYẾT ĐỊNH</p><p>Về việc công bố thủ tục hành chính được thay thế</p><p>Số: 2083/QĐ-UBND</p>
<p>DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC THAY THẾ</p>
<table><tr><td>S T T</td><td>Số hồ sơ TTHC</td><td>Tên thủ tục hành chính</td><td>Quyết định công bố</td></tr>
<tr><td colspan=4>Lĩnh vực: Việc làm (02 TTHC)</td></tr>
<tr><td>1</td><td>T-BLI-144505-TT</td><td>Đăng ký hợp đồng học nghề</td><td rowspan=2>1209/Q<b>Đ</b>-<i>U</i>BND</td></tr>
<tr><td>2</td><td>T-BLI-144506-TT</td><td>Gia hạn hợp đồng học nghề</td></tr></table>
<table><tr><td>STT</td><td>Tên TTHC</td></tr><tr><td>1</td><td>Chấm dứt hợp đồng học nghề</td></tr></table>"""
    reading = read_file("cu.html", f"<html><body>{markup}</body></html>".encode())
    assert reading.kind is FileKind.PUBLICATION_DECISION
    assert [(row.code_printed, row.announced.earlier_decision, row.announced.field) for row in reading.rows if row.announced] == [
        ("T-BLI-144505-TT", "1209/QĐ-UBND", "Việc làm"),
        ("T-BLI-144506-TT", "1209/QĐ-UBND", "Việc làm"),
        ("", "", "Việc làm"),
    ]
    assert reading.rows[2].name == "Chấm dứt hợp đồng học nghề"
