"""Tools for assistants over the Model Context Protocol: the same questions as the pages and the API, read only, on standard input and output.

Each answer carries the clause and the day, or names why there is none (`unknown`, `unknown_document`, `ambiguous` …): that is an answer. A
question that cannot be put so is refused with a code: the tool's result is an error whose content is {"code", "error"}.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from pipeline.clock import today
from queries.contract import ProcedureCard, StatusAnswer
from queries.document_status import document_status
from queries.ending_soon import endings_ahead
from queries.judged_citations import unjudged_on
from queries.new_endings import endings
from queries.open_lists import citing_lines
from queries.procedure_card import procedure_card
from queries.searching import search_answer
from rasoat.days import day_field
from rasoat.odd_characters import json_line
from rasoat.settings import Settings
from rasoat.store.published_lists import citing_number
from rasoat.trouble import Trouble
from web.data_out.api_shapes import CitedByPage, EndedPage, EndingPage, SearchPage, UnjudgedPage
from web.data_out.named_documents import SeveralDocuments, document_named
from web.published_store import PublishedStore

_MOST = 50
_YEAR = 366
P = ParamSpec("P")
R = TypeVar("R")
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = (
    "Vietnamese administrative procedures and the legal documents they cite, as published by the State. Ask for the status of a document or a "
    "provision on a day; cite the clause and the day that the answer gives. `unknown`, `ambiguous`, `unknown_document` and `not_normative` are "
    "answers: say that nothing can be concluded, and why (`reason`); never take them for 'in force'. Facts compared by a program; no authority "
    "has concluded anything of them."
)

DayAsked = Annotated[str | None, Field(description="The day asked about, 2026-06-10 or 10/06/2026; today where it is left out")]
NumberGiven = Annotated[str, Field(description="Number of the document as printed: 63/2010/NĐ-CP; with @issuer where several bear it")]
HowMany = Annotated[int, Field(description="How many lines at most, 1 to 50")]
HowFar = Annotated[int, Field(description="How many days, 1 to 366")]


class AssistantTools:
    """The tools of one process on one store."""

    def __init__(self, settings: Settings, clock: Callable[[], date] = today) -> None:
        self._store, self._clock = PublishedStore(settings), clock

    def find_procedure(
        self,
        text: Annotated[str, Field(description="What a person would type: a need, a name, a code")],
        limit: HowMany = 10,
    ) -> SearchPage:
        """Find administrative procedures by what people type. Codes are in `hits[].key`."""
        found = self._store.search.page(text[:400], "procedure", _between(limit, _MOST))
        return SearchPage(**dict(search_answer(found)), next=None)

    def find_document(self, text: Annotated[str, Field(description="Words of the title, or a number")], limit: HowMany = 10) -> SearchPage:
        """Find legal documents by title or number. Printed ids are in `hits[].key`."""
        found = self._store.search.page(text[:400], "document", _between(limit, _MOST))
        return SearchPage(**dict(search_answer(found)), next=None)

    def procedure(
        self,
        code: Annotated[str, Field(description="Code of the procedure: 1.001193")],
        as_of: DayAsked = None,
        with_text: Annotated[bool, Field(description="The whole text of every part too; long")] = False,
    ) -> ProcedureCard:
        """One procedure: dossier, fees, time limits, place, and each legal basis with its status on the day and the clause that ended it."""
        with self._store.moment() as moment:
            card = procedure_card(moment, code, self._day(as_of))
        return card if with_text else card.model_copy(update={"parts": {}})

    def document_status(
        self,
        number: NumberGiven,
        provision: Annotated[str | None, Field(description="Path of a provision: dieu-5/khoan-2/diem-a")] = None,
        as_of: DayAsked = None,
    ) -> StatusAnswer:
        """Whether a document or a provision of it is in force on a day, since when, by which clause, and what follows it."""
        asked = {"number": number, "as_of": self._day(as_of), **({"provision": provision} if provision else {})}
        with self._store.moment() as moment:
            return document_status(lambda _: moment.answers, asked).line

    def who_cites(self, number: NumberGiven, as_of: DayAsked = None, limit: HowMany = _MOST) -> CitedByPage:
        """Which procedures cite a document on a day, in which part, and which provision of it."""
        with self._store.moment() as moment:
            document, day, most = document_named(moment, number), self._day(as_of), _between(limit, _MOST)
            return CitedByPage(
                as_of=day,
                held_back=moment.publication.held_back,
                document=document.id,
                procedures=citing_number(moment.rows, document.key, day),
                items=citing_lines(moment.rows, document.key, day, None, most),
            )

    def ended(self, days: HowFar = 90, as_of: DayAsked = None, limit: HowMany = _MOST) -> EndedPage:
        """Documents and provisions that went out of force, or were suspended, in the days before a day."""
        with self._store.moment() as moment:
            day, back = self._day(as_of), _between(days, _YEAR)
            told = endings(moment.rows, day, back, _between(limit, _MOST))
            return EndedPage(as_of=day, held_back=moment.publication.held_back, days=back, items=told)

    def expiring(self, days: HowFar = _YEAR, as_of: DayAsked = None, limit: HowMany = _MOST) -> EndingPage:
        """Documents that procedures rely on and that are known to end in the days after a day, the soonest first."""
        with self._store.moment() as moment:
            found = endings_ahead(moment, self._day(as_of), timedelta(days=_between(days, _YEAR)))
            return EndingPage(
                as_of=found.as_of,
                held_back=moment.publication.held_back,
                until=found.until,
                total=len(found.endings),
                items=found.endings[: _between(limit, _MOST)],
            )

    def unjudged(self, as_of: DayAsked = None, limit: HowMany = _MOST) -> UnjudgedPage:
        """Cited documents on which nothing can be concluded, those that most procedures cite first, each with what would settle it."""
        with self._store.moment() as moment:
            day = self._day(as_of)
            found = unjudged_on(moment, day)
            return UnjudgedPage(
                as_of=day,
                held_back=moment.publication.held_back,
                judged=found.judged,
                total=len(found.lines),
                items=found.lines[: _between(limit, _MOST)],
            )

    def _day(self, given: str | None) -> date:
        return day_field({"as_of": given}, "as_of") or self._clock()


def assistant_server(settings: Settings, clock: Callable[[], date] = today) -> MCPServer[Any]:
    """The server of the tools, not running yet."""
    tools = AssistantTools(settings, clock)
    server = MCPServer[Any]("rasoat", title="Rà Soát", instructions=_INSTRUCTIONS, log_level="WARNING")
    for one in (
        tools.find_procedure,
        tools.find_document,
        tools.procedure,
        tools.document_status,
        tools.who_cites,
        tools.ended,
        tools.expiring,
        tools.unjudged,
    ):
        server.add_tool(_refusing(one), annotations=_READS)
    return server


def _refusing(tool: Callable[P, R]) -> Callable[P, R | CallToolResult]:
    """The tool with its troubles told by code, as an object and in the text."""

    @wraps(tool)
    def asked(*given: P.args, **named: P.kwargs) -> R | CallToolResult:
        try:
            return tool(*given, **named)
        except SeveralDocuments as several:
            return _refused(several, choices=[one.id for one in several.documents])
        except Trouble as trouble:
            return _refused(trouble)

    return asked


def _refused(trouble: Trouble, **more: object) -> CallToolResult:
    told = {"code": trouble.code, "error": str(trouble), **more}
    return CallToolResult(content=[TextContent(type="text", text=json_line(told).decode())], structured_content=told, is_error=True)


def _between(asked: int, most: int) -> int:
    return max(1, min(asked, most))
