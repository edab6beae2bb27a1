"""The suites of the record tables: the contract each row keeps, whatever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, and_, inspect

from rasoat.records import Confidence, DateBasis, KnownFrom, NonAnswer, Part, SourceRank, Verb
from rasoat.records import Tier as Closeness
from rasoat.records.postings import Act, Channel, PostingState
from rasoat.records.unit_decisions import STATES
from rasoat.store import published_schema as published
from rasoat.store import said_schema as said
from rasoat.store import schema as s
from validators.quality.expectation import (
    Expectation,
    GateTier,
    Pair,
    between,
    columns,
    found_in,
    in_set,
    matches,
    no_rows,
    not_null,
    row_count,
    same,
    unique,
)

# Rows of a table: at least, at most. The most is ten times what the whole country holds: beyond it something runs away.
_BOUNDS = {
    s.captures: (1, 20_000_000),
    s.answers: (1, 200_000_000),
    s.pieces: (1, 20_000_000),
    s.places: (1, 200_000_000),
    s.procedures: (0, 2_000_000),
    s.observations: (0, 20_000_000),
    s.articles: (0, 100_000_000),
    s.clauses: (0, 20_000_000),
    s.mentions: (0, 20_000_000),
    s.listings: (0, 20_000_000),
    s.refusals: (0, 2_000_000),
    s.documents: (0, 2_000_000),
    s.citations: (0, 20_000_000),
    s.effects: (0, 20_000_000),
    published.findings: (0, 100_000_000),
    published.finding_units: (0, 500_000_000),
    published.finding_counts: (0, 100_000_000),
    published.citation_counts: (0, 100_000_000),
    published.citation_totals: (0, 100_000_000),
    published.unjudged: (0, 100_000_000),
    s.checks: (0, 1_000_000),
    said.decisions_now: (0, 10_000_000),
    s.set_aside: (0, 1_000_000),
    s.announcements: (0, 5_000_000),
    s.postings: (0, 500_000_000),
    s.looks: (0, 50_000_000),
    s.receptions: (0, 10_000_000),
    s.regulations: (0, 1_000_000),
}
_SHA = r"^[0-9a-f]{64}$"
_KEY = r"^[a-z0-9-]+[|].+$"
_LARGEST = 2**31 - 1


def table_checks() -> Iterator[Expectation]:
    """Every expectation on a single record table and what its foreign keys name."""
    for table, bounds in _BOUNDS.items():
        yield from _every_table(table, *bounds)
    yield from _values()
    yield from _forms()
    yield from _dates()


def _every_table(table: Table, least: int, most: int) -> Iterator[Expectation]:
    yield columns(table)
    yield same(f"{table.name}.types", table.name, "", "Mỗi cột đúng kiểu đã khai báo", partial(_types, table))
    yield row_count(table, least, most)
    yield unique(table)
    yield from (not_null(column) for column in table.columns if not column.nullable)
    for key in sorted(table.foreign_key_constraints, key=lambda key: tuple(key.column_keys)):
        here = [element.parent for element in key.elements]
        there = [element.column for element in key.elements]
        name = f"{table.name}.{here[0].name}.exists"
        yield found_in(name, table.name, here, there, f"Cột {here[0].name} dẫn tới một dòng có thật của {there[0].table.name}")


def _types(table: Table, connection: Connection) -> Iterator[Pair]:
    """The kind of value each column holds, in Python's words: databases name the same type differently."""
    stands = {column["name"]: column["type"].python_type.__name__ for column in inspect(connection).get_columns(table.name)}
    for column in table.columns:
        yield column.name, stands.get(column.name, "không có"), column.type.python_type.__name__


def _values() -> Iterator[Expectation]:
    yield in_set(s.refusals.c.outcome, ("quarantined", "declared_empty", "odd"))
    yield in_set(s.articles.c.tier, Closeness)
    yield in_set(s.mentions.c.part, Part)
    yield in_set(s.documents.c.known_from, KnownFrom)
    yield in_set(s.citations.c.non_answer, NonAnswer)
    yield in_set(s.effects.c.verb, Verb)
    yield in_set(s.effects.c.basis, DateBasis)
    yield in_set(s.effects.c.confidence, Confidence)
    yield in_set(s.effects.c.tier, Closeness)
    yield in_set(said.decisions_now.c.state, STATES)
    yield in_set(s.announcements.c.act, Act)
    yield in_set(s.postings.c.channel, Channel)
    yield in_set(s.postings.c.state, PostingState)
    yield in_set(s.looks.c.channel, Channel)
    yield in_set(s.procedures.c.rank, [int(rank) for rank in SourceRank])
    yield between(s.answers.c.status, 100, 599)
    yield between(s.captures.c.size, 0, 512 * 1024 * 1024)
    yield between(s.captures.c.length, 1, 1024 * 1024 * 1024)
    for table in (s.procedures, s.observations, s.articles, s.clauses, s.mentions, s.listings, s.refusals):
        yield between(table.c.position, 0, _LARGEST)
    yield between(s.effects.c.start, 0, _LARGEST)
    yield between(s.effects.c.days, 0, 3650)
    yield between(s.effects.c.months, 0, 600)


def _forms() -> Iterator[Expectation]:
    sha = "sha256, 64 chữ số thập lục phân"
    for column in (s.captures.c.sha256, s.pieces.c.piece, s.checks.c.inputs):
        yield matches(column, _SHA, sha)
    yield matches(published.findings.c.fingerprint, r"^[0-9a-f]{24}$", "24 chữ số thập lục phân")
    yield matches(said.decisions_now.c.thing, r"^[a-z]+:.+$", "loại:mã")
    for column in (s.documents.c.key, s.articles.c.key, s.observations.c.key, s.effects.c.source):
        yield matches(column, _KEY, "loại|số hiệu")
    # The catalogue has odd codes of its own ("1.014955-Xoa"): they are kept as printed, and a person looks at them.
    yield matches(s.procedures.c.code, r"^[0-9]\.[0-9]{6}$", "N.NNNNNN", GateTier.WARN)
    yield matches(s.articles.c.path, r"^[a-z]+(-[a-z]+)*(-[0-9A-Za-zđ._-]+)?(/.+)?$", "đường dẫn điều khoản (dieu-5)", GateTier.WARN)
    yield matches(published.findings.c.rule, r"^(REVIEW|[A-Z]+-[0-9]{2})$", "mã quy tắc")


def _dates() -> Iterator[Expectation]:
    documents, effects, announcements = s.documents.c, s.effects.c, s.announcements.c
    # A text may take effect before it was issued only where the law lets it look back (Luật 64/2025/QH15 Điều 55): rare, so a person looks.
    yield _ordered("documents.dates", s.documents, documents.effective_on, documents.effective_on < documents.issued_on, GateTier.WARN,
                   "Ngày ban hành không sau ngày có hiệu lực (trừ hiệu lực trở về trước)")  # fmt: skip
    yield _ordered("effects.until.after_on", s.effects, effects.until, effects.until < effects.on, GateTier.FAIL,
                   "Tác động không kết thúc trước khi bắt đầu")  # fmt: skip
    yield _ordered("effects.end.after_start", s.effects, effects.end, effects.end <= effects.start, GateTier.FAIL,
                   "Trích dẫn kết thúc sau chỗ bắt đầu")  # fmt: skip
    yield _ordered("announcements.signed_before_seen", s.announcements, announcements.signed_on,
                   announcements.signed_on > announcements.observed_on, GateTier.WARN,
                   "Quyết định được ký không sau ngày ghi nhận")  # fmt: skip


def _ordered(name: str, table: Table, value: Any, broken: Any, tier: GateTier, says: str) -> Expectation:
    return no_rows(name, table.name, table, value, says, and_(value.is_not(None), broken), tier)
