"""Running the rules: one procedure with what it cites, or the documents themselves, on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from rasoat import words
from rasoat.records import Citation, Finding, Mention, MentionKind, Part, Procedure, Role
from validators.rules.bodies.authorities import gone_authority
from validators.rules.citations.amendments import base_is_dead, parent_is_dead
from validators.rules.citations.overrides import overridden
from validators.rules.citations.references import mismatched, unresolved
from validators.rules.citations.reviews import review_document
from validators.rules.citations.status_rules import ending_soon, expired, not_yet, provisions, suspended
from validators.rules.citations.substance import dead_fee, dead_form, on_charges, only_non_normative, superseded_decision
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

# What these find rests on the procedure, the cited document and those near it. Where nothing has changed but other documents, it stands:
# accusations, each of which names the document by its id; what speaks of the procedure's words beside a document, known by its fingerprint;
# and what rests on the procedure's own words alone.
ACCUSING = frozenset({"CITE-01", "CITE-02", "CITE-05", "CITE-06", "CITE-07", "CITE-08", "CITE-09", "CITE-10", "CITE-14"})
BESIDE = frozenset({"CITE-04", "CITE-12"})
OF_ITS_WORDS = frozenset({"AUTH-01"})

# What one strand of a procedure finds on the question's day; no strand hears of another.
Strand = Callable[[Question], Iterable[Finding]]


def check_procedure(
    procedure: Procedure, citations: Sequence[Citation], world: World, as_of: date, known_at: date | None = None
) -> list[Finding]:
    """All findings on one version of a procedure, in the order of the text. An abolished procedure has none (FP10)."""
    reading = VersionReading(procedure, citations, world)
    question = reading.question(as_of, known_at)
    return [words.told_on(finding, as_of) for strand in reading.strands() for finding in strand(question)]


class VersionReading:
    """One version of a procedure with what it cites, ready to be asked of any day."""

    def __init__(self, procedure: Procedure, citations: Sequence[Citation], world: World) -> None:
        self._procedure, self._citations, self._world = procedure, citations, world
        self._grouped = _grouped([one for one in citations if not _bare_name(one.mention)], world)
        cited: dict[Part, set[str]] = {}
        for (part, key), mentions in self._grouped.items():
            if any(_stands_for_itself(one.mention) for one in mentions):
                cited.setdefault(part, set()).add(key)
        self._cited = {part: frozenset(keys) for part, keys in cited.items()}

    def question(self, as_of: date, known_at: date | None = None) -> Question:
        return Question(self._procedure, self._world, as_of, known_at, self._cited)

    def strands(self, only: Collection[str] | None = None) -> Iterator[Strand]:
        """What is to be asked, in the order of the text: each cited document for itself, its fees, then the procedure's own words.
        `only`: nothing is asked but what rests on these documents, or on all that are cited."""
        if fp10_procedure_abolished(self._procedure, self._world):
            return
        for place in self._grouped:
            if only is None or place[1] in only:
                yield partial(self._case_found, place)
        if any(fee.amount for fee in self._procedure.fees):
            charging = [place for place in self._grouped if on_charges(self._world.document(place[1]))]
            for place in charging:
                yield partial(self._fee_found, place, charging)
        for rule in (unresolved, only_non_normative):
            yield partial(rule, citations=self._citations)
        if only is None:
            yield gone_authority
        yield partial(overridden, citations=self._citations)

    def _case(self, place: tuple[Part, str], question: Question) -> Case:
        part, key = place
        return Case(question, part, key, self._grouped[place], question.status(key))

    def _fee_found(self, place: tuple[Part, str], charging: Sequence[tuple[Part, str]], question: Question) -> Iterator[Finding]:
        return dead_fee(self._case(place, question), (self._case(other, question) for other in charging))

    def _case_found(self, place: tuple[Part, str], question: Question) -> Iterator[Finding]:
        case = self._case(place, question)
        for rule in CASE_RULES:
            yield from rule(case)


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
            yield item if cited_by is None else with_count(item, cited_by.get(key, 0))


def with_count(item: Finding, count: int) -> Finding:
    """An item on a document that says how many procedures cite it."""
    told = f" Được {count} thủ tục viện dẫn." if count else " Chưa thủ tục nào trong dữ liệu viện dẫn."
    return replace(item, message=item.message + told)


def _grouped(citations: Sequence[Citation], world: World) -> dict[tuple[Part, str], list[Citation]]:
    """Mentions by part and document, in the order of the text; a person's confirmation of a suggestion counts as resolved."""
    grouped: dict[tuple[Part, str], list[Citation]] = {}
    for citation in citations:
        key = world.confirmed.get(citation.mention.number or citation.mention.quote) or citation.resolution.key
        if key is not None and citation.mention.kind is not MentionKind.SELF:
            grouped.setdefault((citation.part, key), []).append(citation)
    return grouped
