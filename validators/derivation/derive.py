"""From everything read to documents, placed effects and resolved citations: a pure function of the stored pieces.

Rebuilding twice gives the same rows; nothing is rebuilt while nothing was read since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, Engine

from extractors.citations.resolution.document_register import Context, DocumentRegister
from extractors.citations.resolution.plausible import with_possible_term
from extractors.effects import ClauseEffect, SourceHead, placed
from rasoat.codec import from_json
from rasoat.progress import Progress
from rasoat.records import (
    Article,
    Confidence,
    Effect,
    KnownFrom,
    LegalDocument,
    Mention,
    MentionKind,
    NonAnswer,
    Observation,
    Part,
    Procedure,
    Resolution,
)
from rasoat.store.derived import (
    TableRow,
    citation_row,
    document_row,
    effect_row,
    inputs_mark,
    load_mentions,
    synchronise,
    when_changed,
)
from rasoat.store.extracted import Sighting, load_clauses, load_observations, load_versions, sightings
from rasoat.store.schema import citations, documents, effects
from validators.derivation.asserted_effects import asserted_effects
from validators.derivation.merge_documents import merge_documents, named
from validators.derivation.neighbour_cells import NeighbourEvidence, PlacedMention, beside

# Raise it when a change to merging, resolving or placing must be applied to what is already stored.
DERIVATION_VERSION = 8
DERIVED_MARK = "derived"


@dataclass(slots=True)
class Derived:
    """Rows ready to be stored."""

    documents: list[LegalDocument] = field(default_factory=list)
    effects: list[TableRow] = field(default_factory=list)
    citations: list[TableRow] = field(default_factory=list)


def derive(engine: Engine, progress: Progress) -> bool:
    """Bring the derived tables up to what was read; True where they were rebuilt."""
    with engine.begin() as connection:

        def build() -> None:
            rows = derived_rows(connection, progress)
            progress("ghi", 3, 4)
            synchronise(connection, documents, map(document_row, rows.documents))
            synchronise(connection, effects, rows.effects)
            synchronise(connection, citations, rows.citations)

        return when_changed(connection, DERIVED_MARK, build, str(DERIVATION_VERSION))


def derivation_inputs(connection: Connection) -> str:
    """What the derived tables are marked with where they are made from what is read now."""
    return inputs_mark(connection, str(DERIVATION_VERSION))


def derived_rows(connection: Connection, progress: Progress) -> Derived:
    """Everything derived from the pieces of this store."""
    seen = sightings(connection)
    progress("văn bản", 0, 4)
    observed = list(load_observations(connection, seen))
    register_documents = merge_documents(observation for _, observation in observed)
    known = {document.key: document for document in register_documents}
    procedures = {(one.piece, one.position): one.procedure for one in load_versions(connection, seen)}
    mentions, told = beside(load_mentions(connection), lambda piece, at, part: _text(procedures.get((piece, at)), part))
    for document in told.laws():
        known.setdefault(document.key, document)
    register = DocumentRegister(known.values())
    progress("tác động", 1, 4)
    effect_rows, affected = _effects(connection, seen, register, known, told, observed)
    for document in affected:
        if document.key not in known or known[document.key].known_from is KnownFrom.CITED:
            known[document.key] = document
    register = DocumentRegister(known.values())
    progress("viện dẫn", 2, 4)
    contexts = {place: _context(one) for place, one in procedures.items()}
    resolved, cited = resolve_all(contexts, register, mentions)
    for document in cited:
        known.setdefault(document.key, document)
    citation_rows = [citation_row(*one.place, one.resolution) for one in resolved]
    return Derived(named(known[key] for key in sorted(known)), effect_rows, citation_rows)


def _effects(
    connection: Connection,
    seen: dict[str, Sighting],
    register: DocumentRegister,
    known: dict[str, LegalDocument],
    told: NeighbourEvidence,
    observed: list[tuple[str, Observation]],
) -> tuple[list[TableRow], list[LegalDocument]]:
    rows: list[TableRow] = []
    affected: dict[str, LegalDocument] = {}
    at: Counter[str] = Counter()
    for piece, article, found in load_clauses(connection, seen):
        source = known.get(article.key)
        if source is None:
            continue
        resolver = _Resolver(register, Context(issuer=source.issuer, on=source.issued_on or source.effective_on), KnownFrom.EFFECT, told)
        head = SourceHead(source.number, source.type, source.issued_on, source.effective_on, source.title)
        clauses = [from_json(ClauseEffect, data) for data in found]
        result = placed(article, head, clauses, resolver.resolve, lambda key: known[key].title if key in known else None)
        for effect in result.effects:
            rows.append(effect_row(piece, at[piece], effect, None))
            at[piece] += 1
        for clause in result.unresolved:
            rows.append(effect_row(piece, at[piece], _unplaced(article, clause.clause, clause.source_provision), clause.reason.value))
            at[piece] += 1
        affected.update(resolver.met)
    for piece, said in observed:
        source = known[said.key]
        resolver = _Resolver(register, Context(issuer=source.issuer, on=source.issued_on or source.effective_on), KnownFrom.EFFECT, told)
        for effect in asserted_effects(source, said, resolver.resolve):
            rows.append(effect_row(piece, at[piece], effect, None))
            at[piece] += 1
        affected.update(resolver.met)
    return rows, list(affected.values())


def _unplaced(article: Article, clause: ClauseEffect, provision: str) -> Effect:
    """A clause whose target is no single document, kept with its words so that nothing is silent."""
    return Effect(
        verb=clause.verb,
        source=article.key,
        source_provision=provision,
        quote=clause.quote,
        lead=clause.lead,
        start=clause.start,
        end=clause.end,
        tier=article.tier,
        observed_on=article.observed_on,
        origin=article.origin,
        on=clause.on,
        basis=clause.basis,
        confidence=clause.confidence,
        printed_target=clause.target.number if clause.target else None,
    )


class _Resolver:
    """Resolves mentions in one context and remembers the documents they name that the register does not hold."""

    def __init__(self, register: DocumentRegister, context: Context, known_from: KnownFrom, told: NeighbourEvidence | None = None) -> None:
        self._register, self._context, self._known_from, self._told = register, context, known_from, told
        self.met: dict[str, LegalDocument] = {}

    def resolve(self, mention: Mention) -> Resolution:
        """The mention's resolution; a document met here for the first time is remembered with how it came to be known."""
        resolution = self._register.resolve(mention, self._context)
        held = self._register.documents.get(resolution.key or "")
        if held and held.known_from is KnownFrom.CITED and self._known_from is KnownFrom.EFFECT:
            # Known so far only from what procedures cite: its name alone is less than its number.
            self.met[held.key] = replace(held, known_from=KnownFrom.EFFECT)
            return replace(resolution, confidence=Confidence.MEDIUM) if mention.number is None else resolution
        if resolution.key and held is None:
            if met := self._register.cited(mention, self._context):
                self.met[met.key] = replace(met, known_from=self._known_from)
        elif resolution.key is None and self._known_from is KnownFrom.EFFECT:
            return self._misprinted(mention) or resolution
        return resolution

    def _misprinted(self, mention: Mention) -> Resolution | None:
        """What a clause must mean where its number cannot be, or where it gives only a law's name and year."""
        meant = self._register.misprinted(mention, mention.name)
        number = self._number_meant(mention) if mention.name else None
        if meant is None and number:
            corrected = replace(mention, kind=MentionKind.NUMBERED, number=number)
            meant = self._register.resolve(corrected, self._context).key
            if meant and meant not in self._register.documents and (met := self._register.cited(corrected, self._context)):
                self.met[meant] = replace(met, known_from=self._known_from)
        return Resolution(key=meant, confidence=Confidence.MEDIUM) if meant else None

    def _number_meant(self, mention: Mention) -> str | None:
        if mention.number:
            return with_possible_term(mention.number)
        if self._told and mention.year and mention.type in ("Luật", "Bộ luật"):
            return self._told.number_of(mention.name or "", mention.year)
        return None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention's place (piece, procedure, position) and the document it points at, or why there is none."""

    place: tuple[str, int, int]
    mention: Mention
    resolution: Resolution


def resolve_all(
    contexts: Mapping[tuple[str, int], Context], register: DocumentRegister, mentions: Iterable[PlacedMention]
) -> tuple[list[Resolved], list[LegalDocument]]:
    """Every mention resolved in the context of its procedure, and the documents that are known only from these mentions."""
    resolved: list[Resolved] = []
    cited: dict[str, LegalDocument] = {}
    for piece, procedure, position, _, mention in mentions:
        context = contexts.get((piece, procedure))
        if context is None or mention.kind is MentionKind.SELF:
            continue
        resolver = _Resolver(register, context, KnownFrom.CITED)
        resolved.append(Resolved((piece, procedure, position), mention, resolver.resolve(mention)))
        cited.update(resolver.met)
    wider = DocumentRegister([*register.documents.values(), *cited.values()])
    return [_suggested(one, contexts[one.place[:2]], wider) for one in resolved], list(cited.values())


def _suggested(one: Resolved, context: Context, wider: DocumentRegister) -> Resolved:
    """An impossible number with the document it may mean: that may be known only from what other procedures cite."""
    if one.resolution.non_answer is not NonAnswer.MALFORMED or one.resolution.suggestion:
        return one
    return replace(one, resolution=replace(one.resolution, suggestion=wider.resolve(one.mention, context).suggestion))


def _text(procedure: Procedure | None, part: Part) -> str:
    return procedure.parts.get(part, "") if procedure else ""


def _context(procedure: Procedure) -> Context:
    decided = procedure.decision.issued_on if procedure.decision else None
    return Context(issuer=procedure.publisher, province=procedure.publisher, on=decided or procedure.observed_on)
