"""Each citation of a procedure has one verdict, and none is alive for want of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from extractors.citations import find_mentions
from queries.cited_provisions import bases_of
from rasoat.records import (
    Citation,
    DateBasis,
    Effect,
    KnownFrom,
    LegalDocument,
    Observation,
    Origin,
    Part,
    Resolution,
    Tier,
    Verb,
)
from rasoat.store.article_shelf import HeldArticle
from validators.validity import Edition, GraphAnswers, ValidityGraph
from validators.validity.outline import Outlines

DAY = date(2026, 6, 1)
SEEN = date(2026, 3, 1)
KEY, GONE = "nghi-dinh|9/2020/NĐ-CP", "nghi-dinh|1/2010/NĐ-CP"
HEADINGS = {"dieu-1": "Cấp giấy phép", "dieu-2": "Cấp lại giấy phép", "dieu-3": "Hiệu lực thi hành"}


@dataclass
class Shelf:
    def articles(self, key: str) -> list[HeldArticle]:
        return [HeldArticle(path, name, Tier.A, SEEN) for path, name in HEADINGS.items()] if key == KEY else []

    def texts(self, key: str, path: str) -> list[str]:
        return ["1. Nộp hồ sơ.\n2. Nhận kết quả."] if key == KEY and path in HEADINGS else []


def document(key: str, issued: date, entry: date) -> LegalDocument:
    number = key.partition("|")[2]
    return LegalDocument(key, number, number, "Nghị định", "Chính phủ", None, issued, entry, KnownFrom.TEXT)


def ending(target: str, on: date, part: str | None = None) -> Effect:
    said = f"Bãi bỏ {part or ''} {target}"
    return Effect(
        Verb.REPEALS, "nghi-dinh|7/2024/NĐ-CP", "dieu-9", said, 0, len(said), Tier.A, SEEN, Origin("s", ""), target, part, on,
        DateBasis.STATED,
    )  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> ValidityGraph:
    documents = [
        document(KEY, date(2019, 12, 1), date(2020, 1, 1)),
        document(GONE, date(2010, 1, 1), date(2010, 3, 1)),
        document("nghi-dinh|7/2024/NĐ-CP", date(2024, 1, 1), date(2024, 3, 1)),
        document("nghi-dinh|8/2026/NĐ-CP", date(2026, 5, 1), date(2026, 8, 1)),
    ]
    entered = [
        Observation(one.key, one.number, one.type, "gateway", SEEN, Origin("s", ""), KnownFrom.OFFICIAL, effective_on=one.effective_on)
        for one in documents
    ]
    effects = [ending(GONE, date(2024, 3, 1)), ending(KEY, date(2024, 3, 1), "dieu-2/khoan-2")]
    return ValidityGraph(documents, entered, effects, [Edition(date(2026, 2, 23), {KEY: ("t",)}, {"t"})], outlines=Outlines(Shelf()))


def told(graph: ValidityGraph, text: str, part: Part = Part.STEPS) -> list[tuple[str | None, str, list[str]]]:
    cited = []
    for mention in find_mentions(text, part):
        key = f"nghi-dinh|{mention.number}"
        cited.append(Citation("1.1", part, mention, Resolution(key=key if graph.document(key) else None)))
    basis, elsewhere = bases_of({part: text}, cited, GraphAnswers(graph), DAY)
    return [(one.provision, one.verdict, one.says) for one in (*basis, *elsewhere)]


@pytest.mark.parametrize(
    ("text", "verdict", "says"),
    [
        ("Điều 1 Nghị định số 9/2020/NĐ-CP", "alive", ""),
        ("Điều 2 Nghị định số 9/2020/NĐ-CP", "partly", "trừ khoản 2 Điều 2"),
        ("khoản 2 Điều 2 Nghị định số 9/2020/NĐ-CP", "dead", ""),
        ("Nghị định số 9/2020/NĐ-CP", "partly", "trừ khoản 2 Điều 2"),
        ("Điều 12 Nghị định số 9/2020/NĐ-CP", "no_such_provision", "văn bản có Điều 1 đến Điều 3"),
        ("khoản 5 Điều 1 Nghị định số 9/2020/NĐ-CP", "no_such_provision", "Điều 1 có khoản 1 đến khoản 2"),
        ("Nghị định số 1/2010/NĐ-CP", "dead", ""),
        ("Nghị định số 8/2026/NĐ-CP", "not_yet", ""),
        ("Nghị định số 5/1999/NĐ-CP", "cannot_tell", "không có văn bản này trong dữ liệu"),
        ("Điều 1. Cấp lại giấy phép Nghị định số 9/2020/NĐ-CP", "other_heading", "tên “Cấp lại giấy phép” là của Điều 2; Điều 1 là “Cấp giấy phép”"),
        ("Điều 3 (Cấp giấy phép) của Nghị định số 9/2020/NĐ-CP", "other_heading", "tên “Cấp giấy phép” là của Điều 1"),
        ("Điều 1. Cấp giấy phép Nghị định số 9/2020/NĐ-CP", "alive", ""),
        ("Điều 1 (Nộp lệ phí) của Nghị định số 9/2020/NĐ-CP", "alive", ""),  # no heading that is known
    ],
)  # fmt: skip
def test_each_citation_has_one_verdict(graph, text, verdict, says):
    ((_, found, added),) = told(graph, f"Thực hiện theo {text}.")
    assert found == verdict
    assert says in "; ".join(added)


def test_a_provision_is_told_once_and_the_legal_basis_first(graph):
    assert told(graph, "Theo Điều 1 Nghị định số 9/2020/NĐ-CP. Nộp theo Điều 1, Điều 3 Nghị định số 9/2020/NĐ-CP.") == [
        ("dieu-1", "alive", []),
        ("dieu-3", "alive", []),
    ]
    assert told(graph, "Nghị định số 1/2010/NĐ-CP", Part.LEGAL_BASIS) == [(None, "dead", [])]
