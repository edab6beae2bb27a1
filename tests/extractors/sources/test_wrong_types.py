"""Every field of what publishers send, replaced by every type of JSON: never an exception, and nothing beside that field changes."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sources import dichvucong_detail, vbpl_document
from extractors.sources.publisher_fields import DOCUMENT as DOCUMENT_FIELDS
from extractors.sources.publisher_fields import PROCEDURE_DETAIL, PROCEDURE_ROW, PROVISION
from pipeline.piece_reading import cut_answer, read_piece
from rasoat.archive import Stored
from rasoat.store.capture_store import AnswerRow
from rasoat.store.extracted import PieceRows
from tests.extractors.sources.golden_answers import DAY
from tests.extractors.sources.test_dichvucong import DETAIL, ITEM
from tests.extractors.sources.test_vbpl import ROW, TEXT

PUT = [None, True, 0, 7.5, 1e308, 10**25, "", "a\0b", "\u200b", "9" * 700, [], ["x", 5, None, {}, []], {"name": 5}, {"content": {"content": {}}}]  # fmt: skip
DOCUMENT: dict[str, Any] = {
    **ROW, "agencyName": "Chính phủ", "documentIssues": [{"agencyName": "Chính phủ"}], "isConsolidatedDocument": False,
    "documentContent": {"content": TEXT.format(number="10/2098/NĐ-CP")},
    "references": [{"referenceType": 3, "targetDocument": {"docNum": "1/2090/QH99", "title": "Luật Thử", "issueDate": "2090-01-02"}}],
}  # fmt: skip
TREE = [
    {"title": "Chương I"},
    {"title": "Điều 1", "content": {"title": "Điều 1", "content": "<p>Điều 1. Tên</p><p>Nội dung.</p>"}},
    {"title": "Điều 2. Hiệu lực", "content": {"content": ""}},
]
SAMPLES: dict[str, tuple[str, str, Any]] = {
    "row of the portal": ("dichvucong", "list/200/", {"items": [ITEM, ITEM | {"code": "1.000002"}, ITEM | {"code": "1.000003"}]}),
    "detail of the portal": ("dichvucong", "detail/a1", DETAIL),
    "row of the gateway": ("vbpl", "all/2098-01-01/2098-12-31/500/1", {"items": [ROW, ROW | {"docNum": "2/2098/NĐ-CP"}, ROW], "total": 3}),
    "detail of the gateway": ("vbpl", "detail/77", DOCUMENT),
    "tree of the gateway": ("vbpl", "tree/77/nghi-dinh|10/2098/NĐ-CP", TREE),
}


def read(source: str, key: str, data: Any) -> dict[str, PieceRows]:
    body = json.dumps({"code": "OK", "success": True, "data": data}).encode()
    answer = AnswerRow(source, key, DAY, 200, "", Stored("0" * 64, "x.warc.gz", 0, 0, len(body), "application/json"))
    return {piece.place: read_piece("sha256", piece) for piece in cut_answer(answer, body)}


def fields(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every field and every element, at any depth."""
    for key, held in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from fields(held, (*path, key))


def with_at(value: Any, path: tuple[Any, ...], put: Any) -> Any:
    changed = json.loads(json.dumps(value))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = put
    return changed


CASES = [pytest.param(name, path, id=f"{name}: {'.'.join(map(str, path))}") for name in SAMPLES for path in fields(SAMPLES[name][2])]


@pytest.mark.parametrize(("name", "path"), CASES)
def test_a_field_of_another_type_costs_that_field(name: str, path: tuple[Any, ...]) -> None:
    source, key, data = SAMPLES[name]
    before = read(source, key, data)
    for put in PUT:
        after = read(source, key, with_at(data, path, put))
        faults = [reason for rows in after.values() for _, _, reason in rows.refusals if "chưa lường trước" in reason]
        assert faults == [], (put, faults)
        for place in before.keys() & after.keys() if path[0] == "items" and len(path) > 1 else ():
            if place not in (f"$.data.items[{path[1]}]", "$.data"):  # the page's own piece tells the ids on it
                assert after[place] == before[place], (put, place)
        assert all(rows.procedures or rows.observations or rows.articles or rows.refusals or rows.listings for rows in after.values()), put


@pytest.mark.parametrize(
    ("field", "still"), [("executionSteps", "parts"), ("executionMethods", "legal_basis"), ("procedureProposal", "durations")]
)
def test_a_detail_keeps_what_is_right(field: str, still: str) -> None:
    ((_, right),) = read("dichvucong", "detail/a1", DETAIL).items()
    ((_, rows),) = read("dichvucong", "detail/a1", {**DETAIL, field: {"x": 1} if isinstance(DETAIL[field], list) else [1]}).items()
    (procedure,), (before,) = rows.procedures, right.procedures
    assert getattr(procedure, still)
    if still != "parts":
        assert getattr(procedure, still) == getattr(before, still)
    assert [reason for _, _, reason in rows.refusals] == [
        f"1.000001: trường sai kiểu dữ liệu, bỏ qua {field} / fields of another type, left out"
    ] or field == "procedureProposal"


def names_in(shape: Any) -> set[str]:
    if isinstance(shape, dict):
        return set(shape).union(*map(names_in, shape.values()))
    return set().union(*map(names_in, shape)) if isinstance(shape, list) else set()


@pytest.mark.parametrize(
    ("module", "shapes"), [(dichvucong_detail, (PROCEDURE_ROW, PROCEDURE_DETAIL)), (vbpl_document, (DOCUMENT_FIELDS, PROVISION))]
)
def test_every_field_that_is_read_is_told_with_its_type(module: ModuleType, shapes: tuple[Any, ...]) -> None:
    """A field that no shape names would be left out in silence, and read as if the publisher had not sent it."""
    asked = {
        node.args[at].value
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call)
        for at, of in ((0, "get"), (1, "_list"), (1, "_names"))
        if getattr(node.func, "attr", getattr(node.func, "id", "")) == of and len(node.args) > at
        and isinstance(node.args[at], ast.Constant) and isinstance(node.args[at].value, str)
    }  # fmt: skip
    assert len(asked) > 8
    assert asked - set().union(*map(names_in, shapes)) == set()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*DETAIL, *DOCUMENT, "name", "content", "fees"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(data=st.data())
def test_no_json_is_met_without_an_end(data: st.DataObject) -> None:
    """Any JSON in any number of places: each piece ends loaded, set aside or empty, and nothing is raised."""
    source, key, sample = SAMPLES[data.draw(st.sampled_from(sorted(SAMPLES)))]
    for _ in range(data.draw(st.integers(1, 4))):
        if paths := list(fields(sample)):
            sample = with_at(sample, data.draw(st.sampled_from(paths)), data.draw(JSON))
    for rows in read(source, key, sample).values():
        assert not [reason for _, _, reason in rows.refusals if "chưa lường trước" in reason]
        assert rows.procedures or rows.observations or rows.articles or rows.refusals or rows.listings
