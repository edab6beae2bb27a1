"""The archive keeps bytes exactly, survives a writer killed at any byte, and can rebuild its index."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders

from rasoat.archive import Archive, Damaged, Stored, sha256_of
from rasoat.trouble import SourceTrouble
from rasoat.warc_records import Account

NOW = datetime(2026, 6, 10, 3, 0, 7, 250, tzinfo=UTC)
DAY = date(2026, 6, 9)
JSON = {"Content-Type": "application/json; charset=utf-8", "Server": "x"}


def account(key: str, url: str = "", status: int = 201) -> Account:
    return Account("nguon", key, url or f"http://127.0.0.1/{key}", status, NOW, DAY)


def put(archive: Archive, key: str, body: bytes) -> Stored:
    return archive.put(account(key), JSON, body)


@given(bodies=st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_every_body_comes_back_byte_for_byte(bodies: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = Archive(tmp_path_factory.mktemp("kho"))
    kept = [put(archive, str(number), body) for number, body in enumerate(bodies)]
    assert [archive.read(stored) for stored in kept] == bodies
    archive.close()
    assert [archive.read(stored) for stored in kept] == bodies


def test_an_answer_whose_bytes_are_kept_leaves_a_record_of_a_few_hundred_bytes(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    stored = put(archive, "a", b"{}" * 40_000)
    archive.put_again(account("b", status=404), stored.sha256, ("http://127.0.0.1/a", NOW))
    archive.close()
    first, again = archive.scan()
    assert (first.again, again.again) == (False, True)
    assert again.account == account("b", status=404)
    assert again.stored.sha256 == stored.sha256
    assert again.stored.length < 500
    assert archive.read(stored) == b"{}" * 40_000


@pytest.mark.parametrize(
    "request_", ["danh mục/Sơn La.pdf", " đầu và cuối ", "hai\ndòng\r\nX-Rasoat-Source: khác", "100%25", "\u2028a\u0085", "a: b", ""]
)
@pytest.mark.parametrize("again", [False, True])
def test_whatever_was_asked_comes_back_as_it_was(request_: str, again: bool, tmp_path: Path) -> None:
    archive, told = Archive(tmp_path), account(request_, "file:///tmp/t%E1%BB%87p.pdf", 200)
    if again:
        archive.put_again(told, sha256_of(b"x"), ("file:///tmp/a", NOW))
    else:
        archive.put(told, {}, b"x")
    archive.close()
    assert [one.account for one in archive.scan()] == [told]


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
    assert [one.account for one in found] == [account(key) for key in ("a", "b", "c")]


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
    stored = archive.put(account("bang.xlsx", "file:///tmp/bang.xlsx"), {}, b"PK\x03\x04" * 9)
    archive.put_again(account("b"), sha256_of(b"{}"), ("http://127.0.0.1/a", NOW))
    archive.close()
    with open(tmp_path / stored.warc, "rb") as file:
        records = [
            (one.rec_type, one.rec_headers.get_header("WARC-Date"), one.content_stream().read(), _refers(one.rec_headers))
            for one in ArchiveIterator(file, check_digests="raise")
        ]
    assert records == [
        ("response", "2026-06-10T03:00:07.000250Z", b"{}", None),
        ("resource", "2026-06-10T03:00:07.000250Z", b"PK\x03\x04" * 9, None),
        ("revisit", "2026-06-10T03:00:07.000250Z", b"", ("http://127.0.0.1/a", "2026-06-10T03:00:07.000250Z")),
    ]


def _refers(headers: StatusAndHeaders) -> tuple[str, str] | None:
    if headers.get_header("WARC-Profile") != "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest":
        return None
    return headers.get_header("WARC-Refers-To-Target-URI"), headers.get_header("WARC-Refers-To-Date")


@pytest.fixture
def without_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, "/nonexistent")


@pytest.mark.usefixtures("without_keys")
def test_an_object_store_that_lets_nobody_in_is_no_damage() -> None:
    """botocore's own errors are no OSError."""
    archive = Archive("s3://kho/lưu")
    stored = Stored("0" * 64, "vbpl/2026/x.warc.gz", 0, 10, 10, "text/html")
    for ask in (lambda: archive.read(stored), archive.segments):
        with pytest.raises(SourceTrouble, match=r"Kho lưu không trả lời \(botocore\.exceptions\.NoCredentialsError\)"):
            ask()
    put(archive, "x", b"x")
    with pytest.raises(SourceTrouble, match="Kho lưu không trả lời"):
        archive.flush()
