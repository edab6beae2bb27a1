"""No spelling of a secret in an address gets into what is told; where a thing lies stays readable."""

from __future__ import annotations

import pickle
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasoat.addresses import MASK, UNTOLD, has_secrets, host_of, masked, reason_told, shown
from rasoat.trouble import Trouble

WORD = st.text(st.characters(min_codepoint=33, max_codepoint=0x1EF9, exclude_categories=("Cc", "Cf", "Zs")), min_size=6, max_size=20).map(
    lambda text: f"Bí{text}mật9"
)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql+psycopg://rasoat:hunter2@db:5432/rasoat", "postgresql+psycopg://***@db:5432/rasoat"),
        ("postgresql://db/rasoat?password=hunter2&sslmode=require", "postgresql://db/rasoat"),
        ("postgresql://rasoat:p@hunter2/x#y@db/rasoat", "postgresql://***@db/rasoat"),
        ("https://hunter2@host/hook?a=b#c", "https://***@host/hook"),
        ("http://a:hunter2@one:9200, http://b:hunter2@two:9200", "http://***@one:9200,http://***@two:9200"),
        ("http://a:hun,ter2@one:9200,http://two", MASK),
        ("simplecache::ftp://u:hunter2@host/archive", "simplecache::ftp://***@host/archive"),
        ("u:hunter2@host", MASK),
        ("vbpl.vn", "vbpl.vn"),
        ("s3://bucket/archive", "s3://bucket/archive"),
        ("sqlite:////home/ten@coquan.vn/rasoat.db", "sqlite:////home/ten@coquan.vn/rasoat.db"),
        ("/home/ten@coquan.vn/archive", "/home/ten@coquan.vn/archive"),
        ("postgresql://rasoat:hunter2/rasoat", "postgresql://***"),
        ("postgresql:///rasoat", "postgresql:///rasoat"),
        ("http://[::1]:9200/", "http://[::1]:9200/"),
    ],
)
def test_an_address_is_shown_without_its_secrets(address: str, told: str) -> None:
    assert shown(address) == told
    assert "hunter2" not in shown(address)


def test_of_a_host_nothing_else_is_told() -> None:
    assert host_of("https://u:hunter2@Hooks.Example:8443/services/T0/hunter2?x=hunter2") == "hooks.example:8443"
    assert host_of("http://host:hunter2/") == host_of("hunter2") == ""


@given(WORD)
def test_an_address_in_any_text_is_masked(word: str) -> None:
    raw, spelled = quote(word, safe=""), quote(word)
    for secret in (raw, spelled):
        for text in (
            f"cannot open 'postgresql://x:{secret}@host/db': refused",
            f'see "https://{secret}@host/a" or http://b',
            f"POST http://h/x?access_token={raw} failed",
            f"connection failed: host=db password={raw} user=x",
            f"{{'Authorization': 'Basic {raw}'}}",
        ):
            assert secret not in masked(text), text
            assert masked(masked(text)) == masked(text)
            assert "host" in masked(text) or "h/x" in masked(text) or "Authorization" in masked(text)


@given(WORD)
def test_a_library_s_words_are_told_without_the_secrets_of_the_address(word: str) -> None:
    address = f"postgresql://rasoat:{quote(word, safe='')}@db/rasoat"
    for said in (f"password {word!r} is wrong", f"{address} refused", f"bad {quote(word, safe='')}", f"{word}"):
        told = reason_told(said, address)
        assert word not in told
        assert quote(word, safe="") not in told
        assert repr(word)[1:-1] not in told


@given(WORD, st.sampled_from("@/?# "))
def test_of_an_address_that_cannot_be_taken_apart_no_reason_is_told(word: str, letter: str) -> None:
    address = f"postgresql://rasoat:{word}{letter}{word}@db/rasoat"
    assert reason_told(f"no host {word}@db", address) in (UNTOLD, "no host ***@db")
    assert word not in reason_told(f"no host {word}", address)


def test_the_reason_stays_where_it_tells_no_secret() -> None:
    said = 'connection to server at "db" failed: FATAL: password authentication failed for user "rasoat"'
    assert reason_told(said, "postgresql://rasoat:hunter2@db/rasoat") == said
    assert reason_told("disk full: /home/a@b/rasoat.db", "sqlite:////home/a@b/rasoat.db") == "disk full: /home/a@b/rasoat.db"
    assert masked("open sqlite:////home/a@b/rasoat.db") == "open sqlite:////home/a@b/rasoat.db"
    assert reason_told("pw abc, not abcd", "postgresql://u:abc@db/x") == "pw ***, not abcd"


def test_a_trouble_holds_no_secret_of_an_address_and_crosses_processes() -> None:
    trouble = Trouble("store.failed", reason="no such host in https://u:hunter2@host/x?token=hunter2")
    again = pickle.loads(pickle.dumps(trouble))
    for one in (trouble, again):
        assert "hunter2" not in f"{one} {one.fields} {one!r}"
        assert "host/x" in str(one)


@pytest.mark.parametrize("piece", ["a", "a://", "?", "?pass", "?passa=", "password ", "password='", "authorization: ", "@", "a:", "://@ "])
def test_masking_takes_time_by_the_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text, begun = piece * (length // len(piece)), time.process_time()
        masked(text)
        return time.process_time() - begun

    assert min(seconds(200_000) for _ in range(3)) < 5 * max(min(seconds(100_000) for _ in range(3)), 0.002)


def test_what_says_more_than_where_is_known() -> None:
    assert not has_secrets("https://vbpl.vn/api")
    assert all(map(has_secrets, ("https://u@h", "https://h/?token=x", "https://h/#x")))
