"""From the store to the matrix: states, findings, one unit audited again, history, totals."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from queries.posting_matrix import cell_line
from rasoat.records import Origin, Part
from rasoat.records.postings import Channel, FormSeen, Look, Medium, Posting, PostingState, Reception, Regulation
from rasoat.store.schema import metadata
from rasoat.store.stored_postings import (
    load_announcements,
    load_looks,
    load_postings,
    load_receptions,
    load_regulations,
    write_announcements,
    write_looks,
    write_postings,
    write_receptions,
    write_regulations,
)
from tests.validators.coverage.audited import audited
from validators.coverage.counted import share
from validators.coverage.totals import changes, totals
from validators.posting_audit import findings_in, gather, matrix_of, refresh_unit

HERE, COMMUNE, TODAY = Origin("a" * 64, "dòng 1"), "lai-chau/xa-than-uyen", date(2026, 11, 22)


def nothing(what: str, done: int, total: int) -> None:
    """No progress to show."""


def test_the_migrations_make_the_tables_of_the_schema(store: Engine) -> None:
    with store.connect() as connection:
        assert not compare_metadata(MigrationContext.configure(connection), metadata)


def test_states_of_the_commune_and_the_province(store: Engine) -> None:
    matrix = audited(store, TODAY)
    seen = {(row.unit, row.procedure, row.channel): row for row in matrix.rows(["lai-chau", COMMUNE])}
    assert {key: row.state.value for key, row in seen.items()} == {
        ("lai-chau", "1.000001", Channel.NATIONAL_DATABASE): "missing",
        ("lai-chau", "1.000001", Channel.PORTAL): "unknown",
        ("lai-chau", "1.000002", Channel.NATIONAL_DATABASE): "missing",
        ("lai-chau", "1.000002", Channel.PORTAL): "unknown",
        (COMMUNE, "1.000001", Channel.PREMISES): "missing",
        (COMMUNE, "1.000002", Channel.PREMISES): "posted",
        (COMMUNE, "1.000003", Channel.PREMISES): "abolished_still_posted",
    }


def test_a_line_has_the_shape_that_others_read(store: Engine) -> None:
    row = next(row for row in audited(store, TODAY).rows([COMMUNE]) if row.state is PostingState.ABOLISHED_STILL_POSTED)
    line = cell_line(row).as_json()
    assert list(line) == ["unit", "procedure", "channel", "state", "observed_at", "source", "finding"]
    assert (line["channel"], line["observed_at"], line["source"]) == ("premises", "2026-11-10", "dòng 1")
    found = {one.fingerprint: one for one in findings_in(store, gather(store, TODAY), None, nothing)}
    assert found[str(line["finding"])].rule == "POST-04"
    assert found[str(line["finding"])].quote == "Bảng số 2"


def test_what_was_recorded_later_is_not_known_earlier(store: Engine) -> None:
    assert not list(audited(store, TODAY, known_at=date(2026, 11, 1)).rows([COMMUNE]))


def test_some_units_audited_alone_stand_as_in_the_whole_country(store: Engine) -> None:
    known, whole = gather(store, TODAY), audited(store, TODAY)
    part = matrix_of(store, known, None, nothing, ["lai-chau"])
    below = [unit for unit in whole.blocks if unit == "lai-chau" or unit.startswith("lai-chau/")]
    assert COMMUNE in below
    assert sorted(part.blocks) == sorted(below)
    assert list(part.rows()) == list(whole.rows(sorted(below)))
    assert list(matrix_of(store, known, None, nothing, [COMMUNE]).rows()) == list(whole.rows([COMMUNE]))


def test_one_unit_audited_again_is_as_if_all_were(store: Engine) -> None:
    known = gather(store, TODAY)
    matrix = matrix_of(store, known, None, nothing)
    with store.begin() as connection:
        write_postings(connection, [Posting("1.000001", COMMUNE, Channel.PREMISES, TODAY - timedelta(days=1), PostingState.POSTED, HERE)])
    found = refresh_unit(store, matrix, known, COMMUNE)
    again = audited(store, TODAY)
    assert list(matrix.rows()) == list(again.rows())
    assert [one.fingerprint for one in found] == [one.fingerprint for one in again.findings[COMMUNE]]


def test_totals_add_up_every_way(store: Engine) -> None:
    matrix = audited(store, TODAY)
    counted = totals(matrix)
    assert counted.all.total() == len(matrix)
    for block in (counted.by_channel, counted.by_level, counted.by_field, counted.by_province, counted.by_unit):
        assert sum((counts for counts in block.values()), Counter()) == counted.all
    assert set(counted.by_field) == {"Đất đai", "Hộ tịch"}


def test_unknown_has_no_share() -> None:
    assert share(Counter({PostingState.UNKNOWN: 9})) is None
    assert share(Counter({PostingState.UNKNOWN: 9, PostingState.POSTED: 1, PostingState.MISSING: 3})) == 0.25


def test_history_between_two_days(store: Engine) -> None:
    changed = {
        (change.after or change.before).procedure: (change.before and change.before.state, change.after and change.after.state)  # type: ignore[union-attr]
        for change in changes(audited(store, date(2026, 10, 1)), audited(store, TODAY))
        if (change.after or change.before).unit == COMMUNE  # type: ignore[union-attr]
    }
    assert changed == {
        "1.000001": (None, PostingState.MISSING),
        "1.000002": (None, PostingState.POSTED),
        "1.000003": (PostingState.UNKNOWN, PostingState.ABOLISHED_STILL_POSTED),
    }


def test_records_come_back_as_they_were(store: Engine) -> None:
    posting = Posting(
        "1.000009", COMMUNE, Channel.PREMISES, TODAY, PostingState.INCOMPLETE, HERE, Medium.KIOSK, "1/QĐ-UBND", TODAY, frozenset({Part.NAME}),
        ((Part.FEES, "10 đồng"),), (FormSeen("Mẫu", "a", False),), True, ("ảnh1.jpg",), "ghi chú",
    )  # fmt: skip
    look = Look(COMMUNE, Channel.PORTAL, TODAY, HERE, True, False, False, True, "lời", ("b.jpg",))
    reception = Reception(COMMUNE, TODAY, frozenset({"1.000001"}), None, False, HERE, True)
    regulation = Regulation("1/2026/NĐ-CP", "bo-tu-phap", TODAY, frozenset({"1.000001"}), HERE)
    with store.begin() as connection:
        for _ in range(2):  # written twice is written once
            write_postings(connection, [posting])
            write_looks(connection, [look])
            write_receptions(connection, [reception])
            write_regulations(connection, [regulation])
            before = list(load_announcements(connection))
            write_announcements(connection, before, TODAY)
        assert list(load_announcements(connection)) == before
        assert [one for one in load_postings(connection, unit=COMMUNE) if one.procedure == "1.000009"] == [posting]
        assert look in load_looks(connection)
        assert load_receptions(connection) == [reception]
        assert load_regulations(connection) == [regulation]
        write_announcements(connection, [replace(before[0], name="Tên mới")], TODAY)
        assert len(list(load_announcements(connection))) == len(before)
