import json
import re
import tomllib
from importlib.resources import files

import pytest

from cli.demo.demo_content import load
from rasoat.identity import canonical_number, parse_number
from rasoat.vietnamese import nfc

EXPECTED = tomllib.loads(files("cli.demo").joinpath("expected.toml").read_text("utf-8"))
PROCEDURES = {one["code"]: one for one in load().procedures}
NAMED = {"81/2006/QH11": "Luật Cư trú năm 2006", "45/2013/QH13": "Luật Đất đai năm 2013"}


def printed(code):
    return json.dumps(PROCEDURES[code], ensure_ascii=False, default=str)


def bare(object_):
    return object_.split("@")[0]


@pytest.mark.parametrize("rule", ["CITE-01", "CITE-02", "CITE-03", "CITE-05", "CITE-07", "CITE-08"])
def test_each_rule_is_hit(rule):
    assert any(one["rule"] == rule for one in EXPECTED["finding"])


@pytest.mark.parametrize("trap", ["FP1", "FP2", "FP3", "FP4", "FP5", "FP6", "FP7", "FP9", "FP14", "FP11", "FP12", "FP13"])
def test_each_trap_is_set(trap):
    assert any(one["trap"] == trap for one in EXPECTED["silent"])


def test_there_is_something_to_review():
    assert len(EXPECTED["review"]) >= 2


@pytest.mark.parametrize("one", EXPECTED["finding"] + EXPECTED["silent"], ids=lambda one: f"{one['rule']}-{one['subject']}")
def test_what_is_expected_is_printed_in_the_procedure(one):
    number = bare(one.get("object") or "09/2015/QĐ-CP")
    if one.get("trap") == "suggestion":
        number = "09/2015/QĐ-CP"
    assert NAMED.get(number, number) in printed(one["subject"]).replace("NĐ- CP", "NĐ-CP")
    assert one["why"].strip()


@pytest.mark.parametrize("one", [one for one in EXPECTED["finding"] if "clause" in one], ids=lambda one: one["object"])
def test_each_accusation_has_its_clause_in_the_text_that_ends_it(one):
    document = next(known for known in load().documents if known.number == one["clause"]["document"])
    article = next(known for known in document.articles if f"dieu-{known.no}" == one["clause"]["provision"].split("/")[0])
    named = " ".join(article.text)
    assert one["object"] in named
    assert re.search(r"thay thế|hết hiệu lực|[Bb]ãi bỏ", named)
    assert one["clause"]["document"] in one["ended_by"]


def test_no_finding_is_also_a_trap():
    day = EXPECTED["as_of"]
    accused = {(one.get("as_of", day), one["rule"], one["subject"], one.get("object")) for one in EXPECTED["finding"]}
    assert not accused & {(one.get("as_of", day), one["rule"], one["subject"], one["object"]) for one in EXPECTED["silent"]}


def test_documents_stand_in_time():
    for one in load().documents:
        assert one.codified or one.gateway, one.number
        if one.issued and one.effective:
            assert one.issued <= one.effective, one.number
        if one.issued and (parts := parse_number(one.number)) and parts.year:
            assert parts.year == one.issued.year, one.number


def test_numbers_are_canonical_and_text_is_composed():
    for one in load().documents:
        assert canonical_number(one.number) == one.number.upper()  # "QĐ-TTg" is printed so, compared in capitals
        assert nfc(one.title) == one.title
        for article in one.articles:
            assert article.text
            assert all(nfc(line) == line for line in article.text)


def test_a_clause_names_only_documents_older_than_its_own():
    """A clause that ends a later document would be a slip of the pen."""
    known = {one.number: one.issued for one in load().documents if one.issued}
    for one in load().documents:
        for article in one.articles:
            for number in re.findall(
                r"(?:thay thế|[Bb]ãi bỏ|^[a-z]\)) (?:toàn bộ )?(?:Nghị định|Thông tư|Luật)[^;,.]*? số (\S+?)[\s;,.]",
                "\n".join(article.text),
            ):
                if number in known and one.issued:
                    assert known[number] <= one.issued, (one.number, number)


def test_local_numbers_collide_between_provinces():
    issuers = {one.issuer for one in load().documents if one.number == "01/2026/NQ-HĐND"}
    assert issuers == {"HĐND thành phố Huế", "HĐND tỉnh Đồng Nai"}
