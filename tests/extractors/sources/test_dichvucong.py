"""The national portal, on answers in its own shape."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from extractors.sources.dichvucong import SOURCE
from extractors.sources.source import Answer, Piece, Refused, Request, Stuck
from rasoat.records import Origin, Part, Procedure, SourceRank

DAY = date(2026, 6, 10)
ITEM = {
    "id": "a1", "code": " 1.000001", "name": "Cấp giấy  phép thử", "categories": ["Thử nghiệm"], "departments": ["Sở Thử nghiệm"],
    "departmentPromulgate": "UBND tỉnh Thử", "formalityTargetType": ["Công dân Việt Nam"], "state": "ACTIVE",
}  # fmt: skip
DETAIL: dict[str, Any] = {
    "id": "a1", "code": "1.000001", "name": "Cấp giấy phép thử", "decisionNo": "", "state": "ACTIVE", "formalityType": "OTHER",
    "executionSteps": [{"name": "Bước 1:", "description": "Nộp hồ sơ."}, {"name": "", "description": "Nhận kết quả."}],
    "executionMethods": [
        {"submissionMethod": "DIRECT", "processingTime": 20, "processingTimeUnit": "WORKING_DAY", "description": "Miền núi",
         "fees": [{"type": "FEE", "value": 25000, "currencyName": "Việt Nam Đồng", "description": "theo Thông tư số 1/2099/TT-BTC"}]},
        {"submissionMethod": "DIRECT", "processingTime": 10.0, "processingTimeUnit": "DAY", "description": "", "fees": []},
        {"submissionMethod": "ONLINE", "processingTime": "Theo mô tả", "processingTimeUnit": "OTHER", "description": "", "fees": []},
    ],
    "executionCases": [{"name": "Hồ sơ", "profileComponents": [
        {"name": "Đơn đề nghị", "originalQty": 1, "copyQty": 0, "attachments": [{"id": "f1", "fileName": "Mẫu 01.docx"}]}]}],
    "legalBasisesDetails": [{"name": "Luật Thử\n nghiệm", "code": "1/2099/QH99 "}, {"name": "Nghị định", "code": "2/2099/NĐ-CP"}],
    "resultsDetails": [{"name": "Giấy phép"}], "subjectTypesDetails": [{"name": "Cá nhân"}], "categoriesDetails": [{"name": "Thử nghiệm"}],
    "departmentsExecuting": [{"name": "Sở của tỉnh khác"}], "requirementsAndConditions": "Không.", "isProvince": True, "isWard": True,
    "departmentPromulgateCode": "H99", "departmentPromulgateName": "UBND tỉnh Thử",
    "procedureProposal": {"proposalNumber": "9/QĐ-UBND", "decisionDate": 1781888400000, "issuingAgency": {"name": "UBND tỉnh Thử"}},
}  # fmt: skip


def answer(key: str, data: Any, status: int = 201, code: str = "OK", media_type: str = "application/json") -> Answer:
    return Answer(Request(key, "/"), status, media_type, json.dumps({"code": code, "data": data}).encode())


def keys(page: Answer) -> list[str]:
    return [step.key for step in SOURCE.follow(page) if isinstance(step, Request)]


def only(piece: Piece) -> Procedure:
    return SOURCE.parse(piece, Origin("sha", piece.place), DAY).procedures[0]


def test_the_list_leads_to_its_next_page_and_every_detail() -> None:
    page = answer("list/20/", {"items": [{"id": str(n)} for n in range(20)], "lastId": "19"})
    assert keys(page) == ["list/20/19", *(f"detail/{n}" for n in range(20))]
    last = answer("list/20/19", {"items": [{"id": "x"}], "lastId": ""})
    assert keys(last) == ["detail/x"]


@pytest.mark.parametrize("rows", [1, 19, 20, 50])
@pytest.mark.parametrize("total", [None, 1, 351])
def test_a_cursor_is_followed_whatever_the_length_of_its_page_and_the_total(rows: int, total: int | None) -> None:
    page = answer("list/20/", {"items": [{"id": str(n)} for n in range(rows)], "lastId": "z", "total": total})
    assert keys(page)[0] == "list/20/z"
    assert keys(answer("list/20/", {"items": [], "lastId": "z", "total": total})) == []


@pytest.mark.parametrize("given", [None, "", False])
def test_a_list_without_a_cursor_ends(given: Any) -> None:
    assert keys(answer("list/20/", {"items": [{"id": "x"}], "lastId": given})) == ["detail/x"]


@pytest.mark.parametrize("given", [{"id": "x"}, ["x"], True, 1.5, "x" * 1000, "a\0"])
def test_what_is_no_cursor_breaks_the_list_off_and_leaves_its_rows(given: Any) -> None:
    broken, detail = SOURCE.follow(answer("list/20/", {"items": [{"id": "x"}], "lastId": given}))
    assert isinstance(broken, Stuck)
    assert isinstance(detail, Request)


@pytest.mark.parametrize(
    "row",
    [{"code": "1.000009"}, "x", None, 7, [], {"id": None}, {"id": 7}, {"id": {"id": "a"}}, {"id": " "}, {"id": "a\n"}, {"id": "y" * 600}],
)
def test_a_row_that_cannot_be_asked_after_is_named_and_its_neighbours_are_asked(row: Any) -> None:
    page = answer("list/20/", {"items": [{"id": "a"}, row, {"id": "b"}], "lastId": ""})
    first, second, third = SOURCE.follow(page)
    assert isinstance(second, Refused)
    assert [one.key for one in (first, third) if isinstance(one, Request)] == ["detail/a", "detail/b"]
    assert second.place == "$.data.items[1]"
    listing = SOURCE.listing(page)
    assert listing
    assert listing.ids == ("a", "b")


@pytest.mark.parametrize(
    ("told", "total"), [(351, 351), ("351", 351), (0, 0), (None, None), (-1, None), (True, None), ({}, None), ("nhiều", None), (3.5, None)]
)
def test_the_total_is_what_the_publisher_states_or_nothing(told: Any, total: int | None) -> None:
    listing = SOURCE.listing(answer("list/20/", {"items": [ITEM], "lastId": "z", "total": told}))
    assert listing
    assert (listing.list_name, listing.total, listing.ids, listing.next_page) == ("thủ tục", total, ("a1",), "z")
    assert SOURCE.listing(answer("detail/a1", DETAIL)) is None


@pytest.mark.parametrize(
    ("key", "expects", "data", "wrong"),
    [
        ("detail/a1", " 1.000001", DETAIL, False),
        ("detail/a1", "", DETAIL, False),
        ("detail/a1", "1.000001", {**DETAIL, "id": None}, False),
        ("detail/b2", "1.000001", DETAIL, True),
        ("detail/a1", "1.000002", DETAIL, True),
        ("detail/a1", "1.000002", {**DETAIL, "id": None}, True),
        ("list/20/", "", {"items": []}, False),
    ],
)
def test_a_detail_of_another_procedure_is_no_answer_to_the_question(key: str, expects: str, data: Any, wrong: bool) -> None:
    told = answer(key, data)
    asked = Answer(replace(told.request, expects=expects), told.status, told.media_type, told.body)
    assert bool(SOURCE.another(asked)) is wrong


def test_pages_step_down() -> None:
    request: Request | None = next(SOURCE.requests(DAY))
    limits = []
    while request:
        limits.append(request.body and request.body["limit"])
        request = SOURCE.instead(request)
    assert limits == [200, 100, 50, 20]


@pytest.mark.parametrize(
    "bad",
    [
        answer("list/200/", {"items": []}, code="ERROR"),
        answer("list/200/", {"items": []}, media_type="text/html"),
        answer("list/200/", None),
        answer("list/200/", {}),
        answer("detail/x", None, status=404, code="NOT_FOUND"),
        Answer(Request("detail/x", "/"), 200, "application/json", b"<html>"),
    ],
)
def test_what_is_no_answer(bad: Answer) -> None:
    assert SOURCE.refusal(bad)


def test_a_missing_detail_is_named_by_the_publisher_itself() -> None:
    assert SOURCE.missing(answer("detail/x", None, status=404, code="NOT_FOUND"))
    assert not SOURCE.missing(Answer(Request("detail/x", "/"), 404, "text/html", b"<html>404</html>"))
    assert list(SOURCE.pieces(answer("detail/x", None, status=404, code="NOT_FOUND"))) == []


def test_a_row_is_kept_as_the_list_says_and_an_odd_code_is_reported() -> None:
    piece = next(iter(SOURCE.pieces(answer("list/200/", {"items": [ITEM], "lastId": ""}))))
    parsed = SOURCE.parse(piece, Origin("sha", piece.place), DAY)
    row = parsed.procedures[0]
    assert (row.code, row.name, row.source_rank, row.missing) == ("1.000001", "Cấp giấy phép thử", SourceRank.LIST_ROW, ("detail",))
    assert (row.publisher, row.executing, piece.place) == ("UBND tỉnh Thử", ("Sở Thử nghiệm",), "$.data.items[0]")
    assert len(parsed.odd) == 1


def test_a_detail_has_every_part() -> None:
    piece = next(iter(SOURCE.pieces(answer("detail/a1", DETAIL))))
    got = only(piece)
    assert set(got.parts) == set(Part)
    assert got.parts[Part.LEGAL_BASIS] == "Luật Thử nghiệm\t1/2099/QH99\nNghị định\t2/2099/NĐ-CP"
    assert got.parts[Part.STEPS] == "Bước 1: Nộp hồ sơ.\nNhận kết quả."
    assert got.parts[Part.DURATION] == "Trực tiếp: 20 Ngày làm việc\nTrực tiếp: 10 Ngày\nTrực tuyến: Theo mô tả"
    assert got.parts[Part.FEES] == "Trực tiếp: Phí: 25000 Việt Nam Đồng theo Thông tư số 1/2099/TT-BTC"
    assert [text for part, text in got.parts.items() if "1/2099/TT-BTC" in text] == [got.parts[Part.FEES]]
    assert got.legal_basis[0] == ("Luật Thử\n nghiệm", "1/2099/QH99 ")
    assert [(one.quantity, one.unit) for one in got.durations] == [(20.0, "WORKING_DAY"), (10.0, "DAY"), (None, "OTHER")]
    assert (got.forms[0].name, got.forms[0].file, got.fees[0].amount) == ("Đơn đề nghị", "f1", 25000.0)
    assert got.levels == ("Cấp tỉnh", "Cấp xã")


def test_the_decisions_day_is_a_day_in_vietnam() -> None:
    decision = only(Piece("dichvucong", "detail", "$.data", answer("detail/a1", DETAIL).body)).decision
    assert decision
    assert (decision.number, decision.issued_on, decision.published_on) == ("9/QĐ-UBND", date(2026, 6, 20), None)


def test_a_row_without_a_name_is_refused_by_place() -> None:
    parsed = SOURCE.parse(Piece("dichvucong", "row", "$.data.items[7]", b'{"code": "1.1", "name": ""}'), Origin("sha"), DAY)
    assert [(one.place, parsed.procedures) for one in parsed.refused] == [("$.data.items[7]", [])]


@pytest.mark.parametrize(
    ("time", "unit", "quantity", "printed"),
    [
        ("1", "WORKING_DAY", 1.0, "Trực tiếp: 1 Ngày làm việc"),
        (" 03 ", "DAY", 3.0, "Trực tiếp: 03 Ngày"),
        ("0,5", "WORKING_DAY", 0.5, "Trực tiếp: 0,5 Ngày làm việc"),
        (4, "HOUR", 4.0, "Trực tiếp: 4 Giờ"),
        (0.5, "WORKING_DAY", 0.5, "Trực tiếp: 0.5 Ngày làm việc"),
        ("1", "OTHER", 1.0, "Trực tiếp: 1"),  # the record states no unit
        ("03 ngày làm việc", "OTHER", None, "Trực tiếp: 03 ngày làm việc"),
        ("Không quy định", "DAY", None, "Trực tiếp: Không quy định"),
    ],
)
def test_a_time_typed_as_words_takes_the_unit_beside_it(time: Any, unit: str, quantity: float | None, printed: str) -> None:
    method = {"submissionMethod": "DIRECT", "processingTime": time, "processingTimeUnit": unit, "description": "Nộp tại quầy"}
    (piece,) = SOURCE.pieces(answer("detail/a1", {**DETAIL, "executionMethods": [method]}))
    read = only(piece)
    assert read.parts[Part.DURATION] == printed
    (duration,) = read.durations
    assert (duration.quantity, duration.unit) == (quantity, unit)
    assert duration.description == ("Nộp tại quầy" if quantity is not None else str(time).strip())
