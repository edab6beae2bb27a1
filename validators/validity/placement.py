"""Placing effects in time: when a document begins, on which day a clause acts, and whether it acts at all.

A clause says "from the day this decree enters into force"; the day follows from other facts. A clause acts only where
its own document was in force on that day (Nghị định 46/2026/NĐ-CP was suspended nine days after it began): one ended
before never acts, one suspended acts when the suspension is over. What happens "on the same day" is settled by the order
of issue: only a later issued text can take the ground from under another. Answers never depend on the order of loading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rasoat.days import months_on
from rasoat.records import BasisKind, Confidence, DateBasis, Effect, LegalDocument, StatusBasis, Tier, Verb
from validators.validity.facts import Claim
from validators.validity.paths import WHOLE, chain
from validators.validity.precedence import admissible, body_rank, confidence_of, issue_order, tier_order
from validators.validity.validity_facts import ValidityFacts

ENDINGS = frozenset({Verb.REPLACES, Verb.REPEALS, Verb.EXPIRES})
_STOPS = ENDINGS | {Verb.SUSPENDS, Verb.REVIVES}
_BEGINS = frozenset({Verb.ENTERS_INTO_FORCE, Verb.POSTPONES})
_LIFTS = frozenset({Verb.REVIVES, Verb.PROLONGS})
_DEPTH = 12  # texts that end the texts that end …: deeper than any real chain of one day, and a bound for cycles
_CACHE = 200_000


@dataclass(frozen=True, slots=True)
class EntryIntoForce:
    """The first day of force, where it was read, and the clause if there is one.

    `open`: a clause says that it comes on a day nobody can tell (put off until an event); then `day` is only the first on
    which it could have come, and from that day on nobody knows.
    """

    day: date
    basis: StatusBasis
    effect: Effect | None = None
    confidence: Confidence = Confidence.HIGH
    open: bool = False


# A clause may be written some months after the law it is tied to began (Nghị định 96/2026/NĐ-CP), not years.
_ANCHOR_LOOKS_BACK = timedelta(days=365)


class Placement:
    """Days of effects, as known on one day (`known_at`, None for all that is stored)."""

    def __init__(self, register: ValidityFacts, known_at: date | None) -> None:
        self._register = register
        self._known_at = known_at
        self._entries: dict[str, EntryIntoForce | None] = {}
        self._parts_begin: dict[str, bool] = {}
        self._acts: dict[tuple[Effect, int], date | None] = {}
        self._stops: dict[tuple[str, tuple[str, ...]], list[tuple[date, Effect]]] = {}

    def forget(self, keys: Collection[str]) -> None:
        """Facts of some documents have changed, and whatever rests on them is among these too."""
        for key in keys:
            self._entries.pop(key, None)
            self._parts_begin.pop(key, None)
        for asked in [asked for asked in self._stops if asked[0] in keys]:
            del self._stops[asked]
        for acted in [one for one in self._acts if one[0].source in keys or one[0].target in keys]:
            del self._acts[acted]

    def document(self, key: str) -> LegalDocument | None:
        return self._register.documents.get(key)

    def chain(self, key: str, path: str | None) -> tuple[str, ...]:
        return chain(key, path, self._register.containers)

    def effects(self, key: str, verbs: frozenset[Verb] | None = None, parts: Collection[str] | None = None) -> list[Effect]:
        """Clauses on a document (or on some parts of it) that may decide, each once (its best reading), in an order of their own."""
        target = self.document(key)
        best: dict[tuple[object, ...], Effect] = {}
        for effect in self._register.effects.on(key, self._known_at, verbs, parts):
            if not admissible(effect, target) or self._only_retells(effect.source):
                continue
            same = _identity(effect)
            held = best.get(same)
            if held is None or _reading(effect) < _reading(held):
                best[same] = effect
        return sorted(best.values(), key=_order)

    def _only_retells(self, source: str) -> bool:
        """A consolidated text repeats the clauses of its components and enacts none (Pháp lệnh 01/2012/UBTVQH13 Điều 4)."""
        document = self.document(source)
        return document is not None and document.type == "Văn bản hợp nhất"

    def claims(self, key: str) -> list[Claim]:
        return [c for c in self._register.claims.get(key, ()) if self._known_at is None or c.observed_on <= self._known_at]

    def entry(self, key: str, path: str = WHOLE, _asking: tuple[str, ...] = ()) -> EntryIntoForce | None:
        """When a document, or a staggered part of it, enters into force; None where no source states it."""
        if key in _asking:
            return None
        if path != WHOLE and not self._staggered(key):
            path = WHOLE
        if path == WHOLE and not _asking and key in self._entries:
            return self._entries[key]
        dated = [(effect, self.nominal(effect, (*_asking, key))) for effect in self.effects(key, _BEGINS)]
        found = self._entry_of_part(key, path, dated)
        if path == WHOLE and not _asking:
            _bounded(self._entries)[key] = found
        return found

    def _staggered(self, key: str) -> bool:
        """Whether any part of a document begins on a day of its own."""
        if key not in self._parts_begin:
            _bounded(self._parts_begin)[key] = any(effect.target_provision for effect in self.effects(key, _BEGINS))
        return self._parts_begin[key]

    def _entry_of_part(self, key: str, path: str, dated: list[tuple[Effect, date | None]]) -> EntryIntoForce | None:
        own = [(effect, day) for effect, day in dated if effect.verb is Verb.ENTERS_INTO_FORCE]
        put_off = [(effect, day) for effect, day in dated if effect.verb is Verb.POSTPONES]
        whole = self._whole_entry(key, [(effect, day) for effect, day in own if day and not effect.target_provision])
        found = self._put_off(key, whole, [item for item in put_off if not item[0].target_provision])
        nodes = self.chain(key, path)[:-1]
        for node in nodes:
            if staggered := [item for item in own if item[0].target_provision == node]:
                part = _staggered_entry(staggered, found)
                moved = found is not whole and part and found and found.day > part.day  # put off as a whole, and this with it
                found = found if moved or part is None else part
                break
        return self._put_off(key, found, [item for item in put_off if item[0].target_provision in nodes])

    def _put_off(self, key: str, entry: EntryIntoForce | None, clauses: list[tuple[Effect, date | None]]) -> EntryIntoForce | None:
        """The entry as the last later text of the same or a higher body sets it (Luật 64/2025/QH15 Điều 53 leaves it to its text)."""
        heard = [(effect, day) for effect, day in clauses if effect.source != key and self._outranks(effect.source, key)]
        if not heard:
            return entry
        effect, day = max(heard, key=lambda item: (issue_order(self.document(item[0].source), item[0].source), item[1] or date.min))
        if day:
            return _entry_of(effect, day)
        first = entry.day if entry else self._first_day(effect)
        return replace(_entry_of(effect, first), open=True) if first else entry

    def _first_day(self, effect: Effect) -> date | None:
        signed = self.document(effect.source)
        return signed.issued_on if signed else None

    def _whole_entry(self, key: str, dated: list[tuple[Effect, date]]) -> EntryIntoForce | None:
        own = [(effect, day) for effect, day in dated if effect.source == key]
        others = [(effect, day) for effect, day in dated if effect.source != key and self._outranks(effect.source, key)]
        if others:
            effect, day = max(others, key=lambda item: (issue_order(self.document(item[0].source), item[0].source), item[1]))
            disputed = any(own_day != day for _, own_day in own)
            return _entry_of(effect, day, Confidence.LOW if disputed else Confidence.HIGH)
        claimed = [claim for claim in self.claims(key) if claim.effective_on]
        agreed = {claim.effective_on for claim in claimed}
        possible = [item for item in own if item[1] in agreed or not self._before_signing(key, item[1])]
        clauses = [item for item in possible if item[0].tier is not Tier.C] or ([] if claimed else possible)
        if clauses:
            effect, day = min(clauses, key=lambda item: (tier_order(item[0].tier), item[1] not in agreed, -item[1].toordinal()))
            return _entry_of(effect, day)
        if claimed:
            stated = _claimed_entry(claimed)
            return replace(stated, confidence=Confidence.LOW) if len(possible) < len(own) else stated
        document = self.document(key)
        if document and document.effective_on and key not in self._register.claims:
            return EntryIntoForce(document.effective_on, StatusBasis(BasisKind.REGISTER))
        return None

    def _before_signing(self, key: str, day: date) -> bool:
        """Whether a text would begin before it was signed: a year misprinted in the clause, unless a record says the same day
        (Luật 80/2015/QH13 Điều 152 lets few texts reach back)."""
        document = self.document(key)
        return bool(document and document.issued_on and day < document.issued_on)

    def _outranks(self, source: str, other: str) -> bool:
        """A later issued document of the same or a higher body."""
        first, second = self.document(source), self.document(other)
        return issue_order(first, source) > issue_order(second, other) and body_rank(first) <= body_rank(second)

    def amends_others(self, key: str, path: str) -> bool:
        """Whether an article is known to have changed other documents."""
        return (key, path.split("/")[0]) in self._register.amending

    def nominal(self, effect: Effect, _asking: tuple[str, ...] = ()) -> date | None:
        """The day a clause names, computed where it only points at one; None where nothing gives it."""
        if effect.on is not None:
            return effect.on
        since = self._since(effect, _asking)
        return None if since is None else months_on(since, effect.months or 0) + timedelta(days=effect.days or 0)

    def _since(self, effect: Effect, asking: tuple[str, ...]) -> date | None:
        """The day that a clause's day is, or is counted from."""
        signed = self.document(effect.source)
        own = effect.basis in (DateBasis.OWN_ENTRY, DateBasis.ENTRY_PLUS)
        if effect.basis is DateBasis.SIGN_DATE or (effect.basis is DateBasis.SIGN_PLUS and _counts(effect)):
            return signed.issued_on if signed else None
        if effect.basis is DateBasis.ANCHORED_END:
            return self._end_of(effect.anchor or "", asking)
        if own and (effect.basis is DateBasis.ENTRY_PLUS or effect.verb not in _BEGINS):
            whole = effect.verb in _BEGINS  # a part that begins so long after the text as a whole
            begun = self.entry(effect.source, WHOLE if whole else effect.source_provision, asking)
        elif effect.basis is DateBasis.ANCHORED and effect.anchor:
            begun = self._anchored(effect, asking)
        else:
            return None
        return begun.day if begun and not begun.open else None

    def _end_of(self, key: str, asking: tuple[str, ...]) -> date | None:
        """The end of a document that a clause lasts as long as; None where nothing ends it, or something has lifted its end."""
        if key in asking or self.effects(key, _LIFTS, (WHOLE,)):
            return None
        endings = [effect for effect in self.effects(key, ENDINGS, (WHOLE,)) if not effect.exceptions and not self.impossible(effect)]
        return min((day for effect in endings if (day := self.nominal(effect, (*asking, key)))), default=None)

    def _anchored(self, effect: Effect, asking: tuple[str, ...]) -> EntryIntoForce | None:
        """The entry of the document a clause ties its day to. A law named without its number may be an older one of that
        name: an entry long before the clause was written is not the one meant, and then no day is known."""
        begun = self.entry(effect.anchor or "", WHOLE, asking)
        source = self.document(effect.source)
        if begun and source and source.issued_on and begun.day < source.issued_on - _ANCHOR_LOOKS_BACK:
            return None
        return begun

    def acts(self, effect: Effect, depth: int = 0) -> date | None:
        """The day a clause really acts, None where it never does or no day is known."""
        if depth == 0:
            return self._acts_at(effect, depth)
        key = (effect, depth)
        if key not in self._acts:
            _bounded(self._acts)[key] = self._acts_at(effect, depth)
        return self._acts[key]

    def _acts_at(self, effect: Effect, depth: int) -> date | None:
        day = self.nominal(effect)
        if day is None or depth >= _DEPTH or effect.source == (effect.target or effect.source):
            return day
        begun = self.entry(effect.source, effect.source_provision)
        if begun and begun.open:
            return None  # nobody knows since when the clause is in force
        judged = max(day, begun.day) if begun else day
        free = self._free_day(effect, judged, depth)
        return None if free is None else day if free == judged else free

    def _free_day(self, effect: Effect, judged: date, depth: int) -> date | None:
        """The first day from `judged` on which the source is neither ended nor suspended, None where it ends before."""
        known = self._stops_of(effect.source, self.chain(effect.source, effect.source_provision))
        if not known:
            return judged
        mine = issue_order(self.document(effect.source), effect.source)
        day = judged
        while True:
            stops = [
                (at, stop)
                for nominal, stop in known
                if nominal <= day
                and (nominal < day or issue_order(self.document(stop.source), stop.source) > mine)
                and (at := self.acts(stop, depth + 1)) is not None
                and at <= day
            ]
            revived = [at for at, stop in stops if stop.verb is Verb.REVIVES and (stop.until is None or stop.until > day)]
            lifted = max(revived, default=date.min)
            if any(stop.verb in ENDINGS and at > lifted and not stop.exceptions for at, stop in stops):
                return None
            holding = [
                stop for at, stop in stops if stop.verb is Verb.SUSPENDS and at > lifted and (stop.until is None or stop.until > day)
            ]
            if not holding:
                return day
            if any(stop.until is None for stop in holding):
                return None
            day = max(stop.until for stop in holding if stop.until)

    def _stops_of(self, key: str, nodes: tuple[str, ...]) -> list[tuple[date, Effect]]:
        """What ends, suspends or revives a provision or what contains it, by the day named."""
        asked = (key, nodes)
        if asked not in self._stops:
            dated = [(day, effect) for effect in self.effects(key, _STOPS, nodes) if (day := self.nominal(effect)) is not None]
            _bounded(self._stops)[asked] = sorted(dated, key=lambda item: (item[0], _order(item[1])))
        return self._stops[asked]

    def impossible(self, effect: Effect) -> bool:
        """A text repealing itself as a whole, or stopping one that was issued after it: the target was misread."""
        if effect.verb not in ENDINGS and effect.verb is not Verb.SUSPENDS:
            return False
        key = effect.target or effect.source
        if effect.source == key:
            return effect.target is not None and not effect.target_provision
        source, target = self.document(effect.source), self.document(key)
        return bool(source and target and source.issued_on and target.issued_on and source.issued_on < target.issued_on)


def _claimed_entry(claimed: list[Claim]) -> EntryIntoForce:
    """What the newest observations say most often; of two days as frequent the earlier, so that staggered parts do not lead."""
    if len(claimed) == 1:
        return _stated_entry(claimed[0].effective_on or date.max, claimed[0].source, claimed[0].observed_on)
    newest = max(claim.observed_on for claim in claimed)
    said = Counter((claim.effective_on, claim.source) for claim in claimed if claim.observed_on == newest and claim.effective_on)
    (day, source), _ = min(said.items(), key=lambda item: (-item[1], item[0]))
    return _stated_entry(day, source, newest)


def _stated_entry(day: date, source: str, observed_on: date) -> EntryIntoForce:
    return EntryIntoForce(day, StatusBasis(BasisKind.SOURCE_STATES_ENTRY, on=observed_on, source=source))


def _staggered_entry(clauses: list[tuple[Effect, date | None]], whole: EntryIntoForce | None) -> EntryIntoForce | None:
    """The entry of a part with clauses of its own; where none of them gives a day, the part may begin on any day the whole has begun."""
    dated = [(effect, day) for effect, day in clauses if day]
    if dated:
        return _entry_of(*min(dated, key=lambda item: (tier_order(item[0].tier), item[1])))
    effect = min((effect for effect, _ in clauses), key=_order)
    return replace(_entry_of(effect, whole.day), open=True) if whole else None


def _counts(effect: Effect) -> bool:
    return effect.days is not None or effect.months is not None


def _entry_of(effect: Effect, day: date, doubted: Confidence = Confidence.HIGH) -> EntryIntoForce:
    confidence = Confidence.LOW if doubted is Confidence.LOW else confidence_of(effect)
    return EntryIntoForce(day, StatusBasis(BasisKind.CLAUSE, dated=effect.basis), effect, confidence)


def _identity(effect: Effect) -> tuple[object, ...]:
    target = effect.target or effect.source
    when = (effect.on, effect.basis, effect.anchor, effect.days, effect.months, effect.until)
    return effect.verb, effect.source, target, effect.target_provision or WHOLE, when, effect.exceptions


def _reading(effect: Effect) -> tuple[object, ...]:
    origin = effect.origin
    return tier_order(effect.tier), effect.observed_on, effect.source_provision, effect.quote, origin.capture, origin.place, effect.start


def _order(effect: Effect) -> tuple[object, ...]:
    days = (effect.on or date.max, effect.until or date.max, effect.basis, effect.anchor or "", effect.days or 0, effect.months or 0)
    return effect.verb, effect.source, effect.target_provision or WHOLE, days, effect.exceptions, _reading(effect)


def _bounded(cache: dict) -> dict:  # type: ignore[type-arg]
    """The cache itself, emptied when it has grown past what a run needs to keep at hand."""
    if len(cache) >= _CACHE:
        cache.clear()
    return cache
