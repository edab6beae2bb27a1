"""Names that try to order the terminal about, or to be taken for markup, are text and nothing else in every command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from cli.printing import TextConsole, TextTable
from rasoat.odd_characters import escaped_json, one_line, plain

HOSTILE = "[/x] \\[bold] \x1b[31mđỏ\x1b[0m \x1b]0;tên cửa sổ\x07 \u202eđảo\u202c \u2066kín\u2069 \x9b2J \x7f :skull: [link=file:///etc/passwd]\nLỗi: giả"
READ = "[/x] \\[bold] [31mđỏ[0m ]0;tên cửa sổ đảo kín"  # what is left for people of its beginning
CODE = "1.000[/x]\\[bold]\x1b[2J\x07\u202e7"
ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
DAY = "2026-06-10"
DECREE = f"""CHÍNH PHỦ
Số: 66/2026/NĐ-CP
Hà Nội, ngày 01 tháng 3 năm 2026
NGHỊ ĐỊNH
Về kiểm soát thủ tục hành chính {HOSTILE.splitlines()[0]}
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về kiểm soát thủ tục hành chính.
Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2026.
2. Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính \x1b[31m\u202e[/x] hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.
"""


def rasoat(*words: str) -> Result:
    done = CliRunner().invoke(app, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert not ORDERS.findall(done.stdout + done.stderr)
    return done


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two procedures and a document that carry such names, and the folder of the files they came from."""
    folder = tmp_path_factory.mktemp("hostile")
    told = {"name": HOSTILE, "agency": HOSTILE, "legal_basis": f"Nghị định số 63/2010/NĐ-CP {HOSTILE}", "captured_on": "2026-06-01"}
    lines = [json.dumps({"code": code, **told}, ensure_ascii=False) for code in (CODE, "1.000007")]
    (folder / "thu-tuc.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "nghi-dinh.txt").write_text(DECREE, "utf-8")
    rows = "".join(f"<tr><td>{number}</td><td>1.00450{number}</td><td>{HOSTILE}</td></tr>" for number in (1, 2, 3))
    page = f"<html><body><p>Danh mục thủ tục hành chính</p><table><tr><th>STT</th><th>Mã</th><th>Tên thủ tục</th></tr>{rows}</table></body></html>"
    (folder / "danh-muc [x] \x1b[31m\u202e.html").write_text(page, "utf-8")
    return folder


@pytest.fixture(autouse=True)
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", str(home / "home"))
    for name in ("RASOAT_SEARCH_ENGINE", "RASOAT_DATABASE_URL", "RASOAT_ARCHIVE_URL"):
        monkeypatch.delenv(name, raising=False)
    done = rasoat("import", str(home / "thu-tuc.jsonl"), str(home / "nghi-dinh.txt"), "--observed-on", "2026-06-01")
    assert done.exit_code == 0, done.output


def test_findings_are_listed_exported_and_shown() -> None:
    listed = rasoat("findings", "--as-of", DAY, "--all")
    assert listed.exit_code == 0, listed.output
    found = [json.loads(line) for line in rasoat("findings", "--as-of", DAY, "--jsonl").stdout.splitlines()]
    hostile = [one for one in found if one["subject"] == CODE]
    assert hostile, found
    assert one_line(CODE) in listed.stdout
    shown = rasoat("findings", "--as-of", DAY, "--show", hostile[0]["fingerprint"])
    assert shown.exit_code == 0, shown.output
    assert f"{hostile[0]['rule']} · {one_line(CODE)}" in shown.stdout


def test_the_matrix_shows_them(home: Path) -> None:
    line = {"record": "announcement", "procedure": "1.000007", "issuer": "tỉnh Lai Châu", "name": HOSTILE, "decision": HOSTILE}
    posting = {"record": "posting", "unit": "xã Than Uyên, tỉnh Lai Châu", "procedure": CODE, "channel": "premises", "state": "posted"}
    given = home / "niem-yet.jsonl"
    given.write_text("\n".join(json.dumps({**one, "observed_on": "2026-06-02"}, ensure_ascii=False) for one in (line, posting)), "utf-8")
    assert rasoat("import", str(given), "--observed-on", "2026-06-02").exit_code in (0, 2)
    for words in ((), ("--since", "2026-06-01"), ("--jsonl",)):
        done = rasoat("coverage", "--as-of", DAY, *words)
        assert done.exit_code == 0, done.output


def test_search_and_status_answer_with_them() -> None:
    assert rasoat("index", "--as-of", DAY).exit_code == 0
    done = rasoat("search", "đỏ tên cửa sổ đảo kín")
    assert done.exit_code == 0, done.output
    assert "1.000007" in done.stdout
    assert rasoat("search", HOSTILE, "--facets", "--suggest").exit_code == 0
    for number in ("63/2010/NĐ-CP", HOSTILE):
        assert rasoat("status", number, "--as-of", DAY).exit_code in (0, 2)


def test_a_published_file_is_read_and_its_name_shown(home: Path) -> None:
    (given,) = home.glob("danh-muc*.html")
    done = rasoat("read", str(given), "--text")
    assert done.exit_code == 0, done.output
    assert "danh-muc [x] [31m.html:" in done.stdout
    (line,) = rasoat("read", str(given), "--jsonl").stdout.splitlines()
    assert json.loads(line)["file"] == given.name


def test_a_refusal_repeats_what_was_typed_as_text() -> None:
    for words in (("findings", "--unit", HOSTILE), ("import", f"/khong/co/{HOSTILE}"), ("findings", "--as-of", HOSTILE)):
        done = rasoat(*words)
        assert done.exit_code == 2, done.output
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "[/x] \\[bold]" in rasoat("import", f"/khong/co/{HOSTILE}").stderr


def test_json_says_the_same_with_nothing_raw() -> None:
    value = {"name": HOSTILE + "đ"}
    written = escaped_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(written) == value
    assert not ORDERS.findall(written)


def test_a_table_keeps_one_line_a_row_on_a_real_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console = TextConsole()
    table = TextTable("Tên", title=HOSTILE, expand=False)
    table.add_row(HOSTILE)
    console.print(table)
    console.say(HOSTILE, head=HOSTILE)
    written = capsys.readouterr().out
    assert not ORDERS.findall(written)
    assert len([line for line in written.splitlines() if "│" in line]) == 1
    assert written.splitlines()[-1].count("[/x] \\[bold] [31mđỏ[0m ]0;tên cửa sổ") == 2
    assert ":skull:" in written


def test_lines_of_our_own_stay_and_broken_letters_are_marked() -> None:
    assert plain("một\nhai\t\x1b[1m") == "một\nhai\t[1m"
    assert one_line("a\r\nb\u2028c\x85d\te\udcff") == "a b c d e\ufffd"


def test_every_command_prints_through_the_one_module() -> None:
    """A console or table of Rich's own would take what is stored for markup again."""
    around = re.compile(r"from rich\.(console|table|markup|panel) import|import rich\b|typer\.s?echo|(?<![.\w])print\(|markup=True")
    rooms = Path(__file__).parents[2] / "cli"
    assert [str(path) for path in rooms.rglob("*.py") if path.name != "printing.py" and around.search(path.read_text("utf-8"))] == []
