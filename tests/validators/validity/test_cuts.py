"""The answers kept by day are those of the graph, on every day and for every provision, named by a clause or not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rasoat.records import Verdict
from tests.validators.validity.generated_facts import KEYS, PATHS, START, STEP, Shelf, generated_facts
from validators.validity.cuts import Timeline, status_line, timelines
from validators.validity.doubts import AnswerDoubt, doubts
from validators.validity.outline import Outlines
from validators.validity.provision_answers import as_text_has_it, heirs, text_matters

pytestmark = pytest.mark.slow  # takes seconds of the processor

DRAWN = (Phase.explicit, Phase.reuse, Phase.generate)  # a seed that fails tells all by itself: none smaller is simpler


def kept_answer(lines: dict[str, Timeline], path: str | None, day: date) -> tuple[Verdict, tuple[AnswerDoubt, ...]]:
    line = next(lines[heir] for heir in heirs(path or "") if heir in lines)
    last = [answer for answer in line if answer.day <= day][-1]
    return last.verdict, last.doubts


def days_beside(lines: dict[str, Timeline], dice: random.Random) -> Iterator[date]:
    for day in sorted({answer.day for line in lines.values() for answer in line}):
        yield from {max(day, date(1, 1, 2)) - timedelta(days=1), day, day + timedelta(days=1)}
    for _ in range(6):
        yield START + timedelta(days=dice.randrange(-400, 7000))


@settings(max_examples=340, phases=DRAWN)  # of six documents each
@given(st.integers(0, 2**32))
def test_what_is_kept_is_the_answer_of_every_day(seed: int) -> None:
    dice = random.Random(seed)
    graph, outlines = generated_facts(dice).graph(), Outlines(Shelf())
    for key in KEYS:
        lines = timelines(graph, key)
        for day in days_beside(lines, dice):
            for path in (None, *dice.sample(PATHS[1:], 6)):
                verdict = graph.status(key, path, day)
                if graph.consolidated(key):
                    if path is None:
                        assert kept_answer(lines, path, day) == (verdict, ())
                    continue
                kept, told = kept_answer(lines, path, day)
                outline = outlines.outline(key)
                if path and text_matters(kept):
                    missing = outline.missing(path) if outline else None
                    kept = as_text_has_it(kept, path, missing, bool(outline and outline.holds(path)), graph.amended_by(key))
                    told = () if missing else told
                assert kept == verdict, (key, path, day)
                assert told == tuple(doubts(graph, key, path, verdict, day)), (key, path, day)
        for line in lines.values():
            assert line[0].day == date.min
            assert all((a.verdict, a.doubts) != (b.verdict, b.doubts) for a, b in pairwise(line))


@settings(max_examples=60, phases=DRAWN)
@given(st.integers(0, 2**32), st.none() | st.integers(0, 36).map(lambda n: START + n * STEP))
def test_the_line_of_one_document_or_provision_is_what_the_graph_says_on_every_day(seed: int, known_at: date | None) -> None:
    dice = random.Random(seed)
    graph = generated_facts(dice).graph()
    for key in KEYS:
        for path in (None, *dice.sample(PATHS[1:], 3)):
            line = status_line(graph, key, path or "", known_at)
            for day in days_beside({"": line}, dice):
                answer = [one for one in line if one.day <= day][-1]
                assert answer.verdict == graph.status(key, path, day, known_at), (key, path, day)
