"""What a run did, in numbers that add up: asked = new + unchanged + missing + failed; items = loaded + quarantined + empty."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

_NAMED = 3  # files named of each reason


@dataclass(slots=True)
class Received:
    """What one source or import gave. `failed` counts by reason; `missing` are named gaps (a listed item without detail)."""

    asked: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    down: str | None = None  # why the source could not be used, or not to its end
    doubts: list[str] = field(default_factory=list)  # where what came and what the publisher says of itself do not agree

    def add(self, other: Received) -> None:
        """Count another crawl of the same source (another edition, another address) with this one."""
        self.asked, self.changed = self.asked + other.asked, self.changed + other.changed
        self.unchanged, self.missing = self.unchanged + other.unchanged, self.missing + other.missing
        self.failed.update(other.failed)
        self.down = self.down or other.down
        self.doubts += [doubt for doubt in other.doubts if doubt not in self.doubts]


@dataclass(frozen=True, slots=True)
class DamagedAnswer:
    """An answer whose archived bytes are not what was received: where they lie, and what was seen. It stays unread."""

    source: str
    request: str
    warc: str
    offset: int
    reason: str


@dataclass(slots=True)
class Read:
    """What the extract step read. `items` counts the records of each kind; refused ones by reason."""

    answers: int = 0
    pieces: int = 0
    unchanged: int = 0
    loaded: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)  # loaded, but the publisher's own form of it is faulty
    first_files: dict[str, list[str]] = field(default_factory=dict)  # reason → the first files handed over that were refused for it
    declared_empty: int = 0
    damaged: list[DamagedAnswer] = field(default_factory=list)
    unread: int = 0  # answers in the archive that this version of the readers has not read when the run ends
    set_aside: int = 0  # answers that an operator set aside
    doubts: list[str] = field(default_factory=list)  # what somebody just handed in and we could not take: each line counts, and comes first

    def add(self, other: Read) -> None:
        """Count another reading of the same run with this one."""
        self.answers, self.pieces, self.unchanged = (
            self.answers + other.answers,
            self.pieces + other.pieces,
            self.unchanged + other.unchanged,
        )
        self.loaded.update(other.loaded)
        self.quarantined.update(other.quarantined)
        self.odd.update(other.odd)
        self.declared_empty += other.declared_empty
        self.damaged += [one for one in other.damaged if one not in self.damaged]
        self.unread, self.set_aside = max(self.unread, other.unread), max(self.set_aside, other.set_aside)
        self.doubts += other.doubts
        self._name(other)

    def take_over(self, share: Read) -> None:
        """Count what a share had read before as read by this run, not as unchanged."""
        self.unchanged -= share.pieces
        self.loaded.update(share.loaded)
        self.quarantined.update(share.quarantined)
        self.odd.update(share.odd)
        self.declared_empty += share.declared_empty
        self.doubts += share.doubts
        self._name(share)

    def name_file(self, reason: str, name: str) -> None:
        """Remember which file was refused; a few are enough to find the others by."""
        files = self.first_files.setdefault(reason, [])
        if len(files) < _NAMED and name not in files:
            files.append(name)

    def _name(self, other: Read) -> None:
        for reason, files in other.first_files.items():
            for name in files:
                self.name_file(reason, name)


@dataclass(slots=True)
class Checked:
    """What the check step found for one day. `resolved` counts mentions by answer."""

    as_of: str = ""
    ran: bool = False
    documents: int = 0
    cited_only: int = 0
    effects: int = 0
    unplaced: Counter[str] = field(default_factory=Counter)
    resolved: Counter[str] = field(default_factory=Counter)
    procedures: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Guarded:
    """What the quality gate said. `failed` and `warned` count the rows that break each expectation; `page` shows them. `touched`: only the
    rows that a change wrote were asked of, as everything else had passed before."""

    as_of: str = ""
    expected: int = 0
    evaluated: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    warned: dict[str, int] = field(default_factory=dict)
    reused: bool = False
    blocks: bool = False
    page: str = ""
    touched: bool = False


@dataclass(slots=True)
class Indexed:
    """What the index holds after the run; `database` and `index` are equal or the run failed. `mended` says why an index that
    did not hold what it should was built anew."""

    engine: str = ""
    database: int = 0
    index: int = 0
    changed: int = 0
    removed: int = 0
    mended: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Redone:
    """What a step did again: so many of a kind, why (a code, or the documents that it goes back to), and a few of them by name."""

    kind: str
    count: int
    why: str
    because: tuple[str, ...] = ()


@dataclass(slots=True)
class Published:
    """Which publication stands after the run; how many documents and procedures were looked at again, and rows that came and went.
    `refused`: the gate stopped what changed, and what stood before goes on standing. `redone` tells more, step by step."""

    number: int = 0
    documents: int = 0
    procedures: int = 0
    came: int = 0
    went: int = 0
    refused: bool = False
    redone: list[Redone] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)  # by table: rows that came or went


@dataclass(slots=True)
class ReviewedLists:
    """What filled lists of findings said: rows with a conclusion, those recorded now or before, those on facts that are others by now, and
    each that was refused with its reason."""

    files: int = 0
    rows: int = 0
    recorded: int = 0
    again: int = 0
    reopened: int = 0
    refused: list[str] = field(default_factory=list)

    def add(self, other: ReviewedLists) -> None:
        """Count another list of the same import."""
        self.files, self.rows, self.recorded = self.files + other.files, self.rows + other.rows, self.recorded + other.recorded
        self.again, self.reopened = self.again + other.again, self.reopened + other.reopened
        self.refused += other.refused


@dataclass(slots=True)
class RunReport:
    """One run, step by step; a step that did not run is None."""

    command: str
    run: int = 0  # its number in the log of runs
    seconds: dict[str, float] = field(default_factory=dict)  # how long each step took
    received: dict[str, Received] = field(default_factory=dict)
    read: Read | None = None
    checked: Checked | None = None
    guarded: Guarded | None = None
    published: Published | None = None
    indexed: Indexed | None = None
    reviewed: ReviewedLists | None = None
    log_head: str = ""  # "number hash" of the last decision, so that the log cannot be made again unseen
    written: list[str] = field(default_factory=list)  # report files

    @property
    def failed_sources(self) -> list[str]:
        """Sources that could not be used at all, with the reason."""
        return [f"{name} ({got.down})" for name, got in self.received.items() if got.down]

    def as_json(self) -> dict[str, Any]:
        """The report by its public names."""
        from rasoat.codec import to_json

        return to_json(RunReport, self)
