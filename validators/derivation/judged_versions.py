"""Which version of a procedure is judged on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from rasoat.records import Citation, SourceRank
from rasoat.store.derived import load_mentions, load_resolutions
from rasoat.store.extracted import Version


def judged_versions(versions: Iterable[Version], as_of: date, known_at: date | None = None) -> dict[str, Version]:
    """By code: the version last observed on or before `as_of`, else the earliest; each dated with that observation.

    Of two observations of one day the national API comes before a captured page, and that before an office's table. A
    bare list row is judged only where nothing else is known: it says nothing of the parts.
    """
    by_code: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        if known := tuple(day for day in version.days if known_at is None or day <= known_at):
            by_code[version.procedure.code].append(replace(version, days=known))
    return {code: _judged(several, as_of) for code, several in sorted(by_code.items())}


def _judged(several: list[Version], as_of: date) -> Version:
    told = [one for one in several if one.procedure.source_rank is not SourceRank.LIST_ROW] or several
    before = [(one.days[at - 1], one) for one in told if (at := bisect_right(one.days, as_of))]
    if before:
        day, chosen = max(before, key=lambda found: (found[0], -found[1].procedure.source_rank, found[1].piece))
    else:
        day, chosen = min(
            ((one.days[0], one) for one in told), key=lambda found: (found[0], found[1].procedure.source_rank, found[1].piece)
        )
    return replace(chosen, procedure=replace(chosen.procedure, observed_on=day))


def citations_by_code(connection: Connection, versions: Mapping[str, Version]) -> dict[str, list[Citation]]:
    """Every resolved citation of the judged versions, in the order of the text."""
    codes = {(one.piece, one.position): code for code, one in versions.items()}
    resolutions = load_resolutions(connection)
    cited: dict[str, list[Citation]] = defaultdict(list)
    for piece, procedure, position, part, mention in load_mentions(connection):
        code, resolution = codes.get((piece, procedure)), resolutions.get((piece, procedure, position))
        if code and resolution:
            cited[code].append(Citation(code, part, mention, resolution))
    return cited
