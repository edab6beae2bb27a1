"""Publishing the answers on documents: timelines and outlines of those that a change reaches, digests of what they were computed from."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from rasoat.progress import Progress
from rasoat.store.extracted import sightings
from rasoat.store.publications import PublicationWriter, PublishedRow, portions
from rasoat.store.published_schema import outlines, published_documents, timelines
from rasoat.store.published_timelines import document_data
from validators.published_facts import FactsTouched, fact_digests, reached
from validators.validity.answers import about_provisions, answer_data
from validators.validity.cuts import timelines as timelines_of
from validators.validity.graph import ValidityGraph

_DOCUMENTS = 100  # looked up and written together: about a portion of rows
_THING = "timelines"


def publish_lines(
    writer: PublicationWriter, connection: Connection, graph: ValidityGraph, progress: Progress, touched: FactsTouched | None = None
) -> set[str]:
    """Compute again what the facts that changed since the last publication may have changed; which documents that were. `touched`: the
    only documents whose facts can have changed, where somebody knows them."""
    only = touched.documents if touched else None
    now = fact_digests(connection, graph, touched.seen if touched else sightings(connection), only)
    changed = writer.differing(_THING, now, only)
    due = reached(graph, changed)
    unasked = {key for key in due - now.keys() if key in graph.register.documents}
    now |= fact_digests(connection, graph, touched.seen, unasked) if touched and unasked else {}
    due = {key for key in due if key in now or key in changed}
    for at, keys in enumerate(portions(sorted(due), _DOCUMENTS)):
        progress("hiệu lực", at * _DOCUMENTS, len(due))
        alive = [key for key in keys if key in now]
        names = [document_data(graph.register.documents[key]) for key in alive]
        writer.replace(published_documents, published_documents.c.key.in_(keys), names)
        writer.replace(timelines, timelines.c.key.in_(keys), _timeline_rows(graph, alive))
        writer.replace(outlines, outlines.c.key.in_(keys), _outline_rows(graph, alive))
        writer.mark(_THING, {key: now.get(key) for key in keys})
    return due


def _timeline_rows(graph: ValidityGraph, keys: Iterable[str]) -> Iterable[PublishedRow]:
    for key in keys:
        for path, line in timelines_of(graph, key).items():
            for answer in line:
                told = {"key": key, "provision": path, "from_day": answer.day, "data": answer_data(answer)}
                yield {**told, "status": answer.verdict.status.value, "reason": answer.verdict.reason}


def _outline_rows(graph: ValidityGraph, keys: Iterable[str]) -> Iterable[PublishedRow]:
    for key in keys:
        if about := about_provisions(graph, key):
            yield {"key": key, "data": about}
