"""`rasoat read`: what the program sees in a published file, and where its text came from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.frame import JsonLines, out, print_json, progress_bar, troubles, workspace
from cli.printing import TextTable
from rasoat import words
from rasoat.trouble import Trouble

_LARGEST = 256 * 1024 * 1024


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("read", help="Xem chương trình đọc được gì trong tệp đã công bố / what it sees in a published file")(read)


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="PDF, DOCX, DOC, HTML, XLSX hoặc thư mục / files or folders")],
    catalogue: Annotated[Path | None, typer.Option(help="Danh mục thủ tục JSONL thay cho kho dữ liệu / a catalogue as JSONL")] = None,
    jsonl: JsonLines = False,
    text: Annotated[bool, typer.Option("--text", help="Cả chữ đọc được / the text found as well")] = False,
) -> None:
    """Kind, origin of the text, and the rows of the tables; a misread code is never repaired, only proposed."""
    from extractors.postings import read_file
    from queries.read_texts import file_seen

    with troubles():
        known, given = _catalogue(catalogue), list(_files(files))
        with progress_bar("Đọc") as progress:
            for done, path in enumerate(given):
                progress(path.name, done, len(given))
                if path.stat().st_size > _LARGEST:
                    raise Trouble("file.large", path=str(path), limit=_LARGEST // 2**20)
                found = read_file(path.name, path.read_bytes(), known, progress=progress)
                seen = file_seen(found, with_text=text).as_json()
                print_json(seen) if jsonl else _show(seen)


def _files(given: list[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
        elif path.is_file():
            yield path
        else:
            raise Trouble("file.missing", path=str(path))


def _catalogue(path: Path | None) -> Any:
    from sqlalchemy import select

    from extractors.postings import Catalogue
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


def _day(text: str | None) -> str:
    return words.day(date.fromisoformat(text)) if text else ""


def _head(head: dict[str, Any]) -> str:
    """A publication decision's head in one line; what could not be read is said to be missing."""
    signed, effective = _day(head["issued_on"]), _day(head["effective_on"])
    said = [
        f"Quyết định {head['number'] or 'không đọc được số'}",
        f"ký ngày {signed}" if signed else "không đọc được ngày ký",
        head["issuer"] or "không đọc được cơ quan ban hành (nạp kèm --unit)",
    ]
    return ", ".join([*said, *([f"hiệu lực từ ngày {effective}"] if effective else [])]) + (f": {head['title']}" if head["title"] else "")


def _show(seen: dict[str, Any]) -> None:
    pages = f"{seen['pages']} trang, " if seen["pages"] else ""
    told = f"{words.TAKEN_FOR[seen['taken_for']]}, {pages}{words.TEXT_FROM[seen['text_from']]}, {words.number(seen['characters'])} ký tự"
    out.say(f"{words.FILE_KIND[seen['kind']]}; {told}", head=f"{seen['file']}:")
    if head := seen.get("decision"):
        out.say(f"  {_head(head)}")
    if seen["rows"]:
        table = TextTable(pad_edge=False)
        announced = ("Phần", "Cấp, lĩnh vực") if head else ()
        for heading in ("Trang", "Mã in", "Mã", "Tên", *announced, "Tin cậy", "Trong danh mục", "Có thể là"):
            table.add_column(heading)
        for row in seen["rows"]:
            listed = {True: "có", False: "không", None: ""}[row.get("in_catalogue")]
            name = row.get("name") or ""
            cells = (
                str(row.get("page") or ""),
                row.get("code_printed") or "",
                row.get("code") or "–",
                name,
                *(
                    (words.DECISION_PART.get(row.get("part"), ""), ", ".join(row[key] for key in ("level", "field") if row.get(key)))
                    if head
                    else ()
                ),
                str(row.get("confidence") or ""),
                listed,
            )
            table.add_row(*cells, row.get("code_meant") or "")
        out.print(table)
    for problem in seen["problems"]:
        out.say(f"  ! {problem}")
    if seen.get("text"):
        out.print(seen["text"], soft_wrap=True)
