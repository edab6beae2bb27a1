"""Publication decisions as a province's office makes them: head, bases, articles, signature, and an annex on lying sheets; also the same
paper printed, stamped over its table and scanned askew. Sentences are written for the tests."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

import docx
import numpy as np
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from PIL import Image, ImageDraw

from extractors.formats.pdf import opened
from tests.extractors.postings.drawn_lists import font

ISSUER = "TỈNH LAI CHÂU"
COLUMNS = (
    "STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Địa điểm, thời gian, cách thức thực hiện", "Phí, lệ phí",
    "Căn cứ pháp lý",
)  # fmt: skip
WIDTHS = (12, 24, 62, 36, 56, 26, 44)
BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính;",
    "Căn cứ Nghị định số 92/2017/NĐ-CP ngày 07 tháng 8 năm 2017 của Chính phủ sửa đổi, bổ sung một số điều của các nghị định liên quan đến "
    "kiểm soát thủ tục hành chính;",
    "Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ về thực hiện thủ tục hành chính theo cơ chế một cửa;",
    "Theo đề nghị của Giám đốc Sở Nông nghiệp và Môi trường tại Tờ trình số 326/TTr-SNNMT ngày 28 tháng 10 năm 2026.",
)
NAMES = (
    "Cấp giấy chứng nhận cơ sở đủ điều kiện nuôi thử nghiệm", "Gia hạn giấy phép khai thác nước mặt cho hộ gia đình",
    "Xác nhận bảng kê khai lâm sản có nguồn gốc trong nước", "Hỗ trợ khôi phục sản xuất vùng bị thiệt hại do thiên tai",
    "Đăng ký chuyển đổi cơ cấu cây trồng trên đất trồng lúa", "Công nhận làng nghề truyền thống của địa phương",
)  # fmt: skip
CLOSING = "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký."


def rows(count: int, head: str = "1.94") -> list[tuple[str, ...]]:
    """`count` rows of an annex, cells as full as offices fill them."""
    made = []
    for n in range(1, count + 1):
        name = f"{NAMES[n % len(NAMES)]} theo mẫu số {n}"
        place = "Nộp trực tiếp tại Trung tâm Phục vụ hành chính công cấp xã, qua bưu chính công ích hoặc trực tuyến trên Cổng Dịch vụ công quốc gia"
        basis = f"- Luật Trồng trọt số 31/2018/QH14; - Nghị định số {100 + n}/2026/NĐ-CP ngày 01 tháng 9 năm 2026 của Chính phủ"
        made.append((str(n), f"{head}{n:04d}", name, f"{5 + n % 9} ngày làm việc, kể từ ngày nhận đủ hồ sơ", place, "Không", basis))
    return made


def decision(
    title: str, parts: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]], number: str = "2901/QĐ-UBND", day: int = 2
) -> bytes:
    """A whole decision as DOCX; `parts` are (heading, columns, rows) of the annex."""
    book = docx.Document()
    style = book.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    head = book.add_table(2, 2)
    texts = (
        f"ỦY BAN NHÂN DÂN\n{ISSUER}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", f"Số: {number}",
        f"Lai Châu, ngày {day:02d} tháng 11 năm 2026",
    )  # fmt: skip
    for cell, text in zip([cell for row in head.rows for cell in row.cells], texts, strict=True):
        cell.text = text
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in ("QUYẾT ĐỊNH", title, f"CHỦ TỊCH ỦY BAN NHÂN DÂN {ISSUER}"):
        book.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in (*BASES, "QUYẾT ĐỊNH:", f"Điều 1. {title} trên địa bàn tỉnh (có danh mục kèm theo).", CLOSING):
        book.add_paragraph(line)
    book.add_paragraph("Điều 3. Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường chịu trách nhiệm thi hành Quyết định này./.")
    foot = book.add_table(1, 2)
    foot.rows[0].cells[0].text, foot.rows[0].cells[1].text = "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    section = book.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    attached = f"(Kèm theo Quyết định số {number} ngày {day:02d} tháng 11 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh Lai Châu)"
    for line in ("DANH MỤC THỦ TỤC HÀNH CHÍNH", attached):
        book.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for heading, columns, lines in parts:
        for line in heading.split("\n"):
            book.add_paragraph(line)
        _grid(book, columns, lines)
    book.add_paragraph("./.")  # Word itself never ends a document with a table
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _grid(book: docx.document.Document, columns: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    table = book.add_table(1 + len(lines), len(columns), style="Table Grid")
    table.autofit = False
    widths = WIDTHS if len(columns) == len(WIDTHS) else [260 / len(columns)] * len(columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, texts in zip(table.rows, [columns, *lines], strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width, cell.text = Mm(width), text
            cell.paragraphs[0].runs[0].font.size = Pt(12)


def printed_and_scanned(pdf: bytes, skew: float = 0.8, dpi: int = 200) -> bytes:
    """The PDF printed, stamped in red over the table of its annex, and scanned askew on a machine that adds noise."""
    noise, pictures = np.random.default_rng(7), []
    with opened(pdf) as document:
        for number in range(len(document)):
            picture = document[number].render(scale=dpi / 72).to_pil().convert("RGB")
            if number:
                _stamp(picture, dpi)
            turned = picture.rotate(skew if number % 2 else -skew, Image.Resampling.BICUBIC, fillcolor=(252, 252, 250))
            speckled = np.asarray(turned).astype(np.float32) + noise.normal(0, 6, (turned.height, turned.width, 1))
            pictures.append(Image.fromarray(np.clip(speckled, 0, 255).astype(np.uint8)))
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:], quality=70)
    return out.getvalue()


def _stamp(picture: Image.Image, dpi: int) -> None:
    """A round seal of 36 mm whose ink lets the print under it show through."""
    size = round(36 / 25.4 * dpi)
    seal = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(seal)
    for inset in (2, size // 6):
        draw.ellipse((inset, inset, size - inset, size - inset), outline=(214, 30, 40), width=max(dpi // 50, 2))
    for n, letter in enumerate("ỦY BAN NHÂN DÂN TỈNH"):
        angle = math.pi + n * math.pi / 19
        at = (size / 2 + size * 0.41 * math.cos(angle), size / 2 + size * 0.41 * math.sin(angle))
        draw.text(at, letter, (214, 30, 40), font(dpi // 14), anchor="mm")
    left, top = round(picture.width * 0.32), round(picture.height * 0.45)
    under = np.asarray(picture.crop((left, top, left + size, top + size)))
    picture.paste(Image.fromarray(np.minimum(under, np.asarray(seal))), (left, top))
