"""CITE-13 from files to finding: a resolution given as a text, a procedure given as a row, the day asked on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

RESOLUTION = """CHÍNH PHỦ
Số: 66.77/2026/NQ-CP
Hà Nội, ngày 18 tháng 5 năm 2026
NGHỊ QUYẾT
Về cắt giảm thủ tục hành chính về nuôi ong
Điều 1. Phạm vi điều chỉnh
Nghị quyết này quy định việc cắt giảm thủ tục hành chính theo các Phụ lục kèm theo.
Điều 2. Hiệu lực thi hành
1. Nghị quyết này có hiệu lực thi hành từ ngày 18 tháng 5 năm 2026 đến hết ngày 28 tháng 02 năm 2027.
2. Trong thời gian Nghị quyết này có hiệu lực, nếu quy định về thủ tục hành chính khác với các văn bản quy phạm pháp luật liên quan thì thực hiện theo Nghị quyết này.
Nơi nhận:
- Lưu: VT.

PHỤ LỤC I
NUÔI ONG
I. Không thực hiện thủ tục hành chính cấp, cấp lại Giấy phép nuôi ong
"""
PROCEDURE = {
    "code": "1.000007",
    "name": "Cấp lại Giấy phép nuôi ong",
    "legal_basis": "Luật Chăn nuôi số 32/2018/QH14",
    "captured_on": "2026-06-01",
}


def test_a_dropped_procedure_is_found_while_the_resolution_lasts(tmp_path: Path) -> None:
    def rasoat(*words: str) -> str:
        command = [sys.executable, "-c", "from cli import app; app()", *words]
        environment = {**os.environ, "RASOAT_HOME": str(tmp_path / "home")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    (tmp_path / "van-ban").mkdir()
    (tmp_path / "van-ban" / "66.77-2026-NQ-CP.txt").write_text(RESOLUTION, "utf-8")
    (tmp_path / "thu-tuc.jsonl").write_text(json.dumps(PROCEDURE, ensure_ascii=False) + "\n", "utf-8")
    rasoat("import", str(tmp_path / "thu-tuc.jsonl"), str(tmp_path / "van-ban"), "--observed-on", "2026-06-01")
    found = [json.loads(line) for line in rasoat("findings", "--as-of", "2026-06-10", "--jsonl").splitlines()]
    (one,) = [finding for finding in found if finding["rule"] == "CITE-13"]
    assert (one["subject"], one["object"], one["provision"]) == ("1.000007", "66.77/2026/NQ-CP", "phu-luc-I")
    assert one["clause"]["quote"] == "Không thực hiện thủ tục hành chính cấp, cấp lại Giấy phép nuôi ong"
    assert one["interval"] == {"from": "2026-05-18", "to": "2027-03-01"}
    assert "Theo Phụ lục I" in rasoat("findings", "--as-of", "2026-06-10", "--show", one["fingerprint"])
    later = [json.loads(line) for line in rasoat("findings", "--as-of", "2027-03-01", "--jsonl").splitlines()]
    assert "CITE-13" not in {finding["rule"] for finding in later}
