"""Everything known, in memory and ready to be asked: the validity graph built from the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, select, true

from extractors.effects import Doubt
from rasoat.records import Tier, Verb
from rasoat.store.article_shelf import ArticleShelf
from rasoat.store.derived import load_documents, load_effects
from rasoat.store.extracted import Sighting, load_articles_of, load_observations, sightings
from rasoat.store.schema import articles, effects, refusals
from rasoat.store.standing_articles import load_changers, load_standing
from validators.rules import index_overrides
from validators.rules.world import Override
from validators.validity.graph import ValidityGraph
from validators.validity.outline import Outlines
from validators.validity.validity_facts import Edition

CODIFIED_LAW = "phapdien"
_ALL = true()


def load_graph(connection: Connection, life_months: int, seen: dict[str, Sighting] | None = None) -> ValidityGraph:
    """The validity graph of everything stored."""
    seen = sightings(connection) if seen is None else seen
    return ValidityGraph(
        load_documents(connection),
        (observation for _, observation in load_observations(connection, seen)),
        load_effects(connection, seen),
        load_editions(connection, seen),
        load_containers(connection),
        life_months,
        load_changers(connection),
        load_effects(connection, seen, Doubt.WRONG_NOTE.value),
        Outlines(ArticleShelf(connection.engine, seen)),
    )


def load_containers(connection: Connection, where: ColumnElement[bool] = _ALL) -> dict[tuple[str, str], str]:
    """In which chapter or section articles stand, by document and article. Where copies disagree the last piece counts."""
    standing = sorted(load_standing(connection, where=and_(where, articles.c.container != "")), key=lambda one: one.piece)
    return {(one.key, one.path): one.container for one in standing}


def load_overrides(connection: Connection) -> Mapping[str, Sequence[Override]]:
    """What texts that prevail over others while they last say of procedures (CITE-13)."""
    sources = connection.scalars(select(effects.c.source).where(effects.c.verb == Verb.OVERRIDES.value, effects.c.tier != Tier.D.value))
    return index_overrides(load_articles_of(connection, sightings(connection), set(sources)))


def load_editions(connection: Connection, seen: dict[str, Sighting]) -> list[Edition]:
    """The editions of the codified law: which documents stood in which titles, and which titles were empty shells."""
    standing: dict[date, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    titles: dict[date, set[str]] = defaultdict(set)
    shells: dict[date, set[str]] = defaultdict(set)
    empty = set(connection.scalars(select(refusals.c.piece).where(refusals.c.outcome == "declared_empty")))
    for piece, sighting in seen.items():
        if sighting.source == CODIFIED_LAW:
            for day in sighting.days:
                titles[day].add(sighting.place)
                if piece in empty:
                    shells[day].add(sighting.place)
    for one in load_standing(connection, CODIFIED_LAW):
        for day in seen[one.piece].days if one.piece in seen else ():
            standing[day][one.key].add(seen[one.piece].place)
    return [Edition(day, standing[day], titles[day], shells[day]) for day in sorted(titles)]
