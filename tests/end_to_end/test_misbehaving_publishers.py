"""Each source against a publisher with each bad habit: the real crawl, what its report says, and the table in docs/nguon-xau.md."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from extractors.sources.registry import SOURCES
from extractors.sources.source import Source
from pipeline.read_archive import extract
from rasoat.archive import Archive
from rasoat.settings import Settings
from rasoat.store.database import open_database
from rasoat.words import number
from tests.end_to_end.misbehaving import PORTAL, WAYS, Misbehaving, misbehaving
from validators.national_list import national_looks

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 20)
PAGE = Path(__file__).parents[2] / "docs" / "nguon-xau.md"
HEAD = "| Nguồn làm gì / *what it does* | Nguồn | Mã thoát | Hỏi, giữ, hỏng | Báo cáo nói / *the report says* |"
# What is not the same in every run: the clock, and which of several lists broke off first.
VARYING = {r"\b\d\d/\d\d/\d{4} \d\d:\d\d": "NGÀY GIỜ", r"(?:list|all)/\S+": "TRANG"}
CASES = [(way, source) for way, told in WAYS.items() for source in told.sources]


@pytest.fixture(scope="module")
def publisher() -> Iterator[Misbehaving]:
    with misbehaving() as one:
        yield one


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty store, to be copied."""
    home = tmp_path_factory.mktemp("empty")
    open_database(Settings(home=home).database).dispose()
    return home


def crawled(publisher: Misbehaving, way: str, source: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The row of the table: what the last of the way's days gave."""
    monkeypatch.setenv("RASOAT_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "400")
    publisher.way = WAYS[way]
    for publisher.day in range(1, WAYS[way].days + 1):
        day = DAY + timedelta(days=publisher.day - 1)
        address = f"{source}={publisher.url}" + ("/phapdien" if source == "phapdien" else "")
        done = CliRunner().invoke(app, ["crawl", "--source", address, "--observed-on", str(day)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    numbers = next(re.findall(r"\d+", line) for line in done.stdout.splitlines() if line.startswith(f"│{source}"))
    asked, new, same, missing, failed = map(int, numbers)
    counts = f"{asked}, {new + same + missing}, {failed}"
    said = "<br>".join(line.strip().removeprefix(f"{source}: ") for line in done.stderr.splitlines() if line.strip())
    for pattern, instead in VARYING.items():
        said = re.sub(pattern, instead, said)
    if "liền nhau" in said or "xin đợi" in said:  # how many were under way when it stopped differs
        counts, said = "…", re.sub(r"\d+ ×", "… ×", said)
    row = f"{WAYS[way].name} / *{WAYS[way].english}* | {source} | {done.exit_code} | {counts}"
    return f"| {row} | {said.replace('|', '¦') or 'không có gì lạ / nothing odd'} |"


@pytest.mark.parametrize(("way", "source"), CASES)
def test_what_the_report_says_is_what_the_page_tells(
    way: str, source: str, publisher: Misbehaving, empty_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(shutil.copytree(empty_home, tmp_path / "home"))
    row = crawled(publisher, way, source, home, monkeypatch)
    assert row in PAGE.read_text("utf-8").splitlines(), f"docs/nguon-xau.md does not tell of it; the row is now\n{row}"


def extent_row(source: Source) -> str:
    """What the page tells of a source's declared limits."""
    extent = source.extent
    most = "; ".join(map(number, (extent.items, extent.pages, extent.size)))
    return f"| {source.name} | {extent.shrink:.0%} | {extent.grow:.0%} | {number(extent.settles)} ngày | {most} |"


@pytest.mark.parametrize("name", SOURCES)
def test_the_page_tells_the_declared_limits(name: str) -> None:
    assert extent_row(SOURCES[name]) in PAGE.read_text("utf-8").splitlines()


def test_the_page_tells_of_nothing_else() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    begin = lines.index(HEAD) + 2
    rows = [line for line in lines[begin:] if line.startswith("|")]
    assert len(rows) == len(CASES)


@pytest.mark.parametrize(
    ("way", "whole"),
    [("clamped", True), ("short page", False), ("no total", False), ("repeated row", False), ("odd row", False), ("halved", False)],
)
def test_only_a_list_that_came_whole_is_a_look(
    way: str, whole: bool, publisher: Misbehaving, empty_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(shutil.copytree(empty_home, tmp_path / "home"))
    crawled(publisher, way, PORTAL, home, monkeypatch)
    settings = Settings(home=home)
    engine = open_database(settings.database)
    extract(engine, Archive(settings.archive), lambda what, done, total: None)
    last = DAY + timedelta(days=WAYS[way].days - 1)
    with engine.connect() as connection:
        assert (last in [look.observed_on for look in national_looks(connection)]) is whole
