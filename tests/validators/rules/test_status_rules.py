"""The days on which a coming end is announced (CITE-07), and how grave it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rasoat.records import Severity, Verb

END = date(2027, 3, 1)


@pytest.fixture
def ending(law, desk):
    """A text in force, cited, that a text of 2026 replaces from 01/03/2027."""
    old, new = law.doc("60/2014/QH13", "2014-11-20", "2016-01-01"), law.doc("03/2026/QH16", "2026-04-10", "2027-03-01")
    law.effect(Verb.REPLACES, new, old)
    return desk.cite(old)


def told(desk, left: int) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in desk.check((END - timedelta(days=left)).isoformat())]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (121, []),
        (120, [("CITE-07", Severity.INFO)]),  # the last day of the horizon is inside it: (t, t+N]
        (119, [("CITE-07", Severity.INFO)]),
        (31, [("CITE-07", Severity.INFO)]),
        (30, [("CITE-07", Severity.MEDIUM)]),
        (29, [("CITE-07", Severity.MEDIUM)]),
        (1, [("CITE-07", Severity.MEDIUM)]),
        (0, [("CITE-01", Severity.HIGH)]),
    ],
)
def test_an_end_is_announced_from_the_last_day_of_the_horizon_to_its_eve(ending, left, said):
    assert told(ending, left) == said


@pytest.mark.parametrize(("horizon", "said"), [(9, []), (10, [("CITE-07", Severity.MEDIUM)])])
def test_the_horizon_is_a_setting(law, new_desk, horizon, said):
    old, new = law.doc("60/2014/QH13", "2014-11-20", "2016-01-01"), law.doc("03/2026/QH16", "2026-04-10", "2027-03-01")
    law.effect(Verb.REPLACES, new, old)
    assert told(new_desk(horizon_days=horizon).cite(old), 10) == said
