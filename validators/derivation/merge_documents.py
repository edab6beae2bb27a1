"""From all that was said of a document to one record of it, and the id people read it by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from rasoat.identity import issuer_name, parse_number
from rasoat.records import KnownFrom, LegalDocument, Observation
from rasoat.vietnamese import slug

# An official source's attributes are believed before an office's copy, and that before a clause that only names it.
_BELIEVED = {KnownFrom.OFFICIAL: 0, KnownFrom.TEXT: 1, KnownFrom.EFFECT: 2, KnownFrom.CITED: 3}
_ENTERS_WITHIN = 1  # years from the one in the number
_KNOWN = {KnownFrom.TEXT: 0, KnownFrom.OFFICIAL: 1, KnownFrom.EFFECT: 2, KnownFrom.CITED: 3}


def merge_documents(observations: Iterable[Observation]) -> list[LegalDocument]:
    """One record a key, each attribute from the most believed source that gives it; ids are still bare numbers.

    The order of the observations does not matter.
    """
    by_key: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        by_key[observation.key].append(observation)
    return [_merged(key, said) for key, said in sorted(by_key.items())]


def _merged(key: str, said: list[Observation]) -> LegalDocument:
    ranked = sorted(said, key=_belief)
    return LegalDocument(
        key=key,
        id=ranked[0].number,
        number=ranked[0].number,
        type=ranked[0].type,
        issuer=_first(ranked, "issuer"),
        title=_first(ranked, "title"),
        issued_on=_commonest((one.known_from, one.issued_on) for one in ranked if _possible(one)),
        effective_on=_commonest((one.known_from, entry_stated(one)) for one in ranked),
        known_from=min((one.known_from for one in said), key=lambda known: _KNOWN[known]),
    )


def _possible(one: Observation) -> bool:
    """Whether a stated day of issue fits the year in the number: lists misprint days ("05/2022/TT-BYT" of 01/08/2002), and a day
    that cannot be would put the document before what it ends or after what ends it. A number may be given a turn of the year off.
    """
    parts = parse_number(one.number)
    return not (parts and parts.year and one.issued_on) or abs(one.issued_on.year - parts.year) <= 1


def entry_stated(one: Observation) -> date | None:
    """The day of entry that an observation gives, none where it is another document's.

    A note whose day of issue cannot be this number's misprints the day or the number. Where the day of entry is years from the
    number too, it is the number: all that the note dates is of another document ("324/2014/TT-BTC ngày 21/12/2016").
    """
    parts, entered = parse_number(one.number), one.effective_on
    if entered is None or _possible(one) or not (parts and parts.year):
        return entered
    return entered if parts.year <= entered.year <= parts.year + _ENTERS_WITHIN else None


def _belief(one: Observation) -> tuple[int, int, int, str, str]:
    """An official source first, then a publisher's text, then an office's copy of one; of equals the newest."""
    copied = one.known_from is KnownFrom.TEXT and one.source.startswith("import")
    return _BELIEVED[one.known_from], copied, -one.observed_on.toordinal(), one.origin.capture, one.origin.place


def _first(ranked: list[Observation], name: str) -> str | None:
    return next((value for one in ranked if (value := getattr(one, name))), None)


def _commonest(said: Iterable[tuple[KnownFrom, date | None]]) -> date | None:
    """The day most often given by the most believed kind of source; the first seen of equals."""
    given = [(known, day) for known, day in said if day]
    if not given:
        return None
    return Counter(day for known, day in given if known is given[0][0]).most_common(1)[0][0]


def named(documents: Iterable[LegalDocument]) -> list[LegalDocument]:
    """The documents with their printed ids: the number, and where two share it number@issuer or number@type."""
    by_number: dict[str, list[LegalDocument]] = defaultdict(list)
    for document in documents:
        by_number[document.number].append(document)
    return [replace(one, id=printed) for group in by_number.values() for one, printed in _ids(group)]


def _ids(group: list[LegalDocument]) -> list[tuple[LegalDocument, str]]:
    if len(group) == 1:
        return [(group[0], group[0].number)]
    types = Counter(one.type for one in group)
    marks = []
    for one in group:
        mark = slug(one.type) if types[one.type] == 1 else slug(issuer_name(one.issuer or "")) or slug(one.type)
        marks.append((one, f"{one.number}@{mark}"))
    taken = Counter(printed for _, printed in marks)
    # Individual acts of one body may share a number over the years: the day tells them apart, at last the key.
    dated = [(one, printed if taken[printed] == 1 else f"{printed}@{one.issued_on or slug(one.key)}") for one, printed in marks]
    taken = Counter(printed for _, printed in dated)
    return [(one, printed if taken[printed] == 1 else f"{printed}@{slug(one.key)}") for one, printed in dated]
