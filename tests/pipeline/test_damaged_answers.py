"""Archived bytes that were damaged: the others are read, the damaged answer is named with its place and stays unread, and a crawl that
finds the same bytes again mends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.report_lines import report_lines
from pipeline.recorded import recorded
from pipeline.steps import read_archive
from rasoat.archive import Archive, Stored, sha256_of
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.store.capture_store import CaptureStore
from rasoat.trouble import SourceTrouble
from rasoat.workspace import Workspace
from tests.pipeline.archived_answers import ArchivedAnswers, portal_list, row


@pytest.fixture
def kept(engine: Engine, tmp_path: Path) -> ArchivedAnswers:
    answers = ArchivedAnswers(engine, tmp_path / "kho")
    for number in range(5):
        answers.put("dichvucong", f"list/200/{number}", body(number))
    answers.archive.close()
    return answers


def body(number: int) -> bytes:
    return portal_list(row(number))


def stored(kept: ArchivedAnswers, number: int) -> Stored:
    found = CaptureStore(kept.engine).stored(sha256_of(body(number)))
    assert found
    return found


def flipped(kept: ArchivedAnswers, number: int) -> None:
    one = stored(kept, number)
    path = kept.folder / one.warc
    data = bytearray(path.read_bytes())
    at = one.offset + one.length - 60
    data[at : at + 2] = bytes(byte ^ 0xFF for byte in data[at : at + 2])
    path.write_bytes(data)


def cut_off(kept: ArchivedAnswers, number: int) -> None:
    one = stored(kept, number)
    path = kept.folder / one.warc
    path.write_bytes(path.read_bytes()[: one.offset + one.length // 2])


def gone(kept: ArchivedAnswers, number: int) -> None:
    (kept.folder / stored(kept, number).warc).unlink()


@pytest.mark.parametrize(("damage", "which", "read"), [(flipped, 2, [0, 1, 3, 4]), (cut_off, 4, [0, 1, 2, 3]), (flipped, 0, [1, 2, 3, 4])])
def test_the_others_are_read_and_the_damaged_one_is_named(kept: ArchivedAnswers, damage, which: int, read: list[int]) -> None:  # type: ignore[no-untyped-def]
    damage(kept, which)
    for _ in range(2):  # it is tried again by every run, and every report names it
        report = kept.read()
        assert kept.codes() == [f"1.{number:06}" for number in read]
        ((one,), place) = report.damaged, stored(kept, which)
        assert (one.source, one.request) == ("dichvucong", f"list/200/{which}")
        assert (one.warc, one.offset) == (place.warc, place.offset)
        assert f"{place.warc} tại {place.offset}" in one.reason
        assert report.unread == 1
    lines = [said for _, said in report_lines(RunReport("extract", read=report))]
    assert any("1 câu trả lời trong kho lưu, lượt sau đọc lại" in said for said in lines)
    assert any(said.startswith(f"  HỎNG trong kho lưu: dichvucong list/200/{which}: ") for said in lines)


@pytest.mark.parametrize("damage", [flipped, cut_off, gone])
def test_the_same_bytes_found_again_mend_it(kept: ArchivedAnswers, damage, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    damage(kept, 4)
    kept.read()
    before = stored(kept, 4)
    kept.archive = Archive(kept.folder)
    kept.put("dichvucong", "list/200/4", body(4))
    kept.archive.close()
    assert stored(kept, 4).warc != before.warc
    kept.read()
    assert "1.000004" in kept.codes()
    assert {one.account.request for one in kept.archive.scan() if one.stored.sha256 == before.sha256} >= {"list/200/4"}


def test_what_was_read_already_is_mended_too(kept: ArchivedAnswers) -> None:
    kept.read()
    flipped(kept, 1)
    assert not kept.archive.holds(stored(kept, 1))
    kept.put("dichvucong", "list/200/1", body(1))
    assert kept.archive.holds(stored(kept, 1))
    assert kept.read().answers == 0


def test_bytes_that_are_whole_are_not_written_again(kept: ArchivedAnswers) -> None:
    before = stored(kept, 1)
    kept.put("dichvucong", "list/200/1", body(1))
    assert stored(kept, 1) == before


def test_a_run_ends_well_beside_one_damaged_answer_and_badly_where_nothing_could_be_read(tmp_path: Path) -> None:
    work = Workspace(Settings(home=tmp_path))
    kept = ArchivedAnswers(work.engine, Path(work.settings.archive))
    for number in range(2):
        kept.put("dichvucong", f"list/200/{number}", body(number))
    kept.archive.close()
    flipped(kept, 0)
    flipped(kept, 1)
    nothing = pytest.raises(SourceTrouble, match=r"Không đọc được gì trong kho lưu: 2 bản lưu hỏng, trước hết .+\.warc\.gz tại 0 ")
    with nothing, recorded(work, "extract") as report:
        read_archive(work, report)
    assert report.read
    assert len(report.read.damaged) == 2
    kept.archive = Archive(kept.folder)
    kept.put("dichvucong", "list/200/0", body(0))
    kept.archive.close()
    for _ in range(2):
        with recorded(work, "extract") as report:
            read_archive(work, report)
        assert report.read
        assert len(report.read.damaged) == 1
