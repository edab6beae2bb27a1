"""The archive keeps bytes exactly, survives a writer killed at any byte, and can rebuild its index."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from rasoat.archive import Archive, Damaged, Stored

NOW = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
JSON = {"Content-Type": "application/json; charset=utf-8", "Server": "x"}


def put(archive: Archive, key: str, body: bytes) -> Stored:
    return archive.put("nguon", key, f"http://127.0.0.1/{key}", 201, JSON, body, NOW)


@given(bodies=st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_every_body_comes_back_byte_for_byte(bodies: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = Archive(tmp_path_factory.mktemp("kho"))
    kept = [put(archive, str(number), body) for number, body in enumerate(bodies)]
    assert [archive.read(stored) for stored in kept] == bodies
    archive.close()
    assert [archive.read(stored) for stored in kept] == bodies


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert put(archive, "a", b"{}") == put(archive, "b", b"{}")
    archive.close()
    assert len(list(archive.scan())) == 1


def test_another_writer_never_touches_an_older_segment(tmp_path: Path) -> None:
    first = Archive(tmp_path)
    stored = put(first, "a", b"mot")
    before = (tmp_path / stored.warc).read_bytes()
    second = Archive(tmp_path)
    other = put(second, "b", b"hai")
    assert other.warc != stored.warc
    assert (tmp_path / stored.warc).read_bytes() == before


def test_the_index_can_be_rebuilt_from_the_files(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    kept = [put(archive, key, key.encode() * 50) for key in ("a", "b", "c")]
    archive.close()
    found = list(archive.scan())
    assert [one.stored for one in found] == kept
    assert [(one.source, one.request, one.url) for one in found][1] == ("nguon", "b", "http://127.0.0.1/b")


def test_a_writer_killed_at_any_byte_loses_only_the_torn_record(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "whole")
    kept = [put(archive, key, key.encode() * 20) for key in ("a", "b")]
    archive.close()
    whole = (tmp_path / "whole" / kept[0].warc).read_bytes()
    for length in range(kept[1].offset, len(whole)):
        torn = tmp_path / "torn"
        shutil.rmtree(torn, ignore_errors=True)
        (torn / kept[0].warc).parent.mkdir(parents=True)
        (torn / kept[0].warc).write_bytes(whole[:length])
        again = Archive(torn)
        assert [one.stored.sha256 for one in again.scan()][:1] == [kept[0].sha256], length
        assert again.read(kept[0]) == b"a" * 20
        if length < len(whole) - 12:  # the last bytes of a gzip member hold nothing of the body
            assert len(list(again.scan())) == 1
            with pytest.raises(Damaged):
                again.read(kept[1])
    fresh = put(again, "b", b"b" * 20)
    assert again.read(fresh) == b"b" * 20


def test_changed_bytes_are_never_given_out(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    stored = put(archive, "a", b"nguyen van")
    with pytest.raises(Damaged):
        archive.read(replace(stored, sha256="0" * 64))
    with pytest.raises(Damaged):
        archive.read(replace(stored, warc="nguon/khong-co.warc.gz"))


def test_an_object_store_gets_whole_segments_only() -> None:
    archive = Archive("memory://kho-thu")
    stored = put(archive, "a", b"mot")
    assert archive.read(stored) == b"mot"
    assert list(Archive("memory://kho-thu").scan()) == []
    archive.flush()
    assert Archive("memory://kho-thu").read(stored) == b"mot"
    later = put(archive, "b", b"hai")
    archive.close()
    assert later.warc != stored.warc
    assert {one.stored for one in Archive("memory://kho-thu").scan()} == {stored, later}


def test_the_files_are_plain_warc(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    put(archive, "a", b"{}")
    stored = archive.put("import", "bang.xlsx", "file:///tmp/bang.xlsx", 200, {}, b"PK\x03\x04" * 9, NOW)
    archive.close()
    with open(tmp_path / stored.warc, "rb") as file:
        records = [
            (one.rec_type, one.rec_headers.get_header("WARC-Date"), one.content_stream().read())
            for one in ArchiveIterator(file, check_digests="raise")
        ]
    assert records == [("response", "2026-06-10T03:00:00Z", b"{}"), ("resource", "2026-06-10T03:00:00Z", b"PK\x03\x04" * 9)]
