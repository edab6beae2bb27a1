"""Everything that a process loaded to publish, kept, and brought up to what was read since: what one document changes costs what it changes.

Nothing rests on what is kept alone. The database's own notes say which pieces came, went or were seen again, whoever wrote them; where notes
are missing, or a piece tells of more than documents, the answer is that everything is to be loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Select, or_, select

from extractors.effects import Doubt
from rasoat.progress import Progress
from rasoat.records import Effect, Verb
from rasoat.settings import Settings
from rasoat.store.derived import EffectRows, TableRow, effect_of
from rasoat.store.extracted import Sighting
from rasoat.store.piece_changes import changed_since, look
from rasoat.store.publications import portions
from rasoat.store.schema import articles, listings, pieces, procedures
from validators.derivation.derivation import DerivedChange
from validators.derivation.derive import derive_kept, write_change
from validators.knowledge import CODIFIED_LAW, load_containers, load_graph
from validators.published_facts import FactsTouched, reached
from validators.store_over_days import StoreOverDays


@dataclass(slots=True)
class BroughtUp:
    """What was done again since the last publication: pieces read and the documents they are of, pieces whose clauses were placed,
    citations that resolve otherwise."""

    pieces: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    resolved: set[tuple[str, int, int]] = field(default_factory=set)


class StandingFacts:
    """The facts of a store in memory: what is derived from them, the validity graph, and the versions judged."""

    def __init__(self, engine: Engine, settings: Settings, progress: Progress) -> None:
        with engine.connect() as connection:
            self._looked = look(connection)
        self._derivation = derive_kept(engine, progress)
        with engine.connect() as connection:
            self.graph = load_graph(connection, settings.life_months, self._derivation.seen)
            self.stored = StoreOverDays(connection, settings, self.graph, self._derivation.seen)
            self._not_documents: set[str] = set(connection.scalars(_telling_more()))
        self._documents: set[str] = set()
        self._procedures: set[str] = set()
        self.done = BroughtUp()

    @property
    def touched(self) -> FactsTouched:
        """All that may be told otherwise since `settled`."""
        return FactsTouched(frozenset(self._documents), frozenset(self._procedures), self._derivation.seen)

    def settled(self) -> None:
        """What was touched is published."""
        self._documents, self._procedures, self.done = set(), set(), BroughtUp()

    def bring_up(self, engine: Engine) -> bool:
        """Take in what was read since; False where everything is to be loaded anew."""
        with engine.connect() as connection:
            news = changed_since(connection, self._looked)
            if news is None or not self._only_documents(connection, news[0]):
                return False
            changed = news[0]
            if changed:
                seen = self._derivation.seen
                before = {piece: seen[piece] for piece in changed if piece in seen}
                change = self._derivation.bring_up(connection, changed)
        if changed:
            written = write_change(engine, change)
            with engine.connect() as connection:
                self._take_in(connection, changed, change, written, before)
        self._looked = news[1]
        return True

    def _only_documents(self, connection: Connection, changed: Collection[str]) -> bool:
        """Whether some pieces tell, and told before, of documents alone, and of none that the codified law tells of."""
        seen = self._derivation.seen
        for piece in changed:
            known = seen.get(piece)
            if piece in self._not_documents or (known and known.source == CODIFIED_LAW) or (known and not self._derivation.speaks(piece)):
                return False
        for some in portions(sorted(changed)):
            if connection.scalar(_telling_more().where(pieces.c.piece.in_(some)).limit(1)):
                return False
            told = connection.scalars(select(articles.c.amended_by).where(articles.c.piece.in_(some)))
            if any(told):
                return False
        return True

    def _take_in(
        self, connection: Connection, changed: Collection[str], change: DerivedChange, written: EffectRows, before: Mapping[str, Sighting]
    ) -> None:
        register = self.graph.register
        for key, document in change.documents.items():
            register.replace_document(key, document)
        for key, said in change.observed.items():
            register.replace_claims(key, said)
        rows = [row for old, new in written.values() for row in (*old, *new)]
        self._place_again(changed, written, before)
        keys = {*change.observed, *(row["source"] for row in rows if row["piece"] in changed)}
        for some in portions(sorted(changed)):
            keys.update(connection.scalars(select(articles.c.key).where(articles.c.piece.in_(some)).distinct()))
        for some in portions(sorted(keys)):
            containers = load_containers(connection, articles.c.key.in_(some))
            for key in some:
                register.replace_containers(key, {path: told for (one, path), told in containers.items() if one == key})
        acted_on = {end for row in _differing(written, changed) for end in (row["target"], row["source"]) if end}
        documents = keys.union(change.documents, acted_on)
        overriding = self.stored.overriding(documents) or any(row["verb"] == Verb.OVERRIDES.value for row in rows)
        rest_on_them = reached(self.graph, documents)
        self.graph.forget_answers(rest_on_them)
        cited = self.stored.renew(connection, rest_on_them, {piece for piece, _, _ in change.citations}, overriding=overriding)
        self._documents |= documents
        self._procedures |= cited
        self.done.pieces |= set(changed)
        self.done.read |= set(change.observed)
        self.done.placed |= set(change.effects)
        self.done.resolved |= set(change.citations)

    def _place_again(self, changed: Collection[str], written: EffectRows, before: Mapping[str, Sighting]) -> None:
        """Put what clauses say now in place of what they said; `before`: the sightings, until now, of the pieces that changed."""
        register, seen = self.graph.register, self._derivation.seen
        for piece, (old, new) in written.items():
            for doubt in (None, Doubt.WRONG_NOTE.value):
                was = Counter(_effects(old, before.get(piece, None if piece in changed else seen.get(piece)), doubt))
                now = Counter(_effects(new, seen.get(piece), doubt))
                for gone in (was - now).elements():
                    register.effects.remove(gone) if doubt is None else register.misfiled[gone.source].remove(gone)
                for came in (now - was).elements():
                    register.add_effect(came) if doubt is None else register.misfiled[came.source].append(came)


def _effects(rows: Iterable[TableRow], sighting: Sighting | None, doubt: str | None) -> list[Effect]:
    return [effect_of(row, sighting) for row in rows if sighting and row["non_answer"] == doubt]


def _differing(written: EffectRows, changed: Collection[str]) -> Iterable[TableRow]:
    """The rows of effects that say something else than before; of pieces that were read or seen again, all."""
    for piece, (old, new) in written.items():
        for row in old:
            if piece in changed or row not in new:
                yield row
        for row in new:
            if piece in changed or row not in old:
                yield row


def _telling_more() -> Select[Any]:
    """The pieces that tell of more than documents."""
    more = or_(
        pieces.c.piece.in_(select(procedures.c.piece)),
        pieces.c.piece.in_(select(listings.c.piece)),
        pieces.c.elsewhere > 0,
        pieces.c.source == CODIFIED_LAW,
    )
    return select(pieces.c.piece).where(more)
