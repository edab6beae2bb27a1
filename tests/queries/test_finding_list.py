"""Findings as people ask for them: by every body they concern, with what stands behind the codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.demo_command import DEMO_DAY
from cli.main import app
from queries.finding_filter import FindingFilter
from queries.finding_list import finding_with, findings_on, grouped
from rasoat.records import Severity
from rasoat.trouble import Trouble
from rasoat.units import country
from rasoat.workspace import Workspace


def rasoat(*words: str) -> Result:
    return CliRunner().invoke(app, ["findings", "--as-of", str(DEMO_DAY), *words])


def test_a_unit_finds_by_subject_responsible_and_publishing_body(work: Workspace) -> None:
    everything = findings_on(work, DEMO_DAY)
    of_justice = findings_on(work, DEMO_DAY, None, FindingFilter(unit="bo-tu-phap"))
    assert of_justice.kept
    nothing = findings_on(work, DEMO_DAY, None, FindingFilter(unit="bo-quoc-phong"))
    assert (nothing.kept, nothing.looked_at) == ([], len(everything.kept))
    assert of_justice.kept == [one.finding for one in everything.listed if "bo-tu-phap" in one.units]
    for line in of_justice.lines():
        assert "bo-tu-phap" in [*line.responsible_units, country().id_of(line.procedure.publisher if line.procedure else None)]


def test_a_province_finds_what_lies_below_it(work: Workspace) -> None:
    for one in findings_on(work, DEMO_DAY, None, FindingFilter(unit="lai-chau")).listed:
        assert any(unit.split("/")[0] == "lai-chau" for unit in one.units)


def test_filters_narrow_together(work: Workspace) -> None:
    grave = findings_on(work, DEMO_DAY, None, FindingFilter(rules=("CITE-01", "CITE-02"), severity=Severity.MEDIUM))
    assert {one.rule for one in grave.kept} <= {"CITE-01", "CITE-02"}
    assert {one.severity for one in grave.kept} <= {Severity.HIGH, Severity.MEDIUM}
    first = grave.kept[0]
    narrow = findings_on(work, DEMO_DAY, None, FindingFilter(subject=first.subject, document=first.object, state="open"))
    assert first in narrow.kept
    assert {(one.subject, one.object) for one in narrow.kept} == {(first.subject, first.object)}


def test_a_number_typed_loosely_is_the_document(work: Workspace) -> None:
    first = next(one for one in findings_on(work, DEMO_DAY).kept if one.rule == "CITE-01" and one.object)
    loose = (first.object or "").lower().replace("đ", "Đ")
    assert first in findings_on(work, DEMO_DAY, None, FindingFilter(document=loose)).kept


@pytest.mark.parametrize("wanted", [FindingFilter(document="12/2099/NĐ-CP"), FindingFilter(subject="9.123456")])
def test_what_the_store_does_not_know_is_said(work: Workspace, wanted: FindingFilter) -> None:
    with pytest.raises(Trouble, match="Chưa có"):
        findings_on(work, DEMO_DAY, None, wanted)


def test_a_line_tells_what_stands_behind_its_codes(work: Workspace) -> None:
    found = findings_on(work, DEMO_DAY)
    line = next(line for line in found.lines() if line.rule == "CITE-01")
    assert line.procedure is not None
    assert line.procedure.name == found.about.procedures[line.subject].name
    assert line.document is not None
    assert line.subject_unit is None
    assert list(line.as_json()["interval"]) == ["from", "to"]


def test_a_fingerprint_that_is_several_or_none_is_refused(work: Workspace) -> None:
    kept = findings_on(work, DEMO_DAY).kept
    assert finding_with(work, DEMO_DAY, None, f" {kept[0].fingerprint[:12].upper()}") == kept[0]
    for typed, said in (("", str(len(kept))), ("zzzz", "zzzz"), ("%", "%"), ("\0", "finding|phát hiện")):
        with pytest.raises(Trouble, match=said):
            finding_with(work, DEMO_DAY, None, typed)


def test_parts_of_one_procedure_are_one_group(work: Workspace) -> None:
    kept = findings_on(work, DEMO_DAY).kept
    groups = grouped(kept)
    assert sum(map(len, groups)) == len(kept)
    assert len({(one[0].rule, one[0].subject, one[0].object) for one in groups}) == len(groups)


def test_the_command_takes_words_and_days_as_people_write_them(asked_home: Path) -> None:
    done = CliRunner().invoke(
        app, ["findings", "--as-of", "22/11/2026", "--unit", "bo tu phap", "--severity", "cao", "--rule", "cite1", "--jsonl"]
    )
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines
    assert {(line["rule"], line["severity"]) for line in lines} == {("CITE-01", "high")}


def test_none_is_said_beside_what_was_looked_at(asked_home: Path) -> None:
    done = rasoat("--unit", "Bộ Quốc phòng")
    assert done.exit_code == 0, done.output
    assert "Đã xem" in done.stdout
    assert "Bộ Quốc phòng" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--unit", "Bộ Tư phap x"), "Bộ Tư pháp"),
        (("--rule", "CITE-77"), "CITE-07"),
        (("--severity", "caoo"), "high"),
        (("--state", "opne"), "open"),
        (("--fail-on", "hihg"), "high"),
    ],
)
def test_a_misspelt_filter_ends_with_2_and_the_nearest(asked_home: Path, words: tuple[str, ...], said: str) -> None:
    done = rasoat(*words)
    assert done.exit_code == 2
    assert said in done.output
