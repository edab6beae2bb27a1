"""What pages of counts and lists ask: each number is that of the rows it stands for, each ending that of the document's own status."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from queries.answers_known import answers_known
from queries.coverage_counts import coverage_below, coverage_overview
from queries.document_status import document_status
from queries.ended_bases import all_ended_bases, ended_bases
from queries.ending_soon import endings_ahead
from queries.figures import figures, month_days
from queries.finding_filter import FindingFilter
from queries.finding_list import findings_on
from queries.source_states import run_report, sources_state
from queries.unit_postings import UnitFilter, unit_postings
from rasoat.records.postings import Channel, PostingState
from rasoat.run_report import DamagedAnswer, Guarded, Read, Received, RunReport
from rasoat.settings import Settings
from rasoat.store.run_log import begin_run, end_run
from rasoat.units import country, origin_of
from rasoat.workspace import Workspace

pytestmark = pytest.mark.slow
DAY = date(2026, 11, 22)


def statuses(work: Workspace, asked: list[tuple[str, date]]) -> list[str]:
    with answers_known(work) as (_, answers):
        return [document_status(answers, {"number": number}, day).line.status for number, day in asked]


def test_the_country_is_its_provinces_and_ministries(work: Workspace) -> None:
    found = coverage_overview(work, DAY)
    assert found is not None
    parts = [*found.provinces, *found.ministries]
    assert (len(found.provinces), len(found.ministries)) == (34, 17)
    assert sum(one.whole.all for one in parts) == found.country.whole.all
    assert sum(one.units for one in parts) == found.country.units
    assert sum(channel.unknown for channel in found.country.channels) == found.country.whole.unknown


@pytest.mark.parametrize("head", ["lai-chau", "bo-tu-phap"])
def test_a_head_is_the_units_below_it_and_each_of_those_its_cells(work: Workspace, head: str) -> None:
    whole, below = coverage_overview(work, DAY), coverage_below(work, DAY, head)
    assert whole is not None
    assert below is not None
    assert below.head.whole == next(one.whole for one in (*whole.provinces, *whole.ministries) if one.unit == head)
    for one in below.below[:3]:
        page = unit_postings(work, DAY, one.unit, limit=None)
        assert page is not None
        assert page.count == one
        assert sum(len(each.postings) for each in page.procedures) == one.whole.all
        assert sum(field.procedures for field in page.fields) == page.total == len(page.procedures)


def test_a_page_and_a_filter_of_a_unit(work: Workspace) -> None:
    unit = "lai-chau/phuong-doan-ket"
    whole, first, rest = (unit_postings(work, DAY, unit, limit=limit, offset=offset) for limit, offset in ((None, 0), (5, 0), (None, 5)))
    assert whole is not None
    assert first is not None
    assert rest is not None
    assert [*first.procedures, *rest.procedures] == whole.procedures
    field = whole.fields[0].field
    kept = unit_postings(work, DAY, unit, UnitFilter(field=field), limit=None)
    assert kept is not None
    assert {one.field for one in kept.procedures} == {field}
    none = unit_postings(work, DAY, unit, UnitFilter(channel=Channel.PORTAL, state=PostingState.MISSING))
    assert none is not None
    assert none.total == 0


def test_a_day_that_is_not_published_has_no_coverage(work: Workspace) -> None:
    early = date(2001, 1, 1)
    assert coverage_overview(work, early) is None
    assert coverage_below(work, early, "lai-chau") is None
    assert unit_postings(work, early, "lai-chau") is None


def test_what_is_said_to_end_stands_until_its_eve_and_not_on_the_day(work: Workspace) -> None:
    found = endings_ahead(work, DAY)
    assert found.endings
    assert [one.on for one in found.endings] == sorted(one.on for one in found.endings)
    for one in found.endings:
        assert DAY < one.on <= found.until
        assert one.clause is not None
        assert 0 < len(one.named) <= one.procedures
    whole = [one for one in found.endings if one.whole]
    assert set(statuses(work, [(one.document, one.on) for one in whole])) == {"expired"}
    assert "expired" not in statuses(work, [(one.document, one.on - timedelta(days=1)) for one in whole])


def test_what_has_ended_is_expired_on_the_day_and_has_its_clause(work: Workspace) -> None:
    found = list(all_ended_bases(work, DAY))
    page = ended_bases(work, DAY, limit=3, offset=2)
    assert page.total == len(found)
    assert page.lines == found[2:5]
    assert set(statuses(work, [(one.document, DAY) for one in found])) == {"expired"}
    assert all(one.clause and one.ended_on and one.ended_on <= DAY for one in found)
    told = findings_on(work, DAY, None, FindingFilter(("CITE-01",))).kept
    assert len(found) == sum(not one.suppressed for one in told)
    body = ended_bases(work, DAY, unit="bo-tu-phap")
    assert 0 < body.total < page.total


def test_a_trend_is_the_lists_of_its_days(work: Workspace) -> None:
    found = figures(work, DAY)
    assert [one.on for one in found.trend] == month_days(DAY)
    for point in found.trend[::4]:
        assert ended_bases(work, point.on, limit=1).total == point.n
    assert sum(one.n for one in found.fields) == found.ended == found.trend[-1].n
    one = figures(work, DAY, "bo-tu-phap")
    assert one.ended == next(each.ended for each in found.ministries if each.unit == "bo-tu-phap")
    assert one.fields == []


def test_an_empty_store_of_either_database_answers_everything(database_url: str, tmp_path: Path) -> None:
    work = Workspace(Settings(home=tmp_path, database_url=database_url))
    try:
        assert coverage_overview(work, DAY) is None
        assert coverage_below(work, DAY, "lai-chau") is None
        assert unit_postings(work, DAY, "lai-chau/phuong-doan-ket") is None
        assert endings_ahead(work, DAY).endings == []
        assert ended_bases(work, DAY, unit="bo-tu-phap", field="Thuế").total == 0
        assert list(all_ended_bases(work, DAY, field="")) == []
        found = figures(work, DAY)
        assert (found.ended, found.fields, {one.n for one in found.trend}) == (0, [], {0})
        assert sources_state(work).sources == []
    finally:
        work.engine.dispose()


def test_nobody_is_told_what_a_file_was_called_or_where_one_lies(tmp_path: Path) -> None:
    work = Workspace(Settings(home=tmp_path))
    report = RunReport("import")
    report.received["import"] = Received(asked=2, failed=Counter({"không nhận: nguyen-van-a.xlsx": 1}), doubts=["nguyen-van-a.xlsx?"])
    report.read = Read(first_files={"hỏng": ["nguyen-van-a.xlsx"]}, damaged=[DamagedAnswer("import", "nguyen-van-a", "x.warc", 0, "?")])
    report.guarded = Guarded(as_of="2026-11-22", page="/srv/kho/quality/2026-11-22.html")
    report.written = ["/srv/kho/a.xlsx"]
    at = datetime(2026, 11, 22, 8, tzinfo=UTC)
    number = begin_run(work.engine, "import", at)
    end_run(work.engine, number, at, report.as_json())
    told = run_report(work, number)
    work.engine.dispose()
    assert told is not None
    assert told["received"]["import"]["failed"] == {"không nhận": 1}
    assert "nguyen-van-a" not in str(told)
    assert "/srv/kho" not in str(told)
    assert (told["number"], told["command"], told["ended_at"]) == (number, "import", "2026-11-22T08:00:00+00:00")


def test_the_months_before_the_end_of_a_month() -> None:
    assert month_days(date(2026, 3, 31), 2) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    assert month_days(date(2026, 1, 1), 1) == [date(2025, 12, 1), date(2026, 1, 1)]


def test_the_sources_are_those_that_were_asked(work: Workspace) -> None:
    found = sources_state(work)
    assert {one.source for one in found.sources} == {"dichvucong", "phapdien", "vbpl"}
    assert found.number > 0
    portal = next(one for one in found.sources if one.source == "dichvucong")
    assert [(one.promised, one.named) for one in portal.lists] == [(40, 40)]
    assert portal.age(DAY) == 0
    assert run_report(work, 10**6) is None


def test_where_a_unit_came_from_is_told_as_far_as_it_is_known() -> None:
    units = country()
    assert origin_of(units["lao-cai"]) is not None
    assert origin_of(units["lai-chau"]) is None
    ministry, commune = origin_of(units["bo-tai-chinh"]), origin_of(units["lai-chau/phuong-doan-ket"])
    assert ministry is not None
    assert "Bộ Kế hoạch và Đầu tư" in ministry.former
    assert commune is not None
    assert (commune.former, commune.whole) == ((), False)
