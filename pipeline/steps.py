"""The steps of a run, one function each. The command line and the scheduler's tasks call these very functions.

Each works on a workspace and writes what it did into the run's report (`pipeline.recorded` keeps that in the log of runs).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from extractors.imports.import_options import ImportOptions
from pipeline.clock import now
from pipeline.publication import publish_where
from pipeline.quality_gate import guard, must_have_passed
from pipeline.recorded import timed
from rasoat.addresses import shown
from rasoat.run_report import Received, ReviewedLists, RunReport
from rasoat.store.publications import Refusal, standing
from rasoat.trouble import SourceTrouble, Trouble
from rasoat.workspace import Workspace
from validators.quality import TouchedRows


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
    with timed(report, "crawl"), work.bars(name) as progress:
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
        raise Trouble("source.undated", name=name)
    return [Window(since, until).name for since, until in spans if since <= until]


def end_windows(
    work: Workspace, report: RunReport, name: str, address: str | None, observed_on: date, scope: str, numbers: Sequence[int]
) -> None:
    """All windows of a crawl are done: add up what their runs reported, and let the next crawl ask everything again."""
    from extractors.crawl import base_of
    from rasoat.codec import from_json
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

    with timed(report, "extract"), work.bars("Đọc") as progress:
        report.read = read(work.engine, work.archive, progress, sources, share, shares)


def end_shares(work: Workspace, report: RunReport, sources: tuple[str, ...], numbers: Sequence[int]) -> None:
    """All shares are read: say where every piece stands, and add up what the shares' runs reported."""
    from rasoat.codec import from_json
    from rasoat.run_report import Read
    from rasoat.store.run_log import report_of

    read_archive(work, report, sources)
    assert report.read is not None
    for number in numbers:
        part = report_of(work.engine, number)
        report.read.take_over(from_json(Read, part.get("read", {})))
        report.seconds["extract"] = round(report.seconds["extract"] + part.get("seconds", {}).get("extract", 0.0), 3)


def read_archive(work: Workspace, report: RunReport, sources: tuple[str, ...] = ()) -> None:
    """The extract step, of all sources or some.

    Raises:
        SourceTrouble: archived bytes are damaged, and this version of the readers has read nothing of the archive at all.
    """
    from extractors.readers import POSTED, READER_VERSION
    from pipeline.read_archive import extract as extract_step
    from rasoat.store.capture_store import CaptureStore, any_read

    with timed(report, "extract"), work.bars("Đọc") as progress:
        public = None
        if (not sources or POSTED in sources) and any(CaptureStore(work.engine).uncut(READER_VERSION, (POSTED,))):
            from pipeline.inbox import take_in  # what opens office files takes half a second to import

            public = take_in(work.engine, work.archive, progress)
        report.read = extract_step(work.engine, work.archive, progress, sources)
        if public:
            report.read.add(public)
        if report.read.damaged and not any_read(work.engine, READER_VERSION):
            first = report.read.damaged[0]
            raise SourceTrouble("archive.nothing_read", count=len(report.read.damaged), warc=first.warc, offset=first.offset)


def import_given(work: Workspace, report: RunReport, files: Sequence[Path], observed_on: date, options: ImportOptions) -> None:
    """Files that people handed over, into the archive and from there into the store; lists of findings that they filled in are recorded as what
    they decided."""
    from pipeline.import_files import import_files
    from pipeline.inbox import Placing, take_in
    from pipeline.review_lists import filled_lists, take_in_list

    lists = filled_lists(files)
    if lists:
        report.reviewed = ReviewedLists()
        for path, read in lists.items():
            report.reviewed.add(take_in_list(work.engine, path, read, observed_on, now()))
        files = [path for path in files if path not in lists]
        if not files:
            return
    with work.bars("Nạp") as progress:
        placing = Placing(work.engine, options, progress)
        report.received.update(import_files(work.engine, work.archive, files, observed_on, now, progress, placing))
        public = take_in(work.engine, work.archive, progress, placing.opened)
    read_archive(work, report)
    if report.read:
        report.read.add(public)
    publish_unless_refused(work, report)


def check_day(work: Workspace, report: RunReport, as_of: date) -> None:
    """The check step: what follows from everything stored, written and not published yet, with what it tells of a day."""
    publish_where(work, report, as_of, lambda _: False)


def check_and_publish(work: Workspace, report: RunReport, as_of: date, because: str | None = None) -> None:
    """The same, published; the report tells of a day. `because`: an operator publishes what the gate refuses, for this reason."""
    if because is not None:
        publish_where(work, report, as_of, partial(guard, work, report, as_of), because)
    else:
        publish_unless_refused(work, report, as_of)


def publish_unless_refused(work: Workspace, report: RunReport, as_of: date | None = None) -> None:
    """Publish what a command stored that has no gate of its own. Where the gate refused the last change it is asked again first: what
    it refused comes out by no other door, and the report says so."""

    def passes(touched: TouchedRows | None) -> bool | Refusal:  # asked while nobody else publishes or refuses
        with work.engine.connect() as connection:
            refused = standing(connection).refused
        return guard(work, report, as_of or date.fromisoformat(refused["as_of"]), touched) if refused else True

    publish_where(work, report, as_of, passes)


def publish_where_passed(work: Workspace, report: RunReport, as_of: date) -> None:
    """The gate, and what it lets pass is published.

    Raises:
        Trouble: the gate stopped it; what is published tells so.
    """
    publish_where(work, report, as_of, partial(guard, work, report, as_of))
    must_have_passed(report.guarded)


def build_index(work: Workspace, report: RunReport, as_of: date, engine: str | None, *, rebuild: bool = False, back: bool = True) -> None:
    """The index step; without `back` an index of a later day goes on telling of that day."""
    from pipeline.index_step import index as index_step

    with timed(report, "index"), work.bars("Lập chỉ mục") as progress:
        report.indexed = index_step(work.engine, work.settings, as_of, engine, progress, rebuild=rebuild, back=back)


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
            raise Trouble("source.unknown", name=shown(name), known=", ".join(sources))
        addresses[name] = address or None
    return addresses


def run_all(
    work: Workspace, report: RunReport, wanted: list[str] | None, observed_on: date, as_of: date, engine: str | None = None
) -> None:
    """Crawl, read, check, and where the gate lets it pass, index; the report says where the gate stopped it."""
    crawl_sources(work, report, wanted, observed_on)
    publish_day(work, report, as_of, engine)


def publish_day(work: Workspace, report: RunReport, as_of: date, engine: str | None = None) -> None:
    """Read what the archive holds, check a day, and index it where the gate lets it pass."""
    read_archive(work, report)
    if publish_where(work, report, as_of, partial(guard, work, report, as_of)):
        build_index(work, report, as_of, engine, back=False)  # what people search does not go back because a past day is asked about
