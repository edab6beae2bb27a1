"""A damaged record costs itself alone: whatever was done to its bytes, all others are found, and nothing is found that nobody put."""

from __future__ import annotations

import gzip
import io
import random
import time
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.warcwriter import WARCWriter

from rasoat.archive import Archive, Damaged, Stored, sha256_of
from rasoat.warc_members import SEGMENT_HEADER
from rasoat.warc_records import Account

NOW = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)


def account(key: str, source: str = "nguon") -> Account:
    return Account(source, key, f"http://127.0.0.1/{key}", 200, NOW, date(2026, 6, 10))


def body_of(number: int, seed: random.Random) -> tuple[str, bytes]:
    """Bodies of each way they are packed: text, bytes that no packing shortens, files stored as they are, nothing at all."""
    kind = number % 4
    if kind == 0:
        return "application/json", b'{"so": %d}' % number * seed.randint(1, 400)
    if kind == 1:
        return "application/octet-stream", seed.randbytes(seed.randint(1, 90_000))
    if kind == 2:
        return "application/zip", b"PK\x03\x04" + seed.randbytes(seed.randint(1, 150_000))
    return "text/html", b""


def filled(folder: Path, count: int, seed: random.Random) -> tuple[Archive, list[Stored], bytearray]:
    archive = Archive(folder)
    kept = []
    for number in range(count):
        media_type, body = body_of(number, seed)
        kept.append(archive.put(account(str(number)), {"Content-Type": media_type}, body + b"%d" % number))
    archive.close()
    return archive, kept, bytearray((folder / kept[0].warc).read_bytes())


def found(archive: Archive) -> list[str]:
    return [one.stored.sha256 for one in archive.scan()]


def flip(data: bytearray, at: int) -> None:
    data[at] ^= 0xFF


PLACES: dict[str, Callable[[Stored, random.Random], int]] = {
    "gzip magic": lambda one, _: one.offset + 1,
    "gzip flags": lambda one, _: one.offset + 3,
    "gzip time": lambda one, _: one.offset + 5,
    "first block": lambda one, _: one.offset + 10,
    "record's head": lambda one, _: one.offset + 40,
    "body": lambda one, seed: one.offset + one.length - 8 - max(1, one.length // 8),
    "checksum": lambda one, _: one.offset + one.length - 8,
    "size": lambda one, _: one.offset + one.length - 1,
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("which", range(8))
def test_two_bytes_flipped_cost_one_record(tmp_path: Path, place: str, which: int) -> None:
    seed = random.Random(f"{place} {which}")
    archive, kept, data = filled(tmp_path, 8, seed)
    at = PLACES[place](kept[which], seed)
    for where in (at, at + 1):
        flip(data, min(where, len(data) - 1))
    (tmp_path / kept[0].warc).write_bytes(data)
    told: list[tuple[str, int]] = []
    others = [one.sha256 for one in kept if one is not kept[which]]
    assert [one.stored.sha256 for one in archive.scan(lambda *place: told.append(place)) if one.stored != kept[which]] == others
    for one in kept:
        if one is not kept[which]:
            assert sha256_of(archive.read(one)) == one.sha256
    if which < 7:  # what ends a segment may be what a writer that was killed left
        assert told == ([] if place.startswith("gzip") else [(kept[which].warc, kept[which].offset)])
    if archive.holds(kept[which]):  # what was hit is not the body
        assert place not in ("first block", "body") or kept[which].size < 9
    else:
        with pytest.raises(Damaged, match=rf"{kept[which].warc} tại {kept[which].offset}\b"):
            archive.read(kept[which])


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_was_damaged_the_others_are_found(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, seed = tmp_path_factory.mktemp("kho"), random.Random(data.draw(st.integers(0, 1 << 30)))
    archive, kept, raw = filled(folder, data.draw(st.integers(1, 9)), seed)
    pieces = [bytearray(raw[one.offset : one.offset + one.length]) for one in kept]
    whole = [True] * len(pieces)
    for _ in range(data.draw(st.integers(1, 4))):
        which = data.draw(st.integers(0, len(pieces) - 1))
        match data.draw(st.sampled_from(["flip", "zeros", "cut", "noise", "dropped bytes"])):
            case "flip":
                flip(pieces[which], seed.randrange(len(pieces[which])))
            case "zeros":
                at = seed.randrange(len(pieces[which]))
                pieces[which][at : at + 600] = bytes(len(pieces[which][at : at + 600]))
            case "cut":
                del pieces[which][seed.randrange(len(pieces[which])) :]
            case "noise":
                pieces[which] += seed.randbytes(seed.randint(1, 5000))
                continue
            case "dropped bytes":
                at = seed.randrange(len(pieces[which]))
                del pieces[which][at : at + seed.randint(1, 40)]
        whole[which] = False
    (folder / kept[0].warc).write_bytes(b"".join(pieces))
    seen = found(archive)
    assert [one.sha256 for one, good in zip(kept, whole, strict=True) if good and one.sha256 not in seen] == []
    assert set(seen) <= {one.sha256 for one in kept}
    assert seen == sorted(seen, key=[one.sha256 for one in kept].index)


def forged(body: bytes, segment: str | None = None) -> bytes:
    """A whole record of ours in every way but one: somebody else wrote it."""
    out = io.BytesIO()
    told = {"WARC-Payload-Digest": f"sha256:{sha256_of(body)}", "X-Rasoat-Source": "dichvucong", "X-Rasoat-Request": "detail/gia"}
    told |= {SEGMENT_HEADER: segment} if segment else {}
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    writer.write_record(writer.create_warc_record("http://x/", "resource", io.BytesIO(body), len(body), "text/plain", told))
    return gzip.compress(out.getvalue())


@pytest.mark.parametrize("media_type", ["application/zip", "application/gzip"])
@pytest.mark.parametrize("segment", [None, "nguon/20260610T030000-00000000.warc.gz"])
def test_a_record_in_the_bytes_of_another_is_never_found(tmp_path: Path, media_type: str, segment: str | None) -> None:
    """An upload may hold records; where the record around it is damaged they lie open."""
    archive = Archive(tmp_path)
    evil = (
        random.Random(7).randbytes(70_000)
        + b"".join(forged(b"gia %d" % n, segment) for n in range(20))
        + random.Random(8).randbytes(70_000)
    )
    kept = [
        archive.put(account("a"), {}, b"mot"),
        archive.put(account("b"), {"Content-Type": media_type}, evil),
        archive.put(account("c"), {}, b"ba"),
    ]
    archive.close()
    whole = (tmp_path / kept[0].warc).read_bytes()
    for at in range(kept[1].offset + 10, kept[1].offset + 900, 7):
        data = bytearray(whole)
        data[at] ^= 0xFF
        (tmp_path / kept[0].warc).write_bytes(data)
        assert found(archive) in ([kept[0].sha256, kept[2].sha256], [one.sha256 for one in kept]), at


def test_an_archive_of_before_that_names_no_segment_is_found_too(tmp_path: Path) -> None:
    (tmp_path / "cu").mkdir()
    records = [forged(b"%d" % n * 50) for n in range(5)]
    broken = bytearray(records[1])
    broken[12:40] = bytes(28)
    (tmp_path / "cu" / "20250101T000000-0a0b0c0d.warc.gz").write_bytes(b"".join([records[0], bytes(broken), *records[2:]]))
    assert found(Archive(tmp_path)) == [sha256_of(b"%d" % n * 50) for n in (0, 2, 3, 4)]


def test_the_time_is_that_of_the_length(tmp_path: Path) -> None:
    """Thrice the records, every third damaged in its stream, full of headers that begin nothing: not nine times the time."""

    def spent(count: int) -> float:
        archive, folder = Archive(tmp_path / str(count)), tmp_path / str(count)
        noise = (b"\x1f\x8b\x08\0\0\0\0\0\0\3" + zlib.compress(b"WARC/1.1\r\n" * 50)[2:-4]) * 40
        kept = [archive.put(account(str(n)), {"Content-Type": "application/zip"}, noise + b"%d" % n) for n in range(count)]
        archive.close()
        data = bytearray((folder / kept[0].warc).read_bytes())
        for one in kept[::3]:
            data[one.offset + 10 : one.offset + 14] = b"\xff" * 4
        (folder / kept[0].warc).write_bytes(data)
        begun = time.process_time()
        assert len(found(archive)) == count - len(kept[::3])
        return time.process_time() - begun

    assert spent(900) < 5 * spent(300)
