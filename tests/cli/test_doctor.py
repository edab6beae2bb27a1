"""The doctor says each thing in one line, and what is absent but not needed is no alarm."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MARKS = ("được  ", "thiếu ", "HỎNG  ")


def looked_at(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RASOAT_")}
    nobody = {"RASOAT_HOME": str(home), "RASOAT_ELASTICSEARCH_URL": "http://127.0.0.1:1", "COLUMNS": "60"}
    return subprocess.run(
        [sys.executable, "-m", "rasoat.start", "doctor"], capture_output=True, text=True, env={**kept, **nobody, **settings}
    )


def about(done: subprocess.CompletedProcess[str], name: str) -> str:
    (line,) = (line for line in done.stdout.splitlines() if line[6:].startswith(f"{name}:"))
    return line


@pytest.mark.slow  # looks at every library in a process of its own
def test_no_elasticsearch_is_one_quiet_line(tmp_path: Path) -> None:
    done = looked_at(tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    assert all(line.startswith(MARKS) for line in done.stdout.splitlines())
    assert about(done, "Elasticsearch").startswith("thiếu ")
    assert "chỉ cần khi chọn" in about(done, "Elasticsearch")


@pytest.mark.slow  # looks at every library in a process of its own
def test_a_chosen_elasticsearch_that_is_absent_is_broken(tmp_path: Path) -> None:
    done = looked_at(tmp_path, RASOAT_SEARCH_ENGINE="elasticsearch")
    assert done.returncode == 3
    assert done.stderr == ""
    assert about(done, "Elasticsearch").startswith("HỎNG ")


def test_settings_that_cannot_be_read_are_one_line_among_the_others(tmp_path: Path) -> None:
    done = looked_at(tmp_path, RASOAT_RATE="nhanh")
    assert done.returncode == 3
    assert "RASOAT_RATE" in about(done, "thiết lập / settings")
    assert about(done, "tesseract")


@pytest.mark.slow  # looks at every library in a process of its own
def test_a_database_that_does_not_open_hides_nothing_else(tmp_path: Path) -> None:
    done = looked_at(tmp_path, RASOAT_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 3
    assert about(done, "cơ sở dữ liệu / database").startswith("HỎNG ")
    assert about(done, "kho lưu / archive").startswith("được ")
