"""Files made to cost hours or gigabytes: each ends in one line, within the bounds of the process that reads it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from time import process_time

import pytest

from extractors.apart import Errand, ReadingProcess
from extractors.apart.allowance import USUAL
from extractors.formats.extracted_text import UnreadableError
from extractors.formats.pdf_streams import check_streams
from extractors.imports.office_files import OFFICE_FILE, OfficeFile
from extractors.sources.phapdien import SOURCE
from extractors.sources.source import Answer, Request
from tests.extractors.formats.hostile_files import ALL, MARKUP, PDFS, WORKBOOKS, packed

_BAD = frozenset({"apart.slow", "apart.failed"})
_NAMED = {  # what is counted before a library builds it says which bound it passes
    "cells.xlsx": "excel.cells", "one-row.xlsx": "excel.cells", "strings.xlsx": "excel.text", "styles.xlsx": "excel.laden",
    "merged-endlessly.xlsx": "excel.laden", "bzip2.docx": "zip.method", "lzma.docx": "zip.method", "overlapping.docx": "zip.overlaps",
    "deeper.docx": "word.deep", "hex-flate.pdf": "pdf.unfolds", "flate-header.pdf": "pdf.unfolds", "lzw.pdf": "pdf.unfolds",
    "run-length.pdf": "pdf.unfolds", "base85-flate.pdf": "pdf.unfolds", "indirect-filter.pdf": "pdf.unfolds", "deep.html": "page.deep",
    "brackets.rtf": "word.deep", "binary.rtf": "word.longer",
}  # fmt: skip


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    started = ReadingProcess()
    yield started
    started.close()


@pytest.mark.slow  # a hundred files of up to fifteen seconds of processor each
@pytest.mark.parametrize("name", ALL)
def test_each_ends_in_one_line(process: ReadingProcess, name: str) -> None:
    (file,) = process.each(OFFICE_FILE, [(name, ALL[name](), None, False, True)])
    if isinstance(file, UnreadableError):
        assert file.code not in _BAD, str(file)
        assert "\n" not in str(file)
        return
    assert isinstance(file, OfficeFile)
    problems = [*file.problems, *(file.reading.problems if file.reading else ())]
    assert all("\n" not in problem for problem in problems)
    if code := _NAMED.get(name):
        words = str(UnreadableError(code, limit=0, count=0, total=0, name="")).split(" / ")[-1].split("(")[0].strip()
        assert any(words in problem for problem in problems), problems


@pytest.mark.parametrize("name", ["markers", "markers-packed", "markers-named", "markers-hex"])
def test_counting_streams_is_linear_in_the_file(name: str) -> None:
    def spent(data: bytes) -> float:
        begun = process_time()
        with pytest.raises(UnreadableError):
            check_streams(data)
        return process_time() - begun

    data = PDFS[name]()
    whole, half = spent(data), min(spent(data[: len(data) // 2]) for _ in range(2))
    assert whole < max(3.5 * half, 0.3)


@pytest.mark.parametrize("name", ["comments", "comments-many", "comments-open"])
def test_what_a_file_is_costs_nothing_to_tell(name: str) -> None:
    from extractors.formats.sniff import sniff

    data, begun = MARKUP[name](), process_time()
    sniff(data)
    assert process_time() - begun < 0.2


def test_a_workbook_whose_cells_are_all_merged_is_read() -> None:
    from extractors.formats.xlsx import read_xlsx

    assert read_xlsx(WORKBOOKS["merged-all"]()).tables[0].rows == (("STT",),)


def test_a_title_of_articles_without_end_is_set_aside_and_the_others_are_read(process: ReadingProcess) -> None:
    def edition(**titles: str) -> Answer:
        body = packed({f"demuc/{name}.html": text for name, text in titles.items()})
        return Answer(Request("BoPhapDienDienTu.zip", "/"), 200, "application/zip", body)

    articles = "<p class='pDieu'>"
    large, many, small = SOURCE.pieces(edition(large=articles * 2_000_000, many=articles * 900_000, small=articles))
    assert large.kind == "unreadable"
    assert "quá lớn" in large.body.decode()
    rows = Errand("pipeline.piece_reading:read_piece", "rasoat.store.extracted:PieceRows")
    assert "900,000 điều, quá giới hạn" in process.ask(rows, "sha256", many).refusals[0][2]
    assert small.kind == "title"


def test_members_of_an_edition_packed_to_take_memory_are_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("demuc/a.html", "x")
    (piece,) = SOURCE.pieces(Answer(Request("BoPhapDienDienTu.zip", "/"), 200, "application/zip", out.getvalue()))
    assert piece.kind == "unreadable"


def test_the_usual_allowance_keeps_what_was_promised() -> None:
    assert USUAL.seconds <= 20
    assert USUAL.memory <= 200_000_000
