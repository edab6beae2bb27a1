"""Provision paths: what contains what.

A path is "dieu-5/khoan-2/diem-a", "chuong-XXII", "phu-luc-III"; "" stands for the whole document. A question about a
provision looks at its own facts first, then at those of what contains it (khoản ← điều ← mục ← chương ← document).
"""

from __future__ import annotations

from collections.abc import Mapping

WHOLE = ""
UNNAMED = "?"  # provisions named by subject matter only: no path can be told

Containers = Mapping[tuple[str, str], str]  # (document key, "dieu-7") → "chuong-II/muc-1"


def prefixes(path: str) -> list[str]:
    """The path and its ancestors inside it, nearest first: "dieu-5/khoan-2" → ["dieu-5/khoan-2", "dieu-5"]."""
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]


def added_later(path: str) -> bool:
    """Whether a number bears a letter, as those that amendments put between others do: "dieu-16a", "dieu-5/khoan-1a"."""
    return any(not name.startswith("diem-") and name[-1:].isalpha() and name[-2:-1].isdigit() for name in path.split("/"))


def chain(key: str, path: str | None, containers: Containers) -> tuple[str, ...]:
    """Everything whose facts touch `path`, nearest first, the whole document last. None or "" is the document itself."""
    if not path:
        return (WHOLE,)
    inner = prefixes(path)
    root = inner[-1]
    all_annexes = ("phu-luc",) if root.startswith("phu-luc-") else ()  # "các Phụ lục ban hành kèm theo …", without a number
    container = containers.get((key, root), "")
    outer = prefixes(container) if container else []
    return (*inner, *all_annexes, *outer, WHOLE)


def within(inner: str, outer: str) -> bool:
    """Whether `inner` is `outer` or stands inside it, as far as the paths themselves say."""
    return outer == WHOLE or inner == outer or inner.startswith(outer + "/")
