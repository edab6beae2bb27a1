"""A provision that the whole text held does not have is never alive; what is not surely whole says nothing."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from rasoat.records import Status, Tier, Verb
from rasoat.store.article_shelf import HeldArticle
from validators.validity import ValidityGraph
from validators.validity.outline import Outlines

DAY = date(2026, 6, 1)
TEXTS = {
    "dieu-1": "Thông tư này quy định về biển báo.",
    "dieu-2": "1. Biển báo gồm:\na) Biển cấm;\nb) Biển chỉ dẫn;\nc) Biển phụ.\n2. Kích thước do Bộ quy định.\n3. Màu sắc theo Phụ lục.",
    "dieu-3": "1. Đặt biển bên phải. 2. Không che khuất. 3. Bảo trì hằng năm.\n3a. Thay biển cũ.",
    "dieu-4": "1. Thông tư này có hiệu lực từ ngày 01/01/2020.\n2. Bãi bỏ quy định trước đây.",
}


@dataclass
class Shelf:
    """Articles of one document by path."""

    texts_of: dict[str, str]
    tier: Tier = Tier.B
    headings: dict[str, str] = field(default_factory=lambda: {"dieu-4": "Hiệu lực thi hành"})

    def articles(self, key: str) -> list[HeldArticle]:
        return [HeldArticle(path, self.headings.get(path, ""), self.tier, date(2026, 3, 1)) for path in self.texts_of]

    def texts(self, key: str, path: str) -> list[str]:
        return [self.texts_of[path]] if path in self.texts_of else []


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("dieu-5", ("dieu-1", "dieu-4")),
        ("dieu-999", ("dieu-1", "dieu-4")),
        ("dieu-2a", ("dieu-1", "dieu-4")),
        ("dieu-5/khoan-1/diem-a", ("dieu-1", "dieu-4")),
        ("dieu-2/khoan-4", ("dieu-2/khoan-1", "dieu-2/khoan-3")),
        ("dieu-2/khoan-1/diem-d", ("dieu-2/khoan-1/diem-a", "dieu-2/khoan-1/diem-c")),
        ("dieu-2/khoan-2/diem-a", ("dieu-2/khoan-2",)),
        ("dieu-3/khoan-9", ("dieu-3/khoan-1", "dieu-3/khoan-3")),
    ],
)
def test_what_is_not_there_is_told_with_what_is(path, there):
    missing = Outlines(Shelf(TEXTS)).missing("k", path)
    assert missing is not None
    assert missing.there == there


@pytest.mark.parametrize(
    "path",
    [
        "dieu-1", "dieu-4", "dieu-2/khoan-3", "dieu-2/khoan-1/diem-c", "dieu-3/khoan-2", "dieu-3/khoan-3a",
        "dieu-1/khoan-1",  # an article without numbers: the conversion may have lost them
        "dieu-3/khoan-1/diem-a",  # no letters in the whole article
        "phu-luc-I", "mau-so-01", "chuong-III", "kem-theo/dieu-9",
    ],
)  # fmt: skip
def test_what_is_there_or_cannot_be_told_is_not_missing(path):
    assert Outlines(Shelf(TEXTS)).missing("k", path) is None


@pytest.mark.parametrize(
    "shelf",
    [
        Shelf({path: text for path, text in TEXTS.items() if path != "dieu-3"}),  # a selection
        Shelf({path: text for path, text in TEXTS.items() if path != "dieu-4"}, headings={}),  # nothing closes it
        Shelf(TEXTS, tier=Tier.C),  # read by OCR, or abridged
        Shelf({"dieu-1": TEXTS["dieu-1"]}),
        Shelf({}),
        Shelf({**TEXTS, "dieu-1": "Ban hành kèm theo Thông tư này Quy chế đặt biển báo."}),
        Shelf({**TEXTS, "kem-theo/dieu-1": "Quy chế này …"}),
    ],
)
def test_a_text_that_is_not_surely_whole_lacks_nothing(shelf):
    assert Outlines(shelf).missing("k", "dieu-9") is None


def graph(law, shelf: Shelf) -> ValidityGraph:
    return ValidityGraph(law.documents.values(), law.observations, law.effects, law.editions, outlines=Outlines(shelf))


def test_the_status_of_a_provision_that_does_not_exist(law):
    key = law.doc("9/2020/TT-BXD", issued="2019-12-01", entry="2020-01-01")
    law.edition("2026-02-23", [key])
    assert graph(law, Shelf(TEXTS)).status(key, "dieu-4", DAY).status is Status.IN_FORCE
    verdict = graph(law, Shelf(TEXTS)).status(key, "dieu-9", DAY)
    assert (verdict.status, verdict.reason, verdict.confidence) == (Status.UNKNOWN, "no_such_provision", "high")
    assert verdict.basis.parts == ("dieu-1", "dieu-4")
    assert graph(law, Shelf(TEXTS)).status(key, "dieu-2a", DAY).confidence == "medium"
    assert graph(law, Shelf(TEXTS)).status(key, "dieu-9", DAY, date(2026, 2, 25)).reason != "no_such_provision"
    amender = law.doc("10/2024/TT-BXD", issued="2024-01-01", entry="2024-03-01")
    law.effect(Verb.AMENDS, amender, key, "2024-03-01", part="dieu-9")
    verdict = graph(law, Shelf(TEXTS)).status(key, "dieu-9", DAY)
    assert (verdict.reason, verdict.confidence, verdict.basis.documents) == ("no_such_provision", "medium", ("10/2024/TT-BXD",))


def test_an_ending_wins_over_what_the_text_shows(law):
    key = law.doc("9/2020/TT-BXD", issued="2019-12-01", entry="2020-01-01")
    ender = law.doc("10/2024/TT-BXD", issued="2024-01-01", entry="2024-03-01")
    law.effect(Verb.REPEALS, ender, key, "2024-03-01", part="dieu-9")
    assert graph(law, Shelf(TEXTS)).status(key, "dieu-9", DAY).status is Status.EXPIRED
    assert graph(law, Shelf(TEXTS)).status(key, "dieu-9", date(2023, 1, 1)).reason == "no_such_provision"


def test_a_provision_that_nobody_has_seen_is_alive_with_less_confidence(law):
    key = law.doc("9/2020/TT-BXD", issued="2019-12-01", entry="2020-01-01")
    law.edition("2026-02-23", [key])
    part = replace(Shelf(TEXTS), texts_of={"dieu-3": TEXTS["dieu-3"]})
    assert graph(law, part).status(key, "dieu-3", DAY).confidence == "high"
    verdict = graph(law, part).status(key, "dieu-2", DAY)
    assert (verdict.status, verdict.confidence) == (Status.IN_FORCE, "medium")
