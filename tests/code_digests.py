"""The code behind each version number: the modules whose change may change what is stored under that number.

A number stands for its roots and for all they import inside the project. Of each module the digest is taken of what it does:
comments, docstrings, layout and the numbers themselves change nothing.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import grimp

ROOT = Path(__file__).parent.parent
RENEW = "make digests"
_ROOMS = ("rasoat", "extractors", "validators", "search", "pipeline")


@dataclass(frozen=True, slots=True)
class Number:
    """Where a number stands, and what is behind it.

    `roots` count with all they import; `alone` only themselves (they also move rows about, which no number stands for);
    `data` are files that the code reads as if they were code.
    """

    module: str
    roots: tuple[str, ...]
    alone: tuple[str, ...] = ()
    data: tuple[str, ...] = ()


NUMBERS = {
    "READER_VERSION": Number(
        "extractors.readers",
        ("extractors.readers", "extractors.postings", "extractors.citations", "extractors.effects"),
        alone=("pipeline.piece_reading", "pipeline.read_archive", "pipeline.inbox"),
    ),
    "DERIVATION_VERSION": Number("validators.derivation.derive", ("validators.derivation.derive",)),
    "RULES_VERSION": Number("validators.checked_days", ("validators.checked_days",), data=("rasoat/units/*.toml",)),
    "ENTRIES_VERSION": Number("search.gathering", ("search.gathering",), data=("search/data/provinces.tsv",)),
    "LAYOUT_VERSION": Number(
        "search.engines.index_layout",
        ("search.engines.index_layout", "search.stored_rows"),
        alone=("search.engines.embedded", "search.engines.elasticsearch"),
        data=("search/elasticsearch.json",),  # fields.json is in the layout's own hash
    ),
    "ANSWERS_VERSION": Number(
        "validators.published_facts",
        ("validators.published_lines", "validators.published_procedures"),
        alone=("validators.knowledge",),
    ),
    "COVERAGE_VERSION": Number("validators.coverage_inputs", ("validators.coverage_stretches",), data=("rasoat/units/*.toml",)),
}

Code = dict[str, str]  # module or file → digest


@dataclass(frozen=True, slots=True)
class State:
    """Each number's value, and the digest of each thing behind it."""

    values: dict[str, int]
    behind: dict[str, Code]


@cache
def imports() -> grimp.ImportGraph:
    """Who imports whom in this tree."""
    return grimp.build_graph(*_ROOMS, cache_dir=None)


def state(root: Path = ROOT, values: Mapping[str, int] | None = None) -> State:
    """The tree as it stands under `root`; imports and, where they are not given, values are those of the tree that runs."""
    values = values or {name: cast(int, getattr(import_module(number.module), name)) for name, number in NUMBERS.items()}
    return State(dict(values), {name: _code(number, root) for name, number in NUMBERS.items()})


def _code(number: Number, root: Path) -> Code:
    modules = _closed(number.roots) | set(number.alone)
    code = {module: digest_of(_file(module, root).read_text("utf-8")) for module in modules}
    for pattern in number.data:
        found = sorted(root.glob(pattern))
        if not found:
            raise FileNotFoundError(f"{pattern}: no such file behind a version number")
        code |= {str(file.relative_to(root)): _short(file.read_bytes()) for file in found}
    return code


@cache
def _closed(roots: tuple[str, ...]) -> frozenset[str]:
    return frozenset(closure(imports(), roots))


def closure(graph: grimp.ImportGraph, roots: Iterable[str]) -> set[str]:
    """The roots, what lies in them, and all that these import, directly or not."""
    start = {module for root in roots for module in (root, *graph.find_descendants(root))}
    return start.union(*(graph.find_upstream_modules(module) for module in start))


def _file(module: str, root: Path) -> Path:
    path = root.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def digest_of(source: str) -> str:
    """The digest of what a module does; the same for another wording of its comments and docstrings."""
    return _short(repr(_bare(ast.parse(source))).encode())


def _bare(node: Any) -> Any:
    """A syntax tree as plain tuples, without docstrings, without the numbers' own lines; the same on every Python."""
    if isinstance(node, list):
        return [_bare(one) for one in node]
    if not isinstance(node, ast.AST):
        return node
    fields = {name: value for name, value in ast.iter_fields(node) if value not in (None, [])}
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        fields["body"] = [one for one in node.body[bool(ast.get_docstring(node, clean=False)) :] if not _is_number(one)]
    return type(node).__name__, [(name, _bare(value)) for name, value in sorted(fields.items())]


def _is_number(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id in NUMBERS for target in node.targets)


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def complaints(recorded: State, now: State) -> Iterator[str]:
    """What is wrong with each number, in words that say how to mend it."""
    for name, number in NUMBERS.items():
        was, code = recorded.behind.get(name, {}), now.behind[name]
        changed = sorted(one for one in was.keys() | code.keys() if was.get(one) != code.get(one))
        before, after = recorded.values.get(name), now.values[name]
        if before != after:
            yield f"{name} is {after}, written down is {before}. Write down the code it now stands for: {RENEW}"
        elif changed:
            yield (
                f"{name} is still {after}, but the code behind it changed: {', '.join(changed)}.\n"
                f"  Either what is stored may come out differently: raise {name} in {number.module}, then {RENEW}\n"
                f"  or it comes out the same: {RENEW}"
            )


def from_file(data: dict[str, dict[str, Any]]) -> State:
    """The state as it is written down: a line for each module, so that changes made side by side rarely meet."""
    behind: dict[str, Code] = {name: {} for name in data["numbers"]}
    for module, said in data["code"].items():
        digest, *names = said.split()
        for name in names:
            behind[name][module] = digest
    return State(dict(data["numbers"]), behind)


def to_file(now: State) -> dict[str, dict[str, Any]]:
    """The opposite of `from_file`."""
    lines: dict[str, list[str]] = {}
    for name, code in now.behind.items():
        for module, digest in code.items():
            lines.setdefault(module, [digest]).append(name)
    return {"numbers": now.values, "code": {module: " ".join(said) for module, said in sorted(lines.items())}}
