"""The life of one document: what ends, suspends, revives and prolongs it or its parts, each on its day.

What the law leaves open is decided here:
- A text once dead stays dead: a later clause that ends it again (lists of repealed texts often do) moves no date. Only a
  clause issued before the first end had come could still put it off. Both are shown, with low confidence between the days.
- A revival lifts the endings that came on or before its own day, of what it revives and of what contains it. When its term
  is over the old ending is back. "Goes on in force" (prolongs) lifts endings by texts issued no later than its own.
- No clause ends what was issued after it: such a target was misread, and nothing follows from the clause.
- A text that another says is in force until a day ("Nghị định X có hiệu lực đến hết ngày …") ends then, where nothing has ended it before.
- One source with two different days for one target has been read in two ways: the better tier counts, then the later day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from rasoat.records import Confidence, DateBasis, Effect, Verb
from validators.validity.paths import UNNAMED, WHOLE
from validators.validity.placement import ENDINGS, Placement
from validators.validity.precedence import body_rank, confidence_of, issue_order, tier_order

_CHANGES = frozenset({Verb.AMENDS, Verb.CORRECTS})
_MANY = 1000  # endings of one target that can be put off one after the other


@dataclass(frozen=True, slots=True)
class Event:
    """A clause with the day it acts (None: from the beginning, only for a prolonged life) and its source's place in time."""

    effect: Effect
    day: date
    path: str
    issued: tuple[date, str]
    disputed_until: date | None = None  # another clause, or the record of its own document, says that it came only on this day

    @property
    def until(self) -> date | None:
        return self.effect.until

    @property
    def order(self) -> tuple[object, ...]:
        return self.day, tier_order(self.effect.tier), self.effect.verb is not Verb.REPLACES, self.issued, self.effect.source_provision


@dataclass(slots=True)
class Life:
    """Events of one document, those on a part under its path, "" for the whole; each list by day."""

    key: str
    endings: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    overruled: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    suspensions: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    revivals: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    prolonged: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    changes: list[Event] = field(default_factory=list)
    parts: list[Event] = field(default_factory=list)  # endings and suspensions of parts, by day


def live(key: str, placement: Placement) -> Life:
    """Reads the life of a document off its clauses."""
    life = Life(key)
    kinds = {Verb.SUSPENDS: life.suspensions, Verb.REVIVES: life.revivals, Verb.PROLONGS: life.prolonged}
    for effect in placement.effects(key):
        path = effect.target_provision or WHOLE
        if placement.impossible(effect):
            continue
        counted = effect.verb in ENDINGS or effect.verb in kinds or effect.verb in _CHANGES
        day = placement.acts(effect) if counted else None
        if day is None and effect.verb is Verb.PROLONGS:
            day = date.min
        if day is None:
            continue
        event = Event(
            effect, day, path, issue_order(placement.document(effect.source), effect.source), _claimed_later(effect, day, placement)
        )
        if effect.verb in ENDINGS:
            life.endings[path].append(event)
        elif effect.verb in kinds:
            kinds[effect.verb][path].append(event)
        else:
            life.changes.append(event)
    for path, term in _terms(life, placement):
        life.endings[path].append(term)
    for path, events in life.endings.items():
        life.endings[path], life.overruled[path] = _settled(events, placement)
    for kind in kinds.values():
        for events in kind.values():
            events.sort(key=lambda event: event.order)
    stopping = [e for kind in (life.endings, life.suspensions) for path, events in kind.items() if path != WHOLE for e in events]
    life.parts = sorted(stopping, key=lambda event: event.order)
    life.changes.sort(key=lambda event: event.order)
    return life


def _terms(life: Life, placement: Placement) -> list[tuple[str, Event]]:
    """The ends that a prolonged life with a term sets itself: of what no clause has ended by then."""
    found = []
    for path, events in life.prolonged.items():
        endings = [ending for node in placement.chain(life.key, path) for ending in life.endings.get(node, ())]
        for event in events:
            if event.effect.confidence is Confidence.LOW:
                continue  # it speaks of some cases only
            if event.until and event.effect.source != life.key and not any(ending.day <= event.until for ending in endings):
                ends = replace(event.effect, verb=Verb.EXPIRES, on=event.until, until=None, basis=DateBasis.TERM, anchor=None)
                found.append((path, Event(ends, event.until, path, event.issued)))
    return found


def _claimed_later(effect: Effect, day: date, placement: Placement) -> date | None:
    """A later day of entry that the record of a clause's own document states, where the clause acts with that entry."""
    if effect.basis is not DateBasis.OWN_ENTRY or effect.verb is Verb.ENTERS_INTO_FORCE:
        return None
    stated = [claim.effective_on for claim in placement.claims(effect.source) if claim.effective_on and claim.effective_on > day]
    entry = placement.entry(effect.source, effect.source_provision)
    whole = placement.entry(effect.source)
    return max(stated, default=None) if entry and whole and entry.day == whole.day else None


def _settled(events: list[Event], placement: Placement) -> tuple[list[Event], list[Event]]:
    """The endings of one target that stand, by day, and those overruled by a later text of the same or a higher body."""
    by_source: dict[str, Event] = {}
    overruled: list[Event] = []
    for event in events:
        held = by_source.get(event.effect.source)
        better = held is None or _trust(event) < _trust(held)
        if held is not None and held.effect.exceptions == event.effect.exceptions:
            overruled.append(held if better else event)
        if better:
            by_source[event.effect.source] = event
    standing = sorted(by_source.values(), key=lambda event: event.order)
    put_off: set[int] = set()
    for event in standing[:_MANY]:
        if any(_puts_off(other, event, placement) for other in standing):
            put_off.add(id(event))
        elif not event.effect.exceptions:
            break  # this is the end; those that follow end what is dead
    kept = [event for event in standing if id(event) not in put_off]
    overruled += [event for event in standing if id(event) in put_off]
    return [_disputed(event, kept) for event in kept], sorted(overruled, key=lambda event: event.order)


def _trust(event: Event) -> tuple[int, int]:
    return tier_order(event.effect.tier), -event.day.toordinal()


def _puts_off(other: Event, event: Event, placement: Placement) -> bool:
    """Whether a later text, made before the end had come, says that it comes later."""
    if not (other.day > event.day and event.issued[0] < other.issued[0] < event.day):
        return False
    return body_rank(placement.document(other.effect.source)) <= body_rank(placement.document(event.effect.source))


def _disputed(event: Event, kept: list[Event]) -> Event:
    later = [other.day for other in kept if other.day > event.day and not other.effect.exceptions]
    if event is not kept[0] or not later:
        return event
    return replace(event, disputed_until=max([*later, *filter(None, [event.disputed_until])]))


@dataclass(frozen=True, slots=True)
class LifeState:
    """What a life says of one day: the ending or suspension that holds, survivors, and revivals that lifted an end."""

    ended: Event | None = None
    suspended: Event | None = None
    survivors: tuple[str, ...] = ()
    perhaps: Event | None = None  # ended with survivors named by subject only: nobody can tell whether this is one
    lifted_by: tuple[Event, ...] = ()
    spared_by: Event | None = None  # an ending of what contains it that names it among the survivors


def read(life: Life, nodes: tuple[str, ...], day: date, placement: Placement) -> LifeState:
    """Whether what stands at the head of `nodes` (a chain from paths.chain) is ended or suspended on a day."""
    lifted: list[Event] = []
    standing: list[Event] = []
    spared: Event | None = None
    for level, node in enumerate(nodes):
        for ending in life.endings.get(node, ()):
            if ending.day > day:
                break
            lifts = _lifts(life, nodes[: level + 1], ending, day)
            if lifts:
                lifted.append(lifts)
            elif _survives(life, nodes, ending, day):
                spared = ending
            else:
                standing.append(ending)
                if not ending.effect.exceptions:
                    break  # nothing is left for a later clause to end
    suspended = _suspended(life, nodes, day)
    if not standing:
        return LifeState(None, suspended, (), None, tuple(lifted), spared)
    first = min(standing, key=lambda event: event.order)
    if nodes[0] == WHOLE:
        return LifeState(first, suspended, _survivors(life, standing, day, placement), None, tuple(lifted))
    sure = [ending for ending in standing if ending.effect.exceptions != (UNNAMED,) or run_out(life, ending, day)]
    if not sure:
        return LifeState(None, suspended, (), first, tuple(lifted))
    first = min(sure, key=lambda event: event.order)
    return LifeState(first, suspended, _inner_survivors(life, nodes[0], standing, day, placement), None, tuple(lifted))


def _lifts(life: Life, nodes: Iterable[str], ending: Event, day: date) -> Event | None:
    for node in nodes:
        for revival in life.revivals.get(node, ()):
            if _covers(revival, ending, day):
                return revival
        for longer in life.prolonged.get(node, ()):
            if longer.day <= day and (longer.until is None or day < longer.until) and ending.issued <= longer.issued:
                return longer
    return None


def _survives(life: Life, nodes: tuple[str, ...], ending: Event, day: date) -> bool:
    spared = [node for node in nodes if node in ending.effect.exceptions]
    if not spared:
        return False
    source = ending.effect.source
    terms = [longer.until for node in nodes if node != WHOLE for longer in life.prolonged.get(node, ()) if longer.effect.source == source]
    return not any(until is not None and until <= day for until in terms)


def _survivors(life: Life, standing: list[Event], day: date, placement: Placement) -> tuple[str, ...]:
    """Parts alive though the whole has ended; "?" where the clauses name survivors by subject only.

    An article that changed other documents is no survivor: what it says lives on in those, and the document is dead.
    """
    named = {path for ending in standing for path in ending.effect.exceptions if path != UNNAMED}
    named |= {path for kind in (life.revivals, life.prolonged) for path in kind if path not in (WHOLE, UNNAMED)}
    alive = sorted(path for path in named if not placement.amends_others(life.key, path) and _alive(life, path, day, placement))
    if all(UNNAMED in ending.effect.exceptions and not run_out(life, ending, day) for ending in standing):
        alive.append(UNNAMED)
    return tuple(alive)


def run_out(life: Life, ending: Event, day: date) -> Event | None:
    """The clause by which the survivors that an ending names by subject only are over on a day; None while any may live."""
    terms = [longer for longer in life.prolonged.get(UNNAMED, ()) if longer.effect.source == ending.effect.source]
    over = terms and all(longer.until is not None and longer.until <= day for longer in terms)
    return terms[-1] if over and UNNAMED in ending.effect.exceptions else None


def _inner_survivors(life: Life, path: str, standing: list[Event], day: date, placement: Placement) -> tuple[str, ...]:
    """Parts of a provision that an ending of it spares."""
    spared = {inner for ending in standing for inner in ending.effect.exceptions if inner.startswith(path + "/")}
    return tuple(sorted(inner for inner in spared if _alive(life, inner, day, placement)))


def _alive(life: Life, path: str, day: date, placement: Placement) -> bool:
    reading = read(life, placement.chain(life.key, path), day, placement)
    return reading.ended is None and reading.suspended is None and reading.perhaps is None


def _suspended(life: Life, nodes: tuple[str, ...], day: date) -> Event | None:
    for level, node in enumerate(nodes):
        for held in life.suspensions.get(node, ()):
            if held.day > day:
                break
            if held.until is not None and held.until <= day:
                continue
            if _survives(life, nodes, held, day):
                continue
            if not any(_covers(revival, held, day) for inner in nodes[: level + 1] for revival in life.revivals.get(inner, ())):
                return held
    return None


def _covers(revival: Event, held: Event, day: date) -> bool:
    """Whether a revival lifts on a day what came before it: for good, or until its own term is over."""
    return held.day <= revival.day <= day and (revival.until is None or day < revival.until)


def confidence(event: Event, day: date) -> Confidence:
    """A clause's confidence, low while another clause says that the end has not come yet."""
    return Confidence.LOW if event.disputed_until and day < event.disputed_until else confidence_of(event.effect)


def breakpoints(life: Life, nodes: tuple[str, ...]) -> list[date]:
    """Days on which the status of the head of `nodes` may change, ascending."""
    days: set[date] = set()
    wanted = {*nodes, UNNAMED} if UNNAMED in life.prolonged else set(nodes)
    if nodes[0] == WHOLE:
        wanted |= {path for ending in life.endings.get(WHOLE, ()) for path in ending.effect.exceptions}
        wanted |= life.revivals.keys() | life.prolonged.keys()
    for path in wanted:
        for kind in (life.endings, life.suspensions, life.revivals, life.prolonged):
            for event in kind.get(path, ()):
                days.update(day for day in (event.day, event.until) if day and day != date.min)
                if kind is life.endings and not (event.effect.exceptions or life.revivals or life.prolonged):
                    break  # dead for good: later endings change nothing
    return sorted(days)


def part_stopped(life: Life, path: str, day: date, placement: Placement) -> Event | None:
    """The first part inside `path` that is dead or suspended on a day, with the clause that did it."""
    for event in life.parts:
        if event.day > day:
            return None
        inside = path == WHOLE or event.path == UNNAMED or (path != event.path and path in placement.chain(life.key, event.path))
        if not inside or (path != WHOLE and event.path == UNNAMED):
            continue
        reading = read(life, placement.chain(life.key, event.path), day, placement)
        if reading.ended or reading.suspended:
            return event
    return None
