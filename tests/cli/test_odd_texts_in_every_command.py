"""Whatever stands in the store or is typed, every command ends by itself and writes nothing that a terminal acts upon or hides."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner, Result

from cli import app
from tests.odd_texts import KINDS, acts_or_hides, odd

DAY = "2026-06-10"
EVERYTHING = "".join(KINDS)
# The first three ask a publisher: their lines are the report's, which `extract` and `check` print as well; the pages have tests of their own.
NOT_HERE = {"demo", "run", "crawl", "serve"}
OF_RICH = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def rasoat(*words: str, given: str | None = None) -> Result:
    done = CliRunner().invoke(app, [word.replace("\x00", "") for word in words], input=given)
    assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
    raw = [letter for letter in done.stdout + done.stderr if letter not in "\n\t" and acts_or_hides(letter)]
    assert not raw, (words, raw)
    return done


def planted(text: str, folder: Path) -> Iterator[list[str]]:
    """The command lines that fill a store with a text wherever a publisher or an office could put it."""
    told = {"name": f"Tên {text}", "agency": text, "legal_basis": f"Nghị định số 63/2010/NĐ-CP {text}", "captured_on": "2026-06-01"}
    lines = [{"code": f"1.000{text}"[:40], **told}, {"code": "1.000007", **told}]
    line = {"record": "announcement", "procedure": "1.000007", "issuer": "tỉnh Lai Châu", "name": text, "decision": text}
    look = {"record": "posting", "unit": "xã Than Uyên, tỉnh Lai Châu", "procedure": "1.000007", "channel": "premises", "state": "posted"}
    shown = [{**one, "note": text, "shown_name": text, "observed_on": "2026-06-02"} for one in (line, look)]
    files = {"thu-tuc.jsonl": lines, "niem-yet.jsonl": shown}
    for name, rows in files.items():
        (folder / name).write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
        yield ["import", str(folder / name), "--observed-on", "2026-06-02"]
    (folder / "nghi-dinh.txt").write_text(
        "CHÍNH PHỦ\nSố: 66/2026/NĐ-CP\nHà Nội, ngày 01 tháng 3 năm 2026\nNGHỊ ĐỊNH\nVề thủ tục\nĐiều 2. Hiệu lực thi hành\n"
        "1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2026.\n2. Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của "
        f"Chính phủ về {text} hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.\n",
        "utf-8", "replace",
    )  # fmt: skip
    yield ["import", str(folder / "nghi-dinh.txt"), "--json"]


def asked(text: str, folder: Path) -> Iterator[list[str]]:
    """Every command that reads the store, in every form it answers in; then what is typed by hand."""
    yield from (["extract"], ["check", "--as-of", DAY], ["index", "--as-of", DAY], ["quality", "--as-of", DAY])
    for words in ([], ["--all"], ["--jsonl"], ["--unit", text], ["--subject", text], ["--show", text]):
        yield ["findings", "--as-of", DAY, *words]
    for name in ("a.xlsx", "a.docx", "a.csv", "a.jsonl", f"{text}.csv"):
        yield ["findings", "--as-of", DAY, "--all", "--export", str(folder / name)]
    for words in (
        [],
        ["--jsonl"],
        ["--since", "2026-06-01"],
        ["--unit", text],
        ["--export", str(folder / "m.xlsx")],
        ["--export", str(folder / "m.html")],
    ):
        yield ["coverage", "--as-of", DAY, *words]
    yield ["coverage", "--as-of", DAY, "--unit", "tỉnh Lai Châu", "--report", str(folder / "r.docx")]
    yield ["coverage", "--as-of", DAY, "--form", "xã Than Uyên, tỉnh Lai Châu", "-o", str(folder / "f.xlsx")]
    for words in (
        ["63/2010/NĐ-CP"],
        ["63/2010/NĐ-CP", "--json"],
        ["66/2026/NĐ-CP", "--svg", str(folder / "a.svg")],
        [text],
        ["63/2010/NĐ-CP", text],
    ):
        yield ["status", "--as-of", DAY, *words]
    for words in (["1.000007"], ["1.000007", "--json"], [text]):
        yield ["show", "--as-of", DAY, *words]
    for words in ([text], ["tên", "--facets"], ["tên", "--suggest"], ["tên", "--json"], ["tên", "--only", text], ["tên", "--sort", text]):
        yield ["search", *words]
    yield from (["cite", text], ["effects", text, "--number", "66/2026/NĐ-CP"], ["effects", text, "--number", text, "--json"])
    yield from (
        ["read", str(folder / "thu-tuc.jsonl"), "--text"],
        ["read", str(folder / "nghi-dinh.txt"), "--jsonl"],
        ["read", f"/khong/{text}"],
    )
    for words in (
        [text],
        [text, "--confirm"],
        ["--object", text, "--confirm"],
        ["f" * 24, "--note", text, "--by", text],
        ["a", "--dismiss", text],
    ):
        yield ["review", "--as-of", DAY, *words]
    yield ["review", "--as-of", DAY, "--object", "63/2010/NĐ-CP", "--dismiss", "other", "--note", text, "--by", text]
    yield from (["audit", "--verify"], ["account", "add", "an", "--name", text, "--unit", "bo-tu-phap"], ["account", "list"])
    yield from (["account", "list", text], ["account", "role", "an", text, "--unit", text])
    yield from (["report", "--as-of", DAY, "--json"], ["metrics"], ["verify"], ["doctor", "--json"], ["metrics", "--port", text])
    yield from (["findings", f"--{text}"], [f"x{text}"], ["findings", text], ["import", f"/khong/{text}"])


@pytest.fixture(autouse=True)
def of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RASOAT_SEARCH_ENGINE", "RASOAT_DATABASE_URL", "RASOAT_ARCHIVE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_every_command_is_asked() -> None:
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined] # a group
    assert {words[0] for words in [*planted("", Path("/tmp")), *asked("", Path("/tmp"))]} - {"x"} == known - NOT_HERE


@pytest.mark.slow
@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(odd)
def test_no_text_of_the_store_or_of_the_keyboard_reaches_the_terminal_raw(monkeypatch: pytest.MonkeyPatch, drawn: str) -> None:
    text = EVERYTHING + drawn
    with TemporaryDirectory() as here:
        folder = Path(here)
        monkeypatch.setenv("RASOAT_HOME", str(folder / "home"))
        for words in planted(text, folder):
            assert rasoat(*words).exit_code in (0, 2), words
        assert {rasoat(*words).exit_code for words in asked(text, folder)} <= {0, 2, 3}
        for name, line in (("cite", {"text": text}), ("search", {"query": text}), ("status", {"number": text})):
            assert len(rasoat(name, "--jsonl", given=json.dumps(line) + "\n").stdout.splitlines()) == 1


@pytest.mark.slow
def test_a_terminal_in_colours_is_written_to_by_rich_alone(tmp_path: Path) -> None:
    env = {**os.environ, "RASOAT_HOME": str(tmp_path / "home"), "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    typed = EVERYTHING.replace("\x00", "").encode("utf-8", "replace").decode()
    told = [next(planted(EVERYTHING, tmp_path)), ["findings", "--as-of", DAY], ["show", typed]]
    command = [sys.executable, "-m", "rasoat.start"]
    written = [subprocess.run([*command, *words], env=env, capture_output=True, check=False) for words in told]
    shown = [(done.stdout + done.stderr).decode() for done in written]
    assert any("\x1b[1m" in text for text in shown)
    assert not [letter for text in shown for letter in OF_RICH.sub("", text) if letter not in "\n\t\r" and acts_or_hides(letter)]
    assert not [text for text in shown if "\x1b[31m\x1b]" in text or "\x1b[31mtên" in text]
