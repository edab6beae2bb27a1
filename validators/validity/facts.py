"""The facts the graph decides from, kept small: a million effects have to fit in the memory of one machine.

Effects live in columns: texts that repeat (document keys, paths, captures) are pooled, dates are day numbers, quotes are
UTF-8 in one buffer. An `Effect` is rebuilt only when a question touches its document.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from rasoat.records import Confidence, DateBasis, Effect, Observation, Origin, Tier, Verb
from validators.derivation.merge_documents import entry_stated

_VERBS, _BASES, _TIERS, _CONFIDENCES = list(Verb), list(DateBasis), list(Tier), list(Confidence)
_VERB_CODE = {verb: code for code, verb in enumerate(_VERBS)}
_BASIS_CODE = {basis: code for code, basis in enumerate(_BASES)}
_TIER_CODE = {tier: code for code, tier in enumerate(_TIERS)}
_CONFIDENCE_CODE = {confidence: code for code, confidence in enumerate(_CONFIDENCES)}
_NO_DAYS = -(2**31)
_WIDE = (
    "source", "source_provision", "start", "end", "observed", "target", "target_provision", "on", "anchor", "days", "months", "until",
    "printed", "lead", "exceptions", "capture",
)  # fmt: skip

T = TypeVar("T")


class _Pool(Generic[T]):
    """Each distinct value once, named by a small number; None is number 0."""

    __slots__ = ("codes", "values")

    def __init__(self) -> None:
        self.values: list[T | None] = [None]
        self.codes: dict[T | None, int] = {None: 0}

    def put(self, value: T | None) -> int:
        code = self.codes.get(value)
        if code is None:
            code = self.codes[value] = len(self.values)
            self.values.append(value)
        return code


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


class EffectTable:
    """Effects by number, with the numbers of those on a document and of those by a document.

    An effect without a target is one on its own source (entry into force, own term).
    """

    def __init__(self) -> None:
        self._texts: _Pool[str] = _Pool()
        self._exceptions: _Pool[tuple[str, ...]] = _Pool()
        self._small = {name: array("B") for name in ("verb", "basis", "tier", "confidence")}
        self._wide = {name: array("i") for name in _WIDE}
        self._quote_end = array("Q")
        self._place_end = array("Q")
        self._buffer = bytearray()
        self._on: dict[int, array[int]] = {}
        self._by: dict[int, array[int]] = {}
        self._tied: dict[int, array[int]] = {}  # by the text that their day is tied to

    def __len__(self) -> int:
        return len(self._quote_end)

    def add(self, effect: Effect) -> str:
        """Stores one effect and returns the key of the document it acts on."""
        number, text, small, wide = len(self), self._texts.put, self._small, self._wide
        small["verb"].append(_VERB_CODE[effect.verb])
        small["basis"].append(_BASIS_CODE[effect.basis])
        small["tier"].append(_TIER_CODE[effect.tier])
        small["confidence"].append(_CONFIDENCE_CODE[effect.confidence])
        source, subject = text(effect.source), text(effect.target or effect.source)
        wide["source"].append(source)
        wide["source_provision"].append(text(effect.source_provision))
        wide["start"].append(effect.start)
        wide["end"].append(effect.end)
        wide["observed"].append(_ordinal(effect.observed_on))
        wide["target"].append(text(effect.target))
        wide["target_provision"].append(text(effect.target_provision))
        wide["on"].append(_ordinal(effect.on))
        wide["anchor"].append(text(effect.anchor))
        wide["days"].append(_NO_DAYS if effect.days is None else effect.days)
        wide["months"].append(_NO_DAYS if effect.months is None else effect.months)
        wide["until"].append(_ordinal(effect.until))
        wide["printed"].append(text(effect.printed_target))
        wide["exceptions"].append(self._exceptions.put(effect.exceptions or None))
        wide["lead"].append(text(effect.lead or None))
        wide["capture"].append(text(effect.origin.capture))
        self._buffer += effect.quote.encode("utf-8", "surrogatepass")
        self._quote_end.append(len(self._buffer))
        self._buffer += effect.origin.place.encode("utf-8", "surrogatepass")
        self._place_end.append(len(self._buffer))
        self._on.setdefault(subject, array("I")).append(number)
        self._by.setdefault(source, array("I")).append(number)
        if effect.anchor:
            self._tied.setdefault(text(effect.anchor), array("I")).append(number)
        return effect.target or effect.source

    def remove(self, effect: Effect) -> None:
        """Forget one effect that was stored: nobody finds it any more."""
        codes = self._texts.codes
        subject = codes[effect.target or effect.source]
        number = next(one for one in self._on[subject] if self[one] == effect)
        places = [(self._on, subject), (self._by, codes[effect.source]), *([(self._tied, codes[effect.anchor])] if effect.anchor else [])]
        for numbers, code in places:
            numbers[code].remove(number)
            if not numbers[code]:
                del numbers[code]

    def __getitem__(self, number: int) -> Effect:
        small, wide, texts = self._small, self._wide, self._texts.values
        begin = self._place_end[number - 1] if number else 0
        middle, finish = self._quote_end[number], self._place_end[number]
        days, months = wide["days"][number], wide["months"][number]
        return Effect(
            verb=_VERBS[small["verb"][number]],
            source=texts[wide["source"][number]] or "",
            source_provision=texts[wide["source_provision"][number]] or "",
            quote=self._buffer[begin:middle].decode("utf-8", "surrogatepass"),
            start=wide["start"][number],
            end=wide["end"][number],
            tier=_TIERS[small["tier"][number]],
            observed_on=date.fromordinal(wide["observed"][number]),
            origin=Origin(texts[wide["capture"][number]] or "", self._buffer[middle:finish].decode("utf-8", "surrogatepass")),
            target=texts[wide["target"][number]],
            target_provision=texts[wide["target_provision"][number]],
            on=_day(wide["on"][number]),
            basis=_BASES[small["basis"][number]],
            anchor=texts[wide["anchor"][number]],
            days=None if days == _NO_DAYS else days,
            months=None if months == _NO_DAYS else months,
            until=_day(wide["until"][number]),
            exceptions=self._exceptions.values[wide["exceptions"][number]] or (),
            confidence=_CONFIDENCES[small["confidence"][number]],
            printed_target=texts[wide["printed"][number]],
            lead=texts[wide["lead"][number]] or "",
        )

    def known(self, number: int, known_at: date | None) -> bool:
        return known_at is None or self._wide["observed"][number] <= known_at.toordinal()

    def on(
        self, key: str, known_at: date | None, verbs: frozenset[Verb] | None = None, parts: Collection[str] | None = None
    ) -> Iterator[Effect]:
        """Effects on a document known on `known_at`, of any tier, in no promised order; on some parts only ("" the whole)."""
        codes = None
        if parts is not None:
            known = self._texts.codes
            codes = {known[part] for part in parts if part and part in known} | ({0, known.get("", 0)} if "" in parts else set())
        return self._select(self._on.get(self._texts.codes.get(key, 0), ()), verbs, known_at, codes)

    def by(self, key: str, known_at: date | None, verbs: frozenset[Verb] | None = None) -> Iterator[Effect]:
        """Effects whose clause stands in a document."""
        return self._select(self._by.get(self._texts.codes.get(key, 0), ()), verbs, known_at, None)

    def _select(
        self, numbers: Iterable[int], verbs: frozenset[Verb] | None, known_at: date | None, parts: set[int] | None
    ) -> Iterator[Effect]:
        wanted = None if verbs is None else {_VERB_CODE[verb] for verb in verbs}
        verb_of, part_of = self._small["verb"], self._wide["target_provision"]
        for number in numbers:
            if (
                (wanted is None or verb_of[number] in wanted)
                and (parts is None or part_of[number] in parts)
                and self.known(number, known_at)
            ):
                yield self[number]

    def acted_on_by(self, key: str) -> Iterator[str]:
        """The documents of whose effects one is by a document, or has its day tied to it."""
        texts, wide, code = self._texts.values, self._wide, self._texts.codes.get(key, 0)
        for number in (*self._by.get(code, ()), *self._tied.get(code, ())):
            yield texts[wide["target"][number]] or texts[wide["source"][number]] or ""

    def touches(self, key: str) -> bool:
        code = self._texts.codes.get(key, 0)
        return code in self._on or code in self._by


@dataclass(frozen=True, slots=True)
class Claim:
    """What one observation says of a document's dates and status; without a clause, so it never ends anything."""

    observed_on: date
    source: str
    effective_on: date | None
    status: str | None
    expiry: date | None
    origin: Origin

    @classmethod
    def of(cls, observation: Observation) -> Claim:
        return cls(
            observation.observed_on,
            observation.source,
            entry_stated(observation),
            observation.claimed_status,
            observation.claimed_expiry,
            observation.origin,
        )

    @property
    def order(self) -> tuple[date, str, str, str]:
        return self.observed_on, self.source, self.origin.capture, self.origin.place
