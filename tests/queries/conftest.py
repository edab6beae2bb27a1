"""The sample publisher's procedures and law, read into a store of the session's own: what questions are asked of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.demo.publisher import Publisher
from cli.demo_command import DEMO_DAY
from pipeline.publication import publish
from pipeline.steps import crawl_sources, read_archive
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.workspace import Workspace
from tests.validators import conftest as judges

law = judges.law  # documents and effects written down by hand, for questions on a graph without a store


@pytest.fixture(scope="session")
def read_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Crawled, read and published, nothing checked yet."""
    home = tmp_path_factory.mktemp("asked")
    work, report = Workspace(Settings(home=home)), RunReport("test")
    with Publisher() as publisher:
        address = publisher.url
        crawl_sources(work, report, [f"phapdien={address}/phapdien/2026-10/", f"dichvucong={address}", f"vbpl={address}"], DEMO_DAY)
    read_archive(work, report)
    publish(work, report)
    work.engine.dispose()
    return home


@pytest.fixture(scope="session")
def work(read_home: Path) -> Iterator[Workspace]:
    """A workspace that questions share; they change nothing of what was read."""
    opened = Workspace(Settings(home=read_home))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def asked_home(read_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy for a test that runs commands."""
    home = tmp_path / "home"
    shutil.copytree(read_home, home)
    monkeypatch.setenv("RASOAT_HOME", str(home))
    for name in ("RASOAT_DATABASE_URL", "RASOAT_SEARCH_ENGINE"):
        monkeypatch.delenv(name, raising=False)
    return home
