"""Lists that are walked from name to name: procedures, documents with their status on a day, and who cites a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from queries.cited_provisions import clause_of, since_when, until_of, verdict_says, verdict_word
from queries.document_status import ids
from queries.listed_lines import CitationOfDocument, DocumentLine, DocumentTimeline, ProcedureLine, TimelineStretch
from rasoat import words
from rasoat.codec import from_json
from rasoat.records import LegalDocument
from rasoat.store.published_lists import CitingPlace, citing_after, documents_after, procedures_after, whole_answers
from rasoat.store.published_timelines import ProcedureHead, PublishedRows
from validators.validity.answers import PublishedAnswers, StatusAnswers, answer_of
from validators.validity.cuts import AnswerFrom

_PORTION = 300  # rows of a list read at a time: what is held in memory


def procedure_lines(rows: PublishedRows, day: date, after: str = "", limit: int = _PORTION) -> list[ProcedureLine]:
    """The next procedures by code, as lists show them."""
    found = procedures_after(rows, day, after, limit)
    return [ProcedureLine(code=row.code, **asdict(from_json(ProcedureHead, row.head))) for row in found]


def every_procedure(rows: PublishedRows, day: date) -> Iterator[ProcedureLine]:
    """All procedures by code, a portion of them in memory at a time."""
    after = ""
    while found := procedure_lines(rows, day, after):
        yield from found
        after = found[-1].code


def document_lines(rows: PublishedRows, day: date, after: str = "", limit: int = _PORTION, type_: str | None = None) -> list[DocumentLine]:
    """The next documents by printed id, each with its status on the day."""
    answers = PublishedAnswers(rows)
    keys = documents_after(rows, after, limit, type_)
    answers.look_up(keys)
    told = {key: answer_of(day, data) for key, data in whole_answers(rows, keys, day).items()}
    verdicts = [answer.verdict for answer in told.values()]
    named = (names for one in verdicts for names in (one.ended_by, one.successors, (clause.document for clause in one.evidence)))
    answers.look_up(key for names in named for key in names)
    return [_document_line(answers, document, told[key], day) for key in keys if key in told and (document := answers.document(key))]


def every_document(rows: PublishedRows, day: date) -> Iterator[DocumentLine]:
    """All documents by printed id, a portion of them in memory at a time."""
    after = ""
    while found := document_lines(rows, day, after):
        yield from found
        after = found[-1].document


def _document_line(answers: StatusAnswers, one: LegalDocument, answer: AnswerFrom, day: date) -> DocumentLine:
    verdict = answer.verdict
    return DocumentLine(
        document=one.id,
        number=one.number,
        type=one.type,
        issuer=one.issuer,
        title=one.title,
        issued_on=one.issued_on,
        effective_on=one.effective_on,
        known_from=one.known_from.value,
        as_of=day,
        status=verdict.status.value,
        reason=verdict.reason,
        verdict=verdict_word(verdict),
        says=verdict_says(verdict),
        since=since_when(verdict, day),
        until=until_of(verdict, day),
        ended_by=ids(answers, verdict.ended_by),
        clause=clause_of(answers, verdict),
        successors=ids(answers, verdict.successors),
    )


def document_line(answers: StatusAnswers, key: str, day: date) -> DocumentLine | None:
    """One document with its status on a day; None where nothing of this key is published."""
    document = answers.document(key)
    return _document_line(answers, document, answers.answer(key, None, day), day) if document else None


def citing_lines(rows: PublishedRows, key: str, day: date, after: CitingPlace | None, limit: int) -> list[CitationOfDocument]:
    """The next procedures that cite a document on a day, by code, with the part they cite it in."""
    found = citing_after(rows, key, day, after, limit)
    heads = rows.heads({row.procedure for row in found}, day)
    return [
        CitationOfDocument(
            procedure=row.procedure,
            name=head.name if (head := heads.get(row.procedure)) else None,
            publisher=head.publisher if head else None,
            part=row.part,
            role=row.role,
            provision=row.provision or None,
        )
        for row in found
    ]


def document_timeline(answers: StatusAnswers, key: str, provision: str | None) -> DocumentTimeline:
    """Every stretch of a document or provision, from the first answer that is known to the last."""
    line = answers.line(key, provision)
    ends = [*(answer.day for answer in line[1:]), None]
    return DocumentTimeline(
        document=ids(answers, (key,))[0],
        provision=provision,
        stretches=[
            TimelineStretch(
                from_=None if answer.day == date.min else answer.day,
                to=end,
                status=answer.verdict.status.value,
                reason=answer.verdict.reason,
                basis=words.basis_sentence(answer.verdict.basis),
                ended_by=ids(answers, answer.verdict.ended_by),
                clause=clause_of(answers, answer.verdict),
            )
            for answer, end in zip(line, ends, strict=True)
        ],
    )
