"""Coverage as it is published: on every day the audit of that day, after any changes what a publication from nothing would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, delete, insert, select

from pipeline.publication.coverage_part import publish_coverage
from queries.audited_matrix import posting_matrix
from queries.posting_matrix import CellFilter, added_up, cells_on
from rasoat.progress import unseen
from rasoat.records import Origin, Procedure, PublicationDecision, SourceRank
from rasoat.records.postings import Act, Announcement, Channel, Level, Look, Posting, PostingState, Reception
from rasoat.settings import Settings
from rasoat.store.extracted import PieceRows, write_pieces
from rasoat.store.publications import publishing, reading
from rasoat.store.published_schema import published_tables
from rasoat.store.schema import answers, captures, places
from rasoat.store.stored_postings import forget_capture, write_announcements, write_looks, write_postings, write_receptions
from rasoat.workspace import Workspace
from validators.coverage_inputs import CoverageInputs

pytestmark = pytest.mark.slow  # takes seconds of the processor

DAY = date(2026, 11, 10)
PROVINCE, COMMUNES = "lai-chau", ("lai-chau/xa-than-uyen", "lai-chau/xa-khoen-on", "lao-cai/xa-a-mu-sung")
CODES = tuple(f"1.00000{n}" for n in range(1, 8))
Change = Callable[[Engine, Random, int], None]


def _published(work: Workspace) -> dict[str, int]:
    """Rows that one publication wrote, by table."""
    with publishing(work.engine, lambda: datetime.now(UTC)) as new:
        publish_coverage(work.engine, new, unseen)
    return {name: told.came + told.went for name, told in new.written.items() if told}


def _origin(at: int) -> Origin:
    return Origin(f"{at:064x}", f"dòng {at}")


def _posted(engine: Engine, dice: Random, at: int) -> None:
    channel = dice.choice((Channel.PREMISES, Channel.PREMISES, Channel.PORTAL))
    unit = dice.choice(COMMUNES) if channel is Channel.PREMISES else PROVINCE
    states = (PostingState.POSTED, PostingState.MISSING, PostingState.OUTDATED, PostingState.UNKNOWN)
    name = f"Cấp giấy {dice.choice('AB')}" if dice.random() < 0.3 else ""
    one = Posting(dice.choice(CODES), unit, channel, _some_day(dice), dice.choice(states), _origin(at), shown_name=name)
    with engine.begin() as connection:
        write_postings(connection, [one])


def _looked(engine: Engine, dice: Random, at: int) -> None:
    unit, channel = dice.choice([(COMMUNES[0], Channel.PREMISES), (COMMUNES[2], Channel.PREMISES), (PROVINCE, Channel.PORTAL)])
    with engine.begin() as connection:
        write_looks(connection, [Look(unit, channel, _some_day(dice), _origin(at), complete=dice.random() < 0.7)])


def _announced(engine: Engine, dice: Random, at: int) -> None:
    issuer = dice.choice((PROVINCE, "lao-cai", "bo-tu-phap"))
    act = dice.choice((Act.NEW, Act.NEW, Act.AMENDED, Act.ABOLISHED))
    holds = DAY + timedelta(days=dice.choice((-20, 5, 40, 80))) if dice.random() < 0.5 else None
    one = Announcement(
        dice.choice(CODES), act, f"{at}/QĐ", issuer, _some_day(dice), _origin(at), f"Cấp giấy {dice.choice('ABC')}", "Hộ tịch",
        frozenset({dice.choice((Level.COMMUNE, Level.COMMUNE, Level.PROVINCE))}), effective_on=holds,
    )  # fmt: skip
    with engine.begin() as connection:
        write_announcements(connection, [one], DAY)


def _received(engine: Engine, dice: Random, at: int) -> None:
    listed = frozenset(dice.sample(CODES, 2))
    with engine.begin() as connection:
        write_receptions(connection, [Reception(dice.choice(COMMUNES), _some_day(dice), frozenset(), listed, True, _origin(at))])


def _catalogued(engine: Engine, dice: Random, at: int) -> None:
    day, body = _some_day(dice), f"{at:064x}"
    made = Procedure(
        dice.choice(CODES), f"Cấp giấy {dice.choice('ABC')}", "national", SourceRank.NATIONAL_API, day, Origin(body),
        decision=PublicationDecision(f"{at}/QĐ-BTP", day - timedelta(days=9), "Bộ Tư pháp"), fields=("Hộ tịch",),
        levels=(dice.choice(("Cấp xã", "Cấp tỉnh")),), executing=("Sở Tư pháp",),
    )  # fmt: skip
    answer = {"source": "national", "request": f"detail/{at}", "sha256": body}
    with engine.begin() as connection:
        connection.execute(insert(captures).values(sha256=body, size=1, media_type="application/json", warc="w", offset=0, length=1))
        connection.execute(
            insert(answers).values(**answer, observed_on=day, url="x:", status=200, fetched_at=datetime(2026, 11, 22, tzinfo=UTC), reader=1)
        )
        write_pieces(connection, [PieceRows(body, "national", "detail", [made])], 1)
        connection.execute(insert(places).values(**answer, place="$", piece=body))


def _forgotten(engine: Engine, dice: Random, at: int) -> None:
    with engine.begin() as connection:
        forget_capture(connection, f"{dice.randrange(at):064x}")


def _some_day(dice: Random) -> date:
    return DAY - timedelta(days=dice.randrange(90))


CHANGES: tuple[Change, ...] = (_posted, _posted, _posted, _looked, _announced, _announced, _received, _catalogued, _forgotten)


@pytest.fixture(name="work")
def _work(tmp_path: Path) -> Iterator[Workspace]:
    work = Workspace(Settings(home=tmp_path))
    for at, change in enumerate((_catalogued, _announced, _announced, _posted, _posted, _looked)):
        change(work.engine, Random(at), at + 1)
    yield work
    work.engine.dispose()


def _rows(work: Workspace, as_of: date) -> tuple[list[object], list[object]]:
    """The cells of a day as they are published, and as they are audited."""
    audit, wanted = posting_matrix(work, as_of, None), CellFilter()
    with cells_on(work, as_of, None) as found:
        assert type(found) is not type(audit), as_of
        told = [(row, found.name_of(row.procedure)) for row in found.rows(wanted)]
        assert [found.counts(unit) for unit in found.units] == [audit.counts(unit) for unit in audit.units if audit.counts(unit)]
        assert found.totals() == added_up(found)
    for head in (PROVINCE, *COMMUNES):
        with cells_on(work, as_of, None, [head]) as found:
            assert found.totals() == added_up(found)
    return told, [(row, audit.name_of(row.procedure)) for row in audit.rows(wanted)]


def _standing(work: Workspace) -> dict[str, set[str]]:
    with reading(work.engine) as (connection, stands):
        return {
            table.name: {
                repr({name: value for name, value in row._mapping.items() if name not in ("born", "died")})
                for row in connection.execute(select(table).where(stands.sees(table)))
            }
            for table in published_tables()
        }


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_it_is_what_the_audit_says_and_what_is_published_from_nothing(work: Workspace, seed: int) -> None:
    dice = Random(seed)
    _published(work)
    for at in range(100, 110):
        dice.choice(CHANGES)(work.engine, dice, at)
        if dice.random() < 0.6:
            _published(work)
    _published(work)
    with work.engine.connect() as connection:
        inputs = CoverageInputs(connection)
        until = inputs.recorded_until()
        assert until is not None
        coming = inputs.days_to_come(until)
    for day in (until, *coming, *(one - timedelta(days=1) for one in coming), until + timedelta(days=500)):
        told, audited = _rows(work, day)
        assert told == audited, day
    grown = _standing(work)
    with work.engine.begin() as connection:
        for table in published_tables():
            connection.execute(delete(table))
    _published(work)
    made = _standing(work)
    assert {name: made[name] ^ rows for name, rows in grown.items() if made[name] != rows} == {}


def test_nothing_is_written_where_nothing_changed(work: Workspace) -> None:
    assert _published(work)
    assert _published(work) == {}


def test_a_posting_changes_its_unit_alone(work: Workspace) -> None:
    _published(work)
    with work.engine.begin() as connection:
        write_postings(connection, [Posting(CODES[6], COMMUNES[1], Channel.PREMISES, DAY, PostingState.POSTED, _origin(900))])
    written = _published(work)
    assert written.keys() == {"coverage_blocks", "coverage_units", "coverage_totals", "published_inputs"}
    assert (written["coverage_blocks"], written["published_inputs"]) == (2, 4)  # one row for another: the unit, and the mark of all


def test_a_day_before_the_last_change_is_audited_in_memory(work: Workspace) -> None:
    _published(work)
    long_ago = date(2026, 1, 1)
    with cells_on(work, long_ago, None) as found:
        assert list(found.rows(CellFilter())) == list(posting_matrix(work, long_ago, None).rows(CellFilter()))
