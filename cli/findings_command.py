"""`rasoat findings`: list, filter, export, and from one fingerprint back to the archived bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.frame import DayOption, JsonLines, KnownOption, day, err, out, print_json, progress_bar, troubles, workspace, writing
from cli.printing import TextTable
from pipeline.clock import today
from rasoat import words
from rasoat.records import Finding, Origin, Severity
from rasoat.trouble import Trouble

if TYPE_CHECKING:
    from rasoat.workspace import Workspace

_ORDER = list(Severity)
_COLOUR = {Severity.HIGH: "bold red", Severity.MEDIUM: "yellow", Severity.LOW: "cyan", Severity.INFO: "dim"}


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("findings", help="Xem, lọc, xuất phát hiện / list, filter, export findings")(findings)


def findings(
    as_of: DayOption = None,
    known_at: KnownOption = None,
    rule: Annotated[list[str] | None, typer.Option(help="Chỉ quy tắc này, ví dụ CITE-01 / only this rule")] = None,
    subject: Annotated[str | None, typer.Option(help="Mã thủ tục / procedure code")] = None,
    unit: Annotated[str | None, typer.Option(help="Đơn vị; tỉnh gồm cả đơn vị bên dưới / unit, a province with all below it")] = None,
    document: Annotated[str | None, typer.Option("--object", help="Số văn bản / document id")] = None,
    severity: Annotated[Severity | None, typer.Option(help="Từ mức này trở lên / at least this severity")] = None,
    state: Annotated[str | None, typer.Option(help="Trạng thái: open, needs_review, confirmed, dismissed, fixed / state")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Cả phát hiện đã được gạt bỏ có lý do / suppressed ones too")] = False,
    jsonl: JsonLines = False,
    export: Annotated[Path | None, typer.Option(help="Ghi ra .xlsx, .docx, .csv, .jsonl / write to a file")] = None,
    show: Annotated[
        str | None, typer.Option(metavar="FINGERPRINT", help="Một phát hiện và mọi chứng cứ / one finding with its proof")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Cùng --show: ghi nguyên văn câu trả lời gốc ra thư mục / save the archived bytes")
    ] = None,
    fail_on: Annotated[Severity | None, typer.Option(help="Thoát mã 1 nếu có phát hiện từ mức này / exit 1 at or above")] = None,
) -> None:
    """Findings of a day; the day is checked first where it was not checked yet."""
    with troubles():
        work, asked = workspace(), day(as_of, "--as-of") or today()
        found = _checked(work, asked, day(known_at, "--known-at"))
        if show:
            _show(work, found, show, save)
            return
        below = _below(unit)
        kept = [one for one in found if below(one) and _wanted(one, rule, subject, document, severity, state)]
        if jsonl:
            _print_lines(kept)
        else:
            visible = kept if everything else [one for one in kept if not one.suppressed]
            _export(visible, export) if export else _table(visible, kept, asked)
        if fail_on and any(_ORDER.index(one.severity) <= _ORDER.index(fail_on) for one in kept if not one.suppressed):
            raise typer.Exit(1)


def _checked(work: Workspace, as_of: date, known_at: date | None) -> list[Finding]:
    from validators.checked_days import findings_of

    with progress_bar("Rà soát") as progress:
        return findings_of(work.engine, work.settings, as_of, known_at, progress)


def show_table(work: Workspace, as_of: date) -> None:
    """The findings of a day as a person would want them."""
    found = _checked(work, as_of, None)
    _table([one for one in found if not one.suppressed], found, as_of)


def _below(unit: str | None) -> Callable[[Finding], bool]:
    """Whether a finding is about a unit or one below it.

    Raises:
        Trouble: no unit has this name.
    """
    from rasoat.units import UnknownUnit, country

    if unit is None:
        return lambda one: True
    try:
        head = country().find(unit).id
    except UnknownUnit as error:
        raise Trouble(str(error)) from error
    return lambda one: one.subject == head or one.subject.startswith(f"{head}/")


def _wanted(
    one: Finding, rules: list[str] | None, subject: str | None, document: str | None, severity: Severity | None, state: str | None
) -> bool:
    return (
        (not rules or one.rule in rules)
        and (not subject or one.subject == subject)
        and (not document or one.object == document)
        and (not severity or _ORDER.index(one.severity) <= _ORDER.index(severity))
        and (not state or one.state == state)
    )


def _print_lines(found: list[Finding]) -> None:
    from queries.contract import finding_json

    for one in found:
        print_json(finding_json(one))


def _export(found: list[Finding], path: Path) -> None:
    from pipeline.reports.findings_files import export
    from queries.contract import finding_json

    with writing(path):
        export(found, path, finding_json)
    err.say(f"Đã ghi {len(found)} phát hiện vào {path}")


def _table(visible: list[Finding], kept: list[Finding], as_of: date) -> None:
    table = TextTable(title=f"Phát hiện rà soát đến ngày {as_of:%d/%m/%Y}", pad_edge=False)
    for heading, ratio in (
        ("Quy tắc", 0),
        ("Mức", 0),
        ("Thủ tục, đơn vị", 0),
        ("Văn bản, thủ tục", 0),
        ("Hết hiệu lực từ", 0),
        ("Ở phần", 1),
        ("Căn cứ", 3),
        ("Vân tay", 0),
    ):
        table.add_column(heading, ratio=ratio or None, no_wrap=not ratio, overflow="fold")
    for several in _together(visible):
        one = min(several, key=lambda finding: _ORDER.index(finding.severity))
        since = f"{one.interval.end:%d/%m/%Y}" if one.interval and one.interval.end and one.clause else ""
        proof = f"{words.provision(one.clause.provision)} {one.clause.document}: “{one.clause.quote}”" if one.clause else one.message
        parts = ", ".join(dict.fromkeys(words.part(finding.where.part) for finding in several if finding.where))
        level = Text(words.SEVERITY[one.severity].lower(), _COLOUR[one.severity])
        table.add_row(one.rule, level, one.subject, one.object or "–", since, parts, _short(proof), one.fingerprint[:10])
    out.print(table)
    rules = Counter(one.rule for one in visible)
    total = ", ".join(f"{name} {number}" for name, number in sorted(rules.items()))
    out.say(f"Tổng: {total}" if rules else "Không có phát hiện.")
    if hidden := len(kept) - len(visible):
        out.say(f"{hidden} trường hợp đã được gạt bỏ có lý do; xem bằng --all.")
    if visible:
        out.say(f"Xem chứng cứ: rasoat findings --as-of {as_of} --show {visible[0].fingerprint[:10]}")


def _together(visible: list[Finding]) -> list[list[Finding]]:
    """One document in several parts of one procedure is one line to read."""
    groups: dict[tuple[str, str, str | None], list[Finding]] = {}
    for one in visible:
        groups.setdefault((one.rule, one.subject, one.object), []).append(one)
    return list(groups.values())


def _short(text: str, length: int = 150) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= length else plain[: length - 1] + "…"


def _show(work: Workspace, found: list[Finding], fingerprint: str, save: Path | None) -> None:
    matching = [one for one in found if one.fingerprint.startswith(fingerprint)]
    if len(matching) != 1:
        reason = "Không có" if not matching else f"Có {len(matching)}"
        raise Trouble(
            f"{reason} phát hiện mang vân tay {fingerprint!r} trong ngày đã xét; ghi thêm ký tự hoặc chọn ngày khác bằng --as-of."
        )
    one = matching[0]
    table = TextTable(title=f"{one.rule} · {one.subject}", show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, value in _facts(one):
        table.add_row(name, value)
    out.print(table)
    for origin in one.proofs:
        _proof(work, origin, save)


def _facts(one: Finding) -> list[tuple[str, str]]:
    where, clause, interval = one.where, one.clause, one.interval
    facts = [
        ("Kết luận", one.message),
        (
            "Thủ tục",
            f"{one.subject}, ghi nhận {one.observed_on:%d/%m/%Y}" + (f", quyết định {one.decision_number}" if one.decision_number else ""),
        ),
        ("Trích nguyên văn", f"“{one.quote}”" + (f" ({words.part(where.part)}, ký tự {where.start}–{where.end})" if where else "")),
        ("Văn bản", (one.object or "–") + (f" · {words.provision(one.provision)}" if one.provision else "")),
        (
            "Hiệu lực",
            f"từ {words.day(interval.start) if interval.start else 'ngày chưa rõ'} đến trước {words.day(interval.end) if interval.end else '…'}"
            if interval
            else "",
        ),
        (
            "Điều khoản chấm dứt",
            f"{words.provision(clause.provision)} {clause.document} (nguồn {clause.tier}): “{clause.quote}”" if clause else "",
        ),
        ("Văn bản kế tiếp", " → ".join(one.successors)),
        ("Cơ quan", one.responsible),
        ("Kiến nghị", one.action),
        ("Gạt bỏ vì", ", ".join(one.suppressed)),
        (
            "Mức độ",
            f"{words.SEVERITY[one.severity].lower()}, tin cậy {words.CONFIDENCE[one.confidence]}, trạng thái {words.STATE.get(one.state, one.state)}",
        ),
        ("Vân tay", one.fingerprint),
    ]
    return [(name, value) for name, value in facts if value]


def _proof(work: Workspace, origin: Origin, save: Path | None) -> None:
    from rasoat.store.capture_store import CaptureStore

    received = CaptureStore(work.engine)
    stored = received.stored(origin.capture)
    if stored is None:
        raise Trouble(f"Kho lưu không còn câu trả lời {origin.capture}; kiểm tra RASOAT_ARCHIVE_URL.")
    body = work.archive.read(stored)
    out.print()
    out.say(origin.place, head="Chứng cứ")
    for answer in received.answers_with(origin.capture):
        out.say(f"  {answer.source} · {answer.request} · ghi nhận {answer.observed_on:%d/%m/%Y} · {answer.url}")
    out.say(f"  sha256 {stored.sha256}, {len(body)} byte, {stored.warc} tại {stored.offset}")
    if save:
        save.mkdir(parents=True, exist_ok=True)
        (save / stored.sha256).write_bytes(body)
        out.say(f"  đã ghi nguyên văn vào {save / stored.sha256}")
