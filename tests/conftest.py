"""Services the tests run for real. In CI a missing one fails; elsewhere it skips with a line that says how to get it."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text

from rasoat.store.database import open_database

# Shared machines stall; what a property says does not depend on how long it took. In CI every run draws the same examples:
# a change is judged by itself, not by luck. New examples are looked for on people's own machines.
settings.register_profile("rasoat", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("rasoat")


@pytest.fixture(autouse=True)
def _log_of_its_own(request: pytest.FixtureRequest) -> None:
    """A log is set up once in a process: the first command's stays bound to what that test captured, Airflow's prints among answers."""
    if "dags" not in request.path.parts:
        structlog.reset_defaults()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules with slow tests first: the last ones to be handed out are quick, and no worker waits minutes for another at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def missing(what: str, how: str) -> NoReturn:
    """A service, a program or a right that a test needs is not there: fail in CI, skip elsewhere. The one door to a skip."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing in CI: {how}")
    pytest.skip(f"{what} is missing: {how}")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bound_by_rights() -> None:
    """To be called in a child before its program starts: root, too, is then held to what folders and files allow."""
    library = ctypes.CDLL(None)
    for may_pass_rights in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        library.prctl(24, may_pass_rights, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.fixture(name="bound_by_rights")
def _bound_by_rights() -> Callable[[], None]:
    """For `preexec_fn`."""
    return bound_by_rights


def _postgres_tools() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of this session's own: the address of its maintenance database."""
    tools = _postgres_tools()
    if tools is None:
        missing("PostgreSQL", "apt-get install postgresql")
        return
    # pytest's own folders cannot be entered by the user postgres runs as.
    folder = Path(tempfile.mkdtemp(prefix="rasoat-pg-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    port = free_port()
    run = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run([*as_user, str(tools / "initdb"), "-D", str(folder / "d"), *options], **run)
    server = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    subprocess.run([*as_user, str(tools / "pg_ctl"), "-D", str(folder / "d"), "-w", "-o", server, "start"], **run)
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*as_user, str(tools / "pg_ctl"), "-D", str(folder / "d"), "-m", "immediate", "stop"], **{**run, "check": False})
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    name = f"t{uuid.uuid4().hex}"
    admin = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres_server.rsplit("/", 1)[0] + "/" + name
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rasoat.db'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty store at the newest migration."""
    opened = open_database(database_url)
    yield opened
    opened.dispose()
