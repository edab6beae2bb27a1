"""Whom a finding concerns: the units that answer today for the bodies it names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from rasoat.records import Finding, Procedure
from rasoat.store.published_findings import Concerned
from rasoat.units import country
from validators.derivation.judged_versions import JudgedStretch


def concerned(one: Finding, about: Procedure | None) -> Concerned:
    """The unit that answers for a finding, and with it the unit it is about and the one that published the procedure."""
    posted = one.subject if one.subject in country() else None
    responsible, publisher = _unit_of(one.responsible), None
    if about is not None and not posted:
        publisher = publishing_unit(about)
    return Concerned(responsible, tuple(dict.fromkeys(unit for unit in (posted, responsible, publisher) if unit)))


def publishing_unit(about: Procedure) -> str | None:
    """The unit that published a procedure, else the one whose decision announced it."""
    return _unit_of(about.publisher) or _unit_of(about.decision.issuer if about.decision else None)


def publishers(stretches: Sequence[JudgedStretch], since: date, until: date) -> list[tuple[str, date, date]]:
    """The unit that publishes a procedure ("" where nobody knows it), from which day to the day before which other, between two days."""
    found: list[tuple[str, date, date]] = []
    for one in stretches:
        first, last = max(one.since, since), min(one.until, until)
        if first < last:
            unit = publishing_unit(one.version.procedure) or ""
            if found and found[-1][0] == unit:
                found[-1] = (unit, found[-1][1], last)
            else:
                found.append((unit, first, last))
    return found


@cache
def _unit_of(body: str | None) -> str | None:
    """The unit of a body as printed; the register of units is part of the program, so the answer never changes."""
    return country().id_of(body) if body else None
