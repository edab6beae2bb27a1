"""The matrix as XLSX, HTML and JSON lines, and read files turned into announcements and postings."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import orjson
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from cli.mending import reason_with_mend
from extractors.formats.extracted_text import TextFrom
from extractors.imports.posting_lines import read_lines
from extractors.postings.code_catalogue import Catalogue
from extractors.postings.records import Announced, DecisionHead, DecisionPart, FileKind, FileReading, PostedRow
from pipeline.reports.matrix_files import export
from rasoat.records.postings import Act, Announcement, Channel, Level, Posting, PostingState
from rasoat.trouble import Trouble
from rasoat.units import country
from tests.validators.coverage.audited import audited
from validators.coverage.cells import MACHINE_READ
from validators.coverage.file_sightings import SeenAt, announced, seen

COMMUNE, TODAY = "lai-chau/xa-than-uyen", date(2026, 11, 22)


def written(store: Engine, path: Path) -> int:
    return export(audited(store, TODAY), ["lai-chau", COMMUNE], lambda row: True, path)


def test_xlsx_has_totals_and_every_cell_as_text(store: Engine, tmp_path: Path) -> None:
    assert written(store, tmp_path / "m.xlsx") == 7
    book = load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["Tổng hợp", "Chi tiết"]
    sheet = book["Chi tiết"]
    assert sheet.max_row == 8
    assert sheet.auto_filter.ref
    named = [cell for cell in sheet["D"] if cell.value == "=Cấp <giấy> A"]
    assert named
    assert all(cell.data_type == "s" for cell in named)
    assert len({row[5].fill.fgColor.rgb for row in sheet.iter_rows(min_row=2)}) > 1


def test_totals_count_the_given_units_in_words(store: Engine, tmp_path: Path) -> None:
    export(audited(store, TODAY), [COMMUNE], lambda row: True, tmp_path / "m.xlsx")
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "m.xlsx")["Tổng hợp"].iter_rows()]
    names = {row[0] for row in rows}
    assert {"Xã, phường, đặc khu", "xã Than Uyên, tỉnh Lai Châu"} <= names
    assert not names & {"commune", "province", "Tỉnh, thành phố"}
    cells = sum(1 for row in audited(store, TODAY).rows([COMMUNE]) if row)
    (level,) = [row for row in rows if row[0] == "Xã, phường, đặc khu"]
    assert sum(level[1:8]) == cells


class _Page(HTMLParser):
    """Collects the tags and what points outside."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outside: list[str] = []
        self.scopes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.outside += [value or "" for name, value in attrs if name in ("src", "href")]
        self.scopes += any(name == "scope" for name, _ in attrs)


def test_html_is_one_page_escaped_and_said_in_words(store: Engine, tmp_path: Path) -> None:
    written(store, tmp_path / "m.html")
    text = (tmp_path / "m.html").read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    assert not page.outside
    assert "giấy" not in page.tags
    assert "=Cấp &lt;giấy&gt; A" in text
    assert 'lang="vi"' in text
    assert "caption" in page.tags
    assert page.scopes >= 3
    assert "đã bãi bỏ, còn công khai" in text
    assert "12 ngày trước" in text
    assert '<th scope="col">xã Than Uyên</th>' in text  # the province stands in its own column


def test_jsonl_has_a_line_a_cell(store: Engine, tmp_path: Path) -> None:
    written(store, tmp_path / "m.jsonl")
    lines = [orjson.loads(line) for line in (tmp_path / "m.jsonl").read_bytes().splitlines()]
    assert len(lines) == 7
    assert {line["state"] for line in lines} == {"missing", "unknown", "posted", "abolished_still_posted"}


def test_another_ending_is_refused(store: Engine, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="xlsx"):
        written(store, tmp_path / "m.pdf")


def reading(kind: FileKind, *rows: PostedRow, head: DecisionHead | None = None, unread: tuple[str, ...] = ()) -> FileReading:
    return FileReading("tep.pdf", kind, TextFrom.TEXT_LAYER, rows, ("Tên tệp ghi .doc", *unread), head, unread=unread)


ROW = PostedRow(
    1, "1.000001", "1.000001", "Cấp giấy A", 1.0, None, announced=Announced(DecisionPart.ABOLISHED, level="Cấp xã", field="Đất đai")
)
DOUBTFUL = PostedRow(1, "1.000002", "1.00000Z", "Cấp giấy B", 0.5, None)


def test_a_read_decision_announces_what_was_read_surely() -> None:
    head = DecisionHead("11/QĐ-UBND", date(2026, 10, 20), "UBND tỉnh Yên Bái", None)
    said = announced(reading(FileKind.PUBLICATION_DECISION, ROW, DOUBTFUL, head=head), country(), "c")
    one, unread = said.announcements
    assert "1.00000Z" in said.doubts[0]
    assert (unread.procedure, unread.act, unread.signed_on) == ("1.000002", Act.UNREAD, date(2026, 10, 20))
    assert (one.issuer, one.act, one.levels, one.signed_on) == ("lao-cai", Act.ABOLISHED, frozenset({Level.COMMUNE}), date(2026, 10, 20))
    nameless = DecisionHead(None, None, "UBND tỉnh Yên Bái", None)
    assert not announced(reading(FileKind.PUBLICATION_DECISION, ROW, head=nameless), country(), "c").announcements
    stranger = DecisionHead("11/QĐ-UBND", None, None, None)
    doubt = announced(reading(FileKind.PUBLICATION_DECISION, ROW, head=stranger), country(), "c").doubts[0]
    assert "cần cho biết cơ quan ban hành" in doubt
    assert "--unit" in reason_with_mend(doubt)
    assert announced(reading(FileKind.PUBLICATION_DECISION, ROW, head=stranger), country(), "c", "lao-cai").announcements


NAMES = Catalogue({"1.000001": "Cấp giấy A", "1.000002": "Cấp giấy B"})
NAMELESS = PostedRow(1, None, "1.0?", "Cấp giấy không ai biết", 0.2, None)


@pytest.mark.parametrize(
    ("rows", "unread", "complete"),
    [((ROW,), (), True), ((ROW, DOUBTFUL), (), False), ((ROW, NAMELESS), (), False), ((ROW,), ("Trang 4: không đọc",), False)],
)
def test_what_stands_in_no_row_leaves_open_what_is_absent(rows: tuple[PostedRow, ...], unread: tuple[str, ...], complete: bool) -> None:
    given = reading(FileKind.POSTED_LIST, *rows, unread=unread)
    sight = seen(given, SeenAt(COMMUNE, Channel.PREMISES, TODAY, complete=True), "c", NAMES)
    assert sight.postings[0].procedure == "1.000001"
    assert [(one.complete, one.unread) for one in sight.looks] == [(complete, (*unread, *sight.doubts))]
    assert len(sight.doubts) == len(rows) - 1
    assert not seen(given, SeenAt(COMMUNE, Channel.PREMISES, TODAY), "c", NAMES).looks


def test_a_list_of_which_nothing_was_read_is_no_empty_board() -> None:
    sight = seen(reading(FileKind.POSTED_LIST), SeenAt(COMMUNE, Channel.PREMISES, TODAY, complete=True), "c", NAMES)
    assert [(one.complete, one.unread) for one in sight.looks] == [(False, ("Tên tệp ghi .doc",))]


def test_a_look_at_a_scan_says_that_a_machine_read_it() -> None:
    at = SeenAt(COMMUNE, Channel.PREMISES, TODAY, complete=True)
    scan = FileReading("tep.pdf", FileKind.POSTED_LIST, TextFrom.OCR, (ROW,))
    assert [one.evidence for one in seen(scan, at, "c", NAMES).looks] == [(MACHINE_READ,)]
    assert [one.evidence for one in seen(reading(FileKind.POSTED_LIST, ROW), at, "c", NAMES).looks] == [()]


def test_a_doubtful_row_makes_what_it_may_stand_for_unknown() -> None:
    sight = seen(reading(FileKind.POSTED_LIST, DOUBTFUL), SeenAt(COMMUNE, Channel.PREMISES, TODAY, True), "c", NAMES)
    assert [(one.procedure, one.state) for one in sight.postings] == [("1.000002", PostingState.UNKNOWN)]


def test_lines_of_an_office() -> None:
    data = "\n".join(
        [
            '{"record":"posting","unit":"xã Than Uyên, tỉnh Lai Châu","procedure":" 1.000001 ","channel":"premises","observed_on":"2026-11-10","state":"posted","parts":["name","fees"]}',
            "",
            '{"record":"announcement","procedure":"1.000001","act":"abolished","decision":"1/QĐ-UBND","issuer":"UBND tỉnh Yên Bái","signed_on":"2026-10-01","levels":["commune"]}',
            '{"record":"posting","unit":"xã Không Đâu","procedure":"1.000001","channel":"premises","observed_on":"2026-11-10","state":"posted"}',
            '{"record":"posting","unit":"lai-chau","procedure":"1.000001","channel":"radio","observed_on":"2026-11-10","state":"posted"}',
            '{"unit":"lai-chau"}',
            "{",
        ]
    )
    read = read_lines(data.encode(), lambda name: country().find(name).id)
    posting, announcement = read.records
    assert isinstance(posting, Posting)
    assert isinstance(announcement, Announcement)
    assert (posting.unit, posting.procedure, posting.state) == (COMMUNE, "1.000001", PostingState.POSTED)
    assert (announcement.issuer, announcement.origin.place) == ("lao-cai", "line 3")
    assert [problem.split(":")[0] for problem in read.problems] == ["Dòng 4", "Dòng 5", "Dòng 6", "Dòng 7"]


def test_a_posting_says_in_which_file_on_which_page_and_as_which_row_of_it_it_stood() -> None:
    on_two = PostedRow(2, "1.000002", "1.000002", "Cấp giấy B", 1.0, True)
    read = FileReading("gui/tep.pdf", FileKind.POSTED_LIST, TextFrom.OCR, (ROW, on_two, DOUBTFUL))
    sight = seen(read, SeenAt(COMMUNE, Channel.PREMISES, TODAY), "c", NAMES)
    assert [(one.origin.place, one.shown_name) for one in sight.postings if one.state is PostingState.POSTED] == [
        ("tep.pdf, trang 1, dòng thứ 1", "Cấp giấy A"), ("tep.pdf, trang 2, dòng thứ 1", "Cấp giấy B"),
    ]  # fmt: skip
    assert sight.doubts[0].startswith("tep.pdf, trang 1, dòng thứ 2: ")
