"""The matrix of a day, kept compact: one block of small arrays a unit, findings only where there are any.

A country is 1.5 million cells and more. A cell object lives only while its unit is audited; a unit that changed is audited
alone (`Matrix.refresh`), which costs what that unit holds and not what the country holds.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from extractors.postings.code_catalogue import SAME, agreement
from rasoat.progress import Progress, unseen
from rasoat.records import Finding
from rasoat.records.postings import Channel, Look, Posting, PostingState
from rasoat.units import UnitKind, kind_of, province_of
from validators.coverage.audit import Audit
from validators.coverage.cell_rows import CellRow
from validators.coverage.cells import Cell, Owed, UnitSight, extra_cells, owed_cell
from validators.obligations import Duties

NO_FIELD = "(chưa rõ lĩnh vực)"
STATES = tuple(PostingState)
CHANNELS = tuple(Channel)
_STATE = {state: at for at, state in enumerate(STATES)}
_CHANNEL = {channel: at for at, channel in enumerate(CHANNELS)}

Seen = tuple[Sequence[Posting], Sequence[Look]]
# What the rules find in a cell, and its state once that is known (validators.rules.postings.cell_rules.judged).
Judge = Callable[[Cell, Audit], tuple[Sequence[Finding], PostingState]]


@dataclass(slots=True)
class UnitBlock:
    """The cells of one unit: procedure, channel, state and source as small numbers, the day as its ordinal (0: never seen)."""

    procedures: array[int] = field(default_factory=lambda: array("i"))
    channels: bytearray = field(default_factory=bytearray)
    states: bytearray = field(default_factory=bytearray)
    days: array[int] = field(default_factory=lambda: array("i"))
    sources: array[int] = field(default_factory=lambda: array("i"))
    explained: dict[int, tuple[str, str]] = field(default_factory=dict)  # position → fingerprint and rule
    notes: dict[int, str] = field(default_factory=dict)


class Matrix:
    """The cells of every unit on a day, and the findings of the audit that made them."""

    def __init__(self, audit: Audit, duties: Duties, judge: Judge, nation: Sequence[Look] = ()) -> None:
        self.audit, self._duties, self._judge, self._nation = audit, duties, judge, nation
        self.blocks: dict[str, UnitBlock] = {}
        self.findings: dict[str, list[Finding]] = {}
        self._codes: dict[str, int] = {}
        self._code_names: list[str] = []
        self._sources: dict[str, int] = {"": 0}
        self._source_names: list[str] = [""]
        self._shared: dict[tuple[str | None, UnitKind], tuple[Owed, UnitBlock]] = {}
        self._shown_names: dict[str, str] = {}  # of procedures that stand in no catalogue and no decision

    @property
    def as_of(self) -> date:
        return self.audit.as_of

    def refresh(self, unit: str, postings: Iterable[Posting], looks: Iterable[Look]) -> UnitBlock:
        """Audit one unit anew from everything seen of it, in place of what was known."""
        owed, empty = self._owed(unit)
        block, found = _like(empty), list[Finding]()
        for at, cell in self._cells(unit, owed, postings, looks, self.as_of):
            if at == len(owed.duties):
                block.procedures, block.channels = block.procedures[:], block.channels[:]  # shared until now
            if at >= len(owed.duties):
                _grow(block, _index(cell.procedure, self._codes, self._code_names), cell.channel)
                if cell.posting and cell.posting.shown_name:
                    self._shown_names.setdefault(cell.procedure, cell.posting.shown_name)
            self._put(block, at, cell, found)
        if block.states:
            self.blocks[unit] = block
        else:
            self.blocks.pop(unit, None)
        self.findings[unit] = found
        return block

    def cells_on(self, unit: str, postings: Iterable[Posting], looks: Iterable[Look], day: date) -> Iterator[Cell]:
        """The cells of one unit of which anything was seen by a day that the register holds on; nothing is kept of them."""
        for _, cell in self._cells(unit, self._owed(unit)[0], postings, looks, day):
            yield cell

    def _cells(self, unit: str, owed: Owed, postings: Iterable[Posting], looks: Iterable[Look], day: date) -> Iterator[tuple[int, Cell]]:
        """With their places: duties first, then what is shown beyond them."""
        sight = UnitSight(map(self._settled, postings), [*looks, *self._nation], day)
        for at in owed.touched(sight):
            yield at, owed_cell(unit, owed.duties[at], sight, self.audit.register)
        yield from enumerate(extra_cells(unit, owed, sight, self.audit.register), len(owed.duties))

    def let_go(self, unit: str) -> None:
        """Hold nothing of a unit any longer, nor the names shown anywhere: each unit audited alone tells its own."""
        self.blocks.pop(unit, None)
        self.findings.pop(unit, None)
        self._shown_names.clear()

    def _settled(self, posting: Posting) -> Posting:
        """A code that was read without a name to check it by counts as posted once a catalogue or decision has that very name."""
        if posting.state is not PostingState.UNKNOWN or not posting.shown_name:
            return posting
        agrees = agreement(posting.shown_name, self._published_name(posting.procedure)) >= SAME
        return replace(posting, state=PostingState.POSTED, note="") if agrees else posting

    def _owed(self, unit: str) -> tuple[Owed, UnitBlock]:
        """The duties of a unit and the block in which nothing was seen of them, shared by all units with the same duties."""
        duties, key = self._duties.of(unit), (province_of(unit), kind_of(unit))
        known = self._shared.get(key)
        if known is None or known[0].duties is not duties:
            empty = UnitBlock()
            for duty in duties:
                _grow(empty, _index(duty.procedure, self._codes, self._code_names), duty.channel)
            known = self._shared[key] = (Owed(duties), empty)
        return known

    def _put(self, block: UnitBlock, at: int, cell: Cell, found: list[Finding]) -> None:
        own, state = self._judge(cell, self.audit)
        if own:
            first = next((one for one in own if not one.suppressed), own[0])
            block.explained[at] = first.fingerprint, first.rule
            found += own
        if cell.posting and cell.posting.note:
            block.notes[at] = cell.posting.note
        block.states[at] = _STATE[state]
        block.days[at] = cell.observed_on.toordinal() if cell.observed_on else 0
        block.sources[at] = _index(cell.source, self._sources, self._source_names)

    def __len__(self) -> int:
        return sum(len(block.states) for block in self.blocks.values())

    def rows(self, units: Iterable[str] | None = None) -> Iterator[CellRow]:
        """Every cell of the given units (None: of all), in the order of the units."""
        for unit in sorted(self.blocks) if units is None else units:
            block = self.blocks.get(unit)
            for at in range(len(block.states)) if block else ():
                yield self.row(unit, at)

    def all_findings(self) -> Iterator[Finding]:
        for unit in sorted(self.findings):
            yield from self.findings[unit]

    def row(self, unit: str, at: int) -> CellRow:
        """One cell by its place in the unit's block."""
        block = self.blocks[unit]
        day = block.days[at]
        finding, rule = block.explained.get(at, (None, ""))
        return CellRow(
            unit,
            self._code_names[block.procedures[at]],
            CHANNELS[block.channels[at]],
            STATES[block.states[at]],
            date.fromordinal(day) if day else None,
            self._source_names[block.sources[at]],
            finding,
            rule,
            block.notes.get(at, ""),
        )

    def decided(self, unit: str) -> frozenset[str]:
        """The procedures that a unit surely has to show somewhere; of the others only the catalogue's level speaks."""
        return frozenset(duty.procedure for duty in self._duties.of(unit) if duty.decided)

    def known(self, procedure: str) -> bool:
        """Whether the catalogue or a decision has this code at all."""
        return procedure in self.audit.register.catalogue or bool(self.audit.register.announcements(procedure))

    def code_at(self, index: int) -> str:
        """The procedure that a block's small number stands for."""
        return self._code_names[index]

    def field_of(self, procedure: str) -> str:
        """The field (lĩnh vực) of a procedure: the catalogue's, else a decision's."""
        listed = self.audit.register.catalogue.get(procedure)
        own = (one.field for one in self.audit.register.announcements(procedure) if one.field)
        return (listed.field if listed else "") or next(own, NO_FIELD)

    def name_of(self, procedure: str) -> str:
        """The name of a procedure: the catalogue's, else a decision's, else as it was shown; "" where nobody said it."""
        return self._published_name(procedure) or self._shown_names.get(procedure, "")

    def _published_name(self, procedure: str) -> str:
        listed = self.audit.register.catalogue.get(procedure)
        own = (one.name for one in self.audit.register.announcements(procedure) if one.name)
        return (listed.name if listed else "") or next(own, "")

    def counts(self, unit: str) -> Counter[tuple[Channel, PostingState]]:
        """How many cells of a unit are in each state, by channel; read off the arrays."""
        block = self.blocks[unit]
        pairs = Counter(zip(block.channels, block.states, strict=True))
        return Counter({(CHANNELS[channel], STATES[state]): number for (channel, state), number in pairs.items()})


def build(
    audit: Audit,
    duties: Duties,
    seen: Iterable[tuple[str, Seen]],
    judge: Judge,
    progress: Progress = unseen,
    nation: Sequence[Look] = (),
) -> Matrix:
    """The matrix of the register's day. `seen` gives each unit that anything was seen of once; the others have duties only.

    `nation`: looks at the national database as a whole, which show what every announcer has there.
    """
    matrix = Matrix(audit, duties, judge, nation)
    for done, (unit, (postings, looks)) in enumerate(seen):
        matrix.refresh(unit, postings, looks)
        if done % 50 == 0:
            progress(unit, done, len(audit.units))
    for unit_ in audit.units:
        if unit_.id not in matrix.findings:
            matrix.refresh(unit_.id, (), ())
    progress("", len(audit.units), len(audit.units))
    return matrix


def _grow(block: UnitBlock, procedure: int, channel: Channel) -> None:
    """One more cell, of which nothing was seen."""
    block.procedures.append(procedure)
    block.channels.append(_CHANNEL[channel])
    block.states.append(_STATE[PostingState.UNKNOWN])
    block.days.append(0)
    block.sources.append(0)


def _like(empty: UnitBlock) -> UnitBlock:
    """A block of its own states over the shared list of procedures and channels."""
    return UnitBlock(empty.procedures, empty.channels, empty.states[:], empty.days[:], empty.sources[:])


def _index(name: str, known: dict[str, int], names: list[str]) -> int:
    at = known.get(name)
    if at is None:
        at = known[name] = len(names)
        names.append(name)
    return at
