"""A table of a page as a file that a browser saves: sent as it is made, under a name of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fastapi import Response
from fastapi.responses import StreamingResponse

from pipeline.reports.plain_tables import PlainTable, csv_lines, workbook
from queries.published_moment import PinnedWorkspace
from web.asked_page import AskedPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"


def saved_as(name: str) -> dict[str, str]:
    """The headers of a file to be saved under a name (of ASCII letters: ours are)."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def table_sent(asked: AskedPage, name: str, kind: str, made: Callable[[PinnedWorkspace], PlainTable]) -> Response:
    """The table as CSV, line by line, or as a workbook. Its rows may be read while they are sent: of a moment of their own, as the page's
    is given back before the first is."""
    if kind == "xlsx":
        return Response(workbook(made(asked.moment)), media_type=XLSX, headers=saved_as(f"{name}.xlsx"))

    def lines() -> Iterator[str]:
        with asked.store.moment() as moment:
            yield from csv_lines(made(moment))

    return StreamingResponse(lines(), media_type=_CSV, headers=saved_as(f"{name}.csv"))
