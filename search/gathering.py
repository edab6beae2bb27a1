"""What the store holds for one day, as entries: documents, procedures, articles, and the findings of the latest check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, func, select

from rasoat.progress import Progress
from rasoat.records import LegalDocument, Procedure, Status, Verdict
from rasoat.settings import Settings
from rasoat.store.checked_marks import checked_inputs
from rasoat.store.extracted import load_article_texts, load_versions, sightings
from rasoat.store.piece_changes import inputs_digest
from rasoat.store.published_findings import load_findings
from rasoat.store.schema import checks, reviews
from search.entries import Entry, article_entry, document_entry, finding_entry, procedure_entry
from validators.derivation.judged_versions import citations_by_code, judged_versions
from validators.knowledge import load_graph
from validators.validity.graph import ValidityGraph

# Raise it when a change to entries or analysis must be applied to what is already indexed.
ENTRIES_VERSION = 2


def inputs_of(connection: Connection, settings: Settings, as_of: date) -> str:
    """A digest of all that the entries of a day are made from; equal digests give equal entries."""
    digest = hashlib.sha256(f"{inputs_digest(connection)}/{as_of}/{settings.life_months}/{ENTRIES_VERSION}".encode())
    if checked := _checked(connection, as_of):
        digest.update(f"{checked}{checked_inputs(connection, checked)}".encode())
        for row in connection.execute(select(reviews.c.fingerprint, reviews.c.state).order_by(reviews.c.fingerprint)):
            digest.update(f"{row.fingerprint}{row.state}".encode())
    return digest.hexdigest()


def gathered(connection: Connection, settings: Settings, as_of: date, progress: Progress) -> Iterator[Entry]:
    """Every entry of a day, once."""
    graph = load_graph(connection, settings.life_months)
    documents = graph.register.documents
    verdicts = {key: _readable(graph, graph.status(key, None, as_of)) for key in documents}
    for key, document in documents.items():
        yield document_entry(document, verdicts[key], as_of=as_of)
    progress("thủ tục", 1, 4)
    versions = judged_versions(load_versions(connection, sightings(connection)), as_of)
    cited, statuses = citations_by_code(connection, versions), {key: verdict.status for key, verdict in verdicts.items()}
    for code, version in versions.items():
        yield procedure_entry(version.procedure, cited.get(code, []), as_of=as_of, statuses=statuses)
    progress("điều luật", 2, 4)
    yield from _articles(connection, graph, verdicts, as_of)
    progress("phát hiện", 3, 4)
    yield from _findings(connection, {code: version.procedure for code, version in versions.items()}, as_of)


def _articles(connection: Connection, graph: ValidityGraph, verdicts: dict[str, Verdict], as_of: date) -> Iterator[Entry]:
    documents: dict[str, LegalDocument] = graph.register.documents
    told: set[tuple[str, str]] = set()
    for article in load_article_texts(connection, sightings(connection)):
        document, identity = documents.get(article.key), (article.key, article.path)
        if document and identity not in told:
            told.add(identity)
            verdict = verdicts[article.key]
            if verdict.status is Status.PARTLY_IN_FORCE or verdict.survivors:
                verdict = _readable(graph, graph.status(article.key, article.path, as_of))
            yield article_entry(article, document, verdict, as_of=as_of)


def _checked(connection: Connection, as_of: date) -> date | None:
    """The latest day up to `as_of` that was checked with everything known."""
    latest: date | None = connection.scalar(select(func.max(checks.c.as_of)).where(checks.c.as_of <= as_of, checks.c.known_at == ""))
    return latest


def _findings(connection: Connection, procedures: dict[str, Procedure], as_of: date) -> Iterator[Entry]:
    """The findings of the latest checked day; the suppressed stay out, as they do of every list."""
    checked = _checked(connection, as_of)
    for finding in load_findings(connection, checked) if checked else ():
        if not finding.suppressed:
            yield finding_entry(finding, procedure=procedures.get(finding.subject))


def _readable(graph: ValidityGraph, verdict: Verdict) -> Verdict:
    """The verdict with printed ids in place of keys."""
    return replace(verdict, successors=tuple(document.id if (document := graph.document(key)) else key for key in verdict.successors))
