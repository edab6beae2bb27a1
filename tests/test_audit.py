"""What could not be audited is never called sound: a line and an exit code of its own where the index cannot be asked."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

HOUSE = Path(__file__).parents[1]
SCRIPT = HOUSE / "docker" / "audit_packages.py"
SECRET = "hunter2"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit_packages", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def package(name: str, *faults: str) -> dict[str, object]:
    return {"name": name, "version": "1", "vulns": [{"id": fault, "fix_versions": []} for fault in faults]}


def test_without_a_network_it_says_not_audited(tmp_path: Path) -> None:
    lock = tmp_path / "one.lock"
    pinned = (HOUSE / "requirements.lock").read_text("utf-8").split("\nidna==")[1].split("\nimport")[0]
    lock.write_text(f"idna=={pinned}\n", "utf-8")
    dead = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), f"http://u:{SECRET}@127.0.0.1:9")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(lock)], capture_output=True, text=True, env={**os.environ, **dead, "NO_PROXY": ""}
    )
    assert done.returncode == 3
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("chưa kiểm được / not audited: không hỏi được kho gói")
    assert SECRET not in line
    if importlib.util.find_spec("pip_audit"):
        assert "ProxyError" in line


@pytest.mark.parametrize("held", ["", "no lock at all\x00", "idna\n"])
def test_a_lock_that_cannot_be_read_is_not_audited(tmp_path: Path, held: str) -> None:
    (tmp_path / "x.lock").write_text(held, "utf-8")
    done = subprocess.run([sys.executable, str(SCRIPT), str(tmp_path / "x.lock")], capture_output=True, text=True)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1


def test_every_answer_has_its_exit_code(audit: ModuleType) -> None:
    skipped = {"name": "c", "skip_reason": "not found"}
    assert audit.line_of([package("a"), package("b")]) == (0, "đã kiểm 2 gói, không lỗi nào được biết / audited, no fault is known")
    assert audit.line_of([package("a", "PYSEC-1"), package("b")])[0] == 1
    code, line = audit.line_of([package("a"), skipped])
    assert (code, "not audited: 1 gói (c); 1 trên 2" in line) == (3, True)
    code, line = audit.line_of([package("a", "PYSEC-1"), skipped])
    assert (code, "not audited: 1 gói (c)" in line) == (1, True)
    assert audit.line_of("vì sao") == (3, "chưa kiểm được / not audited: vì sao")


def test_make_audit_is_this_script_and_no_part_of_make_test() -> None:
    told = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--old-file=.venv/.installed", "audit"], capture_output=True, text=True, cwd=HOUSE
    ).stdout
    assert told.strip().splitlines()[-1] == ".venv/bin/python docker/audit_packages.py requirements.lock"
    assert "audit_packages" not in subprocess.run(["make", "--dry-run", "test"], capture_output=True, text=True, cwd=HOUSE).stdout
