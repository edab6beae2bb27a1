"""A home small enough to be made again in a second, with rows in every table that a piece can fill."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from click.testing import Result
from sqlalchemy import Engine, create_engine
from typer.testing import CliRunner

from cli import app
from rasoat.store.database import open_database
from reviews.machine import ReviewVerb
from reviews.record import Saying, record_one

FIRST, LATER = "2026-06-10", "2026-07-18"
COMMUNE = "xã Than Uyên, tỉnh Lai Châu"
DECREE = """CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: {number}
Hà Nội, ngày {day} tháng {month} năm {year}

NGHỊ ĐỊNH
{title}

Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;
Chính phủ ban hành Nghị định {title}.

Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về việc thử.

Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực kể từ ngày 01 tháng {month} năm {next_year}.
{more}

TM. CHÍNH PHỦ
THỦ TƯỚNG
"""


def decree(number: str, day: tuple[int, int, int], title: str, more: str = "") -> dict[str, str]:
    year, month, at = day
    text = DECREE.format(number=number, day=at, month=f"{month:02}", year=year, next_year=year + 1, title=title, more=more)
    return {"number": number, "text": text}


DOCUMENTS = [
    decree("10/2020/NĐ-CP", (2020, 1, 17), "quy định về cấp giấy phép thử"),
    decree(
        "20/2025/NĐ-CP", (2025, 3, 5), "quy định về cấp giấy phép thử mới",
        "2. Nghị định số 10/2020/NĐ-CP ngày 17 tháng 01 năm 2020 của Chính phủ hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
    ),
]  # fmt: skip


def procedures(names: Iterable[str]) -> list[dict[str, str]]:
    basis = "Điều 1 Nghị định số 10/2020/NĐ-CP ngày 17 tháng 01 năm 2020 của Chính phủ"
    return [
        {"code": f"1.00000{at}", "name": name, "publisher": "tỉnh Lai Châu", "levels": "Cấp Xã", "legal_basis": basis,
         "dossier": "Đơn đề nghị", "decision_number": "12/QĐ-UBND", "decision_date": "2026-01-05"}
        for at, name in enumerate(names, 1)
    ]  # fmt: skip


POSTINGS = [
    {"record": "announcement", "procedure": "1.000001", "act": "new", "decision": "12/QĐ-UBND", "issuer": "tỉnh Lai Châu",
     "signed_on": "2026-01-05", "levels": ["commune", "province", "ministry"], "name": "Cấp giấy phép thử"},
    {"record": "posting", "unit": COMMUNE, "procedure": "1.000001", "channel": "premises", "observed_on": "2026-06-01", "state": "posted"},
    {"record": "posting", "unit": COMMUNE, "procedure": "1.000002", "channel": "premises", "observed_on": "2026-06-01", "state": "missing"},
    {"record": "look", "unit": COMMUNE, "channel": "premises", "observed_on": "2026-06-01", "complete": True, "contact": False},
    {"record": "reception", "unit": COMMUNE, "observed_on": "2026-06-01", "received": ["1.000002", "1.000001", "1.000009"],
     "listed": None, "published": False},
    {"record": "regulation", "document": "5/2026/QĐ-UBND", "issuer": "tỉnh Lai Châu", "effective_on": "2026-05-01",
     "procedures": ["1.000002", "1.000001"]},
    {"record": "posting", "unit": "xã không có"},
]  # fmt: skip


def rasoat(home: Path, *words: str, fails: int = 0) -> Result:
    """One command on this home."""
    done = CliRunner(env={**{name: "" for name in os.environ if name.startswith("RASOAT_")}, "RASOAT_HOME": str(home)}).invoke(app, words)
    assert done.exit_code == fails, done.output
    return done


def write_lines(path: Path, rows: Iterable[object]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def build(folder: Path) -> Path:
    """Imports on two days, each day checked and indexed on what was known then; a person's decision; a file that came twice. The second import hands over a list beside the procedures it names."""
    home = folder / "home"
    first = write_lines(folder / "procedures.jsonl", procedures(["Cấp giấy phép thử", "Cấp lại giấy phép thử"]))
    law = write_lines(folder / "documents.jsonl", [*DOCUMENTS, {"number": "30/2025/NĐ-CP", "text": "chỉ có lời giới thiệu"}])
    rasoat(home, "import", str(law), str(first), "--observed-on", FIRST)
    for step in ("check", "index"):
        rasoat(home, step, "--as-of", FIRST)
    posted = write_lines(folder / "postings.jsonl", POSTINGS)
    second = write_lines(folder / "procedures-2.jsonl", procedures(["Cấp giấy phép thử", "Cấp đổi giấy phép thử", "Thu hồi giấy phép thử"]))
    rasoat(home, "import", str(posted), str(second), str(law), "--observed-on", LATER)
    engine = open_database(f"sqlite:///{home / 'rasoat.db'}")
    said = Saying(f"finding:{'f' * 24}", "viet-nam", "người xem", ReviewVerb.CONFIRM)
    record_one(engine, said, datetime(2026, 7, 20, tzinfo=UTC))
    engine.dispose()
    for step in ("check", "index"):
        rasoat(home, step, "--as-of", LATER)
    return home


def store_of(home: Path) -> Engine:
    """The store as somebody opens it who passes the program by: it holds nobody to what its tables ask."""
    return create_engine(f"sqlite:///{home / 'rasoat.db'}")


def copied(home: Path, into: Path) -> Path:
    shutil.copytree(home, into)
    return into
