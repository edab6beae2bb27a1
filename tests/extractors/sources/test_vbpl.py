"""The gateway of the national database of legal documents, on answers in its own shape."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from extractors.sources.source import Answer, Parsed, Refused, Request
from extractors.sources.vbpl import SOURCE
from rasoat.records import KnownFrom, Origin

DAY = date(2026, 5, 1)
ROW: dict[str, Any] = {
    "id": "77", "title": "Nghị định số 10/2098/NĐ-CP về thử nghiệm", "docNum": "10/2098/NĐ-CP", "docType": {"name": "Nghị định"},
    "issueDate": "2098-01-02T00:00:00", "effFrom": "2098-03-01T00:00:00", "effTo": None, "effStatus": {"code": "CHL", "name": "Còn hiệu lực"},
}  # fmt: skip
TEXT = (
    "<table><tr><td>CHÍNH PHỦ<br>Số: {number}</td><td>Hà Nội, ngày 02 tháng 01 năm 2098</td></tr></table><p>NGHỊ ĐỊNH</p>"
    "<p>Điều 1. Phạm vi</p><p>Nghị định này thử.</p><p>Điều 2. Hiệu lực</p><p>Nghị định này có hiệu lực từ ngày 01/3/2098.</p>"
)


def answered(key: str, data: Any, **envelope: Any) -> Answer:
    return Answer(Request(key, "/"), 200, "application/json", json.dumps({"success": True, "data": data, **envelope}).encode())


def detail(number: str = "10/2098/NĐ-CP", **more: Any) -> Parsed:
    data = {**ROW, "agencyName": "Chính phủ", "documentContent": {"content": TEXT.format(number=number)}, **more}
    return read(answered("detail/77", data))


def read(answer: Answer) -> Parsed:
    (piece,) = SOURCE.pieces(answer)
    return SOURCE.parse(piece, Origin("sha", piece.place), DAY)


def keys(answer: Answer) -> list[str]:
    return [step.key for step in SOURCE.follow(answer) if isinstance(step, Request)]


def test_a_large_window_is_halved_and_a_small_one_paged() -> None:
    first = list(SOURCE.requests(DAY))
    assert (first[0].key, first[-1].key) == ("all/1945-01-01/1999-12-31/500/1", "all/2020-01-01/2027-12-31/500/1")
    halves = keys(answered("all/2000-01-01/2000-01-10/500/1", {"total": 9000, "items": [ROW]}))
    assert halves == ["all/2000-01-01/2000-01-05/500/1", "all/2000-01-06/2000-01-10/500/1"]
    assert SOURCE.listing(answered("all/2000-01-01/2000-01-10/500/1", {"total": 9000, "items": [ROW]})) is None
    full = {"total": 900, "items": [{**ROW, "id": str(n)} for n in range(500)]}
    assert keys(answered("all/2000-01-01/2000-01-10/500/1", full))[:2] == ["all/2000-01-01/2000-01-10/500/2", "detail/0"]
    assert keys(answered("all/2000-01-01/2000-01-10/500/2", {**full, "items": full["items"][:400]}))[0] == "detail/0"  # type: ignore[index]
    assert keys(answered("all/2000-01-01/2000-01-01/500/1", {"total": 9000, "items": []})) == []


@pytest.mark.parametrize("clamp", [1, 7, 50, 499])
@pytest.mark.parametrize("offset_by_what_was_asked", [True, False])
def test_a_gateway_that_gives_less_than_asked_is_followed_without_a_gap(clamp: int, offset_by_what_was_asked: bool) -> None:
    """Whether it counts its pages by the size that was asked for or by its own."""
    documents, seen, asked = list(range(230 if clamp < 50 else 1200)), list[int](), "all/2000-01-01/2000-01-10/500/1"
    while asked:
        size, number = map(int, asked.split("/")[3:])
        given = min(size, clamp)
        begin = (number - 1) * (size if offset_by_what_was_asked else given)
        page = documents[begin : begin + given]
        seen += page
        rows = [{**ROW, "id": f"d{n}"} for n in page]
        asked = next((key for key in keys(answered(asked, {"total": len(documents), "items": rows})) if key.startswith("all/")), "")
    assert sorted(set(seen)) == documents
    assert len(seen) < 2 * len(documents)


def test_a_total_that_is_not_stated_is_asked_for_until_a_page_is_empty() -> None:
    assert keys(answered("all/2000-01-01/2000-01-10/500/1", {"items": [ROW]}))[0] == "all/2000-01-01/2000-01-10/1/2"
    assert keys(answered("all/2000-01-01/2000-01-10/1/2", {"items": []})) == []
    assert keys(answered("all/2000-01-01/2000-01-10/500/1", {"total": {}, "items": [ROW, ROW]}))[0].endswith("/2/2")


@pytest.mark.parametrize("row", [{}, "x", None, {"id": 77}, {"id": {}}, {"id": ""}])
def test_a_row_that_cannot_be_asked_after_is_named_and_its_neighbours_are_asked(row: Any) -> None:
    page = answered("all/2000-01-01/2000-01-10/500/1", {"total": 3, "items": [ROW, row, {**ROW, "id": "78"}]})
    assert keys(page) == ["detail/77", "detail/78"]
    assert [step.place for step in SOURCE.follow(page) if isinstance(step, Refused)] == ["$.data.items[1]"]


def test_an_id_cannot_lead_to_another_path() -> None:
    page = answered("all/2000-01-01/2000-01-10/500/1", {"total": 1, "items": [{**ROW, "id": "../../x?y#z"}]})
    (request,) = SOURCE.follow(page)
    assert isinstance(request, Request)
    assert request.path == "/api/qtdc/public/doc/..%2F..%2Fx%3Fy%23z"


@pytest.mark.parametrize(
    ("key", "expects", "wrong"),
    [("detail/77", "10/2098/NĐ-CP", False), ("detail/77", "", False), ("detail/78", "", True), ("detail/77", "11/2098/NĐ-CP", True)],
)
def test_a_detail_of_another_document_is_no_answer_to_the_question(key: str, expects: str, wrong: bool) -> None:
    told = answered(key, ROW)
    asked = Answer(Request(key, "/", expects=expects), told.status, told.media_type, told.body)
    assert bool(SOURCE.another(asked)) is wrong


def test_a_page_that_fails_is_asked_smaller_from_the_same_place() -> None:
    smaller = SOURCE.instead(Request("all/2000-01-01/2000-01-10/500/3", "/"))
    assert smaller
    assert smaller.key == "all/2000-01-01/2000-01-10/100/11"
    assert SOURCE.instead(Request("detail/77", "/")) is None


def test_an_unknown_id_is_a_named_gap() -> None:
    gone = {"success": False, "messageCode": "invalid.document.entity.not.found", "data": None}
    answer = Answer(Request("detail/x", "/"), 400, "application/json", json.dumps(gone).encode())
    assert SOURCE.missing(answer)
    assert SOURCE.refusal(answer)
    assert list(SOURCE.pieces(answer)) == []


def test_a_row_stands_for_a_document_without_detail() -> None:
    (seen,) = read(answered("all/a/b/500/1", {"total": 1, "items": [ROW]})).observations
    assert (seen.key, seen.known_from, seen.claimed_status) == ("nghi-dinh|10/2098/NĐ-CP", KnownFrom.OFFICIAL, "Còn hiệu lực")
    assert (seen.issued_on, seen.effective_on, seen.publisher_id) == (date(2098, 1, 2), date(2098, 3, 1), "77")


def test_a_local_act_needs_its_issuer() -> None:
    local = {**ROW, "docNum": "01/2098/NQ-HĐND", "docType": {"name": "Nghị quyết"}}
    assert len(read(answered("all/a/b/500/1", {"total": 1, "items": [local]})).refused) == 1
    named = read(answered("detail/77", {**local, "agencyName": "HĐND Thành phố Thử", "documentContent": None}))
    assert named.observations[0].key == "nghi-quyet|01/2098/NQ-HĐND|hdnd-thanh-pho-thu"


def test_the_text_is_split_and_relations_are_claims() -> None:
    target = {"docNum": "1/2090/QH99", "title": "Luật Thử số 1/2090/QH99", "issueDate": "2090-01-01T00:00:00"}
    got = detail(references=[{"referenceType": 3, "targetDocument": target}, {"referenceType": 12, "targetDocument": target}])
    assert [(one.path, one.heading) for one in got.articles] == [("dieu-1", "Phạm vi"), ("dieu-2", "Hiệu lực")]
    assert got.observations[0].relations == (
        ("3 Căn cứ ban hành", "luat|1/2090/QH99"),
        ("12 Văn bản được thay thế, unverified", "luat|1/2090/QH99"),
    )


def test_a_text_that_is_another_documents_is_quarantined() -> None:
    wrong = detail(number="11/2098/NĐ-CP")
    assert (wrong.articles, len(wrong.observations)) == ([], 1)
    assert "11/2098/NĐ-CP" in wrong.refused[0].reason
    assert detail(issueDate="2097-01-02T00:00:00").articles == []
    assert detail(documentContent={"content": "<p>Điều 1. Không đầu</p><p>x</p>"}).articles == []


def test_a_tree_belongs_to_the_document_it_was_asked_for() -> None:
    asked = keys(answered("detail/77", {**ROW, "agencyName": "Chính phủ", "documentContent": None}))
    assert asked == ["tree/77/nghi-dinh|10/2098/NĐ-CP"]
    rows = [{"level": "Article", "content": {"content": f"Điều {n}. Tên {n}<br>Nội dung {n}."}} for n in (1, 2)]
    got = read(answered(asked[0], rows))
    assert [(one.key, one.path, one.heading, one.text) for one in got.articles] == [
        ("nghi-dinh|10/2098/NĐ-CP", f"dieu-{n}", f"Tên {n}", f"Nội dung {n}.") for n in (1, 2)
    ]
    assert read(answered(asked[0], [])).declared_empty
