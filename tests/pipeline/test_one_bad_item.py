"""Reading the archive never stops at one bad item: it is set aside by name, its neighbours are read, and later runs go on."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.extractors.sources.test_phapdien import FULL, HEAD, article
from tests.pipeline.archived_answers import ArchivedAnswers, edition, portal_list, row

ODD_ROWS: list[tuple[Any, str]] = [
    ("x", "không có mã hoặc tên"),
    (None, "không có mã hoặc tên"),
    (5, "không có mã hoặc tên"),
    ([row(9)], "không có mã hoặc tên"),
    ({}, "không có mã hoặc tên"),
    (row(9, name={"vi": "tên"}), "không có mã hoặc tên"),
    (row(9, code=1.000009), "không có mã hoặc tên"),
    (row(9, code=["1.000009"]), "không có mã hoặc tên"),
    (row(9, name="\u200b"), "không có mã hoặc tên"),
    (row(9, code="9" * 70), "procedures.code dài quá 60 ký tự"),
]


@pytest.fixture
def kept(engine: Engine, tmp_path: Path) -> ArchivedAnswers:
    return ArchivedAnswers(engine, tmp_path / "kho")


@pytest.mark.parametrize(("odd", "reason"), ODD_ROWS)
def test_a_row_that_is_none_is_set_aside_alone(kept: ArchivedAnswers, odd: Any, reason: str) -> None:
    kept.put("dichvucong", "list/200/", portal_list(row(1), odd, row(2)))
    report = kept.read()
    assert kept.codes() == ["1.000001", "1.000002"]
    ((place, said),) = kept.refusals()
    assert (place, reason in said) == ("$.data.items[1]", True)
    assert sum(report.quarantined.values()) == 1
    assert (report.unread, kept.unread()) == (0, [])


@pytest.mark.parametrize(
    ("field", "value"),
    [("id", 5), ("id", {"a": 1}), ("id", None), ("departments", "Sở"), ("departments", [1, {"a": 2}]), ("categories", {}),
     ("state", 7), ("departmentPromulgate", ["UBND"]), ("formalityTargetType", 3.5)],
)  # fmt: skip
def test_a_wrong_field_costs_that_field(kept: ArchivedAnswers, field: str, value: Any) -> None:
    kept.put("dichvucong", "list/200/", portal_list(row(1), row(2, **{field: value})))
    kept.read()
    assert kept.codes() == ["1.000001", "1.000002"]
    named = [said for _, said in kept.refusals("odd")]
    assert all(said.startswith(f"1.000002: trường sai kiểu dữ liệu, bỏ qua {field}") for said in named)
    assert len(named) == (0 if value is None or value == 5 else 1)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"null", b'{"code":"OK"}', b'{"code":"OK","data":[]}', b'{"code":"OK","data":{"items":{}}}',
     b"<html>Request Rejected</html>", b"[" * 100_000, b'{"code":"OK","data":{"items":[' + b"[" * 5000 + b"]" * 5000 + b"]}}",
     b'\xff\xfe{"code"', b'{"code":"OK","data":{"items":["\\ud800"]}}'],
)  # fmt: skip
def test_what_is_no_answer_is_set_aside_whole(kept: ArchivedAnswers, body: bytes) -> None:
    """A bad answer may lie in the archive from before: no run after it may stop there."""
    kept.put("dichvucong", "list/200/", body)
    kept.put("dichvucong", "list/200/a", portal_list(row(1)))
    kept.put("vbpl", "all/2020-01-01/2020-12-31/500/1", body)
    kept.put("vbpl", "detail/7", body)
    kept.put("vbpl", "tree/7/luat|1/2020/QH14", body)
    kept.put("phapdien", "BoPhapDienDienTu.zip", body, "application/zip", 200)
    report = kept.read()
    assert kept.codes() == ["1.000001"]
    assert sorted(place for place, _ in kept.refusals()) == sorted(
        ["list/200/", "all/2020-01-01/2020-12-31/500/1", "detail/7", "tree/7/luat|1/2020/QH14", "BoPhapDienDienTu.zip"]
    )
    assert sum(report.quarantined.values()) == 5
    assert kept.read().answers == 0


def test_two_bad_answers_with_one_reason_are_two(kept: ArchivedAnswers) -> None:
    for key in ("list/200/a", "list/200/b"):
        kept.put("dichvucong", key, f"<{key}>".encode(), "text/html")
    assert sum(kept.read().quarantined.values()) == 2
    assert [place for place, _ in kept.refusals()] == ["list/200/a", "list/200/b"]


def whole(name: str) -> str:
    return f"{HEAD}{article('Điều 99.1.LQ.1. Phạm vi', FULL, f'<p>Khoản của {name}.</p>')}</div>"


def flipped(data: bytes) -> bytes:
    """A member's packed bytes damaged, its header and the directory whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entry = packed.getinfo("demuc/b.html")
    at = entry.header_offset + 30 + len(entry.filename) + 8
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 24]) + data[at + 24 :]


def locked(data: bytes) -> bytes:
    return _marked(data, flag=1)


def unknown_method(data: bytes) -> bytes:
    return _marked(data, method=77)


def _marked(data: bytes, flag: int | None = None, method: int | None = None) -> bytes:
    """The second title's flag or method changed, in its own header and in the directory."""
    out = bytearray(data)
    for signature, at_flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature, data.index(signature) + 4)
        if flag is not None:
            struct.pack_into("<H", out, at + at_flag, flag)
        if method is not None:
            struct.pack_into("<H", out, at + at_flag + 2, method)
    return bytes(out)


_NOT_OPENED = "Phần b.html của tệp nén không mở được ({}) / a member of the archive that cannot be unpacked"


@pytest.mark.parametrize(
    ("damaged", "said"),
    [(flipped, _NOT_OPENED.format("zlib.error")), (locked, _NOT_OPENED.format("RuntimeError")),
     (unknown_method, "Tệp nén theo cách lạ, không mở / packed in an unusual way, not opened")],
)  # fmt: skip
def test_a_title_that_cannot_be_unpacked_loses_that_title_alone(kept: ArchivedAnswers, damaged: Any, said: str) -> None:
    titles = {name: whole(name) for name in ("a", "b", "c")}
    kept.put("phapdien", "BoPhapDienDienTu.zip", damaged(edition(titles)), "application/zip", 200)
    report = kept.read()
    assert report.loaded["articles"] == 2
    ((place, reason),) = kept.refusals()
    assert (place, reason) == ("demuc/b.html", said)


def test_an_edition_that_unfolds_past_the_limit_is_one_line(kept: ArchivedAnswers) -> None:
    packed = bytearray(edition({"a": whole("a")}))
    struct.pack_into("<I", packed, bytes(packed).index(b"PK\x01\x02") + 24, 400_000_001)
    kept.put("phapdien", "BoPhapDienDienTu.zip", bytes(packed), "application/zip", 200)
    kept.read()
    assert kept.refusals() == [
        ("BoPhapDienDienTu.zip", "Tệp nén bung ra quá lớn (400,000,001 byte) / archive unfolds past the limit"),
    ]


def test_two_titles_of_one_name_are_both_read(kept: ArchivedAnswers) -> None:
    two = edition({"a": whole("mot"), "b": whole("hai")}).replace(b"demuc/b.html", b"demuc/a.html")
    kept.put("phapdien", "BoPhapDienDienTu.zip", two, "application/zip", 200)
    assert kept.read().loaded["articles"] == 2


def test_a_provision_that_is_none_costs_that_provision(kept: ArchivedAnswers) -> None:
    rows: list[Any] = [{"content": {"content": f"<p>Điều {n}. Tên</p><p>Nội dung {n}.</p>"}} for n in (1, 2, 3)]
    rows[1:1] = ["x", {"content": {"content": 5}}, {"content": "y"}, None, {}, {"title": ""}]
    kept.put("vbpl", "tree/7/luat|1/2020/QH14", json.dumps({"success": True, "data": rows}).encode(), status=200)
    report = kept.read()
    assert report.loaded["articles"] == 3
    assert [place for place, _ in kept.refusals()] == ["$.data[1]", "$.data[2]", "$.data[3]"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b'{"record":"posting"', b'{"record": "look", "unit": 5}', b'{"record": "posting"}\n[1]\n"x"\n',
                                  b'{"record": "announcement", "procedure": {"a": 1}, "issuer": []}', b"\xff\xfe\x00"])  # fmt: skip
def test_a_posting_file_that_is_none_is_set_aside(kept: ArchivedAnswers, data: bytes) -> None:
    kept.write("dong.jsonl", data)
    kept.put("dichvucong", "list/200/", portal_list(row(1)))
    report = kept.read()
    assert kept.codes() == ["1.000001"]
    assert (kept.unread(), report.unread) == ([], 0)
