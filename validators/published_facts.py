"""What the published answers on documents are computed from: a digest for each document, and whom a changed one reaches.

An answer reads the facts of its document and of every text that acts on it, that these are tied to, and so on: a change reaches whatever
reads it, over as many steps as it takes. Computing more than has changed only takes time: what comes out the same is not written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from rasoat.records import Verb
from rasoat.store.extracted import Sighting
from rasoat.store.schema import articles, pieces
from validators.validity.graph import ValidityGraph
from validators.validity.provision_answers import CONSOLIDATED_TEXT

# Raise it when a change to how answers are computed must be applied to what is already published.
ANSWERS_VERSION = 1


def fact_digests(connection: Connection, graph: ValidityGraph, seen: Mapping[str, Sighting]) -> dict[str, str]:
    """By document key a digest of the facts told of it."""
    texts, register, amending = _texts(connection, seen), graph.register, defaultdict(list)
    for key, path in sorted(register.amending):
        amending[key].append(path)
    found: dict[str, str] = {}
    for key, document in register.documents.items():
        consolidates = register.edges(key, Verb.CONSOLIDATES, None) if document.type == CONSOLIDATED_TEXT else ()
        told = (*register.claims.get(key, ()), *register.effects.on(key, None), *consolidates)
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


def _texts(connection: Connection, seen: Mapping[str, Sighting]) -> dict[str, bytes]:
    """By document key what tells its articles as read now from every other reading of them: their pieces and the readers' version."""
    query = select(articles.c.key, articles.c.path, articles.c.piece, articles.c.position, pieces.c.reader)
    query = query.join(pieces, pieces.c.piece == articles.c.piece)
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        if row.piece in seen:
            found[row.key].append(f"{row.path} {row.piece} {row.position} {row.reader} {seen[row.piece].days[0]}")
    return {key: hashlib.blake2b("\n".join(sorted(lines)).encode(), digest_size=16).digest() for key, lines in found.items()}


def reached(graph: ValidityGraph, changed: Collection[str]) -> set[str]:
    """The documents whose answers may rest on facts of the changed ones, these among them."""
    readers: dict[str, set[str]] = defaultdict(set)
    for subject, source, anchor in graph.register.effects.links():
        for read in (source, anchor):
            if read and read != subject:
                readers[read].add(subject)
    for key, document in graph.register.documents.items():
        if document.type == CONSOLIDATED_TEXT:
            for clause in graph.register.edges(key, Verb.CONSOLIDATES, None):
                readers[clause.target or ""].add(key)
    found, waiting = set(changed), list(changed)
    while waiting:
        more = readers.get(waiting.pop(), set()) - found
        found |= more
        waiting.extend(more)
    return found
