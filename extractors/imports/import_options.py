"""What a person says of a file that the file itself does not: where it was posted, on which channel, when, whether that was all.

It is kept in the name that the answer has in the archive ("danh-muc.pdf?unit=lai-chau/xa-than-uyen&channel=premises"), so that a
file read again years later is read with the same words beside it, and one file posted at two places is two answers.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import parse_qsl, urlencode

RECORD, FILE, SCAN = "document", "file", "scan"  # kinds of pieces: a line with a text, a file, a file to be read by OCR
_MARK = "?"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`unit` is the id of who posted a list or issued a decision; `complete`: nothing else is posted there; `scans`: read by OCR."""

    unit: str | None = None
    channel: str | None = None
    seen_on: date | None = None
    complete: bool = False
    scans: bool = False

    def beside(self, name: str) -> str:
        """The name of a file with what is told of it; the bare name where nothing is."""
        said = {field.name: value for field in fields(self) if (value := getattr(self, field.name))}
        words = {key: value.isoformat() if isinstance(value, date) else "1" if value is True else value for key, value in said.items()}
        return f"{name}{_MARK}{urlencode(words, safe='/')}" if words else name


def split_told(key: str) -> tuple[str, ImportOptions]:
    """The file's own name and what was told of it. A name that holds a question mark of its own is left whole."""
    name, mark, query = key.rpartition(_MARK)
    said = dict(parse_qsl(query)) if mark else {}
    if not said or not said.keys() <= {field.name for field in fields(ImportOptions)}:
        return key, ImportOptions()
    day = said.get("seen_on")
    return name, ImportOptions(
        said.get("unit"), said.get("channel"), date.fromisoformat(day) if day else None, bool(said.get("complete")), bool(said.get("scans"))
    )
