"""`rasoat effects`: what the text of an enforcement article ends, and when."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from cli.frame import JsonLines, answer_lines, field, print_json, troubles
from rasoat.trouble import Trouble


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("effects", help="Điều khoản thi hành → chấm dứt văn bản nào, từ ngày nào / what a clause ends, when")(effects)


def effects(
    text: Annotated[
        str | None, typer.Argument(help="Nguyên văn điều; bỏ trống thì đọc từ đầu vào chuẩn / the article, or standard input")
    ] = None,
    number: Annotated[str | None, typer.Option("--number", help="Số của văn bản chứa điều này / number of its document")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Loại văn bản đó / its type")] = None,
    issued_on: Annotated[str | None, typer.Option(help="Ngày ký văn bản đó / the day it was signed")] = None,
    effective_on: Annotated[
        str | None, typer.Option(help="Ngày có hiệu lực, nếu điều không nói / its day of entry, unless the text says")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Tên văn bản đó / its title")] = None,
    json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False,
    jsonl: JsonLines = False,
) -> None:
    """Reads an enforcement article by its words alone: no store is asked."""
    from cli.clause_table import clause_table
    from queries.clause_effects import clauses_read

    with troubles():
        if jsonl:
            answer_lines(lambda asked: clauses_read(field(asked, "text", required=True) or "", _document(asked)).as_json())
            return
        if not number:
            raise Trouble("question.source_number")
        given = sys.stdin.read() if text is None else text
        said = {"number": number, "type": type_, "issued_on": issued_on, "effective_on": effective_on, "title": title}
        found = clauses_read(given, said)
        print_json(found.as_json()) if json else clause_table(found)


def _document(asked: dict[str, Any]) -> dict[str, Any]:
    """The object "document" of an input line.

    Raises:
        Trouble: it is missing or no object.
    """
    document = asked.get("document")
    if not isinstance(document, dict):
        raise Trouble("line.field", name="document")
    return document
