"""From a fact back to what the publisher answered, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasoat.archive import Stored
from rasoat.records import Origin
from rasoat.store.capture_store import AnswerRow, CaptureStore
from rasoat.trouble import Trouble
from rasoat.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ArchivedProof:
    """An archived answer: where its bytes lie, the bytes, and who gave them when."""

    stored: Stored
    body: bytes = field(repr=False)
    answers: tuple[AnswerRow, ...]


def proof_of(work: Workspace, origin: Origin) -> ArchivedProof:
    """The answer that a fact was read from.

    Raises:
        Trouble: the archive does not hold it.
        rasoat.archive.Damaged: its bytes no longer match their sha256.
    """
    received = CaptureStore(work.engine)
    stored = received.stored(origin.capture)
    if stored is None:
        raise Trouble("finding.no_proof", capture=origin.capture)
    return ArchivedProof(stored, work.archive.read(stored), tuple(received.answers_with(origin.capture)))
