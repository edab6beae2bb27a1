"""`rasoat demo`: a small publisher on loopback is crawled, checked and indexed; nothing outside this machine is asked."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.findings_command import show_table
from cli.frame import out, progress_bar, troubles
from cli.running import reported

DEMO_DAY = date(2026, 11, 22)
# The codified law is asked twice, as it stood in two editions: what left it between the two can be seen.
EDITIONS = (("2026-02", date(2026, 2, 23)), ("2026-10", DEMO_DAY))
_TRY = (
    ("Vì sao một văn bản hết hiệu lực", "rasoat status 42/2022/NĐ-CP --as-of 2026-11-22"),
    ("Tìm như người dân gõ", 'rasoat search "dang ky khai sinh"'),
    ("Đọc viện dẫn trong một câu", 'rasoat cite "khoản 2 Điều 5 Nghị định số 63/2010/NĐ-CP"'),
    ("Xuất phát hiện ra Excel", "rasoat findings --as-of 2026-11-22 --export phat-hien.xlsx"),
)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("demo", help="Chạy thử với dữ liệu mẫu, không cần mạng / try it on sample data")(demo)


def demo(
    home: Annotated[Path | None, typer.Option(help="Thư mục lưu kết quả / where to keep the result")] = None,
    faults: Annotated[
        float, typer.Option(min=0, max=0.5, help="Tỷ lệ trả lời hỏng để xem thu thập chịu lỗi / share of failing answers")
    ] = 0.0,
) -> None:
    """Serve the sample publisher, crawl it, check and index it, and say what to try next."""
    from cli.demo.publisher import Publisher
    from pipeline.quality_gate import stop_where_blocked
    from pipeline.steps import crawl_sources, publish_day
    from rasoat.settings import Settings
    from rasoat.workspace import Workspace

    with troubles():
        folder = home or Path(tempfile.gettempdir()) / "rasoat-demo"
        folder.mkdir(parents=True, exist_ok=True)
        # The demo always has a store of its own: what an office keeps elsewhere is never touched.
        settings = Settings(home=folder, database_url="", archive_url="", search_engine="embedded")
        work = Workspace(settings, progress_bar)
        out.say("chạy thử với một nhà xuất bản mẫu trên máy này / a sample publisher on this machine", head="Rà Soát")
        out.print()
        with Publisher(faults=faults) as publisher, reported(work, "demo", False) as report:
            for edition, observed_on in EDITIONS:
                crawl_sources(work, report, [f"phapdien={publisher.url}/phapdien/{edition}/"], observed_on)
            crawl_sources(work, report, [f"dichvucong={publisher.url}", f"vbpl={publisher.url}"], DEMO_DAY)
            publish_day(work, report, DEMO_DAY, "embedded")
        if report.guarded:
            stop_where_blocked(report.guarded.blocks, list(report.guarded.failed))
        out.print()
        show_table(work, DEMO_DAY)
        out.print()
        out.say("", head="Thử tiếp / try next")
        out.say(f"  export RASOAT_HOME={folder}")
        for what, command in _TRY:
            out.say(f"# {what}", head=f"  {command:<66}", style="")
