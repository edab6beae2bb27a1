"""The house: a name stands for one thing in every room, and no module grows past what one reads at a sitting."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("rasoat", "extractors", "validators", "search", "queries", "reviews", "pipeline", "web", "cli", "dags")
MOST_LINES = 400
# Names that say nothing about what is in them: they fill up with what belongs elsewhere.
SAYING_NOTHING = {"utils", "util", "common", "helpers", "helper", "misc"}
# Packages and programs are called so by Python; a migration's name is its place in a line.
NAMED_BY_PYTHON = {"__init__", "__main__"}
TYPE_NAME = re.compile(r"_?[A-Z]\w*[a-z]\w*")  # CamelCase: constants have capitals alone


def modules() -> Iterator[Path]:
    """Every module of the rooms but the migrations, from the root."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT)


def kinds(module: Path) -> Iterator[str]:
    """The names of a module's classes and of the types it gives a name of its own (`Judge = Callable[…]`)."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(named := node.targets[0], ast.Name) and TYPE_NAME.fullmatch(named.id):
            yield named.id


def shared(named: Iterator[tuple[str, Path]]) -> dict[str, list[str]]:
    """The names that more than one place bears."""
    bearers = defaultdict(list)
    for name, path in named:
        bearers[name].append(str(path))
    return {name: places for name, places in bearers.items() if len(places) > 1}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_looked_at(room: str) -> None:
    assert any(module.parts[0] == room for module in modules())


def test_a_module_s_name_stands_in_one_room_only() -> None:
    assert shared((module.stem, module) for module in modules() if module.stem not in NAMED_BY_PYTHON) == {}


def test_the_name_of_a_class_or_type_means_one_thing() -> None:
    """A private one too: `_Found` beside a `Found` of another room reads as the same thing."""
    assert shared((name.lstrip("_"), module) for module in modules() for name in kinds(module)) == {}


def test_no_room_or_module_says_nothing_by_its_name() -> None:
    assert [str(module) for module in modules() if SAYING_NOTHING & {*module.parts, module.stem}] == []


def test_a_module_is_read_at_a_sitting() -> None:
    lines = {str(module): len((ROOT / module).read_text(encoding="utf-8").splitlines()) for module in modules()}
    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}


def test_one_door_leads_to_a_skip() -> None:
    """`tests.conftest.missing`, which fails in CI: nothing is left out there without a word."""
    others = (path for path in (ROOT / "tests").rglob("*.py") if path not in (ROOT / "tests" / "conftest.py", Path(__file__)))
    skipping = re.compile(r"pytest\.(mark\.)?(skip|xfail|importorskip)|unittest\.skip|SkipTest")
    assert [str(path) for path in others if skipping.search(path.read_text(encoding="utf-8"))] == []


def test_a_test_module_is_read_at_a_sitting() -> None:
    lines = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in (ROOT / "tests").rglob("*.py")}
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_whoever_imports_a_room_is_told_its_types(room: str) -> None:
    """Type checkers read a package's annotations only beside this marker (PEP 561)."""
    assert (ROOT / room / "py.typed").is_file()
