"""Lines of a file of postings that cannot be read: the looks of the file they may belong to are not complete."""

from __future__ import annotations

from datetime import date

import orjson
import pytest

from extractors.imports.posting_lines import ReadLines, read_lines
from rasoat.records.postings import Channel, Look, Posting, PostingState
from rasoat.trouble import Trouble

HERE, THERE = "xa-a", "xa-b"
LOOK = {"record": "look", "unit": HERE, "channel": "premises", "observed_on": "2026-11-10", "complete": True}
SHOWN = {"record": "posting", "unit": HERE, "procedure": "1.000111", "channel": "premises", "observed_on": "2026-11-10", "state": "posted"}
OTHER = SHOWN | {"procedure": "2.000222"}


def unit_id(name: str) -> str:
    if name not in (HERE, THERE):
        raise Trouble("unit.unknown", name=name)
    return name


def read(*lines: dict[str, object] | str) -> ReadLines:
    return read_lines("\n".join(line if isinstance(line, str) else orjson.dumps(line).decode() for line in lines).encode(), unit_id)


def look_of(found: ReadLines) -> Look:
    (look,) = [one for one in found.records if isinstance(one, Look)]
    return look


def unknown(found: ReadLines) -> list[str]:
    return [one.procedure for one in found.records if isinstance(one, Posting) and one.state is PostingState.UNKNOWN]


def test_a_file_whose_every_line_was_read_is_complete() -> None:
    found = read(LOOK, SHOWN, OTHER, "", "  ")
    assert (look_of(found).complete, found.problems) == (True, [])


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    found = read_lines(b"\xef\xbb\xbf" + orjson.dumps(LOOK) + b"\r\n" + orjson.dumps(SHOWN) + b"\r\n", unit_id)
    assert (len(found.records), look_of(found).complete, found.problems) == (2, True, [])


def cut(line: dict[str, object], signs: int) -> str:
    return orjson.dumps(line).decode()[:signs]


WHOLE = orjson.dumps(OTHER).decode()


@pytest.mark.parametrize(
    ("line", "may_be"),
    [
        (OTHER | {"state": "đang niêm yết"}, ["2.000222"]),
        (OTHER | {"state": None}, ["2.000222"]),
        (OTHER | {"record": {}}, ["2.000222"]),
        (OTHER | {"record": ["posting"]}, ["2.000222"]),
        (OTHER | {"channel": "bảng tin"}, ["2.000222"]),
        (OTHER | {"unit": "xã không ai biết"}, ["2.000222"]),
        (OTHER | {"procedure": 2.000222}, ["2.000222"]),
        (OTHER | {"procedure": "2.00022"}, []),
        (OTHER | {"procedure": ""}, []),
        (OTHER | {"observed_on": "hôm qua"}, ["2.000222"]),
        (OTHER | {"parts": "tên"}, ["2.000222"]),
        ({key: value for key, value in OTHER.items() if key != "record"}, ["2.000222"]),
        (OTHER | {"record": "niêm yết"}, ["2.000222"]),
        (WHOLE[:-1], ["2.000222"]),
        (WHOLE[: WHOLE.index("2.000222") + 8], ["2.000222"]),
        (WHOLE[: WHOLE.index("2.000222") + 5], []),
        (WHOLE + WHOLE, ["2.000222"]),
        ("2.000222", ["2.000222"]),
        ("}", []),
    ],
)  # fmt: skip
def test_a_refused_line_opens_the_look_and_what_it_names_is_unknown(line: dict[str, object] | str, may_be: list[str]) -> None:
    found = read(LOOK, SHOWN, line)
    look = look_of(found)
    assert (look.complete, look.unread, unknown(found)) == (False, tuple(found.problems), may_be)
    assert [problem.startswith("Dòng 3: ") for problem in found.problems] == [True]


@pytest.mark.parametrize(
    "line",
    [
        OTHER | {"unit": THERE, "state": "x"},
        OTHER | {"channel": "portal", "state": "x"},
        cut(OTHER | {"unit": THERE}, 60),
        {"record": "announcement", "procedure": "2.000222"},
        {"record": "reception", "unit": HERE},
        {"record": "regulation"},
    ],
)
def test_a_line_that_says_it_belongs_elsewhere_opens_no_look(line: dict[str, object] | str) -> None:
    found = read(LOOK, SHOWN, line)
    assert (look_of(found).complete, look_of(found).unread, len(found.problems)) == (True, (), 1)


@pytest.mark.parametrize("day", ["2026-11-09", "2025-11-10"])
def test_the_day_of_a_refused_line_excuses_no_look(day: str) -> None:
    """The day may be what is wrong with it."""
    assert look_of(read(LOOK, SHOWN, OTHER | {"observed_on": day, "state": "x"})).complete is False


@pytest.mark.parametrize(
    ("given", "again"), [('"state":"posted"', '"state":"missing"'), ('"procedure":"2.000222"', '"procedure":"1.000656"')]
)
def test_a_line_that_says_a_thing_twice_is_refused(given: str, again: str) -> None:
    found = read(LOOK, SHOWN, WHOLE.replace(given, f"{given},{again}"))
    assert look_of(found).complete is False
    assert found.problems == [f"Dòng 3: trường “{given.split(chr(34))[1]}” ghi hai lần / a field is given twice"]
    assert unknown(found)[0] == "2.000222"


@pytest.mark.parametrize("deep", [900, 1000, 1020, 2000, 100_000])
def test_a_line_that_nests_deep_is_one_refused_line(deep: int) -> None:
    found = read(LOOK, SHOWN, f'{{"record":{"[" * deep}{"]" * deep}}}')
    assert (len(found.records), len(found.problems), look_of(found).complete) == (2, 1, False)


def test_what_is_wrong_is_told_in_both_languages() -> None:
    wrong = (OTHER | {"state": "x"}, OTHER | {"observed_on": "hôm nay"}, LOOK | {"complete": "x"}, "{]", {"record": "posting"})
    said = read(*wrong).problems
    assert ["Input should" in one or "Field required" in one for one in said] == [False] * len(wrong), said
    assert all(" / " in one for one in said)


def test_a_line_of_a_later_day_may_show_what_was_absent_before() -> None:
    found = read(LOOK, OTHER | {"observed_on": "2026-11-12", "state": "x"})
    assert look_of(found).complete is False
    assert [(one.procedure, one.observed_on) for one in found.records if isinstance(one, Posting)] == [("2.000222", date(2026, 11, 12))]


def test_the_lines_order_and_other_looks_do_not_matter() -> None:
    found = read("{", SHOWN, LOOK, LOOK | {"unit": THERE}, LOOK | {"channel": "portal", "complete": False})
    looks = {(one.unit, one.channel): (one.complete, len(one.unread)) for one in found.records if isinstance(one, Look)}
    assert looks == {(HERE, Channel.PREMISES): (False, 1), (THERE, Channel.PREMISES): (False, 1), (HERE, Channel.PORTAL): (False, 0)}


@pytest.mark.parametrize("typed", ["1.000111.000.00.00.H35", "1,000111", "1.000.111"])
def test_a_code_in_another_spelling_is_that_code(typed: str) -> None:
    (posting,) = [one for one in read(SHOWN | {"procedure": typed}).records if isinstance(one, Posting)]
    assert posting.procedure == "1.000111"


def test_a_code_that_is_cut_is_refused_in_words() -> None:
    assert read(SHOWN | {"procedure": "1.00011"}).problems == [
        "Dòng 1: “1.00011” không phải mã thủ tục (N.NNNNNN) / no code of a procedure"
    ]
