"""What stands around a document: whom it changed and who changed it, what publishers say of it, its words, and where they were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from queries.document_card import NamedDocument, named
from queries.original_answers import OriginalLine, originals_with
from queries.published_moment import PinnedWorkspace
from queries.shape import Shape
from rasoat import words
from rasoat.records import LegalDocument, Status
from rasoat.store.extracted import load_article_texts, load_observations, sightings
from rasoat.store.schema import articles, effects, observations, places

_CHANGES = ("replaces", "repeals", "amends", "corrects", "suspends", "revives", "prolongs", "postpones")
# The publisher's own words for a status, by what they say in ours; another word says nothing that can be compared.
_CLAIMS = {
    words.STATUS[Status.IN_FORCE]: {Status.IN_FORCE, Status.PARTLY_IN_FORCE},
    words.STATUS[Status.PARTLY_IN_FORCE]: {Status.PARTLY_IN_FORCE},
    "hết hiệu lực toàn bộ": {Status.EXPIRED},
    words.STATUS[Status.NOT_YET]: {Status.NOT_YET},
    "ngưng hiệu lực": {Status.SUSPENDED},
}


class RelatedDocument(Shape):
    """A document that this one changed, or that changed this one: how, and in which article."""

    document: NamedDocument
    effect: str
    provision: str


class PublisherClaim(Shape):
    """What a publisher's label says of the document, and whether that is other than what the clauses say (null: cannot be compared)."""

    source: str
    status: str | None
    expiry: date | None
    observed_on: date
    differs: bool | None


class ArticleLine(Shape):
    """An article that is held."""

    provision: str
    heading: str
    container: str


class DocumentSurroundings(Shape):
    """What stands around a document: whom it changed, who changed it, what publishers say, and the answers it was read from."""

    changed: list[RelatedDocument]
    changed_by: list[RelatedDocument]
    claims: list[PublisherClaim]
    originals: list[OriginalLine]


def document_surroundings(moment: PinnedWorkspace, document: LegalDocument, status: str, as_of: date) -> DocumentSurroundings:
    """What stands around a document whose status on a day is known."""
    key, connection = document.key, moment.rows.connection
    changing = effects.c.verb.in_(_CHANGES)
    query = select(effects.c.source, effects.c.target, effects.c.verb, effects.c.source_provision)
    changed = connection.execute(query.where(effects.c.source == key, effects.c.target.is_not(None), changing)).all()
    changed_by = connection.execute(query.where(effects.c.target == key, effects.c.source != key, changing)).all()
    read_from = select(observations.c.piece).where(observations.c.key == key).union(select(articles.c.piece).where(articles.c.key == key))
    return DocumentSurroundings(
        changed=_related(moment, [(row.target, row.verb, row.source_provision) for row in changed if row.target != key]),
        changed_by=_related(moment, [(row.source, row.verb, row.source_provision) for row in changed_by]),
        claims=list(_claims(moment, key, status)),
        originals=originals_with(moment, set(connection.scalars(read_from))),
    )


def _related(moment: PinnedWorkspace, told: list[tuple[str, str, str]]) -> list[RelatedDocument]:
    """Each document once for each thing done, the latest issued first."""
    answers = moment.answers
    answers.look_up(key for key, _, _ in told)
    places: dict[tuple[str, str], str] = {}
    for key, verb, place in told:
        places.setdefault((key, verb), place)
    found = [
        RelatedDocument(document=named(one), effect=verb, provision=place)
        for (key, verb), place in places.items()
        if (one := answers.document(key))
    ]
    return sorted(found, key=lambda one: (one.document.issued_on or date.min, one.document.id), reverse=True)


def _claims(moment: PinnedWorkspace, key: str, status: str) -> Iterator[PublisherClaim]:
    """The last word of each publisher on the document's status."""
    connection = moment.rows.connection
    own = observations.c.key == key
    seen = sightings(connection, where=places.c.piece.in_(select(observations.c.piece).where(own)))
    last: dict[str, Any] = {}
    for _, one in load_observations(connection, seen, own):
        if (one.claimed_status or one.claimed_expiry) and (one.source not in last or one.observed_on >= last[one.source].observed_on):
            last[one.source] = one
    for one in last.values():
        said = _CLAIMS.get((one.claimed_status or "").strip().lower())
        yield PublisherClaim(
            source=one.source, status=one.claimed_status, expiry=one.claimed_expiry, observed_on=one.observed_on,
            differs=None if said is None or status == Status.UNKNOWN else status not in said,
        )  # fmt: skip


def held_articles(moment: PinnedWorkspace, document: LegalDocument) -> list[ArticleLine]:
    """The articles that are held of a document, in the order of its text, without their words."""
    query = select(articles.c.path, articles.c.heading, articles.c.container).where(articles.c.key == document.key)
    found: Mapping[str, Any] = {row.path: row for row in moment.rows.connection.execute(query.order_by(articles.c.piece))}
    return [
        ArticleLine(provision=path, heading=row.heading, container=row.container)
        for path, row in sorted(found.items(), key=lambda one: words.in_order(one[0]))
    ]


class PrintedArticle(Shape):
    """The words of an article as a source printed them."""

    provision: str
    heading: str
    text: str
    source: str
    observed_on: date
    tier: str


def article_text(moment: PinnedWorkspace, document: LegalDocument, provision: str) -> PrintedArticle | None:
    """The article that a provision stands in, as it was seen last; None where it is not held."""
    path = provision.partition("/")[0]
    for one in load_article_texts(moment.rows.connection, {document.key}, path):
        return PrintedArticle(
            provision=one.path, heading=one.heading, text=one.text, source=one.source, observed_on=one.observed_on, tier=one.tier.value
        )
    return None
