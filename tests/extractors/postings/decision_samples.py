"""Publication decisions and papers that look like them, written for the tests in the layouts that provinces use."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.enum.section import WD_ORIENT

HEAD = ("ỦY BAN NHÂN DÂN\nTỈNH SƠN HÀ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
NUMBER = ("Số: 1207/QĐ-UBND", "Sơn Hà, ngày 14 tháng 5 năm 2026")
TITLE = "Về việc công bố Danh mục thủ tục hành chính mới ban hành, được sửa đổi, bổ sung và bị bãi bỏ trong lĩnh vực Việc làm"
BODY = (
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN HÀ",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính;",
    "Theo đề nghị của Giám đốc Sở Nội vụ.",
    "QUYẾT ĐỊNH:",
    "Điều 1. Công bố kèm theo Quyết định này Danh mục thủ tục hành chính lĩnh vực Việc làm.",
    "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.",
    "Điều 3. Giám đốc Sở Nội vụ và Chủ tịch Ủy ban nhân dân các xã chịu trách nhiệm thi hành Quyết định này.",
)
PART_A = "A. DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH"
PART_B = "B. DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG"
PART_C = "C. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ"
PROVINCE, COMMUNE = "I. THỦ TỤC HÀNH CHÍNH CẤP TỈNH", "II. THỦ TỤC HÀNH CHÍNH CẤP XÃ"
COLUMNS = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Địa điểm thực hiện", "Phí, lệ phí", "Căn cứ pháp lý")
NEW = (
    "1",
    "1.920001",
    "Cấp giấy xác nhận việc làm tại nhà",
    "05 ngày",
    "Trung tâm phục vụ hành chính công",
    "Không",
    "Nghị định số 11/2026/NĐ-CP",
)
AMENDED = (
    "1",
    "1.920002",
    "Hỗ trợ đào tạo nghề cho người khuyết tật",
    "10 ngày",
    "Ủy ban nhân dân xã",
    "30.000 đồng",
    "Thông tư số 4/2026/TT-BNV",
)
ABOLISHED_COLUMNS = ("STT", "Mã TTHC", "Tên TTHC", "Tên VBQPPL quy định việc bãi bỏ")
ABOLISHED = ("1", "2.920003", "Đăng ký hợp đồng học nghề", "Nghị định số 11/2026/NĐ-CP")


def html_decision() -> bytes:
    """Rows of a field across the table, a header of two rows, a decision column that spans rows, words split by inline tags."""
    body = "".join(f"<p>{line}</p>" for line in BODY)
    header = (
        "<tr><th rowspan=2>S<b>TT</b></th><th rowspan=2>Mã TTHC</th><th rowspan=2>Tên thủ tục hành chính</th>"
        "<th colspan=2>Thời hạn giải quyết</th><th rowspan=2>Địa điểm thực hiện</th><th rowspan=2>Phí, lệ phí</th>"
        "<th rowspan=2>Căn cứ pháp lý</th></tr><tr><th>Theo quy định</th><th>Sau cắt giảm</th></tr>"
    )
    row = "".join(f"<td>{cell}</td>" for cell in (*NEW[:4], "04 ngày", *NEW[4:]))
    amended = "".join(f"<td>{cell}</td>" for cell in (*AMENDED[:4], "", *AMENDED[4:]))
    abolished = "".join(f"<td>{cell}</td>" for cell in ABOLISHED[:3])
    return f"""<html><body>
<table><tr><td>{HEAD[0]}</td><td>{HEAD[1]}</td></tr><tr><td>Số: 1207/Q<i>Đ</i>-U<span>BND</span></td><td>{NUMBER[1]}</td></tr></table>
<p>QUYẾT ĐỊNH</p><p>{TITLE}</p>{body}
<p><b>{PART_A}</b></p><p>{PROVINCE}</p>
<table>{header}<tr><td colspan=8>Lĩnh vực: Việc làm (01 TTHC)</td></tr><tr>{row}</tr></table>
<p>{PART_B}</p><p>{COMMUNE}</p><table>{header}<tr><td>(1)</td><td>(2)</td><td>(3)</td><td>(4)</td><td>(5)</td><td>(6)</td><td>(7)</td><td>(8)</td></tr>
<tr><td>I</td><td colspan=7>Lĩnh vực Bảo trợ xã hội</td></tr><tr>{amended}</tr></table>
<p>{PART_C}</p><table><tr>{"".join(f"<td>{cell}</td>" for cell in ABOLISHED_COLUMNS)}</tr>
<tr>{abolished}<td rowspan=2>{ABOLISHED[3]}</td></tr><tr><td>2</td><td>2.920004</td><td>Gia hạn hợp đồng học nghề</td></tr>
<tr><td colspan=4>TỔNG SỐ: 02 TTHC</td></tr></table>
<table><tr><td>STT</td><td>Tên giấy tờ</td><td>Số lượng</td></tr><tr><td>1</td><td>Đơn đề nghị theo mẫu</td><td>01</td></tr></table>
</body></html>""".encode()


def word_decision(title: str = TITLE, rows: int = 1, kind: str = "QUYẾT ĐỊNH", body: Sequence[str] = BODY) -> bytes:
    """The same as a Word file on lying sheets, with `rows` new procedures, so that the table runs over pages."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, section.page_height, section.page_width
    head = document.add_table(2, 2)
    for place, text in zip([cell for row in head.rows for cell in row.cells], [*HEAD, *NUMBER], strict=True):
        place.text = text
    for line in (kind, title, *body, PART_A, COMMUNE):
        document.add_paragraph(line)
    new = [(str(n), f"1.92{n:04d}", f"{NEW[2]} loại {n}", *NEW[3:]) for n in range(1, rows + 1)]
    _grid(document, [COLUMNS, ("I", *["Lĩnh vực Việc làm"] * 6), *new], merged=1)
    document.add_paragraph(PART_C)
    _grid(document, [ABOLISHED_COLUMNS, ABOLISHED])
    document.add_paragraph("Nơi nhận: như Điều 3.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _grid(document: docx.document.Document, rows: Sequence[Sequence[str]], merged: int | None = None) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        if number == merged:
            row.cells[0].text, row.cells[1].text = texts[0], texts[1]
            row.cells[1].merge(row.cells[-1])
            continue
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
