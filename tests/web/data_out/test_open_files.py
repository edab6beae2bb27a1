"""The public files: what the manifest says of each is so, a row is a fact with its clause, and a sheet holds no formula."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import time
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from starlette.testclient import TestClient

from cli.demo_command import DEMO_DAY
from pipeline.open_data.making import make_open_data
from pipeline.open_data.open_manifest import OpenManifest
from pipeline.open_data.open_tables import OPEN_TABLES
from rasoat.settings import Settings
from rasoat.workspace import Workspace
from tests.web.conftest import ADDRESS, app_of

pytestmark = pytest.mark.slow
OpenSet = tuple[Path, OpenManifest]


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_the_manifest_says_what_lies_there(open_data: OpenSet) -> None:
    folder, manifest = open_data
    assert {one.name for one in folder.iterdir()} == {"manifest.json", *(one.name for one in manifest.files)}
    for one in manifest.files:
        content = (folder / one.name).read_bytes()
        assert (one.bytes, one.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        if one.form == "jsonl":
            assert content.count(b"\n") == one.rows
        if one.form == "csv":
            assert len(rows_of(folder / one.name)) == one.rows
    assert (manifest.as_of, set(manifest.sources)) == (DEMO_DAY, {"dichvucong", "phapdien", "vbpl"})
    assert manifest.licence
    assert 0 < manifest.judged.done < manifest.judged.all


def test_every_table_is_of_its_shape(open_data: OpenSet) -> None:
    folder, _ = open_data
    for table in OPEN_TABLES:
        lines = (folder / f"{table.name}.jsonl").read_text("utf-8").splitlines()
        assert all(table.shape.model_validate_json(line).as_json() == json.loads(line) for line in lines)
        read = pyarrow.parquet.read_table(folder / f"{table.name}.parquet")
        assert (read.num_rows, set(read.column_names)) == (len(lines), set(json.loads(lines[0])))


def test_every_ended_basis_stands_there_with_its_clause(open_data: OpenSet) -> None:
    folder, _ = open_data
    [row] = [
        one for one in rows_of(folder / "can-cu-het-hieu-luc.csv") if (one["Mã thủ tục"], one["Văn bản"]) == ("1.000894", "15/2015/TT-BTP")
    ]
    assert (row["Tình trạng"], row["Từ ngày"], row["Văn bản thay thế"]) == ("hết hiệu lực", "2020-07-16", "04/2020/TT-BTP")
    assert "04/2020/TT-BTP" in row["Điều khoản chấm dứt"]
    assert "thay thế" in row["Trích điều khoản chấm dứt"]
    kept = {one["Tình trạng"] for one in rows_of(folder / "can-cu-het-hieu-luc.csv")}
    assert kept <= {"hết hiệu lực", "đang ngưng hiệu lực"}
    everything = rows_of(folder / "can-cu.csv")
    assert len(everything) > len(rows_of(folder / "can-cu-het-hieu-luc.csv"))
    assert "chưa đủ căn cứ kết luận" in {one["Tình trạng"] for one in everything}


def test_a_workbook_keeps_codes_as_text_and_days_as_days(open_data: OpenSet) -> None:
    folder, _ = open_data
    sheet = openpyxl.load_workbook(folder / "can-cu-het-hieu-luc.xlsx").active
    titles = {cell.value: at for at, cell in enumerate(sheet[1])}
    first = sheet[2]
    assert isinstance(first[titles["Mã thủ tục"]].value, str)
    assert first[titles["Xét đến ngày"]].value.date() == DEMO_DAY


def test_a_set_is_made_once_and_another_day_takes_its_place(web_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(web_home, home, ignore=shutil.ignore_patterns("downloads"))
    work = Workspace(Settings(home=home))
    make_open_data(work, DEMO_DAY)
    [folder] = [one for one in (home / "downloads").iterdir() if one.is_dir()]
    made_at = (folder / "manifest.json").stat().st_mtime_ns
    assert make_open_data(work, DEMO_DAY).as_of == DEMO_DAY
    assert (folder / "manifest.json").stat().st_mtime_ns == made_at
    (folder / "manifest.json").write_text("{}", "utf-8")  # as another version wrote it
    assert make_open_data(work, DEMO_DAY).files
    (home / "downloads" / ".making").mkdir()  # of one that was killed
    make_open_data(work, date(2027, 3, 1))
    work.engine.dispose()
    [later] = [one for one in (home / "downloads").iterdir() if one.is_dir()]
    assert later.name.startswith("2027-03-01")


def test_files_are_sent_once_they_are_there_and_known_again(web_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(web_home, home, ignore=shutil.ignore_patterns("downloads"))
    with TestClient(app_of(home), base_url=ADDRESS) as client:
        first = client.get("/tai-ve/manifest.json")
        assert (first.status_code, int(first.headers["retry-after"]) > 0) == (503, True)
        assert "đang được tạo" in client.get("/tai-ve").text
        for _ in range(1200):
            if client.get("/tai-ve/manifest.json").status_code == 200:
                break
            time.sleep(0.1)
        told = OpenManifest.model_validate(client.get("/tai-ve/manifest.json").json()).file("can-cu-het-hieu-luc.csv")
        sent = client.get("/tai-ve/can-cu-het-hieu-luc.csv")
        assert told is not None
        assert hashlib.sha256(sent.content).hexdigest() == told.sha256
        assert re.search(r'filename="can-cu-het-hieu-luc-2026-11-22\.csv"', sent.headers["content-disposition"])
        again = client.get("/tai-ve/can-cu-het-hieu-luc.csv", headers={"If-None-Match": sent.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        part = client.get("/tai-ve/can-cu.jsonl", headers={"Range": "bytes=10-19", "Accept-Encoding": "identity"})
        assert (part.status_code, len(part.content)) == (206, 10)
        assert all(f"/tai-ve/{one.name}.csv" in client.get("/tai-ve").text for one in OPEN_TABLES)


def test_nothing_but_the_files_is_sent(client: TestClient, open_data: OpenSet) -> None:
    for name in (
        "rasoat.db",
        "manifest.json.bak",
        "%2e%2e%2frasoat.db",
        "..%5crasoat.db",
        ".lock",
        "can-cu.exe",
        "can-cu.csv%00",
        "can-cu",
    ):
        assert client.get(f"/tai-ve/{name}").status_code in (404, 422), name
