"""The demo's folder is made anew, and only the demo's own files are ever removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.demo_folder import fresh_folder
from rasoat.trouble import Trouble


def left_by_a_demo(folder: Path) -> Path:
    fresh_folder(folder)
    (folder / "archive" / "vbpl").mkdir(parents=True)
    (folder / "archive" / "vbpl" / "one.warc.gz").write_bytes(b"old")
    (folder / "rasoat.db").write_bytes(b"old")
    return folder


def test_an_earlier_demo_is_replaced_and_what_a_person_put_there_stays(tmp_path: Path) -> None:
    folder = left_by_a_demo(tmp_path / "demo")
    (folder / "phat-hien.xlsx").write_bytes(b"mine")
    fresh_folder(folder)
    assert sorted(one.name for one in folder.iterdir()) == [".rasoat-demo", "phat-hien.xlsx"]


def test_a_folder_that_no_demo_made_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "rasoat.db").write_bytes(b"an office's store")
    with pytest.raises(Trouble, match="không trống"):
        fresh_folder(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["rasoat.db"]


def test_a_link_in_a_demo_is_taken_away_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "office"
    elsewhere.mkdir()
    (elsewhere / "kept.warc.gz").write_bytes(b"kept")
    folder = fresh_folder(tmp_path / "demo")
    (folder / "archive").symlink_to(elsewhere)
    fresh_folder(folder)
    assert not (folder / "archive").exists()
    assert (elsewhere / "kept.warc.gz").read_bytes() == b"kept"


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file", "utf-8")
    with pytest.raises(Trouble, match=r"Không dùng được thư mục .*/demo: "):
        fresh_folder(tmp_path / "demo")
