"""The validity graph: status(document or provision, day) as a pure function of the stored facts.

The questions are asked in this order: which, ended, begun, ended later, left the codified law, sign of life,
unknown. Nothing here asks the clock, and the order in which facts were added never shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from rasoat.days import months_on
from rasoat.records import BasisKind, Confidence, Effect, Interval, LegalDocument, Observation, Status, StatusBasis, Tier, Verb, Verdict
from rasoat.words import in_order
from validators.validity import life as lives
from validators.validity.chain import successors
from validators.validity.life import Event, Life, LifeState
from validators.validity.outline import Outline, Outlines
from validators.validity.paths import WHOLE, Containers
from validators.validity.placement import Placement
from validators.validity.precedence import weakest
from validators.validity.provision_answers import CONSOLIDATED_TEXT, Consolidated, as_text_has_it, text_matters, worst_of
from validators.validity.signs import Sign, left_codified_law, signs
from validators.validity.validity_facts import Edition, ValidityFacts, in_register, is_individual, load
from validators.validity.verdict_steps import (
    before_known_entry,
    before_open_entry,
    entry_evidence,
    evidence_of_clause,
    evidence_of_event,
    kept_alive,
)

SIGN_MONTHS = 24
_LISTS_LAG_MONTHS = 12
_SHOWN = 20  # clauses of dead provisions shown with a document's answer
_LIVES = 50_000
_ALIVE = frozenset({Status.IN_FORCE, Status.PARTLY_IN_FORCE})
_CLAIMED = frozenset({Verb.REPLACES, Verb.REPEALS, Verb.SUSPENDS})
_BEGINNING = _ALIVE | {Status.NOT_YET}


class ValidityGraph:
    """Facts about documents, and the questions asked of them.

    Iterables are read once. `editions` are those of the codified law; `containers` maps (document key, "dieu-7") to
    "chuong-II/muc-1" where the text is known. `sign_months` is how long a sign of life counts (a setting). `amending` are
    the (document key, article) known to have changed other documents: what such an article says lives in those. `misfiled` are
    clauses that show the article they stand in to be another document's: nothing follows from them but that.
    `outlines` tell what provisions a text has that is held whole.
    """

    def __init__(
        self,
        documents: Iterable[LegalDocument] = (),
        observations: Iterable[Observation] = (),
        effects: Iterable[Effect] = (),
        editions: Iterable[Edition] = (),
        containers: Containers | None = None,
        sign_months: int = SIGN_MONTHS,
        amending: Iterable[tuple[str, str]] = (),
        misfiled: Iterable[Effect] = (),
        outlines: Outlines | None = None,
    ) -> None:
        self.register = ValidityFacts(containers)
        self.register.amending.update(amending)
        for clause in misfiled:
            self.register.misfiled[clause.source].append(clause)
        self.sign_months = sign_months
        self._outlines = outlines
        self._placements: dict[date | None, Placement] = {}
        self._lives: dict[tuple[str, date | None], Life] = {}
        self._signs: dict[tuple[str, date | None], list[Sign]] = {}
        self._successors: dict[tuple[str, date | None], tuple[str, ...]] = {}
        self._intervals: dict[tuple[str, str, date | None], tuple[Interval, ...]] = {}
        self._claimed: dict[tuple[str, str, date | None], list[tuple[date, Effect]]] = {}
        self.extend(documents, observations, effects, editions)

    def extend(
        self,
        documents: Iterable[LegalDocument] = (),
        observations: Iterable[Observation] = (),
        effects: Iterable[Effect] = (),
        editions: Iterable[Edition] = (),
    ) -> None:
        """Adds facts; answers change only where a new fact touches them."""
        load(self.register, documents, observations, effects)
        for edition in editions:
            self.register.add_edition(edition)
        self.forget_answers()

    def forget_answers(self, keys: Collection[str] | None = None) -> None:
        """Facts of the register have changed: nothing that was worked out of some documents before, or of any, is used again."""
        for cache in self._caches():
            for held in [held for held in cache if keys is None or held[0] in keys]:
                del cache[held]
        if keys is None:
            self._placements.clear()
        for placement in self._placements.values():
            placement.forget(keys or ())
        if self._outlines:
            self._outlines.forget(keys)

    def _caches(self) -> tuple[dict[Any, Any], ...]:
        """What was worked out of documents, by keys that begin with theirs."""
        return self._lives, self._signs, self._intervals, self._claimed, self._successors

    def document(self, key: str) -> LegalDocument | None:
        return self.register.documents.get(key)

    def find(self, number: str, type_: str | None = None, issuer: str | None = None) -> tuple[str, ...]:
        """Keys of the documents a printed number or id may mean."""
        return self.register.find(number, type_, issuer)

    def placement(self, known_at: date | None = None) -> Placement:
        """The days of effects as known on a day; the last few are kept at hand."""
        if known_at not in self._placements:
            if len(self._placements) >= 4:
                self._placements.clear()
            self._placements[known_at] = Placement(self.register, known_at)
        return self._placements[known_at]

    def life(self, key: str, known_at: date | None = None) -> Life:
        """What ended, suspended, revived and changed a document, each on its day."""
        held = self._lives.get((key, known_at))
        if held is None:
            if len(self._lives) >= _LIVES:
                for cache in self._caches():
                    cache.clear()
            held = self._lives[key, known_at] = lives.live(key, self.placement(known_at))
        return held

    def signs(self, key: str, known_at: date | None = None) -> list[Sign]:
        """Signs of life by day."""
        held = self._signs.get((key, known_at))
        if held is None:
            placement = self.placement(known_at)
            held = signs(key, self.life(key, known_at), placement.entry(key), placement, self.register, known_at)
            self._signs[key, known_at] = held
        return held

    def successors(self, key: str, known_at: date | None = None) -> tuple[str, ...]:
        """The whole chain of texts that replaced a document, in order."""
        held = self._successors.get((key, known_at))
        if held is None:
            held = self._successors[key, known_at] = successors(key, self.placement(known_at))
        return held

    def sign_ends(self, day: date) -> date:
        """The first day on which a sign of life of `day` no longer counts."""
        return months_on(day, self.sign_months) + timedelta(days=1)

    def status(self, key: str, provision: str | None, as_of: date, known_at: date | None = None) -> Verdict:
        """Whether a document (provision None) or one of its provisions is in force on a day, and why."""
        parts = self.consolidated(key, known_at)
        if parts is not None:
            rests_on = [part for part in parts.bases if self.stands_alone(part)]
            return worst_of(
                [self.status(part, provision, as_of, known_at) for part in rests_on], tuple(map(self._id, parts.bases)), parts.all
            )
        verdict = self.by_clauses(key, provision, as_of, known_at)
        if not provision or self._outlines is None or not text_matters(verdict):
            return verdict
        missing = self._outlines.missing(key, provision, known_at)
        amended = self.amended_by(key, known_at) if missing else {}
        return as_text_has_it(verdict, provision, missing, self._outlines.holds(key, provision, known_at), amended)

    def by_clauses(self, key: str, provision: str | None, as_of: date, known_at: date | None = None) -> Verdict:
        """The status as clauses and signs have it, whether or not the text held has such a provision; of a text that stands alone."""
        document = self.document(key)
        if document is None or not self.register.known(key, known_at):
            return Verdict(Status.UNKNOWN_DOCUMENT, "unknown_document", StatusBasis(BasisKind.NO_RECORD))
        if is_individual(document):
            return Verdict(Status.NOT_NORMATIVE, "individual_act", StatusBasis(BasisKind.DECISION_CHAIN))
        verdict = self._judge(document, provision or WHOLE, as_of, known_at)
        if verdict.status in _BEGINNING and self.own_entry_disputed(key, as_of, known_at):
            verdict = replace(verdict, confidence=Confidence.LOW)
        return replace(verdict, successors=self.successors(key, known_at))

    def _judge(self, document: LegalDocument, path: str, day: date, known_at: date | None) -> Verdict:
        key, placement, life = document.key, self.placement(known_at), self.life(document.key, known_at)
        nodes = placement.chain(key, path)
        reading = lives.read(life, nodes, day, placement)
        entry = placement.entry(key, path)
        stopped = self._stopped(life, nodes, reading, day, known_at)
        if stopped:
            return stopped
        if entry and entry.day > day:
            known = self.intervals(key, path, known_at)
            return Verdict(Status.NOT_YET, "not_yet", entry.basis, known, evidence=entry_evidence(entry), confidence=entry.confidence)
        waiting = before_known_entry(document, entry, day) or before_open_entry(entry, day, self.signs(key, known_at), self._id)
        if waiting:
            return waiting
        alive = kept_alive(reading, day) or self._alive(document, nodes, day, known_at)
        if alive.status is not Status.IN_FORCE:
            return alive
        alive = replace(alive, intervals=self.intervals(key, path, known_at))
        if self.claimed_ended(key, path, day, known_at):
            alive = replace(alive, confidence=Confidence.LOW)
        return self._partly(alive, life, path, day, placement)

    def claimed_ended(self, key: str, path: str, day: date, known_at: date | None = None) -> list[Effect]:
        """Endings and suspensions of a provision, or of what holds it inside its document, that somebody claims without a clause
        (tier D); by day. A claim on the whole document stands beside its status (REVIEW)."""
        held = self._claimed.get((key, path, known_at))
        if held is None:
            claims = self.register.effects.on(key, known_at, _CLAIMED, self.placement(known_at).chain(key, path)[:-1])
            dated = ((one.on or one.observed_on, one) for one in claims if one.tier is Tier.D)
            held = self._claimed[key, path, known_at] = sorted(dated, key=lambda item: (item[0], item[1].source, item[1].quote))
        return [one for on, one in held if on <= day]

    def amended_by(self, key: str, known_at: date | None = None) -> dict[str, list[str]]:
        """The ids of the texts that amended a document, by the part they name (WHOLE for all of it)."""
        found: dict[str, set[str]] = defaultdict(set)
        for change in self.register.effects.on(key, known_at, frozenset({Verb.AMENDS})):
            found[WHOLE if change.target_provision is None else change.target_provision].add(self._id(change.source))
        return {path: sorted(ids) for path, ids in sorted(found.items())}

    def _stopped(self, life: Life, nodes: tuple[str, ...], reading: LifeState, day: date, known_at: date | None) -> Verdict | None:
        """Step 2: ended, ended but for survivors, perhaps ended, or suspended on the day."""
        intervals = () if not (reading.ended or reading.suspended) else self.intervals(life.key, nodes[0], known_at)
        if reading.ended:
            together = [event for node in nodes for event in life.endings.get(node, ()) if event.day == reading.ended.day]
            shown = [reading.ended, *(event for event in together if event is not reading.ended)]
            others = [
                event for node in nodes for event in (*life.overruled.get(node, ()), *life.endings.get(node, ())) if event not in shown
            ]
            terms = filter(None, (lives.run_out(life, event, day) for event in shown))
            evidence = tuple(evidence_of_event(event) for event in [*shown, *dict.fromkeys(terms), *others][:_SHOWN])
            status = Status.PARTLY_IN_FORCE if reading.survivors else Status.EXPIRED
            return Verdict(
                status,
                "survivors" if reading.survivors else "ended",
                StatusBasis(BasisKind.CLAUSE, dated=reading.ended.effect.basis),
                intervals,
                ended_by=tuple(dict.fromkeys(event.effect.source for event in shown if event.effect.source != life.key)),
                evidence=evidence,
                confidence=self._confidence(reading.ended, life, day, known_at),
                survivors=tuple(sorted(reading.survivors, key=in_order)),
            )
        if reading.suspended:
            event = reading.suspended
            basis = StatusBasis(BasisKind.CLAUSE, dated=event.effect.basis)
            return Verdict(
                Status.SUSPENDED,
                "suspended",
                basis,
                intervals,
                evidence=(evidence_of_event(event),),
                confidence=lives.confidence(event, day),
            )
        if reading.perhaps:
            clause = (evidence_of_event(reading.perhaps),)
            basis = StatusBasis(BasisKind.SURVIVORS_UNNAMED)
            return Verdict(Status.UNKNOWN, "survivors_unnamed", basis, evidence=clause, confidence=Confidence.LOW)
        return None

    def _confidence(self, event: Event, life: Life, day: date, known_at: date | None) -> Confidence:
        """Low where a later clause overrules it, or a publisher keeps the text among those in force soon after its end.

        A list may lag for years; within months it is more likely that the end was put off. A printed term is often prolonged.
        """
        own = lives.confidence(event, day)
        shown = self.shown_after(life.key, event.day, known_at) if event.path == WHOLE else None
        doubted = shown and (event.effect.verb is Verb.EXPIRES or shown.day <= months_on(event.day, _LISTS_LAG_MONTHS))
        return weakest(own, Confidence.LOW) if doubted or life.overruled.get(event.path) else own

    def shown_after(self, key: str, ended: date, known_at: date | None = None) -> Sign | None:
        """The first sight of a document among the texts in force, in a publisher's list, on or after the day it ended."""
        return next((sign for sign in self.signs(key, known_at) if sign.shown and sign.day >= ended), None)

    def entry_disputed(self, key: str, known_at: date | None = None) -> Event | None:
        """The ending of a document whose source's record gives a later day of entry than its own clause; None where there is none."""
        return next((event for event in self.life(key, known_at).endings.get(WHOLE, ()) if event.disputed_until), None)

    def own_entry_disputed(self, key: str, day: date, known_at: date | None = None) -> tuple[date, date] | None:
        """The day on which a document begins by its own clause and by its record, where they differ and the day lies between."""
        document, entry = self.document(key), self.placement(known_at).entry(key)
        recorded = document.effective_on if document else None
        if not (entry and entry.effect and recorded) or entry.effect.source != key:
            return None
        return (entry.day, recorded) if min(entry.day, recorded) <= day < max(entry.day, recorded) else None

    def _alive(self, document: LegalDocument, nodes: tuple[str, ...], day: date, known_at: date | None) -> Verdict:
        """Steps 4 to 7: proof of life on a day on which nothing says that it has ended."""
        key, life = document.key, self.life(document.key, known_at)
        later = [event for node in nodes for event in life.endings.get(node, ()) if event.day > day]
        if later:
            first = min(later, key=lambda event: event.order)
            basis = StatusBasis(BasisKind.ENDS_LATER, on=first.day)
            return Verdict(
                Status.IN_FORCE, "ends_later", basis, evidence=(evidence_of_event(first),), confidence=lives.confidence(first, day)
            )
        seen = self.signs(key, known_at)
        left = self.left(key, known_at)
        if left and day > left[0] and not any(sign.day > left[0] for sign in seen):
            basis = StatusBasis(BasisKind.LEFT_CODIFIED_LAW, on=left[0], later=left[1])
            return Verdict(Status.UNKNOWN, "left_codified_law", basis, left_codified_law=left[1])
        counted = [sign for sign in seen if sign.day >= day] or [sign for sign in seen if self.sign_ends(sign.day) > day]
        if counted:
            sign = counted[0] if counted[0].day >= day else counted[-1]
            evidence = (evidence_of_clause(sign.effect, sign.day),) if sign.effect else ()
            return Verdict(Status.IN_FORCE, "sign_of_life", sign.basis, evidence=evidence)
        if not in_register(document) and not seen:
            return Verdict(Status.UNKNOWN, "no_entry_date", StatusBasis(BasisKind.ONLY_CITED))
        return Verdict(Status.UNKNOWN, "no_sign_of_life", StatusBasis(BasisKind.NO_SIGN_OF_LIFE, months=self.sign_months))

    def _partly(self, alive: Verdict, life: Life, path: str, day: date, placement: Placement) -> Verdict:
        """In force, but for parts that are dead that day."""
        dead = lives.part_stopped(life, path, day, placement)
        if dead is None:
            return alive
        clauses = [event for event in life.parts if event.day <= day and (path == WHOLE or event.path.startswith(path + "/"))] or [dead]
        evidence = tuple(evidence_of_event(event) for event in clauses[-_SHOWN:])
        stopped = {one: lives.read(life, placement.chain(life.key, one), day, placement) for one in {event.path for event in clauses}}
        gone = sorted((one for one, reading in stopped.items() if reading.ended or reading.suspended), key=in_order)
        return replace(
            alive, status=Status.PARTLY_IN_FORCE, reason="parts_ended", evidence=(*evidence, *alive.evidence), ended_parts=tuple(gone)
        )

    def consolidated(self, key: str, known_at: date | None = None) -> Consolidated | None:
        """What a consolidated text puts together; None for any other text."""
        document = self.document(key)
        if document is None or document.type != CONSOLIDATED_TEXT or not self.register.known(key, known_at):
            return None
        parts = sorted({e.target for e in self.register.edges(key, Verb.CONSOLIDATES, known_at) if e.target and e.target != key})
        amending = {part for part in parts for e in self.register.edges(part, Verb.AMENDS, known_at) if e.target in parts}
        return Consolidated(tuple(parts), tuple(part for part in parts if part not in amending) or tuple(parts))

    def stands_alone(self, key: str) -> bool:
        """Whether a key is that of a document, and of none that only puts others together."""
        document = self.document(key)
        return document is not None and document.type != CONSOLIDATED_TEXT

    def _id(self, key: str) -> str:
        document = self.document(key)
        return document.id if document else key

    def headings(self, key: str, known_at: date | None = None) -> dict[str, str]:
        """What the articles of a document are called, as far as its text is held."""
        return self._outlines.headings(key, known_at) if self._outlines else {}

    def outline(self, key: str) -> Outline | None:
        """What a document has, as far as its text is held; None where nothing of it is."""
        return self._outlines.outline(key) if self._outlines else None

    def left(self, key: str, known_at: date | None = None) -> tuple[date, date] | None:
        """The last edition of the codified law a document stood in and the later one it left; None where it did not leave."""
        return left_codified_law(key, self.register, known_at)

    def intervals(self, key: str, provision: str | None = None, known_at: date | None = None) -> tuple[Interval, ...]:
        """The stretches of force that clauses prove, oldest first; `start` None where no entry into force is known."""
        path = provision or WHOLE
        held = self._intervals.get((key, path, known_at))
        if held is None:
            held = self._intervals[key, path, known_at] = self._stretches(key, path, known_at)
        return held

    def _stretches(self, key: str, path: str, known_at: date | None) -> tuple[Interval, ...]:
        placement, life = self.placement(known_at), self.life(key, known_at)
        nodes, entry = placement.chain(key, path), placement.entry(key, path)
        known = entry if entry and not entry.open else None
        start, open_, found = (known.day if known else None), True, list[Interval]()
        basis = known.basis if known else StatusBasis(BasisKind.UNKNOWN_ENTRY)
        for day in sorted({*lives.breakpoints(life, nodes), *([entry.day] if entry else [])}):
            if entry and day < entry.day:
                continue
            reading = lives.read(life, nodes, day, placement)
            dead = bool((reading.ended and not reading.survivors) or reading.suspended or reading.perhaps)
            if dead and open_:
                found.append(Interval(start, day, basis))
                open_ = False
            elif not dead and not open_:
                start, open_ = day, True
                basis = self._resumed(reading)
        if open_:
            found.append(Interval(start, None, basis))
        return tuple(interval for interval in found if interval.start is None or interval.end is None or interval.start < interval.end)

    def _resumed(self, reading: LifeState) -> StatusBasis:
        """Why a stretch begins again: what lifted the end, else a suspension whose term is over."""
        if not reading.lifted_by:
            return StatusBasis(BasisKind.SUSPENSION_OVER)
        return StatusBasis(BasisKind.RESUMED, documents=(self._id(reading.lifted_by[0].effect.source),))
