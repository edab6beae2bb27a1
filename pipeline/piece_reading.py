"""One answer → its pieces, one piece → its rows: two pure functions, fenced. Whatever a reader did not foresee is one piece, article or
record that was set aside, named and counted; what stands beside it is read. They take plain values, so another process can run them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from extractors.citations import find_mentions
from extractors.effects import ClauseEffect, SourceHead, may_act, read_article
from extractors.readers import IMPORTED, reader_for
from extractors.sources.source import UNREADABLE, Answer, Parsed, Piece, Request, unreadable, why_unreadable
from rasoat.codec import to_json
from rasoat.faults import say_fault
from rasoat.identity import key_parts
from rasoat.records import Article, Mention, Observation, Origin, Part, Procedure
from rasoat.store.capture_store import AnswerRow
from rasoat.store.extracted import UNDATED, PieceRows, misfit
from rasoat.trouble import Trouble

_RecordKept = TypeVar("_RecordKept", Procedure, Observation, Article)
_FoundThere = TypeVar("_FoundThere")
_Refusals = list[tuple[str, str, str]]  # (outcome, place, reason)


def cut_answer(answer: AnswerRow, body: bytes) -> Iterator[Piece]:
    """The pieces of an answer. Where cutting fails, those cut before it, and one that says why the rest is not there.

    Raises:
        MemoryError: as everything here; whoever bounds the memory says so.
    """
    received, nothing = Answer(Request(answer.request, ""), answer.status, answer.stored.media_type, body), True
    try:
        for piece in reader_for(answer.source).pieces(received):
            nothing = False
            yield piece
    except (MemoryError, GeneratorExit):
        raise
    except Exception as error:
        nothing = False
        yield unreadable(answer.source, answer.request, say_fault(error))
    if nothing and answer.source == IMPORTED:  # what somebody handed over never ends in silence
        yield unreadable(answer.source, answer.request, str(Trouble("import.no_rows")))


def read_piece(sha256: str, piece: Piece) -> PieceRows:
    """Everything one piece says: its records, the clauses of its articles and the mentions of its procedures."""
    try:
        return _read(sha256, piece)
    except MemoryError:
        raise
    except Exception as error:
        return PieceRows(sha256, piece.source, piece.kind, refusals=[("quarantined", piece.place, say_fault(error))], place=piece.place)


def _read(sha256: str, piece: Piece) -> PieceRows:
    if piece.kind == UNREADABLE:
        return PieceRows(
            sha256, piece.source, piece.kind, refusals=[("quarantined", piece.place, why_unreadable(piece))], place=piece.place
        )
    parsed = reader_for(piece.source).parse(piece, Origin("", piece.place), UNDATED)
    refusals = _said(parsed)
    procedures = _fitting(parsed.procedures, refusals)
    observations = _fitting(parsed.observations, refusals)
    articles = _fitting(parsed.articles, refusals)
    heads = {observation.key: observation for observation in observations}
    clauses: list[tuple[int, dict[str, Any]]] = []
    for at, article in enumerate(articles):
        found = _tried(partial(_clauses, article, heads.get(article.key)), article.origin.place, refusals)
        clauses += [(at, clause) for clause in found]
    mentions: list[tuple[int, Part, Mention]] = []
    for at, procedure in enumerate(procedures):
        for part, text in procedure.parts.items():
            read = _tried(partial(find_mentions, text, part), f"{procedure.origin.place} {part.value}", refusals)
            mentions += [(at, part, mention) for mention in read]
    return PieceRows(
        sha256,
        piece.source,
        piece.kind,
        procedures,
        observations,
        articles,
        clauses,
        mentions,
        refusals,
        listings=parsed.listings,
        place=piece.place,
    )


def _said(parsed: Parsed) -> _Refusals:
    refusals = [("quarantined", refused.place, refused.reason) for refused in parsed.refused]
    refusals += [("odd", odd.place, odd.reason) for odd in parsed.odd]
    return refusals + [("declared_empty", place, "") for place in parsed.declared_empty]


def _fitting(records: list[_RecordKept], refusals: _Refusals) -> list[_RecordKept]:
    """The records that the store can hold; the others are set aside by name."""
    fitting = []
    for record in records:
        if reason := misfit(record):
            refusals.append(("quarantined", record.origin.place, reason))
        else:
            fitting.append(record)
    return fitting


def _tried(read: Callable[[], Iterable[_FoundThere]], place: str, refusals: _Refusals) -> list[_FoundThere]:
    """What a reader finds in one text, or nothing and the reason: the text itself stays."""
    try:
        return list(read())
    except MemoryError:
        raise
    except Exception as error:
        refusals.append(("quarantined", place, say_fault(error)))
        return []


def _clauses(article: Article, source: Observation | None) -> Iterator[dict[str, object]]:
    if not may_act(article.text):
        return
    if source:
        head = SourceHead(source.number, source.type, source.issued_on, source.effective_on, source.title)
    else:  # a provision tree holds articles only; whose they are is in the key
        type_, number = key_parts(article.key)
        head = SourceHead(number, type_)
    for clause in read_article(article.text, head, article.heading):
        yield to_json(ClauseEffect, clause)
