"""Troubles carry codes and fields; the ground has their sentences, the command line how to mend them, and no room below names a flag."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest
import typer.main

from cli import app
from cli.mending import MENDS, reason_with_mend, with_mend
from rasoat.trouble import SourceTrouble, Trouble
from rasoat.trouble_words import SENTENCES
from search.engines import BadQuery, IndexMissing

HOUSE = Path(__file__).parents[2]
BELOW = ("rasoat", "extractors", "validators", "search", "queries", "reviews", "pipeline")
COMMANDS = "|".join(sorted(typer.main.get_command(app).commands))  # type: ignore[attr-defined] # a group, as the app has commands
FLAG = re.compile(rf"(?<![\w-])--[a-z][a-z-]+|\brasoat (?:{COMMANDS})\b")
# Where programs of others are started with flags of theirs, styles are written, and the door itself is opened.
STARTS_OTHERS = {
    "extractors/formats/doc.py", "extractors/formats/ocr.py", "extractors/formats/programs.py", "extractors/postings/old_word.py",
    "extractors/postings/scans/cell_text.py", "rasoat/start.py",
}  # fmt: skip

# The modules that have kinds of trouble of their own.
_HAVE_KINDS = (
    "extractors.formats.extracted_text", "extractors.imports.form_sheet", "pipeline.import_files", "rasoat.archive", "rasoat.units",
    "search.engines",
)  # fmt: skip


def trees(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for room in rooms:
        for path in sorted((HOUSE / room).rglob("*.py")):
            yield str(path.relative_to(HOUSE)), ast.parse(path.read_text("utf-8"))


def texts(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string but the docstrings."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node


def troubles() -> dict[str, type[Trouble]]:
    """Every kind of trouble by its name, whichever room it is of."""
    for name in _HAVE_KINDS:
        import_module(name)
    kinds: dict[str, type[Trouble]] = {}
    waiting = [Trouble]
    while waiting:
        kind = waiting.pop()
        kinds[kind.__name__] = kind
        waiting += [one for one in kind.__subclasses__() if "__init__" not in vars(one)]  # those make the code they pass on
    return kinds


def made() -> Iterator[tuple[str, ast.Call]]:
    """Every place where a trouble is made."""
    kinds = troubles()
    for name, tree in trees(*BELOW, "web", "cli", "dags"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds:
                yield f"{name}:{node.lineno}", node


def codes_of(call: ast.Call) -> list[str]:
    """The codes it may be made with; each has to stand there in full."""
    (given,) = call.args
    choices = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
    return [ast.literal_eval(one) for one in choices]


def test_no_room_below_the_doors_names_a_flag_or_a_command() -> None:
    named = [
        f"{name}:{text.lineno}: {text.value!r}"
        for name, tree in trees(*BELOW)
        if name not in STARTS_OTHERS
        for text in texts(tree)
        if FLAG.search(re.sub(r"<style>.*|:root\{.*", "", text.value, flags=re.DOTALL))
    ]
    assert named == []


def test_every_trouble_is_made_with_a_code_of_the_catalogue_and_all_its_fields() -> None:
    for place, call in made():
        fields = {keyword.arg for keyword in call.keywords}
        for code in codes_of(call):
            assert code in SENTENCES, place
            wanted = {name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name}
            assert wanted <= fields, (place, wanted - fields)


def test_every_code_of_the_catalogue_is_made_somewhere() -> None:
    assert set(SENTENCES) - {code for _, call in made() for code in codes_of(call)} == set()


def test_sentences_are_one_line_and_name_no_flag() -> None:
    for code, sentence in SENTENCES.items():
        assert "\n" not in sentence, code
        assert not FLAG.search(sentence), code
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", code), code


def test_every_mend_belongs_to_a_code_and_uses_its_fields_only() -> None:
    assert set(MENDS) <= set(SENTENCES)
    for code, mend in MENDS.items():
        known = {name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name} | {"rasoat"}
        assert {name for _, name, _, _ in Formatter().parse(mend) if name} <= known, code


def test_every_flag_and_command_that_a_mend_names_is_there() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    flags = {flag for command in commands.values() for parameter in command.params for flag in parameter.opts} | {"--version"}
    for code, mend in MENDS.items():
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", mend)) <= flags, code
        assert set(re.findall(r"\{rasoat\} ([a-z]+)", mend)) <= set(commands), code


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble("unit.several", name="xã Than Uyên", count=2, example="xã Than Uyên, tỉnh Lai Châu"),
        SourceTrouble("source.unusable", names="vbpl"),
        BadQuery("search.page", page=3, size=100, deepest=10_000),
        Trouble("form.code", cell="Ô B12", code="1.0045", digits=7),
    ],
)
def test_a_trouble_crosses_into_another_process_whole(trouble: Trouble) -> None:
    again = pickle.loads(pickle.dumps(trouble))
    assert (type(again), again.code, again.fields, str(again)) == (type(trouble), trouble.code, trouble.fields, str(trouble))


def test_exit_codes_tell_usage_from_a_failed_service() -> None:
    assert (IndexMissing("index.missing").exit_code, BadQuery("search.findings").exit_code) == (3, 2)


def test_the_command_line_adds_its_flag_once_to_the_neutral_sentence() -> None:
    trouble = Trouble("import.no_place", file="danh-muc.pdf")
    assert "--" not in str(trouble)
    assert with_mend(trouble) == f"{str(trouble).rstrip('.')}; thêm --unit và --channel."
    several = Trouble("import.nothing_placed", reasons="a; b", codes=["import.no_place", "import.scanned_list"])
    assert with_mend(several) == "a; b; thêm --unit và --channel; thêm --scans."
    assert "--" not in with_mend(Trouble("file.missing", path="x"))


def test_a_counted_reason_is_mended_as_the_trouble_is() -> None:
    assert reason_with_mend(str(Trouble("import.scanned_list", file="a.pdf"))).endswith("; thêm --scans.")
    assert "--unit 'tỉnh Lai Châu'" in reason_with_mend("q.pdf: " + str(Trouble("import.no_issuer", number="1/QĐ-UBND", read="")))
    scanned = str(Trouble("import.scanned_document"))
    assert reason_with_mend(f"không có chữ; {scanned}") == f"không có chữ; {scanned}; nạp lại với --scans / import again with --scans."
    assert reason_with_mend("không có chữ / no text") == "không có chữ / no text"
