"""What speaks against an answer: the reasons of a low confidence, each told wherever the answer is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rasoat.records import BasisKind, Confidence, Status, Verdict
from validators.validity.graph import ValidityGraph

_ALIVE = frozenset({Status.IN_FORCE, Status.PARTLY_IN_FORCE})


@dataclass(frozen=True, slots=True)
class AnswerDoubt:
    """One reason: `document` is the key of the text that gives it, `end` the day computed and `on` what speaks against it."""

    kind: str
    on: date
    end: date
    document: str | None = None


def doubts(
    graph: ValidityGraph, key: str, path: str | None, verdict: Verdict, day: date, known_at: date | None = None
) -> list[AnswerDoubt]:
    """The doubts of a verdict on a document, or on a provision of it; what rests on another text has none of its own."""
    if verdict.basis.kind is BasisKind.CONSOLIDATES:
        return []
    found = [] if path else _on_end(graph, key, verdict, day, known_at)
    if verdict.status in (*_ALIVE, Status.NOT_YET) and (disputed := graph.own_entry_disputed(key, day, known_at)):
        found.append(AnswerDoubt("entry_disputed", disputed[1], disputed[0], key))
    if path and verdict.status in _ALIVE:
        claimed = graph.claimed_ended(key, path, day, known_at)
        found += [AnswerDoubt("note_claims_end", one.observed_on, one.on or one.observed_on, one.source) for one in claimed]
    return found


def _on_end(graph: ValidityGraph, key: str, verdict: Verdict, day: date, known_at: date | None) -> list[AnswerDoubt]:
    """What speaks against the day on which a document is said to have ended."""
    ended = next((i.end for i in reversed(verdict.intervals) if i.end and i.end <= day), None)
    if verdict.status is not Status.EXPIRED or verdict.confidence is not Confidence.LOW or ended is None:
        return []
    found: list[AnswerDoubt] = []
    if shown := graph.shown_after(key, ended, known_at):
        found.append(AnswerDoubt("shown_after_end", shown.day, ended))
    disputed = graph.entry_disputed(key, known_at)
    if disputed and disputed.disputed_until:
        found.append(AnswerDoubt("entry_disputed", disputed.disputed_until, disputed.day, disputed.effect.source))
    return found
