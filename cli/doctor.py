"""`rasoat doctor`: every dependency and service, checked and explained, each in one line."""

from __future__ import annotations

import logging
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import out, print_json, workspace
from rasoat.addresses import masked, shown

if TYPE_CHECKING:
    from rasoat.settings import Settings
    from rasoat.workspace import Workspace

_LIBRARIES = ("scrapy", "beautifulsoup4", "pdfplumber", "pypdfium2", "spacy", "tantivy", "elasticsearch", "sqlalchemy", "warcio")
_ALL_LIBRARIES = "chạy make trong thư mục của rasoat / run make"
_TIMEOUT = 3  # seconds that a service or program has to answer


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One thing looked at. `needed` ones decide the exit code; the others only say what would be missed. `todo` mends it."""

    name: str
    ok: bool
    needed: bool
    says: str
    todo: str = ""


class _Lacking(Exception):
    """What is not there, said for a person."""


def doctor(
    archive: Annotated[bool, typer.Option("--archive", help="Đọc lại mọi bản lưu, có thể lâu / read every record of the archive")] = False,
    json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False,
) -> None:
    """Look at everything the program relies on, and at what lies in the archive unread; exit 3 where something it needs does not work."""
    with _quiet_libraries():
        checks = list(_checks(archive))
    if json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            head, style = ("được ", "green") if check.ok else ("HỎNG ", "bold red") if check.needed else ("thiếu", "yellow")
            out.say(f"{check.name}: {check.says}" + (f" → {check.todo}" if not check.ok and check.todo else ""), head=head, style=style)
    if any(check.needed and not check.ok for check in checks):
        raise typer.Exit(3)


@contextmanager
def _quiet_libraries() -> Iterator[None]:
    """A library that reports by log or warning what the look reports in its line says it only once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


def _checks(whole_archive: bool) -> Iterator[HealthCheck]:
    from importlib.metadata import version

    yield _look("Python", True, _python, "cài Python 3.11 trở lên / install Python 3.11 or later")
    for name in _LIBRARIES:
        yield _look(name, True, lambda name=name: version(name), _ALL_LIBRARIES)  # type: ignore[misc]
    try:
        work = workspace()
    except Exception as error:
        yield HealthCheck("thiết lập / settings", False, True, _said(error), "sửa biến môi trường RASOAT_… / mend the variable")
    else:
        yield from _of_the_workspace(work)
        yield from _of_the_store(work, whole_archive)
    yield _look("antiword", False, lambda: _program("antiword"), "đọc tệp .doc cũ / old Word files: apt-get install antiword")
    yield _look(
        "soffice",
        False,
        lambda: _program("soffice"),
        "đọc .doc khi antiword không mở được / fallback for .doc: apt-get install libreoffice-writer-nogui",
    )
    yield _look("tesseract", False, _tesseract, "đọc bản quét / scans: apt-get install tesseract-ocr tesseract-ocr-vie")
    yield _look("chương trình ngoài / outside programs", False, _shut_in, "cho phép user namespace (unshare) / allow user namespaces")


def _of_the_workspace(work: Workspace) -> Iterator[HealthCheck]:
    settings = work.settings
    yield _look("thư mục dữ liệu / home", True, lambda: _writable(work), "đổi RASOAT_HOME hoặc quyền ghi / another folder or its rights")
    yield _look("cơ sở dữ liệu / database", True, lambda: f"{work.engine.dialect.name} {shown(settings.database)}")
    yield _look(
        "kho lưu / archive", True, lambda: f"{shown(settings.archive)} ({type(work.archive).__name__})", "xem RASOAT_ARCHIVE_URL / check it"
    )
    chosen = settings.search_engine == "elasticsearch"
    todo = "xem RASOAT_ELASTICSEARCH_URL / check it" if chosen else "chỉ cần khi chọn elasticsearch / only where it is chosen"
    yield _look("Elasticsearch", chosen, lambda: _elasticsearch(settings), todo)
    yield _look("RASOAT_CONTACT", False, lambda: _contact(settings), "đặt trước khi hỏi cổng thật / set it before crawling real hosts")


def _of_the_store(work: Workspace, whole_archive: bool) -> Iterator[HealthCheck]:
    """What lies unread, damaged, quarantined or set aside; a store that does not open was named above."""
    from cli.doctor_store import store_lines

    try:
        for name, ok, says, todo in store_lines(work, whole_archive):
            yield HealthCheck(name, ok, False, says, todo)
    except Exception as error:
        yield HealthCheck("chưa đọc / unread", False, False, _said(error))


def _look(name: str, needed: bool, look: Callable[[], str], todo: str = "") -> HealthCheck:
    """One look; whatever it raises is what the line says."""
    try:
        return HealthCheck(name, True, needed, look())
    except Exception as error:
        return HealthCheck(name, False, needed, _said(error), todo)


def _said(error: Exception) -> str:
    from importlib.metadata import PackageNotFoundError

    if isinstance(error, PackageNotFoundError):
        return "chưa cài / not installed"
    return masked(" ".join(str(error).split())) or type(error).__name__


def _python() -> str:
    version = sys.version.split()[0]
    if sys.version_info < (3, 11):  # noqa: UP036 - the doctor is asked where something is not as it should be
        raise _Lacking(version)
    return version


def _writable(work: Workspace) -> str:
    probe = work.settings.home / ".doctor"
    probe.write_text("ok", encoding="utf-8")
    probe.unlink()
    return str(work.settings.home)


def _elasticsearch(settings: Settings) -> str:
    from elasticsearch import ApiError, TransportError

    from search.engines.connection import access_of

    try:
        with access_of(settings).client(timeout=_TIMEOUT) as client:
            return f"{shown(settings.elasticsearch_url)}: {client.info()['version']['number']}"
    except (ApiError, TransportError) as error:
        raise _Lacking(f"{shown(settings.elasticsearch_url)} không trả lời / no answer ({type(error).__name__})") from error


def _contact(settings: Settings) -> str:
    if not settings.contact:
        raise _Lacking("chưa đặt / not set")
    return settings.contact


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise _Lacking("chưa cài / not installed")
    return found


def _shut_in() -> str:
    from extractors.formats.programs import shut_in

    if not shut_in():
        raise _Lacking("chạy trong mạng của máy này / they share this machine's network")
    return "chạy không có mạng, không để lại tiến trình / without a network, leaving no process"


def _tesseract() -> str:
    from extractors.formats.programs import run

    found = _program("tesseract")
    with TemporaryDirectory() as folder:
        listed = run([found, "--list-langs"], Path(folder), _TIMEOUT).decode("utf-8", "replace")
    if "vie" not in listed.split():
        raise _Lacking(f"{found} không có tiếng Việt / without Vietnamese")
    return found
