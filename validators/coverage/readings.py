"""Published files, as read, → what they announce or show: a decision's rows to announcements, a posted list's rows to postings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.postings.records import DecisionPart, FileKind, FileReading, PostedRow
from rasoat.postings import Act, Announcement, Channel, Level, Look, Medium, Posting, PostingState
from rasoat.records import Origin
from rasoat.vietnamese import fold, squeeze
from validators.units import Units, UnknownUnit

_ACTS = {
    DecisionPart.NEW: Act.NEW,
    DecisionPart.AMENDED: Act.AMENDED,
    DecisionPart.REPLACED: Act.REPLACED,
    DecisionPart.ABOLISHED: Act.ABOLISHED,
    DecisionPart.STANDARDISED: Act.STANDARDISED,
    None: Act.LISTED,
}
_LEVELS = {"cap xa": Level.COMMUNE, "cap tinh": Level.PROVINCE, "trung uong": Level.MINISTRY, "cap bo": Level.MINISTRY}
SURE = 0.9  # a code read less surely than this neither announces nor abolishes anything


def announcements_of(reading: FileReading, units: Units, capture: str, issuer: str | None = None) -> Iterator[Announcement]:
    """What a publication decision says of each procedure; nothing where its number or issuer is not known.

    `issuer` is the unit id of who issued it, where the file's own head does not tell.
    """
    head = reading.decision
    unit = _unit(head.issuer if head else None, units) or issuer
    if reading.kind is not FileKind.PUBLICATION_DECISION or head is None or head.number is None or unit is None:
        return
    for number, row in enumerate(reading.rows, 1):
        if row.code is None or row.confidence < SURE:
            continue
        said = row.announced
        yield Announcement(
            procedure=row.code,
            act=_ACTS[said.part if said else None],
            decision=head.number,
            issuer=unit,
            signed_on=head.issued_on,
            origin=Origin(capture, _place(row, number)),
            name=squeeze(row.name),
            field=squeeze(said.field) if said else "",
            levels=levels_in(said.level if said else ""),
            effective_on=head.effective_on,
        )


def postings_of(reading: FileReading, unit: str, channel: Channel, observed_on: date, capture: str) -> tuple[list[Posting], Look | None]:
    """What a posted list shows at a unit, and the look it stands for.

    The look is complete only where every row was read surely: a list with doubtful rows cannot say what is absent from it.
    """
    if reading.kind is not FileKind.POSTED_LIST:
        return [], None
    sure = [(number, row) for number, row in enumerate(reading.rows, 1) if row.code is not None and row.confidence >= SURE]
    postings = [
        Posting(str(row.code), unit, channel, observed_on, PostingState.POSTED, Origin(capture, _place(row, number)), Medium.LIST)
        for number, row in sure
    ]
    complete = bool(reading.rows) and len(sure) == len(reading.rows) and not reading.problems
    return postings, Look(unit, channel, observed_on, Origin(capture, reading.file), complete)


def levels_in(text: str) -> frozenset[Level]:
    """The levels that a heading or cell of a decision names."""
    folded = fold(text)
    return frozenset(level for words, level in _LEVELS.items() if words in folded)


def _unit(issuer: str | None, units: Units) -> str | None:
    if not issuer:
        return None
    try:
        return units.find(issuer).id
    except UnknownUnit:
        return None


def _place(row: PostedRow, number: int) -> str:
    return f"trang {row.page}, dòng {number}" if row.page else f"dòng {number}"
