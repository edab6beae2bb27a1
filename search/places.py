"""Today's 34 provinces and the 63 before 1 July 2025 (Nghị quyết 202/2025/QH15), found in names and in queries."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from rasoat.vietnamese import fold

_FILE = "provinces.tsv"


@cache
def provinces() -> dict[str, str]:
    """Folded spelling of a province (today's, a former one, a short form) → today's name ("ha giang" → "Tuyên Quang")."""
    names: dict[str, str] = {}
    for line in files("search.data").joinpath(_FILE).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            today, others = line.split("\t")[:2]
            for name in (today, *filter(None, others.split("|"))):
                names[fold(name)] = today
    return names


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(provinces(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def province_of(text: str, *, marked: bool = False) -> str | None:
    """Today's name of the one province that `text` names, or None; `marked` asks for "tỉnh" or "thành phố" before it."""
    folded = fold(text)
    found = {
        provinces()[match[0]]
        for match in _pattern().finditer(folded)
        if not marked or re.search(r"(?:\btinh|\bthanh pho|\btp\.?)\s*$", folded[: match.start()])
    }
    return found.pop() if len(found) == 1 else None
