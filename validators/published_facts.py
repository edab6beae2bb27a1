"""What the published answers on documents are computed from: a digest for each document, and whom a changed one reaches.

An answer reads the facts of its document and of every text that acts on it, that these are tied to, and so on: a change reaches whatever
reads it, over as many steps as it takes. Computing more than has changed only takes time: what comes out the same is not written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from rasoat.records import Verb
from rasoat.store.extracted import Sighting
from rasoat.store.publications import portions
from rasoat.store.schema import articles, pieces
from validators.validity.graph import ValidityGraph
from validators.validity.provision_answers import CONSOLIDATED_TEXT

# Raise it when a change to how answers are computed must be applied to what is already published.
ANSWERS_VERSION = 1


@dataclass(frozen=True, slots=True)
class FactsTouched:
    """All that may have changed since the last publication: the documents told of otherwise and the procedures whose citations resolve
    otherwise; with the sightings of all pieces as they are now."""

    documents: frozenset[str]
    procedures: frozenset[str]
    seen: Mapping[str, Sighting]


def fact_digests(
    connection: Connection, graph: ValidityGraph, seen: Mapping[str, Sighting], only: Collection[str] | None = None
) -> dict[str, str]:
    """By document key a digest of the facts told of it: of every document, or of those of some keys that are there."""
    texts, register, amending = _texts(connection, seen, only), graph.register, defaultdict(list)
    for key, path in sorted(register.amending if only is None else (one for one in register.amending if one[0] in only)):
        amending[key].append(path)
    found: dict[str, str] = {}
    for key in register.documents if only is None else only:
        document = register.documents.get(key)
        if document is None:
            continue
        consolidates = register.edges(key, Verb.CONSOLIDATES, None) if document.type == CONSOLIDATED_TEXT else ()
        misfiled = register.misfiled.get(key, ())
        told = (*register.claims.get(key, ()), *register.effects.on(key, None), *consolidates, *misfiled)
        about = (ANSWERS_VERSION, graph.sign_months, document, _editions(graph, key), register.articles_in(key), amending.get(key))
        lines = "\n".join([repr(about), *sorted(map(repr, told))])
        found[key] = hashlib.blake2b(lines.encode("utf-8", "surrogatepass") + texts.get(key, b""), digest_size=16).hexdigest()
    return found


def _editions(graph: ValidityGraph, key: str) -> list[tuple[object, ...]]:
    """In which titles of which editions of the codified law a document stood, and whether these are whole in the others."""
    editions = graph.register.editions
    titles = {title for edition in editions for title in edition.standing.get(key, ())}
    if not titles:
        return []
    whole = [(edition, titles.intersection(edition.titles).difference(edition.shells)) for edition in editions]
    return [(edition.on, sorted(edition.standing.get(key, ())), sorted(there)) for edition, there in whole]


def _texts(connection: Connection, seen: Mapping[str, Sighting], only: Collection[str] | None) -> dict[str, bytes]:
    """By document key what tells its articles as read now from every other reading of them: their pieces and the readers' version."""
    query = select(articles.c.key, articles.c.path, articles.c.piece, articles.c.position, pieces.c.reader)
    query = query.join(pieces, pieces.c.piece == articles.c.piece)
    found: dict[str, list[str]] = defaultdict(list)
    for some in [None] if only is None else portions(sorted(only)):
        for row in connection.execute(query if some is None else query.where(articles.c.key.in_(some))):
            if row.piece in seen:
                found[row.key].append(f"{row.path} {row.piece} {row.position} {row.reader} {seen[row.piece].days[0]}")
    return {key: hashlib.blake2b("\n".join(sorted(lines)).encode(), digest_size=16).digest() for key, lines in found.items()}


def reached(graph: ValidityGraph, changed: Collection[str]) -> set[str]:
    """The documents whose answers may rest on facts of the changed ones, these among them."""
    found, waiting = set(changed), list(changed)
    while waiting:
        more = _readers(graph, waiting.pop()) - found
        found |= more
        waiting.extend(more)
    return found


def _readers(graph: ValidityGraph, key: str) -> set[str]:
    """Whose answers read the facts of a document: what it acts on, what has a day tied to it, the texts that consolidate it."""
    register = graph.register
    texts = {clause.source for clause in register.effects.on(key, None, frozenset({Verb.CONSOLIDATES})) if clause.target}
    consolidating = {source for source in texts if (text := register.documents.get(source)) and text.type == CONSOLIDATED_TEXT}
    return consolidating.union(register.effects.acted_on_by(key)) - {key}
