"""The tables that are public as files: what is a row of each, and what its columns are called for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from queries.contract import ClauseLine
from queries.legal_facts import PROVEN, every_fact
from queries.listed_lines import DocumentLine, LegalFact, ProcedureLine
from queries.open_lists import every_document, every_procedure
from queries.posting_matrix import PublishedMatrix
from queries.shape import Shape
from rasoat import words
from rasoat.identity import type_of
from rasoat.records.postings import Channel, PostingState
from rasoat.store.published_timelines import PublishedRows
from rasoat.units import country

OpenRows = Callable[[PublishedRows, date], Iterator[Shape]]
OpenColumn = tuple[str, Callable[[Any], object]]


class CoverageCount(Shape):
    """How many cells of a unit are in a state on one channel, on the day; `unknown` are those nobody has looked at yet."""

    unit: str
    unit_name: str
    channel: str
    state: str
    count: int
    as_of: date


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table: its file's name, what it is called, what it is for, the shape of a row and the columns of a sheet. `rows` gives more than
    `keeps` takes where one pass serves two tables."""

    name: str
    title: str
    says: str
    shape: type[Shape]
    rows: OpenRows
    columns: tuple[OpenColumn, ...]
    keeps: Callable[[Any], bool] = lambda _: True
    sheet: bool = False  # as a workbook too: for people, where codes must stay text


def coverage_counts(rows: PublishedRows, day: date) -> Iterator[CoverageCount]:
    """How many cells each unit has in each state."""
    matrix, units = PublishedMatrix(day, rows.connection, rows.publication, (), None), country()
    if not matrix.lists_told:  # nothing is published of duties on this day
        return
    for unit in matrix.units:
        for (channel, state), count in sorted(matrix.counts(unit).items()):
            yield CoverageCount(unit=unit, unit_name=units.name(unit), channel=channel.value, state=state.value, count=count, as_of=day)


def _clause(told: ClauseLine | None) -> str:
    if told is None:
        return ""
    number = told.document.partition("@")[0]
    return f"{words.provision(told.provision)} {type_of(number) or 'văn bản'} {number}".strip()


def _quote(told: ClauseLine | None) -> str:
    return words.quoted(told.lead, told.quote) if told else ""


# How a text stands.
_STANDING: tuple[OpenColumn, ...] = (
    ("Tình trạng", lambda f: words.of_cited(f.status, f.verdict)),
    ("Nói thêm", lambda f: "; ".join(f.says)),
    ("Từ ngày", lambda f: f.since),
    ("Đến trước ngày", lambda f: f.until),
    ("Do văn bản", lambda f: "; ".join(f.ended_by)),
    ("Điều khoản chấm dứt", lambda f: _clause(f.clause)),
    ("Trích điều khoản chấm dứt", lambda f: _quote(f.clause)),
    ("Văn bản thay thế", lambda f: "; ".join(f.successors)),
    ("Xét đến ngày", lambda f: f.as_of),
)
_FACTS: tuple[OpenColumn, ...] = (
    ("Mã thủ tục", lambda f: f.procedure),
    ("Tên thủ tục", lambda f: f.procedure_name),
    ("Cơ quan công bố", lambda f: f.publisher),
    ("Quyết định công bố", lambda f: f.decision),
    ("Ngày quyết định", lambda f: f.decision_date),
    ("Nêu tại phần", lambda f: words.part(f.part)),
    ("Nguyên văn viện dẫn", lambda f: f.quote),
    ("Văn bản", lambda f: f.document),
    ("Loại", lambda f: f.type),
    ("Tên văn bản", lambda f: f.title),
    ("Điều khoản được viện dẫn", lambda f: words.provision(f.provision)),
    *_STANDING,
    ("Thủ tục ghi nhận ngày", lambda f: f.observed_on),
)
_DOCUMENTS: tuple[OpenColumn, ...] = (
    ("Văn bản", lambda d: d.document),
    ("Loại", lambda d: d.type),
    ("Cơ quan ban hành", lambda d: d.issuer),
    ("Tên văn bản", lambda d: d.title),
    ("Ngày ban hành", lambda d: d.issued_on),
    ("Ngày có hiệu lực", lambda d: d.effective_on),
    *_STANDING,
)
_PROCEDURES: tuple[OpenColumn, ...] = (
    ("Mã thủ tục", lambda p: p.code),
    ("Tên thủ tục", lambda p: p.name),
    ("Lĩnh vực", lambda p: p.field),
    ("Cấp thực hiện", lambda p: p.level),
    ("Quyết định công bố", lambda p: p.decision),
    ("Ngày quyết định", lambda p: p.decision_date),
    ("Cơ quan công bố", lambda p: p.publisher),
    ("Trang của nơi công bố", lambda p: p.url),
)
_COVERAGE: tuple[OpenColumn, ...] = (
    ("Đơn vị", lambda c: c.unit_name),
    ("Mã đơn vị", lambda c: c.unit),
    ("Kênh", lambda c: words.CHANNEL[Channel(c.channel)]),
    ("Tình trạng", lambda c: words.POSTING_STATE[PostingState(c.state)]),
    ("Số ô", lambda c: c.count),
    ("Xét đến ngày", lambda c: c.as_of),
)

OPEN_TABLES = (
    OpenTable(
        "can-cu-het-hieu-luc",
        "Căn cứ đã hết hoặc ngưng hiệu lực, kèm điều khoản chấm dứt",
        "Mỗi dòng là một thủ tục viện dẫn một văn bản hay điều khoản đã hết, đang ngưng hiệu lực vào ngày xét: từ ngày nào, do điều khoản nào, văn bản nào thay thế. Cột “Nêu tại phần” nói viện dẫn nằm ở căn cứ pháp lý hay ở phần khác của thủ tục.",
        LegalFact,
        every_fact,
        _FACTS,
        lambda fact: fact.verdict in PROVEN,
        sheet=True,
    ),
    OpenTable(
        "can-cu",
        "Mọi căn cứ của mọi thủ tục, với tình trạng hiệu lực",
        "Cả những căn cứ còn hiệu lực và những căn cứ chưa đủ dữ kiện để kết luận.",
        LegalFact,
        every_fact,
        _FACTS,
    ),
    OpenTable(
        "thu-tuc",
        "Thủ tục hành chính",
        "Mỗi dòng một thủ tục, theo phiên bản được xét vào ngày này.",
        ProcedureLine,
        every_procedure,
        _PROCEDURES,
    ),
    OpenTable(
        "van-ban",
        "Văn bản, với tình trạng hiệu lực",
        "Mỗi dòng một văn bản mà dữ liệu biết tới, kể cả văn bản chỉ được viện dẫn.",
        DocumentLine,
        every_document,
        _DOCUMENTS,
    ),
    OpenTable(
        "cong-khai",
        "Công khai thủ tục: số ô theo đơn vị, kênh và tình trạng",
        "“Chưa rõ” là chưa ai xem tới; con số này luôn đi cùng những con số khác.",
        CoverageCount,
        coverage_counts,
        _COVERAGE,
    ),
)
