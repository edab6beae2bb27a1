"""Published files, as read, → what they announce or show: a decision's rows to announcements, a posted list's rows to postings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from extractors.formats.extracted_text import TextFrom
from extractors.postings.code_catalogue import Catalogue
from extractors.postings.codes import codes_in
from extractors.postings.records import DecisionPart, FileKind, FileReading, PostedRow
from rasoat.records import Origin
from rasoat.records.postings import Act, Announcement, Channel, Level, Look, Medium, Posting, PostingState
from rasoat.trouble import Trouble
from rasoat.units import Units
from rasoat.vietnamese import fold, squeeze
from validators.coverage.cells import MACHINE_READ

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
UNLISTED = 0.79  # all passes over a scan read the same code, but no list has a name to check it by


@dataclass(frozen=True, slots=True)
class SeenAt:
    """Where and when a list was seen posted; `complete`: whoever brought it says that nothing else is posted there."""

    unit: str
    channel: Channel
    observed_on: date
    complete: bool = False


@dataclass(slots=True)
class Said:
    """What a decision announces, and a line for each row that was not believed."""

    announcements: list[Announcement] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sight:
    """What a posted list shows, and a line for each row that could not be placed."""

    postings: list[Posting] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def announced(reading: FileReading, units: Units, capture: str, issuer: str | None = None) -> Said:
    """What a publication decision says of each procedure; nothing where its number or issuer is not known. What it shows of a procedure
    in a place that could not be read is `UNREAD`: it may announce that one, change it or abolish it.

    `issuer` is the unit id of who issued it, where the file's own head does not tell.
    """
    head, said = reading.decision, Said()
    unit = units.id_of(head.issuer if head else None) or issuer
    if reading.kind is not FileKind.PUBLICATION_DECISION or head is None or head.number is None:
        return said
    if unit is None:
        read = f" (đọc được “{head.issuer}”)" if head.issuer else ""
        said.doubts.append(str(Trouble("import.no_issuer", number=head.number, read=read)))
        return said
    unread = dict.fromkeys(reading.loose, reading.file)  # code → where it stands
    for row, place in _placed(reading):
        if row.code is None or row.confidence < SURE:
            said.doubts.append(_doubt(row, place))
            unread |= dict.fromkeys([*filter(None, (row.code, row.code_meant)), *codes_in(row.code_printed)], place)
            continue
        told = row.announced
        said.announcements.append(
            Announcement(
                procedure=row.code,
                act=_ACTS[told.part if told else None],
                decision=head.number,
                issuer=unit,
                signed_on=head.issued_on,
                origin=Origin(capture, place),
                name=squeeze(row.name),
                field=squeeze(told.field) if told else "",
                levels=levels_in(told.level if told else ""),
                effective_on=head.effective_on,
            )
        )
    sure = {one.procedure for one in said.announcements}
    said.announcements += [
        Announcement(code, Act.UNREAD, head.number, unit, head.issued_on, Origin(capture, place), effective_on=head.effective_on)
        for code, place in sorted(unread.items())
        if code not in sure
    ]
    return said


def seen(reading: FileReading, at: SeenAt, capture: str, names: Catalogue) -> Sight:
    """What a posted list shows at a unit, and the look it stands for where it is said to be all there is.

    A row whose code is in doubt makes what it may stand for `unknown`, never `missing`, and the look is not complete: nothing can be
    said of what is absent. So it is where anything else of the file stands in no row.
    """
    sight = Sight()
    if reading.kind is not FileKind.POSTED_LIST:
        return sight
    for row, place in _placed(reading):
        origin, name = Origin(capture, place), squeeze(row.name)
        if row.code is not None and (row.confidence >= SURE or (not row.in_catalogue and row.confidence >= UNLISTED)):
            note = "" if row.confidence >= SURE else "mã và tên do máy đọc từ ảnh, chưa có danh mục để đối chiếu"
            sight.postings.append(
                Posting(row.code, at.unit, at.channel, at.observed_on, PostingState.POSTED, origin, Medium.LIST, note=note, shown_name=name)
            )
            continue
        meant = {row.code_meant} if row.code_meant else set(names.named(row.name)) | ({row.code} if row.code else set())
        meant |= set(codes_in(row.code_printed))
        likely = f"có thể là {row.code_meant}" if row.code_meant else "tên giống thủ tục này" if meant else ""
        note = f"in là “{row.code_printed or '?'}”, {likely}; cần người đọc lại"
        sight.postings += [
            Posting(
                code, at.unit, at.channel, at.observed_on, PostingState.UNKNOWN, origin, Medium.LIST, note=note,
                shown_name=name if code == row.code else "",
            )
            for code in sorted(meant)
        ]  # fmt: skip
        sight.doubts.append(_doubt(row, place))
    if at.complete:
        unread = (*reading.unread, *sight.doubts) or (() if reading.rows else reading.problems)
        proof = (MACHINE_READ,) if reading.text_from is TextFrom.OCR else ()
        whole = bool(reading.rows) and not unread
        sight.looks.append(Look(at.unit, at.channel, at.observed_on, Origin(capture, reading.file), whole, evidence=proof, unread=unread))
    return sight


def _doubt(row: PostedRow, place: str) -> str:
    meant = f", có thể là {row.code_meant}" if row.code_meant else ""
    return f"{place}: mã “{row.code_printed or 'không đọc được'}”, tên “{row.name[:60]}” chưa chắc chắn{meant}; cần người đọc lại"


def levels_in(text: str) -> frozenset[Level]:
    """The levels that a heading or cell of a decision names."""
    folded = fold(text)
    return frozenset(level for words, level in _LEVELS.items() if words in folded)


def _placed(reading: FileReading) -> Iterator[tuple[PostedRow, str]]:
    """The rows with where each stands, for people: file, page, and which row of that page (printed numbers jump and start again)."""
    file = re.split(r"[\\/]", reading.file)[-1]
    before: Counter[int | None] = Counter()
    for row in reading.rows:
        before[row.page] += 1
        yield row, ", ".join([file, *([f"trang {row.page}"] if row.page else []), f"dòng thứ {before[row.page]}"])
