"""A minute of broken inputs for all readers together; by hand for longer: `python -m tests.extractors.fuzz_readers --seconds 3600`."""

from __future__ import annotations

import pytest

from extractors.apart import ReadingProcess
from tests.extractors.fuzz_readers import ALLOWANCE, inputs, seeds, tried

SECONDS, SEED = 60, 20261130


@pytest.mark.slow
def test_every_input_ends_in_records_or_in_a_refusal_by_name() -> None:
    process = ReadingProcess(ALLOWANCE)
    try:
        done = tried(SECONDS, SEED, process)
    finally:
        process.close()
    assert done.inputs.total() > 20
    assert [(number, one.reader, one.name, end) for number, one, end in done.failures] == []


def test_an_input_follows_from_its_seed_and_number() -> None:
    first, again = inputs(7), inputs(7)
    for _ in range(len(seeds()) + 30):
        assert next(first) == next(again)
