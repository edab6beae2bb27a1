"""The rows of what stands in several places do not depend on how the answers were batched, or on a run that was cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from extractors.readers import IMPORTED
from tests.pipeline.archived_answers import ArchivedAnswers

BODY = "không phải văn bản nào".encode()


@pytest.mark.parametrize("at_once", [True, False])
def test_what_stands_in_two_places_is_read_where_it_stood_first(at_once: bool, engine: Engine, tmp_path: Path) -> None:
    answers = ArchivedAnswers(engine, tmp_path / "archive")
    answers.put(IMPORTED, "a.txt", BODY, "text/plain")
    if not at_once:
        answers.read()
    answers.put(IMPORTED, "b.txt", BODY, "text/plain")
    answers.read()
    assert [place for place, _ in answers.refusals()] == ["a.txt"]
