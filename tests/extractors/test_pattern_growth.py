"""Every regular expression that sees the text of a file or a publisher costs what the text is long, whatever the text repeats.

The expressions are found in the modules, not listed here, and each is given texts made of its own parts: an example of what it matches,
the beginnings of that example, and the signs that make others of its kind slow.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from re import _constants as what  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from time import process_time
from typing import Any

import pytest

import extractors.formats
import extractors.imports
import extractors.postings
import extractors.sources

PACKAGES = (extractors.formats, extractors.imports, extractors.postings, extractors.sources)
PROBE, SMALL, LARGE = 5_000, 20_000, 40_000
WORST = 4  # texts of each expression that are looked at closely
NOTHING = 0.04  # seconds at the larger size: below this the clock tells nothing
UNITS = (
    " ",
    "a",
    "A",
    "1",
    "1.",
    "<",
    "<a",
    "<!--",
    "\n",
    "\t",
    "(",
    ",",
    ";",
    "-",
    "|",
    "“",
    "/",
    "Đ",
    "_",
    "a ",
    "1 ",
    "Điều 1. ",
    "ngày 1/1/2020 ",
)


def patterns() -> dict[str, re.Pattern[Any]]:
    """Module and name → expression."""
    found: dict[str, re.Pattern[Any]] = {}
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    found[f"{module.name.removeprefix('extractors.')}.{name}"] = value
    return found


PATTERNS = patterns()


def example(tree: Any, times: int) -> str:
    """A text of the shape of an expression, what may be repeated so many times; conditions around it are not looked at."""
    out = ""
    for kind, value in tree:
        match kind:
            case what.LITERAL:
                out += chr(value)
            case what.NOT_LITERAL:
                out += "b" if value != ord("b") else "c"
            case what.ANY:
                out += "a"
            case what.IN:
                out += _one_of(value)
            case what.MAX_REPEAT | what.MIN_REPEAT | what.POSSESSIVE_REPEAT:
                least, most, inner = value
                out += example(inner, times) * max(least, min(times, most))
            case what.SUBPATTERN:
                out += example(value[3], times)
            case what.ATOMIC_GROUP:
                out += example(value, times)
            case what.BRANCH:
                out += example(max(value[1], key=len), times)
    return out


def _one_of(choices: Any) -> str:
    for kind, value in choices:
        match kind:
            case what.LITERAL:
                return chr(value)
            case what.RANGE:
                return chr(value[0])
            case what.CATEGORY:
                return {what.CATEGORY_DIGIT: "1", what.CATEGORY_SPACE: " ", what.CATEGORY_WORD: "a"}.get(value, "-")
    return "~"


def texts(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = _parser.parse(source, pattern.flags & ~re.DEBUG & (~re.UNICODE if isinstance(pattern.pattern, bytes) else ~0))
    shapes = {example(tree, times)[:400] for times in (0, 1, 3)}
    units = {
        shape[:cut] for shape in shapes for cut in {len(shape), len(shape) - 1, len(shape) * 3 // 4, len(shape) // 2, len(shape) // 4, 1}
    }
    for unit in sorted((units | set(UNITS)) - {""}):
        yield unit * (size // len(unit) + 1)
        head = min(shapes, key=len)[:40]
        yield head + unit * (size // len(unit) + 1) + "\x00"


def ways_asked(module: str, name: str) -> set[str]:
    """How an expression is asked, as far as its own module tells: at the beginning of a text, for the whole of it, or anywhere in it."""
    if not name.startswith("_"):
        return {"match", "fullmatch", "search"}
    asked = re.findall(rf"(?<![\w.]){name}\b(?:\.(\w+))?(?! =)", inspect.getsource(import_module(f"extractors.{module}")))
    return {one if one in ("match", "fullmatch") else "search" for one in asked}


def seconds(pattern: re.Pattern[Any], text: str, *, asked: set[str]) -> float:
    """Seconds of processor for a text in each way it may be asked."""
    given: Any = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    begun = process_time()
    if "search" in asked:
        for _ in pattern.finditer(given):
            pass
    if "match" in asked:
        pattern.match(given)
    if "fullmatch" in asked:
        pattern.fullmatch(given)
    return process_time() - begun


@pytest.mark.parametrize("name", PATTERNS)
def test_no_text_makes_an_expression_slow(name: str) -> None:
    pattern = PATTERNS[name]
    cost = partial(seconds, pattern, asked=ways_asked(*name.rsplit(".", 1)))
    costs = [cost(text) for text in texts(pattern, PROBE)]
    worst = sorted(range(len(costs)), key=costs.__getitem__)[-WORST:]
    smaller, larger = list(texts(pattern, SMALL)), list(texts(pattern, LARGE))
    for few, many in ((smaller[at], larger[at]) for at in worst):
        spent = cost(many)
        if spent < NOTHING:
            continue
        spent = min(spent, cost(many))
        before = min(cost(few) for _ in range(2))
        assert spent < max(3 * before, NOTHING), f"{before:.3f} → {spent:.3f} s for {few[:60]!r} …"
