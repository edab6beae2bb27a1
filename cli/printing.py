"""What reaches a terminal: text alone. No stored, crawled or typed character is taken as markup or as an order to the terminal."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from rasoat.odd_characters import one_line, plain


def lines(parts: Iterable[str]) -> Text:
    """A cell of several lines, one a part."""
    return Text("\n".join(map(one_line, parts)))


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
