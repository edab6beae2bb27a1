"""Reading what is published of documents, provisions and procedures: a few indexed rows for a question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, or_, select

from rasoat.codec import from_json
from rasoat.records import Citation, KnownFrom, LegalDocument, Mention, Part, Procedure, Resolution
from rasoat.store.publications import PublishedRow, StandingPublication, portions
from rasoat.store.published_schema import outlines, procedures_now, published_documents, timelines

# Asked many times for one page: built once, so that only the questions differ.
_sees = StandingPublication.number_sees
_other = timelines.alias()
_LATEST = (
    select(func.max(_other.c.from_day))
    .where(
        _other.c.key == timelines.c.key,
        _other.c.provision == timelines.c.provision,
        _other.c.from_day <= bindparam("day"),
        _sees(_other, bindparam("number")),
    )
    .scalar_subquery()
)
_ANSWERS = select(timelines.c.provision, timelines.c.data).where(
    timelines.c.key == bindparam("key"),
    timelines.c.provision.in_(bindparam("heirs", expanding=True)),
    timelines.c.from_day == _LATEST,
    _sees(timelines, bindparam("number")),
)
_DOCUMENT = [column for column in published_documents.c if column.name not in ("born", "died")]
_ASKED = 500  # names of one question
_OUTLINE = select(outlines.c.data).where(outlines.c.key == bindparam("key"), _sees(outlines, bindparam("number")))


@dataclass(frozen=True, slots=True)
class ProcedureHead:
    """What lists say of a procedure."""

    name: str
    field: str | None
    level: str | None
    decision: str | None
    decision_date: date | None
    publisher: str | None
    url: str | None


def head_of(one: Procedure) -> ProcedureHead:
    """What lists say of a procedure."""
    return ProcedureHead(
        name=one.name,
        field=one.fields[0] if one.fields else None,
        level=", ".join(one.levels) or None,
        decision=one.decision.number if one.decision else None,
        decision_date=one.decision.issued_on if one.decision else None,
        publisher=one.publisher,
        url=one.url,
    )


def document_data(one: LegalDocument) -> PublishedRow:
    """A document as answers name it, as its row holds it."""
    return {**{column.name: getattr(one, column.name) for column in _DOCUMENT}, "known_from": one.known_from.value}


class PublishedRows:
    """The rows of one publication, on a connection that sees one moment of the store (`publications.reading`)."""

    def __init__(self, connection: Connection, publication: StandingPublication) -> None:
        self.connection, self.publication = connection, publication

    def answer(self, key: str, heirs: Sequence[str], day: date) -> Any | None:
        """What a timeline says on a day: of the first path that has one. None where there is none of any."""
        asked = {"key": key, "heirs": list(heirs), "day": day, "number": self.publication.number}
        found = {row.provision: row.data for row in self.connection.execute(_ANSWERS, asked)}
        return next((found[heir] for heir in heirs if heir in found), None)

    def answers_on(self, keys: Collection[str], provisions: Collection[str] | None, day: date) -> dict[str, dict[str, Any]]:
        """What the timelines of several documents say on a day, by document and path: of some paths, or of all that have one."""
        found: dict[str, dict[str, Any]] = {key: {} for key in keys}
        for some in portions(sorted(keys), _ASKED):
            query = select(timelines.c.key, timelines.c.provision, timelines.c.data).where(
                timelines.c.key.in_(some), timelines.c.from_day == _LATEST, self.publication.sees(timelines)
            )
            if provisions is not None:
                query = query.where(timelines.c.provision.in_(sorted(provisions)))
            for row in self.connection.execute(query, {"day": day, "number": self.publication.number}):
                found[row.key][row.provision] = row.data
        return found

    def coming(self, key: str, day: date) -> list[tuple[date, str, Any]]:
        """What changes after a day, in order: from when, of which path, and what is said then."""
        query = select(timelines.c.from_day, timelines.c.provision, timelines.c.data).where(
            timelines.c.key == key, timelines.c.from_day > day, self.publication.sees(timelines)
        )
        return [(row.from_day, row.provision, row.data) for row in self.connection.execute(query.order_by("from_day", "provision"))]

    def outlines(self, keys: Collection[str]) -> dict[str, dict[str, Any]]:
        """What questions about provisions of several documents have to know, by document; empty where there is nothing to know."""
        found: dict[str, dict[str, Any]] = {key: {} for key in keys}
        for some in portions(sorted(keys), _ASKED):
            query = select(outlines.c.key, outlines.c.data).where(outlines.c.key.in_(some), self.publication.sees(outlines))
            found.update({row.key: row.data for row in self.connection.execute(query)})
        return found

    def numbered_like(self, digits: str) -> list[LegalDocument]:
        """The documents whose number begins with exactly these digits, by number."""
        own = published_documents.c.number
        number = own if self.connection.dialect.name == "sqlite" else own.collate("C")  # letter by letter, as the keys are compared below
        marks = and_(number >= f"{digits}!", number < f"{digits}0")
        letters = and_(number >= f"{digits}:", number < f"{digits[:-1]}{chr(ord(digits[-1]) + 1)}")
        query = select(*_DOCUMENT).where(or_(marks, letters), self.publication.sees(published_documents))
        return [_document(row) for row in self.connection.execute(query.order_by(published_documents.c.number, published_documents.c.key))]

    def line(self, key: str, heirs: Sequence[str]) -> list[tuple[date, Any]]:
        """All that a timeline says, each answer with its first day: of the first path that has one."""
        seen = (timelines.c.key == key, self.publication.sees(timelines))
        there = set(self.connection.scalars(select(timelines.c.provision).where(*seen, timelines.c.provision.in_(heirs)).distinct()))
        heir = next((one for one in heirs if one in there), None)
        query = select(timelines.c.from_day, timelines.c.data).where(*seen, timelines.c.provision == heir).order_by(timelines.c.from_day)
        return [(row.from_day, row.data) for row in self.connection.execute(query)]

    def outline(self, key: str) -> dict[str, Any]:
        """What a question about a provision has to know of a document; empty where there is nothing to know."""
        return self.connection.scalar(_OUTLINE, {"key": key, "number": self.publication.number}) or {}

    def documents(self, number: str) -> list[LegalDocument]:
        """The documents of a canonical number that the publication tells of, by key."""
        if not storable(number):
            return []
        query = select(*_DOCUMENT).where(published_documents.c.number == number, self.publication.sees(published_documents))
        return [_document(row) for row in self.connection.execute(query.order_by(published_documents.c.key))]

    def documents_by_key(self, keys: Collection[str]) -> dict[str, LegalDocument]:
        """The documents of some keys."""
        return {one.key: one for one in self._documents(published_documents.c.key, keys)}

    def documents_by_id(self, ids: Collection[str]) -> dict[str, LegalDocument]:
        """The documents of some printed ids, by id."""
        return {one.id: one for one in self._documents(published_documents.c.id, ids)}

    def _documents(self, column: ColumnElement[str], names: Collection[str]) -> Iterator[LegalDocument]:
        for some in portions(sorted(names), _ASKED):
            query = select(*_DOCUMENT).where(column.in_(some), self.publication.sees(published_documents))
            yield from map(_document, self.connection.execute(query))

    def ids(self) -> list[str]:
        """The printed ids of all documents."""
        query = select(published_documents.c.id).where(self.publication.sees(published_documents))
        return list(self.connection.scalars(query.order_by(published_documents.c.id)))

    def heads(self, codes: Collection[str], day: date) -> dict[str, ProcedureHead]:
        """What is said of some procedures in the version judged on a day, by code; what is no procedure's code is not among them."""
        found: dict[str, ProcedureHead] = {}
        table = procedures_now.c
        for some in portions(sorted(codes), _ASKED):
            query = select(table.code, table.head).where(table.code.in_(some), table.from_day <= day, self.publication.sees(procedures_now))
            # The last row of a code wins: that of the latest day.
            found.update(
                {
                    row.code: from_json(ProcedureHead, row.head)
                    for row in self.connection.execute(query.order_by(table.code, table.from_day))
                }
            )
        return found

    def has_document(self, name: str) -> bool:
        """Whether a text is the printed id of a document."""
        query = select(published_documents.c.id).where(published_documents.c.id == name, self.publication.sees(published_documents))
        return storable(name) and self.connection.scalar(query.limit(1)) is not None

    def has_procedure(self, code: str) -> bool:
        """Whether a text is the code of a procedure."""
        query = select(procedures_now.c.code).where(procedures_now.c.code == code, self.publication.sees(procedures_now))
        return storable(code) and self.connection.scalar(query.limit(1)) is not None

    def procedure(self, code: str, day: date) -> Row[Any] | None:
        """Which version of a procedure is judged on a day, and what it cites; None where no procedure has this code."""
        if not storable(code):
            return None
        query = select(procedures_now).where(
            procedures_now.c.code == code, procedures_now.c.from_day <= day, self.publication.sees(procedures_now)
        )
        return self.connection.execute(query.order_by(procedures_now.c.from_day.desc()).limit(1)).one_or_none()

    def codes(self) -> list[str]:
        """The codes of all procedures."""
        return list(
            self.connection.scalars(select(procedures_now.c.code).where(self.publication.sees(procedures_now)).distinct().order_by("code"))
        )


def citations_of(row: Row[Any]) -> list[Citation]:
    """What a published version of a procedure cites, in the order of the text."""
    return [
        Citation(row.code, Part(one["part"]), from_json(Mention, one["mention"]), from_json(Resolution, one["resolution"]))
        for one in row.citations
    ]


def storable(text: str) -> bool:
    """Whether a database can be asked for a text: none takes half a character, and PostgreSQL no U+0000."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _document(row: Row[Any]) -> LegalDocument:
    return LegalDocument(**{**row._mapping, "known_from": KnownFrom(row.known_from)})
