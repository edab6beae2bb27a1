"""`rasoat coverage` as its users run it."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
import typer
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from cli.coverage_command import add_to
from cli.findings_command import add_to as add_findings
from pipeline.publication.publish import publish
from rasoat.run_report import RunReport
from rasoat.workspace import Workspace

COMMUNE = "lai-chau/xa-than-uyen"


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    add_to(app)
    return CliRunner().invoke(app, ["coverage", "--as-of", "2026-11-22", *arguments])


@pytest.fixture(autouse=True)
def _home(store: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path))


def lines(*arguments: str) -> list[dict[str, str]]:
    result = run("--jsonl", *arguments)
    assert result.exit_code == 0, result.output
    return [orjson.loads(line) for line in result.stdout.splitlines()]


def test_jsonl_and_its_filters() -> None:
    everything = lines()
    assert {"unit", "procedure", "channel", "state", "observed_at", "source", "finding"} == set(everything[0])
    assert {line["unit"] for line in lines("--unit", "xã Than Uyên, tỉnh Lai Châu")} == {COMMUNE}
    assert {line["state"] for line in lines("--state", "missing")} == {"missing"}
    assert {line["channel"] for line in lines("--channel", "portal")} == {"portal"}
    assert {line["procedure"] for line in lines("--procedure", "1.000002")} == {"1.000002"}
    assert len(lines("--unit", "UBND tỉnh Lai Châu")) == len(everything)


def test_the_table_for_people() -> None:
    result = run("--unit", COMMUNE)
    assert result.exit_code == 0
    assert "chưa thấy công khai" in result.stdout


def test_files_are_written(tmp_path: Path) -> None:
    for name in ("m.xlsx", "m.html"):
        assert run("--export", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).stat().st_size > 1000
    for name in ("r.docx", "r.xlsx"):
        assert run("--unit", COMMUNE, "--report", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert run("--form", COMMUNE, "-o", str(tmp_path / "f.xlsx")).exit_code == 0
    assert (tmp_path / "f.xlsx").exists()


def test_findings_of_one_unit_by_name() -> None:
    app = typer.Typer()
    app.callback()(lambda: None)
    add_findings(app)
    publish(Workspace.here(), RunReport("check"))
    said = CliRunner().invoke(app, ["findings", "--as-of", "2026-11-22", "--jsonl", "--unit", "xã Than Uyên, tỉnh Lai Châu"])
    assert said.exit_code == 0, said.output
    assert {orjson.loads(line)["subject"] for line in said.stdout.splitlines()} == {COMMUNE}
    unknown = CliRunner().invoke(app, ["findings", "--as-of", "2026-11-22", "--unit", "xã Không Đâu"])
    assert (unknown.exit_code, "Lỗi" in unknown.stderr) == (2, True)


def test_history() -> None:
    changed = lines("--since", "2026-10-01", "--unit", COMMUNE)
    assert {(line["procedure"], line["before"], line["state"]) for line in changed} == {
        ("1.000001", None, "missing"),
        ("1.000002", None, "posted"),
        ("1.000003", "unknown", "abolished_still_posted"),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        ("--export", "khong-co/m.xlsx"),
        ("--report", "khong-co/r.docx"),
        ("--report", "khong-co/r.xlsx"),
        ("--unit", "xã Không Đâu"),
        ("--export", "m.pdf"),
        ("--since", "hôm qua"),
        ("--form", "nowhere"),
        ("--report", "r.odt"),
    ],
)
def test_bad_use_is_one_line_and_exit_2(wrong: tuple[str, str]) -> None:
    result = run(*wrong)
    assert result.exit_code == 2
    assert "Lỗi" in result.stderr
    assert "Traceback" not in result.output
