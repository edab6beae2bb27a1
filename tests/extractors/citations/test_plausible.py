"""Terms of the National Assembly that a number must bear."""

from __future__ import annotations

import pytest

from extractors.citations.resolution.plausible import with_possible_term


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("67/2014/QH14", "67/2014/QH13"),
        ("29/2000/PL-UBTVQH", "29/2000/PL-UBTVQH10"),
        ("67/2014/QH13", None),
        ("03/2011/QH", None),  # two Assemblies sat that year
        ("118/2025/NĐ-CP", None),
    ],
)
def test_the_term_that_the_year_allows(printed: str, meant: str | None) -> None:
    assert with_possible_term(printed) == meant
