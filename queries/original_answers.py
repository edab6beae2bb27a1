"""The publishers' answers as they were received: which ones a document or procedure was read from, and the bytes of one of them.

Only answers that procedures or documents were read from are given out; what offices handed over for inspections is not among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select

from queries.published_moment import PinnedWorkspace
from queries.shape import Shape
from rasoat.archive import Stored
from rasoat.store.schema import answers, captures, places, set_aside
from rasoat.trouble import Trouble

LARGEST = 50_000_000  # bytes that one answer may have to be given out


class OriginalLine(Shape):
    """One answer: the sha256 of its bytes, who gave it under which name, the days on which it was received, and its size in bytes."""

    sha256: str
    source: str
    request: str
    days: list[date]
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class OriginalAnswer:
    """One answer with its bytes."""

    line: OriginalLine
    body: bytes = field(repr=False)


def originals_with(moment: PinnedWorkspace, pieces: Collection[str]) -> list[OriginalLine]:
    """The answers that some pieces were cut from, the newest first."""
    return _lines(moment, places.c.piece.in_(sorted(pieces))) if pieces else []


def original_answer(moment: PinnedWorkspace, sha256: str) -> OriginalAnswer:
    """An answer by the sha256 of its bytes.

    Raises:
        Trouble: no procedure or document was read from such an answer, it is set aside, or it is too large to be given out.
        rasoat.archive.Damaged: the bytes no longer match their sha256.
    """
    lines = _lines(moment, places.c.sha256 == sha256)
    if not lines:
        raise Trouble("original.unknown")
    if lines[0].size > LARGEST:
        raise Trouble("original.large", limit=LARGEST // 1_000_000)
    row = moment.rows.connection.execute(select(captures).where(captures.c.sha256 == sha256)).one()
    return OriginalAnswer(lines[0], moment.archive.read(Stored(**row._mapping)))


def _lines(moment: PinnedWorkspace, wanted: ColumnElement[bool]) -> list[OriginalLine]:
    same = (answers.c.source == places.c.source) & (answers.c.request == places.c.request) & (answers.c.sha256 == places.c.sha256)
    query = (
        select(places.c.sha256, places.c.source, places.c.request, answers.c.observed_on, captures.c.size, captures.c.media_type)
        .join(answers, same)
        .join(captures, captures.c.sha256 == places.c.sha256)
        .where(wanted, places.c.sha256.not_in(select(set_aside.c.sha256)))
        .distinct()
        .order_by(answers.c.observed_on.desc(), places.c.sha256, places.c.request)
    )
    return _together(
        OriginalLine(
            sha256=row.sha256, source=row.source, request=row.request, days=[row.observed_on], size=row.size, media_type=row.media_type
        )
        for row in moment.rows.connection.execute(query)
    )


def _together(lines: Iterable[OriginalLine]) -> list[OriginalLine]:
    """The same bytes received on several days are one answer."""
    found: dict[str, OriginalLine] = {}
    for one in lines:
        known = found.get(one.sha256)
        days = sorted({*known.days, *one.days}) if known else one.days
        found[one.sha256] = one.model_copy(update={"days": days})
    return list(found.values())
