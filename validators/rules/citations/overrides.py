"""CITE-13: a text that prevails over others while it lasts acts on a procedure whose published words do not know of it.

Nobody cites a dead text here: a resolution (Nghị quyết 66.18/2026/NQ-CP Điều 7 khoản 3) overrides living ones. Silent are:
a term that is over or has not begun, an annex that begins on another day, a procedure that already names the resolution.
Where the procedure cites a text issued since and in force, that text may have extinguished the override (Điều 7 khoản 4):
information only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from extractors.effects.overridden import OverrideAction, overridden_procedures, procedure_names
from rasoat import words
from rasoat.records import Article, Citation, Clause, Confidence, Finding, Part, Severity, Status, Tier, Where
from validators.rules.citation_finding import Names, fingerprint, full_name, matter, responsible, stated, stretch, tier_note
from validators.rules.rule_catalogue import RULES
from validators.rules.world import Override, Question

_ACTIVE = frozenset({Status.IN_FORCE, Status.PARTLY_IN_FORCE})
_CONFIDENCE = {Tier.A: Confidence.HIGH, Tier.B: Confidence.MEDIUM, Tier.C: Confidence.LOW}
_DONE = {
    OverrideAction.DROPPED: "không còn phải thực hiện",
    OverrideAction.DELEGATED: "được phân quyền, phân cấp giải quyết",
    OverrideAction.SIMPLIFIED: "được đơn giản hóa",
}
EXTINGUISHED = "NQ-7.4"  # "… được ban hành và có hiệu lực thì các quy định tương ứng trong Nghị quyết này hết hiệu lực"


def index_overrides(articles: Iterable[Article]) -> Mapping[str, Sequence[Override]]:
    """What the articles and annexes of overriding texts say of procedures, by code and by folded name."""
    found: dict[str, list[Override]] = defaultdict(list)
    for article in articles:
        for one in overridden_procedures(article.text):
            for name in sorted(one.names | one.codes):
                found[name].append(Override(article, one))
    return found


def overridden(question: Question, citations: Sequence[Citation]) -> Iterator[Finding]:
    """One finding for each overriding text that is active on the day, acts on the procedure and is not named in it."""
    seen: set[str] = set()
    for override in _on(question):
        key = override.article.key
        if key in seen or not _active(question, override) or _named(question, citations, key):
            continue
        seen.add(key)
        taken_over = (EXTINGUISHED,) if _newer_basis(question, citations, key) else ()
        yield _finding(question, override, question.excused(taken_over, key))


def _on(question: Question) -> list[Override]:
    names = procedure_names(question.procedure.name)
    held = question.world.overrides
    by_code = held.get(question.procedure.code, ())
    # A procedure named for two acts is overridden as a whole only where both are.
    by_name = [one for one in held.get(min(names, default=""), ()) if names <= one.said.names]
    found = [*by_code, *by_name]
    return [one for one in found if question.known_at is None or one.article.observed_on <= question.known_at]


def _active(question: Question, override: Override) -> bool:
    whole, part = question.status(override.article.key), question.status(override.article.key, override.article.path)
    return whole.status in _ACTIVE and part.status in _ACTIVE


def _named(question: Question, citations: Sequence[Citation], key: str) -> bool:
    document = question.world.document(key)
    number = document.number.casefold() if document else key
    return any(one.resolution.key == key for one in citations) or any(
        number in text.casefold() for text in question.procedure.parts.values()
    )


def _newer_basis(question: Question, citations: Sequence[Citation], key: str) -> bool:
    """Whether a legal basis was issued after the override and is in force: it may have taken the override's place."""
    override = question.world.document(key)
    for key_cited in {one.resolution.key for one in citations if one.part is Part.LEGAL_BASIS} - {None, key}:
        cited = question.world.document(key_cited or "")
        issued = cited.issued_on if cited else None
        later = bool(override and override.issued_on and issued and issued > override.issued_on)
        if later and question.status(key_cited or "").status in _ACTIVE:
            return True
    return False


def _finding(question: Question, override: Override, suppressed: tuple[str, ...]) -> Finding:
    procedure, world, article = question.procedure, question.world, override.article
    verdict = question.status(article.key)
    held = stretch(verdict, question.as_of)
    name, document = full_name(world, article.key), world.printed(article.key)
    until = f", đến hết ngày {words.day(held.end - timedelta(days=1))}" if held and held.end else ""
    message = (
        f"Theo {words.provision(article.path)} {name}{until}, thủ tục này {_DONE[override.said.action]};"
        f" nội dung đang công bố không nêu văn bản đó.{tier_note(article.tier, article.origin)}"
    )
    return Finding(
        rule="CITE-13",
        severity=Severity.INFO if suppressed else RULES["CITE-13"].severity,
        confidence=_CONFIDENCE[article.tier],
        subject=procedure.code,
        object=document,
        provision=article.path,
        as_of=question.as_of,
        observed_on=procedure.observed_on,
        quote=procedure.name,
        where=Where(Part.NAME.value, 0, len(procedure.name)),
        status=verdict.status,
        interval=stated(held),
        ended_by=(),
        clause=Clause(document, article.path, words.running(override.said.quote), article.tier),
        successors=(),
        responsible=responsible(procedure, question.as_of),
        action=Names(document).noted() if suppressed else Names(document).action("CITE-13"),
        role=None,
        fingerprint=fingerprint("CITE-13", procedure.code, article.key, article.path, Part.NAME.value),
        matter=matter(procedure.code, article.key, article.path, Part.NAME.value),
        suppressed=suppressed,
        message=message,
        decision_number=procedure.decision.number if procedure.decision else None,
        decision_date=procedure.decision.issued_on if procedure.decision else None,
        proofs=(procedure.origin, article.origin),
    )
