"""A small country on one day, for tests of what must be public: what was announced, listed and seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from rasoat.records import Finding, Origin, Part, Procedure, SourceRank
from rasoat.records.postings import Act, Announcement, Channel, Level, Look, Posting, PostingState
from rasoat.units import NATION, country
from validators.coverage.audit import Audit
from validators.coverage.cell_rows import CellRow
from validators.coverage.matrix import Matrix, build
from validators.obligations import AnnouncementRegister, Duties, Listed
from validators.rules.postings.cell_rules import judged

TODAY = date(2026, 11, 22)
COMMUNE, PROVINCE = "lai-chau/xa-than-uyen", "lai-chau"
CODE, OTHER = "1.000001", "1.000002"
HERE = Origin("c" * 64, "row 1")
NDB, PORTAL, PREMISES = Channel.NATIONAL_DATABASE, Channel.PORTAL, Channel.PREMISES


def day(text: str) -> date:
    return date.fromisoformat(text)


def announced(code: str = CODE, act: Act = Act.NEW, signed: str = "2026-10-01", issuer: str = PROVINCE, **more: Any) -> Announcement:
    number = more.pop("decision", f"{signed[-2:]}/QĐ-UBND")
    levels = more.pop("levels", frozenset({Level.COMMUNE}))
    return Announcement(code, act, number, issuer, day(signed), HERE, levels=levels, **more)


def posted(code: str = CODE, unit: str = COMMUNE, channel: Channel = PREMISES, seen: str = "2026-11-10", **more: Any) -> Posting:
    return Posting(code, unit, channel, day(seen), more.pop("state", PostingState.POSTED), HERE, **more)


def look(unit: str = COMMUNE, channel: Channel = PREMISES, seen: str = "2026-11-10", **more: Any) -> Look:
    return Look(unit, channel, day(seen), HERE, more.pop("complete", True), **more)


def listed(code: str = CODE, name: str = "Cấp giấy A", parts: dict[Part, str] | None = None, **more: Any) -> Listed:
    procedure = Procedure(code, name, "national", SourceRank.NATIONAL_API, day("2026-11-01"), HERE, parts=parts or {})
    return Listed(code, name, procedure=procedure, **more)


class World:
    """A small country on one day: what was announced, listed and seen."""

    def __init__(self, *announcements: Announcement, catalogue: Iterable[Listed] = (), as_of: date = TODAY, **more: Any) -> None:
        register = AnnouncementRegister(announcements, {one.code: one for one in catalogue}, as_of)
        self.audit = Audit(register, country(), more.get("follow_days"), frozenset(more.get("entered", ())))
        self.duties = Duties(register, self.audit.units, more.get("receptions", ()))

    def see(self, *seen: Posting | Look) -> Matrix:
        by_unit: dict[str, tuple[list[Posting], list[Look]]] = {}
        for one in seen:
            by_unit.setdefault(one.unit, ([], []))[isinstance(one, Look)].append(one)  # type: ignore[arg-type]
        nation = by_unit.pop(NATION, ([], []))[1]
        return build(self.audit, self.duties, by_unit.items(), judged, nation=nation)

    def found(self, *seen: Posting | Look) -> list[Finding]:
        return list(self.see(*seen).all_findings())


def rules(found: Iterable[Finding]) -> list[str]:
    return [one.rule for one in found if not one.suppressed]


def state(matrix: Matrix, unit: str = COMMUNE, code: str = CODE, channel: Channel = PREMISES) -> PostingState:
    rows: list[CellRow] = [row for row in matrix.rows([unit]) if row.procedure == code and row.channel is channel]
    assert len(rows) == 1
    return rows[0].state


def only(found: Iterable[Finding]) -> Finding:
    (one,) = found
    return one
