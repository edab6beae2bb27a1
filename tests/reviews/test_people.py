"""Accounts: opened, invited, given roles, closed; each change is in the log, no secret is in the store."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select
from typer.testing import CliRunner

from cli import app
from rasoat.store.said_schema import events, people, roles, sessions
from rasoat.trouble import Trouble
from reviews.audited_log import audited_log
from reviews.may import Concern, HeldRole, ReviewAct, RoleInUnit, may
from reviews.people import INVITED, end_role, give_role, invite, invited, open_account, person_of, recognised, set_active, set_password

AT, OWN = datetime(2026, 11, 29, tzinfo=UTC), "lai-chau/so-tu-phap"
SECRET = "ngựa đúng pin ghim"


@pytest.fixture
def account(engine: Engine) -> str:
    open_account(engine, "an", "Nguyễn An", OWN, "root", AT)
    return "an"


def sign_in(engine: Engine, person: str) -> None:
    with engine.begin() as connection:
        connection.execute(insert(sessions).values(hash="f" * 64, person=person, created=AT, seen=AT, ends=AT, agent=""))


def signed_in(engine: Engine) -> int:
    with engine.connect() as connection:
        return len(connection.execute(select(sessions)).all())


def test_a_password_is_known_and_nowhere_kept(engine: Engine, account: str) -> None:
    assert not recognised(engine, account, "")
    with pytest.raises(Trouble, match="ngắn hơn 12"):
        set_password(engine, account, "ngắn", "root", AT)
    set_password(engine, account, SECRET, "root", AT)
    assert recognised(engine, account, SECRET)
    assert not recognised(engine, account, SECRET + " ")
    assert not recognised(engine, "bình", SECRET)
    with engine.connect() as connection:
        kept = [*connection.execute(select(people)), *connection.execute(select(events))]
    assert SECRET not in repr(kept)
    assert kept[0].argon2.startswith("$argon2id$")


def test_an_invitation_is_good_once_and_for_a_week(engine: Engine, account: str) -> None:
    first = invite(engine, account, "root", AT)
    second = invite(engine, account, "root", AT)
    assert (invited(engine, first, AT), invited(engine, second, AT)) == (None, account)
    assert invited(engine, second, AT + INVITED - timedelta(seconds=1)) == account
    assert invited(engine, second, AT + INVITED) is None
    set_password(engine, account, SECRET, account, AT)
    assert invited(engine, second, AT) is None


def test_roles_come_and_go_and_sign_their_holder_out(engine: Engine, account: str) -> None:
    reviewer = RoleInUnit(HeldRole.REVIEWER, OWN, lead=True)
    sign_in(engine, account)
    give_role(engine, account, reviewer, "root", AT)
    assert signed_in(engine) == 0
    person = person_of(engine, account)
    assert person.roles == (reviewer,)
    assert may(person.actor, ReviewAct.DECIDE_CITATION, Concern(OWN))
    give_role(engine, account, RoleInUnit(HeldRole.REVIEWER, OWN), "root", AT + timedelta(days=1))
    assert not may(person_of(engine, account).actor, ReviewAct.APPROVE, Concern(OWN))
    sign_in(engine, account)
    end_role(engine, account, HeldRole.REVIEWER, OWN, "root", AT + timedelta(days=2))
    assert (person_of(engine, account).roles, signed_in(engine)) == ((), 0)
    with pytest.raises(Trouble, match="không giữ vai trò"):
        end_role(engine, account, HeldRole.REVIEWER, OWN, "root", AT)
    with engine.connect() as connection:
        assert len(connection.execute(select(roles)).all()) == 2  # what was held once stays known


def test_a_closed_account_may_nothing_and_what_was_done_to_it_is_in_the_log(engine: Engine, account: str) -> None:
    set_password(engine, account, SECRET, "root", AT)
    give_role(engine, account, RoleInUnit(HeldRole.REVIEWER, OWN), "root", AT)
    sign_in(engine, account)
    set_active(engine, account, False, "root", AT)
    assert (recognised(engine, account, SECRET), signed_in(engine)) == (False, 0)
    assert not may(person_of(engine, account).actor, ReviewAct.FOLLOW, Concern(OWN))
    set_active(engine, account, True, "root", AT)
    assert recognised(engine, account, SECRET)
    with engine.connect() as connection:
        told = [row.verb for row in connection.execute(select(events).order_by(events.c.seq))]
    assert told == ["opened", "rekeyed", "given", "deactivated", "activated"]
    assert audited_log(engine).broken == []


@pytest.mark.parametrize("login", ["", "A", "an!", "an bình", "x" * 61, "-an", "ấn"])
def test_a_login_name_is_plain(engine: Engine, login: str) -> None:
    with pytest.raises(Trouble, match="Tên đăng nhập"):
        open_account(engine, login, "x", OWN, "root", AT)


def test_two_accounts_have_two_names(engine: Engine, account: str) -> None:
    with pytest.raises(Trouble, match="Đã có tài khoản"):
        open_account(engine, account, "x", OWN, "root", AT)


def test_the_first_account_is_opened_at_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_HOME", str(tmp_path))
    monkeypatch.delenv("RASOAT_DATABASE_URL", raising=False)

    def rasoat(*words: str, typed: str | None = None, exits: int = 0) -> str:
        done = CliRunner().invoke(app, ["account", *words], input=typed)
        assert done.exit_code == exits, done.output
        return done.output

    told = rasoat("add", "an", "--name", "Nguyễn An", "--unit", "Sở Tư pháp tỉnh Lai Châu", "--role", "reviewer", "--lead")
    assert "Mã mời:" in told
    rasoat("password", "an", typed=f"{SECRET}\n")
    assert "các vai trò" in rasoat("role", "an", "vua", "--unit", OWN, exits=2)
    (listed,) = json.loads(rasoat("list", "an", "--json"))
    assert listed["roles"] == [{"role": "reviewer", "unit": OWN, "lead": True}]
    assert {"act": "approve", "reach": "lead", "unit": OWN} in listed["rights"]
    assert "quyết định về căn cứ: đơn vị mình" in rasoat("list", "an")
    rasoat("close", "an")
    assert "đã khóa" in rasoat("list")
    with sqlite3.connect(tmp_path / "rasoat.db") as store:
        assert store.execute("SELECT count(*) FROM people WHERE argon2 LIKE '$argon2id$%'").fetchone() == (1,)
