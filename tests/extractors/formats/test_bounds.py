"""The fence around the zip library: what a broken archive raises is a refusal, what is no fault of the archive stays what it is."""

from __future__ import annotations

import struct
import zipfile
import zlib

import pytest

from extractors.formats.bounds import zip_faults
from extractors.formats.extracted_text import UnreadableError


@pytest.mark.parametrize("fault", [zipfile.BadZipFile(), struct.error(), zlib.error(), EOFError(), NotImplementedError(), RuntimeError()])
def test_whatever_a_broken_archive_raises_is_a_refusal(fault: Exception) -> None:
    with pytest.raises(UnreadableError) as refusal, zip_faults(lambda _: UnreadableError("zip.broken")):
        raise fault
    assert refusal.value.__cause__ is fault


@pytest.mark.parametrize("other", [MemoryError(), UnreadableError("zip.locked"), KeyboardInterrupt()])
def test_a_want_of_memory_and_our_own_refusal_stay_what_they_are(other: BaseException) -> None:
    with pytest.raises(type(other)) as raised, zip_faults(lambda _: UnreadableError("zip.broken")):
        raise other
    assert raised.value is other
