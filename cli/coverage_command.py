"""`rasoat coverage`: the matrix unit × procedure × channel, the inspector's form, and what inspections hand in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.as_typed import advised
from cli.frame import DayOption, JsonLines, KnownOption, day, err, out, print_json, say_held_back, troubles, workspace, writing
from pipeline.clock import today
from rasoat.trouble import Trouble

if TYPE_CHECKING:
    from queries.audited_matrix import PostingMatrix
    from queries.posting_matrix import CellFilter, MatrixAnswer
    from rasoat.workspace import Workspace
    from validators.coverage.matrix import Matrix
    from validators.coverage.totals import Change


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("coverage", help="Bảng công khai: đơn vị × thủ tục × kênh / the posting matrix")(coverage)


def coverage(
    as_of: DayOption = None,
    known_at: KnownOption = None,
    unit: Annotated[
        list[str] | None, typer.Option(help="Mã hoặc tên đơn vị; tỉnh gồm cả đơn vị bên dưới / unit, a province with all below it")
    ] = None,
    procedure: Annotated[str | None, typer.Option(help="Mã thủ tục / procedure code")] = None,
    channel: Annotated[
        str | None, typer.Option(help="Kênh công khai: trụ sở, cổng, cơ sở dữ liệu quốc gia / premises, portal, national_database")
    ] = None,
    state: Annotated[
        list[str] | None, typer.Option(help="Chỉ ô ở tình trạng này: đã công khai, chưa thấy, chưa rõ … / posted, missing, unknown …")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Những ô đã đổi kể từ ngày này; cùng --report: kỳ báo cáo / what changed since, or the report's period"),
    ] = None,
    until: Annotated[str | None, typer.Option(help="Đến hết ngày này, thay cho --as-of / the last day, in place of --as-of")] = None,
    jsonl: JsonLines = False,
    export: Annotated[Path | None, typer.Option(help="Ghi ra .xlsx, .html hoặc .jsonl / write the matrix")] = None,
    form: Annotated[str | None, typer.Option(metavar="UNIT", help="Ghi phiếu kiểm tra của đơn vị / write the inspector's form")] = None,
    report: Annotated[Path | None, typer.Option(help="Báo cáo kiểm tra .docx hoặc .xlsx / the inspection report")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Tệp cho --form / file of --form")] = None,
) -> None:
    """What each unit must post, what was seen of it, and when."""
    with troubles():
        from queries.asked import channel_asked, posting_state_asked
        from queries.posting_matrix import CellFilter, cells_on

        work, asked, known = workspace(), day(until, "--until") or day(as_of, "--as-of") or today(), day(known_at, "--known-at")
        say_held_back(work)
        begun = day(since, "--since")
        if begun and begun > asked:
            raise Trouble("question.period", since=begun.isoformat(), until=asked.isoformat())
        wanted = CellFilter(procedure, channel_asked(channel) if channel else None, tuple(map(posting_state_asked, state or ())))
        names = unit or [] if form is None else [form]
        if form is None and not begun and not report and not export:
            with cells_on(work, asked, known, names) as cells:
                cells.must_know(wanted)
                _show_or_print(cells, wanted, jsonl=jsonl)
            return
        from queries.audited_matrix import change_line, posting_matrix

        found = posting_matrix(work, asked, known, names)
        found.must_know(wanted)
        if form is not None:
            _form(found.matrix, form, output)
        elif begun and not report:
            changed = found.changes_since(posting_matrix(work, begun, known, names))
            if jsonl:
                for change in changed:
                    print_json(change_line(change).as_json())
            else:
                _history(changed, found.matrix, begun)
        elif report:
            _report(work, found, report, begun, known)
        elif export:
            _export(found, wanted, export)


def _show_or_print(found: MatrixAnswer, wanted: CellFilter, *, jsonl: bool) -> None:
    if jsonl:
        for line in found.lines(wanted):
            print_json(line.as_json())
    else:
        _show(found, wanted)


def _form(matrix: Matrix, name: str, output: Path | None) -> None:
    from pipeline.reports.form_file import write_form
    from queries.asked import unit_asked

    unit = unit_asked(name).id
    path = output or Path(f"phieu-{unit.replace('/', '-')}.xlsx")
    with writing(path):
        asked = write_form(matrix, unit, path)
    err.say(f"Đã ghi phiếu {matrix.audit.units.name(unit)}: {asked} dòng vào {path}")


def _export(found: PostingMatrix, wanted: CellFilter, path: Path) -> None:
    from pipeline.reports.matrix_files import export

    with writing(path):
        written = export(found.matrix, found.units, wanted, path)
    err.say(f"Đã ghi {written} ô vào {path}")


def _report(work: Workspace, found: PostingMatrix, path: Path, since: date | None, known_at: date | None) -> None:
    from pipeline.reports.day_reports import cited_on
    from pipeline.reports.inspection import inspection_report
    from pipeline.reports.report_files import write_report

    cited = cited_on(work, found.matrix.as_of, known_at)
    with writing(path):
        write_report(inspection_report(found.matrix, found.units, found.other_findings(), since, cited), path)
    err.say(f"Đã ghi báo cáo vào {path}")


def _show(found: MatrixAnswer, wanted: CellFilter) -> None:
    from cli.coverage_tables import cell_table, summary_table

    if not found.totals().units:
        out.say(f"Chưa có thủ tục, quyết định công bố hay nơi niêm yết nào trong kho; nạp bằng `{advised('import')}`.")
        return
    out.print(summary_table(found))
    out.print(cell_table(found, wanted))


def _history(changed: Iterator[Change], later: Matrix, since: date) -> None:
    from cli.coverage_tables import change_table

    out.print(change_table(changed, later, since))
