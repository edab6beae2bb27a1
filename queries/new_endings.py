"""What ended lately: documents and provisions that went out of force, or were suspended, in the days before another, each with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from queries.cited_provisions import clause_of
from queries.document_status import ids
from queries.listed_lines import EndingLine
from rasoat.store.published_lists import cited_by_unit, newly_ended
from rasoat.store.published_timelines import PublishedRows
from validators.validity.answers import PublishedAnswers, answer_of
from validators.validity.cuts import AnswerFrom
from validators.validity.provision_answers import ANY

_LOOKED_BACK = 1_000  # endings of which those of one unit are chosen
_LOOKED_AT = 5  # of rows for each ending wanted: an answer also changes where its reason alone does


def endings(rows: PublishedRows, day: date, days: int, limit: int) -> list[EndingLine]:
    """The endings of the `days` before a day and of that day, the latest first; what ends with its whole document is told once, as that."""
    answers = PublishedAnswers(rows)
    found: list[EndingLine] = []
    for line in _endings(rows, answers, day, days, limit * _LOOKED_AT):
        found.append(line)
        if len(found) == limit:
            break
    return found


def _endings(rows: PublishedRows, answers: PublishedAnswers, day: date, days: int, looked_at: int) -> Iterator[EndingLine]:
    since = day - min(timedelta(days=days), day - date.min)
    told = newly_ended(rows, since, day, looked_at)
    whole = {(row.key, row.from_day) for row in told if not row.provision}
    answers.look_up({row.key for row in told})
    for row in told:
        if row.provision and (row.provision.endswith(ANY) or (row.key, row.from_day) in whole):
            continue
        now = answer_of(row.from_day, row.data)
        if _before(rows, row.key, row.provision, row.from_day) != now.verdict.status.value:
            yield _ending_line(answers, row.key, row.provision or None, now)


def _before(rows: PublishedRows, key: str, provision: str, day: date) -> str:
    """The status on the eve."""
    data = rows.answer(key, (provision,), day - timedelta(days=1))
    return answer_of(day, data).verdict.status.value if data else ""


def _ending_line(answers: PublishedAnswers, key: str, provision: str | None, told: AnswerFrom) -> EndingLine:
    document, verdict = answers.document(key), told.verdict
    return EndingLine(
        document=document.id if document else key,
        title=document.title if document else None,
        provision=provision,
        on=told.day,
        status=verdict.status.value,
        clause=clause_of(answers, verdict),
        ended_by=ids(answers, verdict.ended_by),
        successors=ids(answers, verdict.successors),
    )


def endings_for(rows: PublishedRows, day: date, days: int, limit: int, unit: str) -> list[EndingLine]:
    """Those of the endings that procedures cite which a unit, or one below it, publishes."""
    told = endings(rows, day, days, _LOOKED_BACK)
    keys = {one.id: one.key for one in rows.documents_by_id({line.document for line in told}).values()}
    cited: dict[str, set[str]] = {}
    for key, provision in cited_by_unit(rows, sorted(keys.values()), day, unit):
        cited.setdefault(key, set()).add(provision)
    found = [line for line in told if _touched(line.provision, cited.get(keys.get(line.document, ""), set()))]
    return found[:limit]


def _touched(ended: str | None, cited: set[str]) -> bool:
    """Whether what ended is cited: the whole text by any citation, a provision by one of it, inside it or around it."""
    if ended is None:
        return bool(cited)
    return any(one and (one == ended or one.startswith(f"{ended}/") or ended.startswith(f"{one}/")) for one in cited)
