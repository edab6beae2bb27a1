"""The versions of a procedure as they were observed, and what differs between the ones of two days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Literal

from rapidfuzz.distance import LCSseq

from queries.nearest import unknown_procedure
from queries.original_answers import OriginalLine, originals_with
from queries.published_moment import PinnedWorkspace, published_rows
from queries.shape import Shape
from rasoat.records import Part, Procedure
from rasoat.store.extracted import Version, load_versions, sightings
from rasoat.trouble import Trouble
from validators.derivation.judged_versions import citations_by_place, judged_from, judged_on

_WORDS_COMPARED = 5_000  # of a changed line on each side: beyond it the lines are shown whole
_LINES_COMPARED = 4_000


class VersionLine(Shape):
    """One version: the day from which it is judged, the days it was observed on, its decision, and the parts that differ from the one
    before (null for the first)."""

    since: date
    observed: list[date]
    source: str
    decision: str | None
    decision_date: date | None
    changed: list[str] | None


class HistoryOfProcedure(Shape):
    """The versions of a procedure that are judged on some day, the newest first, and the answers they were read from."""

    code: str
    name: str
    versions: list[VersionLine]
    originals: list[OriginalLine]


class TextPiece(Shape):
    """Some text that both versions have, that was added, or that was taken away."""

    change: Literal["same", "added", "removed"]
    text: str


class PartDifference(Shape):
    """A part in which two versions differ."""

    part: str
    pieces: list[TextPiece]


class ProcedureDifference(Shape):
    """What differs between the versions judged on two days."""

    code: str
    name: str
    before: VersionLine
    after: VersionLine
    cited_more: list[str]
    cited_no_more: list[str]
    parts: list[PartDifference]


def procedure_history(moment: PinnedWorkspace, code: str) -> HistoryOfProcedure:
    """The versions of a procedure.

    Raises:
        Trouble: nothing is published, or no procedure has this code.
    """
    stretches = _judged(moment, code)
    before: Procedure | None = None
    lines = []
    for since, version in stretches:
        lines.append(_line(since, version, before))
        before = version.procedure
    return HistoryOfProcedure(
        code=code,
        name=stretches[-1][1].procedure.name,
        versions=lines[::-1],
        originals=originals_with(moment, {version.piece for _, version in stretches}),
    )


def procedure_difference(moment: PinnedWorkspace, code: str, first: date, second: date) -> ProcedureDifference:
    """What differs between the versions judged on two days.

    Raises:
        Trouble: nothing is published, or no procedure has this code.
    """
    several = [version for _, version in _judged(moment, code)]
    (day, before), (later, after) = (judged_on(several, one) for one in sorted((first, second)))
    old, new = before.procedure, after.procedure
    cited = [_cited(moment, code, version) for version in (before, after)]
    parts = [
        PartDifference(part=part.value, pieces=list(text_difference(old.parts.get(part, ""), new.parts.get(part, ""))))
        for part in _changed(old, new)
    ]
    return ProcedureDifference(
        code=code, name=new.name, before=_line(day, before, None), after=_line(later, after, old), parts=parts,
        cited_more=sorted(cited[1] - cited[0]), cited_no_more=sorted(cited[0] - cited[1]),
    )  # fmt: skip


def _judged(moment: PinnedWorkspace, code: str) -> list[tuple[date, Version]]:
    """The versions that are judged, each with the first day it is judged on: that of its first observation for the earliest."""
    with published_rows(moment) as rows:
        several = list(load_versions(rows.connection, sightings(rows.connection, codes={code}), {code})) if rows.has_procedure(code) else []
        if not several:
            raise _unknown(code, rows.codes())
    return [(max(since, version.days[0]), version) for since, version in judged_from(several)]


def _unknown(code: str, known: Sequence[str]) -> Trouble:
    return unknown_procedure(code, known)


def _cited(moment: PinnedWorkspace, code: str, version: Version) -> set[str]:
    """The printed ids of the documents that a version cites; one that is no document of ours by its printed words."""
    place = (version.piece, version.position)
    found = citations_by_place(moment.rows.connection, {place: code}, [version.piece]).get(place, [])
    moment.answers.look_up(one.resolution.key for one in found if one.resolution.key)
    named = ((one, moment.answers.document(one.resolution.key)) if one.resolution.key else (one, None) for one in found)
    return {document.id if document else one.mention.quote for one, document in named}


def _line(since: date, version: Version, before: Procedure | None) -> VersionLine:
    one = version.procedure
    return VersionLine(
        since=since,
        observed=list(version.days),
        source=one.source,
        decision=one.decision.number if one.decision else None,
        decision_date=one.decision.issued_on if one.decision else None,
        changed=None if before is None else [part.value for part in _changed(before, one)],
    )


def _changed(before: Procedure, after: Procedure) -> list[Part]:
    return [part for part in Part if _plain(before.parts.get(part, "")) != _plain(after.parts.get(part, ""))]


def _plain(text: str) -> str:
    return " ".join(text.split())


def text_difference(before: str, after: str) -> Iterator[TextPiece]:
    """Two texts as one: line by line, and word by word where a line became another."""
    old, new = before.splitlines(keepends=True)[:_LINES_COMPARED], after.splitlines(keepends=True)[:_LINES_COMPARED]
    for what, left, right in _aligned(old, new):
        yield from _pieces(left, left) if what == "equal" else _replaced(left, right)


def _replaced(left: str, right: str) -> Iterator[TextPiece]:
    old, new = _words(left), _words(right)
    if not old or not new or len(old) > _WORDS_COMPARED or len(new) > _WORDS_COMPARED:
        yield from _pieces(left, right)
        return
    for _, one, other in _aligned(old, new):
        yield from _pieces(one, other)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What is equal and what is not, in turn; what was taken away and what came in its place are told together."""
    left, right = "", ""
    for step in LCSseq.opcodes(old, new):
        gone, came = "".join(old[step.src_start : step.src_end]), "".join(new[step.dest_start : step.dest_end])
        if step.tag != "equal":
            left, right = left + gone, right + came
            continue
        if left or right:
            yield "replace", left, right
            left, right = "", ""
        yield "equal", gone, came
    if left or right:
        yield "replace", left, right


def _pieces(left: str, right: str) -> Iterator[TextPiece]:
    if left == right:
        if left:
            yield TextPiece(change="same", text=left)
        return
    if left:
        yield TextPiece(change="removed", text=left)
    if right:
        yield TextPiece(change="added", text=right)


def _words(text: str) -> list[str]:
    """Words, each with the blanks behind it."""
    parts = text.split(" ")
    return list(chain((f"{one} " for one in parts[:-1]), parts[-1:] if parts[-1] else []))
