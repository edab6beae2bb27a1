"""What `rasoat verify` does from end to end: verify, hold to an earlier manifest, write a new one, sign it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.verification.manifest import SinceManifest, compare_with_manifest, manifest_of, read_manifest, write_manifest
from pipeline.verification.signature import SignatureVerdict, Signed, check_signature, ready_to_sign, sign, signature_beside
from pipeline.verification.verify import Verification, verify
from rasoat.trouble import SourceTrouble, Trouble
from rasoat.workspace import Workspace


@dataclass(frozen=True, slots=True)
class VerificationAsked:
    """What is wanted beside the verification: a manifest written and signed, an earlier one held to, with whose signatures count."""

    manifest: Path | None = None
    key: Path | None = None
    against: Path | None = None
    signers: Path | None = None
    latest: bool = False
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class HeldTo:
    """An earlier manifest: whether it is as it was written, who signed it, and what became of what it tells of."""

    path: Path
    intact: bool
    signature: SignatureVerdict
    since: SinceManifest


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found; `signed` is where the new manifest's signature lies."""

    verification: Verification
    held_to: HeldTo | None = None
    manifest: Path | None = None
    signed: Path | None = None

    def troubles(self) -> list[Trouble]:
        """What keeps this from being a proof, the gravest first."""
        done = self.verification
        found: list[Trouble] = []
        if self.held_to:
            found += _of_the_manifest(self.held_to)
        if done.differences:
            found.append(SourceTrouble("verify.differs", count=done.differences))
        if done.older:
            found.append(SourceTrouble("verify.older", count=done.older))
        if done.unmade:
            found.append(SourceTrouble("verify.unmade", count=len(done.unmade)))
        return found


def verified(work: Workspace, asked: VerificationAsked, now: datetime) -> Verified:
    """Verify, and do what else was asked.

    Raises:
        Trouble: there is nothing to sign or nothing to check, or a file cannot be read, written or signed.
        SourceTrouble: as `verify`.
    """
    if asked.key:
        if asked.manifest is None:
            raise Trouble("signature.no_manifest")
        ready_to_sign(asked.key)
    if asked.signers and asked.against is None:
        raise Trouble("signature.nothing_to_check")
    for folder in (asked.manifest.parent if asked.manifest else None, asked.folder):
        if folder and not folder.is_dir():
            raise Trouble("folder.missing", path=str(folder))
    told, intact = read_manifest(asked.against) if asked.against else ({}, True)
    signature = check_signature(asked.against, asked.signers) if asked.against else SignatureVerdict(Signed.UNSIGNED)
    done = verify(work, latest=asked.latest, folder=asked.folder)
    held_to = None
    if asked.against:
        since = compare_with_manifest(work.engine, work.archive, work.settings, done, told)
        held_to = HeldTo(asked.against, intact, signature, since)
    if asked.manifest is None:
        return Verified(done, held_to)
    signature_beside(asked.manifest).unlink(missing_ok=True)  # of what the file held before
    written = write_manifest(asked.manifest, manifest_of(work.engine, work.settings, done, now))
    return Verified(done, held_to, asked.manifest, sign(asked.manifest, written, asked.key) if asked.key else None)


def _of_the_manifest(held: HeldTo) -> list[Trouble]:
    path, found = str(held.path), list[Trouble]()
    if held.signature.state is Signed.WRONG:
        found.append(SourceTrouble("signature.wrong", path=path))
    if held.signature.state is Signed.STRANGER:
        found.append(SourceTrouble("signature.stranger", path=path, key=held.signature.who))
    if not held.intact:
        found.append(SourceTrouble("manifest.altered", path=path))
    if lost := len(held.since.changed) + len(held.since.gone):
        found.append(SourceTrouble("verify.tampered", path=path, count=lost))
    return found
