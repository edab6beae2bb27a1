"""The answer of `rasoat status --jsonl`: the fields of the question, then the verdict in the words of design.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasoat import words
from rasoat.identity import canonical_number
from rasoat.records import BasisKind, Confidence, Status, StatusBasis, Verdict
from validators.validity.graph import ValidityGraph

_WHOLE = ("(whole)", "whole", "toàn bộ")  # how people say that they mean the document itself
_PATH = re.compile(r"[a-z-]+-[\w.]+(?:/[a-z-]+-[\w.]+)*")


class QuestionError(ValueError):
    """A question that cannot be read; the message says which field."""


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """The verdict on a question, and `line`: question and verdict as one line of `status --jsonl`."""

    verdict: Verdict
    line: dict[str, Any]


def answer(graph: ValidityGraph, question: Mapping[str, Any], default_day: date | None = None) -> dict[str, Any]:
    """The line of `judge`."""
    return judge(graph, question, default_day).line


def judge(graph: ValidityGraph, question: Mapping[str, Any], default_day: date | None = None) -> JudgedQuestion:
    """Answers one question {"number", "issuer"?, "type"?, "provision"?, "as_of"?, "known_at"?, "id"?}.

    `default_day` is used where `as_of` is missing. Raises QuestionError for a missing number or an unreadable field.
    """
    number = question.get("number")
    if not isinstance(number, str) or not number.strip():
        raise QuestionError("number: a document number is needed")
    as_of, known_at = _day(question, "as_of") or default_day, _day(question, "known_at")
    if as_of is None:
        raise QuestionError("as_of: a day YYYY-MM-DD is needed")
    provision = question.get("provision") or None
    if provision in _WHOLE:
        provision = None
    if provision is not None and not (isinstance(provision, str) and _PATH.fullmatch(provision)):
        raise QuestionError("provision: a path like dieu-5/khoan-2/diem-a is needed")
    keys = [key for key in graph.find(number, question.get("type"), question.get("issuer")) if graph.register.known(key, known_at)]
    if not keys:
        verdict = Verdict(
            Status.UNKNOWN_DOCUMENT, "unknown_document", StatusBasis(BasisKind.NO_RECORD, documents=(canonical_number(number),))
        )
    elif len(keys) > 1:
        verdict = Verdict(Status.AMBIGUOUS, "ambiguous", StatusBasis(BasisKind.SAME_NUMBER), candidates=tuple(keys))
    else:
        verdict = graph.status(keys[0], provision, as_of, known_at)
    asked = {**question, "as_of": as_of.isoformat()}
    doubts = _doubts(graph, keys[0], verdict, as_of, known_at) if len(keys) == 1 and not provision else []
    return JudgedQuestion(verdict, {**asked, **shaped(graph, verdict), "doubts": doubts})


def _doubts(graph: ValidityGraph, key: str, verdict: Verdict, day: date, known_at: date | None) -> list[dict[str, Any]]:
    """What speaks against the day on which a document is said to have ended: the reasons of a low confidence, for people to check."""
    ended = next((i.end for i in reversed(verdict.intervals) if i.end and i.end <= day), None)
    if verdict.status is not Status.EXPIRED or verdict.confidence is not Confidence.LOW or ended is None:
        return []
    found: list[dict[str, Any]] = []
    if shown := graph.shown_after(key, ended, known_at):
        found.append({"kind": "shown_after_end", "on": shown.day.isoformat(), "end": ended.isoformat()})
    disputed = graph.entry_disputed(key, known_at)
    if disputed and disputed.disputed_until:
        by = _ids(graph, (disputed.effect.source,))[0]
        found.append({"kind": "entry_disputed", "document": by, "on": disputed.disputed_until.isoformat(), "end": disputed.day.isoformat()})
    return found


def shaped(graph: ValidityGraph, verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON: document keys become printed ids, dates ISO days, an open end null."""
    return {
        "status": verdict.status.value,
        "reason": verdict.reason,
        "basis": words.basis_sentence(verdict.basis),
        "confidence": verdict.confidence.value,
        "candidates": _ids(graph, verdict.candidates),
        "successors": _ids(graph, verdict.successors),
        "intervals": [{"from": _iso(i.start), "to": _iso(i.end), "basis": words.basis_sentence(i.basis)} for i in verdict.intervals],
        "ended_by": _ids(graph, verdict.ended_by),
        "survivors": list(verdict.survivors),
        "evidence": [
            {
                "document": _ids(graph, (one.document,))[0],
                "provision": one.provision,
                "quote": one.quote,
                "tier": one.tier.value,
                "effect": one.effect.value,
                "on": _iso(one.on),
                "basis": one.basis.value,
                "part": one.part,
            }
            for one in verdict.evidence
        ],
    }


def _ids(graph: ValidityGraph, keys: tuple[str, ...]) -> list[str]:
    return [document.id if (document := graph.document(key)) else key for key in keys]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(question: Mapping[str, Any], name: str) -> date | None:
    value = question.get(name)
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise QuestionError(f"{name}: a day YYYY-MM-DD is needed, not {value!r}") from None
