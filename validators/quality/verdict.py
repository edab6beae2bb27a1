"""The verdict of a gate: how many expectations were evaluated, which are broken, and the rows that broke them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from validators.quality.expectation import Expectation, GateTier

NOT_EVALUATED = "không được đánh giá: bộ kỳ vọng đã mất mục này / not evaluated"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that breaks an expectation: its key, the value that stands there, and what it must be where that is one value."""

    key: str
    value: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken expectation. `rows` are the first of `total`; `trouble` says why it could not be evaluated at all."""

    check: str
    suite: str
    tier: GateTier
    says: str
    table: str
    column: str
    total: int
    rows: tuple[Row, ...] = ()
    trouble: str = ""

    @property
    def fingerprint(self) -> str:
        """What a person's decision on this item is kept by; it survives every re-run."""
        return hashlib.sha256(f"quality:{self.check}".encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """What the gate says of one day. `suites` counts the expectations evaluated in each suite."""

    as_of: date
    expected: int
    evaluated: int
    broken: tuple[Broken, ...] = ()
    suites: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    reused: bool = False

    @property
    def blocks(self) -> bool:
        """Whether publication stops: an expectation of tier `fail` is broken, or not every expectation was evaluated."""
        return self.evaluated != self.expected or any(one.tier is GateTier.FAIL for one in self.broken)

    @property
    def failed(self) -> tuple[Broken, ...]:
        return tuple(one for one in self.broken if one.tier is GateTier.FAIL)

    @property
    def warned(self) -> tuple[Broken, ...]:
        """The review items."""
        return tuple(one for one in self.broken if one.tier is GateTier.WARN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What Great Expectations said of one expectation; `error` where it could not evaluate it."""

    success: bool
    error: str = ""


def judge(as_of: date, asked: Sequence[Expectation], outcomes: Mapping[str, Outcome], broken: Iterable[Broken]) -> GateVerdict:
    """The verdict on what was asked. What was asked and not evaluated is broken and stops publication, whatever its tier:
    a suite that lost its expectations reports success on nothing."""
    absent = [check for check in asked if check.name not in outcomes]
    lost = [Broken(one.name, one.suite, GateTier.FAIL, one.says, one.table, one.column, 0, trouble=NOT_EVALUATED) for one in absent]
    suites: dict[str, int] = {}
    for check in asked:
        suites[check.suite] = suites.get(check.suite, 0) + (check.name in outcomes)
    return GateVerdict(as_of, len(asked), len(asked) - len(absent), (*broken, *lost), suites)
