"""What a publication reads: loaded for it alone, or what the process kept since it published last."""

from __future__ import annotations

from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from rasoat.progress import Progress
from rasoat.settings import Settings
from rasoat.workspace import Workspace
from validators.derivation.derive import RowsDerived, derive
from validators.knowledge import load_graph
from validators.published_facts import FactsTouched
from validators.quality import TouchedRows
from validators.standing_facts import BroughtUp, StandingFacts
from validators.store_over_days import StoreOverDays
from validators.validity import ValidityGraph


class LoadedFacts:
    """The validity graph and the versions judged. `touched`: all that can have changed since the publication that stands, where somebody
    knows that; else None, and everything is compared with what it was computed from. `derived`: the rows of a whole derivation that are
    others."""

    def __init__(self, settings: Settings, standing: StandingFacts | None, *, known: bool, derived: RowsDerived | None = None) -> None:
        self._settings, self._standing, self.derived = settings, standing, derived
        self._graph: ValidityGraph | None = standing.graph if standing else None
        self._stored: StoreOverDays | None = standing.stored if standing else None
        self.touched: FactsTouched | None = standing.touched if standing and known else None

    @property
    def done(self) -> BroughtUp | None:
        """What bringing it up did, where it was brought up."""
        return self._standing.done if self._standing and self.touched else None

    def graph(self, connection: Connection) -> ValidityGraph:
        """The validity graph, loaded when first asked for: where nothing was read since, nobody asks."""
        if self._graph is None:
            self._graph = load_graph(connection, self._settings.life_months)
        return self._graph

    def stored(self, connection: Connection) -> StoreOverDays:
        """The versions judged, with what they cite."""
        if self._stored is None:
            self._stored = StoreOverDays(connection, self._settings, self.graph(connection))
        return self._stored


class _Kept:
    """What one process holds of one store: facts, how they are judged, the publication that tells all of them, and the day for which
    the gate has passed that one."""

    def __init__(self, facts: StandingFacts, settings: Settings) -> None:
        self.facts, self.knobs, self.number = facts, (settings.horizon_days, settings.life_months), -1
        self.passed: date | None = None


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


class Keeper:
    """Gives a publication its facts, and keeps them where the workspace does (`Workspace.keeps`)."""

    def __init__(self, work: Workspace) -> None:
        self._work = work

    def facts(self, number: int, progress: Progress) -> LoadedFacts:
        """The facts as they are now, derived; `number` is the publication that stands. To be asked while nobody else publishes."""
        engine, settings = self._work.engine, self._work.settings
        if not self._work.keeps:
            derived = derive(engine, progress)
            return LoadedFacts(settings, None, known=False, derived=derived)
        kept = _KEPT.pop(engine, None)  # what fails halfway is kept no longer
        if kept is None or kept.knobs != (settings.horizon_days, settings.life_months) or not kept.facts.bring_up(engine):
            kept = _Kept(StandingFacts(engine, settings, progress), settings)
        _KEPT[engine] = kept
        return LoadedFacts(settings, kept.facts, known=kept.number == number)

    def touched_rows(self, number: int, as_of: date | None) -> TouchedRows | None:
        """All that has changed since the gate passed for a day; None where nobody knows. `number`: the publication that is written."""
        kept = _KEPT.get(self._work.engine)
        if kept is None or as_of is None or kept.passed != as_of or kept.number != number - 1:
            return None
        done = kept.facts.done
        cited = frozenset(piece for piece, _, _ in done.resolved)
        return TouchedRows(frozenset(done.pieces), frozenset(done.placed), cited, kept.facts.touched.documents, number)

    def settled(self, number: int, passed: date | None) -> None:
        """What the facts tell stands now; `passed`: the gate was asked for that day, and let it."""
        if kept := _KEPT.get(self._work.engine):
            kept.number, kept.passed = number, passed
            kept.facts.settled()

    def forget(self) -> None:
        """Something failed: the next publication loads everything."""
        _KEPT.pop(self._work.engine, None)
