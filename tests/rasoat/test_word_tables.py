"""Each word people read stands in one place: every member of an enum has its word there, and no other room writes it again."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import pytest

from extractors.postings.records import DecisionPart, FileKind, TakenFor, TextFrom
from extractors.sources.registry import SOURCES
from rasoat import words
from rasoat.records import Confidence, NonAnswer, Part, Severity, Status
from rasoat.records.postings import Channel, PostingState
from rasoat.units import UnitKind
from rasoat.words.publishers import PUBLISHER_TITLE

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("rasoat", "extractors", "validators", "search", "queries", "reviews", "pipeline", "web", "cli", "dags")
# The labels of a form already handed out: an import knows a form by them, so they change on a day of their own.
FORM = ROOT / "extractors" / "imports" / "inspection_form.py"
TABLES: dict[type[StrEnum], tuple[Mapping[str, str], ...]] = {
    Status: (words.STATUS, words.STATUS_NOTE),
    NonAnswer: (words.NON_ANSWER,),
    Confidence: (words.CONFIDENCE,),
    Severity: (words.SEVERITY,),
    Part: (words.PART,),
    Channel: (words.CHANNEL,),
    PostingState: (words.POSTING_STATE,),
    UnitKind: (words.UNIT_LEVEL,),
    FileKind: (words.FILE_KIND,),
    TakenFor: (words.TAKEN_FOR,),
    TextFrom: (words.TEXT_FROM,),
    DecisionPart: (words.DECISION_PART,),
}
SHOWN = (
    words.STATUS, words.STATUS_NOTE, words.NON_ANSWER, words.REASON, words.CONFIDENCE, words.SEVERITY, words.STATE, words.PART, words.CHANNEL, words.POSTING_STATE,
    words.UNIT_LEVEL, words.PUBLISHER, PUBLISHER_TITLE,
)  # fmt: skip


@pytest.mark.parametrize(("kind", "tables"), TABLES.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_every_member_has_its_word(kind: type[StrEnum], tables: tuple[Mapping[str, str], ...]) -> None:
    for table in tables:
        assert set(table) == set(kind)
        assert all(table.values())
        assert len(set(table.values())) == len(table), "two members with one word cannot be told apart"


def test_what_a_run_counts_has_its_words() -> None:
    assert {one.value for one in NonAnswer} <= set(words.COUNTED)
    assert set(PUBLISHER_TITLE) == set(words.PUBLISHER) == set(SOURCES)


def test_every_reason_of_a_verdict_has_its_words() -> None:
    files = [*(ROOT / "validators" / "validity").glob("*.py"), ROOT / "queries" / "document_status.py"]
    given = {text for file in files for text in _reasons(ast.parse(file.read_text("utf-8")))}
    assert given == set(words.REASON)


def _reasons(tree: ast.AST) -> Iterator[str]:
    """The texts given as the second argument of a Verdict, or named `reason` on the way there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Verdict" and len(node.args) > 1:
            yield from _texts(node.args[1])
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "reason" for target in node.targets):
            yield from _texts(node.value)
        if isinstance(node, ast.keyword) and node.arg == "reason":
            yield from _texts(node.value)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_no_other_room_writes_a_word_again() -> None:
    """A literal equal to a word is that word written a second time; what stands between an f-string's fields is a sentence's."""
    shown = {word for table in SHOWN for word in table.values()}
    again = []
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            if file.is_relative_to(ROOT / "rasoat" / "words") or file.is_relative_to(ROOT / "cli" / "demo") or file == FORM:
                continue
            again += [f"{file.relative_to(ROOT)}:{line} {text!r}" for line, text in written(file.read_text("utf-8")) if text in shown]
    assert not again, "take them from rasoat.words: " + "; ".join(again)


def written(code: str) -> Iterator[tuple[int, str]]:
    """The string literals of a module with their lines; neither docstrings nor pieces of f-strings."""
    tree = ast.parse(code)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    bare |= {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value.strip()


def test_the_search_sees_words_and_no_sentences() -> None:
    code = '''"""còn hiệu lực"""\nx = {"a": "hết hiệu lực"}\ny = f"{x} kết quả {x or 'chưa rõ'}"\n'''
    assert set(written(code)) == {(2, "a"), (2, "hết hiệu lực"), (3, "chưa rõ")}
