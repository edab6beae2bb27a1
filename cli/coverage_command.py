"""`rasoat coverage`: the matrix unit × procedure × channel, the inspector's form, and what inspections hand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import DayOption, JsonLines, KnownOption, day, err, out, print_json, progress_bar, troubles, workspace, writing
from cli.printing import TextTable
from pipeline.clock import today
from rasoat.records.postings import Channel, PostingState
from rasoat.trouble import Trouble

if TYPE_CHECKING:
    from rasoat.units import Units
    from rasoat.workspace import Workspace
    from validators.coverage.matrix import CellRow, Matrix
    from validators.posting_audit import Country

Wanted = Callable[["CellRow"], bool]


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
    channel: Annotated[Channel | None, typer.Option(help="Kênh công khai / channel")] = None,
    state: Annotated[list[PostingState] | None, typer.Option(help="Chỉ ô ở trạng thái này / only cells in this state")] = None,
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
        work, asked, known = workspace(), day(until, "--until") or day(as_of, "--as-of") or today(), day(known_at, "--known-at")
        begun = day(since, "--since")
        if begun and begun > asked:
            raise Trouble(f"--since {begun} sau ngày cuối {asked}; đổi chỗ hai ngày.")
        names = [form] if form else unit or []
        country, matrix = _matrix(work, asked, known, names)
        if form:
            _form(matrix, _unit(matrix, form), output)
            return
        units = _units(matrix, unit)
        if begun and not report:
            _history(matrix, _matrix(work, begun, known, names)[1], units, jsonl)
            return
        wanted = _filter(procedure, channel, state)
        if report:
            _report(work, country, matrix, units, report, begun, known)
        elif export:
            _export(matrix, units, wanted, export)
        elif jsonl:
            for row in _rows(matrix, units, wanted):
                print_json(row.as_json())
        else:
            _show(matrix, units, wanted, asked)


def _matrix(work: Workspace, as_of: date, known_at: date | None, names: list[str]) -> tuple[Country, Matrix]:
    """What is known on a day, and the matrix: of the named units and those below them, of the whole country where none is named."""
    from validators.posting_audit import gather, matrix_of

    with progress_bar("Đối chiếu") as progress:
        country = gather(work.engine, as_of, known_at)
        within = [_found(country.audit.units, name) for name in names]
        return country, matrix_of(work.engine, country, known_at, progress, within)


def _unit(matrix: Matrix, name: str) -> str:
    return _found(matrix.audit.units, name)


def _found(units: Units, name: str) -> str:
    from rasoat.units import UnknownUnit

    try:
        return units.find(name).id
    except UnknownUnit as error:
        raise Trouble(str(error)) from error


def _units(matrix: Matrix, names: list[str] | None) -> list[str]:
    """The units with cells that are meant, those below a province included."""
    if not names:
        return sorted(matrix.blocks)
    heads = [_unit(matrix, name) for name in names]
    return sorted(unit for unit in matrix.blocks if any(unit == head or unit.startswith(head + "/") for head in heads))


def _filter(procedure: str | None, channel: Channel | None, states: list[PostingState] | None) -> Wanted:
    return lambda row: (
        (not procedure or row.procedure == procedure) and (not channel or row.channel is channel) and (not states or row.state in states)
    )


def _rows(matrix: Matrix, units: list[str], wanted: Wanted) -> Iterator[CellRow]:
    return (row for row in matrix.rows(units) if wanted(row))


def _form(matrix: Matrix, unit: str, output: Path | None) -> None:
    from pipeline.reports.form_file import write_form

    path = output or Path(f"phieu-{unit.replace('/', '-')}.xlsx")
    with writing(path):
        asked = write_form(matrix, unit, path)
    err.say(f"Đã ghi phiếu {matrix.audit.units.name(unit)}: {asked} dòng vào {path}")


def _export(matrix: Matrix, units: list[str], wanted: Wanted, path: Path) -> None:
    from pipeline.reports.matrix_files import export

    with writing(path):
        written = export(matrix, units, wanted, path)
    err.say(f"Đã ghi {written} ô vào {path}")


def _report(
    work: Workspace, country: Country, matrix: Matrix, units: list[str], path: Path, since: date | None, known_at: date | None
) -> None:
    from pipeline.reports import inspection_report, write_report
    from pipeline.reports.day_reports import cited_on
    from validators.posting_audit import other_findings

    held = set(units)
    others = [one for one in other_findings(country) if one.subject in held]
    cited = cited_on(work, matrix.as_of, known_at)
    with writing(path):
        write_report(inspection_report(matrix, units, others, since, cited), path)
    err.say(f"Đã ghi báo cáo vào {path}")


def _show(matrix: Matrix, units: list[str], wanted: Wanted, as_of: date) -> None:
    from cli.coverage_tables import cell_table, summary_table

    if not matrix.blocks:
        out.say("Chưa có thủ tục, quyết định công bố hay nơi niêm yết nào trong kho; nạp bằng rasoat import.")
        return
    out.print(summary_table(matrix, units, as_of))
    out.print(cell_table(matrix, _rows(matrix, units, wanted), as_of))


def _history(later: Matrix, earlier: Matrix, units: list[str], jsonl: bool) -> None:
    from validators.coverage.totals import changes
    from validators.rules.postings.posting_rules import CHANNEL_NAMES, STATE_NAMES

    held = set(units)
    table = TextTable("Đơn vị", "Thủ tục", "Kênh", "Trước", "Nay", title=f"Thay đổi từ {earlier.as_of:%d/%m/%Y} đến {later.as_of:%d/%m/%Y}")
    for change in changes(earlier, later):
        row = change.after or change.before
        if row is None or row.unit not in held:
            continue
        before, after = change.before and change.before.state, change.after and change.after.state
        if jsonl:
            print_json({**row.as_json(), "before": before, "state": after})
        else:
            said = [STATE_NAMES[state] if state else "–" for state in (before, after)]
            table.add_row(later.audit.units.name(row.unit), row.procedure, CHANNEL_NAMES[row.channel], *said)
    if not jsonl:
        out.print(table)
