"""Counts, groups and pages are those of the findings themselves, whatever is asked; what was judged is told for what was asked."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, false, insert, select, update

from cli.demo_command import DEMO_DAY
from pipeline.publication import publish
from pipeline.publication.count_rows import publish_counts
from pipeline.reports.findings_files import export
from queries.contract import JudgedCount
from queries.finding_changes import changes_since
from queries.finding_counts import counts_on, groups_on
from queries.finding_filter import FindingFilter
from queries.finding_list import FindingList, findings_on
from queries.judged_citations import unjudged_on
from queries.published_moment import published_rows
from rasoat.records import Finding, Severity
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.store.finding_owners import OF_DECISIONS, OF_UNIT
from rasoat.store.publications import publishing
from rasoat.store.published_counts import DAYS, EVERYTHING, GroupedBy, counts_in, counts_of_rows, scopes_of
from rasoat.store.published_findings import GRAVITY, FindingOrder, FindingPage, on_day
from rasoat.store.published_schema import citation_totals, cited_by, finding_counts, findings, publications, unjudged
from rasoat.store.schema import documents, metadata, piece_changes, places, procedures, reviews
from rasoat.units import country
from rasoat.workspace import Workspace

pytestmark = pytest.mark.slow  # takes seconds of the processor

FILTERS = [
    FindingFilter(),
    FindingFilter(unit="bo-tu-phap"),
    FindingFilter(unit="lai-chau"),
    FindingFilter(unit="lai-chau/xa-than-uyen"),
    FindingFilter(rules=("CITE-01", "REVIEW")),
    FindingFilter(severity=Severity.MEDIUM),
    FindingFilter(unit="bo-tu-phap", severity=Severity.HIGH, state="open"),
    FindingFilter(state="confirmed"),
    FindingFilter(state="open"),
    FindingFilter(subject="1.000894"),
    FindingFilter(document="15/2015/TT-BTP"),
]
ASKED = [DEMO_DAY, date(2027, 3, 1), date(2019, 1, 1)]


@pytest.fixture
def own(work: Workspace, database_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """A store that a test may change, once on SQLite and once on PostgreSQL, in which somebody has decided on a few findings."""
    opened = Workspace(Settings(home=tmp_path / "own", database_url=database_url))
    with work.engine.connect() as connection, opened.engine.begin() as copy:
        for table in (one for one in metadata.sorted_tables if one is not piece_changes):  # which a database notes by itself
            copy.execute(delete(table))
            if rows := [dict(row) for row in connection.execute(select(table)).mappings()]:
                copy.execute(insert(table), rows)
    some = [one.fingerprint for one in findings_on(opened, DEMO_DAY).kept][::7]
    with opened.engine.begin() as connection:
        told = {"state": "confirmed", "decided_on": DEMO_DAY, "decided_by": "thử", "note": ""}
        connection.execute(insert(reviews), [{"fingerprint": one, **told} for one in some])
    yield opened
    opened.engine.dispose()


def _visible(found: FindingList) -> list[Finding]:
    return [one for one in found.kept if not one.suppressed]


@pytest.mark.parametrize("day", ASKED)
def test_counts_are_those_of_the_findings(own: Workspace, day: date) -> None:
    everything = findings_on(own, day)
    for wanted in FILTERS:
        found = findings_on(own, day, None, wanted)
        counts = counts_on(own, day, wanted).counts
        assert counts == found.counts
        assert (counts.all, counts.visible, counts.suppressed) == (
            len(found.kept),
            len(_visible(found)),
            len(found.kept) - len(_visible(found)),
        )
        assert counts.by_rule() == Counter(one.rule for one in _visible(found))
        assert Counter(cut.state for cut in counts.cuts.elements()) == Counter(one.state for one in found.kept)
        assert counts.gravest == min((one.severity for one in _visible(found)), key=lambda one: GRAVITY[one], default=None)
        assert found.looked_at == (None if found.kept else len(everything.kept))


def test_pages_are_parts_of_the_list(own: Workspace) -> None:
    whole = findings_on(own, DEMO_DAY, None, FILTERS[1], FindingPage(suppressed=False)).kept
    pages = [
        findings_on(own, DEMO_DAY, None, FILTERS[1], FindingPage(limit=5, offset=at, suppressed=False)) for at in range(0, len(whole), 5)
    ]
    assert [one for page in pages for one in page.kept] == whole
    assert {page.counts.visible for page in pages} == {len(whole)}
    grave = findings_on(own, DEMO_DAY, None, None, FindingPage(FindingOrder.GRAVITY)).kept
    assert [GRAVITY[one.severity] for one in grave] == sorted(GRAVITY[one.severity] for one in grave)


@pytest.mark.parametrize("order", list(FindingOrder))
def test_a_day_judged_in_memory_has_the_same_pages(work: Workspace, order: FindingOrder) -> None:
    page, wanted = FindingPage(order, limit=9, offset=4, suppressed=False), FindingFilter(rules=("CITE-01", "CITE-08"))
    known, published = (findings_on(work, DEMO_DAY, known_at, wanted, page) for known_at in (DEMO_DAY, None))
    assert [one.fingerprint for one in known.kept] == [one.fingerprint for one in published.kept]
    assert known.counts == published.counts


@pytest.mark.parametrize("by", list(GroupedBy))
def test_groups_are_those_of_the_findings(own: Workspace, by: GroupedBy) -> None:
    for wanted in FILTERS:
        found = findings_on(own, DEMO_DAY, None, wanted)
        told = {one.key: (one.n, one.gravity) for one in groups_on(own, DEMO_DAY, by, wanted).groups}
        expected: dict[tuple[str | None, ...], list[Finding]] = {}
        for listed in found.listed:
            one = listed.finding
            document, code = (one.object, one.subject) if one.subject[:1].isdigit() and one.subject[1:2] == "." else (None, None)
            if one.subject in country():
                document, code = None, one.object
            key = {
                GroupedBy.LINE: (one.rule, one.subject, one.object),
                GroupedBy.RULE: (one.rule,),
                GroupedBy.DOCUMENT: (document,),
                GroupedBy.PROCEDURE: (code,),
                GroupedBy.BODY: (listed.responsible_unit,),
            }[by]
            if not one.suppressed and (by is GroupedBy.LINE or key[0] is not None):
                expected.setdefault(key, []).append(one)
        assert told == {key: (len(several), min(GRAVITY[one.severity] for one in several)) for key, several in expected.items()}
    first, second = (groups_on(own, DEMO_DAY, by, limit=3, offset=at).groups for at in (0, 3))
    assert [*first, *second] == groups_on(own, DEMO_DAY, by).groups[:6]


@pytest.mark.parametrize("owner", [f"{OF_UNIT}lai-chau", f"{OF_DECISIONS}1.000894"])
def test_what_the_audit_finds_counts_for_its_procedure(own: Workspace, owner: str) -> None:
    def of_procedure(wanted: FindingFilter | None = None) -> int:
        return sum(one.n for one in groups_on(own, DEMO_DAY, GroupedBy.PROCEDURE, wanted).groups if one.key == ("1.000894",))

    before, told = of_procedure(), FindingFilter(rules=("POST-01",))
    with publishing(own.engine, lambda: datetime.now(UTC)) as writer, own.engine.connect() as connection:
        row = next(row for row in writer.rows_of(findings, findings.c.rule == "CITE-01") if not row["suppressed"])
        kept = {name: value for name, value in row.items() if name not in ("born", "died", "gone_why")}
        found = {"owner": owner, "fingerprint": "f" * 24, "rule": "POST-01", "subject": "lai-chau", "object": "1.000894"}
        writer.replace(findings, findings.c.owner == owner, [{**kept, **found, "holds_from": date.min, "holds_to": date.max}])
        publish_counts(writer, connection)
    assert (of_procedure(), of_procedure(told)) == (before + 1, 1)


def test_what_was_judged_is_told_for_what_was_asked(work: Workspace) -> None:
    asked = [FindingFilter(), FindingFilter(unit="bo-tu-phap"), FindingFilter(unit="lai-chau"), FindingFilter(subject="1.000894")]
    asked += [FindingFilter(document=one) for one in ("15/2015/TT-BTP", "60/2014/QH13", unjudged_on(work, DEMO_DAY).lines[0].document)]
    asked += [FindingFilter(unit="bo-tu-phap", document="60/2014/QH13"), FindingFilter(unit="lai-chau", document="60/2014/QH13")]
    told = [findings_on(work, DEMO_DAY, None, one).judged for one in asked]
    assert told == [findings_on(work, DEMO_DAY, DEMO_DAY, one).judged for one in asked]  # the day judged in memory says the same
    whole, justice, province, one, *_ = told
    assert whole.all > justice.all > one.all > 0 < province.all < whole.all
    assert told[-3].done == 0 < told[-3].all
    assert changes_since(work, DEMO_DAY, date(2026, 1, 1), asked[1]).judged == justice
    assert counts_on(work, DEMO_DAY, asked[1]).judged == justice


def test_procedures_that_cite_a_document_are_told_by_day(work: Workspace) -> None:
    with published_rows(work) as rows:
        stands = rows.publication
        for row in rows.connection.execute(select(unjudged).where(stands.sees(unjudged))).all():
            here = (cited_by.c.key == row.key, cited_by.c.holds_from <= row.holds_from, cited_by.c.holds_to > row.holds_from)
            citing = select(cited_by.c.procedure).distinct().where(*here, stands.sees(cited_by))
            assert len(rows.connection.scalars(citing).all()) == row.procedures


def _agrees(work: Workspace, days: Sequence[date]) -> None:
    """The counts of every scope are those of the rows, on some days."""
    with published_rows(work) as rows:
        connection, stands = rows.connection, rows.publication
        for day in days:
            told: dict[str, int] = Counter()
            for row in connection.execute(select(findings).where(on_day(stands, day))):
                told.update(scopes_of(row))
            days_alone = (finding_counts.c.span == DAYS, finding_counts.c.day <= day)
            query = select(finding_counts.c.scope, finding_counts.c.n).where(stands.sees(finding_counts), *days_alone)
            counted: Counter[str] = Counter()
            for scope, n in connection.execute(query):
                counted[scope] += n
            assert +counted == told
            for scope in told:
                assert counts_in(connection, stands, day, scope, (false(),)).total() == told[scope]
            assert counts_in(connection, stands, day, EVERYTHING, ()) == counts_of_rows(connection, stands, day, ())


def test_counts_follow_every_publication(own: Workspace) -> None:
    days = [*ASKED, *(DEMO_DAY + timedelta(days=at) for at in range(0, 200, 40))]
    _agrees(own, days)
    gone = ("1.000894", "1.001193")
    for _ in range(2):  # some procedures are seen no more; then others
        with own.engine.begin() as connection:
            pieces = select(procedures.c.piece).where(procedures.c.code.in_(gone))
            connection.execute(delete(places).where(places.c.piece.in_(pieces)))
        publish(own, RunReport("test"))
        _agrees(own, days)
        with own.engine.connect() as connection:
            gone = tuple(connection.scalars(select(procedures.c.code).distinct().order_by(procedures.c.code.desc()).limit(5)))
    with own.engine.connect() as connection:
        assert not connection.execute(select(finding_counts).where(finding_counts.c.n == 0)).all()
        none = (citation_totals.c.cited == 0) & (citation_totals.c.judged == 0)
        assert not connection.execute(select(citation_totals).where(none)).all()


def test_what_went_is_told_of_the_unit_that_it_concerned(own: Workspace) -> None:
    asked, code = FindingFilter(unit="bo-tu-phap"), "1.000894"
    told = {one.fingerprint for one in _visible(findings_on(own, DEMO_DAY, None, asked)) if one.subject == code}
    with own.engine.begin() as connection:
        connection.execute(update(publications).values(at=datetime(2026, 6, 1, tzinfo=UTC)))
        pieces = select(procedures.c.piece).where(procedures.c.code == code)
        connection.execute(delete(places).where(places.c.piece.in_(pieces)))
    publish(own, RunReport("test"))
    found = changes_since(own, DEMO_DAY, date(2026, 11, 1), asked)
    assert told
    assert told <= {one.fingerprint for one in found.went}


def test_what_is_printed_is_what_was_published(own: Workspace) -> None:
    before = [line.as_json() for line in findings_on(own, DEMO_DAY).lines()]
    silent = unjudged_on(own, DEMO_DAY)
    with own.engine.begin() as connection:  # as a change would that the gate refuses
        connection.execute(update(documents).values(title="chưa công bố", type="luat"))
        connection.execute(update(procedures).values(name="chưa công bố"))
    assert [line.as_json() for line in findings_on(own, DEMO_DAY).lines()] == before
    assert unjudged_on(own, DEMO_DAY) == silent


def test_every_form_tells_what_was_judged(work: Workspace, tmp_path: Path) -> None:
    found = findings_on(work, DEMO_DAY, None, FILTERS[1])
    for name in ("a.csv", "a.xlsx"):
        export(found.kept, tmp_path / name, found.as_json, JudgedCount(done=7, all=9))
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {line["Viện dẫn đã kết luận"] for line in csv.DictReader(file)} == {"7/9"}
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in list(sheet.columns)[-1]] == ["Viện dẫn đã kết luận", *["7/9"] * len(found.kept)]
