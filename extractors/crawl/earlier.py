"""The lists of an earlier crawl, made again from what the archive keeps: what today's are compared with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Engine, and_, or_, select

from extractors.crawl.sheltered import Sheltered
from extractors.crawl.tally import ListSoFar, Tally
from extractors.sources.source import Answer, Request, Source, Stuck, Window
from rasoat.archive import Archive, Damaged
from rasoat.store.capture_store import CaptureStore
from rasoat.store.schema import answers
from rasoat.words import day as day_in_words
from rasoat.words import number
from rasoat.words.crawl_words import BYTES, GROWN, ITEMS, SHRUNK

_DAYS = 10  # earlier days that are looked at: the last crawls may all have been cut short


@dataclass(frozen=True, slots=True)
class Past:
    """What was received of a source before a crawl: on days before `day`, or on that day before the crawl had `begun`."""

    engine: Engine
    archive: Archive
    source: Source
    day: date
    begun: datetime

    @property
    def received(self) -> ColumnElement[bool]:
        before = or_(answers.c.observed_on < self.day, and_(answers.c.observed_on == self.day, answers.c.fetched_at < self.begun))
        return and_(answers.c.source == self.source.name, before)


def changes(past: Past, window: Window, now: dict[str, ListSoFar]) -> Iterator[str]:
    """In words, each list that lost or gained more than its source declares possible since it was last seen whole."""
    missing = {name: held for name, held in now.items() if held.ids}
    for earlier in _days(past):
        if not missing:
            return
        for name, before in sorted(_lists(past, earlier, window).items()):
            if before.whole and (held := missing.pop(name, None)):
                yield from _compared(past.source, name, held, before, earlier)


def _compared(source: Source, name: str, now: ListSoFar, before: ListSoFar, earlier: date) -> Iterator[str]:
    extent = source.extent
    for new, old, few, unit in ((len(now.ids), len(before.ids), extent.few, ITEMS), (now.size, before.size, 0, BYTES)):
        fits = (extent.may_shrink(new, old, few), extent.may_grow(new, old, few))
        if old and not all(fits):
            told, limit = (GROWN, extent.grow) if fits[0] else (SHRUNK, extent.shrink)
            amounts = {"now": unit.format(count=number(new)), "before": number(old), "share": f"{limit:.0%}"}
            yield told.format(name=name, day=day_in_words(earlier), **amounts)


def _days(past: Past) -> list[date]:
    query = select(answers.c.observed_on).distinct().where(past.received).order_by(answers.c.observed_on.desc()).limit(_DAYS)
    with past.engine.connect() as connection:
        return list(connection.scalars(query))


def _lists(past: Past, day: date, window: Window) -> dict[str, ListSoFar]:
    """The lists of a day as far as their pages lead and lie in the archive."""
    calls, tally, stored = Sheltered(past.source), Tally(past.source.extent), CaptureStore(past.engine)
    query = select(answers.c.sha256).where(past.received, answers.c.observed_on == day)
    waiting = [step for step in calls.requests(day, window) if isinstance(step, Request)]
    asked: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one.key in asked:
            continue
        asked.add(one.key)
        with past.engine.connect() as connection:
            sha256 = connection.scalar(query.where(answers.c.request == one.key).order_by(answers.c.fetched_at.desc()).limit(1))
        kept = stored.stored(sha256) if sha256 else None
        if kept is None:
            continue
        with suppress(Damaged, OSError):
            answer = Answer(one, 200, kept.media_type, past.archive.read(kept))
            page = calls.listing(answer)
            if page and not isinstance(page, Stuck):
                tally.add(page)
            waiting += [step for step in calls.follow(answer) if isinstance(step, Request) and not step.optional]
    return tally.lists
