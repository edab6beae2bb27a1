"""A server as production has it: TLS with an authority of its own, and a user who may touch our indices alone."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import where_a_server_can_be_had
from elasticsearch_server import Guard, Server, running

from rasoat.settings import Settings
from search.answering import answer
from search.engines import EngineDown, Query, SearchError, open_engine
from search.engines.connection import access_of
from search.engines.elasticsearch import ElasticsearchEngine
from search.entries import Entry
from search.index_contract import BadQuery

pytestmark = pytest.mark.slow

Settle = Callable[..., Settings]


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for loopback that signs itself, and its key."""
    made, key = folder / f"{name}.crt", folder / f"{name}.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=rasoat-test"]
    subprocess.run([*command, "-addext", "subjectAltName=IP:127.0.0.1", "-out", made, "-keyout", key], check=True, capture_output=True)
    key.chmod(0o644)  # the server may run as another user
    return made, key


@pytest.fixture(scope="module")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Guard:
    made, key = certificate(tmp_path_factory.mktemp("tls"), "http")
    return Guard(made, key, "rasoat", "mật khẩu dài", "rasoat")


@pytest.fixture(scope="module")
def secured(guard: Guard) -> Iterator[Server]:
    with where_a_server_can_be_had(), running(guard) as server:
        yield server


@pytest.fixture
def settle(secured: Server, guard: Guard, tmp_path: Path) -> Settle:
    """The settings of an operator: the secret in a file."""

    def settings(password: str = guard.password, **more: object) -> Settings:
        (tmp_path / "password").write_text(password + "\n", "utf-8")
        told = {"elasticsearch_url": secured.url, "elasticsearch_ca": guard.certificate, "elasticsearch_user": guard.user}
        return Settings(**{"search_engine": "elasticsearch", "elasticsearch_password_file": tmp_path / "password", **told, **more})

    return settings


def test_builds_and_answers_over_tls_with_rights_to_its_own_indices(settle: Settle, entries: list[Entry]) -> None:
    engine = open_engine(settle())
    assert engine.build(entries) == len(entries)
    assert engine.build(entries) == len(entries), "a second version beside the first, the alias moved, the first swept away"
    assert engine.update(entries[:2]) == len(entries)
    assert answer(engine, Query("khai sinh")).hits


def test_a_server_whose_authority_is_not_ours_is_not_believed(settle: Settle, tmp_path: Path) -> None:
    stranger, _ = certificate(tmp_path, "stranger")
    for settings in (settle(elasticsearch_ca=stranger), settle(elasticsearch_ca=None)):
        with pytest.raises(EngineDown, match="RASOAT_ELASTICSEARCH_CA"):
            open_engine(settings).count()


def test_a_file_that_is_no_certificate_is_named(settle: Settle, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    with pytest.raises(BadQuery, match="certificate"):
        open_engine(settle(elasticsearch_ca=tmp_path / "empty.pem"))


def test_a_wrong_password_is_said_and_not_shown(settle: Settle) -> None:
    with pytest.raises(SearchError, match="RASOAT_ELASTICSEARCH_USER") as refused:
        open_engine(settle(password="chẳng đúng")).count()
    assert "chẳng đúng" not in str(refused.value)


def test_an_api_key_instead_of_a_user(settle: Settle, tmp_path: Path, entries: list[Entry]) -> None:
    engine = open_engine(settle())
    key = engine._client.security.create_api_key(name="test")["encoded"]
    (tmp_path / "key").write_text(key)
    by_key = settle(elasticsearch_api_key_file=tmp_path / "key", elasticsearch_user="", elasticsearch_password_file=None)
    assert open_engine(by_key).build(entries) == len(entries)


def test_indices_of_others_are_out_of_reach(guard: Guard, settle: Settle, entries: list[Entry]) -> None:
    with pytest.raises(SearchError, match="RASOAT_ELASTICSEARCH_USER"):
        ElasticsearchEngine(replace(access_of(settle())), prefix="others").build(entries)
