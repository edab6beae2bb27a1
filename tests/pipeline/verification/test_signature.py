"""Signatures by the real ssh-keygen: whose they are, that they fit, and what is said where they do not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.verification.signature import SignatureVerdict, Signed, check_signature, ready_to_sign, sign, signature_beside
from rasoat.trouble import Trouble
from tests.conftest import missing

BYTES = b'{"manifest": 1}\n'


@pytest.fixture(scope="module", autouse=True)
def _program() -> None:
    if shutil.which("ssh-keygen") is None:
        missing("ssh-keygen", "apt-get install openssh-client")


def key(folder: Path, name: str) -> Path:
    path = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)], check=True)
    return path


def signers(folder: Path, *keys: tuple[str, Path]) -> Path:
    path = folder / "nguoi-ky"
    path.write_text("".join(f"{who} {one.with_suffix('.pub').read_text()}" for who, one in keys))
    return path


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "ban-ke.json"
    path.write_bytes(BYTES)
    return path


def test_a_signature_says_whose_it_is(written: Path, tmp_path: Path) -> None:
    mine, other = key(tmp_path, "mine"), key(tmp_path, "other")
    assert sign(written, BYTES, mine) == signature_beside(written)
    allowed = signers(tmp_path, ("khac@example.org", other), ("nguoi-ky@example.org", mine))
    assert check_signature(written, allowed) == SignatureVerdict(Signed.BY, "nguoi-ky@example.org")


def test_without_a_list_of_signers_the_key_alone_is_told(written: Path, tmp_path: Path) -> None:
    sign(written, BYTES, key(tmp_path, "mine"))
    found = check_signature(written, None)
    assert found.state is Signed.UNTOLD
    assert found.who.startswith("SHA256:")


def test_a_key_that_is_not_allowed_is_a_stranger_s(written: Path, tmp_path: Path) -> None:
    sign(written, BYTES, key(tmp_path, "mine"))
    assert check_signature(written, signers(tmp_path, ("a@example.org", key(tmp_path, "other")))).state is Signed.STRANGER


def test_no_signature_is_called_so(written: Path) -> None:
    assert check_signature(written, None) == SignatureVerdict(Signed.UNSIGNED)


@pytest.mark.parametrize("spoilt", ["file", "signature"])
def test_a_changed_byte_of_either_does_not_fit(spoilt: str, written: Path, tmp_path: Path) -> None:
    mine = key(tmp_path, "mine")
    path = sign(written, BYTES, mine) if spoilt == "signature" else (sign(written, BYTES, mine), written)[1]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    allowed = signers(tmp_path, ("a@example.org", mine))
    assert {check_signature(written, one).state for one in (None, allowed)} == {Signed.WRONG}


def test_a_signature_made_for_something_else_does_not_fit(written: Path, tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", str(key(tmp_path, "mine")), "-n", "git", str(written)], check=True)
    assert check_signature(written, None).state is Signed.WRONG


def test_what_cannot_sign_is_said_in_a_line(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_key = tmp_path / "khoa"
    no_key.write_text("đây không phải khóa")
    with pytest.raises(Trouble) as refused:
        sign(written, BYTES, no_key)
    assert refused.value.code == "signature.refused"
    assert "\n" not in str(refused.value)
    with pytest.raises(Trouble) as refused:
        ready_to_sign(tmp_path / "none")
    assert refused.value.code == "file.missing"
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble) as refused:
        ready_to_sign(no_key)
    assert refused.value.code == "signature.no_program"
