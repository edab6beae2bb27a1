"""The matrix of a day from a store, in one step: what the tests of reports and forms begin with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from rasoat.progress import unseen
from validators.coverage.matrix import Matrix
from validators.posting_audit import gather, matrix_of


def audited(engine: Engine, as_of: date, known_at: date | None = None) -> Matrix:
    """The whole country's matrix."""
    return matrix_of(engine, gather(engine, as_of, known_at), known_at, unseen)
