"""What is published, as entries of one day: documents and their articles, procedures, findings; all of them, or some.

Whatever an entry tells is a fact of the publication that stands and of the day, so that an index follows a publication and a day by
writing the entries that these two touch (`search.due_entries`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from rasoat import words
from rasoat.codec import from_json
from rasoat.progress import Progress
from rasoat.records import Article, Finding, LegalDocument, Procedure, Status, Verdict
from rasoat.store.extracted import load_article_texts, load_versions, sightings
from rasoat.store.publications import StandingPublication, portions, standing
from rasoat.store.published_findings import last_observed, on_day
from rasoat.store.published_schema import findings, outlines, procedures_now, timelines
from rasoat.store.published_timelines import PublishedRows, citations_of
from search.entries import Entry, article_entry, document_entry, finding_entry, procedure_entry
from validators.derivation.judged_versions import dated
from validators.validity.answers import PublishedAnswers

# Raise it when a change to entries or analysis must be applied to what is already indexed.
ENTRIES_VERSION = 4
_TOGETHER = 200  # things whose rows are read together


class DayEntries:
    """The entries of a day from the publication that stands, on a connection that sees one moment of the store."""

    def __init__(self, connection: Connection, as_of: date) -> None:
        self._connection, self.as_of, self._stands = connection, as_of, standing(connection)
        self._statuses: dict[str, Status] = {}
        self._named: dict[str, Procedure | None] = {}  # procedures by code, without their texts

    def everything(self, progress: Progress) -> Iterator[Entry]:
        """Every entry, once."""
        keys = self._all(timelines, "key")
        for at, some in enumerate(portions(keys, _TOGETHER)):
            progress("văn bản", at * _TOGETHER, len(keys))
            yield from self._documents(some)
        codes = self._all(procedures_now, "code")
        for at, some in enumerate(portions(codes, _TOGETHER)):
            progress("thủ tục", at * _TOGETHER, len(codes))
            yield from self._procedures(some)
        found = self._all(findings, "fingerprint")
        for at, some in enumerate(portions(found, _TOGETHER)):
            progress("phát hiện", at * _TOGETHER, len(found))
            yield from self._findings(some)

    def some(self, keys: Collection[str], codes: Collection[str], fingerprints: Collection[str]) -> Iterator[Entry]:
        """The entries of some documents, procedures and findings; those that are not told of on this day have none."""
        for several in portions(sorted(keys), _TOGETHER):
            yield from self._documents(several)
        for several in portions(sorted(codes), _TOGETHER):
            yield from self._procedures(several)
        for several in portions(sorted(fingerprints), _TOGETHER):
            yield from self._findings(several)

    def _all(self, table: Table, name: str) -> list[str]:
        told = on_day(self._stands, self.as_of) if table is findings else self._stands.sees(table)
        return list(self._connection.scalars(select(table.c[name]).where(told).distinct().order_by(table.c[name])))

    def _documents(self, keys: Sequence[str]) -> Iterator[Entry]:
        rows = _LoadedRows(self._connection, self._stands, keys, self.as_of)
        answers, documents = PublishedAnswers(rows), rows.documents_by_key(rows.told)
        verdicts = {key: answers.answer(key, None, self.as_of).verdict for key in documents}
        articles = [one for one in load_article_texts(self._connection, keys) if one.key in documents]
        own = {(one.key, one.path): self._of_article(answers, one, verdicts[one.key]) for one in articles}
        printed = {**documents, **rows.documents_by_key({key for one in (*verdicts.values(), *own.values()) for key in one.successors})}
        texts: dict[str, list[str]] = {}
        for article in articles:
            texts.setdefault(article.key, []).append(article.text)
        for key, document in documents.items():
            yield document_entry(document, _readable(printed, verdicts[key]), texts.get(key, ()))
        for article in articles:
            yield article_entry(article, documents[article.key], _readable(printed, own[article.key, article.path]))

    def _of_article(self, answers: PublishedAnswers, article: Article, whole: Verdict) -> Verdict:
        """An article's own fate, where its document is not in one piece."""
        if whole.status is Status.PARTLY_IN_FORCE or whole.survivors:
            return answers.answer(article.key, article.path, self.as_of).verdict
        return whole

    def _procedures(self, codes: Sequence[str]) -> Iterator[Entry]:
        judged = self._judged(codes)
        cited = {code: citations_of(row) for code, (row, _) in judged.items()}
        self._learn({one.resolution.key for several in cited.values() for one in several if one.resolution.key})
        for code, (_, procedure) in judged.items():
            yield procedure_entry(procedure, cited[code], statuses=self._statuses)

    def _judged(self, codes: Sequence[str]) -> dict[str, tuple[Row[Any], Procedure]]:
        """By code the version that is judged on the day: its published row, and itself."""
        query = select(procedures_now).where(
            procedures_now.c.code.in_(codes), procedures_now.c.from_day <= self.as_of, self._stands.sees(procedures_now)
        )
        rows = {row.code: row for row in self._connection.execute(query.order_by(procedures_now.c.code, procedures_now.c.from_day))}
        stored = load_versions(self._connection, sightings(self._connection, codes=codes), codes)
        versions = {(one.piece, one.position): one for one in stored}
        found = {
            code: (row, dated(version, self.as_of).procedure)
            for code, row in rows.items()
            if (version := versions.get((row.piece, row.position)))
        }
        self._named |= {code: replace(found[code][1], parts={}) if code in found else None for code in codes}
        return found

    def _learn(self, keys: set[str]) -> None:
        """Look up the status of documents that procedures cite."""
        for some in portions(sorted(keys - self._statuses.keys()), _TOGETHER):
            query = select(timelines.c.key, timelines.c.status).where(
                timelines.c.key.in_(some), timelines.c.provision == "", timelines.c.from_day <= self.as_of, self._stands.sees(timelines)
            )
            rows = self._connection.execute(query.order_by(timelines.c.key, timelines.c.from_day))
            self._statuses |= {row.key: Status(row.status) for row in rows}

    def _findings(self, fingerprints: Sequence[str]) -> Iterator[Entry]:
        """The suppressed stay out, as they do of every list; the state is the one before anybody decided."""
        told = (on_day(self._stands, self.as_of), findings.c.suppressed == 0, findings.c.fingerprint.in_(fingerprints))
        columns = (findings.c.fingerprint, findings.c.subject, findings.c.piece, findings.c.state, findings.c.data)
        rows = self._connection.execute(select(*columns).where(*told).order_by(findings.c.fingerprint)).all()
        if unknown := sorted({row.subject for row in rows} - self._named.keys()):
            self._judged(unknown)
        observed = last_observed(self._connection, {row.piece for row in rows if row.piece}, self.as_of)
        for row in rows:
            one = from_json(Finding, {**row.data, "as_of": self.as_of})
            seen_on = observed.get(row.piece, None if one.observed_on == date.min else one.observed_on)
            one = replace(one, state=row.state, message=words.of_any_day(one.message))
            yield finding_entry(one, observed_on=seen_on, procedure=self._named.get(row.subject))


class _LoadedRows(PublishedRows):
    """The rows of some documents on one day, read together; of other documents as they are asked for."""

    def __init__(self, connection: Connection, publication: StandingPublication, keys: Sequence[str], day: date) -> None:
        super().__init__(connection, publication)
        query = select(timelines.c.key, timelines.c.provision, timelines.c.data).where(
            timelines.c.key.in_(keys), timelines.c.from_day <= day, publication.sees(timelines)
        )
        self.told: dict[str, dict[str, Any]] = {}
        for row in connection.execute(query.order_by(timelines.c.key, timelines.c.provision, timelines.c.from_day)):
            self.told.setdefault(row.key, {})[row.provision] = row.data  # the last one counts
        about = select(outlines.c.key, outlines.c.data).where(outlines.c.key.in_(keys), publication.sees(outlines))
        self._outlines = {row.key: row.data for row in connection.execute(about)}

    def answer(self, key: str, heirs: Sequence[str], day: date) -> Any | None:
        if key not in self.told:
            return super().answer(key, heirs, day)
        return next((self.told[key][heir] for heir in heirs if heir in self.told[key]), None)

    def outline(self, key: str) -> dict[str, Any]:
        return self._outlines.get(key, {}) if key in self.told else super().outline(key)


def _readable(documents: Mapping[str, LegalDocument], verdict: Verdict) -> Verdict:
    """The verdict with printed ids in place of keys."""
    return replace(verdict, successors=tuple(documents[key].id if key in documents else key for key in verdict.successors))
