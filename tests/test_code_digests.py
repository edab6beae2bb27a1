"""No code behind a version number changes unnoticed: the number is raised, or somebody says that it need not be."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import grimp
import pytest

from tests.code_digests import RENEW, ROOT, closure, complaints, digest_of, from_file, state, to_file

_WRITTEN = Path(__file__).with_name("versions.json")


def test_every_number_stands_for_the_code_that_is_there() -> None:
    now = state()
    if os.environ.get("RASOAT_RENEW_DIGESTS"):
        _WRITTEN.write_text(json.dumps(to_file(now), indent=1) + "\n", encoding="utf-8")
    found = list(complaints(from_file(json.loads(_WRITTEN.read_text("utf-8"))), now))
    assert not found, "\n" + "\n".join(found)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A tree that may be changed."""
    for room in ("rasoat", "extractors", "validators", "search", "pipeline"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.parametrize(
    ("file", "added", "numbers"),
    [
        ("extractors/effects/verbs.py", "CHANGED = 1", ["READER_VERSION", "DERIVATION_VERSION", "RULES_VERSION"]),
        ("extractors/sources/vbpl_document.py", "CHANGED = 1", ["READER_VERSION"]),
        ("pipeline/read_archive.py", "CHANGED = 1", ["READER_VERSION"]),
        (
            "validators/derivation/merge_documents.py",
            "CHANGED = 1",
            ["DERIVATION_VERSION", "RULES_VERSION", "ENTRIES_VERSION", "ANSWERS_VERSION", "COVERAGE_VERSION"],
        ),
        ("validators/rules/citations/suppressors.py", "CHANGED = 1", ["RULES_VERSION"]),
        ("rasoat/units/data.toml", "# changed", ["RULES_VERSION", "COVERAGE_VERSION"]),
        ("search/stored_rows.py", "CHANGED = 1", ["LAYOUT_VERSION"]),
        ("search/stored_rows.py", "# words", []),
        ("validators/derivation/merge_documents.py", "# words", []),
    ],
)
def test_a_changed_module_calls_for_the_numbers_it_stands_behind(copy: Path, file: str, added: str, numbers: list[str]) -> None:
    with (copy / file).open("a", encoding="utf-8") as opened:
        opened.write(f"{added}\n")
    found = list(complaints(state(), state(copy)))
    assert [one.split()[0] for one in found] == numbers
    module = file.removesuffix(".py").replace("/", ".") if file.endswith(".py") else file
    assert all(f"changed: {module}.\n" in one and f"raise {one.split()[0]} in" in one and RENEW in one for one in found)


def test_a_raised_number_is_written_down_too() -> None:
    now = state()
    raised = replace(now, values={**now.values, "RULES_VERSION": now.values["RULES_VERSION"] + 1})
    (found,) = complaints(now, raised)
    assert found.startswith(f"RULES_VERSION is {raised.values['RULES_VERSION']}, written down is {now.values['RULES_VERSION']}.")


def test_code_that_is_new_behind_a_number_or_gone_is_a_change() -> None:
    now = state()
    code = dict(now.behind["READER_VERSION"])
    gone = code.pop("extractors.readers")
    less = replace(now, behind={**now.behind, "READER_VERSION": code})
    assert gone
    assert all("extractors.readers" in one for pair in ((now, less), (less, now)) for one in [next(complaints(*pair))])


def test_what_is_written_comes_back() -> None:
    now = state()
    assert from_file(json.loads(json.dumps(to_file(now)))) == now


def test_a_number_stands_for_what_its_roots_import_however_far() -> None:
    graph = grimp.ImportGraph()
    for module in ("a", "a.in", "b", "c", "other"):
        graph.add_module(module)
    for importer, imported in (("a.in", "b"), ("b", "c"), ("other", "a")):
        graph.add_import(importer=importer, imported=imported)
    assert closure(graph, ["a"]) == {"a", "a.in", "b", "c"}


PLAIN = "LIMIT = 1\n\n\ndef f(x):\n    return x + LIMIT\n"


@pytest.mark.parametrize(
    "same",
    [
        f'"""What it is for."""\n\n{PLAIN}',
        PLAIN.replace("    return", '    """Adds."""\n    # really\n    return'),
        PLAIN.replace("x + LIMIT", "(\n        x\n        + LIMIT\n    )"),
        f"READER_VERSION = 21\n{PLAIN}",
    ],
    ids=["module docstring", "docstring and comment", "layout", "the number itself"],
)
def test_words_about_the_code_are_no_change(same: str) -> None:
    assert digest_of(same) == digest_of(PLAIN)


@pytest.mark.parametrize(
    "other",
    [PLAIN.replace("LIMIT = 1", "LIMIT = 2"), PLAIN.replace("+", "-"), PLAIN.replace("f(x)", "f(x=None)"), PLAIN + '\nSAID = "words"\n'],
)
def test_what_the_code_does_is(other: str) -> None:
    assert digest_of(other) != digest_of(PLAIN)
