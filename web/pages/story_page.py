"""`/chay-thu`: the demo told in pages. A decree stands, another one comes and ends it, and what a reviewer does then; on a demo's home alone."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, HTTPException, Response

from queries.answers_known import answers_known
from queries.contract import StatusAnswer
from queries.document_status import document_status
from queries.ended_bases import all_ended_bases
from rasoat.demo_mark import DEMO_MARK
from web.asked_page import AskedPage, AskedPublication

router = APIRouter(include_in_schema=False)
# The sample publisher's own content: a decree that another one replaced, on a day before and a day after.
ENDED, COMES, BEFORE, AFTER = "42/2022/NĐ-CP", "224/2026/NĐ-CP", date(2026, 6, 10), date(2026, 11, 22)


@router.get("/chay-thu")
def story(asked: AskedPublication) -> Response:
    """The story, each part with the pages that show it."""
    if not (asked.settings.home / DEMO_MARK).is_file():
        raise HTTPException(404)
    return asked.page(
        "story.html", ended=ENDED, comes=COMES, before=_status(asked, BEFORE), after=_status(asked, AFTER),
        citing=[one for one in all_ended_bases(asked.moment, AFTER) if one.document == ENDED],
    )  # fmt: skip


def _status(asked: AskedPage, day: date) -> StatusAnswer:
    with answers_known(asked.moment) as (_, answers):
        return document_status(answers, {"number": ENDED}, day).line
