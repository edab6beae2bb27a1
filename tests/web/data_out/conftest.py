"""The public files of the demo, and a home into which hostile texts were handed over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cli.demo_command import DEMO_DAY
from pipeline.inbox import ImportOptions
from pipeline.open_data.making import make_open_data
from pipeline.open_data.open_manifest import OpenManifest, set_folder
from pipeline.steps import import_given
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.store.publications import standing
from rasoat.workspace import Workspace
from tests.web.conftest import ADDRESS, app_of

HOSTILE_CODE = "1.000001"
SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "code": HOSTILE_CODE,
    "name": f'=HYPERLINK("http://evil.test") {SCRIPT} ]]> &lt;b&gt; "\' \u202e \x0b đăng ký',
    "captured_on": "2026-11-20",
    "publisher": f"+cmd|' /C calc'!A0 {SCRIPT}",
    "decision_number": "@SUM(A1)",
    "field": f"-1+1 {SCRIPT}",
    "url": "javascript:alert(1)",
    "steps": f"{SCRIPT} ]]> </content> @context \r\nX-Evil: 1",
    "result": SCRIPT,
    "legal_basis": f"Thông tư số 15/2015/TT-BTP ngày 16/11/2015 {SCRIPT}; Luật Hôn nhân và gia đình số 52/2014/QH13",
}


@pytest.fixture(scope="session")
def open_data(web_home: Path) -> tuple[Path, OpenManifest]:
    """The set of files of the demo's day: its folder and what it holds."""
    work = Workspace(Settings(home=web_home))
    made = make_open_data(work, DEMO_DAY)
    with work.engine.connect() as connection:
        folder = set_folder(web_home, DEMO_DAY, standing(connection))
    work.engine.dispose()
    return folder, made


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A procedure each of whose texts is an attack on some reader, published."""
    home = tmp_path_factory.mktemp("hostile")
    given = home / "given.jsonl"
    given.write_text(json.dumps(HOSTILE, ensure_ascii=False) + "\n", "utf-8")
    work, report = Workspace(Settings(home=home)), RunReport("test")
    import_given(work, report, [given], DEMO_DAY, ImportOptions())
    make_open_data(work, DEMO_DAY)
    work.engine.dispose()
    return home


@pytest.fixture(scope="session")
def hostile(hostile_home: Path) -> Iterator[TestClient]:
    """Its addresses."""
    with TestClient(app_of(hostile_home), base_url=ADDRESS, follow_redirects=False) as opened:
        yield opened
