"""Published lists of procedures and the decisions that announce them: files → rows.

`read_file` is loaded when it is first asked for: what reads pictures and PDFs takes a second, and those who only hold records need none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.postings.code_catalogue import Catalogue
from extractors.postings.records import Announced, DecisionHead, DecisionPart, FileKind, FileReading, PostedRow

if TYPE_CHECKING:
    from extractors.postings.published_files import read_file

__all__ = ["Announced", "Catalogue", "DecisionHead", "DecisionPart", "FileKind", "FileReading", "PostedRow", "read_file"]


def __getattr__(name: str) -> Any:
    if name == "read_file":
        from extractors.postings.published_files import read_file

        return read_file
    raise AttributeError(name)
