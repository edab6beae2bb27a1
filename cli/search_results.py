"""A page of what was found, for people at a terminal."""

from __future__ import annotations

from cli.frame import out
from cli.printing import TextTable
from rasoat import words
from search.engines import Page


def search_results(page: Page, before: int) -> None:
    """What the answer tells, a line for each hit (`before`: how many earlier pages showed), and counts."""
    for line in page.said:
        out.say(line)
    table = TextTable(pad_edge=False, title=f"{words.number(page.total)} kết quả" if page.hits else None)
    for heading in ("", "Mã / số", "Tên", "Cơ quan", "Tình trạng", "Vì sao"):
        table.add_column(heading)
    for rank, hit in enumerate(page.hits, before + 1):
        entry = hit.entry
        status = f"{entry.status_note} (xét {words.day(page.as_of)})" if page.as_of else entry.status_note
        cells = (entry.key, entry.title, entry.publisher or ", ".join(entry.agencies), status, "; ".join(hit.why))
        table.add_row(str(rank), *(cell for cell in cells))
    if page.hits:
        out.print(table)
    for name, counts in page.facets.items():
        if counts:
            values = "; ".join(f"{value} {words.number(count)}" for value, count in counts[:8])
            out.say(f"{name}: {values}")
