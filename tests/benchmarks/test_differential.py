"""The differential report attributes what differs to the right revision, and says in one line why it cannot compare."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.differential.compare import compare

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).with_name("differential_sample.jsonl")
IGNORED = shutil.ignore_patterns("__pycache__")
# The later revision no longer sees 12/2020/TT-BTC, sees one mention more in the steps, and gives 61/2018/NĐ-CP another role.
LATER = """

from dataclasses import replace as _replace
from rasoat.records import Role as _Role

_find = find_mentions


def find_mentions(text, part=None):
    found = [one for one in _find(text, part) if one.number != "12/2020/TT-BTC"]
    found = [_replace(one, role=_Role.HISTORICAL) if one.number == "61/2018/NĐ-CP" else one for one in found]
    return [_replace(found[0], start=0, end=3, quote=text[:3], number="1/2026/X"), *found] if text.startswith("Nộp") else found
"""

DECREE = """CHÍNH PHỦ
Số: 5/2023/NĐ-CP
Hà Nội, ngày 01 tháng 6 năm 2023
NGHỊ ĐỊNH
Về việc thử nghiệm
Chính phủ ban hành Nghị định về việc thử nghiệm.
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc thử nghiệm.
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2023 và thay thế Nghị định số 4/2016/NĐ-CP.
Nơi nhận:
- Lưu: VT.
"""


def mention(start: int, end: int, **attributes: object) -> dict[str, Any]:
    return {"text": "t", "identity": [start, end], "span": [start, end], "label": "", "attributes": attributes}


def test_gain_loss_and_change_have_a_direction() -> None:
    found = compare([mention(0, 5, role="a"), mention(10, 15)], [mention(0, 5, role="b"), mention(20, 25)])
    assert [one["span"] for one in found.losses] == [[10, 15]]
    assert [one["span"] for one in found.gains] == [[20, 25]]
    assert [(one.before["attributes"]["role"], one.after["attributes"]["role"], one.fields) for one in found.changed] == [
        ("a", "b", ("role",))
    ]


def test_a_longer_span_is_a_change() -> None:
    found = compare([mention(0, 5)], [mention(0, 9)])
    assert (found.gains, found.losses, [one.fields for one in found.changed]) == ([], [], [("span",)])


def test_a_record_that_stands_twice_counts_twice() -> None:
    found = compare([mention(0, 5)] * 2, [mention(0, 5)])
    assert (found.same, len(found.losses), len(found.gains)) == (1, 1, 0)


def git(repo: Path, *words: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", "-C", str(repo), *identity, *words], check=True, capture_output=True, text=True).stdout


def report(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.differential", *words, "--corpus", str(SAMPLE), "--json"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.slow
def test_two_revisions_of_a_repository(tmp_path: Path) -> None:
    for package in ("rasoat", "extractors"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=IGNORED)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "earlier")
    module = tmp_path / "extractors/citations/__init__.py"
    module.write_text(module.read_text(encoding="utf-8") + LATER, encoding="utf-8")
    git(tmp_path, "commit", "-qam", "later")
    there = json.loads(report("HEAD~1", "HEAD", "--repo", str(tmp_path)).stdout)
    back = json.loads(report("HEAD", "HEAD~1", "--repo", str(tmp_path)).stdout)
    assert [one["attributes"]["number"] for one in there["examples"]["losses"]] == ["12/2020/TT-BTC"]
    assert [one["attributes"]["number"] for one in there["examples"]["gains"]] == ["1/2026/X"]
    (change,) = there["examples"]["changed"]
    assert (change["fields"], change["after"]["attributes"]["role"]) == (["role"], "historical")
    assert (back["gains"], back["losses"], back["changed"], back["same"]) == (1, 1, 1, there["same"])
    assert back["examples"]["gains"] == there["examples"]["losses"]
    assert len(git(tmp_path, "worktree", "list").splitlines()) == 1


@pytest.mark.slow
def test_a_status_that_changed_between_two_revisions(tmp_path: Path) -> None:
    """The later revision holds that nothing ends: what was expired is told as changed, with the day and the proof."""
    for package in ("rasoat", "extractors", "validators", "search", "dags", "benchmarks"):
        if (ROOT / package).is_dir():
            shutil.copytree(ROOT / package, tmp_path / package, ignore=IGNORED)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "earlier")
    module = tmp_path / "validators/validity/placement.py"
    module.write_text(module.read_text(encoding="utf-8").replace("if not admissible(effect, target)", "if effect.verb in ENDINGS"), "utf-8")
    git(tmp_path, "commit", "-qam", "later")
    corpus = tmp_path / "5-2023-ND-CP.txt"
    corpus.write_text(DECREE, "utf-8")
    command = [sys.executable, "-m", "benchmarks.differential", "HEAD~1", "HEAD", "--repo", str(tmp_path), "--kind", "status", "--json"]
    done = subprocess.run([*command, "--corpus", str(corpus)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    ended = [one for one in found["examples"]["changed"] if one["before"]["text"] == "4/2016/NĐ-CP"]
    days = {one["before"]["identity"][0]: (one["before"]["attributes"]["status"], one["after"]["attributes"]["status"]) for one in ended}
    assert days["2020-01-01"] == ("in_force", "unknown")  # what ends only in 2023 was alive until then
    assert days["2024-01-01"] == days["2026-06-10"] == ("expired", "unknown")
    assert (found["gains"], found["losses"]) == (0, 0)


@pytest.mark.slow
def test_without_history_it_says_so_in_one_line(tmp_path: Path) -> None:
    said = report("HEAD", ".", "--repo", str(tmp_path))
    assert said.returncode == 2
    assert "git" in said.stderr
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.slow
def test_head_and_the_working_tree() -> None:
    said = report("HEAD", ".")
    if said.returncode == 2:  # no git here, or code under change that does not run: named in one line
        assert len(said.stderr.splitlines()) == 1
        return
    found = json.loads(said.stdout)
    assert found["same"] + found["losses"] + found["changed"] == found["a"]["records"] > 0
    if not git(ROOT, "status", "--porcelain", "--", "rasoat", "extractors").strip():
        assert (found["gains"], found["losses"], found["changed"]) == (0, 0, 0)
