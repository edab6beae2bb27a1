"""Effects that nobody reads in a clause: those a document's title tells, a publisher's note, a gateway's typed relations.

Who asserts one decides its tier. A title is the document's own words, a note of the codified law the publisher's text: they
have the tier of their source. A gateway's relation is a claim without a clause (tier D): it never decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from extractors.citations import find_mentions
from extractors.effects import SourceHead, placed
from extractors.effects.resolving import Resolve
from extractors.effects.title_effects import read_title
from rasoat.records import (
    Article,
    Confidence,
    DateBasis,
    Effect,
    KnownFrom,
    LegalDocument,
    MentionKind,
    Observation,
    Tier,
    Verb,
)

_IMPORTED = "import"
# The gateway's reference types (formats of vbpl.vn): what the document does to the one it refers to.
_RELATIONS = {
    1: Verb.REPEALS, 5: Verb.SUSPENDS, 6: Verb.CORRECTS, 7: Verb.CONSOLIDATES, 8: Verb.DETAILS, 9: Verb.DETAILS, 10: Verb.AMENDS,
    11: Verb.SUSPENDS, 12: Verb.REPLACES,
}  # fmt: skip
_CODE = re.compile(r"(\d+) ")
_NOTED = re.compile(r"(?P<path>dieu-\w+): (?P<words>.*)", re.DOTALL)
_BY_ARTICLE = re.compile(r"(?:bởi|theo)(?: quy định tại)? Điều (\d+[a-zđ]?)")
_SINCE = re.compile(r"có hiệu lực[^,;]*?ngày (\d{1,2})/(\d{1,2})/(\d{4})")


def asserted_effects(document: LegalDocument, said: Observation, resolve: Resolve) -> Iterator[Effect]:
    """The effects that one observation of a document asserts; a title only where it is the one the record shows."""
    if said.title and said.title == document.title and said.known_from is not KnownFrom.EFFECT:
        yield from _of_title(document, said, resolve)
    for kind, key in said.relations:
        if noted := _NOTED.fullmatch(kind):
            yield from _of_note(said, noted["path"], noted["words"], resolve)
        elif (code := _CODE.match(kind)) and (verb := _RELATIONS.get(int(code[1]))) and key != said.key:
            yield _claim(said, verb, kind, key)


def _of_title(document: LegalDocument, said: Observation, resolve: Resolve) -> Iterable[Effect]:
    head = SourceHead(document.number, document.type, document.issued_on, document.effective_on, document.title)
    tier = Tier.B if said.source.startswith(_IMPORTED) else Tier.A
    whole = Article(document.key, "", "", document.title or "", said.source, said.observed_on, tier, said.origin)
    return placed(whole, head, read_title(head), resolve).effects


def _of_note(said: Observation, path: str, words: str, resolve: Resolve) -> Iterator[Effect]:
    """The suspension that a note tells, by the one document it names: known from here where nobody else knows it."""
    since = _SINCE.search(words)
    named = [key for mention in find_mentions(words) if mention.kind is MentionKind.NUMBERED and (key := resolve(mention).key)]
    if since is None or len(named) != 1:
        return
    try:
        day = date(int(since[3]), int(since[2]), int(since[1]))
    except ValueError:
        return
    article = _BY_ARTICLE.search(words)
    yield Effect(
        Verb.SUSPENDS, named[0], f"dieu-{article[1]}" if article else "", words, 0, len(words), Tier.A, said.observed_on, said.origin,
        target=said.key, target_provision=path, on=day, basis=DateBasis.STATED, confidence=Confidence.MEDIUM,
    )  # fmt: skip


def _claim(said: Observation, verb: Verb, words: str, target: str) -> Effect:
    confidence = Confidence.LOW if words.endswith("unverified") else Confidence.MEDIUM
    return Effect(
        verb, said.key, "", words, 0, len(words), Tier.D, said.observed_on, said.origin, target=target, basis=DateBasis.UNSTATED,
        confidence=confidence,
    )  # fmt: skip
