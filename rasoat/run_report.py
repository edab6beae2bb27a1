"""What a run did, in numbers that add up: asked = new + unchanged + missing + failed; items = loaded + quarantined + empty."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rasoat.words import day, number, share


@dataclass(slots=True)
class Received:
    """What one source or import gave. `failed` counts by reason; `missing` are named gaps (a listed item without detail)."""

    asked: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    down: str | None = None  # why the source could not be used at all

    def add(self, other: Received) -> None:
        """Count another crawl of the same source (another edition, another address) with this one."""
        self.asked, self.changed = self.asked + other.asked, self.changed + other.changed
        self.unchanged, self.missing = self.unchanged + other.unchanged, self.missing + other.missing
        self.failed.update(other.failed)
        self.down = self.down or other.down

    def adds_up(self) -> bool:
        """Whether every question is accounted for."""
        return self.asked == self.changed + self.unchanged + self.missing + sum(self.failed.values())


@dataclass(slots=True)
class Read:
    """What the extract step read. `items` counts the records of each kind; refused ones by reason."""

    answers: int = 0
    pieces: int = 0
    unchanged: int = 0
    loaded: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)  # loaded, but the publisher's own form of it is faulty
    declared_empty: int = 0
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
        self.doubts += other.doubts

    def take_over(self, share: Read) -> None:
        """Count what a share had read before as read by this run, not as unchanged."""
        self.unchanged -= share.pieces
        self.loaded.update(share.loaded)
        self.quarantined.update(share.quarantined)
        self.odd.update(share.odd)
        self.declared_empty += share.declared_empty
        self.doubts += share.doubts


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
    """What the quality gate said. `failed` and `warned` count the rows that break each expectation; `page` shows them."""

    as_of: str = ""
    expected: int = 0
    evaluated: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    warned: dict[str, int] = field(default_factory=dict)
    reused: bool = False
    blocks: bool = False
    page: str = ""


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
    indexed: Indexed | None = None
    written: list[str] = field(default_factory=list)  # report files

    @property
    def failed_sources(self) -> list[str]:
        """Sources that could not be used at all, with the reason."""
        return [f"{name} ({got.down})" for name, got in self.received.items() if got.down]

    def as_json(self) -> dict[str, Any]:
        """The report by its public names."""
        from rasoat.store.codec import to_json

        return to_json(RunReport, self)

    def lines(self) -> list[tuple[str, str]]:
        """The report in words: (step, what it did)."""
        lines: list[tuple[str, str]] = []
        if self.read:
            lines.append(
                ("Đọc", f"{number(self.read.pieces)} mẩu, {number(self.read.unchanged)} không đổi; nạp {_counts(self.read.loaded) or 0}")
            )
            refused = sum(self.read.quarantined.values()) + len(self.read.doubts)
            lines.append(("", f"cách ly {number(refused)}, khai rỗng {number(self.read.declared_empty)}"))
            lines += _doubts(self.read.doubts)
            lines += [("", f"  {number(count)} × {reason}") for reason, count in self.read.quarantined.most_common(12)]
            lines += [("", f"  lạ nhưng vẫn nạp: {number(count)} × {reason}") for reason, count in self.read.odd.most_common(6)]
        if self.checked:
            checked = self.checked
            lines.append(
                (
                    "Văn bản",
                    f"{number(checked.documents)} trong sổ, {number(checked.cited_only)} chỉ được viện dẫn; {number(checked.effects)} tác động",
                )
            )
            lines.append(("Viện dẫn", _shares(checked.resolved)))
            lines.append(
                (
                    f"Phát hiện {day(date.fromisoformat(checked.as_of))}",
                    f"{number(checked.procedures)} thủ tục: {_counts(checked.findings) or 'không có'}",
                )
            )
            if checked.suppressed:
                lines.append(("Gạt bỏ có lý do", _counts(checked.suppressed)))
        if self.guarded:
            lines += _guarded(self.guarded)
        if self.indexed:
            indexed = self.indexed
            lines.append(
                (
                    "Chỉ mục",
                    f"{indexed.engine}: {number(indexed.index)} = {number(indexed.database)}, đổi {number(indexed.changed)}, bỏ {number(indexed.removed)}",
                )
            )
            if indexed.mended:
                lines.append(("", f"  đã dựng lại chỉ mục từ đầu, bên cạnh bản đang phục vụ, vì: {indexed.mended}"))
        return lines


_DOUBTS = 60  # lines on a terminal
_NAMES = {
    "announcements": "thủ tục được công bố",
    "postings": "thủ tục thấy niêm yết",
    "looks": "lượt kiểm tra",
    "receptions": "danh mục tiếp nhận",
    "regulations": "văn bản có thủ tục",
    "articles": "điều",
    "clauses": "điều khoản có tác động",
    "documents": "bản ghi văn bản",
    "mentions": "viện dẫn",
    "procedures": "bản ghi thủ tục",
    "resolved": "xác định",
    "unknown_document": "chưa rõ văn bản",
    "ambiguous": "mơ hồ",
    "malformed": "sai dạng số",
    "not_normative": "không phải văn bản quy phạm",
}


def _guarded(guarded: Guarded) -> list[tuple[str, str]]:
    said = "CHẶN công bố, chỉ mục tốt gần nhất vẫn phục vụ" if guarded.blocks else "cho phép công bố"
    again = " (không có gì đổi)" if guarded.reused else ""
    told = f"{number(guarded.evaluated)}/{number(guarded.expected)} kỳ vọng{again}, {len(guarded.failed)} hỏng, {len(guarded.warned)} cần xem lại: {said}"
    lines = [("Chất lượng", told)]
    lines += [("", f"  hỏng: {name}, {number(count)} dòng") for name, count in guarded.failed.items()]
    lines += [("", f"  cần xem lại: {name}, {number(count)} dòng") for name, count in guarded.warned.items()]
    return [*lines, ("", f"  {guarded.page}")]


def _doubts(doubts: list[str]) -> list[tuple[str, str]]:
    rest = [("", f"  … và {number(len(doubts) - _DOUBTS)} dòng nữa; tất cả: --json")] if len(doubts) > _DOUBTS else []
    return [("", f"  {line}") for line in doubts[:_DOUBTS]] + rest


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{_NAMES.get(name, name)} {number(count)}" for name, count in sorted(counter.items()) if count)


def _shares(counter: Counter[str]) -> str:
    total = sum(counter.values())
    return (
        ", ".join(f"{_NAMES.get(name, name)} {number(count)} ({share(count, total)})" for name, count in counter.most_common())
        if total
        else "không có"
    )
