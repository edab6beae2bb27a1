"""`rasoat findings`: list, filter, export, and from one fingerprint back to the archived bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import DayOption, JsonLines, KnownOption, day, err, out, print_json, say_held_back, troubles, workspace, writing
from pipeline.clock import today
from rasoat.trouble import Trouble

if TYPE_CHECKING:
    from queries.finding_list import FindingList
    from rasoat.units import Unit
    from rasoat.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("findings", help="Xem, lọc, xuất phát hiện / list, filter, export findings")(findings)


def findings(
    as_of: DayOption = None,
    known_at: KnownOption = None,
    rule: Annotated[list[str] | None, typer.Option(help="Chỉ quy tắc này, ví dụ CITE-01 / only this rule")] = None,
    subject: Annotated[str | None, typer.Option(help="Mã thủ tục / procedure code")] = None,
    unit: Annotated[
        str | None,
        typer.Option(help="Đơn vị: chịu trách nhiệm, công bố hoặc niêm yết; tỉnh gồm cả đơn vị bên dưới / a unit, whatever its part in it"),
    ] = None,
    document: Annotated[
        str | None, typer.Option("--object", help="Số văn bản hoặc mã thủ tục được nói tới / document or procedure")
    ] = None,
    severity: Annotated[
        str | None, typer.Option(help="Từ mức này trở lên: cao, trung bình, thấp, thông tin / at least high, medium …")
    ] = None,
    state: Annotated[
        str | None, typer.Option(help="Trạng thái: mới, cần xem lại, đã xác nhận, đã bác, đã sửa / open, needs_review …")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Phát hiện mới và phát hiện không còn, so với ngày này / what came and went since")
    ] = None,
    unjudged: Annotated[
        bool, typer.Option("--unjudged", help="Văn bản được viện dẫn mà chưa kết luận được / cited documents without a conclusion")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Cả phát hiện đã được gạt bỏ có lý do / suppressed ones too")] = False,
    jsonl: JsonLines = False,
    export: Annotated[Path | None, typer.Option(help="Ghi ra .xlsx, .docx, .csv, .jsonl / write to a file")] = None,
    show: Annotated[
        str | None, typer.Option(metavar="FINGERPRINT", help="Một phát hiện và mọi chứng cứ / one finding with its proof")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Cùng --show: ghi nguyên văn câu trả lời gốc ra thư mục / save the archived bytes")
    ] = None,
    fail_on: Annotated[str | None, typer.Option(help="Thoát mã 1 nếu có phát hiện từ mức này / exit 1 at or above")] = None,
) -> None:
    """Findings of a day, as they are published."""
    with troubles():
        from cli.finding_tables import finding_table, show_finding
        from cli.finding_views import print_changes, print_unjudged
        from cli.review_command import unit_of
        from queries.asked import rules_asked, severity_asked, state_asked, unit_asked
        from queries.finding_filter import FindingFilter
        from queries.finding_list import finding_with, findings_on
        from rasoat.store.published_findings import GRAVITY, FindingPage

        work, asked, known = workspace(), day(as_of, "--as-of") or today(), day(known_at, "--known-at")
        say_held_back(work)
        earlier = day(since, "--since")
        others = {"--export": export, "--show": show, "--fail-on": fail_on, "--known-at": known_at, "--save": save}
        narrowed = {"--rule": rule, "--subject": subject, "--unit": unit, "--object": document, "--severity": severity, "--state": state}
        if unjudged:
            _alone("--unjudged", {**others, **narrowed, "--since": since})
        if earlier:
            _alone("--since", others)
            if earlier > asked:
                raise Trouble("question.period", since=earlier.isoformat(), until=asked.isoformat())
        if unjudged:
            print_unjudged(work, asked, jsonl=jsonl)
            return
        refused = severity_asked(fail_on) if fail_on is not None else None
        head = unit_asked(unit) if unit is not None else None
        wanted = FindingFilter(
            rules_asked(rule or ()),
            subject,
            head.id if head else None,
            document,
            severity_asked(severity) if severity is not None else None,
            state_asked(state) if state is not None else None,
            unit_of(work, None),
        )
        if earlier:
            print_changes(work, asked, earlier, wanted, jsonl=jsonl)
            return
        if show is not None:
            show_finding(work, finding_with(work, asked, known, show, wanted.viewer), save)
            return
        found = findings_on(work, asked, known, wanted, FindingPage(suppressed=everything or jsonl))
        if jsonl:
            for line in found.lines():
                print_json(line.as_json())
        elif export:
            _export(work, found, export, unit_of(work, None))
        else:
            finding_table(found)
            if not found.counts.all:
                _nothing(found, head)
            out.say(found.judged_told)
        if refused and found.counts.gravest and GRAVITY[found.counts.gravest] <= GRAVITY[refused]:
            raise typer.Exit(1)


def _alone(asked: str, others: Mapping[str, object]) -> None:
    """A question that others cannot narrow or send elsewhere: better refused than answered for the whole country."""
    for name, given in others.items():
        if given:
            raise Trouble("findings.together", one=asked, other=name)


def _nothing(found: FindingList, head: Unit | None) -> None:
    """None is an answer only beside what was looked at."""
    from rasoat import words
    from rasoat.units import country

    of = f" của {country().name(head.id)} (đơn vị ấy, cơ quan chịu trách nhiệm và cơ quan công bố)" if head else ""
    out.say(f"Đã xem {words.number(found.looked_at or 0)} phát hiện của ngày này, không có phát hiện nào{of} khớp điều đã hỏi.")


def _export(work: Workspace, found: FindingList, path: Path, unit: str) -> None:
    from pipeline.reports.findings_files import export, marks_of

    with writing(path):
        export(found.kept, path, found.as_json, found.judged, marks_of(work, found.listed, unit))
    err.say(f"Đã ghi {len(found.kept)} phát hiện vào {path}. {found.judged_told}")
