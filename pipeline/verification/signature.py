"""Signatures as `ssh-keygen -Y` makes and checks them. The key is named by its file and never read here: ssh-keygen, or its agent, does."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rasoat.trouble import Trouble

NAMESPACE = "rasoat-verify"  # a signature made for something else does not fit
_SUFFIX = ".sig"


class Signed(StrEnum):
    UNSIGNED = "unsigned"
    BY = "by"  # somebody whom the operator's file of signers allows
    UNTOLD = "untold"  # a signature that fits; whose it is nobody said
    STRANGER = "stranger"  # a signature that fits, of a key that the file does not allow
    WRONG = "wrong"  # no signature of these bytes


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What a signature is worth, and who made it: a name of the file of signers, or a key's fingerprint."""

    state: Signed
    who: str = ""


def signature_beside(path: Path) -> Path:
    """Where the signature of a file lies."""
    return path.with_name(path.name + _SUFFIX)


def ready_to_sign(key: Path) -> None:
    """Find out before hours of work whether there will be a signature.

    Raises:
        Trouble: there is no ssh-keygen, or no such key.
    """
    _program()
    if not key.is_file():
        raise Trouble("file.missing", path=str(key))


def sign(path: Path, written: bytes, key: Path) -> Path:
    """Sign the bytes of a file with a key; where the signature was written.

    Raises:
        Trouble: there is no ssh-keygen or no such key, or it did not sign.
    """
    done = _ssh_keygen("sign", "-f", str(key), "-n", NAMESPACE, given=written)
    if done.returncode or not done.stdout:
        raise Trouble("signature.refused", key=str(key), reason=_said(done))
    beside = signature_beside(path)
    beside.write_bytes(done.stdout)
    return beside


def check_signature(path: Path, signers: Path | None) -> SignatureVerdict:
    """What the signature beside a file says of it.

    Raises:
        Trouble: there is a signature but no ssh-keygen, or the file of signers cannot be read.
    """
    beside, written = signature_beside(path), path.read_bytes()
    if not beside.exists():
        return SignatureVerdict(Signed.UNSIGNED)
    if signers is not None and not signers.is_file():
        raise Trouble("file.missing", path=str(signers))
    fits = _ssh_keygen("check-novalidate", "-n", NAMESPACE, "-s", str(beside), given=written)
    if fits.returncode:
        return SignatureVerdict(Signed.WRONG)
    key = next((word for word in fits.stdout.decode(errors="replace").split() if word.startswith("SHA256:")), "")
    if signers is None:
        return SignatureVerdict(Signed.UNTOLD, key)
    named = _ssh_keygen("find-principals", "-s", str(beside), "-f", str(signers), given=b"")
    for name in named.stdout.decode(errors="replace").splitlines() if not named.returncode else []:
        if not _ssh_keygen("verify", "-f", str(signers), "-I", name, "-n", NAMESPACE, "-s", str(beside), given=written).returncode:
            return SignatureVerdict(Signed.BY, name)
    return SignatureVerdict(Signed.STRANGER, key)


def _ssh_keygen(what: str, *words: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    """One call; a pass phrase is asked for at the terminal, past standard input."""
    return subprocess.run([_program(), "-Y", what, *words], input=given, capture_output=True, check=False)  # noqa: S603


def _program() -> str:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise Trouble("signature.no_program")
    return program


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return " ".join(done.stderr.decode(errors="replace").split()) or str(done.returncode)
