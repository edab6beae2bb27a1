"""What the clauses of some pieces, and the claims that stand in them, say once every mention is resolved: rows of effects by piece."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from extractors.citations.resolution.document_register import Context, DocumentRegister
from extractors.effects import ClauseEffect, SourceHead, placed
from rasoat.codec import from_json
from rasoat.records import Article, Effect, KnownFrom, LegalDocument, Observation
from rasoat.store.derived import TableRow, effect_row
from validators.derivation.asserted_effects import asserted_effects
from validators.derivation.looked_up import by_key
from validators.derivation.mention_resolver import MentionResolver
from validators.derivation.neighbour_cells import NeighbourEvidence

# Of two records of one document that clauses make known the later one counts: clauses by piece and article, then claims by document.
MetAt = tuple[Any, ...]


@dataclass(slots=True)
class PlacedEffects:
    """By piece: its rows, the documents that it makes known, the titles it quotes, and what was looked up for it."""

    rows: dict[str, list[TableRow]] = field(default_factory=lambda: defaultdict(list))
    met: dict[str, list[tuple[MetAt, LegalDocument]]] = field(default_factory=lambda: defaultdict(list))
    quoted: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class EffectPlacing:
    """Places what was read against one register, `noting` what it looks up there."""

    def __init__(self, register: DocumentRegister, told: NeighbourEvidence, *, noting: bool) -> None:
        self._register, self._told, self._noting = register, told, noting
        self.found = PlacedEffects()
        self._claims: Counter[str] = Counter()

    def clauses(self, read: Iterable[tuple[str, Article, list[dict[str, Any]]]]) -> None:
        """The clauses of articles: (piece, article, its clauses), by piece and place."""
        for piece, article, found in read:
            source = self._source(piece, article.key)
            if source is None:
                continue
            resolver = self._resolver(piece, source)
            head = SourceHead(source.number, source.type, source.issued_on, source.effective_on, source.title)
            result = placed(article, head, [from_json(ClauseEffect, data) for data in found], resolver.resolve, self._title)
            for effect in result.effects:
                self._row(piece, effect, None)
            for clause in result.unresolved:
                self._row(piece, _unplaced(article, clause.clause, clause.source_provision), clause.reason.value)
            self._met(piece, (0, piece, article.order), resolver)

    def claims(self, observed: Iterable[tuple[str, Observation]]) -> None:
        """What observations assert, after all clauses: (piece, observation), by document, those of the same words by day. What was asserted
        when the words were first seen is not asserted once more each day on which they still stand there."""
        first: Observation | None = None
        for piece, said in observed:
            if first and replace(said, observed_on=first.observed_on) == first:
                continue
            first = said
            source = self._source(piece, said.key)
            assert source is not None  # it was observed, so it is known
            resolver = self._resolver(piece, source)
            for effect in asserted_effects(source, said, resolver.resolve):
                self._row(piece, effect, None)
            self._claims[piece] += 1
            self._met(piece, (1, said.key, piece, self._claims[piece]), resolver)

    def _source(self, piece: str, key: str) -> LegalDocument | None:
        """The document that an article or a claim is of."""
        if self._noting:
            self.found.asked[piece].add(by_key(key))
        return self._register.documents.get(key)

    def _resolver(self, piece: str, source: LegalDocument) -> MentionResolver:
        context = Context(issuer=source.issuer, on=source.issued_on or source.effective_on)
        asked = self.found.asked[piece] if self._noting else None
        return MentionResolver(self._register, context, KnownFrom.EFFECT, self._told, asked)

    def _title(self, key: str) -> str | None:
        record = self._register.documents.get(key)
        return record.title if record else None

    def _row(self, piece: str, effect: Effect, non_answer: str | None) -> None:
        rows = self.found.rows[piece]
        rows.append(effect_row(piece, len(rows), effect, non_answer))

    def _met(self, piece: str, order: MetAt, resolver: MentionResolver) -> None:
        if resolver.quoted:
            self.found.quoted[piece] += resolver.quoted
        if resolver.met:
            self.found.met[piece] += [(order, document) for document in resolver.met.values()]


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
