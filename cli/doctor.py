"""`rasoat doctor`: every dependency and service, checked and explained."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.frame import out, print_json, troubles, workspace
from cli.printing import TextTable
from rasoat.trouble import Trouble

if TYPE_CHECKING:
    from rasoat.settings import Settings
    from rasoat.workspace import Workspace

_LIBRARIES = ("scrapy", "beautifulsoup4", "pdfplumber", "pypdfium2", "spacy", "tantivy", "elasticsearch", "sqlalchemy", "warcio")
_PROGRAMS = (
    ("antiword", "đọc tệp .doc cũ / old Word files", "apt-get install antiword"),
    ("soffice", "đọc .doc khi antiword không mở được / fallback for .doc", "apt-get install libreoffice-writer-nogui"),
    ("tesseract", "đọc bản quét / scans", "apt-get install tesseract-ocr tesseract-ocr-vie"),
)


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One thing looked at. `needed` ones decide the exit code; the others only say what would be missed."""

    name: str
    ok: bool
    needed: bool
    says: str


def doctor(json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False) -> None:
    """Look at everything the program relies on; exit 3 where something it needs does not work."""
    with troubles():
        checks = list(_checks())
    if json:
        print_json({"checks": [{"name": c.name, "ok": c.ok, "needed": c.needed, "says": c.says} for c in checks]})
    else:
        table = TextTable(title="rasoat doctor", pad_edge=False)
        for heading in ("", "Mục", "Tình trạng"):
            table.add_column(heading)
        for check in checks:
            said, style = ("được", "green") if check.ok else ("hỏng", "bold red") if check.needed else ("thiếu", "yellow")
            table.add_row(Text(said, style), check.name, check.says)
        out.print(table)
    if any(check.needed and not check.ok for check in checks):
        raise typer.Exit(3)


def _checks() -> Iterator[HealthCheck]:
    yield HealthCheck("Python", sys.version_info[:2] >= (3, 11), True, sys.version.split()[0])
    for name in _LIBRARIES:
        yield _library(name)
    work = workspace()
    yield _service("thư mục dữ liệu / home", True, lambda: _writable(work))
    yield _service("cơ sở dữ liệu / database", True, lambda: work.engine.dialect.name + " " + work.engine.url.render_as_string())
    yield _service("kho lưu / archive", True, lambda: f"{work.settings.archive} ({type(work.archive).__name__})")
    elastic = work.settings.search_engine == "elasticsearch"
    yield _service("Elasticsearch", elastic, lambda: _elasticsearch(work.settings))
    for program, purpose, install in _PROGRAMS:
        found = shutil.which(program)
        yield HealthCheck(program, bool(found), False, f"{purpose}: {found}" if found else f"{purpose}; cài: {install}")
    if not work.settings.contact:
        yield HealthCheck(
            "RASOAT_CONTACT", False, False, "cần đặt (email hoặc trang liên hệ) trước khi hỏi cổng thật / set it before crawling real hosts"
        )


def _library(name: str) -> HealthCheck:
    try:
        return HealthCheck(name, True, True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return HealthCheck(name, False, True, "chưa cài; chạy lại make demo / not installed")


def _service(name: str, needed: bool, look: Callable[[], str]) -> HealthCheck:
    try:
        return HealthCheck(name, True, needed, look())
    except (Trouble, OSError, RuntimeError) as error:
        return HealthCheck(name, False, needed, str(error).splitlines()[0])


def _writable(work: Workspace) -> str:
    probe = work.settings.home / ".doctor"
    probe.write_text("ok", encoding="utf-8")
    probe.unlink()
    return str(work.settings.home)


def _elasticsearch(settings: Settings) -> str:
    from elasticsearch import ApiError, TransportError

    from search.engines import SearchError
    from search.engines.connection import access_of

    try:
        with access_of(settings).client(timeout=3) as client:
            return f"{settings.elasticsearch_url}: {client.info()['version']['number']}"
    except SearchError as error:
        raise RuntimeError(str(error)) from error
    except (ApiError, TransportError) as error:
        raise RuntimeError(
            f"{settings.elasticsearch_url} không trả lời ({type(error).__name__}); chỉ cần khi dùng --engine elasticsearch"
        ) from error
