"""Lists of findings that people filled in, taken back as events: each row is recorded or refused by itself, with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from extractors.apart import kept
from extractors.imports.review_list import REVIEW_LIST, ReviewList, ReviewRow
from rasoat.run_report import ReviewedLists
from rasoat.trouble import Trouble
from rasoat.units import country
from rasoat.vietnamese import fold
from rasoat.words.review_words import LIST_CONCLUSIONS, REVIEW_VERB
from reviews.decide import Decided, OneFinding, decide, reason_named
from reviews.machine import ReviewVerb

_LARGEST = 64 * 1024 * 1024
_XLSX = ".xlsx"


def filled_lists(files: Iterable[Path]) -> dict[Path, ReviewList]:
    """Which of some files are filled lists, and what they say."""
    found = {}
    for path in files:
        if path.suffix.lower() == _XLSX and path.is_file() and path.stat().st_size <= _LARGEST:
            read: ReviewList = kept().first.ask(REVIEW_LIST, path.read_bytes())
            if read.is_one:
                found[path] = read
    return found


def take_in_list(engine: Engine, path: Path, read: ReviewList, as_of: date, at: datetime) -> ReviewedLists:
    """Record what a list says. A list taken in twice says nothing new."""
    report = ReviewedLists(files=1, rows=len(read.rows))
    batch = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
    for row in read.rows:
        try:
            said, on = _said(row)
            (told,) = decide(engine, said, [on], as_of, at, batch)
        except Trouble as trouble:
            report.refused.append(f"{path.name}:{row.line}: {trouble}")
            continue
        if told.refusal:
            report.refused.append(f"{path.name}:{row.line}: {told.refusal}")
        elif told.again:
            report.again += 1
        else:
            report.recorded += 1
            report.reopened += bool(told.thread.reopened)
    return report


def _said(row: ReviewRow) -> tuple[Decided, OneFinding]:
    """What a row says, by the names that decisions have.

    Raises:
        Trouble: it cannot be read as a decision.
    """
    verb = {fold(REVIEW_VERB[one]): ReviewVerb(one) for one in LIST_CONCLUSIONS}.get(fold(row.conclusion))
    if verb is None:
        raise Trouble("review.list_conclusion", given=row.conclusion, known=", ".join(REVIEW_VERB[one] for one in LIST_CONCLUSIONS))
    if not row.person:
        raise Trouble("review.list_nobody")
    if row.mark is None or row.mark.unit not in country():
        raise Trouble("review.list_mark")
    reason = reason_named(row.reason) if verb is ReviewVerb.DISMISS else None
    said = Decided(row.mark.unit, row.person, verb, reason=reason, note=row.words)
    return said, OneFinding(row.fingerprint, row.mark.version, row.mark.basis)
