"""`rasoat run`, its steps one by one, and `rasoat import`. Every run ends with a report that adds up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.explained_lines import show_explained
from cli.frame import DayOption, ObservedOption, day, path_given, print_json, troubles, workspace
from pipeline.clock import today
from rasoat.trouble import Trouble

if TYPE_CHECKING:
    from rasoat.run_report import RunReport
    from rasoat.workspace import Workspace

SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME[=ADDRESS]", help="Nguồn cần hỏi; địa chỉ khác nếu có / a source, at another address"),
]
EngineOption = Annotated[str | None, typer.Option("--engine", help="Bộ tìm kiếm: embedded hoặc elasticsearch / search engine")]
WindowOption = Annotated[
    str | None, typer.Option("--window", help="Chỉ một cửa sổ: NGÀY..NGÀY (ngày ban hành) hoặc PHẦN/SỐ PHẦN / one window of the source")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Báo cáo dạng JSON / the report as JSON")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("run", help="Thu thập → trích xuất → rà soát → lập chỉ mục / crawl → extract → check → index")(run)
    app.command("crawl", help="Chỉ thu thập vào kho lưu / only fetch into the archive")(crawl)
    app.command("extract", help="Chỉ đọc kho lưu / only read the archive")(extract)
    app.command("check", help="Chỉ rà soát / only check")(check)
    app.command("index", help="Chỉ lập chỉ mục tìm kiếm / only index")(index)
    app.command("import", help="Nạp tệp: JSONL, CSV, XLSX hoặc thư mục văn bản / load files")(import_)


def run(
    source: SourceOption = None,
    as_of: DayOption = None,
    observed_on: ObservedOption = None,
    engine: EngineOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Nói đã làm lại những gì và vì sao / what was done again, and why")] = False,
    json: JsonOption = False,
) -> None:
    """Crawl, extract, check and index. A run killed at any moment and started again ends in the same state."""
    from pipeline.steps import run_all

    with troubles():
        work, asked = workspace(), day(as_of, "--as-of") or today()
        with reported(work, "run", json) as report:
            run_all(work, report, source, day(observed_on, "--observed-on") or today(), asked, engine)
        if explain and report.published and not json:
            show_explained(report.published)
        _stop_where_refused(report)


def crawl(source: SourceOption = None, observed_on: ObservedOption = None, window: WindowOption = None, json: JsonOption = False) -> None:
    """Fetch what the sources publish into the archive, nothing else."""
    from pipeline.steps import crawl_sources

    with troubles():
        work = workspace()
        with reported(work, "crawl", json) as report:
            crawl_sources(work, report, source, day(observed_on, "--observed-on") or today(), window)


def extract(
    set_aside: Annotated[
        str | None,
        typer.Option("--set-aside", metavar="WHICH", help="Để riêng một câu trả lời: đầu mã sha256, hoặc NGUỒN/CÂU_HỎI / set aside"),
    ] = None,
    because: Annotated[str | None, typer.Option("--because", help="Vì sao để riêng / why")] = None,
    take_back: Annotated[
        str | None, typer.Option("--take-back", metavar="WHICH", help="Lấy lại và đọc câu trả lời đã để riêng / take back and read")
    ] = None,
    list_set_aside: Annotated[bool, typer.Option("--list-set-aside", help="Liệt kê câu trả lời đã để riêng / list them")] = False,
    json: JsonOption = False,
) -> None:
    """Read what the archive holds and the store has not read yet; an answer can be set aside and taken back."""
    from cli.answers_aside import list_aside, one_thing_asked, said_aside, said_back
    from pipeline.steps import publish_unless_refused, read_archive

    with troubles():
        one_thing_asked(set_aside, because, take_back, list_set_aside)
        work = workspace()
        if list_set_aside:
            list_aside(work, json)
            return
        with reported(work, "extract", json) as report:
            if set_aside is not None:
                said_aside(work, report, set_aside, because or "")
            elif take_back is not None:
                said_back(work, report, take_back)
            else:
                read_archive(work, report)
            publish_unless_refused(work, report)
        _stop_where_refused(report)


def check(
    as_of: DayOption = None,
    publish_because: Annotated[
        str | None,
        typer.Option("--publish-because", metavar="LÝ_DO", help="Công bố dù cổng chất lượng chặn, và ghi vì sao / publish all the same"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Derive documents, effects and citations, check every procedure for one day, and publish."""
    from pipeline.steps import check_and_publish

    with troubles():
        if publish_because is not None and not publish_because.strip():
            raise Trouble("publication.no_reason")
        work = workspace()
        with reported(work, "check", json) as report:
            check_and_publish(work, report, day(as_of, "--as-of") or today(), publish_because)
        if publish_because is None:
            _stop_where_refused(report)


def _stop_where_refused(report: RunReport) -> None:
    """End a command whose gate stopped publication, after its report was shown."""
    from pipeline.quality_gate import stop_where_blocked

    if report.guarded:
        stop_where_blocked(report.guarded.blocks, list(report.guarded.failed))


def index(
    as_of: DayOption = None,
    engine: EngineOption = None,
    rebuild: Annotated[bool, typer.Option(help="Lập lại từ đầu / rebuild from empty")] = False,
    json: JsonOption = False,
) -> None:
    """Bring the search index up to the store; the last good index serves until the new one holds everything."""
    from pipeline.steps import build_index

    with troubles():
        work = workspace()
        with reported(work, "index", json) as report:
            build_index(work, report, day(as_of, "--as-of") or today(), engine, rebuild=rebuild)


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", parser=path_given, help="Tệp hoặc thư mục / files or folders")],
    observed_on: ObservedOption = None,
    unit: Annotated[
        str | None, typer.Option(help="Nơi niêm yết danh mục, hoặc cơ quan ban hành quyết định / whose list or decision it is")
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(help="Kênh niêm yết của danh mục: trụ sở, cổng … / where it was posted: premises, portal, national_database"),
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="Các tệp này là tất cả những gì niêm yết ở đó / nothing else is posted there")
    ] = False,
    scans: Annotated[bool, typer.Option("--scans", help="Nhận dạng chữ bản quét, vài giây một trang / read scans by OCR")] = False,
    json: JsonOption = False,
) -> None:
    """Load procedures, legal documents, decisions, posted lists and filled forms; what is refused is named with its reason."""
    from extractors.imports.import_options import ImportOptions
    from pipeline.steps import import_given
    from queries.asked import channel_asked, unit_asked

    with troubles():
        work, observed = workspace(), day(observed_on, "--observed-on") or today()
        options = ImportOptions(
            unit_asked(unit).id if unit else None,
            channel_asked(channel).value if channel else None,
            observed if channel else None,
            complete,
            scans,
        )
        with reported(work, "import", json) as report:
            import_given(work, report, files, observed, options)
        _stop_where_refused(report)


@contextmanager
def reported(work: Workspace, command: str, as_json: bool) -> Iterator[RunReport]:
    """A run in the log, with its report shown at the end; a source that could not be used at all ends it with exit 3."""
    from cli.report_lines import report_tables
    from pipeline.recorded import recorded

    with recorded(work, command) as report:
        yield report
        print_json(report.as_json()) if as_json else report_tables(report)
