"""What every command shares: exit codes, one-line troubles, progress on standard error, JSON lines in and out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.printing import TextConsole, escaped_json, one_line
from rasoat.days import day_typed
from rasoat.progress import Progress, unseen
from rasoat.trouble import Trouble

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
        raise Trouble(f"{name} {value!r} không phải một ngày; viết 2026-06-10 hoặc 10/06/2026.")
    return found


@contextmanager
def troubles() -> Iterator[None]:
    """Turn a trouble into one clear line and its exit code; a closed pipe ends the command quietly."""
    try:
        yield
    except Trouble as trouble:
        err.say(str(trouble), head="Lỗi:", style=_ALARM)
        raise typer.Exit(trouble.exit_code) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(0) from None
    except Exception as error:
        if not _of_the_store(error):
            raise
        said = str(getattr(error, "orig", None) or error).splitlines()[0]
        err.say(f"{said}. Chạy lại; nếu còn lỗi, xem rasoat doctor.", head="Lỗi kho dữ liệu:", style=_ALARM)
        raise typer.Exit(3) from None


def _of_the_store(error: Exception) -> bool:
    """Whether the database or the archive failed; their libraries are loaded only once something has."""
    from sqlalchemy.exc import SQLAlchemyError

    from rasoat.archive import Damaged

    return isinstance(error, SQLAlchemyError | Damaged)


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

    return Workspace.here(progress_bar)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Around whatever writes a file for people.

    Raises:
        Trouble: the folder is not there, the file cannot be written, or its ending says no known form.
    """
    from xlsxwriter.exceptions import XlsxWriterException

    if not path.parent.is_dir():
        raise Trouble(f"Không có thư mục {path.parent}; tạo thư mục ấy trước hoặc ghi vào nơi khác.")
    try:
        yield
    except ValueError as error:
        raise Trouble(str(error)) from error
    except OSError as error:
        raise Trouble(f"Không ghi được {path}: {error.strerror or error}; đóng tệp nếu đang mở, hoặc ghi vào nơi khác.") from error
    except XlsxWriterException as error:
        raise Trouble(f"Không ghi được {path}; đóng tệp nếu đang mở, hoặc ghi vào nơi khác.") from error


def print_json(value: object) -> None:
    """One JSON object on one line of standard output."""
    import orjson

    sys.stdout.buffer.write(escaped_json(orjson.dumps(value, default=str).decode()).encode() + b"\n")
    sys.stdout.buffer.flush()


def answer_lines(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Read JSON lines from standard input and print one answer for each, in order.

    A line that cannot be read or answered gives `{"id"?, "error"}` in its place; the others are still answered, and the
    command ends with exit 2.
    """
    import orjson

    failed = False
    for raw in sys.stdin.buffer:
        if not raw.strip():
            continue
        asked: dict[str, Any] = {}
        try:
            value = orjson.loads(raw)
            if not isinstance(value, dict):
                raise Trouble("dòng không phải một đối tượng JSON / the line is not a JSON object")
            asked = value
            reply = answer(asked)
        except orjson.JSONDecodeError as error:
            failed, reply = True, {"error": f"không phải JSON / not JSON: {error}"}
        except Trouble as trouble:
            failed, reply = True, {"error": str(trouble)}
        print_json({**({"id": asked["id"]} if "id" in asked else {}), **reply})
    if failed:
        raise typer.Exit(2)


def field(asked: dict[str, Any], name: str, *, required: bool = False) -> str | None:
    """A text field of an input line.

    Raises:
        Trouble: it is missing though required, or no text.
    """
    value = asked.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, str):
        raise Trouble(f'thiếu trường "{name}" dạng chữ / the line needs a text field "{name}"')
    return value
