"""Old Word and RTF → DOCX by LibreOffice, where it is installed: antiword loses cells of wide tables and of merged rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from extractors.formats.extracted_text import FileFormat, UnreadableError
from extractors.formats.programs import installed, run

_SECONDS = 90


def as_docx(data: bytes, kind: FileFormat) -> bytes | None:
    """The file as DOCX; None where LibreOffice is not installed.

    Raises:
        UnreadableError: it cannot open the file, or takes too long.
    """
    program = installed("soffice") or installed("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="rasoat-doc-") as name:
        folder = Path(name)
        path = folder / f"office.{kind}"
        path.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        run([program, profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", str(folder), str(path)], folder, _SECONDS)
        out = folder / "office.docx"
        if not out.exists():
            raise UnreadableError("program.unopened")
        return out.read_bytes()
