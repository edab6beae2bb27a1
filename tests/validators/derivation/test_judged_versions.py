from dataclasses import replace
from datetime import date

from rasoat.records import Origin, Procedure, SourceRank
from rasoat.store.extracted import Version
from validators.derivation.judged_versions import judged_versions


def version(name: str, rank: SourceRank, *days: date) -> Version:
    procedure = Procedure("1.000001", name, "s", rank, days[0], Origin("c"))
    return Version(name, 0, procedure, days)


JUNE, JULY, AUGUST = date(2026, 6, 10), date(2026, 7, 18), date(2026, 8, 31)


def chosen(as_of: date, *several: Version, known_at: date | None = None) -> tuple[str, date]:
    one = judged_versions(several, as_of, known_at)["1.000001"]
    return one.procedure.name, one.procedure.observed_on


def test_the_last_version_observed_by_the_day_is_judged() -> None:
    old, new = version("old", SourceRank.PAGE_CAPTURE, JUNE), version("new", SourceRank.NATIONAL_API, JULY, AUGUST)
    assert chosen(date(2026, 7, 1), old, new) == ("old", JUNE)
    assert chosen(date(2026, 7, 18), old, new) == ("new", JULY)
    assert chosen(date(2026, 12, 1), new, old) == ("new", AUGUST)


def test_before_the_first_observation_the_earliest_is_judged() -> None:
    old, new = version("old", SourceRank.PAGE_CAPTURE, JUNE), version("new", SourceRank.NATIONAL_API, JULY)
    assert chosen(date(2020, 1, 1), new, old) == ("old", JUNE)


def test_of_one_day_the_national_api_comes_first_then_pages_then_tables() -> None:
    api, page, table = (
        version(rank.name, rank, JUNE) for rank in (SourceRank.NATIONAL_API, SourceRank.PAGE_CAPTURE, SourceRank.OFFICE_TABLE)
    )
    assert chosen(JULY, table, page, api)[0] == "NATIONAL_API"
    assert chosen(JULY, table, page)[0] == "PAGE_CAPTURE"


def test_a_newer_list_row_never_hides_what_was_captured() -> None:
    page, row = version("page", SourceRank.PAGE_CAPTURE, JUNE), version("row", SourceRank.LIST_ROW, JULY)
    assert chosen(AUGUST, row, page)[0] == "page"
    assert chosen(AUGUST, row)[0] == "row"


def test_what_was_observed_later_is_not_known_earlier() -> None:
    old, new = version("old", SourceRank.PAGE_CAPTURE, JUNE), version("new", SourceRank.NATIONAL_API, JULY)
    assert chosen(AUGUST, old, new, known_at=date(2026, 7, 1)) == ("old", JUNE)


def test_each_code_is_judged_once() -> None:
    one = version("a", SourceRank.PAGE_CAPTURE, JUNE)
    other = replace(one, piece="b", procedure=replace(one.procedure, name="b"))
    assert len(judged_versions([one, other], JULY)) == 1
