"""On how many of the documents that a procedure cites there is a conclusion, and on which there is none: over all days.

Silence is said: a list of findings is worth what was judged for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rasoat.records import Citation, MentionKind, NonAnswer, Status, Verdict
from validators.asked_day import EVER, NEVER, AskedDay, through
from validators.derivation.judged_versions import JudgedStretch
from validators.rules import World

_NO_CONCLUSION = frozenset({Status.UNKNOWN, Status.UNKNOWN_DOCUMENT, Status.AMBIGUOUS})
Spell = tuple[date, date]  # from the first day to the day before the second


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Whether there is a conclusion on a document from `since` to the day before `until`, and why there is none."""

    since: date
    until: date
    reached: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CitationCount:
    """How many documents a procedure cites from `since` to the day before `until`, and on how many of them there is a conclusion."""

    since: date
    until: date
    cited: int
    judged: int


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A document without a conclusion from `since` to the day before `until`, and how many procedures cite it then."""

    since: date
    until: date
    reason: str
    procedures: int


@dataclass(frozen=True, slots=True)
class CitedDocuments:
    """What a procedure cites: the `keys` of documents, and how many numbers point at none; of these `settled` are no normative texts,
    which is a conclusion too."""

    keys: frozenset[str]
    loose: int
    settled: int

    @property
    def all(self) -> int:
        return len(self.keys) + self.loose


def cited_documents(citations: Iterable[Citation]) -> CitedDocuments:
    """Each document that a version of a procedure cites, once."""
    others = [one for one in citations if one.mention.kind is not MentionKind.SELF]
    keys = frozenset(one.resolution.key for one in others if one.resolution.key)
    loose = {one.mention.number or one.mention.quote: one.resolution.non_answer for one in others if not one.resolution.key}
    return CitedDocuments(keys, len(loose), sum(answer is NonAnswer.NOT_NORMATIVE for answer in loose.values()))


def concludes(verdict: Verdict) -> bool:
    """Whether a verdict is a conclusion: what is unknown or ambiguous is none."""
    return verdict.status not in _NO_CONCLUSION


class Conclusions:
    """Asked of each document once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._known: dict[str, tuple[Conclusion, ...]] = {}

    def forget(self, keys: Iterable[str]) -> None:
        """What is known of some documents has changed."""
        for key in keys:
            self._known.pop(key, None)

    def on(self, key: str) -> tuple[Conclusion, ...]:
        """The conclusions on a document over all days."""
        if key not in self._known:
            self._known[key] = tuple(self._over_days(key))
        return self._known[key]

    def _over_days(self, key: str) -> Iterator[Conclusion]:
        def reached(day: AskedDay) -> tuple[bool, str]:
            verdict = self.world.status(key, None, day, None)
            return concludes(verdict), verdict.reason

        held: Conclusion | None = None
        for since, until, (done, reason) in through(reached):
            told = "" if done else reason
            if held and (held.reached, held.reason) == (done, told):
                held = Conclusion(held.since, until, done, told)
                continue
            if held:
                yield held
            held = Conclusion(since, until, done, told)
        if held:
            yield held

    def counts(self, stretches: Sequence[JudgedStretch], cited: Mapping[tuple[str, int], Sequence[Citation]]) -> Iterator[CitationCount]:
        """What is said of one procedure's citations, stretch by stretch of days."""
        held: CitationCount | None = None
        for stretch in stretches:
            said = cited_documents(cited.get((stretch.version.piece, stretch.version.position), ()))
            spells = [(one.since, one.until) for key in said.keys for one in self.on(key) if one.reached]
            for since, until, reached in covered(spells, stretch.since, stretch.until):
                count = CitationCount(since, until, said.all, reached + said.settled)
                if held and (held.until, held.cited, held.judged) == (since, count.cited, count.judged):
                    held = CitationCount(held.since, until, held.cited, held.judged)
                    continue
                if held:
                    yield held
                held = count
        if held:
            yield held

    def unjudged(self, key: str, citing: Sequence[Spell]) -> Iterator[Unjudged]:
        """The days on which some procedure cites a document on which there is no conclusion."""
        for one in self.on(key):
            if not one.reached:
                for since, until, count in covered(citing, one.since, one.until):
                    if count:
                        yield Unjudged(since, until, one.reason, count)


def covered(spells: Sequence[Spell], since: date = EVER, until: date = NEVER) -> Iterator[tuple[date, date, int]]:
    """A stretch of days cut where the number of spells that hold changes, with that number."""
    turns: dict[date, int] = {}
    for first, last in spells:
        if first < until and last > since:
            turns[max(first, since)] = turns.get(max(first, since), 0) + 1
            turns[min(last, until)] = turns.get(min(last, until), 0) - 1
    holding, start, told = 0, since, None
    for day in sorted({since, *turns}):
        if day >= until:
            break
        holding += turns.get(day, 0)
        if told is not None and told != holding:
            yield start, day, told
            start = day
        told = holding
    yield start, until, told or 0
