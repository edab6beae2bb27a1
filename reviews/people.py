"""Local accounts and roles: rows of `people` and `roles`, each change an event of the log. A password is kept as argon2id, a secret as its hash."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Engine, Row, and_, delete, insert, select, update

from rasoat.store.said_schema import ACCOUNT, people, roles, sessions
from rasoat.trouble import Trouble
from rasoat.units import country
from reviews.may import Actor, HeldRole, RoleInUnit, of_today
from reviews.record import Saying, append, in_line, in_utc, storable

LEAST = 12  # letters of a password
INVITED = timedelta(days=7)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_HASHER = PasswordHasher()  # argon2id, with the library's parameters of RFC 9106
_NOBODY = _HASHER.hash(secrets.token_urlsafe())  # verified in the place of an account that is not there: the answer takes as long


class AccountVerb(StrEnum):
    """What is done to an account."""

    OPENED = "opened"
    GIVEN = "given"
    ENDED = "ended"
    INVITED = "invited"
    REKEYED = "rekeyed"
    DEACTIVATED = "deactivated"
    ACTIVATED = "activated"


@dataclass(frozen=True, slots=True)
class Person:
    """Who an account stands for, and the roles that he holds now."""

    id: str
    name: str
    unit: str
    active: bool
    roles: tuple[RoleInUnit, ...] = ()

    @property
    def actor(self) -> Actor:
        """He, as rights are asked of; one whose account is closed has none."""
        return Actor(self.id, of_today(self.roles, country())) if self.active else Actor()


def open_account(engine: Engine, login: str, name: str, unit: str, by: str, at: datetime) -> None:
    """Open an account that has no password yet.

    Raises:
        Trouble: the login name is none, or taken; the name is too long.
    """
    if not _LOGIN.fullmatch(login):
        raise Trouble("account.name", name=login)
    name = storable("name", name)
    with in_line(engine) as connection:
        if _row(connection, login) is not None:
            raise Trouble("account.known", name=login)
        row = {"id": login, "issuer": "", "subject": login, "name": name, "unit": unit, "active": True, "created": at}
        connection.execute(insert(people).values(row))
        _noted(connection, login, AccountVerb.OPENED, by, at, unit=unit)


def give_role(engine: Engine, login: str, role: RoleInUnit, by: str, at: datetime) -> None:
    """Give a role, from now on; whoever is signed in signs in again, and has it.

    Raises:
        Trouble: there is no such account.
    """
    with in_line(engine) as connection:
        _must_be(connection, login)
        _end_roles(connection, login, role.role, role.unit, at)
        given = {"person": login, "role": role.role.value, "unit": role.unit, "at": at, "lead": role.lead, "given_by": by}
        connection.execute(insert(roles).values(given))
        _sign_out(connection, login)
        _noted(connection, login, AccountVerb.GIVEN, by, at, unit=role.unit, to=role.role.value, note="lead" if role.lead else "")


def end_role(engine: Engine, login: str, role: HeldRole, unit: str, by: str, at: datetime) -> None:
    """End a role.

    Raises:
        Trouble: there is no such account, or he does not hold it there.
    """
    with in_line(engine) as connection:
        _must_be(connection, login)
        if not _end_roles(connection, login, role, unit, at):
            raise Trouble("account.no_role", name=login, role=role.value, unit=unit)
        _sign_out(connection, login)
        _noted(connection, login, AccountVerb.ENDED, by, at, unit=unit, to=role.value)


def set_active(engine: Engine, login: str, active: bool, by: str, at: datetime) -> None:
    """Close an account, at once and everywhere, or open it again; what he said stays.

    Raises:
        Trouble: there is no such account.
    """
    with in_line(engine) as connection:
        unit = _must_be(connection, login).unit
        connection.execute(update(people).where(people.c.id == login).values(active=active, invite=None, invite_ends=None))
        _sign_out(connection, login)
        _noted(connection, login, AccountVerb.ACTIVATED if active else AccountVerb.DEACTIVATED, by, at, unit=unit)


def invite(engine: Engine, login: str, by: str, at: datetime) -> str:
    """The secret of a link with which he sets a password once, within some days; an earlier one is good no more. Only its hash is kept.

    Raises:
        Trouble: there is no such account.
    """
    secret = secrets.token_urlsafe(32)
    with in_line(engine) as connection:
        unit = _must_be(connection, login).unit
        connection.execute(update(people).where(people.c.id == login).values(invite=_hash(secret), invite_ends=at + INVITED))
        _noted(connection, login, AccountVerb.INVITED, by, at, unit=unit)
    return secret


def set_password(engine: Engine, login: str, password: str, by: str, at: datetime) -> None:
    """Set a password; whoever is signed in with the one before is signed out.

    Raises:
        Trouble: there is no such account, or it is too short.
    """
    if len(password) < LEAST:
        raise Trouble("account.short_password", least=LEAST)
    kept = _HASHER.hash(password)  # takes long: before anybody waits for us
    with in_line(engine) as connection:
        unit = _must_be(connection, login).unit
        connection.execute(update(people).where(people.c.id == login).values(argon2=kept, invite=None, invite_ends=None))
        _sign_out(connection, login)
        _noted(connection, login, AccountVerb.REKEYED, by, at, unit=unit)


def invited(engine: Engine, secret: str, at: datetime) -> str | None:
    """Whom a link's secret invites, while it is good."""
    with engine.connect() as connection:
        row = connection.execute(select(people).where(people.c.invite == _hash(secret), people.c.active)).one_or_none()
    return row.id if row and in_utc(row.invite_ends) > at else None


def recognised(engine: Engine, login: str, password: str) -> bool:
    """Whether this is the password of an account that may sign in; it takes as long where there is no such account."""
    with engine.connect() as connection:
        row = _row(connection, login)
    known = row is not None and row.active and row.argon2 is not None
    try:
        _HASHER.verify(row.argon2 if row is not None and known else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return known


def person_of(engine: Engine, login: str) -> Person:
    """An account with the roles held now.

    Raises:
        Trouble: there is no such account.
    """
    found = [one for one in everybody(engine) if one.id == login]
    if not found:
        raise Trouble("account.unknown", name=login)
    return found[0]


def everybody(engine: Engine) -> Sequence[Person]:
    """Every account with the roles held now, by login name."""
    with engine.connect() as connection:
        rows = connection.execute(select(people).order_by(people.c.id)).all()
        held = connection.execute(select(roles).where(roles.c.until.is_(None)).order_by(roles.c.role, roles.c.unit)).all()
    return [
        Person(
            row.id,
            row.name,
            row.unit,
            row.active,
            tuple(RoleInUnit(HeldRole(one.role), one.unit, one.lead) for one in held if one.person == row.id),
        )
        for row in rows
    ]


def _row(connection: Connection, login: str) -> Row[Any] | None:
    return connection.execute(select(people).where(people.c.id == login)).one_or_none()


def _must_be(connection: Connection, login: str) -> Row[Any]:
    row = _row(connection, login)
    if row is None:
        raise Trouble("account.unknown", name=login)
    return row


def _end_roles(connection: Connection, login: str, role: HeldRole, unit: str, at: datetime) -> int:
    held = and_(roles.c.person == login, roles.c.role == role.value, roles.c.unit == unit, roles.c.until.is_(None))
    return connection.execute(update(roles).where(held).values(until=at)).rowcount


def _sign_out(connection: Connection, login: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.person == login))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _noted(
    connection: Connection, login: str, verb: AccountVerb, by: str, at: datetime, *, unit: str, to: str | None = None, note: str = ""
) -> None:
    append(connection, Saying(f"{ACCOUNT}{login}", unit, by, verb, to=to, note=note), at)
