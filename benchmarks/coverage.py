"""How fast and how large the posting audit is on a generated country; prints one JSON line.

    python benchmarks/coverage.py --procedures 10000 --postings 1500000

A country of today's 34 provinces and 3,321 communes: `procedures` in the catalogue, every province with a list of them, and
`postings` seen at premises in a store (SQLite in a temporary folder). `matrix_s` holds everything from the store to the matrix and
its findings, `recheck_s` the audit of one commune after a posting of it changed (median of 20), `peak_gib` the whole process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, insert

from rasoat.progress import unseen
from rasoat.records import Origin, Procedure, PublicationDecision, SourceRank
from rasoat.records.postings import Act, Announcement, Channel, Level, Posting, PostingState
from rasoat.store.database import open_database
from rasoat.store.extracted import PieceRows, write_piece
from rasoat.store.schema import answers, captures, places
from rasoat.store.stored_postings import write_announcements, write_postings
from rasoat.units import UnitKind, country
from validators.posting_audit import gather, matrix_of, other_findings, refresh_unit

TODAY = date(2026, 11, 22)
FIELDS = 60
HERE = Origin("0" * 64, "generated")
STATES = [PostingState.POSTED] * 17 + [PostingState.MISSING, PostingState.OUTDATED, PostingState.INCOMPLETE]


def codes(count: int) -> list[str]:
    return [f"{1 + n // 1_000_000}.{n % 1_000_000:06d}" for n in range(count)]


def lists(count: int, each: int, dice: random.Random) -> Iterator[Announcement]:
    """Each province announces a tenth of the country's procedures for itself, `each` of them for its communes; one in fifty is abolished."""
    known = codes(count)
    for at, province in enumerate(country().of_kind(UnitKind.PROVINCE)):
        chosen = dice.sample(known, max(each, count // 5))
        for n, code in enumerate(chosen):
            level = Level.COMMUNE if n < each else Level.PROVINCE
            signed = TODAY - timedelta(days=dice.randrange(30, 900))
            number = f"{n // 20}-{at}/QĐ-UBND"
            new = Announcement(
                code, Act.NEW, number, province.id, signed, HERE, f"Thủ tục {code}", f"Lĩnh vực {n % FIELDS}", frozenset({level})
            )
            yield new
            if n % 50 == 7:
                yield replace(new, act=Act.ABOLISHED, decision=f"B{number}", signed_on=signed + timedelta(days=20))


def seen(announced: list[Announcement], total: int, dice: random.Random) -> Iterator[Posting]:
    """Postings at every commune of what its province listed, spread evenly; every twentieth is not as it should be."""
    by_province: dict[str, list[str]] = {}
    for one in announced:
        if one.act is Act.NEW and Level.COMMUNE in one.levels:
            by_province.setdefault(one.issuer, []).append(one.procedure)
    communes = country().of_kind(UnitKind.COMMUNE)
    each = -(-total // len(communes))
    for commune in communes:
        day = TODAY - timedelta(days=dice.randrange(1, 60))
        for n, code in enumerate(by_province[commune.parent or ""][:each]):
            yield Posting(code, commune.id, Channel.PREMISES, day, dice.choice(STATES), Origin(HERE.capture, f"row {n}"))


def catalogue(engine: Engine, count: int) -> None:
    """The national catalogue as one answer read into one unit: half of it for communes, announced by the ministries in turn."""
    ministries = [unit.name for unit in country().of_kind(UnitKind.MINISTRY)]
    made = [
        Procedure(
            code, f"Thủ tục {code}", "national", SourceRank.NATIONAL_API, TODAY, HERE,
            decision=PublicationDecision(f"{n}/QĐ-B", date(2026, 1, 5), ministries[n % len(ministries)]),
            levels=("Cấp xã",) if n % 2 else ("Cấp tỉnh",), fields=(f"Lĩnh vực {n % FIELDS}",), executing=("Sở Tư pháp", "Ủy ban nhân dân cấp xã"),
        )
        for n, code in enumerate(codes(count))
    ]  # fmt: skip
    now, body = datetime(2026, 11, 22, tzinfo=UTC), HERE.capture
    with engine.begin() as connection:
        connection.execute(insert(captures).values(sha256=body, size=1, media_type="application/json", warc="w", offset=0, length=1))
        answer = {"source": "national", "request": "list", "sha256": body}
        connection.execute(insert(answers).values(**answer, observed_on=TODAY, url="generated:", status=200, fetched_at=now, reader=1))
        write_piece(connection, PieceRows(body, "national", "catalogue", made), 1)
        connection.execute(insert(places).values(**answer, place="$", piece=body))


def fill(engine: Engine, procedures: int, postings: int) -> int:
    dice = random.Random(1)  # noqa: S311 (the same country every time)
    each = -(-postings // len(country().of_kind(UnitKind.COMMUNE)))
    catalogue(engine, procedures)
    announced = list(lists(procedures, each, dice))
    with engine.begin() as connection:
        write_announcements(connection, announced, TODAY)
        return write_postings(connection, seen(announced, postings, dice))


def measure(procedures: int, postings: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'country.db'}")
        began = time.perf_counter()
        stored = fill(engine, procedures, postings)
        filled = time.perf_counter()
        known = gather(engine, TODAY)
        matrix = matrix_of(engine, known, None, unseen)
        findings = sum(1 for _ in matrix.all_findings()) + sum(1 for _ in other_findings(known))
        built = time.perf_counter()
        again = []
        for unit in sorted(matrix.blocks)[:: max(1, len(matrix.blocks) // 20)][:20]:
            start = time.perf_counter()
            refresh_unit(engine, matrix, known, unit)
            again.append(time.perf_counter() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {
        "units": len(known.audit.units), "procedures": procedures, "postings": stored, "cells": len(matrix), "findings": findings,
        "fill_s": round(filled - began, 1), "matrix_s": round(built - filled, 1), "recheck_s": round(median(again), 3),
        "recheck_worst_s": round(max(again), 3), "peak_gib": round(peak, 2),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--procedures", type=int, default=10_000)
    parser.add_argument("--postings", type=int, default=1_500_000)
    given = parser.parse_args()
    print(json.dumps(measure(given.procedures, given.postings)))


if __name__ == "__main__":
    main()
