"""One procedure as a person needs it, with each legal basis as it stands on the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.demo_command import DEMO_DAY
from cli.main import app
from queries.contract import ProcedureCard
from queries.procedure_card import procedure_card
from rasoat.workspace import Workspace

MARRIAGE = "1.000894"  # its basis has a circular that another replaced, a law that will end, a decree that ended in part


@pytest.fixture(scope="session")
def card(work: Workspace) -> ProcedureCard:
    return procedure_card(work, MARRIAGE, DEMO_DAY)


def test_a_dead_basis_tells_since_when_by_which_clause_and_what_follows(card: ProcedureCard) -> None:
    dead = next(one for one in card.legal_basis if one.document == "15/2015/TT-BTP")
    assert (dead.status, dead.since, dead.successors) == ("expired", date(2020, 7, 16), ["04/2020/TT-BTP"])
    assert dead.clause is not None
    assert (dead.clause.document, dead.clause.provision) == ("04/2020/TT-BTP", "dieu-39/khoan-1")
    assert "thay thế" in dead.clause.quote


def test_an_end_to_come_is_told_before_it_comes(card: ProcedureCard) -> None:
    living = next(one for one in card.legal_basis if one.document == "60/2014/QH13")
    assert (living.status, living.until, living.clause) == ("in_force", date(2027, 3, 1), None)


def test_the_same_basis_was_alive_before(work: Workspace) -> None:
    before = procedure_card(work, MARRIAGE, date(2020, 7, 15))
    assert next(one for one in before.legal_basis if one.document == "15/2015/TT-BTP").status != "expired"


def test_a_link_names_its_host(card: ProcedureCard) -> None:
    assert card.link is not None
    assert card.link.url.startswith(f"https://{card.link.host}/")


def test_what_a_person_needs_is_on_the_terminal(asked_home: Path, card: ProcedureCard) -> None:
    done = CliRunner().invoke(app, ["show", MARRIAGE, "--as-of", "22/11/2026"])
    assert done.exit_code == 0, done.output
    for said in (
        "Hồ sơ",
        "Phí, lệ phí",
        "Thời hạn",
        "Nơi thực hiện",
        "Căn cứ pháp lý",
        "hết hiệu lực",
        "từ 16/07/2020",
        "04/2020/TT-BTP",
        card.link.host if card.link else "",
    ):
        assert said in done.stdout


@pytest.mark.parametrize(
    ("typed", "said"), [("1.00119", "1.001193"), ("63/2010/NĐ-CP", "số của một văn bản"), ("9.999999", "Chưa có thủ tục")]
)
def test_what_is_no_procedure_is_told_what_it_is(asked_home: Path, typed: str, said: str) -> None:
    done = CliRunner().invoke(app, ["show", typed, "--as-of", str(DEMO_DAY)])
    assert done.exit_code == 2
    assert said in done.output


def test_a_procedures_code_given_to_status_is_told_what_it_is(asked_home: Path) -> None:
    done = CliRunner().invoke(app, ["status", MARRIAGE, "--as-of", str(DEMO_DAY)])
    assert done.exit_code == 2
    assert "mã thủ tục" in done.output
