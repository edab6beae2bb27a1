"""Running the rules: one procedure with what it cites, or the documents themselves, on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from rasoat.records import Citation, Finding, Mention, MentionKind, Part, Procedure, Role
from validators.rules.bodies.authorities import gone_authority
from validators.rules.citations.amendments import base_is_dead, parent_is_dead
from validators.rules.citations.overrides import overridden
from validators.rules.citations.references import mismatched, unresolved
from validators.rules.citations.reviews import review_document
from validators.rules.citations.status_rules import ending_soon, expired, not_yet, provisions, suspended
from validators.rules.citations.substance import dead_fee, dead_form, only_non_normative, superseded_decision
from validators.rules.citations.suppressors import fp10_procedure_abolished
from validators.rules.world import Case, Question, World

CASE_RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    expired,
    provisions,
    mismatched,
    not_yet,
    suspended,
    ending_soon,
    base_is_dead,
    parent_is_dead,
    superseded_decision,
    dead_form,
)


def check_procedure(
    procedure: Procedure, citations: Sequence[Citation], world: World, as_of: date, known_at: date | None = None
) -> list[Finding]:
    """All findings on one version of a procedure, in the order of the text. An abolished procedure has none (FP10)."""
    if fp10_procedure_abolished(procedure, world):
        return []
    grouped = _grouped([one for one in citations if not _bare_name(one.mention)], world)
    cited: dict[Part, set[str]] = {}
    for (part, key), mentions in grouped.items():
        if any(_stands_for_itself(one.mention) for one in mentions):
            cited.setdefault(part, set()).add(key)
    question = Question(procedure, world, as_of, known_at, {part: frozenset(keys) for part, keys in cited.items()})
    cases = [Case(question, part, key, mentions, question.status(key)) for (part, key), mentions in grouped.items()]
    found = [finding for case in cases for rule in CASE_RULES for finding in rule(case)]
    found += [finding for case in cases for finding in dead_fee(case, cases)]
    found += unresolved(question, citations)
    found += only_non_normative(question, citations)
    found += gone_authority(question)
    found += overridden(question, citations)
    return found


def siblings(procedures: Iterable[Procedure], cited: Mapping[str, Sequence[Citation]]) -> dict[str, Sequence[Procedure]]:
    """By code, the procedures announced by one decision on one list of bases, in order; one that cites nothing has none."""
    groups: dict[tuple[str | None, str | None, frozenset[str]], list[Procedure]] = {}
    for procedure in procedures:
        keys = {one.resolution.key for one in cited.get(procedure.code, ()) if one.part is Part.LEGAL_BASIS}
        bases = frozenset(key for key in keys if key)
        if bases:
            decision = procedure.decision.number if procedure.decision else None
            groups.setdefault((procedure.publisher, decision, bases), []).append(procedure)
    return {procedure.code: group for group in groups.values() if len(group) > 1 for procedure in group}


def _bare_name(mention: Mention) -> bool:
    """ "Luật Đầu tư", with neither number nor year, cites the law of that name in force, whichever that is: whoever writes it
    is never wrong, and which version a register holds says nothing of the procedure."""
    return mention.kind is MentionKind.NAMED and mention.year is None and mention.issued_on is None


def _stands_for_itself(mention: Mention) -> bool:
    """Whether a mention cites one version: a bare name in another text's title ("… của Luật Đầu tư") may mean any of them."""
    return mention.role is not Role.IN_TITLE and not _bare_name(mention)


def check_documents(
    world: World, as_of: date, known_at: date | None = None, cited_by: Mapping[str, int] | None = None
) -> Iterator[Finding]:
    """REVIEW and CONS-01 items of every document known, by key; `cited_by` is how many procedures cite each, said in the item."""
    for key in sorted(world.graph.register.documents):
        for item in review_document(key, world, as_of, known_at):
            count = cited_by.get(key, 0) if cited_by is not None else None
            told = "" if count is None else f" Được {count} thủ tục viện dẫn." if count else " Chưa thủ tục nào trong dữ liệu viện dẫn."
            yield replace(item, message=item.message + told)


def _grouped(citations: Sequence[Citation], world: World) -> dict[tuple[Part, str], list[Citation]]:
    """Mentions by part and document, in the order of the text; a person's confirmation of a suggestion counts as resolved."""
    grouped: dict[tuple[Part, str], list[Citation]] = {}
    for citation in citations:
        key = world.confirmed.get(citation.mention.number or citation.mention.quote) or citation.resolution.key
        if key is not None and citation.mention.kind is not MentionKind.SELF:
            grouped.setdefault((citation.part, key), []).append(citation)
    return grouped
