"""The status of a document or provision on a day: the fields of the question, then the verdict in the words of the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from queries.answers_known import AnswersKnown
from queries.contract import EvidenceLine, StatusAnswer, StatusDoubt, StatusSpan
from rasoat import words
from rasoat.days import day_field
from rasoat.identity import canonical_number
from rasoat.odd_characters import fit_for_xml
from rasoat.records import BasisKind, Status, StatusBasis, Verdict
from rasoat.trouble import Trouble
from rasoat.vietnamese import squeeze
from validators.validity import timeline_svg
from validators.validity.answers import StatusAnswers
from validators.validity.doubts import AnswerDoubt

_WHOLE = ("(whole)", "whole", "toàn bộ")  # how people say that they mean the document itself
_PATH = re.compile(r"[a-z-]+-[\w.]+(?:/[a-z-]+-[\w.]+)*")
_CODE = re.compile(r"\d\.\d{6}(?:-\w+)?")


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """The verdict on a question, and `line`: question and verdict by their public names."""

    verdict: Verdict
    line: StatusAnswer


def document_status(answers: AnswersKnown, question: Mapping[str, Any], default_day: date | None = None) -> JudgedQuestion:
    """Answers one question {"number", "issuer"?, "type"?, "provision"?, "as_of"?, "known_at"?, "id"?}.

    `answers` gives who answers, as known on a day (None for everything known); `default_day` is used where `as_of` is missing.

    Raises:
        Trouble: a number is missing or is a procedure's code, or a field cannot be read; the message names it.
    """
    number = question.get("number")
    if not isinstance(number, str) or not number.strip():
        raise Trouble("question.number")
    if _CODE.fullmatch(squeeze(number)):
        raise Trouble("document.is_procedure", number=squeeze(number))
    as_of, known_at = day_field(question, "as_of") or default_day, day_field(question, "known_at")
    if as_of is None:
        raise Trouble("question.no_day", name="as_of")
    provision = question.get("provision") or None
    if provision in _WHOLE:
        provision = None
    if provision is not None and not (isinstance(provision, str) and _PATH.fullmatch(provision)):
        raise Trouble("question.provision")
    known = answers(known_at)
    keys = known.find(number, question.get("type"), question.get("issuer"))
    told: tuple[AnswerDoubt, ...] = ()
    if not keys:
        verdict = Verdict(
            Status.UNKNOWN_DOCUMENT, "unknown_document", StatusBasis(BasisKind.NO_RECORD, documents=(canonical_number(number),))
        )
    elif len(keys) > 1:
        verdict = Verdict(Status.AMBIGUOUS, "ambiguous", StatusBasis(BasisKind.SAME_NUMBER), candidates=tuple(keys))
    else:
        answer = known.answer(keys[0], provision, as_of)
        verdict, told = answer.verdict, answer.doubts
    return JudgedQuestion(verdict, _line(known, verdict, {**question, "as_of": as_of}, _doubts(known, told)))


def timeline(answers: AnswersKnown, question: Mapping[str, Any], as_of: date, known_at: date | None) -> str:
    """The timeline of the document or provision of a question, as an SVG picture.

    Raises:
        Trouble: the number names no document, or several.
    """
    number, known = str(question.get("number")), answers(known_at)
    keys = known.find(number, question.get("type"), question.get("issuer"))
    if len(keys) != 1:
        raise Trouble("document.several" if keys else "document.unknown", number=number)
    return fit_for_xml(timeline_svg(known, keys[0], as_of, question.get("provision")))


def _doubts(answers: StatusAnswers, told: Sequence[AnswerDoubt]) -> list[StatusDoubt]:
    return [
        StatusDoubt(kind=one.kind, document=ids(answers, (one.document,))[0], on=one.on, end=one.end)
        if one.document
        else StatusDoubt(kind=one.kind, on=one.on, end=one.end)
        for one in told
    ]


def _line(answers: StatusAnswers, verdict: Verdict, asked: Mapping[str, Any], known: list[StatusDoubt]) -> StatusAnswer:
    """A verdict by its public names: document keys become printed ids, an open end null."""
    named = (verdict.candidates, verdict.successors, verdict.ended_by, (one.document for one in verdict.evidence))
    answers.look_up(key for keys in named for key in keys)
    told = {
        "status": verdict.status.value,
        "reason": verdict.reason,
        "basis": words.basis_sentence(verdict.basis),
        "confidence": verdict.confidence.value,
        "candidates": ids(answers, verdict.candidates),
        "successors": ids(answers, verdict.successors),
        "intervals": [StatusSpan(from_=i.start, to=i.end, basis=words.basis_sentence(i.basis)) for i in verdict.intervals],
        "ended_by": ids(answers, verdict.ended_by),
        "survivors": list(verdict.survivors),
        "ended_parts": list(verdict.ended_parts),
        "evidence": [
            EvidenceLine(
                document=ids(answers, (one.document,))[0],
                provision=one.provision,
                lead=words.running(one.lead),
                quote=words.running(one.quote),
                tier=one.tier.value,
                effect=one.effect.value,
                on=one.on,
                basis=one.basis.value,
                part=one.part,
            )
            for one in verdict.evidence
        ],
        "doubts": known,
        **({"held_back": answers.held_back} if answers.held_back else {}),
    }
    return StatusAnswer.model_validate({**asked, **told})


def ids(answers: StatusAnswers, keys: tuple[str, ...]) -> list[str]:
    """The printed ids of documents by their keys."""
    answers.look_up(keys)
    return [document.id if (document := answers.document(key)) else key for key in keys]
