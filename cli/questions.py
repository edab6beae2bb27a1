"""`rasoat cite`, `status` and `search`: questions answered one at a time, or as JSON lines from standard input."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.doctor import doctor
from cli.frame import (
    DayOption,
    JsonLines,
    KnownOption,
    answer_lines,
    day,
    field,
    out,
    print_json,
    say_held_back,
    troubles,
    workspace,
    writing,
)
from cli.printing import TextTable, lines
from pipeline.clock import today
from rasoat.trouble import Trouble

_LETTER_APART = re.compile(r"khoản\s+\d+\s+[a-zđ](?!\w)", re.IGNORECASE)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("cite", help="Văn bản → viện dẫn / text → mentions")(cite)
    app.command("status", help="Tình trạng hiệu lực của văn bản hoặc điều khoản / status of a document or provision")(status)
    app.command("search", help="Tìm thủ tục, văn bản / search")(search)
    app.command("doctor", help="Kiểm tra mọi thứ cần dùng / check every dependency and service")(doctor)


def cite(
    text: Annotated[str | None, typer.Argument(help="Câu cần đọc; bỏ trống thì đọc từ đầu vào chuẩn / text, or standard input")] = None,
    jsonl: JsonLines = False,
) -> None:
    """Every legal document a text mentions, with exact offsets."""
    from queries.read_texts import mentions_in

    with troubles():
        if jsonl:
            answer_lines(lambda asked: {"mentions": [one.as_json() for one in mentions_in(field(asked, "text", required=True) or "")]})
            return
        given = sys.stdin.read() if text is None else text
        table = TextTable(pad_edge=False)
        for heading in ("Vị trí", "Nguyên văn", "Loại", "Số", "Ngày", "Điều khoản", "Vai trò"):
            table.add_column(heading)
        for one in mentions_in(given):
            provisions = ", ".join((*one.provisions, *one.divisions))
            quote = " ".join(one.quote.split())
            issued = f"{one.issued_on:%d/%m/%Y}" if one.issued_on else ""
            table.add_row(f"{one.start}–{one.end}", quote, one.type or "", one.number or "", issued, provisions, one.role)
        out.print(table)


def status(
    number: Annotated[str | None, typer.Argument(help="Số văn bản, ví dụ 63/2010/NĐ-CP / number of a document")] = None,
    provision: Annotated[str | None, typer.Argument(help="Điều khoản, ví dụ dieu-5/khoan-2 hoặc 'khoản 2 Điều 5' / provision")] = None,
    issuer: Annotated[str | None, typer.Option(help="Cơ quan ban hành / issuer")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Loại văn bản / type")] = None,
    as_of: DayOption = None,
    known_at: KnownOption = None,
    svg: Annotated[Path | None, typer.Option(help="Vẽ dòng thời gian ra tệp SVG / timeline picture")] = None,
    json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False,
    jsonl: JsonLines = False,
) -> None:
    """The status on a day, why, by which clause, and the chain of successors."""
    from cli.status_table import status_table
    from queries.answers_known import answers_known
    from queries.document_status import document_status, timeline

    with troubles():
        default, known = day(as_of, "--as-of") or today(), day(known_at, "--known-at")
        if jsonl:
            with answers_known(workspace()) as (_, answers):
                told = {"known_at": str(known)} if known else {}
                answer_lines(lambda asked: document_status(answers, {**told, **asked}, default).line.as_json())
            return
        if number is None:
            raise Trouble("question.number")
        path = provision_path(provision)
        question = {"number": number, "provision": path, "issuer": issuer, "type": type_, "known_at": known and str(known)}
        asked = {**{name: value for name, value in question.items() if value}, "as_of": str(default)}
        with answers_known(workspace()) as (_, answers):
            judged = document_status(answers, asked, default)
            drawn = timeline(answers, asked, default, known) if svg else ""
        if svg:
            with writing(svg):
                svg.write_text(drawn, encoding="utf-8")
        print_json(judged.line.as_json()) if json else status_table(judged.line.as_json(), judged.verdict)


def provision_path(written: str | None) -> str | None:
    """A provision as people write it ("khoản 2 Điều 5", "Điều 13 a") as a path; a path stays as it is.

    Raises:
        Trouble: no provision can be read in it, or two: "khoản 2 a" is khoản 2a, or điểm a of khoản 2.
    """
    if written is None or ("-" in written and " " not in written.strip()):
        return written
    from extractors.citations import find_mentions

    if _LETTER_APART.search(written):
        raise Trouble("question.written_provision", written=written)
    found = [path for mention in find_mentions(f"{written} Nghị định này") for path in (*mention.provisions, *mention.divisions)]
    if len(found) != 1:
        raise Trouble("question.written_provision", written=written)
    return found[0]


def search(
    text: Annotated[str | None, typer.Argument(help="Điều cần tìm, gõ tự nhiên / what to find")] = None,
    target: Annotated[str, typer.Option(help="Tìm gì: procedure, document, article, finding, any, review / what to find")] = "any",
    engine: Annotated[str | None, typer.Option(help="Bộ tìm kiếm: embedded hoặc elasticsearch / search engine")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Số kết quả mỗi trang / how many a page")] = 10,
    page: Annotated[int, typer.Option(min=1, help="Trang, đếm từ 1 / page")] = 1,
    sort: Annotated[str, typer.Option(help="Xếp theo: relevance, newest, oldest, title hoặc key / order")] = "relevance",
    only: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="Lọc, ví dụ province='Lai Châu' / a filter")] = None,
    facets: Annotated[bool, typer.Option(help="Đếm theo từng bộ lọc / counts for every filter")] = False,
    suggest: Annotated[bool, typer.Option(help="Gợi ý khi đang gõ / suggestions while typing")] = False,
    json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False,
    jsonl: JsonLines = False,
) -> None:
    """Find procedures, documents, articles and findings as people type them."""
    from cli.search_results import search_results
    from queries.searching import filters_of, open_search, search_answer, sort_of

    with troubles():
        work = workspace()
        say_held_back(work)
        found = open_search(work.settings, engine)
        if jsonl and text is None:
            answer_lines(lambda asked: found.line(field(asked, "query", required=True) or "", field(asked, "target") or target, limit))
            return
        if text is None:
            raise Trouble("question.text")
        if jsonl:
            print_json(found.line(text, target, limit))
            return
        if suggest:
            names = found.suggestions(text, limit)
            print_json({"suggestions": names}) if json else out.print(lines(names))
            return
        answered = found.page(text, target, limit, page=page, sort=sort_of(sort), filters=filters_of(only or ()), facets=facets)
        print_json(search_answer(answered).as_json()) if json else search_results(answered, (page - 1) * limit)
