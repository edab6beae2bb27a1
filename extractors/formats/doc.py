"""Old Word (.doc) and RTF → text: antiword first (keeps tables), LibreOffice where it refuses; catdoc is not used,
it brings back deleted text and loses tables."""

from __future__ import annotations

import tempfile
from pathlib import Path

from extractors.formats.extracted_text import ExtractedText, FileFormat, TextFrom, UnreadableError
from extractors.formats.programs import installed, run
from extractors.formats.sniff import decode

SECONDS = 90


def read_doc(data: bytes, kind: FileFormat = FileFormat.DOC) -> ExtractedText:
    """The text of an old Word or RTF file; a table row is one line whose cells are parted by "|" (as antiword draws them).

    Raises:
        UnreadableError: neither program is installed, or neither can read the file.
    """
    refused = []
    with tempfile.TemporaryDirectory(prefix="rasoat-doc-") as name:
        folder = Path(name)
        for reader in (_antiword, _libreoffice):
            if reader is _antiword and kind is not FileFormat.DOC:
                continue
            try:
                text = reader(data, folder, kind)
            except UnreadableError as error:
                refused.append(str(error))
                continue
            if text is not None and text.strip():
                return ExtractedText(kind, text.strip("\n"), TextFrom.TEXT_LAYER)
            if text is not None:
                refused.append("không có chữ / no text")
    if refused:
        raise UnreadableError("word.refused", reasons="; ".join(refused))
    raise UnreadableError("word.no_program")


def _antiword(data: bytes, folder: Path, kind: FileFormat) -> str | None:
    program = installed("antiword")
    if program is None:
        return None
    path = folder / f"in.{kind}"
    path.write_bytes(data)
    # -w 0: one paragraph a line, so that an article's heading is not cut in two.
    return decode(run([program, "-m", "UTF-8.txt", "-w", "0", str(path)], folder, SECONDS))[0]


def _libreoffice(data: bytes, folder: Path, kind: FileFormat) -> str | None:
    program = installed("soffice") or installed("libreoffice")
    if program is None:
        return None
    path = folder / f"office.{kind}"
    path.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = [program, profile, "--headless", "--norestore", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder), str(path)]
    run(convert, folder, SECONDS)
    out = folder / "office.txt"
    if not out.exists():
        raise UnreadableError("program.unopened")
    return decode(out.read_bytes())[0]
