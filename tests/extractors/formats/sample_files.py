"""Small files made on the spot: nothing recorded is kept in the repository."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import xlsxwriter

from tests.conftest import missing

PICTURED = "\f"  # before a page's text: a picture covers the whole page
SEALED = "\v"  # before a page's text: a picture as large as a seal


def pdf(*pages: str) -> bytes:
    """A PDF whose pages show lines of Latin text; an empty string is a page without text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        lines = "".join(f"({line}) Tj T* " for line in page.lstrip("\f\v").replace("(", "").replace(")", "").split("\n") if line)
        width, height = {PICTURED: (595, 842), SEALED: (100, 100)}.get(page[:1], (0, 0))
        picture = f"q {width} 0 0 {height} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a\nEI Q " if width else ""
        stream = f"{picture}BT /F1 9 Tf 11 TL 40 800 Td {lines}ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


def word(*paragraphs: str, table: list[list[str]] | None = None, after: str = "") -> bytes:
    """A DOCX: paragraphs, a table, a last paragraph."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    if after:
        document.add_paragraph(after)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(rows: list[list[object]], banner: str = "") -> bytes:
    """An XLSX of one sheet, a merged banner above its rows where one is given."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Danh sách TTHC")
    if banner:
        sheet.merge_range(0, 0, 0, len(rows[0]) - 1, banner)
    for index, row in enumerate(rows, 1 if banner else 0):
        for column, value in enumerate(row):
            sheet.write(index, column, value)
    book.close()
    return out.getvalue()


def zip_bomb(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"\0" * size)
    return out.getvalue()


def need(program: str) -> None:
    """An outside program that a test runs."""
    if shutil.which(program) is None:
        missing(program, "make services")


def converted(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """A file put into another format by LibreOffice ("pdf", "doc")."""
    need("soffice")
    source = folder / f"sample{suffix}"
    source.write_bytes(data)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"sample.{target}").read_bytes()
