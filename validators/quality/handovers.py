"""The suites of the hand-overs: what one step gives the next is whole, and nothing was lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, literal, or_, select

from extractors.readers import IMPORTED
from extractors.sources.registry import SOURCES
from rasoat.records import MentionKind, NonAnswer, Tier, Verb
from rasoat.store import schema as s
from rasoat.store.published_findings import about_to_stand
from rasoat.store.published_schema import findings
from validators.quality import measures
from validators.quality.expectation import ROWS, Expectation, GateTier, found_in, no_rows, same

RECEIVED, READ, DERIVED, CHECKED = "thu nhận → đọc", "đọc → suy ra", "suy ra → rà soát", "rà soát → lập chỉ mục"
FINDING_QUOTES = "findings.quote"
# How old the newest answer of a source may be, in days, by how often it is worth asking.
_STALE = {"daily": 31, "monthly": 92}
# What a clause may do to its own document, without a target.
_OWN = (Verb.ENTERS_INTO_FORCE, Verb.EXPIRES, Verb.DYNAMIC_REFERENCE, Verb.OVERRIDES)


def handover_checks(as_of: date) -> Iterator[Expectation]:
    """Every expectation on what one step gives the next, asked for one day."""
    yield from _received(as_of)
    yield from _read()
    yield from _derived()
    yield from (replace(one, of_day=True) for one in _checked(as_of))
    yield from _indexed()


def _received(as_of: date) -> Iterator[Expectation]:
    known = or_(s.answers.c.source.in_(sorted(SOURCES)), s.answers.c.source == IMPORTED, s.answers.c.source.startswith(f"{IMPORTED}:"))
    yield no_rows("answers.partition.unexpected", RECEIVED, s.answers, s.answers.c.source,
                  "Mỗi trả lời thuộc một nguồn đã khai báo", ~known)  # fmt: skip
    yield same("answers.partition.missing", RECEIVED, "request",
               "Mỗi cửa sổ của nguồn đã được hỏi ít nhất một lần", measures.windows_asked, GateTier.WARN)  # fmt: skip
    yield same("pieces.promised", RECEIVED, "items",
               "Mỗi nguồn × cửa sổ cho ít nhất số mục nguồn đã khai báo", measures.promised)  # fmt: skip
    yield no_rows(
        "answers.read",
        RECEIVED,
        s.answers,
        s.answers.c.reader,
        "Mỗi trả lời đã được đọc",
        and_(s.answers.c.reader.is_(None), s.answers.c.sha256.not_in(select(s.set_aside.c.sha256))),
        GateTier.WARN,
    )
    yield same("answers.seen_before_fetched", RECEIVED, "observed_on",
               "Ngày ghi nhận không sau ngày tải về (giờ Việt Nam)", measures.seen_after_fetched, GateTier.WARN)  # fmt: skip
    for source in SOURCES.values():
        yield _fresh(source.name, source.cadence, as_of)


def _fresh(source: str, cadence: str, as_of: date) -> Expectation:
    limit = as_of - timedelta(days=_STALE[cadence])
    newest = func.max(s.answers.c.observed_on)
    says = f"Nguồn {source} được hỏi trong vòng {_STALE[cadence]} ngày trước ngày rà soát"
    stale = select(s.answers.c.source, newest.label("value")).where(s.answers.c.source == source).group_by(s.answers.c.source)
    return Expectation(
        f"answers.fresh.{source}",
        RECEIVED,
        GateTier.WARN,
        says,
        ROWS,
        "answers",
        "observed_on",
        bad=stale.having(newest < limit),
        of_day=True,
    )


def _read() -> Iterator[Expectation]:
    place, piece = s.places.c, s.pieces.c.piece
    yield found_in("places.answer.exists", READ, (place.source, place.request, place.sha256),
                   (s.answers.c.source, s.answers.c.request, s.answers.c.sha256), "Mỗi chỗ đứng dẫn tới một trả lời đã nhận")  # fmt: skip
    yield found_in("pieces.seen", READ, (piece,), (place.piece,), "Mỗi mẩu đứng trong ít nhất một trả lời")
    gave = [exists(select(1).where(table.c.piece == piece)) for table in s.kept_by_piece()]
    yield no_rows("pieces.accounted", READ, s.pieces, piece, "Không mất thầm lặng: mỗi mẩu được nạp, cách ly hoặc khai rỗng",
                  ~or_(*gave, s.pieces.c.elsewhere > 0))  # fmt: skip
    yield found_in("mentions.procedure.exists", READ, (s.mentions.c.piece, s.mentions.c.procedure),
                   (s.procedures.c.piece, s.procedures.c.position), "Mỗi viện dẫn thuộc một thủ tục của mẩu")  # fmt: skip
    yield found_in("clauses.article.exists", READ, (s.clauses.c.piece, s.clauses.c.article),
                   (s.articles.c.piece, s.articles.c.position), "Mỗi điều khoản có tác động thuộc một điều của mẩu")  # fmt: skip
    yield same("mentions.quote", READ, "quote", "Trích dẫn của viện dẫn là nguyên văn tại vị trí đã ghi", measures.mention_quotes)
    yield same("mentions.number.canonical", READ, "number", "Số hiệu trong viện dẫn ở dạng chuẩn", measures.mention_numbers)
    yield same("observations.number.canonical", READ, "number", "Số hiệu trong bản ghi văn bản ở dạng chuẩn", measures.observation_numbers)
    clause = s.clauses.c.data
    quoted = _quoted(s.articles.c.text, clause["start"].as_integer(), clause["end"].as_integer(), clause["quote"].as_string())
    own = and_(s.articles.c.piece == s.clauses.c.piece, s.articles.c.position == s.clauses.c.article)
    yield no_rows("clauses.quote", READ, s.clauses, clause["quote"].as_string().label("quote"),
                  "Trích dẫn của điều khoản là nguyên văn tại vị trí đã ghi", _none_such(s.articles, own, quoted))  # fmt: skip


def _derived() -> Iterator[Expectation]:
    mention, citation = s.mentions.c, s.citations.c
    told = exists(
        select(1).where(citation.piece == mention.piece, citation.procedure == mention.procedure, citation.position == mention.position)
    )
    own = mention.data["kind"].as_string() == MentionKind.SELF.value
    yield no_rows("mentions.resolved", DERIVED, s.mentions, mention.part, "Mỗi viện dẫn được xét tới", and_(~told, ~own))
    # An individual act is found and still no answer: its fate is a chain of decisions (not_normative).
    both = and_(citation.key.is_not(None), citation.non_answer != NonAnswer.NOT_NORMATIVE.value)
    answered = or_(and_(citation.key.is_(None), citation.non_answer.is_(None)), both)
    yield no_rows("citations.target", DERIVED, s.citations, citation.key,
                  "Mỗi viện dẫn có đúng một đích, hoặc lý do có tên vì sao không", answered)  # fmt: skip
    yield found_in("citations.mention.exists", DERIVED, (citation.piece, citation.procedure, citation.position),
                   (mention.piece, mention.procedure, mention.position), "Mỗi kết quả xét thuộc một viện dẫn")  # fmt: skip
    key = s.documents.c.key
    for column, says in (
        (citation.key, "Đích của viện dẫn"), (s.observations.c.key, "Văn bản của bản ghi"), (s.articles.c.key, "Văn bản của điều"),
        (s.effects.c.source, "Văn bản gây tác động"), (s.effects.c.target, "Văn bản chịu tác động"),
    ):  # fmt: skip
        yield found_in(f"{column.table.name}.{column.name}.exists", DERIVED, (column,), (key,), f"{says} có trong danh sách văn bản")
    effect, article = s.effects.c, s.articles.c
    aimless = and_(effect.target.is_(None), effect.non_answer.is_(None), effect.verb.not_in([verb.value for verb in _OWN]))
    yield no_rows("effects.target", DERIVED, s.effects, effect.verb, "Mỗi tác động có đích, hoặc lý do có tên vì sao không", aimless)
    inside = or_(
        effect.source_provision == article.path,
        func.substr(effect.source_provision, 1, func.length(article.path) + 1) == article.path.concat("/"),
    )
    whole = or_(effect.source_provision == "", inside)
    # A publisher's note stands in the article that it claims has ended, not in the text said to have ended it.
    noted = and_(effect.tier == Tier.D.value, article.key == effect.target)
    of_it = and_(article.piece == effect.piece, or_(and_(article.key == effect.source, whole), noted))
    # What a title or a publisher's relation asserts is quoted from the record of a document, not from an article.
    record = s.observations.c
    on_record = or_(
        record.data["title"].as_string() == effect.quote,
        record.data["relations"].as_string().contains(effect.quote),
    )
    yield no_rows("effects.quote", DERIVED, s.effects, effect.quote, "Trích dẫn của tác động là nguyên văn tại vị trí đã ghi",
                  and_(_none_such(s.articles, of_it, _quoted(article.text, effect.start, effect.end, effect.quote),
                                  article.text.contains(effect.lead)),
                       _none_such(s.observations, record.piece == effect.piece, on_record)))  # fmt: skip
    yield same("documents.number.canonical", DERIVED, "number", "Số hiệu văn bản ở dạng chuẩn", measures.document_numbers)
    yield same("documents.key.number", DERIVED, "key", "Khóa của văn bản mang đúng số hiệu của nó", measures.key_numbers)


def _checked(as_of: date) -> Iterator[Expectation]:
    finding, data, today = findings.c, findings.c.data, about_to_stand(as_of)
    yield same("checks.day", CHECKED, "as_of", "Ngày này đã được rà soát", partial(measures.checked_day, as_of))
    yield same(
        FINDING_QUOTES, CHECKED, "quote", "Trích dẫn của phát hiện là nguyên văn trong thủ tục", partial(measures.finding_quotes, as_of)
    )
    about = or_(finding.rule.startswith("CITE-"), finding.rule.startswith("AUTH-"))
    yield found_in("findings.subject.exists", CHECKED, (finding.subject,), (s.procedures.c.code,),
                   "Phát hiện về viện dẫn nói về một thủ tục có thật", today, about)  # fmt: skip
    proof = and_(data[("clause", "quote")].as_string().is_not(None), data[("interval", "end")].as_string().is_not(None),
                 func.length(data["quote"].as_string()) > 0)  # fmt: skip
    yield no_rows("findings.proof", CHECKED, findings, finding.subject,
                  "CITE-01 có trích dẫn, điều khoản chấm dứt và ngày hết hiệu lực", and_(today, finding.rule == "CITE-01", ~proof))  # fmt: skip
    late = data[("interval", "end")].as_string() > literal(as_of.isoformat())
    yield no_rows("findings.ended", CHECKED, findings, data[("interval", "end")].as_string().label("end"),
                  "CITE-01 chỉ nói về văn bản đã hết hiệu lực vào ngày rà soát", and_(today, finding.rule == "CITE-01", late))  # fmt: skip
    turned = data[("interval", "end")].as_string() < data[("interval", "start")].as_string()
    yield no_rows("findings.interval", CHECKED, findings, data[("interval", "end")].as_string().label("end"),
                  "Khoảng hiệu lực không kết thúc trước khi bắt đầu", and_(today, turned), GateTier.WARN)  # fmt: skip


def _indexed() -> Iterator[Expectation]:
    # A warning: the index step, which comes next, is what mends it, and itself fails where it cannot.
    yield same(
        "indexed.count",
        CHECKED,
        "entries",
        "Số mục chỉ mục đã báo bằng số mục cơ sở dữ liệu ghi nhận",
        measures.index_counts,
        GateTier.WARN,
    )


def _quoted(text: ColumnElement[str], start: ColumnElement[int], end: ColumnElement[int], quote: ColumnElement[str]) -> ColumnElement[bool]:
    return func.substr(text, start + 1, end - start) == quote


def _none_such(table: FromClause, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    return ~exists(select(1).select_from(table).where(*where))
