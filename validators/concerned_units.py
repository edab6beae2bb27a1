"""Whom a finding concerns: the units that answer today for the bodies it names."""

from __future__ import annotations

from functools import cache

from rasoat.records import Finding, Procedure
from rasoat.store.published_findings import Concerned
from rasoat.units import country


def concerned(one: Finding, about: Procedure | None) -> Concerned:
    """The unit that answers for a finding, and with it the unit it is about and the one that published the procedure."""
    posted = one.subject if one.subject in country() else None
    responsible, publisher = _unit_of(one.responsible), None
    if about is not None and not posted:
        issuer = about.decision.issuer if about.decision else None
        publisher = _unit_of(about.publisher) or _unit_of(issuer)
    return Concerned(responsible, tuple(dict.fromkeys(unit for unit in (posted, responsible, publisher) if unit)))


@cache
def _unit_of(body: str | None) -> str | None:
    """The unit of a body as printed; the register of units is part of the program, so the answer never changes."""
    return country().id_of(body) if body else None
