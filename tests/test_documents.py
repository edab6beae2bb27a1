"""What the documents name exists, and what exists is named: files, functions, settings, commands and their options."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from cli.main import app
from rasoat.settings import Settings

ROOT = Path(__file__).parents[1]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
SETTINGS, COMMANDS, HOUSE = ROOT / "docs" / "cai-dat.md", ROOT / "docs" / "lenh.md", ROOT / "docs" / "kien-truc.md"
# The changelog tells of names as they were; every other document speaks of today.
TODAY = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "docker/README.md", ROOT / "benchmarks/README.md"})
DOCUMENTS = [path for path in TODAY if path.name != "CHANGELOG.md"]
MADE = "docker/secrets/"  # written by a script, never committed
PLACEHOLDER = "TÊN"  # stands for the name that a reader gives
READ_ELSEWHERE = {"RASOAT_SECRETS_DIR"}  # names the folder that the other settings may be read from
OF_TESTS = {"RASOAT_UPDATE_SNAPSHOTS"}

_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
_SUFFIXES = (".py", ".md", ".toml", ".json", ".tsv", ".yaml", ".yml", ".sh", ".cff")
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#[^)]*)?\)")
_VARIABLE = re.compile(r"RASOAT_[A-Z][A-Z_]*[A-Z]")
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def cells(line: str) -> list[str]:
    """The cells of a table's row; [] for any other line."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if line.lstrip().startswith("|") else []


@cache
def files() -> tuple[str, ...]:
    """Every file of the repository that a document may name, from the root."""
    kept = [path for path in ROOT.iterdir() if path.name not in (".git", ".venv") and not path.name.endswith(("_cache", ".egg-info"))]
    below = [one for path in kept for one in (path.rglob("*") if path.is_dir() else [path])]
    return tuple(named(one) for one in below if "__pycache__" not in one.parts)


def paths_in(document: Path) -> Iterator[str]:
    """What stands between backticks and is a path of ours: begins with a folder of the root, or ends as our files do."""
    folders = {one.split("/")[0] for one in files() if "/" in one}
    for code in _CODE.findall(document.read_text(encoding="utf-8")):
        ours = "/" in code and code.split("/")[0] in folders
        if _PATH.fullmatch(code) and (ours or code.endswith(_SUFFIXES)) and PLACEHOLDER not in code and not code.startswith(MADE):
            yield code


def stands(code: str, document: Path) -> bool:
    """Whether a path names something: from the root, from the document's folder, or as the end of one file's path."""
    bare = code.rstrip("/")
    if "*" in bare:
        return any(ROOT.glob(bare))
    return (ROOT / bare).exists() or (document.parent / bare).exists() or any(one.endswith("/" + bare) for one in files())


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_path_in_a_document_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    gone = [code for code in paths_in(document) if not stands(code, document)]
    gone += [link for link in _LINK.findall(text) if link and not (document.parent / link).exists()]
    assert not gone, f"{named(document)} names what does not exist: {', '.join(gone)}; write where it is now"


@cache
def defined(path: str) -> frozenset[str]:
    """The functions, classes, methods and values that a module defines, as "name" or "Class.name"."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(_names(tree.body, ""))


def _names(body: list[ast.stmt], inside: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield inside + node.name
        if isinstance(node, ast.ClassDef):
            yield from _names(node.body, f"{node.name}.")
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        yield from (inside + one.id for one in targets if isinstance(one, ast.Name))


def hops() -> list[tuple[str, str]]:
    """(file, name) of every row of the house's tables whose second cell is a module: trips and glossary."""
    rows = [cells(line) for line in HOUSE.read_text(encoding="utf-8").splitlines()]
    told = [(_CODE.findall(row[1]), _CODE.findall(row[2])) for row in rows if len(row) >= 3]
    return [(module[0], name) for module, names in told if module and module[0].endswith(".py") for name in names]


def test_the_trips_and_the_glossary_name_what_their_modules_define() -> None:
    told = hops()
    assert len(told) > 60, "the tables of docs/kien-truc.md are no longer read: file in the second cell, names in the third"
    gone = [path for path, _ in told if not (ROOT / path).is_file()]
    assert not gone, f"docs/kien-truc.md names files that do not exist: {', '.join(gone)}"
    lost = [f"{name} in {path}" for path, name in told if name not in defined(path)]
    assert not lost, f"docs/kien-truc.md names what is not defined there: {'; '.join(lost)}; tell the trip as it goes now"


def test_the_versions_to_raise_stand_where_contributing_says() -> None:
    rows = [cells(line) for line in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()]
    told = [(_CODE.findall(row[1])[0], _CODE.findall(row[2])[0]) for row in rows if len(row) == 3 and row[1].endswith("_VERSION`")]
    lost = [f"{name} in {path}" for name, path in told if name not in defined(path)]
    assert len(told) >= 5, "the table of versions in CONTRIBUTING.md is no longer read: version in the second cell, file in the third"
    assert not lost, f"CONTRIBUTING.md names what is not defined there: {'; '.join(lost)}"


def test_the_house_tells_every_room() -> None:
    picture = HOUSE.read_text(encoding="utf-8")
    rooms = [f"{path.parent.relative_to(ROOT)}/" for room in LINTER["root_packages"] for path in (ROOT / room).glob("*/__init__.py")]
    untold = [room for room in rooms if f"`{room}`" not in picture]
    assert not untold, f"docs/kien-truc.md does not say what is in {', '.join(untold)}; write a row in its table of rooms"


def test_the_house_tells_the_contract_as_the_linter_holds_it() -> None:
    picture = HOUSE.read_text(encoding="utf-8")
    for contract in (one for one in LINTER["contracts"] if one["type"] == "forbidden"):
        told = f"- `{contract['source_modules'][0]}/` không nhập: {', '.join(contract['forbidden_modules'])}\n"
        assert told in picture, f"docs/kien-truc.md does not tell the contract of pyproject.toml; write: {told}"
    for contract in (one for one in LINTER["contracts"] if one["type"] == "layers"):
        rooms = " > ".join(layer.replace(" | ", ", ") for layer in contract["layers"])
        where = "".join(f"`{room}/`: " for room in contract.get("containers", ())) or "Cả nhà: "
        assert f"- {where}{rooms}\n" in picture, f"docs/kien-truc.md does not tell the contract of pyproject.toml; write: - {where}{rooms}"


def settings() -> dict[str, str]:
    """Every setting by its variable's name, with its default as people write it ("" where it has none)."""
    told = {f"RASOAT_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    return {name: str(default) if isinstance(default, int | str) else "" for name, default in told.items()} | dict.fromkeys(
        READ_ELSEWHERE, ""
    )


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    rows = [row for line in SETTINGS.read_text(encoding="utf-8").splitlines() if (row := cells(line)) and _VARIABLE.search(row[0])]
    told = {_VARIABLE.findall(row[0])[0]: row for row in rows}
    missing = sorted(settings().keys() - told.keys())
    assert not missing, f"docs/cai-dat.md lacks {', '.join(missing)}: add a row (name, meaning, default, changes findings or not)"
    gone = sorted(told.keys() - settings().keys())
    assert not gone, f"docs/cai-dat.md documents {', '.join(gone)}, which rasoat/settings.py does not have: take the row out"
    stale = [f"{name} (now {default})" for name, default in settings().items() if default and f"`{default}`" not in told[name][2]]
    assert not stale, f"docs/cai-dat.md gives other defaults than rasoat/settings.py: {', '.join(stale)}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_document_names_a_setting_that_does_not_exist(document: Path) -> None:
    gone = sorted(set(_VARIABLE.findall(document.read_text(encoding="utf-8"))) - settings().keys() - OF_TESTS)
    assert not gone, f"{named(document)} names {', '.join(gone)}, which rasoat/settings.py does not have"


def commands(command: TyperCommand | TyperGroup, name: str) -> Iterator[tuple[str, set[str]]]:
    """(name, options) of every command of a tree; a group's own options stand under its name."""
    yield name, {one for option in command.params if isinstance(option, TyperOption) for one in (*option.opts, *option.secondary_opts)}
    for below, one in sorted(getattr(command, "commands", {}).items()):
        yield from commands(one, f"{name} {below}")


@cache
def tree() -> dict[str, set[str]]:
    return {name: options - {"--help"} for name, options in commands(typer.main.get_command(app), "rasoat")}


def documented() -> dict[str, set[str]]:
    """By command: the options in the first cells of the table below its heading; those before the first heading are the program's."""
    told: dict[str, set[str]] = {"rasoat": set()}
    at = "rasoat"
    for line in COMMANDS.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"### `(rasoat [a-z -]+)`", line):
            at = heading[1]
            told[at] = set()
        elif row := cells(line):
            told[at].update(option for code in _CODE.findall(row[0]) if code.startswith("-") for option in _OPTION.findall(code)[:1])
    return told


def test_every_command_and_option_is_documented_and_every_documented_one_exists() -> None:
    has, told = tree(), documented()
    problems = [f"missing: a section ### `{name}`" for name in has.keys() - told.keys()]
    problems += [f"to take out: ### `{name}`, no such command" for name in told.keys() - has.keys()]
    for name in has.keys() & told.keys():
        problems += [f"missing under `{name}`: a row for `{one}`" for one in sorted(has[name] - told[name])]
        problems += [f"to take out under `{name}`: `{one}`, no such option" for one in sorted(told[name] - has[name])]
    assert not problems, "docs/lenh.md, " + "; ".join(sorted(problems))


def examples(document: Path) -> Iterator[str]:
    """Every command line of ours in a document: lines of code blocks and code between backticks."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.S | re.M)
    lines = [line.split(" #")[0] for block in blocks for line in block.splitlines()]
    for line in [*lines, *_CODE.findall(re.sub(r"^```.*?^```", "", text, flags=re.S | re.M))]:
        for part in re.split(r"&&|[;|]", line):
            if found := re.match(r"\s*(?:[A-Z_]+=\S* )*(rasoat [a-z].*)", part):
                yield found[1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_line_in_a_document_can_be_typed(document: Path) -> None:
    has = tree()
    wrong = []
    for line in examples(document):
        quoteless = re.sub(r"\"[^\"]*\"|'[^']*'", "", line)
        name = " ".join(re.findall(r"[a-z-]+", quoteless.split(" --")[0])[:2])
        options = set(_OPTION.findall(quoteless))
        if name not in has or options - has[name] - has["rasoat"] - {"--help"}:
            wrong.append(line)
    assert not wrong, f"{named(document)} shows what the command line does not know: {'; '.join(wrong)}"


def test_the_citation_names_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.M)
    assert told, "CITATION.cff has no version"
    assert told[1] == project["version"]
