"""Bad input gets one clear line and its exit code, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def rasoat(home: Path, *words: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RASOAT_HOME": str(home), **settings}
    command = [sys.executable, "-c", "from cli import app; app()", *words]
    return subprocess.run(command, env=environment, input=given, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "/khong/co/tep.jsonl"), 2),
        (("findings", "--as-of", "31/02/2026"), 2),
        (("status",), 2),
        (("run", "--source", "khong-co"), 2),
        (("run", "--source", "vbpl=ftp://127.0.0.1"), 2),
        (("findings", "--show", "0123456789"), 2),
        (("search", "khai sinh"), 3),
        (("read", "/khong/co/tep.pdf"), 2),
    ],
)
def test_wrong_usage_is_one_line(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    done = rasoat(tmp_path, *words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Lỗi")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_real_host_is_not_asked_before_a_contact_is_set(tmp_path: Path) -> None:
    done = rasoat(tmp_path, "crawl", "--source", "vbpl", RASOAT_CONTACT="")
    assert done.returncode == 2
    assert "RASOAT_CONTACT" in done.stderr


def test_a_database_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = rasoat(tmp_path, "status", "63/2010/NĐ-CP", RASOAT_DATABASE_URL="postgresql://nobody:secret@127.0.0.1:9/none")
    assert done.returncode == 3
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_json_lines_answer_in_order_and_name_the_bad_ones(tmp_path: Path) -> None:
    given = '{"id": 1, "text": "Nghị định số 63/2010/NĐ-CP"}\nkhông phải json\n{"id": 3}\n{"id": 4, "text": "63\\u0323"}\n'
    done = rasoat(tmp_path, "cite", "--jsonl", given=given)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert answers[0]["mentions"][0]["number"] == "63/2010/NĐ-CP"
    assert "error" in answers[1]
    assert answers[2]["id"] == 3
    assert "error" in answers[2]
    assert answers[3] == {"id": 4, "mentions": []}


def test_refused_rows_are_named_and_the_others_loaded(tmp_path: Path) -> None:
    good = {"code": "1.000001", "name": "Thủ tục thử", "legal_basis": "Luật Hộ tịch số 60/2014/QH13"}
    (tmp_path / "thu-tuc.jsonl").write_text(json.dumps(good) + '\n{"code": 5}\n{broken\n', "utf-8")
    done = rasoat(tmp_path / "home", "import", str(tmp_path / "thu-tuc.jsonl"), "--observed-on", "2026-06-10", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["read"]["loaded"]["procedures"] == 1
    assert sum(report["read"]["quarantined"].values()) == 2
    again = rasoat(tmp_path / "home", "import", str(tmp_path / "thu-tuc.jsonl"), "--observed-on", "2026-06-10", "--json")
    assert json.loads(again.stdout)["received"]["import"]["unchanged"] == 1


def test_doctor_names_every_service(tmp_path: Path) -> None:
    done = rasoat(tmp_path, "doctor", "--json")
    names = {check["name"] for check in json.loads(done.stdout)["checks"]}
    assert done.returncode == 0
    assert {"Python", "scrapy", "Elasticsearch", "tesseract"} <= names
