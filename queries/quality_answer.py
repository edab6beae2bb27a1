"""The gate's verdict on a day, by its public names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from queries.contract import BrokenExpectation, BrokenRow, QualityAnswer
from validators.quality import Broken, GateVerdict


def quality_answer(verdict: GateVerdict, states: Mapping[str, str], page: Path | None) -> QualityAnswer:
    """What was evaluated and what is broken, each with what people decided of it; `page` is the file that shows it."""
    return QualityAnswer(
        as_of=verdict.as_of,
        blocks=verdict.blocks,
        expected=verdict.expected,
        evaluated=verdict.evaluated,
        reused=verdict.reused,
        page=str(page) if page else None,
        broken=[_broken(one, states) for one in verdict.broken],
    )


def _broken(one: Broken, states: Mapping[str, str]) -> BrokenExpectation:
    return BrokenExpectation(
        check=one.check,
        tier=one.tier.value,
        suite=one.suite,
        says=one.says,
        table=one.table,
        column=one.column,
        total=one.total,
        rows=[BrokenRow(key=row.key, value=row.value, expected=row.expected) for row in one.rows],
        trouble=one.trouble,
        fingerprint=one.fingerprint,
        state=states[one.fingerprint],
    )
