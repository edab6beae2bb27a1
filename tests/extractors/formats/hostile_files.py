"""Small files made to cost whoever opens them hours or gigabytes, each of a kind in several ways; nothing recorded is kept here."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

from tests.extractors.postings.exhausting_pdfs import BOMBS, one_page, pdf_of, stream_of, unfolding

_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def book(rows: str, after: str = "", *, strings: str = "", styles: str = "") -> bytes:
    """A workbook of one sheet with these rows, and what stands behind them."""
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"{_SHEET}<sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/styles.xml": f"<styleSheet {_MAIN}>{styles}</styleSheet>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{strings}</sst>",
    }
    return packed(parts)


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=1 if method != zipfile.ZIP_LZMA else None) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(body: str) -> bytes:
    """A DOCX with this body."""
    return packed({"word/document.xml": f"{_WORD}{body}</w:body></w:document>"})


def _cells(rows: int, columns: int) -> str:
    return f"<row>{'<c><v>1</v></c>' * columns}</row>" * rows


def _merge(*places: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{place}"/>' for place in places) + "</mergeCells>"


_ONE = '<row r="1"><c r="A1" t="inlineStr"><is><t>STT</t></is></c></row>'
_SHARED, _STYLE, _LINK = '<c t="s"><v>0</v></c>', '<xf numFmtId="0"/>', '<hyperlink ref="A1:XFD1048576"/>'
_EDGE = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "merged-all": lambda: book(_ONE, _merge("A1:XFD1048576")),
    "merged-thousand-rows": lambda: book(_ONE, _merge("A1:ALL30000")),
    "merged-often": lambda: book(_ONE, _merge(*["A1:XFD1048576"] * 50_000)),
    "merged-endlessly": lambda: book(_ONE, _merge(*["A1:B2"] * 400_000)),
    "cells": lambda: book(_cells(20_000, 200)),
    "corners": lambda: book(_ONE + _EDGE),
    "rows-empty": lambda: book('<row r="1"/>' * 3_000_000),
    "one-row": lambda: book(f"<row>{'<c/>' * 3_000_000}</row>"),
    "strings": lambda: book(_ONE, strings="<si><t>a</t></si>" * 3_000_000),
    "long-string-again": lambda: book(f"<row>{_SHARED * 150}</row>" * 3_000, strings=f"<si><t>{'ă' * 1_000_000}</t></si>"),
    "styles": lambda: book(_ONE, styles=f"<cellXfs>{_STYLE * 1_000_000}</cellXfs>"),
    "links": lambda: book(_ONE, f"<hyperlinks>{_LINK * 300_000}</hyperlinks>"),
    "columns": lambda: book("", "<cols>" + '<col min="1" max="16384" width="9"/>' * 300_000 + "</cols>" + _ONE),
    "entities": lambda: packed(
        {
            "xl/workbook.xml": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
            + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
            + "]><workbook>&a8;</workbook>"
        }
    ),
    "utf-16": lambda: packed(
        {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": (_SHEET + _cells(5_000, 200)).encode("utf-16")}
    ),
    "deep": lambda: book("<row>" + "<c>" * 200_000),
    "digits": lambda: book(f"<row><c><v>{'9' * 3_000_000}</v></c></row>"),
    "references": lambda: book(f'<row><c r="{"A" * 3_000_000}1"><v>1</v></c></row>'),
}


def _lying(data: bytes, size: int) -> bytes:
    """The zip with another size said of its first member, in its directory."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def _overlapping(members: int) -> bytes:
    """Many names for one run of packed bytes."""
    kernel = packed({"word/document.xml": b"\0" * 100_000_000})
    directory = kernel.index(b"PK\x01\x02")
    entry = kernel[directory : kernel.index(b"PK\x05\x06")]
    body = entry * members
    return kernel[:directory] + body + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, members, members, len(body), directory, 0)


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "deflate.docx": lambda: packed({"word/document.xml": b"\0" * 290_000_000}),
    "bzip2.docx": lambda: packed({"word/document.xml": b"\0" * 290_000_000}, zipfile.ZIP_BZIP2),
    "lzma.docx": lambda: packed({"word/document.xml": b"\0" * 290_000_000}, zipfile.ZIP_LZMA),
    "lying.docx": lambda: _lying(packed({"word/document.xml": b"\0" * 290_000_000}), 10),
    "overlapping.docx": lambda: _overlapping(3000),
    "many.docx": lambda: packed({"word/document.xml": "", **{f"a{n}": "" for n in range(60_000)}}, zipfile.ZIP_STORED),
    "inner.docx": lambda: packed({"word/document.xml": packed({"word/document.xml": b"\0" * 50_000_000})}),
    "spaces.docx": lambda: docx("<w:p><w:r><w:t>" + " a" * 40_000_000 + "</w:t></w:r></w:p>"),
}

_DEEP = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"


def _nested(tag: str, times: int, inside: str = "<w:r><w:t>a</w:t></w:r>") -> str:
    return f"<w:{tag}>" * times + inside + f"</w:{tag}>" * times


WORDS: dict[str, Callable[[], bytes]] = {
    "paragraphs": lambda: docx(_DEEP.format(_nested("p", 2_001))),
    "paragraphs-shallow": lambda: docx(_DEEP.format(_nested("p", 400) * 200)),
    "runs": lambda: docx("<w:p>" + _nested("r", 2_000, "<w:t>a</w:t>" * 100_000) + "</w:p>"),
    "tables": lambda: docx(("<w:tbl><w:tr><w:tc>" * 600 + "<w:p/>" * 300_000) + "</w:tc></w:tr></w:tbl>" * 600),
    "controls": lambda: docx(_nested("sdt", 2_000, "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 200_000)),
    "deeper": lambda: docx(_nested("p", 100_000)),
    "spans": lambda: docx(
        "<w:tbl>" + ("<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr><w:p/></w:tc>' * 100 + "</w:tr>") * 3_000 + "</w:tbl>"
    ),
    "deleted": lambda: docx(_nested("del", 2_000, "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 200_000)),
    "attributes": lambda: docx("<w:p " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>"),
    "entities": lambda: packed(
        {
            "word/document.xml": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
            + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
            + f"]>{_WORD}<w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>"
        }
    ),
    "empty-tags": lambda: docx("<w:p/>" * 15_000_000),
}


def forms(depth: int, times: int, *, itself: bool = False) -> bytes:
    """A page that draws a form, which draws the next one so many times, and so on; or the same one."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 6 0 R >> >> >>",
        stream_of(b"/F Do"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for level in range(depth):
        inner = 6 if itself else 6 + level + 1
        last = level == depth - 1 and not itself
        content = b"BT /T 9 Tf 10 10 Td (abc) Tj ET" if last else b"/F Do " * times
        more = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /T 5 0 R >> /XObject << /F %d 0 R >> >>" % inner
        objects.append(stream_of(content, more))
    return pdf_of(objects)


def _lzw(size: int) -> bytes:
    """LZW data that unfolds to so many zeros: each code stands for one more of them than the one before."""
    bits, out, width, held = 0, bytearray(), 9, 0

    def put(code: int) -> None:
        nonlocal bits, held
        held, bits = held << width | code, bits + width
        while bits >= 8:
            bits -= 8
            out.append(held >> bits & 255)
        held &= (1 << bits) - 1

    total = 0
    while total < size:
        put(256)
        width = 9
        put(0)
        for count in range(3836):
            width = 9 + (count >= 253) + (count >= 765) + (count >= 1789)
            put(258 + count)
            total += count + 2
        width = 12
    put(257)
    return bytes(out) + b"\0"


def _filtered(data: bytes, filters: bytes) -> bytes:
    return one_page(stream_of(data, b"/Filter " + filters))


_BOMB = b" " * (1 << 20)


def _small_window() -> bytes:
    """zlib data with a header that is valid and that nobody writes: 68 de."""
    body = unfolding(_BOMB, 1000)
    return b"\x68\xde" + body[2:]


PDFS: dict[str, Callable[[], bytes]] = {
    "itself": lambda: forms(1, 2, itself=True),
    "itself-ten": lambda: forms(1, 10, itself=True),
    "nested": lambda: forms(24, 10),
    "nested-twice": lambda: forms(40, 2),
    "hex-flate": lambda: _filtered(unfolding(_BOMB, 100).hex().encode() + b">", b"[/ASCIIHexDecode /FlateDecode]"),
    "hex-flate-escaped": lambda: _filtered(unfolding(_BOMB, 100).hex().encode() + b">", b"[/ASCII#48exDecode/Fl]"),
    "flate-header": lambda: _filtered(_small_window(), b"/FlateDecode"),
    "flate-flate": lambda: _filtered(zlib.compress(unfolding(_BOMB, 1000)), b"[/FlateDecode /FlateDecode]"),
    "flate-thrice": lambda: _filtered(zlib.compress(zlib.compress(unfolding(_BOMB, 1000))), b"[/Fl /Fl /Fl]"),
    "base85-flate": lambda: _filtered(base64.a85encode(unfolding(_BOMB, 200)) + b"~>", b"[/ASCII85Decode /FlateDecode]"),
    "run-length": lambda: _filtered(b"\x81 " * 400_000 + b"\x80", b"/RunLengthDecode"),
    "run-length-twice": lambda: _filtered(b"\x81\x81" * 20_000 + b"\x80", b"[/RunLengthDecode /RunLengthDecode]"),
    "lzw": lambda: _filtered(_lzw(300_000_000), b"/LZWDecode"),
    "predictor": lambda: _filtered(unfolding(bytes(1 << 20), 300), b"/FlateDecode /DecodeParms << /Predictor 15 /Columns 1000 >>"),
    "indirect-filter": lambda: pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream_of(unfolding(_BOMB, 1000), b"/Filter 5 0 R"),
            b"[/FlateDecode]",
        ]
    ),
    "markers": lambda: b"%PDF-1.7\n" + b"stream\n" * 150_000,
    "markers-packed": lambda: b"%PDF-1.7\n" + b"stream\nx\x9c\x00\xff\xff\x00\x00" * 80_000,
    "markers-named": lambda: b"%PDF-1.7\n" + b"1 0 obj <</Filter/FlateDecode>> stream\nx\x9c" * 30_000,
    "markers-hex": lambda: b"%PDF-1.7\n" + b"<</Filter/AHx>>stream\n" + b"<</Filter/AHx>>stream\n41" * 40_000,
    "objects": lambda: b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n<< >>\nendobj\n" % n for n in range(200_000)) + b"trailer << /Root 1 0 R >>",
    "arrays": lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 1_000_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
    "pages-in-a-ring": lambda: pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9999999 >>"]),
    **BOMBS,
}

MARKUP: dict[str, Callable[[], bytes]] = {
    "comments": lambda: b"<!---->" * 24 + b"<b>",
    "comments-many": lambda: b"<!---->" * 60 + b"<b>",
    "comments-open": lambda: b"<!--" * 100_000,
    "declarations": lambda: b"<?xml" + b" " * 1_000_000 + b"<b>",
    "deep": lambda: b"<div>" * 400_000 + b"a",
    "deep-inline": lambda: b"<html>" + b"<b>" * 1_000_000 + b"a",
    "wide": lambda: b"<html>" + b"<p>" * 6_000_000,
    "attributes": lambda: b"<html><p " + b"a=1 " * 4_000_000 + b">",
    "tables": lambda: b"<table><tr><td>" * 200 + b"a" + b"<table><tr><td>b</table>" * 100_000,
    "tables-in-a-row": lambda: b"<html>" + b"<div>" * 200 + b"<table><tr><td>a</table>" * 200_000,
    "spans": lambda: b"<html><table>" + b"<tr>" + b"<td colspan=999 rowspan=99999>a" * 200 + b"</table>" * 3 + b"<tr><td>" * 20_000,
    "unclosed": lambda: b"<html>" + b"<a href='" * 500_000,
    "references": lambda: b"<html><p>" + b"&#x41;" * 4_000_000,
    "cut": lambda: b"<html><body>" + b"<" * 2_000_000,
}

TEXTS: dict[str, Callable[[], bytes]] = {
    "field.csv": lambda: "Mã số,Tên\n".encode() + b'"' + b"a" * 30_000_000,
    "quotes.csv": lambda: "Mã số,Tên\n".encode() + b'""' * 10_000_000,
    "columns.csv": lambda: "Mã số,Tên\n".encode() + b"," * 30_000_000,
    "deep.jsonl": lambda: b'{"code":' + b"[" * 5_000_000,
    "deep-closed.jsonl": lambda: b'{"code":' + b"[" * 1_000_000 + b"]" * 1_000_000 + b',"name":1}',
    "digits.jsonl": lambda: b'{"code":' + b"9" * 3_000_000 + b',"name":"a"}',
    "digits-posting.jsonl": lambda: b'{"record":"posting","unit":"a","procedure":' + b"9" * 3_000_000 + b"}",
    "digits-document.jsonl": lambda: b'{"number":"1/2020","text":' + b"9" * 3_000_000 + b"}",
    "keys.jsonl": lambda: b"{" + b",".join(b'"%d":1' % n for n in range(1_500_000)) + b"}",
    "marks.txt": lambda: ("a" + "\u0323\u0301" * 200_000).encode() * 3,
    "marks-apart.txt": ("a" + "\u0301" * 400_000 + "\u0323" * 400_000).encode,
    "blanks.txt": lambda: b" " * 20_000_000 + b"a",
    "lines.txt": lambda: b"|\n" * 8_000_000,
    "pipes.txt": lambda: b"|" * 8_000_000,
    "numbers.txt": lambda: b"1.000.000.00.00." * 500_000,
    "articles.txt": lambda: "Điều 1. a\n".encode() * 500_000,
    "heads.txt": lambda: "Số: 1/2020/QĐ-UBND ngày ".encode() * 300_000,
    "binary.rtf": lambda: b"{\\rtf1 \\bin999999999 " + b"a" * 2_000 + b"}",
    "brackets.rtf": lambda: b"{\\rtf1" + b"{" * 2_000_000,
    "noise.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"\xff" * 3_000_000,
}


def _png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(*one) for one in chunks) + chunk(b"IEND", b"")


def _picture(kind: str, size: tuple[int, int], mode: str = "L") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **({"compression": "tiff_deflate"} if kind == "TIFF" else {}))
    return out.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "huge.png": lambda: _png(100_000, 100_000, (b"IDAT", unfolding(bytes(1 << 20), 100))),
    "large.png": lambda: _picture("PNG", (9_000, 9_000)),
    "text.png": lambda: _png(10, 10, *[(b"zTXt", b"a\0\0" + unfolding(bytes(1 << 20), 60))] * 50),
    "profile.png": lambda: _png(10, 10, (b"iCCP", b"a\0\0" + unfolding(bytes(1 << 20), 300))),
    "length.png": lambda: b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0x7FFFFFFF) + b"IHDR" + bytes(100),
    "strips.tiff": lambda: b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 1) + struct.pack("<HHII", 273, 4, 0x3FFFFFFF, 8) + bytes(100),
    "ring.tiff": lambda: b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 0) + struct.pack("<I", 8) + bytes(100),
    "large.tiff": lambda: _picture("TIFF", (9_900, 9_900), "RGB"),
    "frames.gif": lambda: b"GIF89a\xff\xff\xff\xff\x00\x00\x00" + b",\x00\x00\x00\x00\xff\xff\xff\xff\x00\x08\x00" * 10_000,
    "bottom-up.bmp": lambda: b"BM" + struct.pack("<IHHIIiiHHIIiiII", 100, 0, 0, 54, 40, 60_000, -60_000, 1, 24, 0, 0, 0, 0, 0, 0),
}

ALL = {
    **{f"{name}.xlsx": made for name, made in WORKBOOKS.items()},
    **ARCHIVES,
    **{f"{name}.docx": made for name, made in WORDS.items()},
    **{f"{name}.pdf": made for name, made in PDFS.items()},
    **{f"{name}.html": made for name, made in MARKUP.items()},
    **TEXTS,
    **PICTURES,
}
