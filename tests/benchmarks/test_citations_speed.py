"""What the citation benchmark measures is what it says: every number of its text is found and resolved."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.citations import PLAIN, generated_register, measure, procedure_text, stored, texts_of
from extractors.citations.resolution.document_register import Context
from rasoat.store.database import open_database


def test_the_generated_text_is_found_and_resolved() -> None:
    text = procedure_text(7, 60)
    seen = measure([(text, Context(province="tỉnh Hà Nam"))], generated_register())
    assert seen["numbered"] == seen["plain_found"] == len(PLAIN.findall(text)) > 5
    assert isinstance(seen["resolved_share"], float)
    assert seen["resolved_share"] > 0.6
    assert seen["with_provisions"]


def test_the_same_seed_gives_the_same_text() -> None:
    assert procedure_text(3, 10) == procedure_text(3, 10) != procedure_text(4, 10)


def test_json_lines_give_their_strings(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"a": "x", "b": [1, {"c": "y"}]}) + "\n\n", "utf-8")
    assert texts_of([tmp_path / "a.jsonl"], jsonl=True) == ["x", "y"]


def test_an_empty_store_has_no_texts(tmp_path: Path) -> None:
    open_database(f"sqlite:///{tmp_path / 'rasoat.db'}").dispose()
    texts, register = stored(tmp_path)
    assert (texts, register.documents) == ([], {})
