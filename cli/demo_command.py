"""`rasoat demo`: a small publisher on loopback is crawled, checked and indexed, and the pages are opened; nothing outside this machine is asked."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.as_typed import advised
from cli.demo_folder import fresh_folder
from cli.frame import out, progress_bar, troubles
from cli.printing import TextTable
from cli.running import reported
from rasoat.trouble import Trouble

if TYPE_CHECKING:
    from rasoat.records import Finding
    from rasoat.workspace import Workspace

DEMO_DAY = date(2026, 11, 22)
# The codified law is asked twice, as it stood in two editions: what left it between the two can be seen.
EDITIONS = (("2026-02", date(2026, 2, 23)), ("2026-10", DEMO_DAY))
PAGES_PORT, STORY = 8765, "/chay-thu"
_SHOWN = 5
_STOP = {signal.SIGINT, signal.SIGTERM}
_TRY = (
    ("Vì sao một văn bản hết hiệu lực", f"status 42/2022/NĐ-CP --as-of {DEMO_DAY}"),
    ("Tìm như người dân gõ", 'search "dang ky khai sinh"'),
    ("Đọc viện dẫn trong một câu", 'cite "khoản 2 Điều 5 Nghị định số 63/2010/NĐ-CP"'),
    ("Xuất phát hiện ra Excel", f"findings --as-of {DEMO_DAY} --export phat-hien.xlsx"),
)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("demo", help="Chạy thử với dữ liệu mẫu, không cần mạng / try it on sample data")(demo)


def demo(
    home: Annotated[
        Path | None, typer.Option(help="Thư mục lưu kết quả, trống hoặc của lần chạy thử trước / where to keep the result")
    ] = None,
    faults: Annotated[
        float, typer.Option(min=0, max=0.5, help="Tỷ lệ trả lời hỏng để xem thu thập chịu lỗi / share of failing answers")
    ] = 0.0,
    publisher: Annotated[
        int | None,
        typer.Option(min=0, max=65535, metavar="PORT", help="Chỉ mở nhà xuất bản mẫu ở cổng này / only serve the sample publisher"),
    ] = None,
    serve: Annotated[
        bool | None,
        typer.Option(
            help="Xong thì mở các trang; mặc định chỉ mở khi chạy ở cửa sổ lệnh / open the pages at the end; by default on a terminal"
        ),
    ] = None,
) -> None:
    """Serve the sample publisher, crawl it, check and index it, say what to try next, and open the pages."""
    with troubles():
        if publisher is not None:
            _publish(publisher, faults)
            return
        from rasoat.settings import Settings, user_data
        from rasoat.workspace import Workspace

        folder = fresh_folder((home or user_data("rasoat-demo")).expanduser().absolute())
        # The demo always has a store of its own: what an office keeps elsewhere is never touched.
        work = Workspace(Settings(home=folder, database_url="", archive_url="", search_engine="embedded"), progress_bar)
        out.say("chạy thử với một nhà xuất bản mẫu trên máy này / a sample publisher on this machine", head="Rà Soát")
        out.print()
        _run(work, faults)
        out.print()
        _show(work, folder)
        _tell_pages(folder)
        if sys.stdout.isatty() if serve is None else serve:
            _open_pages(work)


def _publish(port: int, faults: float) -> None:
    """The sample publisher alone, until it is stopped: something to crawl that is nobody's real host."""
    from cli.demo.publisher import Publisher

    # Blocked before the publisher's threads start: whichever thread is hit, the wait below is what hears it.
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
    try:
        served = Publisher(faults=faults, port=port)
    except OSError as error:
        raise Trouble("demo.port", port=port, reason=error.strerror or str(error)) from error
    with served as publisher:
        sources = f"--source phapdien={publisher.url}/phapdien/ --source dichvucong={publisher.url} --source vbpl={publisher.url}"
        out.say(f"{publisher.url} (Ctrl+C để dừng / to stop)")
        out.say(advised(f"run {sources} --observed-on {DEMO_DAY} --as-of {DEMO_DAY}"))
        signal.sigwait(_STOP)


def _run(work: Workspace, faults: float) -> None:
    from cli.demo.publisher import Publisher
    from pipeline.quality_gate import stop_where_blocked
    from pipeline.steps import crawl_sources, publish_day

    with Publisher(faults=faults) as publisher, reported(work, "demo", False) as report:
        for edition, observed_on in EDITIONS:
            crawl_sources(work, report, [f"phapdien={publisher.url}/phapdien/{edition}/"], observed_on)
        crawl_sources(work, report, [f"dichvucong={publisher.url}", f"vbpl={publisher.url}"], DEMO_DAY)
        publish_day(work, report, DEMO_DAY, "embedded")
    if report.guarded:
        stop_where_blocked(report.guarded.blocks, list(report.guarded.failed))


def _show(work: Workspace, folder: Path) -> None:
    from rasoat.store.published_findings import load_findings

    with work.engine.connect() as connection:
        found = [one for one in load_findings(connection, DEMO_DAY) if not one.suppressed]
    told = telling(found)
    out.print(_table(told, len(found)))
    rest = (
        ("Mọi phát hiện", f"findings --as-of {DEMO_DAY}"),
        ("Một phát hiện và chứng cứ gốc", f"findings --as-of {DEMO_DAY} --show {told[0].fingerprint[:10]}"),
    )
    out.print()
    out.say("", head="Thử tiếp / try next")
    for what, command in (*rest, *_TRY):
        out.say("", head=f"  # {what}", style="dim")
        out.say(f"  {advised(command, folder)}")


def _tell_pages(folder: Path) -> None:
    """The one command that opens the pages, and where their story begins."""
    out.print()
    out.say("", head="Mở các trang / open the pages")
    out.say(f"  {advised('serve', folder)}")
    out.say(f"http://127.0.0.1:{PAGES_PORT}{STORY}", head="  # rồi xem / then look at", style="dim")


def _open_pages(work: Workspace) -> None:
    from cli.serve_command import listening_near, open_pages

    work.engine.dispose()
    out.print()
    open_pages(work.settings, listening_near("127.0.0.1", PAGES_PORT), "127.0.0.1", 1, STORY)


def telling(found: Sequence[Finding], number: int = _SHOWN) -> list[Finding]:
    """The findings that show most of what can be found: the gravest of each rule first, then what is left, the gravest first."""
    from rasoat.records import Severity

    order = list(Severity)
    ranked = sorted(found, key=lambda one: (order.index(one.severity), one.rule, one.subject))
    first = {one.rule: one for one in reversed(ranked)}
    return sorted(ranked, key=lambda one: first[one.rule] is not one)[:number]


def _table(told: list[Finding], total: int) -> TextTable:
    from rasoat import words

    title = f"{len(told)} trong {total} phát hiện, ngày {words.day(DEMO_DAY)} / {len(told)} of {total} findings"
    table = TextTable(title=title, pad_edge=False)
    for heading in ("Quy tắc", "Mức", "Thủ tục", "Kết luận", "Cơ quan"):
        table.add_column(heading, no_wrap=heading in ("Quy tắc", "Thủ tục"))
    for one in told:
        table.add_row(one.rule, words.SEVERITY[one.severity].lower(), one.subject, one.message, one.responsible)
    return table
