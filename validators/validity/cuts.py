"""The days on which an answer changes, and what it is from each of them on: for a document, and for every provision of it that clauses
speak of.

Asked once for each stretch of days that stand in the same order to all that the answer turned on; equal neighbours are put together. A
property test asks the graph on the days beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from rasoat.records import Verb, Verdict
from rasoat.words import in_order
from validators.asked_day import AskedDay, through
from validators.validity.doubts import AnswerDoubt, doubts
from validators.validity.graph import ValidityGraph
from validators.validity.paths import UNNAMED, WHOLE, prefixes
from validators.validity.placement import ENDINGS
from validators.validity.provision_answers import ANY, heirs

_BEGINNINGS = frozenset({Verb.ENTERS_INTO_FORCE, Verb.POSTPONES})
_SPEAKING = ENDINGS | _BEGINNINGS | {Verb.SUSPENDS, Verb.REVIVES, Verb.PROLONGS}  # verbs that give a provision a fate of its own


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
    def answer(day: AskedDay) -> tuple[Verdict, tuple[AnswerDoubt, ...]]:
        verdict = judge(key, path or None, day, known_at)
        return verdict, tuple(doubts(graph, key, path or None, verdict, day, known_at))

    return put_together(AnswerFrom(since, *told) for since, _, told in through(answer))


def put_together(line: Iterable[AnswerFrom]) -> Timeline:
    """A line without the days on which nothing changes."""
    found: Timeline = []
    for answer in line:
        if not found or (found[-1].verdict, found[-1].doubts) != (answer.verdict, answer.doubts):
            found.append(answer)
    return found
