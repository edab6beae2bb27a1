"""What is derived: documents, placed effects and resolved citations. Each is written whole, only where it differs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, insert, select, true, update

from rasoat.codec import from_json, to_json
from rasoat.records import Confidence, DateBasis, Effect, KnownFrom, LegalDocument, Mention, Origin, Part, Resolution, Tier, Verb
from rasoat.store.extracted import Sighting
from rasoat.store.piece_changes import inputs_digest
from rasoat.store.publications import portions
from rasoat.store.schema import citations, documents, effects, mentions, progress

TableRow = dict[str, Any]
_ALL = true()
_AT_ONCE = 5000  # rows of a statement: what is held of them beside the rows themselves


def derived_from(connection: Connection, name: str) -> str | None:
    """The digest that a derived table was built from, or None before it was first built."""
    return connection.scalar(select(progress.c.inputs).where(progress.c.name == name))


def mark_derived(connection: Connection, name: str, inputs: str) -> None:
    """Remember what a derived table was built from."""
    if connection.execute(update(progress).where(progress.c.name == name).values(inputs=inputs)).rowcount == 0:
        connection.execute(insert(progress).values(name=name, inputs=inputs))


def synchronise(connection: Connection, table: Table, rows: Iterable[TableRow]) -> tuple[int, int, int]:
    """Make `table` hold exactly `rows`, touching only what differs; (added, changed, removed). What the table holds is looked at row by
    row and written in portions: a million rows are held once, not three times."""
    key = list(table.primary_key.columns)
    due = {tuple(row[column.name] for column in key): row for row in rows}
    added, stale, removed = len(due), list[dict[str, Any]](), 0
    for known in connection.execute(select(table).execution_options(yield_per=_AT_ONCE)).mappings():
        identity = tuple(known[column.name] for column in key)
        row = due.get(identity)
        if row is not None:
            added -= 1
        if row is not None and all(known[name] == value for name, value in row.items()):
            del due[identity]
            continue
        removed += row is None
        stale.append({f"_{column.name}": value for column, value in zip(key, identity, strict=True)})
    if stale:
        connection.execute(delete(table).where(*(column == bindparam(f"_{column.name}") for column in key)), stale)
    for some in portions(due.values(), _AT_ONCE):
        connection.execute(insert(table), some)
    return added, len(stale) - removed, removed


EffectRows = dict[str, tuple[list[TableRow], list[TableRow]]]  # by piece: the rows before and now


def change_documents(connection: Connection, changed: Mapping[str, LegalDocument | None]) -> None:
    """Write the records that are others now; None takes one away."""
    for keys in portions(sorted(changed)):  # all of them first: one may take over the id of another
        connection.execute(delete(documents).where(documents.c.key.in_(keys)))
    if rows := [document_row(document) for document in changed.values() if document]:
        connection.execute(insert(documents), rows)


def change_effects(connection: Connection, by_piece: Mapping[str, list[TableRow]]) -> EffectRows:
    """Make the effects of some pieces these rows, touching only what differs; all rows of these pieces, as they were and as they are."""
    found: EffectRows = {}
    for some in portions(sorted(by_piece)):
        before: dict[str, list[TableRow]] = {piece: [] for piece in some}
        query = select(effects).where(effects.c.piece.in_(some)).order_by(effects.c.position)
        for row in connection.execute(query).mappings():
            before[row["piece"]].append(dict(row))
        found |= {piece: (rows, by_piece[piece]) for piece, rows in before.items()}
    same = {(piece, at) for piece, pair in found.items() for at, (old, new) in enumerate(zip(*pair, strict=False)) if old == new}
    stale = [row for before_, _ in found.values() for row in before_ if (row["piece"], row["position"]) not in same]
    if stale:
        one = and_(effects.c.piece == bindparam("_piece"), effects.c.position == bindparam("_position"))
        connection.execute(delete(effects).where(one), [{"_piece": row["piece"], "_position": row["position"]} for row in stale])
    if fresh := [row for _, now in found.values() for row in now if (row["piece"], row["position"]) not in same]:
        connection.execute(insert(effects), fresh)
    return found


def change_citations(connection: Connection, changed: Mapping[tuple[str, int, int], Resolution]) -> None:
    """Write the resolutions that are others now."""
    if changed:
        place = and_(*(column == bindparam(f"_{column.name}") for column in citations.primary_key.columns))
        rows = [citation_row(*at, resolution) for at, resolution in changed.items()]
        named = [{"_piece": row["piece"], "_procedure": row["procedure"], "_position": row["position"]} for row in rows]
        connection.execute(delete(citations).where(place), named)
        connection.execute(insert(citations), rows)


def document_row(document: LegalDocument) -> TableRow:
    """A document as its table holds it."""
    return {**{column.name: getattr(document, column.name) for column in documents.c}, "known_from": document.known_from.value}


def load_documents(connection: Connection, ids: Collection[str] | None = None) -> Iterator[LegalDocument]:
    """Every document, the only-cited ones included, or those of some printed ids, by key."""
    query = select(documents).order_by(documents.c.key)
    for row in connection.execute(query if ids is None else query.where(documents.c.id.in_(sorted(ids)))):
        yield LegalDocument(**{**row._mapping, "known_from": KnownFrom(row.known_from)})


def effect_row(piece: str, position: int, effect: Effect, non_answer: str | None) -> TableRow:
    """An effect as its table holds it; `observed_on` and the capture are told by the piece's sightings."""
    row = {column.name: getattr(effect, column.name, None) for column in effects.c}
    row.update(piece=piece, position=position, verb=effect.verb.value, basis=effect.basis.value, tier=effect.tier.value)
    row.update(
        confidence=effect.confidence.value, exceptions=list(effect.exceptions), place=effect.origin.place[:300], non_answer=non_answer
    )
    return row


def load_effects(connection: Connection, seen: dict[str, Sighting], non_answer: str | None = None) -> Iterator[Effect]:
    """Every effect whose target is known (or those that have none for one reason), dated with the first day its clause was seen."""
    chosen = select(effects).where(effects.c.non_answer.is_(None) if non_answer is None else effects.c.non_answer == non_answer)
    for row in connection.execute(chosen.order_by(effects.c.piece, effects.c.position)).mappings():
        if sighting := seen.get(row["piece"]):
            yield effect_of(dict(row), sighting)


def effect_of(row: TableRow, sighting: Sighting) -> Effect:
    """An effect as its row and the sighting of its piece tell it."""
    return Effect(
        verb=Verb(row["verb"]),
        source=row["source"],
        source_provision=row["source_provision"],
        quote=row["quote"],
        lead=row["lead"],
        start=row["start"],
        end=row["end"],
        tier=Tier(row["tier"]),
        observed_on=sighting.days[0],
        origin=Origin(sighting.capture, row["place"]),
        target=row["target"],
        target_provision=row["target_provision"],
        on=row["on"],
        basis=DateBasis(row["basis"]),
        anchor=row["anchor"],
        days=row["days"],
        months=row["months"],
        until=row["until"],
        exceptions=tuple(row["exceptions"]),
        confidence=Confidence(row["confidence"]),
        printed_target=row["printed_target"],
    )


def citation_row(piece: str, procedure: int, position: int, resolution: Resolution) -> TableRow:
    """A resolution as its table holds it, beside the mention it resolves."""
    non_answer = resolution.non_answer.value if resolution.non_answer else None
    return {
        "piece": piece,
        "procedure": procedure,
        "position": position,
        "key": resolution.key,
        "non_answer": non_answer,
        "data": to_json(Resolution, resolution),
    }


def load_mentions(connection: Connection, where: ColumnElement[bool] = _ALL) -> Iterator[tuple[str, int, int, Part, Mention]]:
    """(piece, procedure position, mention position, part, mention) in the order of the text."""
    for row in connection.execute(select(mentions).where(where).order_by(mentions.c.piece, mentions.c.procedure, mentions.c.position)):
        yield row.piece, row.procedure, row.position, Part(row.part), from_json(Mention, row.data)


def load_resolutions(connection: Connection, where: ColumnElement[bool] = _ALL) -> dict[tuple[str, int, int], Resolution]:
    """Every resolution by (piece, procedure position, mention position)."""
    rows = connection.execute(select(citations.c.piece, citations.c.procedure, citations.c.position, citations.c.data).where(where))
    return {(row.piece, row.procedure, row.position): from_json(Resolution, row.data) for row in rows}


def inputs_mark(connection: Connection, extra: str = "") -> str:
    """A digest of what is read now, and of how it is used."""
    return hashlib.sha256((inputs_digest(connection) + extra).encode()).hexdigest()


def when_changed(connection: Connection, name: str, build: Callable[[], None], extra: str = "") -> bool:
    """Run `build` where what `name` was built from has changed; True where it ran."""
    inputs = inputs_mark(connection, extra)
    if derived_from(connection, name) == inputs:
        return False
    build()
    mark_derived(connection, name, inputs)
    return True
