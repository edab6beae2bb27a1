"""What it is worth to be a law that is asked for by name, its article, or what cites it."""

from __future__ import annotations

from rasoat.vietnamese import fold
from search.analysis import number_tokens
from search.entries import DEAD, EntryKind
from search.ranking.asked_numbers import year_of
from search.traits import Traits
from search.understanding.called_laws import Generation, LawAsked
from search.understanding.understand import Understanding

_ITSELF = 3.0  # more than any name or number can be worth
_OTHER_YEAR = 1.5  # a law of the name asked for, and of another year
_STEP = 0.05  # from one generation to the next
_ARTICLE = 0.02  # what the article asked for is worth before its law, and after a newer one
_PART = 0.5  # a law of whose name only a part was said
_CITES = 2.0  # where what cites a law is asked for
_ASIDE = 0.3  # a law that another document, or a procedure, is asked for by
_DECREE, _DETAILS = "Nghị định", 0.15
_ANY = "van ban huong dan"
_LAW_TYPES = ("Luật", "Bộ luật", "Pháp lệnh")
_DOCUMENT_ON, _ON_ITS_MATTER, _A_YEAR, _LONG_AGO, _NOW = 0.8, 0.5, 0.004, 1945, 9999
_LATE = 40  # generations that are told apart


class NamedLaws:
    """The laws of a question, made ready: the place of each among those that bear its name."""

    def __init__(self, asked: Understanding) -> None:
        self._article = asked.article
        self._citing = asked.citing
        self._laws: dict[str, tuple[LawAsked, int]] = {}
        self._tokens: dict[str, int] = {}
        for law in asked.laws:
            for place, name in enumerate(law.names):
                self._laws.setdefault(name.key, (law, place))
                self._tokens.setdefault(f" {number_tokens(name.number)[0]} ", place)
        self._others = {name.key: place for law in asked.laws if law.whole for place, name in enumerate(law.others)}
        self._on = [law for law in asked.laws if law.about]

    def certainly(self, traits: Traits) -> float:
        """The whole score of a law whose name was said, and of its article; 0 of all else."""
        key = traits.key
        own = traits.kind is EntryKind.DOCUMENT
        if not own and traits.kind is not EntryKind.ARTICLE:
            return 0.0
        if own and key in self._others and not self._citing:
            return _OTHER_YEAR - _STEP * min(self._others[key], _LATE / 2)
        law, place = self._laws.get(key if own else key.split("#")[0], (None, 0))
        if law is None or not law.whole or law.about or (self._citing and own and not self._article):
            return 0.0
        if not own and not (self._article and f" {self._article} " in traits.numbers):
            return 0.0
        total = _ITSELF - _STEP * min(place, _LATE) + (0.0 if own else _ARTICLE)
        return total - _ITSELF / 2 if law.generation is Generation.CURRENT and traits.status in DEAD else total

    def adds(self, traits: Traits) -> float:
        """What a law adds to its other merits, or to those of what cites it."""
        if traits.kind is EntryKind.DOCUMENT:
            law, place = self._laws.get(traits.key, (None, 0))
            if law is None:
                return max((_on(law, traits) for law in self._on), default=0.0) or self._details(traits)
            worth = _ASIDE if law.about else _PART if not law.whole else 1.0
            return worth - _STEP * min(place, _LATE) / 2
        if traits.kind is EntryKind.PROCEDURE:
            cited = max((1.0 for token in self._tokens if token in traits.cites), default=0.0)
            cited = cited or max((0.6 for token in self._tokens if token in traits.mentions), default=0.0)
            return cited * (_CITES if self._citing else _ASIDE)
        return 0.0

    def _details(self, traits: Traits) -> float:
        """What it is worth for a decree to say in its title that it details the law."""
        wholes = (name for law, _ in self._laws.values() if law.whole and not law.about for name in law.names)
        told = traits.type == _DECREE and any(f" luat {' '.join(name.about)} " in traits.joined for name in wholes)
        return _DETAILS if told else 0.0


def _on(law: LawAsked, traits: Traits) -> float:
    """What it is worth to be the document on a law that is asked for; of several the newer."""
    if law.about not in (fold(traits.type), _ANY):
        return 0.0
    year = year_of(traits)
    if (year or _NOW) < min((name.issued_in or _LONG_AGO for name in law.names), default=_LONG_AGO):
        return 0.0
    about = [" ".join(name.about) for name in law.names]
    if traits.type in _LAW_TYPES or not any(f" {one} " in traits.joined for one in about):
        return 0.0
    called = any(f" luat {one} " in traits.joined for one in about)
    return (_DOCUMENT_ON if called else _ON_ITS_MATTER) + _A_YEAR * ((year or _LONG_AGO) - _LONG_AGO)
