"""What a file is, by its bytes before its name, and how its text is encoded.

Offices send a 404 page named .pdf, an old .doc named .docx and a zip named .doc: the extension is a hint, never proof.
"""

from __future__ import annotations

import io
import re
import zipfile

from extractors.formats.bounds import zip_faults
from extractors.formats.extracted_text import FileFormat, UnreadableError
from rasoat.vietnamese import nfc

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a", b"BM")
_HTML = re.compile(rb"(?i)<(?:!doctype\s+html|(?:html|head|body|title|meta|div|p|table|h[1-6]|span|center)\b)")
_BLANKS = b" \t\r\n\x0b\x0c"
_CONTROLS = bytes([*range(9), *range(14, 32)])
_UTF16_HEADS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

# TCVN3 (fonts .VnTime): the bytes of Windows-1252 and the letters they were drawn as.
_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(_TCVN3)
_TCVN3_SIGNS = frozenset("µ¸¶·¹¨«®")
_ONLY_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def sniff(data: bytes) -> FileFormat:
    """The kind of a file from its bytes alone. Reads the directory of a zip, never its contents."""
    head = data[:1024]
    if not data.strip(b"\x00 \t\r\n"):
        return FileFormat.EMPTY
    if b"%PDF-" in head:
        return FileFormat.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if head.startswith(_OLE):
        return _ole_kind(data)
    if head.startswith(b"{\\rtf"):
        return FileFormat.RTF
    if head.startswith(_IMAGES):
        return FileFormat.IMAGE
    if _is_html(data[:4096]):
        return FileFormat.HTML
    return FileFormat.TEXT if _looks_like_text(data) else FileFormat.UNKNOWN


def _is_html(head: bytes) -> bool:
    """Whether the first tag, behind a declaration and comments, is one of a page's."""
    rest = head.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANKS)
    if rest[:5].lower() == b"<?xml":
        rest = rest.partition(b">")[2].lstrip(_BLANKS)
    while rest.startswith(b"<!--"):
        rest = rest.partition(b"-->")[2].lstrip(_BLANKS)
    return _HTML.match(rest) is not None


def _zip_kind(data: bytes) -> FileFormat:
    try:
        with zip_faults(lambda _: UnreadableError("zip.broken")), zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except UnreadableError:
        return FileFormat.ZIP
    if "word/document.xml" in names:
        return FileFormat.DOCX
    if any(name.startswith("xl/workbook") for name in names):
        return FileFormat.XLSX
    return FileFormat.ZIP


def _ole_kind(data: bytes) -> FileFormat:
    if "WordDocument".encode("utf-16-le") in data:
        return FileFormat.DOC
    if "Workbook".encode("utf-16-le") in data:
        return FileFormat.XLS
    return FileFormat.OLE


def _looks_like_text(data: bytes) -> bool:
    if data[:2] in _UTF16_HEADS or _wide(data):
        return True
    sample = data[:65536]
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    return odd <= len(sample) // 100


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: many zero bytes, nearly all on one side."""
    sample = data[:4096]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample) or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def decode(data: bytes) -> tuple[str, str]:
    """The text (NFC, "\\n" line ends, no NUL) and the encoding it was read with. Never raises.

    UTF-8 first, then UTF-16, then Windows-1258 (combining tones are composed); TCVN3 only where hardly any Vietnamese
    letter is found and its signs are frequent, so a page in another language is left alone.
    """
    text, encoding = _decoded(data)
    if _is_tcvn3(text):
        text, encoding = text.translate(_TCVN3_TABLE), "tcvn3"
    elif encoding == "windows-1252":
        text, encoding = data.decode("cp1258", "replace"), "windows-1258"
    return nfc(text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")), encoding


def _decoded(data: bytes) -> tuple[str, str]:
    if wide := _UTF16_HEADS.get(data[:2]):
        return data[2:].decode(wide, "replace"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if wide := _wide(data):
            return data.decode(wide, "replace"), "utf-16"
        # A long text cut in the middle of a letter, or with a few damaged bytes, is still UTF-8.
        text = data.decode("utf-8-sig", "replace")
        if text.count("\ufffd") * 200 < len(text) or error.start > len(data) - 4:
            return text, "utf-8"
    return data.decode("cp1252", "replace"), "windows-1252"


def _is_tcvn3(text: str) -> bool:
    sample = text[:200_000]
    letters = sum(map(str.isalpha, sample))
    signs = sum(sample.count(sign) for sign in _TCVN3_SIGNS)
    return bool(letters) and len(_ONLY_VIETNAMESE.findall(sample)) < 0.02 * letters and signs > 0.03 * letters
