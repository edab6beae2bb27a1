"""`rasoat show CODE`: one procedure as a person needs it."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.frame import DayOption, KnownOption, day, print_json, troubles, workspace
from pipeline.clock import today


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("show", help="Một thủ tục: hồ sơ, phí, thời hạn, nơi nộp, căn cứ còn hiệu lực không / one procedure")(show)


def show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Mã thủ tục, ví dụ 1.001193 / procedure code")],
    as_of: DayOption = None,
    known_at: KnownOption = None,
    json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False,
) -> None:
    """A procedure with its dossier, fee, time, place, and each legal basis with its status on the day."""
    with troubles():
        from cli.procedure_sheet import procedure_sheet
        from queries.procedure_card import procedure_card

        card = procedure_card(workspace(), code, day(as_of, "--as-of") or today(), day(known_at, "--known-at"))
        print_json(card.as_json()) if json else procedure_sheet(card)
