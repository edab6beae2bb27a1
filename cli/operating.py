"""`rasoat report` and `rasoat metrics`: what those who look after the runs ask for."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from cli.frame import DayOption, day, err, out, print_json, troubles, workspace
from pipeline.clock import today


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("report", help="Ghi báo cáo của một ngày ra tệp / write a day's reports")(report)
    app.command("metrics", help="Số liệu các lượt chạy cho Prometheus / the runs' numbers for Prometheus")(metrics)


def report(as_of: DayOption = None, json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False) -> None:
    """The findings of a day and, of each province and ministry, its matrix and inspection report, under the home folder."""
    from pipeline.recorded import recorded
    from pipeline.reports.day_reports import report_findings, report_unit, reports_folder, units_due

    with troubles():
        work, asked = workspace(), day(as_of, "--as-of") or today()
        with recorded(work, "report") as done:
            report_findings(work, done, asked)
            for head in units_due(work, asked):
                report_unit(work, done, asked, head)
        if json:
            print_json(done.as_json())
        else:
            out.say(f"Đã ghi {len(done.written)} tệp vào {reports_folder(work, asked)}")


def metrics(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Trả lời Prometheus ở cổng này / answer scrapes on this port")] = None,
    host: Annotated[str, typer.Option(help="Địa chỉ lắng nghe / address to listen on")] = "127.0.0.1",
) -> None:
    """Print the metrics once, or answer every scrape at http://HOST:PORT/metrics until stopped."""
    from pipeline.metrics import render, serve

    with troubles():
        work = workspace()
        if port is None:
            sys.stdout.buffer.write(render(work.engine))
            return
        taken = serve(work.engine, host, port)
        err.say(f"http://{host}:{taken}/metrics")
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
