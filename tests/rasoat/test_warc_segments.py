"""Every byte of a segment belongs to a whole record or is named; one changed byte anywhere shows."""

from __future__ import annotations

import io
import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rasoat.archive import Archive
from rasoat.warc_records import Account
from rasoat.warc_segments import SegmentGap, WholeRecord, walk

NOW, DAY = datetime(2026, 6, 10, 3, tzinfo=UTC), date(2026, 6, 10)


def account(key: str) -> Account:
    return Account("nguon", key, f"http://127.0.0.1/{key}", 200, NOW, DAY)


@pytest.fixture
def segment(tmp_path: Path) -> tuple[str, bytes]:
    """One packed answer, one kept as it came, one page, and one whose bytes came again."""
    archive = Archive(tmp_path)
    archive.put(account("a"), {"Content-Type": "application/json", "Server": "x"}, b"{}" * 300)
    archive.put(account("b"), {}, b"PK\x03\x04" * 30)
    page = archive.put(account("c"), {"Content-Type": "text/html"}, b"<html>xin chao" * 50)
    archive.put_again(account("d"), page.sha256, (account("c").url, NOW))
    archive.close()
    (name,) = archive.segments()
    return name, (tmp_path / name).read_bytes()


def met(name: str, data: bytes) -> list[WholeRecord | SegmentGap]:
    return list(walk(io.BytesIO(data), name))


def test_a_whole_segment_has_no_gap(segment: tuple[str, bytes]) -> None:
    found = met(*segment)
    assert [(one.found.account.request, one.exact, one.odd_frame) for one in found] == [(key, True, False) for key in "abcd"]
    ends = [one.found.stored.offset + one.found.stored.length for one in found]
    assert [0, *ends] == [one.found.stored.offset for one in found] + [len(segment[1])]


def test_one_changed_byte_anywhere_is_found(segment: tuple[str, bytes]) -> None:
    name, data = segment
    whole = met(name, data)
    unnoticed = []
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 0xFF
        if met(name, bytes(changed)) == whole:
            unnoticed.append(at)
    assert unnoticed == []


def test_what_stands_behind_damage_is_still_met_and_the_damage_has_its_place(segment: tuple[str, bytes]) -> None:
    name, data = segment
    whole = [one.found.stored for one in met(name, data)]
    second = whole[1]
    changed = bytearray(data)
    changed[second.offset + second.length // 2] ^= 0xFF
    found = met(name, bytes(changed))
    assert [one.found.stored for one in found if isinstance(one, WholeRecord)] == [whole[0], *whole[2:]]
    (gap,) = [one for one in found if isinstance(one, SegmentGap)]
    assert (gap.warc, gap.offset, gap.length, gap.torn) == (name, second.offset, second.length, False)


@pytest.mark.parametrize(("behind", "torn"), [(b"x", True), (b"\x1f\x8b\x08", True), (b"\0" * 100, True)])
def test_bytes_that_are_no_record_are_a_gap_at_the_end(segment: tuple[str, bytes], behind: bytes, torn: bool) -> None:
    name, data = segment
    *records, gap = met(name, data + behind)
    assert len(records) == 4
    assert isinstance(gap, SegmentGap)
    assert (gap.offset, gap.length, gap.torn) == (len(data), len(behind), torn)


def test_a_record_cut_off_is_a_torn_end(segment: tuple[str, bytes]) -> None:
    name, data = segment
    *records, gap = met(name, data[:-20])
    assert len(records) == 3
    assert isinstance(gap, SegmentGap)
    assert gap.torn


def test_an_answer_that_packs_manifold_is_whole(tmp_path: Path) -> None:
    """Its packed bytes are handed to zlib in portions that unfold to more than is taken at once."""
    archive = Archive(tmp_path)
    chance = random.Random(7)
    body = b"".join(chance.randbytes(30).hex().encode() * 20 for _ in range(12_000))
    kept = archive.put(account("a"), {"Content-Type": "text/plain"}, body)
    after = archive.put(account("b"), {"Content-Type": "text/plain"}, b"xin chao")
    archive.close()
    assert kept.size > 8 * kept.length > 8 << 18
    with archive.open_segment(kept.warc) as file:
        assert [one.found.stored for one in walk(file, kept.warc) if isinstance(one, WholeRecord)] == [kept, after]
    assert [one.stored for one in archive.scan()] == [kept, after]
