"""Rules on texts that hang on others: an amendment whose base is dead (CITE-09), a detailing text whose parent is (CITE-10).

CITE-10 asks which law stood when the parent ended: a parent ended before 01/07/2016 leaves central texts alive
(a local text of the law of 2004 fell with it: information); from then to 31/03/2025 the child fell too, which a person has
to confirm; since 01/04/2025 it lives on where not contrary (FP11). It never asserts more than "suspected".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rasoat import words
from rasoat.identity import parse_number
from rasoat.records import BasisKind, Confidence, Finding, Severity, Status, Verb, Verdict
from rasoat.vietnamese import fold
from validators.rules.citation_finding import Proof, accuse, full_name, source_words, stretch
from validators.rules.citations.suppressors import OF_THE_MENTION, fp11_parent_ended_since_2025, weigh
from validators.rules.world import Case

_DIES_WITH_PARENT = date(2016, 7, 1)  # Law 80/2015/QH13 in force
_LOCAL_LAW_OF_2004 = date(2005, 4, 1)  # Law 31/2004/QH11 in force
_STILL_THERE = frozenset({Status.IN_FORCE, Status.PARTLY_IN_FORCE, Status.UNKNOWN})
_OUTLIVES = frozenset({BasisKind.ENDS_LATER, BasisKind.KEPT_UNTIL, BasisKind.SPARED})  # a clause says outright that it lives on
_AMENDING_TITLE = re.compile(r"^(?:luat |nghi dinh |thong tu |phap lenh |ve (?:viec )?)?(?:sua doi|bo sung)")


def base_is_dead(case: Case) -> Iterator[Finding]:
    """CITE-09: a text that only amends is cited while every text it amends has ended and nothing shows it alive since."""
    document = case.document
    if case.verdict.status not in _STILL_THERE or not (document and document.title and _AMENDING_TITLE.match(fold(document.title))):
        return
    bases = _targets(case, Verb.AMENDS)
    verdicts = [case.question.status(base) for base in bases]
    if not verdicts or any(verdict.status is not Status.EXPIRED or not verdict.evidence for verdict in verdicts):
        return
    last = max(verdicts, key=lambda verdict: _ended_on(verdict, case.question.as_of) or date.min)
    ended = _ended_on(last, case.question.as_of)
    if ended is None or _official_sign_since(case, ended):
        return
    citation, suppressed = weigh(case, OF_THE_MENTION - {"FP3"})
    world = case.question.world
    names = ", ".join(full_name(world, base) for base in bases)
    message = f"{full_name(world, case.key)} sửa đổi {names}, đã hết hiệu lực từ ngày {words.day(ended)} theo {source_words(world, last.evidence[0])}."
    proof = replace(Proof.of(last, case.question.as_of), status=case.verdict.status, confidence=Confidence.MEDIUM)
    yield accuse("CITE-09", case, citation, proof, message, suppressed=suppressed)


def parent_is_dead(case: Case) -> Iterator[Finding]:
    """CITE-10, only where every parent has ended, the child has no ending of its own and no official sign of life since."""
    if case.verdict.status not in _STILL_THERE or case.verdict.reason == "survivors" or case.verdict.basis.kind in _OUTLIVES:
        return
    parents = _targets(case, Verb.DETAILS)
    verdicts = [(parent, case.question.status(parent)) for parent in parents]
    if not verdicts or any(verdict.status is not Status.EXPIRED or not verdict.evidence for _, verdict in verdicts):
        return
    parent, verdict = max(verdicts, key=lambda item: (_ended_on(item[1], case.question.as_of) or date.min, item[0]))
    ended = _ended_on(verdict, case.question.as_of)
    if ended is None or _official_sign_since(case, ended):
        return
    severity, suppressed = _by_day_of_parent(case, ended)
    if severity is None:
        return
    citation, of_mention = weigh(case, OF_THE_MENTION)
    world = case.question.world
    message = f"{full_name(world, case.key)} quy định chi tiết {full_name(world, parent)}, đã hết hiệu lực từ ngày {words.day(ended)}"
    message += "; rà soát nội dung." if suppressed else "; cần xác nhận hiệu lực."
    proof = replace(Proof.of(verdict, case.question.as_of), status=case.verdict.status, confidence=Confidence.LOW)
    yield accuse("CITE-10", case, citation, proof, message, severity=severity, suppressed=(*suppressed, *of_mention))


def _by_day_of_parent(case: Case, ended: date) -> tuple[Severity | None, tuple[str, ...]]:
    if fp11_parent_ended_since_2025(ended):
        return Severity.INFO, ("FP11",)
    if ended >= _DIES_WITH_PARENT:
        return Severity.MEDIUM, ()
    parts = parse_number(case.document.number) if case.document else None
    fell = bool(parts and parts.local) and ended >= _LOCAL_LAW_OF_2004
    return (Severity.INFO if fell else None), ()


def _targets(case: Case, verb: Verb) -> list[str]:
    edges = case.question.world.graph.register.edges(case.key, verb, case.question.known_at)
    return sorted({edge.target for edge in edges if edge.target and edge.target != case.key})


def _ended_on(verdict: Verdict, day: date) -> date | None:
    held = stretch(verdict, day)
    return held.end if held else None


def _official_sign_since(case: Case, day: date) -> bool:
    return any(sign.official and sign.day > day for sign in case.question.world.graph.signs(case.key, case.question.known_at))
