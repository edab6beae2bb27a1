"""From what clauses say to the answer about a provision: what it inherits, what its text shows, what a consolidated text rests on.

Pure and small: the graph answers with these steps, and so does whoever reads published timelines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rasoat.records import BasisKind, Confidence, Status, StatusBasis, Verdict
from validators.validity.outline import Missing
from validators.validity.paths import WHOLE, added_later, prefixes
from validators.validity.precedence import weakest

CONSOLIDATED_TEXT = "Văn bản hợp nhất"
ANY = "~"  # stands for every provision inside a path that no clause speaks of
_SHOWN = 20  # texts named that may have added a provision
_WORST = [Status.EXPIRED, Status.SUSPENDED, Status.NOT_YET, Status.UNKNOWN, Status.PARTLY_IN_FORCE, Status.IN_FORCE]


def heirs(path: str) -> tuple[str, ...]:
    """Where the answer on a provision stands, the first one there is: its own; that of any provision inside what contains it or of that
    itself, the nearest first; the document's. `paths.chain`, but for the chapters of articles: those have answers of their own."""
    if path == WHOLE:
        return (WHOLE,)
    own, *outer = prefixes(path)
    if path.startswith("phu-luc-"):
        outer.append("phu-luc")
    return (own, *(heir for one in outer for heir in (f"{one}/{ANY}", one)), ANY, WHOLE)


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The keys of all texts that a consolidated one puts together, and of those whose force it has: the base, not what amended it."""

    all: tuple[str, ...]
    bases: tuple[str, ...]


def worst_of(verdicts: Sequence[Verdict], bases: tuple[str, ...], parts: tuple[str, ...]) -> Verdict:
    """A consolidated text has the force of what it consolidates: the worst of its bases (their printed ids; `parts`: keys of all)."""
    if not verdicts:
        return Verdict(Status.NOT_NORMATIVE, "consolidated_text", StatusBasis(BasisKind.NO_COMPONENTS))
    worst = min(verdicts, key=lambda verdict: _WORST.index(verdict.status) if verdict.status in _WORST else len(_WORST))
    return replace(worst, basis=StatusBasis(BasisKind.CONSOLIDATES, documents=bases, rests_on=worst.basis), candidates=parts)


def text_matters(verdict: Verdict) -> bool:
    """Whether it matters to an answer what provisions the text has: what has ended or is no normative text is so whatever it has."""
    if verdict.status in (Status.EXPIRED, Status.SUSPENDED, Status.UNKNOWN_DOCUMENT, Status.NOT_NORMATIVE):
        return False
    return not (_ended_but_for_survivors(verdict) or verdict.reason == "survivors_unnamed")


def as_text_has_it(verdict: Verdict, path: str, missing: Missing | None, held: bool, amended: Mapping[str, Sequence[str]]) -> Verdict:
    """An answer on a provision once the text is looked at, where it matters: one that the text does not have is never alive, and nobody's
    error as long as an amendment may have added it (`amended`: ids of texts by the part they amended)."""
    if missing:
        ids = sorted({one for part in (WHOLE, *prefixes(path)) for one in amended.get(part, ())})
        basis = StatusBasis(BasisKind.NO_SUCH_PROVISION, parts=missing.there, documents=tuple(ids[:_SHOWN]))
        confidence = Confidence.MEDIUM if ids or added_later(path) else Confidence.HIGH
        return Verdict(Status.UNKNOWN, "no_such_provision", basis, successors=verdict.successors, confidence=confidence)
    if held or verdict.status not in (Status.IN_FORCE, Status.PARTLY_IN_FORCE):
        return verdict
    return replace(verdict, confidence=weakest(verdict.confidence, Confidence.MEDIUM))  # nobody here has seen that it exists


def _ended_but_for_survivors(verdict: Verdict) -> bool:
    return verdict.status is Status.PARTLY_IN_FORCE and verdict.reason == "survivors"
