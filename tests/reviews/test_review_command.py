"""Decisions at the command line: recorded with the facts they judged, shown in lists, told to whoever comes second."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app

DAY = "2026-11-22"
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("asked_home")]


def rasoat(*words: str, exits: int = 0) -> str:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == exits, done.output
    return done.output


def lines(*words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in rasoat(*words).splitlines() if line.startswith("{")]


def findings(*words: str) -> list[dict[str, object]]:
    return lines("findings", "--as-of", DAY, "--jsonl", *words)


def test_a_decision_is_shown_in_its_list_and_taken_back() -> None:
    one = next(line for line in findings("--rule", "CITE-01") if not line["suppressed"])
    mark = str(one["fingerprint"])
    assert (one["state"], one["decisions"]) == ("open", [])
    rasoat("review", mark[:12], "--as-of", DAY, "--confirm", "--by", "an", "--note", "đã đối chiếu")
    (decided,) = findings("--state", "đã xác nhận")
    assert (decided["fingerprint"], decided["state"], decided["decisions"][0]["unit"]) == (mark, "confirmed", "viet-nam")
    # the same again is said to be written; another who knew of nothing is told who decided what
    assert "đã ghi từ trước" in rasoat("review", mark, "--confirm", "--by", "an", "--note", "đã đối chiếu")
    told = rasoat("review", mark, "--dismiss", "nhắc tới như lịch sử", "--by", "bình", "--version", "0", exits=2)
    assert "an đã ghi trước" in told
    assert "xác nhận, đã đối chiếu" in told
    rasoat("review", mark, "--take-back", "--by", "bình", exits=2)
    rasoat("review", mark, "--take-back", "--by", "an")
    assert findings("--state", "confirmed") == []
    assert [line["verb"] for line in lines("review", mark, "--json")] == ["confirm", "take_back"]
    assert json.loads(rasoat("audit", "--verify", "--json"))["broken"] == []


def test_a_unit_sees_its_own_decision_and_the_nation_prevails() -> None:
    one = next(line for line in findings("--rule", "CITE-01") if not line["suppressed"] and line["responsible_units"])
    mark, body = str(one["fingerprint"]), str(one["responsible_units"][0]).partition("/")[0]
    other = "bo-quoc-phong" if body != "bo-quoc-phong" else "bo-tu-phap"
    rasoat("review", mark, "--dismiss", "not_ours", "--unit", other)
    assert next(line for line in findings() if line["fingerprint"] == mark)["state"] == "open"
    rasoat("review", mark, "--confirm", "--unit", body)
    assert next(line for line in findings() if line["fingerprint"] == mark)["state"] == "confirmed"
    rasoat("review", mark, "--dismiss", "historical")
    shown = next(line for line in findings() if line["fingerprint"] == mark)
    assert shown["state"] == "dismissed"
    assert {told["unit"]: told["state"] for told in shown["decisions"]} == {other: "dismissed", body: "confirmed", "viet-nam": "dismissed"}


def test_what_is_decided_by_document_leaves_out_what_wants_a_look_of_its_own() -> None:
    by_document: dict[str, list[dict[str, object]]] = {}
    for line in findings():
        if not line["suppressed"] and line["object"] and line["state"] == "open" and str(line["rule"]).startswith("CITE"):
            by_document.setdefault(str(line["object"]), []).append(line)
    document, several = max(by_document.items(), key=lambda one: len(one[1]))
    told = lines("review", "--object", document, "--confirm", "--as-of", DAY, "--json")
    plain = {line["fingerprint"] for line in several if line["role"] not in ("transitional", "historical") and line["confidence"] != "low"}
    assert plain <= {line["fingerprint"] for line in told}
    assert {line["error"] for line in told} == {None}
    (batch,) = {line["batch"] for line in told}
    back = lines("review", "--batch", str(batch), "--take-back", "--json")
    assert {line["fingerprint"] for line in back} == {line["fingerprint"] for line in told}
    assert findings("--state", "confirmed") == []


def test_many_at_once_wait_for_a_second_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviews.decide.ALONE", 2)
    marks = [str(line["fingerprint"]) for line in findings() if not line["suppressed"]][:3]
    told = lines("review", *marks, "--confirm", "--by", "an", "--json")
    assert {(line["stage"], line["state"]) for line in told} == {("awaiting", "open")}
    batch = str(told[0]["batch"])
    rasoat("review", "--batch", batch, "--approve", "--by", "an", exits=2)
    assert {line["state"] for line in lines("review", "--batch", batch, "--approve", "--by", "bình", "--json")} == {"confirmed"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["ffffffffffff", "--confirm"], "Không có phát hiện mang vân tay"),
        (["MARK", "--dismiss", "vì thích"], "các lý do: văn bản còn hiệu lực (still_in_force)"),
        (["MARK", "--confirm", "--take"], "Mỗi lần một việc"),
        (["MARK", "--fixed"], "phải kèm chứng cứ"),
        (["MARK", "--ask", "sở không có"], "không có đơn vị nào mang tên này"),
        ([], "Không có phát hiện nào để ghi"),
    ],
)
def test_what_cannot_be_recorded_says_why(words: list[str], says: str, asked_home: Path) -> None:
    mark = str(findings()[0]["fingerprint"])
    assert says in rasoat("review", *[mark if one == "MARK" else one for one in words], "--as-of", DAY, exits=2)
