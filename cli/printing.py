"""What reaches a terminal: text alone. No stored, crawled or typed character is taken as markup or as an order to the terminal."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

# Whatever a terminal acts upon, or that shows the letters around it in another order: C0 and C1 with DEL, marks of direction.
_ORDERS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ORDER = re.compile(f"[{_ORDERS}]")
_BREAKS = re.compile("(?:\r\n|[\t-\r\x1c-\x1e\x85\u2028\u2029])")
_LONE_HALF = re.compile("[\ud800-\udfff]")  # a file's name that is no UTF-8
_JSON_LETS_THROUGH = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without what a terminal would act upon; tabs and line feeds stay."""
    return _LONE_HALF.sub("\ufffd", _ORDER.sub("", text))


def one_line(text: str) -> str:
    """The text in one line: every break is a space, so that no name can write a line of its own."""
    return plain(_BREAKS.sub(" ", text))


def lines(parts: Iterable[str]) -> Text:
    """A cell of several lines, one a part."""
    return Text("\n".join(map(one_line, parts)))


def escaped_json(text: str) -> str:
    """The same JSON value with DEL, C1 and marks of direction written as escapes, as JSON itself asks only of C0."""
    return _JSON_LETS_THROUGH.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class TextConsole(Console):
    """A console that knows no markup, no emoji codes and no control characters but those Rich itself writes."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, emoji=False, highlight=False)
        if not stderr and not self.is_terminal:
            self.width = 160  # a pipe or a file has no width of its own; tables need room

    def on_broken_pipe(self) -> None:
        """A reader that has seen enough (`| head`) is no failure: Rich would end with 1, which here says that there are findings."""
        raise BrokenPipeError

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Every piece of text that Rich is about to write passes here."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(plain(segment.text), segment.style)

    def say(self, text: str, *, head: str = "", style: str = "bold") -> None:
        """One line, however long, after a head of our own words in a style."""
        self.print(Text.assemble((one_line(head), style), " " if head and text else "", one_line(text)), soft_wrap=True)


class TextTable(Table):
    """A table whose title and cells given as strings are one line each; a `Text` is ours and stays as it is."""

    def __init__(self, *headings: str, title: str | None = None, **looks: Any) -> None:
        super().__init__(*headings, title=None if title is None else one_line(title), **looks)

    def add_row(self, *cells: RenderableType | None, **looks: Any) -> None:
        """A row, its strings made safe."""
        super().add_row(*(Text(one_line(cell)) if isinstance(cell, str) else cell for cell in cells), **looks)


class TextFormatter(logging.Formatter):
    """Log lines of the libraries we use, which may repeat what a publisher sent."""

    def format(self, record: logging.LogRecord) -> str:
        """The line without what a terminal would act upon."""
        return plain(super().format(record))
