"""The database notes which pieces changed, whoever changes them; a digest kept in a process is that of a store read whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine, delete, insert, update

from rasoat.store import piece_changes
from rasoat.store.piece_changes import changed_since, forget_old, inputs_digest, look
from rasoat.store.schema import answers, captures, pieces, places

DAY = date(2026, 6, 10)


def answered(engine: Engine, request: str, day: date = DAY) -> None:
    """An answer with one piece named like its question, or one more day of it."""
    with engine.begin() as connection:
        row = {"source": "vbpl", "request": request, "sha256": request.rjust(64, "0")}
        moment = datetime(2026, 6, 10, tzinfo=UTC)
        if day == DAY:
            held = {"sha256": row["sha256"], "size": 1, "media_type": "", "warc": "w", "offset": 0, "length": 1}
            connection.execute(insert(captures), [held])
        connection.execute(insert(answers), [{**row, "observed_on": day, "url": "", "status": 200, "fetched_at": moment}])
        if day == DAY:
            connection.execute(insert(pieces), [{"piece": request, "source": "vbpl", "kind": "detail", "reader": 1}])
            connection.execute(insert(places), [{**row, "place": "$", "piece": request}])


def anew(engine: Engine) -> str:
    """The digest as a process that knows nothing computes it."""
    piece_changes._HELD.pop(engine, None)
    with engine.connect() as connection:
        return inputs_digest(connection)


def test_every_change_is_noted_and_told_once(engine: Engine) -> None:
    answered(engine, "a")
    answered(engine, "b")
    with engine.connect() as connection:
        looked = look(connection)
    for change, told in (
        (lambda: answered(engine, "a", date(2026, 7, 1)), {"a"}),
        (lambda: answered(engine, "c"), {"c"}),
        (lambda: _run(engine, update(pieces).where(pieces.c.piece == "b").values(reader=2)), {"b"}),
        (lambda: _run(engine, update(answers).values(reader=3)), set()),
        (lambda: _run(engine, delete(pieces).where(pieces.c.piece == "c")), {"c"}),
    ):
        change()
        with engine.connect() as connection:
            news = changed_since(connection, looked)
        assert news
        assert news[0] == told
        looked = news[1]


def _run(engine: Engine, statement: object) -> None:
    with engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def test_a_kept_digest_is_that_of_the_store(engine: Engine) -> None:
    told = set()
    for request in ("a", "b", "c"):
        answered(engine, request)
        with engine.connect() as connection:
            told.add(inputs_digest(connection))
    answered(engine, "b", date(2026, 7, 1))
    _run(engine, delete(pieces).where(pieces.c.piece == "a"))
    with engine.connect() as connection:
        kept = inputs_digest(connection)
    assert kept not in told
    assert kept == anew(engine)


def test_who_looked_before_the_notes_that_are_kept_reads_everything(engine: Engine, monkeypatch) -> None:
    answered(engine, "a")
    with engine.connect() as connection:
        looked = look(connection)
    monkeypatch.setattr(piece_changes, "_KEPT", 2)
    for request in ("b", "c", "d", "e"):
        answered(engine, request)
    forget_old(engine)
    with engine.connect() as connection:
        assert changed_since(connection, looked) is None
        assert len(look(connection).numbers) < 5
