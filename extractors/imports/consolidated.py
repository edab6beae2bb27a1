"""What a consolidated text gives of the laws it names: the enforcement articles it quotes in its footnotes, and the days they were issued.

Each is filed under the law it belongs to; of the consolidated text itself nothing is taken.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from extractors.effects.quoted_articles import QuotedArticle, quoted_articles
from extractors.formats.head_lines import DATE_WORDS, NUMBER_TEXT
from extractors.sources.source import Parsed
from rasoat.identity import canonical_number, document_key, parse_number, type_of
from rasoat.records import Article, KnownFrom, Observation, Origin, Tier

_DAY = re.compile(rf"(?<!\w)(?=ngày\s)(?:{DATE_WORDS})")
_NUMBER_ALONE = re.compile(rf"\A(?P<number>{NUMBER_TEXT})\s+\Z")
_WORD = re.compile(r"(?<!\w)\w")
_LONGEST_NUMBER = 60  # letters; where the look back is bounded, no text makes it slow


def with_quoted(parsed: Parsed, text: str, tier: Tier, source: str) -> Parsed:
    """What was read of a consolidated text (one observation), and beside it the articles it quotes with an observation of their laws."""
    own = parsed.observations[0]
    issued: dict[str, date] = {}
    for found in quoted_articles(text):
        issued = issued or _days_of_issue(text)
        law = _law(found, own, issued)
        if law is None:
            continue
        if all(one.key != law.key for one in parsed.observations):
            parsed.observations.append(law)
        if all((one.key, one.path) != (law.key, found.path) for one in parsed.articles):
            parsed.articles.append(_article(found, law, tier, source, len(parsed.articles) + 1))
    return parsed


def _law(found: QuotedArticle, own: Observation, issued: dict[str, date]) -> Observation | None:
    """The law that a quotation names; None where its number names no single one."""
    number = found.of.number or ""
    kind = type_of(number, found.of.type)
    key = document_key(kind, number, found.of.issuer, issued.get(number)) if kind else None
    if key is None or key == own.key or kind is None:
        return None
    return replace(
        own,
        key=key,
        number=number,
        type=kind,
        known_from=KnownFrom.TEXT,
        issuer=None,
        title=found.of.name,
        issued_on=issued.get(number),
        effective_on=None,
        origin=Origin(own.origin.capture, f"{own.origin.place}#{number}"),
    )


def _article(found: QuotedArticle, law: Observation, tier: Tier, source: str, order: int) -> Article:
    return Article(
        key=law.key,
        path=found.path,
        heading=found.heading,
        text=found.text,
        source=source,
        observed_on=law.observed_on,
        tier=tier,
        origin=Origin(law.origin.capture, f"{law.origin.place}/{found.path}"),
        order=order,
    )


def _days_of_issue(text: str) -> dict[str, date]:
    """The day of issue that the text gives beside each number, where it is of the number's year; the first counts."""
    days: dict[str, date] = {}
    for said in _DAY.finditer(text):
        before = text[max(0, said.start() - _LONGEST_NUMBER) : said.start()]
        alone = next((found for word in _WORD.finditer(before) if (found := _NUMBER_ALONE.match(before[word.start() :]))), None)
        if alone is None:
            continue
        number = canonical_number(alone["number"])
        parts = parse_number(number)
        try:
            day = date(int(said["year"]), int(said["month"]), int(said["day"]))
        except ValueError:
            continue
        if parts and parts.year == day.year:
            days.setdefault(number, day)
    return days
