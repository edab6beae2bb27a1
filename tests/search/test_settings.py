"""The files that decide what is found: every change to them is seen, and the data is well-formed."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from search.engines.index_layout import LAYOUT_VERSION, fields
from search.places import provinces
from search.understanding.lexicon import expressions

SNAPSHOT = Path(__file__).parent / "settings.snapshot.json"
DATA = sorted(path.name for path in files("search.data").iterdir() if path.name.endswith(".tsv"))


def lines(name: str) -> list[list[str]]:
    text = files("search.data").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def test_settings_mapping_and_synonyms_are_the_reviewed_ones() -> None:
    """After a reviewed change: RASOAT_UPDATE_SNAPSHOTS=1 pytest tests/search/test_settings.py; raise LAYOUT_VERSION if fields changed."""
    root = files("search")
    texts = {name: root.joinpath(name).read_text("utf-8") for name in ("elasticsearch.json", "fields.json")}
    texts |= {f"data/{name}": root.joinpath("data", name).read_text("utf-8") for name in DATA}
    now = {
        "layout": LAYOUT_VERSION,
        "files": {name: {"lines": text.count("\n"), "sha256": hashlib.sha256(text.encode()).hexdigest()} for name, text in texts.items()},
    }
    if os.environ.get("RASOAT_UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
    assert now == json.loads(SNAPSHOT.read_text("utf-8"))


def test_the_mapping_holds_every_field() -> None:
    mapping = json.loads(files("search").joinpath("elasticsearch.json").read_text("utf-8"))["mappings"]["properties"]
    named = fields()
    assert set(mapping) == {"id", "stored", *named["text"], *named["facets"], *named["sorts"].values(), *named["integers"]}
    assert all(mapping[name]["type"] == "text" for name in named["text"])
    assert all(mapping[name]["type"] == "keyword" for name in named["facets"])


@pytest.mark.parametrize("name", DATA)
def test_every_line_has_its_source(name: str) -> None:
    width = 2 if name in ("empty.tsv", "people.tsv") else 3
    assert [line for line in lines(name) if len(line) != width or not line[0].strip() or not line[-1].strip()] == []


@pytest.mark.parametrize("name", [name for name in DATA if name.startswith(("abbreviations", "aliases", "everyday-"))])
def test_nothing_is_said_twice_in_a_file(name: str) -> None:
    said = Counter(one.strip() for line in lines(name) for one in line[0].split("|"))
    assert [one for one, times in said.items() if times > 1] == []


def test_there_are_several_hundred_expressions_of_every_field_of_life() -> None:
    groups = Counter(one.group for found in expressions().values() for one in found)
    assert sum(groups.values()) > 1_500
    assert {"everyday-civil", "everyday-residence", "everyday-vehicles", "everyday-land", "everyday-business", "everyday-social"} <= set(
        groups
    )
    assert min(groups.values()) >= 20


def test_all_34_provinces_and_the_63_before() -> None:
    assert len(set(provinces().values())) == 34
    assert provinces()["ha giang"] == "Tuyên Quang"
    assert provinces()["tp.hcm"] == "Hồ Chí Minh"
