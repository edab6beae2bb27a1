"""One document, or one provision of it, as a person needs it: its status on a day and over time, what changes next, what of it has ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from queries.answers_known import answers_known
from queries.cited_provisions import since_when
from queries.contract import StatusAnswer
from queries.document_address import document_slug
from queries.document_status import document_status, ids
from queries.published_moment import PinnedWorkspace
from queries.shape import Shape
from rasoat import words
from rasoat.records import LegalDocument, Status
from rasoat.store.published_timelines import PublishedRows
from validators.validity.answers import StatusAnswers, answer_of
from validators.validity.timeline import stretches


class NamedDocument(Shape):
    """A document as others name it; `slug` is its address."""

    id: str
    slug: str
    type: str
    title: str | None
    issuer: str | None
    issued_on: date | None
    effective_on: date | None


class StretchLine(Shape):
    """Days with one status, from `start` to the day before `end`; the first and the last stretch go on beyond what is shown."""

    start: date
    end: date
    status: str
    basis: str


class ComingChange(Shape):
    """What a document or a provision of it ("" the whole) will be from a day on, by what is known already."""

    on: date
    provision: str
    status: str
    basis: str
    documents: list[str]


class EndedPart(Shape):
    """A provision that has a status of its own on the day, other than in force; `heading` where its article's is known."""

    provision: str
    heading: str
    status: str
    since: date | None
    document: str | None
    place: str
    quote: str


class DocumentCard(Shape):
    """A document or provision on a day; `says`: what the status rests on, `since` when it has been so, `until` the first day out of force
    where an end to come is known."""

    document: NamedDocument
    known_from: str
    as_of: date
    provision: str | None
    status: StatusAnswer
    says: str
    since: date | None
    until: date | None
    stretches: list[StretchLine]
    coming: list[ComingChange]
    ended_parts: list[EndedPart]
    ended_by: list[NamedDocument]
    successors: list[NamedDocument]


def named(one: LegalDocument) -> NamedDocument:
    """A document as pages name it."""
    return NamedDocument(
        id=one.id, slug=document_slug(one.id), type=one.type, title=one.title, issuer=one.issuer, issued_on=one.issued_on,
        effective_on=one.effective_on,
    )  # fmt: skip


def document_card(moment: PinnedWorkspace, document: LegalDocument, provision: str | None, as_of: date) -> DocumentCard:
    """A document, or a provision of it, on a day.

    Raises:
        Trouble: the provision cannot be read, or nothing was ever published.
    """
    with answers_known(moment) as (rows, known):
        answers = known(None)
        judged = document_status(known, {"number": document.id, "provision": provision}, as_of)
        line = [
            StretchLine(start=one.start, end=one.end, status=one.status.value, basis=one.clause)
            for one in stretches(answers, document.key, as_of, provision)
        ]
        verdict = judged.verdict
        return DocumentCard(
            document=named(document),
            known_from=document.known_from.value,
            as_of=as_of,
            provision=provision,
            status=judged.line,
            says=words.basis(verdict.basis),
            since=_since(line, as_of),
            until=min((span.end for span in verdict.intervals if span.end and span.end > as_of), default=None),
            stretches=line,
            coming=list(_coming(rows, answers, document.key, provision, as_of)),
            ended_parts=[] if provision else _ended_parts(rows, answers, document.key, as_of),
            ended_by=_named_all(answers, verdict.ended_by),
            successors=_named_all(answers, verdict.successors),
        )


def _since(line: Sequence[StretchLine], as_of: date) -> date | None:
    """Since when the status has been what it is on a day; None where it was never otherwise."""
    here = [one for one in line if one.start <= as_of][-1]
    return here.start if here is not line[0] else None


def _named_all(answers: StatusAnswers, keys: tuple[str, ...]) -> list[NamedDocument]:
    answers.look_up(keys)
    return [named(found) for key in keys if (found := answers.document(key))]


def _coming(rows: PublishedRows, answers: StatusAnswers, key: str, provision: str | None, as_of: date) -> Iterator[ComingChange]:
    """Changes of status after the day; of a provision those of its own line."""
    if provision:
        line = answers.line(key, provision)
        found = [(one.day, provision, one) for one in line if one.day > as_of]
        before = {provision: answers.answer(key, provision, as_of).verdict.status}
    else:
        found = [(day, path, answer_of(day, data)) for day, path, data in rows.coming(key, as_of) if not path.endswith("~")]
        before = {path: answer_of(as_of, data).verdict.status for path, data in rows.answers_on([key], None, as_of)[key].items()}
    for day, path, answer in found:
        verdict = answer.verdict
        if verdict.status is before.get(path) or verdict.status is Status.UNKNOWN:  # a sign of life grows old: nothing is known to change
            continue
        before[path] = verdict.status
        yield ComingChange(
            on=day, provision="" if path == provision else path, status=verdict.status.value, basis=words.basis(verdict.basis),
            documents=ids(answers, tuple(dict.fromkeys(one.document for one in verdict.evidence))),
        )  # fmt: skip


def _ended_parts(rows: PublishedRows, answers: StatusAnswers, key: str, as_of: date) -> list[EndedPart]:
    headings = answers.headings(key)
    found = []
    for path, data in rows.answers_on([key], None, as_of)[key].items():
        verdict = answer_of(as_of, data).verdict
        if not path or path.endswith("~") or verdict.status in (Status.IN_FORCE, Status.PARTLY_IN_FORCE, Status.UNKNOWN):
            continue
        clause = verdict.evidence[0] if verdict.evidence else None
        found.append(
            EndedPart(
                provision=path,
                heading=headings.get(path.partition("/")[0], ""),
                status=verdict.status.value,
                since=since_when(verdict, as_of),
                document=ids(answers, (clause.document,))[0] if clause else None,
                place=clause.provision if clause else "",
                quote=words.quoted(clause.lead, clause.quote) if clause else "",
            )
        )
    return sorted(found, key=lambda one: words.in_order(one.provision))
