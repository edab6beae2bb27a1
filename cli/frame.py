"""What every command shares: exit codes, one-line troubles, progress on standard error, JSON lines in and out."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.mending import with_mend
from cli.printing import TextConsole
from rasoat.days import day_typed
from rasoat.odd_characters import json_line, one_line
from rasoat.progress import Progress, unseen
from rasoat.system_words import LACKING, NO_ROOM, refusal, said_of
from rasoat.trouble import SourceTrouble, Trouble

if TYPE_CHECKING:
    from rasoat.workspace import Workspace

out = TextConsole()
err = TextConsole(stderr=True)

DayOption = Annotated[
    str | None, typer.Option("--as-of", help="Ngày xét, 2026-06-10 hoặc 10/06/2026 (mặc định hôm nay) / the day asked about")
]
KnownOption = Annotated[str | None, typer.Option("--known-at", help="Chỉ dùng điều đã biết đến ngày này / only what was known by then")]
ObservedOption = Annotated[str | None, typer.Option("--observed-on", help="Ngày ghi nhận dữ liệu / the day it was recorded")]
_ALARM = "bold red"
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Mỗi dòng một JSON / one JSON object a line")]


def day(value: str | None, name: str) -> date | None:
    """A day given on the command line, as 2026-06-10 or 10/06/2026.

    Raises:
        Trouble: it is not such a day.
    """
    if value is None:
        return None
    found = day_typed(value)
    if found is None:
        raise Trouble("question.typed_day", name=name, value=value)
    return found


def path_given(text: str) -> Path:
    """A file or folder given on the command line; an empty one would be the folder one stands in, and nobody means that."""
    if not text.strip():
        raise typer.BadParameter("đường dẫn trống / an empty path")
    return Path(text)


@contextmanager
def troubles() -> Iterator[None]:
    """Turn a trouble into one clear line and its exit code; a closed pipe ends the command quietly."""
    try:
        yield
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(0) from None
    except Exception as error:
        trouble = _as_trouble(error)
        if trouble is None:
            raise
        err.say(with_mend(trouble), head="Lỗi:", style=_ALARM)
        raise typer.Exit(trouble.exit_code) from None


def _as_trouble(error: Exception) -> Trouble | None:
    """A trouble as it is, a refusal of the database or the system as one; None for a fault of ours, whose traceback is wanted.

    A library may say with an error of its own that the system refused it: what stands behind it tells.
    """
    if isinstance(error, Trouble):
        return error
    for cause in _behind(error):
        if isinstance(cause, OSError) and (cause is error or cause.errno in LACKING):
            return SourceTrouble("system.refused", reason=": ".join(str(part) for part in (cause.filename, refusal(cause)) if part))
        if isinstance(cause, MemoryError):
            return SourceTrouble("system.refused", reason=said_of(errno.ENOMEM))
        if isinstance(cause, sqlite3.Error) or _of_the_database(cause):
            from rasoat.store.database_words import database_refusal

            return SourceTrouble("store.failed", reason=database_refusal(cause))
    return None


def _of_the_database(error: BaseException) -> bool:
    """Whether SQLAlchemy raised it: a library that is loaded only where there is a store."""
    return "sqlalchemy" in sys.modules and isinstance(error, sys.modules["sqlalchemy"].exc.SQLAlchemyError)


def _behind(error: BaseException) -> Iterator[BaseException]:
    """An error, and what stands behind it: those it was made of, came from, or holds."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, *one.args]


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """A progress bar on standard error, drawn only for a person; call it with (what, done, of how many)."""
    if not err.is_terminal:
        yield unseen
        return
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with RichProgress(*columns, console=err, transient=True) as bars:
        task = bars.add_task(title, total=None)

        def show(what: str, done: int, total: int) -> None:
            bars.update(task, description=one_line(f"{title} {what}")[:60], completed=done, total=total or None)

        yield show


def workspace() -> Workspace:
    """The workspace that the environment variables describe, its steps drawn as progress bars."""
    from rasoat.workspace import Workspace

    return Workspace.here(progress_bar, err.say)


def say_held_back(work: Workspace) -> None:
    """Beside a list: that something changed which the gate holds back, so that nobody takes what stands for all there is."""
    from rasoat.store.publications import standing

    with work.engine.connect() as connection:
        told = standing(connection).held_back
    if told:
        err.say(told, head="Chưa công bố:")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Around whatever writes a file for people.

    Raises:
        SourceTrouble: the disk is full or broken.
        Trouble: the folder is not there, the file cannot be written, or its ending says no known form.
    """
    from xlsxwriter.exceptions import XlsxWriterException

    if not path.parent.is_dir():
        raise Trouble("folder.missing", path=str(path.parent))
    try:
        yield
    except (OSError, XlsxWriterException) as error:
        cause = next((one for one in _behind(error) if isinstance(one, OSError)), None)
        if cause is None:
            raise Trouble("file.unwritten", path=str(path), reason=str(error) or type(error).__name__) from error
        if cause.errno in NO_ROOM:
            raise SourceTrouble("disk.refused", path=str(path), reason=refusal(cause)) from error
        raise Trouble("file.unwritten", path=str(path), reason=refusal(cause)) from error


def print_json(value: object) -> None:
    """One JSON object on one line of standard output."""
    sys.stdout.buffer.write(json_line(value) + b"\n")
    sys.stdout.buffer.flush()


def answer_lines(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Read JSON lines from standard input and print one answer for each, in order.

    A line that cannot be read or answered gives `{"id"?, "error", "code"}` in its place; the others are still answered, and the
    command ends with exit 2.
    """
    failed = False
    for raw in sys.stdin.buffer:
        if not raw.strip():
            continue
        asked: dict[str, Any] = {}
        try:
            asked = _line(raw)
            reply = answer(asked)
        except Trouble as trouble:
            failed, reply = True, {"error": str(trouble), "code": trouble.code}
        print_json({**({"id": asked["id"]} if "id" in asked else {}), **reply})
    if failed:
        raise typer.Exit(2)


def _line(raw: bytes) -> dict[str, Any]:
    import orjson

    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Trouble("line.no_json", reason=str(error)) from error
    if not isinstance(value, dict):
        raise Trouble("line.no_object")
    return value


def field(asked: dict[str, Any], name: str, *, required: bool = False) -> str | None:
    """A text field of an input line.

    Raises:
        Trouble: it is missing though required, or no text.
    """
    value = asked.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, str):
        raise Trouble("line.field", name=name)
    return value
