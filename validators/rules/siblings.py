"""Procedures announced by one decision on one list of bases, as they stand on each day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rasoat.records import Citation, Origin, Part, Procedure
from validators.asked_day import EVER, NEVER

_Family = tuple[str | None, str | None, frozenset[str]]


@dataclass(frozen=True, slots=True)
class SiblingVersion:
    """A version of a procedure, what it cites, and the days it is judged on: from `since` to the day before `until`."""

    procedure: Procedure
    citations: Sequence[Citation] = ()
    since: date = EVER
    until: date = NEVER


class Siblings:
    """Who stands beside whom; a procedure that cites nothing stands alone."""

    def __init__(self, members: Iterable[SiblingVersion] = ()) -> None:
        self._families: dict[_Family, list[SiblingVersion]] = {}
        self._family_of: dict[tuple[str, Origin], _Family] = {}
        for one in members:
            keys = {cited.resolution.key for cited in one.citations if cited.part is Part.LEGAL_BASIS}
            if bases := frozenset(key for key in keys if key):
                decision = one.procedure.decision.number if one.procedure.decision else None
                family = (one.procedure.publisher, decision, bases)
                self._families.setdefault(family, []).append(SiblingVersion(one.procedure, (), one.since, one.until))
                self._family_of[one.procedure.code, one.procedure.origin] = family

    def of(self, procedure: Procedure, day: date) -> tuple[Procedure, ...]:
        """A version of a procedure with those beside it on a day, itself among them, in the order given."""
        family = self._family_of.get((procedure.code, procedure.origin))
        if family is None:
            return (procedure,)
        return tuple(one.procedure for one in self._families[family] if one.since <= day < one.until) or (procedure,)

    def families(self, codes: Collection[str]) -> set[str]:
        """The procedures that stood beside some on any day."""
        wanted = {family for (code, _), family in self._family_of.items() if code in codes}
        return {one.procedure.code for family in wanted for one in self._families[family]}


def siblings(procedures: Iterable[Procedure], cited: Mapping[str, Sequence[Citation]]) -> Siblings:
    """Those of one day, whichever it is."""
    return Siblings(SiblingVersion(one, cited.get(one.code, ())) for one in procedures)
