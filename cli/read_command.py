"""`rasoat read`: what the program sees in a published file, and where its text came from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.frame import JsonLines, path_given, print_json, progress_bar, troubles, workspace
from rasoat.trouble import Trouble

_LARGEST = 256 * 1024 * 1024


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("read", help="Xem chương trình đọc được gì trong tệp đã công bố / what it sees in a published file")(read)


def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", parser=path_given, help="PDF, DOCX, DOC, HTML, XLSX hoặc thư mục / files or folders")
    ],
    catalogue: Annotated[Path | None, typer.Option(help="Danh mục thủ tục JSONL thay cho kho dữ liệu / a catalogue as JSONL")] = None,
    jsonl: JsonLines = False,
    text: Annotated[bool, typer.Option("--text", help="Cả chữ đọc được / the text found as well")] = False,
) -> None:
    """Kind, origin of the text, and the rows of the tables; a misread code is never repaired, only proposed."""
    from cli.file_table import file_table
    from extractors.apart import kept
    from extractors.formats.extracted_text import UnreadableError
    from extractors.imports.office_files import POSTED_FILE, handed, unreadable_file
    from queries.read_texts import file_seen

    with troubles():
        known, given = handed(_catalogue(catalogue)), list(_files(files))
        with progress_bar("Đọc") as progress:
            for done, path in enumerate(given):
                progress(path.name, done, len(given))
                if path.stat().st_size > _LARGEST:
                    raise Trouble("file.large", path=str(path), limit=_LARGEST // 2**20)
                try:
                    found = kept().first.ask(POSTED_FILE, path.name, path.read_bytes(), known, True, progress=progress)
                except UnreadableError as error:
                    found = unreadable_file(path.name, str(error))
                seen = file_seen(found, with_text=text).as_json()
                print_json(seen) if jsonl else file_table(seen)


def _files(given: list[Path]) -> Iterator[Path]:
    from pipeline.import_files import files_in

    for path in given:
        if path.is_dir():
            yield from files_in(path)
        elif path.is_file():
            yield path
        else:
            raise Trouble("file.missing", path=str(path))


def _catalogue(path: Path | None) -> Any:
    from sqlalchemy import select

    from extractors.postings.code_catalogue import Catalogue
    from rasoat.store.schema import procedures

    if path:
        try:
            return Catalogue.from_lines(path.read_text("utf-8").splitlines())
        except (OSError, ValueError, Trouble) as error:
            raise Trouble("catalogue.unreadable", path=str(path), reason=str(error)) from error
    with workspace().engine.connect() as connection:
        rows = connection.execute(select(procedures.c.code, procedures.c.name).order_by(procedures.c.rank.desc(), procedures.c.piece))
        names = {row.code: row.name for row in rows}
    return Catalogue(names) if names else None
