"""`rasoat serve`: the pages and the API, on this machine's store, read only."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import out, troubles
from rasoat.trouble import SourceTrouble

if TYPE_CHECKING:
    from rasoat.settings import Settings

_MANY = 2048  # who may wait for an answer at once


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("serve", help="Mở các trang trên máy này, chỉ đọc / open the pages, read only")(serve)


def serve(
    host: Annotated[str, typer.Option(help="Địa chỉ lắng nghe / address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Cổng; 0 là cổng trống nào cũng được / port; 0 is any free one")] = 8765,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Số tiến trình / how many processes")] = 1,
    mcp: Annotated[
        bool,
        typer.Option(
            "--mcp", help="Công cụ cho trợ lý (MCP) trên đầu vào, đầu ra chuẩn / tools for assistants on standard input and output"
        ),
    ] = False,
) -> None:
    """Serve until stopped; refuse a store that this program cannot read, before anything is served."""
    with troubles():
        from rasoat.settings import load_settings

        settings = load_settings()
        if mcp:
            _open_tools(settings)
        else:
            open_pages(settings, _listening(host, port), host, workers)


def open_pages(settings: Settings, listening: socket.socket, host: str, workers: int, first: str = "/") -> None:
    """Say where the pages are, `first` the one to begin with, and serve them until stopped.

    Raises:
        SourceTrouble: the store cannot be read.
    """
    from web.published_store import ReadWorkspace
    from web.serving import run

    ReadWorkspace(settings).engine.dispose()  # opened once here, so that a trouble is one line and not a page
    address = f"http://{_named(host)}:{listening.getsockname()[1]}"
    out.say(f"{address}{first} (Ctrl+C để dừng / to stop)", head="Mở / open")
    run(settings, listening, address, workers)


def _open_tools(settings: Settings) -> None:
    """Answer an assistant until it closes standard input; nothing else is printed there."""
    from rasoat.logs import set_up
    from web.data_out.assistant import assistant_server
    from web.published_store import ReadWorkspace

    ReadWorkspace(settings).engine.dispose()  # as above
    set_up(settings.log_level)
    assistant_server(settings).run("stdio")


def listening_near(host: str, port: int) -> socket.socket:
    """Bound to a port, or to any free one where somebody else has it.

    Raises:
        SourceTrouble: to none.
    """
    try:
        return _listening(host, port)
    except SourceTrouble:
        return _listening(host, 0)


def _listening(host: str, port: int) -> socket.socket:
    """Bound before the pages are ready: whoever asks at once waits a moment instead of being refused."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=_MANY)
    except OSError as error:
        raise SourceTrouble("serve.port", host=host, port=port, reason=error.strerror or str(error)) from error


def _named(host: str) -> str:
    """How a browser on this machine names the address that is listened on."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
