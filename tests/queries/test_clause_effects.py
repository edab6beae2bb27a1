"""What an enforcement article does, by its public names, from its words alone."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from cli.main import app
from queries.clause_effects import clauses_read
from rasoat.trouble import Trouble

SOURCE = {"number": "88/2026/NĐ-CP", "type": "Nghị định", "issued_on": "2026-06-10", "effective_on": "2026-09-01"}
ARTICLE = (
    "Điều 30. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2026. Điều 9 Nghị định này có hiệu lực kể từ ngày ký.\n"
    "2. Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực:\na) Nghị định số 11/2020/NĐ-CP ngày 03 tháng 2 năm 2020;\n"
    "b) Điều 4, khoản 2 Điều 7 Nghị định số 12/2021/NĐ-CP.\n3. Pháp lệnh Hải quan ngày 20 tháng 2 năm 1990 hết hiệu lực.\n"
)


def test_entry_and_endings_with_their_days() -> None:
    found = clauses_read(ARTICLE, SOURCE)
    assert [(one.provision, str(one.on)) for one in found.entry] == [(None, "2026-08-01"), ("dieu-9", "2026-06-10")]
    assert [(one.target, one.provisions, str(one.on)) for one in found.effects][:2] == [
        ("11/2020/NĐ-CP", [], "2026-08-01"),
        ("12/2021/NĐ-CP", ["dieu-4", "dieu-7/khoan-2"], "2026-08-01"),
    ]
    assert all(ARTICLE[one.start : one.end] == one.quote for one in found.effects)


def test_an_item_quotes_itself_and_its_list_leads() -> None:
    first = clauses_read(ARTICLE, SOURCE).effects[0]
    assert first.quote.startswith("Nghị định số 11/2020")
    assert "12/2021" not in first.quote
    assert first.lead.startswith("Các văn bản sau đây hết hiệu lực")


def test_days_that_are_counted_from_the_entry_or_the_signing() -> None:
    text = (
        "Điều 9. Hiệu lực thi hành\n1. Nghị định này có hiệu lực từ ngày 31 tháng 8 năm 2026. Điều 4 Nghị định này được áp dụng sau 06 tháng kể từ ngày "
        "Nghị định này có hiệu lực.\n2. Nghị định số 71/2018/NĐ-CP hết hiệu lực sau 12 tháng kể từ ngày Nghị định này có hiệu lực.\n"
        "3. Nghị định số 72/2018/NĐ-CP hết hiệu lực sau 02 tháng kể từ ngày ký."
    )
    found = clauses_read(text, {"number": "640/2026/NĐ-CP", "issued_on": "2026-06-30"})
    assert [(one.provision, one.on) for one in found.entry] == [(None, date(2026, 8, 31)), ("dieu-4", date(2027, 2, 28))]
    assert [(one.on, one.basis) for one in found.effects] == [(date(2027, 8, 31), "entry_plus"), (date(2026, 8, 30), "sign_plus")]


def test_without_a_clause_of_entry_the_record_says_the_day() -> None:
    found = clauses_read("Bãi bỏ Nghị định số 11/2020/NĐ-CP.", SOURCE)
    assert not found.entry
    assert [str(one.on) for one in found.effects] == ["2026-09-01"]


@pytest.mark.parametrize("document", [{}, {"number": " "}, {"number": "88/2026/NĐ-CP", "issued_on": "hôm qua"}])
def test_a_source_that_cannot_be_read_is_refused(document: dict[str, str]) -> None:
    with pytest.raises(Trouble):
        clauses_read("Bãi bỏ Nghị định số 11/2020/NĐ-CP.", document)


def test_lines_are_answered_in_order_and_a_bad_one_in_its_place() -> None:
    given = "\n".join(
        json.dumps(line)
        for line in ({"id": 1, "text": ARTICLE, "document": SOURCE}, {"id": 2, "text": ARTICLE}, {"id": 3, "text": "", "document": SOURCE})
    )
    done = CliRunner().invoke(app, ["effects", "--jsonl"], input=given)
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 2
    assert first["id"] == 1
    assert len(first["effects"]) >= 2
    assert second["id"] == 2
    assert "document" in second["error"]
    assert third == {"id": 3, "entry": [], "effects": []}


def test_people_read_a_table() -> None:
    done = CliRunner().invoke(app, ["effects", ARTICLE, "--number", "88/2026/NĐ-CP", "--issued-on", "10/06/2026"], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    assert "hết hiệu lực" in done.output
    assert "01/08/2026" in done.output
    assert "khoản 2 Điều 7" in done.output
