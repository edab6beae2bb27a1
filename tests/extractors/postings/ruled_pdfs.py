"""Posted lists as PDFs with a text layer, drawn here with any of their rulings left out. The letters are Latin ones without marks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

TITLE = ("UBND PHUONG SON HA", "DANH MUC THU TUC HANH CHINH NIEM YET TAI BO PHAN MOT CUA")
HEADER = ("STT", "Ma TTHC", "Ten thu tuc hanh chinh", "Thoi han giai quyet", "Can cu phap ly")
WIDTHS = (30, 70, 190, 90, 150)
OUTER = frozenset({"top", "bottom", "left", "right"})
GRID = OUTER | {"rows", "columns"}
LEFT, TOP, HEIGHT = 30, 740, 34


def rows(count: int, first: int = 1) -> list[tuple[str, ...]]:
    """Procedures with a code, a time and a legal basis whose second line begins like a law's number."""
    return [
        (str(n), f"1.93{n:04d}", f"Cap giay phep loai {n}", f"{n} ngay lam viec", "Luat Hoa giai;\nNghi dinh so 17/2024/ND-CP")
        for n in range(first, first + count)
    ]


def listed(
    lines: Sequence[Sequence[str]], ruled: Collection[str] = GRID, header: Sequence[str] = HEADER, after: str = "", picture: int = 0
) -> bytes:
    """One page: a title, the table with the rulings named in `ruled`, a line of text below it. `picture`: the side in points of one."""
    table = [header, *lines]
    bottom = TOP - HEIGHT * len(table)
    edges = [sum(WIDTHS[:at]) + LEFT for at in range(len(header) + 1)]
    levels = [TOP - HEIGHT * at for at in range(len(table) + 1)]
    out = [_text(40, 800 - 14 * at, line) for at, line in enumerate(TITLE)]
    for at, row in enumerate(table):
        out += [
            _text(edges[place] + 3, levels[at] - 12 - 11 * number, line)
            for place, cell in enumerate(row)
            for number, line in enumerate(cell.split("\n"))
        ]
    wanted = {"top": levels[:1], "rows": levels[1:-1], "bottom": levels[-1:]}
    out += [_line(edges[0], y, edges[-1], y) for name, ys in wanted.items() if name in ruled for y in ys]
    sides = {"left": edges[:1], "columns": edges[1:-1], "right": edges[-1:]}
    out += [_line(x, TOP, x, bottom) for name, xs in sides.items() if name in ruled for x in xs]
    if picture:
        out.append(f"q {picture} 0 0 {picture} 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a\nEI Q")
    return document("\n".join([*out, _text(40, bottom - 24, after)]))


def _text(x: float, y: float, line: str) -> str:
    safe = line.replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 8 Tf {x} {y} Td ({safe}) Tj ET" if line else ""


def _line(x: float, y: float, x_end: float, y_end: float) -> str:
    return f"0.7 w {x} {y} m {x_end} {y_end} l S"


def document(*pages: str) -> bytes:
    """A PDF of these content streams, with Helvetica as /F1."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        stream = page.encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        font = b"<< /Font << /F1 3 0 R >> >>"
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>" % (len(objects), font))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
