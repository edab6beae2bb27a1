"""`rasoat account`: local accounts, their roles and rights, for whoever can write the store."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import err, out, print_json, troubles, workspace
from cli.printing import TextTable
from cli.vietnamese_help import GroupInVietnamese, panel_of, translate
from pipeline.clock import now

if TYPE_CHECKING:
    from reviews.may import HeldRole

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="Tên đăng nhập / login name")]
UnitOption = Annotated[str, typer.Option("--unit", help="Đơn vị / unit")]
RoleOption = Annotated[str | None, typer.Option("--role", help="Vai trò / role: citizen, officer, controller, reviewer, national, admin")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    account = typer.Typer(cls=GroupInVietnamese, no_args_is_help=True, help="Tài khoản, vai trò, quyền / accounts, roles, rights")
    account.command("add", help="Mở tài khoản, in mã mời / open an account, print its invitation")(add)
    account.command("role", help="Cho hoặc thôi một vai trò / give or end a role")(role)
    account.command("password", help="Đặt mật khẩu, đọc từ bàn phím hoặc đầu vào / set a password")(password)
    account.command("invite", help="Mã mời mới, mã cũ hết hiệu lực / a new invitation")(invite_again)
    account.command("close", help="Khóa tài khoản, thoát mọi nơi / close an account")(close)
    account.command("list", help="Ai giữ vai trò gì, được làm gì / who may do what")(list_accounts)
    translate(account)
    app.add_typer(account, name="account", rich_help_panel=panel_of("account"))


def add(
    login: Login,
    name: Annotated[str, typer.Option(help="Họ tên / full name")],
    unit: UnitOption,
    role: RoleOption = None,
    lead: Annotated[bool, typer.Option("--lead", help="Được duyệt như người thứ hai / may agree as the second person")] = False,
) -> None:
    """The first account is opened so; the invitation is good for a week and is told once."""
    with troubles():
        from queries.asked import unit_asked
        from reviews.may import RoleInUnit
        from reviews.people import give_role, invite, open_account

        held, work, place = _role_asked(role) if role else None, workspace(), unit_asked(unit).id
        open_account(work.engine, login, name, place, getpass.getuser(), now())
        if held:
            give_role(work.engine, login, RoleInUnit(held, place, lead), getpass.getuser(), now())
        out.say(invite(work.engine, login, getpass.getuser(), now()), head="Mã mời:")


def role(
    login: Login,
    name: Annotated[str, typer.Argument(metavar="ROLE", help="Vai trò / role: citizen, officer, controller, reviewer, national, admin")],
    unit: UnitOption,
    lead: Annotated[bool, typer.Option("--lead", help="Được duyệt như người thứ hai / may agree as the second person")] = False,
    end: Annotated[bool, typer.Option("--end", help="Thôi vai trò này / end it")] = False,
) -> None:
    """Give a role in a unit, or end it; whoever is signed in signs in again."""
    with troubles():
        from queries.asked import unit_asked
        from reviews.may import RoleInUnit
        from reviews.people import end_role, give_role

        held, work, place = _role_asked(name), workspace(), unit_asked(unit).id
        if end:
            end_role(work.engine, login, held, place, getpass.getuser(), now())
        else:
            give_role(work.engine, login, RoleInUnit(held, place, lead), getpass.getuser(), now())


def password(login: Login) -> None:
    """Twice from a terminal, else one line of standard input; never an argument that others can see."""
    with troubles():
        from reviews.people import set_password

        typed = (
            typer.prompt("Mật khẩu", hide_input=True, confirmation_prompt=True) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        )
        set_password(workspace().engine, login, typed, getpass.getuser(), now())


def invite_again(login: Login) -> None:
    """A secret to set a password with, good for a week."""
    with troubles():
        from reviews.people import invite

        out.say(invite(workspace().engine, login, getpass.getuser(), now()), head="Mã mời:")


def close(login: Login, reopen: Annotated[bool, typer.Option("--reopen", help="Mở lại / open it again")] = False) -> None:
    """What he said stays."""
    with troubles():
        from reviews.people import set_active

        set_active(workspace().engine, login, reopen, getpass.getuser(), now())


def list_accounts(
    login: Annotated[
        str | None, typer.Argument(metavar="LOGIN", help="Chỉ người này, cùng mọi quyền / one person with every right")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False,
) -> None:
    """Everybody with his roles, or one person with his rights."""
    with troubles():
        from rasoat.units import country
        from rasoat.words.review_words import ACT, REACH, ROLE
        from reviews.may import rights_of
        from reviews.people import everybody, person_of

        work = workspace()
        found = [person_of(work.engine, login)] if login else everybody(work.engine)
        if json:
            print_json([
                {
                    "login": one.id, "name": one.name, "unit": one.unit, "active": one.active,
                    "roles": [{"role": held.role.value, "unit": held.unit, "lead": held.lead} for held in one.roles],
                    "rights": [{"act": act.value, "reach": reach.value, "unit": held.unit} for held, act, reach in rights_of(one.actor.roles)],
                }
                for one in found
            ])  # fmt: skip
            return
        table = TextTable("Tên đăng nhập", "Họ tên", "Đơn vị", "Vai trò", title="Tài khoản", pad_edge=False)
        for one in found:
            held_in = "; ".join(f"{ROLE[held.role.value]} ({country().name(held.unit)}){' ★' if held.lead else ''}" for held in one.roles)
            table.add_row(one.id, one.name, country().name(one.unit), held_in if one.active else f"đã khóa; {held_in}")
        out.print(table)
        if login:
            for held, act, reach in rights_of(found[0].actor.roles):
                out.say(f"  {ACT[act.value]}: {REACH[reach.value]} ({country().name(held.unit)})")
        elif not found:
            err.say("Chưa có tài khoản nào.")


def _role_asked(given: str) -> HeldRole:
    from rasoat.trouble import Trouble
    from rasoat.words.review_words import ROLE
    from reviews.may import HeldRole

    if given not in set(HeldRole):
        raise Trouble("account.role", name=given, known=", ".join(f"{one.value} ({ROLE[one.value]})" for one in HeldRole))
    return HeldRole(given)
