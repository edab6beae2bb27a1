"""The days on which an answer may change, and what it is from each of them on: for a document, and for every provision of it that
clauses speak of.

The days are more than needed, never fewer: equal neighbours are put together. A property test asks the graph on the days beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rasoat.records import Verb, Verdict
from rasoat.words import in_order
from validators.validity.doubts import AnswerDoubt, doubts
from validators.validity.graph import ValidityGraph
from validators.validity.life import Event
from validators.validity.paths import UNNAMED, WHOLE, prefixes
from validators.validity.placement import ENDINGS
from validators.validity.provision_answers import ANY, heirs
from validators.validity.verdict_steps import first_days

_BEGINNINGS = frozenset({Verb.ENTERS_INTO_FORCE, Verb.POSTPONES})
_SPEAKING = ENDINGS | _BEGINNINGS | {Verb.SUSPENDS, Verb.REVIVES, Verb.PROLONGS}  # verbs that give a provision a fate of its own
_NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AnswerFrom:
    """What the answer is from a day on, until the next one of the same document or provision; the first holds from `date.min`.

    Of a provision it is the answer before its text is looked at (`provision_answers.as_text_has_it`).
    """

    day: date
    verdict: Verdict
    doubts: tuple[AnswerDoubt, ...] = ()


Timeline = list[AnswerFrom]


def timelines(graph: ValidityGraph, key: str) -> dict[str, Timeline]:
    """The answers about a document (WHOLE) and about each of its provisions whose answer is not that of what contains it, by path;
    "…/~" is any provision inside a path that no clause speaks of. The answer on any path is that of the first of its `heirs`."""
    if graph.consolidated(key):
        return {WHOLE: timeline_of(graph, key, WHOLE)}
    found: dict[str, Timeline] = {}
    named, asked = _named(graph, key)
    for path in (WHOLE, ANY, *sorted(asked, key=lambda one: (len(_nodes(graph, key, one)), in_order(one)))):
        _keep(found, path, timeline_of(graph, key, path))
        if path not in (WHOLE, ANY) and (path in found or named.intersection(_nodes(graph, key, path))):
            inner = f"{path}/{ANY}"
            _keep(found, inner, timeline_of(graph, key, inner))
    return found


def _keep(found: dict[str, Timeline], path: str, line: Timeline) -> None:
    """Keep what differs from what the path would inherit."""
    inherited = next((found[heir] for heir in heirs(path) if heir in found), None)
    if line != inherited:
        found[path] = line


def _named(graph: ValidityGraph, key: str) -> tuple[set[str], set[str]]:
    """The paths that clauses on a document name, and those whose answer may be another than that of what contains them: all that is
    named, what contains it, and the articles of a chapter that is named."""
    named: set[str] = set()
    for effect in graph.register.effects.on(key, None, _SPEAKING):
        named.update(one for one in (effect.target_provision, *effect.exceptions) if one and one != UNNAMED)
    asked = {node for path in named for node in _nodes(graph, key, path)}
    for article, container in graph.register.articles_in(key):
        if not named.isdisjoint(prefixes(container)):
            asked.add(article)
    return named, asked


def _nodes(graph: ValidityGraph, key: str, path: str) -> tuple[str, ...]:
    return graph.placement().chain(key, path)[:-1]


def timeline_of(graph: ValidityGraph, key: str, path: str, known_at: date | None = None) -> Timeline:
    """The answers about one document or provision before its text is looked at, each from its day on."""
    judge = graph.by_clauses if graph.consolidated(key) is None else graph.status
    return _line(graph, key, path, known_at, judge)


def status_line(graph: ValidityGraph, key: str, path: str, known_at: date | None = None) -> Timeline:
    """What `graph.status` answers about one document or provision, each answer from its day on."""
    return _line(graph, key, path, known_at, graph.status)


def _line(
    graph: ValidityGraph, key: str, path: str, known_at: date | None, judge: Callable[[str, str | None, date, date | None], Verdict]
) -> Timeline:
    found: list[AnswerFrom] = []
    for day in sorted({date.min, *answer_days(graph, key, path, known_at)}):
        verdict = judge(key, path or None, day, known_at)
        found.append(AnswerFrom(day, verdict, tuple(doubts(graph, key, path or None, verdict, day, known_at))))
    return put_together(found)


def put_together(line: Iterable[AnswerFrom]) -> Timeline:
    """A line without the days on which nothing changes."""
    found: Timeline = []
    for answer in line:
        if not found or (found[-1].verdict, found[-1].doubts) != (answer.verdict, answer.doubts):
            found.append(answer)
    return found


def answer_days(graph: ValidityGraph, key: str, path: str, known_at: date | None = None) -> set[date]:
    """Days on which the answer about a document or provision may change; each is the first of the new one."""
    parts = graph.consolidated(key, known_at)
    if parts is not None:
        return {day for part in parts.bases if graph.stands_alone(part) for day in answer_days(graph, part, path, known_at)}
    document = graph.document(key)
    if document is None:
        return set()
    days = first_days(document) | {*_event_days(graph, key, path, known_at), *_sign_days(graph, key, known_at)}
    placement = graph.placement(known_at)
    days |= {entry.day for entry in (placement.entry(key), placement.entry(key, path)) if entry}
    days |= {claim.on or claim.observed_on for claim in graph.claimed_ended(key, path, date.max, known_at)}
    if document.effective_on:
        days.add(document.effective_on)
    if left := graph.left(key, known_at):
        days.add(left[0] + _NEXT)
    return {day for day in days if day > date.min}


def _event_days(graph: ValidityGraph, key: str, path: str, known_at: date | None) -> Iterator[date]:
    """Of what touches a path: what acts on it, on what contains it, or inside it."""
    life, chain = graph.life(key, known_at), graph.placement(known_at).chain
    containing = set(chain(key, path))
    for kind in (life.endings, life.suspensions, life.revivals, life.prolonged):
        for where, events in kind.items():
            if where in containing or where == UNNAMED or path in chain(key, where):
                for event in events:
                    yield from _days_of(event)
    for ending in (event for events in life.endings.values() for event in events):
        for spared in ending.effect.exceptions:
            for event in (*life.prolonged.get(spared, ()), *life.revivals.get(spared, ())):
                yield from _days_of(event)


def _days_of(event: Event) -> Iterable[date]:
    return filter(None, (event.day, event.until, event.disputed_until))


def _sign_days(graph: ValidityGraph, key: str, known_at: date | None) -> Iterator[date]:
    """A sign proves life on its day and before it, and for a while after it; a publisher's also that a text put off has begun."""
    for sign in graph.signs(key, known_at):
        yield from (sign.day, sign.day + _NEXT, graph.sign_ends(sign.day))
