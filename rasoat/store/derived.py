"""What is derived: documents, placed effects and resolved citations. Each is written whole, only where it differs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, insert, select, update

from rasoat.codec import from_json, to_json
from rasoat.records import Confidence, DateBasis, Effect, KnownFrom, LegalDocument, Mention, Origin, Part, Resolution, Tier, Verb
from rasoat.store.extracted import Sighting
from rasoat.store.schema import answers, citations, documents, effects, mentions, pieces, places, progress

TableRow = dict[str, Any]


def inputs_digest(connection: Connection) -> str:
    """A digest of everything read so far: which pieces, read by which reader, seen on which days.

    Two stores with the same digest derive the same rows, so what was derived from it need not be derived again.
    """
    digest = hashlib.sha256()
    for row in connection.execute(select(pieces.c.piece, pieces.c.reader).order_by(pieces.c.piece)):
        digest.update(f"{row.piece}{row.reader}".encode())
    cut = (answers.c.source == places.c.source) & (answers.c.request == places.c.request) & (answers.c.sha256 == places.c.sha256)
    days = select(answers.c.source, answers.c.request, answers.c.sha256, answers.c.observed_on).where(exists().where(cut))
    for day in connection.execute(days.order_by(*days.selected_columns)):
        digest.update(repr(tuple(day)).encode())
    return digest.hexdigest()


def derived_from(connection: Connection, name: str) -> str | None:
    """The digest that a derived table was built from, or None before it was first built."""
    return connection.scalar(select(progress.c.inputs).where(progress.c.name == name))


def mark_derived(connection: Connection, name: str, inputs: str) -> None:
    """Remember what a derived table was built from."""
    if connection.execute(update(progress).where(progress.c.name == name).values(inputs=inputs)).rowcount == 0:
        connection.execute(insert(progress).values(name=name, inputs=inputs))


def synchronise(connection: Connection, table: Table, rows: Iterable[TableRow]) -> tuple[int, int, int]:
    """Make `table` hold exactly `rows`, touching only what differs; (added, changed, removed)."""
    key = [column.name for column in table.primary_key.columns]
    there = {tuple(row[name] for name in key): row for row in (dict(row) for row in connection.execute(select(table)).mappings())}
    added, changed = [], []
    for row in rows:
        identity = tuple(row[name] for name in key)
        known = there.pop(identity, None)
        if known is None:
            added.append(row)
        elif any(known[name] != value for name, value in row.items()):
            changed.append(row)
    for identity in [tuple(row[name] for name in key) for row in changed] + list(there):
        connection.execute(delete(table).where(*(table.c[name] == value for name, value in zip(key, identity, strict=True))))
    if added or changed:
        connection.execute(insert(table), added + changed)
    return len(added), len(changed), len(there)


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
    for row in connection.execute(chosen.order_by(effects.c.piece, effects.c.position)):
        if sighting := seen.get(row.piece):
            yield Effect(
                verb=Verb(row.verb),
                source=row.source,
                source_provision=row.source_provision,
                quote=row.quote,
                lead=row.lead,
                start=row.start,
                end=row.end,
                tier=Tier(row.tier),
                observed_on=sighting.days[0],
                origin=Origin(sighting.capture, row.place),
                target=row.target,
                target_provision=row.target_provision,
                on=row.on,
                basis=DateBasis(row.basis),
                anchor=row.anchor,
                days=row.days,
                months=row.months,
                until=row.until,
                exceptions=tuple(row.exceptions),
                confidence=Confidence(row.confidence),
                printed_target=row.printed_target,
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


def load_mentions(connection: Connection) -> Iterator[tuple[str, int, int, Part, Mention]]:
    """(piece, procedure position, mention position, part, mention) in the order of the text."""
    for row in connection.execute(select(mentions).order_by(mentions.c.piece, mentions.c.procedure, mentions.c.position)):
        yield row.piece, row.procedure, row.position, Part(row.part), from_json(Mention, row.data)


def load_resolutions(connection: Connection) -> dict[tuple[str, int, int], Resolution]:
    """Every resolution by (piece, procedure position, mention position)."""
    rows = connection.execute(select(citations.c.piece, citations.c.procedure, citations.c.position, citations.c.data))
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
