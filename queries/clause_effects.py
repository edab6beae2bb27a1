"""What the text of an enforcement article does, and when: from the words alone, without any store."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from extractors.effects import ClauseEffect, SourceHead, read_clauses
from extractors.effects.quoted_articles import opening_quotation
from queries.reading_lines import ClauseEffectLine, ClausesLine, EntryLine, SurvivorLine
from rasoat.days import day_field, months_on
from rasoat.identity import canonical_number, type_of
from rasoat.records import DateBasis, Mention, Verb
from rasoat.trouble import Trouble

_OF_ITS_OWN_USE = frozenset({Verb.OVERRIDES, Verb.DYNAMIC_REFERENCE})  # how the source is applied: they end and begin nothing
_PUBLIC_VERB = {Verb.EXPIRES: "ends", Verb.ENTERS_INTO_FORCE: "enters"}
_PUBLIC_BASIS = {DateBasis.GAZETTE_PLUS: "gazette", DateBasis.UNSTATED: "undated"}
_ENDINGS = frozenset({Verb.REPLACES, Verb.REPEALS, Verb.EXPIRES})
_ARTICLE = re.compile(r"\W*Điều\s+(\d+[a-zđ]*)")


def clauses_read(text: str, document: Mapping[str, Any]) -> ClausesLine:
    """When the source of an article enters into force, and what its clauses do to which document.

    `document` is what the record says of the source: {"number", "type"?, "issued_on"?, "effective_on"?, "title"?}; its day of entry
    counts only where the text itself gives none.

    Raises:
        Trouble: the number is missing or a day cannot be read.
    """
    source, at = _head(document), 0
    if quoted := opening_quotation(text):  # a footnote of a consolidated text: "Luật này" is the law it names
        source, at, text = (
            SourceHead(quoted.of.number or "", quoted.of.type or "Văn bản", title=quoted.of.name),
            quoted.start,
            text[quoted.start : quoted.end],
        )
    clauses = [replace(one, start=one.start + at, end=one.end + at) for one in read_clauses(text, source)]
    begins = [one for one in clauses if one.verb is Verb.ENTERS_INTO_FORCE and one.target is None]
    acting = [one for one in clauses if one not in begins and one.verb not in _OF_ITS_OWN_USE]
    days = _OwnDays(text, source, begins)
    ended = [one for one in acting if one.verb in _ENDINGS]
    return ClausesLine(
        entry=[
            EntryLine(provision=path, on=days.of(one), basis=_basis(one), anchor=_named(one.anchor) if one.anchor else None)
            for one in begins
            for path in one.provisions or (None,)
        ],
        effects=[_effect(one, days, acting) for one in acting if not any(_outlives(one, ending) for ending in ended)],
    )


class _OwnDays:
    """The days on which clauses act, as far as the text and the source's record give them."""

    def __init__(self, text: str, source: SourceHead, begins: Sequence[ClauseEffect]) -> None:
        article = _ARTICLE.match(text)
        self._at = f"dieu-{article[1]}" if article else ""
        self._source, self._begins = source, begins

    def of(self, clause: ClauseEffect) -> date | None:
        since = clause.on or self._since(clause)
        return since and months_on(since, clause.months or 0) + timedelta(days=clause.days or 0)

    def _since(self, clause: ClauseEffect) -> date | None:
        """The day that a clause's day is, or is counted from."""
        counted = clause.days is not None or clause.months is not None
        if clause.basis is DateBasis.SIGN_DATE or (clause.basis is DateBasis.SIGN_PLUS and counted):
            return self._source.issued_on
        if clause.verb is Verb.ENTERS_INTO_FORCE:  # a part may begin so long after the whole
            return self._own_entry(None) if clause.basis is DateBasis.ENTRY_PLUS else None
        return self._own_entry(clause.source_provision) if clause.basis in (DateBasis.OWN_ENTRY, DateBasis.ENTRY_PLUS) else None

    def _own_entry(self, place: str | None) -> date | None:
        """The entry of the provision that a clause stands in, else of the whole source; None asks for that of the whole."""
        where = "/".join(part for part in (self._at, place) if part)
        parted = [] if place is None else [one for one in self._begins if one.provisions]
        staggered = [one for one in parted if any(where == path or where.startswith(f"{path}/") for path in one.provisions)]
        whole = [one for one in self._begins if not one.provisions]
        stated = next((self.of(one) for one in (*staggered, *whole)), None)
        return stated or self._source.effective_on


def _head(document: Mapping[str, Any]) -> SourceHead:
    number = document.get("number")
    if not isinstance(number, str) or not number.strip():
        raise Trouble("line.field", name="document.number")
    number = canonical_number(number)
    days = {name: day_field(document, name, f"document.{name}") for name in ("issued_on", "effective_on")}
    return SourceHead(number, type_of(number, document.get("type")) or "Văn bản", **days, title=document.get("title"))


def _effect(one: ClauseEffect, days: _OwnDays, acting: Sequence[ClauseEffect]) -> ClauseEffectLine:
    terms = {path: other.until for other in acting if _outlives(other, one) for path in other.provisions}
    return ClauseEffectLine(
        verb=_PUBLIC_VERB.get(one.verb, one.verb.value),
        target=_named(one.target) if one.target else "self",
        provisions=list(one.provisions),
        on=days.of(one),
        until=one.until,
        basis=_basis(one),
        anchor=_named(one.anchor) if one.anchor else None,
        exceptions=[SurvivorLine(provision=path, until=terms.get(path)) for path in one.exceptions],
        quote=one.quote,
        start=one.start,
        end=one.end,
        lead=one.lead,
        confidence=one.confidence.value,
    )


def _outlives(one: ClauseEffect, ending: ClauseEffect) -> bool:
    """Whether a clause only says how long the survivors of an ending go on."""
    same = bool(one.target and ending.target and one.target.start == ending.target.start)
    return one.verb is Verb.PROLONGS and same and bool(one.provisions) and set(one.provisions) <= set(ending.exceptions)


def _basis(one: ClauseEffect) -> str:
    return _PUBLIC_BASIS.get(one.basis, one.basis.value)


def _named(mention: Mention) -> str:
    """A document by its number; without one, by type and name with the day or year that the clause gives: "Pháp lệnh Hải quan|1990-02-20"."""
    if mention.number:
        return mention.number
    name = mention.name or mention.quote
    if mention.type and not name.lower().startswith(mention.type.lower()):
        name = f"{mention.type} {name}"
    return f"{name}|{mention.issued_on or mention.year or ''}"
