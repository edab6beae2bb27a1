"""The steps of a run, one function each. The command line and the scheduler's tasks call these very functions.

Each works on a workspace and writes what it did into the run's report; `recorded` keeps that report in the log of runs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import structlog

from cli.frame import now, progress_bar
from rasoat.logs import bound, set_up
from rasoat.run_report import Received, RunReport
from rasoat.trouble import SourceTrouble, Trouble
from rasoat.workspace import Workspace

_log = structlog.get_logger("rasoat.run")


@contextmanager
def recorded(work: Workspace, command: str) -> Iterator[RunReport]:
    """A run in the log of runs, in the metrics and in the structured log.

    Raises:
        SourceTrouble: a source could not be used at all; what the others gave is kept and reported.
    """
    from rasoat.store.run_log import begin_run, end_run

    set_up(work.settings.log_level)
    report = RunReport(command, begin_run(work.engine, command, now()))
    with bound(run=report.run, command=command):
        _log.info("begun")
        try:
            yield report
        except Exception as error:
            _log.info("failed", reason=str(error))
            raise
        finally:
            end_run(work.engine, report.run, now(), report.as_json())
            if work.settings.metrics_file:
                from pipeline.metrics import write_textfile

                write_textfile(work.engine, work.settings.metrics_file)
        _log.info("ended", report=report.as_json())
        if report.failed_sources:
            raise SourceTrouble(f"Không dùng được nguồn: {', '.join(report.failed_sources)}. Dữ liệu tốt gần nhất vẫn được giữ.")


@contextmanager
def timed(report: RunReport, step: str) -> Iterator[None]:
    """Count the seconds of a step."""
    begun = time.monotonic()
    try:
        yield
    finally:
        report.seconds[step] = round(report.seconds.get(step, 0.0) + time.monotonic() - begun, 3)


def crawl_sources(work: Workspace, report: RunReport, wanted: list[str] | None, observed_on: date, window: str | None = None) -> None:
    """Crawl the named sources (all when none is named) one after another, whole or one window of each."""
    from extractors.sources.registry import SOURCES

    for name, address in _addresses(wanted, SOURCES).items():
        crawl_window(work, report, name, address, observed_on, window)


def crawl_window(work: Workspace, report: RunReport, name: str, address: str | None, observed_on: date, window: str | None = None) -> None:
    """Crawl one source, or one of its windows; a later whole crawl of the same day asks nothing of it again.

    Raises:
        Trouble: there is no such source or window.
    """
    from extractors.crawl import crawl
    from extractors.sources.source import Window

    source, asked = _source(name), Window.named(window) if window else None
    with timed(report, "crawl"), progress_bar(name) as progress:
        got = crawl(source, address, work.settings, observed_on, progress, asked, report.run)
    report.received.setdefault(name, Received()).add(got)


def begin_windows(work: Workspace, name: str, address: str | None, observed_on: date, scope: str = "all") -> list[str]:
    """Begin, or take up again, a crawl by windows: the names of the windows that `scope` covers.

    `scope` is "all", a span of issue dates "FROM..UNTIL", or one window's name.
    """
    from extractors.crawl import base_of
    from extractors.sources.source import Window
    from rasoat.store.crawls import CrawlOf, begin_crawl

    source, asked = _source(name), Window.named(scope)
    begin_crawl(work.engine, CrawlOf(name, base_of(source, address), observed_on), now())
    windows = source.windows(observed_on)
    if scope == "all":
        return [window.name for window in windows]
    if not asked.since or not asked.until:
        return [asked.name]
    spans = [(max(one.since, asked.since), min(one.until, asked.until)) for one in windows if one.since and one.until]
    if not spans:
        raise Trouble(f"Nguồn {name} không chia được theo ngày ban hành / {name} has no windows of issue dates.")
    return [Window(since, until).name for since, until in spans if since <= until]


def end_windows(
    work: Workspace, report: RunReport, name: str, address: str | None, observed_on: date, scope: str, numbers: Sequence[int]
) -> None:
    """All windows of a crawl are done: add up what their runs reported, and let the next crawl ask everything again."""
    from extractors.crawl import base_of
    from rasoat.store.codec import from_json
    from rasoat.store.crawls import CrawlOf, answered, end_crawl
    from rasoat.store.run_log import report_of

    source = _source(name)
    this = CrawlOf(name, base_of(source, address), observed_on)
    total = report.received.setdefault(name, Received())
    for number in numbers:
        part = report_of(work.engine, number)
        total.add(from_json(Received, part["received"][name]))
        report.seconds["crawl"] = round(report.seconds.get("crawl", 0.0) + part.get("seconds", {}).get("crawl", 0.0), 3)
    dated = [window for window in source.windows(observed_on) if window.since]
    if scope == "all" and dated and answered(work.engine, this) <= len(dated):  # nothing but the first page of each window
        total.down = "nguồn không cho mục nào / the source gave nothing"
    elif not total.down:
        end_crawl(work.engine, this)


def shares_due(work: Workspace, sources: tuple[str, ...]) -> int:
    """Into how many shares the reading of what waits is worth splitting."""
    from pipeline.read_archive import shares_due as due

    return due(work.engine, sources)


def read_share(work: Workspace, report: RunReport, sources: tuple[str, ...], share: int, shares: int) -> None:
    """One share of the extract step."""
    from pipeline.read_archive import read_share as read

    with timed(report, "extract"), progress_bar("Đọc") as progress:
        report.read = read(work.engine, work.archive, progress, sources, share, shares)


def end_shares(work: Workspace, report: RunReport, sources: tuple[str, ...], numbers: Sequence[int]) -> None:
    """All shares are read: say where every piece stands, and add up what the shares' runs reported."""
    from rasoat.run_report import Read
    from rasoat.store.codec import from_json
    from rasoat.store.run_log import report_of

    read_archive(work, report, sources)
    assert report.read is not None
    for number in numbers:
        part = report_of(work.engine, number)
        report.read.take_over(from_json(Read, part.get("read", {})))
        report.seconds["extract"] = round(report.seconds["extract"] + part.get("seconds", {}).get("extract", 0.0), 3)


def read_archive(work: Workspace, report: RunReport, sources: tuple[str, ...] = ()) -> None:
    """The extract step, of all sources or some."""
    from extractors.readers import POSTED
    from pipeline.inbox import take_in
    from pipeline.read_archive import extract as extract_step

    with timed(report, "extract"), progress_bar("Đọc") as progress:
        public = take_in(work.engine, work.archive, progress) if not sources or POSTED in sources else None
        report.read = extract_step(work.engine, work.archive, progress, sources)
        if public:
            report.read.add(public)


def check_day(work: Workspace, report: RunReport, as_of: date) -> None:
    """The check step."""
    from validators.checked_days import check as check_step

    with timed(report, "check"), progress_bar("Rà soát") as progress:
        report.checked = check_step(work.engine, work.settings, as_of, None, progress)


def build_index(work: Workspace, report: RunReport, as_of: date, engine: str | None, *, rebuild: bool = False) -> None:
    """The index step."""
    from pipeline.index_step import index as index_step
    from search.contract import EngineDown

    with timed(report, "index"), progress_bar("Lập chỉ mục") as progress:
        try:
            report.indexed = index_step(work.engine, work.settings, as_of, engine, progress, rebuild=rebuild)
        except EngineDown as error:
            raise SourceTrouble(str(error)) from error


def _source(name: str) -> Any:
    from extractors.sources.registry import SOURCES

    return SOURCES[next(iter(_addresses([name], SOURCES)))]


def _addresses(wanted: list[str] | None, sources: dict[str, Any]) -> dict[str, str | None]:
    if not wanted:
        return dict.fromkeys(sources)
    addresses: dict[str, str | None] = {}
    for one in wanted:
        name, _, address = one.partition("=")
        if name not in sources:
            raise Trouble(f"Không có nguồn {name!r}; các nguồn: {', '.join(sources)}.")
        addresses[name] = address or None
    return addresses
