"""From a file to the findings: what could not be read of a look leaves every procedure it may have shown without an accusation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner, Result

from cli import app
from rasoat.records import Origin
from rasoat.records.postings import Act, Announcement, Channel, Level, Look, Posting, PostingState
from rasoat.units import country
from tests.extractors.postings.ruled_pdfs import GRID, OUTER, listed
from validators.coverage.cells import Owed, UnitSight, extra_cells, owed_cell
from validators.obligations import AnnouncementRegister, Duties

pytestmark = pytest.mark.slow  # takes seconds of the processor

UNIT, COMMUNE = "xã Than Uyên, tỉnh Lai Châu", "lai-chau/xa-than-uyen"
DAY, HERE = date(2026, 11, 10), Origin("b" * 64, "dòng 7")
CODES = ("1.000111", "1.000222", "1.000333")


@pytest.fixture
def decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home in which one decision announces three procedures for communes."""
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path / "home"))
    each = {"record": "announcement", "act": "new", "decision": "9/QĐ-UBND", "issuer": "tỉnh Lai Châu", "signed_on": "2026-09-01"}
    told = [each | {"procedure": code, "name": f"Thủ tục {code}", "levels": ["commune"]} for code in CODES]
    assert rasoat("import", "--observed-on", "2026-09-02", lines(tmp_path / "qd.jsonl", *told)).exit_code == 0


def rasoat(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(path: Path, *records: dict[str, object] | str) -> Path:
    path.write_text("\n".join(one if isinstance(one, str) else orjson.dumps(one).decode() for one in records), encoding="utf-8")
    return path


def accused() -> list[str]:
    result = rasoat("findings", "--as-of", "2026-11-20", "--unit", UNIT, "--rule", "POST-03", "--jsonl")
    assert result.exit_code == 0, result.output
    return sorted(str(orjson.loads(line)["object"]) for line in result.stdout.splitlines())


def posting(code: str, **changed: object) -> dict[str, object]:
    return {
        "record": "posting",
        "unit": UNIT,
        "procedure": code,
        "channel": "premises",
        "observed_on": "2026-11-10",
        "state": "posted",
    } | changed


LOOK: dict[str, object] = {"record": "look", "unit": UNIT, "channel": "premises", "observed_on": "2026-11-10", "complete": True}


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (posting("1.000222"), ["1.000333"]),  # all of it was read: the third is surely absent
        (posting("1.000222", state="dang niem yet"), []),
        (orjson.dumps(posting("1.000222")).decode()[:90], []),
        (orjson.dumps(posting("1.000222")).decode()[:30], []),
    ],
)
def test_a_refused_line_accuses_of_nothing(tmp_path: Path, second: dict[str, object] | str, expected: Sequence[str]) -> None:
    told = rasoat("import", "--observed-on", "2026-11-10", lines(tmp_path / "niem-yet.jsonl", LOOK, posting("1.000111"), second))
    assert told.exit_code == 0, told.output
    rasoat("check", "--as-of", "2026-11-20")
    assert accused() == expected
    said = "xã Than Uyên, tỉnh Lai Châu, trụ sở, nơi tiếp nhận, ngày 10/11/2026: chưa đọc hết nên không kết luận thủ tục nào vắng (Dòng 3:"
    assert (said in " ".join(told.output.split())) is not bool(expected)


HEADER = ("STT", "Ma TTHC", "Ten thu tuc hanh chinh", "Thoi han giai quyet", "Can cu phap ly")


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("ruled", "after", "expected"),
    [
        (GRID, "", ["1.000333"]),  # the whole list was read
        (GRID - OUTER, "", ["1.000333"]),
        (GRID, "va 1.000333 Cap giay phep loai 3", []),
        (GRID, "Tong so: 3 thu tuc", []),
    ],
)
def test_a_posted_list_that_was_not_read_whole_accuses_of_nothing(tmp_path: Path, ruled: set[str], after: str, expected: list[str]) -> None:
    path = tmp_path / "niem-yet.pdf"
    shown = [(str(at), code, f"Cap giay phep loai {at}", "3 ngay", "Luat Dat dai") for at, code in enumerate(CODES[:2], 1)]
    path.write_bytes(listed(shown, ruled, HEADER, after))
    told = rasoat("import", "--observed-on", "2026-11-10", path, "--unit", UNIT, "--channel", "premises", "--complete")
    assert told.exit_code == 0, told.output
    rasoat("check", "--as-of", "2026-11-20")
    assert accused() == expected
    assert ("chưa đọc hết nên không kết luận thủ tục nào vắng" in " ".join(told.output.split())) is not bool(expected)


def sight(*looks: Look, postings: Sequence[Posting] = ()) -> dict[str, PostingState]:
    """The state of each cell of the commune, duties and extras."""
    level = frozenset({Level.COMMUNE})
    announcements = [Announcement("1.000111", Act.NEW, "9/QĐ-UBND", "lai-chau", date(2026, 9, 1), HERE, "A", "", level)]
    announcements.append(Announcement("1.000999", Act.ABOLISHED, "9/QĐ-UBND", "lai-chau", date(2026, 9, 1), HERE, "Z", "", level))
    register = AnnouncementRegister(announcements, {}, date(2026, 11, 20))
    seen, owed = UnitSight(postings, looks, register.as_of), Owed(Duties(register, country()).of(COMMUNE))
    cells = [owed_cell(COMMUNE, duty, seen, register) for duty in owed.duties] + list(extra_cells(COMMUNE, owed, seen, register))
    return {cell.procedure: cell.state for cell in cells}


def look(day: int, **changed: object) -> Look:
    return Look(COMMUNE, Channel.PREMISES, date(2026, 11, day), HERE, **{"complete": True, **changed})  # type: ignore[arg-type]


def seen_on(day: int, code: str, state: PostingState) -> Posting:
    return Posting(code, COMMUNE, Channel.PREMISES, date(2026, 11, day), state, HERE)


UNREAD = {"complete": False, "unread": ("Dòng 3: hỏng",)}


def test_a_later_look_with_unread_rows_takes_back_what_an_earlier_one_did_not_see() -> None:
    assert sight(look(5)) == {"1.000111": PostingState.MISSING}
    assert sight(look(5), look(8, **UNREAD)) == {"1.000111": PostingState.UNKNOWN}
    assert sight(look(5), look(8, complete=False)) == {"1.000111": PostingState.MISSING}  # a glance that was to see one thing only
    assert sight(look(5), look(8, **UNREAD), look(9)) == {"1.000111": PostingState.MISSING}
    written = [seen_on(5, "1.000111", PostingState.MISSING)]
    assert sight(postings=written) == {"1.000111": PostingState.MISSING}
    assert sight(look(8, **UNREAD), postings=written) == {"1.000111": PostingState.UNKNOWN}


def test_what_was_absent_is_not_shown_again_by_an_older_sight() -> None:
    assert sight(look(5), look(8, **UNREAD), postings=[seen_on(2, "1.000111", PostingState.POSTED)]) == {"1.000111": PostingState.UNKNOWN}


def test_an_abolished_procedure_may_be_gone_from_a_later_list_that_was_not_read_whole() -> None:
    there = [seen_on(5, "1.000999", PostingState.POSTED)]
    assert sight(postings=there)["1.000999"] is PostingState.ABOLISHED_STILL_POSTED
    assert sight(look(8, **UNREAD), postings=there)["1.000999"] is PostingState.UNKNOWN
