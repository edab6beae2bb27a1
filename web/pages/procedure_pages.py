"""`/tt/CODE`: a procedure as a person needs it, its print sheet, its versions and what differs between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import segno
from fastapi import APIRouter, Path, Response

from queries.contract import BasisOfProcedure, ProcedureCard
from queries.finding_filter import FindingFilter
from queries.posted_places import PostedPlaces, posted_places
from queries.procedure_card import procedure_card
from queries.procedure_history import HistoryOfProcedure, procedure_difference, procedure_history
from rasoat.records import Part
from rasoat.trouble import Trouble
from web.asked_page import AskedPage, AskedPublication
from web.day_in_address import day_asked
from web.shown_findings import public_findings

router = APIRouter()
Code = Annotated[str, Path(max_length=60)]
# The parts of a procedure as Nghị định 63/2010/NĐ-CP, Điều 8 khoản 2 lists them; the name is the page's heading, the legal basis has a table.
IN_ORDER = tuple(part for part in Part if part not in (Part.NAME, Part.LEGAL_BASIS))
_DEAD = ("dead", "suspended")


@router.get("/tt/{code}", include_in_schema=False)
def procedure(asked: AskedPublication, code: Code, noi: str = "", ngay: str = "") -> Response:
    """A procedure on a day, today where none is asked for; `noi`: where somebody lives."""
    day = day_asked(ngay, asked.day)
    card = procedure_card(asked.moment, code, day)
    history = procedure_history(asked.moment, card.code)
    return asked.page(
        "procedure.html",
        **_of_card(asked, card),
        history=history,
        last=_last_change(history),
        where=_where(asked, card.code, noi),
        asked_place=noi,
        findings=public_findings(asked.moment, asked.settings, FindingFilter(subject=card.code), day),
    )


@router.get("/tt/{code}/phieu", include_in_schema=False)
def sheet(asked: AskedPublication, code: Code) -> Response:
    """The same to be printed and handed over, with a code that leads back to the page."""
    card = procedure_card(asked.moment, code, asked.day)
    address = asked.absolute(f"/tt/{card.code}")
    return asked.page("procedure_sheet.html", **_of_card(asked, card), address=address, qr=_qr(address))


@router.get("/tt/{code}/lich-su", include_in_schema=False)
def history(asked: AskedPublication, code: Code) -> Response:
    """The versions that were observed, the newest first."""
    return asked.page("procedure_history.html", history=procedure_history(asked.moment, code))


@router.get("/tt/{code}/so-sanh", include_in_schema=False)
def difference(asked: AskedPublication, code: Code, tu: str = "", den: str = "") -> Response:
    """What differs between the versions of two days; where none are named, the last two versions."""
    since = [one.since for one in procedure_history(asked.moment, code).versions]
    first, second = day_asked(tu, since[1] if len(since) > 1 else since[0], "tu"), day_asked(den, since[0], "den")
    return asked.page("procedure_difference.html", difference=procedure_difference(asked.moment, code, first, second))


def _of_card(asked: AskedPage, card: ProcedureCard) -> dict[str, Any]:
    return {
        "card": card,
        "shown_day": card.as_of,
        "parts": IN_ORDER,
        "dead": [one for one in card.legal_basis if one.verdict in _DEAD],
        "told": _told(card.legal_basis),
    }


def _told(bases: Sequence[BasisOfProcedure]) -> dict[str, int]:
    """How many of the citations a conclusion was reached on, and how many there are: silence is said."""
    return {"done": sum(one.verdict != "cannot_tell" for one in bases), "all": len(bases)}


def _last_change(history: HistoryOfProcedure) -> tuple[str, ...]:
    """The parts that differ between the last two versions."""
    changed = history.versions[0].changed if history.versions else None
    return tuple(changed or ())


def _where(asked: AskedPage, code: str, place: str) -> PostedPlaces | Trouble | None:
    """Where the procedure was seen posted around a place; a name that is no place is told beside the field."""
    if not place.strip():
        return None
    try:
        return posted_places(asked.moment, code, place[:200], asked.day)
    except Trouble as trouble:
        return trouble


def _qr(address: str) -> dict[str, Any]:
    """A code that leads to an address: the size of its square in modules, and the dark ones as one path."""
    made = segno.make_qr(address, error="m")
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(made.matrix) for x, module in enumerate(row) if module]
    return {"size": len(made.matrix), "path": "".join(dark)}
